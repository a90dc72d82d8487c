//! Reading every part of Lever that tells something about one candidate.

use std::collections::BTreeSet;

use super::client::Client;
use super::error::Error;
use super::facts::Facts;
use super::parts::{Part, Parts};
use super::types::{Application, Contact, Expandable, Identified, Offer, OfferStatus, Requisition};

/// Which offer of a candidate is taken.
pub(super) enum Which<'a> {
    /// The one that counts.
    Current,
    /// The one with this id.
    Id(&'a str),
    /// This one, which was just read.
    Known(Box<Offer>),
}

/// Reads those `parts` around the opportunity in `facts` and fills them in, with that `offer`. Parts that are missing or may not be read stay empty; each is returned as the error it
/// gave.
///
/// # Errors
/// Anything that would befall every part, such as Lever being down.
pub(super) async fn gather(
    client: &Client,
    facts: &mut Facts,
    parts: &Parts,
    offer: Which<'_>,
) -> Result<Vec<Error>, Error> {
    let mut missing = Vec::new();
    let id = facts.opportunity.id.clone();
    let expanded = facts.application.as_ref();
    let read_offers = !matches!(offer, Which::Known(_)) && parts.need_offers(expanded);
    let (offers, forms, referrals, contact, application) = tokio::join!(
        Box::pin(wanted(read_offers, client.offers(&id))),
        Box::pin(wanted(parts.has(Part::Forms), client.forms(&id))),
        Box::pin(wanted(parts.has(Part::Referrals), client.referrals(&id))),
        Box::pin(contact(client, facts, parts)),
        Box::pin(application(client, facts, parts)),
    );
    let offers = optional(offers, &mut missing)?.flatten();
    let mut offers = offers.unwrap_or_default();
    facts.offer = match offer {
        Which::Current => current_offer(offers),
        Which::Id(id) => {
            offers.retain(|offer| offer.id.as_str() == id);
            offers.pop()
        }
        Which::Known(offer) => Some(*offer),
    };
    facts.forms = optional(forms, &mut missing)?.flatten().unwrap_or_default();
    let referrals = optional(referrals, &mut missing)?.flatten();
    facts.referrals = referrals.unwrap_or_default();
    facts.contact = optional(contact, &mut missing)?.flatten();
    facts.application = optional(application, &mut missing)?.flatten();

    let posting = parts.need_posting(facts.application.as_ref());
    if let Some(id) = posting_id(facts).filter(|_| posting) {
        facts.posting = optional(Box::pin(client.posting(&id)).await, &mut missing)?;
    }
    if parts.has(Part::Requisition) {
        let requisition = Box::pin(requisition(client, facts)).await;
        facts.requisition = optional(requisition, &mut missing)?.flatten();
    }
    users(client, facts, parts, &mut missing).await?;
    Ok(missing)
}

/// Reads a part if it is asked for.
async fn wanted<T>(
    asked_for: bool,
    read: impl Future<Output = Result<T, Error>>,
) -> Result<Option<T>, Error> {
    if !asked_for {
        return Ok(None);
    }
    read.await.map(Some)
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

/// The contact, if it is asked for or the opportunity does not say itself who it is.
async fn contact(client: &Client, facts: &Facts, parts: &Parts) -> Result<Option<Contact>, Error> {
    let unknown = facts.opportunity.name.is_empty() || facts.opportunity.emails.is_empty();
    match &facts.opportunity.contact {
        Some(Expandable::Id(id)) if unknown || parts.has(Part::Contact) => {
            client.contact(id).await.map(Some)
        }
        _ => Ok(facts.contact.clone()),
    }
}

/// The application as read by itself if that is asked for, because only that answer has its time zone; else as it was
/// expanded.
async fn application(
    client: &Client,
    facts: &Facts,
    parts: &Parts,
) -> Result<Option<Application>, Error> {
    let Some(found) = facts.opportunity.applications.first() else {
        return Ok(None);
    };
    if let Some(expanded) = found.object()
        && !parts.has(Part::Application)
    {
        return Ok(Some(expanded.clone()));
    }
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

/// The owner, and if they are asked for the other colleagues who are named by id. A connection that may not read one
/// may read none, so the first refusal ends it.
async fn users(
    client: &Client,
    facts: &mut Facts,
    parts: &Parts,
    missing: &mut Vec<Error>,
) -> Result<(), Error> {
    let owner = facts.opportunity.owner.as_ref().map(Identified::id);
    let others = [
        facts.requisition_manager_id(),
        facts.posting_manager_id(),
        facts.referrer_id(),
        facts.sourcer_id(),
        facts.offer_user_id("hiring_manager"),
        facts.offer_user_id("direct_manager"),
        facts.offer_creator_id(),
    ];
    let others = others
        .into_iter()
        .flatten()
        .filter(|_| parts.has(Part::Users));
    let named: BTreeSet<String> = others
        .chain(owner)
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
