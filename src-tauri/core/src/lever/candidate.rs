//! One candidate, read anew from Lever.

use std::collections::BTreeSet;

use super::client::Client;
use super::custom::{self, Custom};
use super::error::Error;
use super::facts::Facts;
use super::fields::standard;
use super::filled;
use super::gather::{Which, gather, optional, posting_id};
use super::hired::{Hired, NotHired, hired};
use super::offered::Offered;
use super::parts::{Part, Parts};
use super::types::{Identified, Opportunity, RequisitionField};
use crate::mapping::{Record, User};

/// One candidate with everything that a mapping can use.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The opportunity's id.
    pub opportunity_id: String,
    /// The contact's id; several opportunities can share it.
    pub contact_id: Option<String>,
    /// The name as in Lever; blank if anonymised.
    pub name: String,
    /// The title of the posting or of the offer, else the headline, and the stage, as far as known.
    pub description: String,
    /// Every address of theirs, in lower case and each once.
    pub emails: Vec<String>,
    /// Whether Lever counts them as hired.
    pub hired: Hired,
    /// Whether they are out of the pipeline, hired or not.
    pub archived: bool,
    /// The stage they are in, or were in when they were archived: id and name.
    pub stage: Option<(String, String)>,
    /// How they came, as Lever writes it.
    pub origin: Option<String>,
    /// The job they applied to.
    pub job: Job,
    /// Whether the opportunity was deleted.
    pub deleted: bool,
    /// Whether the personal data is gone from Lever.
    pub anonymized: bool,
    /// The values by source field.
    pub record: Record,
    /// The parts that could not be read, each with the reason; their fields are empty.
    pub missing: Vec<Error>,
    /// Whether everything was asked for; otherwise the record knows only fields of the parts that were.
    pub whole: bool,
}

/// The posting that a candidate applied to, as far as it may be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Job {
    /// Its id and title.
    pub posting: Option<(String, String)>,
    /// Its department.
    pub department: Option<String>,
    /// Every location.
    pub locations: Vec<String>,
    /// Whether there is one that could not be read.
    pub unread: bool,
}

/// Reads everything about a candidate: the opportunity, its contact, application, offers, profile forms, referrals,
/// posting, requisition and the colleagues named there. About a dozen calls.
///
/// # Errors
/// [`Error::NotFound`] if the opportunity is gone; [`Error::Forbidden`] if it or, for an archived one, the
/// archive reasons may not be read, because without them nobody can say whether it is a hire; and whatever
/// would befall any call. Other parts that are missing or closed are listed in [`Candidate::missing`].
pub async fn candidate(client: &Client, opportunity_id: &str) -> Result<Candidate, Error> {
    part_of(client, opportunity_id, &Parts::every()).await
}

/// Reads these parts of a candidate, in one call more than there are parts; the fields of the others are unknown.
///
/// # Errors
/// As [`candidate()`].
pub async fn part_of(
    client: &Client,
    opportunity_id: &str,
    parts: &Parts,
) -> Result<Candidate, Error> {
    let opportunity = opportunity(client, opportunity_id).await?;
    let hired = hired(client, &opportunity).await?;
    let mut facts = Facts::of(opportunity, hired, client.pace.clock().now());
    let missing = Box::pin(gather(client, &mut facts, parts, Which::Current)).await?;
    told(client, facts, parts, missing).await
}

/// Reads a candidate as [`candidate()`], with a certain one of their offers. Whether they are hired is left open where
/// the connection may not tell: offer letters need no permission for it.
///
/// # Errors
/// [`Error::NotFound`] if the opportunity or the offer is gone; otherwise as [`candidate()`].
pub async fn offered(
    client: &Client,
    opportunity_id: &str,
    offer_id: &str,
) -> Result<Candidate, Error> {
    let opportunity = opportunity(client, opportunity_id).await?;
    let mut missing = Vec::new();
    let hired = hired_or_open(client, &opportunity, &mut missing).await?;
    let mut facts = Facts::of(opportunity, hired, client.pace.clock().now());
    let parts = Parts::every();
    missing.extend(Box::pin(gather(client, &mut facts, &parts, Which::Id(offer_id))).await?);
    if facts.offer.is_none() {
        return Err(Error::NotFound { thing: "the offer" });
    }
    told(client, facts, &parts, missing).await
}

/// What else these parts tell of a candidate whose opportunity and offer were just read. Whether they are hired is left
/// open as in [`offered()`].
///
/// # Errors
/// As [`candidate()`].
pub async fn with_offer(
    client: &Client,
    Offered { opportunity, offer }: Offered,
    parts: &Parts,
) -> Result<Candidate, Error> {
    let mut missing = Vec::new();
    let hired = hired_or_open(client, &opportunity, &mut missing).await?;
    let mut facts = Facts::of(opportunity, hired, client.pace.clock().now());
    missing.extend(
        Box::pin(gather(
            client,
            &mut facts,
            parts,
            Which::Known(Box::new(offer)),
        ))
        .await?,
    );
    told(client, facts, parts, missing).await
}

/// Whether the candidate is hired, left open where the connection may not tell.
pub(super) async fn hired_or_open(
    client: &Client,
    opportunity: &Opportunity,
    missing: &mut Vec<Error>,
) -> Result<Hired, Error> {
    let unknown = Hired::No {
        why: NotHired::UnknownReason,
    };
    let hired = optional(hired(client, opportunity).await, missing)?;
    Ok(hired.unwrap_or(unknown))
}

/// What was read, as a candidate.
async fn told(
    client: &Client,
    facts: Facts,
    parts: &Parts,
    mut missing: Vec<Error>,
) -> Result<Candidate, Error> {
    let definitions = match parts.has(Part::Requisition) {
        true => optional(client.requisition_fields().await, &mut missing)?,
        false => None,
    };
    let definitions = definitions.as_ref().map(|listed| listed.as_slice());
    let mut record = record(&facts, parts, definitions);
    know_users(client, &facts, &mut record).await?;
    let Facts {
        opportunity,
        hired,
        contact,
        ..
    } = &facts;
    let name_of_contact = || {
        contact
            .as_ref()
            .map(|contact| contact.name.clone())
            .unwrap_or_default()
    };
    Ok(Candidate {
        opportunity_id: opportunity.id.to_string(),
        contact_id: opportunity
            .contact
            .as_ref()
            .map(|contact| contact.id().to_owned()),
        name: if opportunity.name.is_empty() {
            name_of_contact()
        } else {
            opportunity.name.clone()
        },
        description: description(&facts),
        emails: emails(&facts),
        hired: hired.clone(),
        archived: opportunity.archived.is_some(),
        stage: opportunity.stage.as_ref().map(|stage| {
            let name = stage.object().map_or(stage.id(), |stage| &stage.text);
            (stage.id().to_owned(), name.to_owned())
        }),
        origin: opportunity
            .origin
            .as_ref()
            .map(|origin| origin.as_str().to_owned()),
        job: job(&facts),
        deleted: opportunity.deleted_at.is_some(),
        anonymized: opportunity.is_anonymized,
        record,
        missing,
        whole: parts.is_every(),
    })
}

/// The opportunity with its parts, or without them where the connection may not read one of them.
pub(super) async fn opportunity(client: &Client, id: &str) -> Result<Opportunity, Error> {
    match client.opportunity(id).await {
        Err(Error::Forbidden { .. }) => client.bare_opportunity(id).await,
        read => read,
    }
}

/// Tells the record which users its values may mean: those read by id, and those of the account. A connection that
/// may not list the account's users knows the others only.
async fn know_users(client: &Client, facts: &Facts, record: &mut Record) -> Result<(), Error> {
    let listed = optional(client.account_users().await, &mut Vec::new())?.unwrap_or_default();
    let further = listed
        .iter()
        .filter(|user| !facts.users.contains_key(user.id.as_str()));
    let users = facts.users.values().chain(further).map(|user| User {
        id: user.id.to_string(),
        name: user.name.clone(),
        email: user.email.clone(),
    });
    record.know_users(users);
    Ok(())
}

/// Every field of these parts with its value. Where a part could not be read, or the candidate has none, a missing
/// custom field is not a vanished one.
pub(super) fn record(
    facts: &Facts,
    parts: &Parts,
    definitions: Option<&[RequisitionField]>,
) -> Record {
    let mut record = Record::new();
    for field in standard().filter(|field| parts.has_all(&field.parts())) {
        record.set(field.id, (field.read)(facts));
    }
    let requisition = facts.requisition.as_ref();
    let of_requisition =
        definitions.map(|definitions| custom::of_requisition(definitions, requisition));
    if of_requisition.is_none() && parts.has(Part::Requisition) {
        record.leave_open(custom::REQUISITION);
    }
    // Offers are written on different forms, so what one of them lacks another may have.
    let of_parts = [
        (Part::Offers, custom::OFFER),
        (Part::Forms, filled::FORM),
        (Part::Referrals, filled::REFERRAL),
    ];
    for (_, prefix) in of_parts.into_iter().filter(|(part, _)| parts.has(*part)) {
        record.leave_open(prefix);
    }
    record.leave_open(custom::QUESTION);
    let customs = of_requisition.into_iter().flatten();
    for Custom { field, value, .. } in customs
        .chain(custom::of_offer(facts))
        .chain(custom::of_application(facts))
        .chain(filled::of_forms(facts))
        .chain(filled::of_referral(facts))
    {
        let answered = record.get(&field.id).is_some_and(|known| !known.is_empty());
        if !answered {
            record.set(field.id, value);
        }
    }
    record
}

fn job(facts: &Facts) -> Job {
    let id = posting_id(facts);
    let hidden = facts.application.is_none() && !facts.opportunity.applications.is_empty();
    let Some(posting) = &facts.posting else {
        return Job {
            unread: hidden || id.is_some(),
            posting: id.map(|id| (id.clone(), id)),
            ..Job::default()
        };
    };
    let categories = &posting.categories;
    let main = categories.location.iter();
    let each: BTreeSet<_> = main.chain(&categories.all_locations).cloned().collect();
    Job {
        posting: Some((posting.id.to_string(), posting.text.clone())),
        department: categories.department.clone(),
        locations: each.into_iter().collect(),
        unread: false,
    }
}

fn emails(facts: &Facts) -> Vec<String> {
    let of_contact = facts.contact.iter().flat_map(|contact| &contact.emails);
    let as_applied = facts
        .application
        .iter()
        .filter_map(|found| found.email.as_ref());
    let every = facts
        .opportunity
        .emails
        .iter()
        .chain(of_contact)
        .chain(as_applied);
    let each: BTreeSet<_> = every.map(|email| email.trim().to_lowercase()).collect();
    each.into_iter().filter(|email| !email.is_empty()).collect()
}

fn description(facts: &Facts) -> String {
    let posting = facts.posting.as_ref().map(|posting| posting.text.as_str());
    let offer = facts.offer.as_ref();
    let offered = offer.and_then(|offer| offer.field("job_title")?.value.as_str());
    // A posting or an offer that the mapping does not read leaves the headline, often the job of today.
    let each = [posting, offered, Some(facts.opportunity.headline.as_str())];
    let what = each.into_iter().flatten().find(|what| !what.is_empty());
    let stage = facts.stage().map(|stage| stage.text.as_str());
    [what, stage]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}
