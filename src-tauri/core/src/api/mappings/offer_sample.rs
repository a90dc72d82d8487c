//! `mappings.sample` for offers: one offer with what Lever says around it.

use super::sample::{CandidateChoice, SampleAnswer, answer, forget, not_found};
use crate::api::error::AppError;
use crate::lever::{self, Client, Offered};
use crate::store::Store;
use crate::store::connections::Integration;
use crate::store::samples;

/// Whose offer to read.
#[derive(Debug, Clone)]
pub(super) enum WantedOffer {
    /// One offer, after a choice among several.
    Offer {
        opportunity_id: String,
        offer_id: String,
    },
    /// The offers of one opportunity.
    Opportunity(String),
    /// The offers of whoever has this address.
    Email(String),
    /// The newest offer in the Offer stage.
    Recent,
}

/// Finds the offer in Lever, reads everything around it and keeps it; of several, lists them.
pub(super) async fn read(
    store: &Store,
    client: &Client,
    wanted: &WantedOffer,
    now: jiff::Timestamp,
) -> Result<SampleAnswer, AppError> {
    let offers = match wanted {
        WantedOffer::Offer {
            opportunity_id,
            offer_id,
        } => return one(store, client, opportunity_id, offer_id, now).await,
        WantedOffer::Opportunity(id) => match lever::offers_of(client, id).await {
            Err(lever::Error::NotFound { .. }) => return forget(store, id.clone()).await,
            read => read?,
        },
        WantedOffer::Email(email) => lever::offers_by_email(client, email).await?,
        WantedOffer::Recent => {
            let newest = lever::recent_offers(client).await?.into_iter().take(1);
            newest.collect()
        }
    };
    match offers.as_slice() {
        [] => Err(not_found(match wanted {
            WantedOffer::Email(_) => "No candidate with that e-mail has an offer.",
            WantedOffer::Recent => {
                "Nobody in the Offer stage has an offer. Choose a candidate by e-mail."
            }
            _ => "This candidate has no offer any more.",
        })),
        [only] => one(store, client, &only.opportunity.id, &only.offer.id, now).await,
        several => Ok(SampleAnswer::Choose {
            candidates: several.iter().map(choice).collect(),
        }),
    }
}

async fn one(
    store: &Store,
    client: &Client,
    opportunity_id: &str,
    offer_id: &str,
    now: jiff::Timestamp,
) -> Result<SampleAnswer, AppError> {
    let read = match Box::pin(lever::offered(client, opportunity_id, offer_id)).await {
        Ok(candidate) => candidate.sample(now.as_millisecond()),
        Err(lever::Error::NotFound { .. }) => None,
        Err(problem) => return Err(problem.into()),
    };
    let Some(row) = read else {
        return forget(store, opportunity_id.to_owned()).await;
    };
    let fresh = answer(std::slice::from_ref(&row), None);
    store
        .write(move |db| samples::put(db, Integration::OfferLetters, &row))
        .await?;
    Ok(fresh)
}

/// An offer among several, by how far it is and when it was made; never by its pay.
fn choice(Offered { opportunity, offer }: &Offered) -> CandidateChoice {
    let status = offer.status.as_ref().map(|status| status.as_str());
    let made = offer
        .created_at
        .map(|at| format!("made {}", at.timestamp().strftime("%-d %b %Y")));
    let parts = [status.map(str::to_owned), made].into_iter().flatten();
    CandidateChoice {
        opportunity_id: opportunity.id.to_string(),
        offer_id: Some(offer.id.to_string()),
        name: opportunity.name.clone(),
        description: format!("offer {}", parts.collect::<Vec<_>>().join(", ")),
    }
}
