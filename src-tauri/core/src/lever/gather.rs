//! Reading every part of Lever that tells something about one candidate.

use std::collections::BTreeSet;

use super::client::Client;
use super::error::Error;
use super::facts::Facts;
use super::types::{Application, Contact, Expandable, Identified, Offer, OfferStatus, Requisition};

/// Reads the parts around the opportunity in `facts` and fills them in; `offer` is the id of the offer to take, none
/// for the one that counts. Parts that are missing or may not be
/// read stay empty; each is returned as the error it gave.
///
/// # Errors
/// Anything that would befall every part, such as Lever being down.
pub(super) async fn gather(
    client: &Client,
    facts: &mut Facts,
    offer: Option<&str>,
) -> Result<Vec<Error>, Error> {
    let mut missing = Vec::new();
    let id = facts.opportunity.id.clone();
    let (offers, forms, referrals, contact, application) = tokio::join!(
        Box::pin(client.offers(&id)),
        Box::pin(client.forms(&id)),
        Box::pin(client.referrals(&id)),
        Box::pin(contact(client, facts)),
        Box::pin(application(client, facts)),
    );
    facts.offer = optional(offers, &mut missing)?.and_then(|offers| match offer {
        Some(id) => offers.into_iter().find(|offer| offer.id.as_str() == id),
        None => current_offer(offers),
    });
    facts.forms = optional(forms, &mut missing)?.unwrap_or_default();
    facts.referrals = optional(referrals, &mut missing)?.unwrap_or_default();
    facts.contact = optional(contact, &mut missing)?.flatten();
    facts.application = optional(application, &mut missing)?.flatten();

    if let Some(posting) = posting_id(facts) {
        facts.posting = optional(Box::pin(client.posting(&posting)).await, &mut missing)?;
    }
    facts.requisition =
        optional(Box::pin(requisition(client, facts)).await, &mut missing)?.flatten();
    users(client, facts, &mut missing).await?;
    Ok(missing)
}

/// Puts what concerns one part only aside.
pub(super) fn optional<T>(
    read: Result<T, Error>,
    missing: &mut Vec<Error>,
) -> Result<Option<T>, Error> {
    match read {
        Ok(part) => Ok(Some(part)),
        Err(error) if error.is_about_one_thing() => {
            missing.push(error);
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// The offer that counts: the signed one, else the newest that left the drafts, else the newest.
pub(super) fn current_offer(offers: Vec<Offer>) -> Option<Offer> {
    let rank = |offer: &Offer| match offer.status {
        Some(OfferStatus::Signed) => 2,
        None | Some(OfferStatus::Draft) => 0,
        Some(_) => 1,
    };
    offers
        .into_iter()
        .max_by_key(|offer| (rank(offer), offer.created_at))
}

async fn contact(client: &Client, facts: &Facts) -> Result<Option<Contact>, Error> {
    match &facts.opportunity.contact {
        Some(Expandable::Id(id)) => client.contact(id).await.map(Some),
        _ => Ok(facts.contact.clone()),
    }
}

/// The application as read by itself, because only that answer has its time zone; else as it was expanded.
async fn application(client: &Client, facts: &Facts) -> Result<Option<Application>, Error> {
    let Some(found) = facts.opportunity.applications.first() else {
        return Ok(None);
    };
    match (
        client.application(&facts.opportunity.id, found.id()).await,
        found.object(),
    ) {
        (Ok(application), _) => Ok(Some(application)),
        (Err(error), Some(expanded)) if error.is_about_one_thing() => Ok(Some(expanded.clone())),
        (Err(error), _) => Err(error),
    }
}

/// The posting that was applied to, else the one of the offer.
pub(super) fn posting_id(facts: &Facts) -> Option<String> {
    let applied = facts
        .application
        .as_ref()
        .and_then(|found| found.posting.as_ref());
    let offered = || facts.offer.as_ref()?.posting.as_ref();
    let posting = applied.or_else(offered)?;
    Some(posting.id().to_owned())
}

/// The requisition of the hire, else of the offer form, else the only one of the posting.
async fn requisition(client: &Client, facts: &Facts) -> Result<Option<Requisition>, Error> {
    let hire = facts
        .application
        .as_ref()
        .and_then(|found| found.requisition_for_hire.as_ref());
    let offered = || {
        Some(
            facts
                .offer
                .as_ref()?
                .field("requisition")?
                .value
                .as_str()?
                .into(),
        )
    };
    if let Some(id) = hire.and_then(|hire| hire.id.clone()).or_else(offered) {
        return client.requisition(&id).await.map(Some);
    }
    let codes = facts
        .posting
        .as_ref()
        .map(|posting| posting.requisition_codes.as_slice());
    let Some([code]) = codes else { return Ok(None) };
    let mut found = client.requisitions_by_code(code).await?;
    Ok(if found.len() == 1 { found.pop() } else { None })
}

/// The colleagues who are named by id. A connection that may not read one may read none, so the first refusal
/// ends it.
async fn users(client: &Client, facts: &mut Facts, missing: &mut Vec<Error>) -> Result<(), Error> {
    let owner = facts.opportunity.owner.as_ref().map(Identified::id);
    let named: BTreeSet<String> = [
        owner,
        facts.requisition_manager_id(),
        facts.posting_manager_id(),
        facts.referrer_id(),
        facts.sourcer_id(),
        facts.offer_user_id("hiring_manager"),
        facts.offer_user_id("direct_manager"),
    ]
    .into_iter()
    .flatten()
    .filter(|id| !facts.users.contains_key(*id))
    .map(str::to_owned)
    .collect();
    for id in named {
        let read = Box::pin(client.user(&id)).await;
        let refused = matches!(read, Err(Error::Forbidden { .. }));
        if let Some(user) = optional(read, missing)? {
            facts.users.insert(id, user);
        }
        if refused {
            break;
        }
    }
    Ok(())
}
