//! Seeded offers: the offer form filled in from the posting, the person and the seed.

use std::collections::BTreeMap;

use rand::RngExt;
use rand::seq::IndexedRandom;
use serde::Deserialize;
use serde_json::{Value, json};

use super::DAY_MS;
use super::crowd::Dice;
use crate::identifiers::seeded_id;
use crate::state::{Offer, OfferField, OfferStatus, World};

/// How long a seeded offer stays open, in days.
const OPEN_FOR_DAYS: i64 = 14;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SeedOffer {
    status: OfferStatus,
    days_ago: i64,
    /// First day of work, counted from the start of the world.
    start_in_days: Option<i64>,
    /// Identifier to value; a text that starts with `@` is the key of a user.
    fields: BTreeMap<String, Value>,
    /// Identifiers that this offer's form does not have at all.
    #[serde(default)]
    omit: Vec<String>,
}

impl SeedOffer {
    /// An offer made `days_ago` to someone who was hired, or turned away, or is still waiting.
    pub(super) fn drawn(dice: &mut Dice, days_ago: i64, archived: bool, hired: bool) -> Self {
        let open = [
            OfferStatus::Draft,
            OfferStatus::Approved,
            OfferStatus::Sent,
            OfferStatus::Opened,
        ];
        let status = match (hired, archived) {
            (true, _) => OfferStatus::Signed,
            (false, true) => OfferStatus::Denied,
            (false, false) => *open.choose(dice).unwrap_or(&OfferStatus::Draft),
        };
        let pay = dice.random_range(28..120) * 1_000;
        let fields = [
            ("salary_amount", json!(pay)),
            ("compensation_currency", json!("EUR")),
            ("salary_interval", json!("per-year-salary")),
        ];
        let fields = fields.map(|(identifier, value)| (identifier.to_owned(), value));
        Self {
            status,
            days_ago,
            start_in_days: Some(dice.random_range(14..90) - days_ago),
            fields: fields.into(),
            omit: Vec::new(),
        }
    }

    /// The offer in `place` of the candidate `key`, whose opportunity is `id`.
    pub(super) fn read(&self, world: &World, key: &str, id: &str, place: usize, now: i64) -> Offer {
        let created_at = now - self.days_ago * DAY_MS;
        let reached = |status| (self.status >= status).then_some(created_at);
        let rows = world.company.offer_form.iter();
        let rows = rows.filter(|row| !self.omit.contains(&row.identifier));
        let fields = rows.map(|row| OfferField {
            text: row.text.clone(),
            identifier: row.identifier.clone(),
            value: self.value(world, id, &row.identifier, now),
        });
        let opportunity = world.opportunity(id);
        let application = opportunity.and_then(|one| one.application.as_ref());
        Offer {
            id: seeded_id("offer", &format!("{key}/{place}")),
            posting: application.map(|application| application.posting.clone()),
            creator: seeded_id("user", "jonas-adeyemi"),
            created_at,
            status: self.status,
            fields: fields.collect(),
            approved_at: reached(OfferStatus::Approved),
            sent_at: reached(OfferStatus::Sent).map(|at| at + 60_000),
            signed_at: reached(OfferStatus::Signed).map(|at| at + DAY_MS),
        }
    }

    fn value(&self, world: &World, id: &str, identifier: &str, now: i64) -> Value {
        if let Some(value) = self.fields.get(identifier) {
            let user = value.as_str().and_then(|text| text.strip_prefix('@'));
            return user.map_or_else(|| value.clone(), |key| json!(seeded_id("user", key)));
        }
        let Some(opportunity) = world.opportunity(id) else {
            return Value::Null;
        };
        let application = opportunity.application.as_ref();
        let posting = application.and_then(|one| world.company.posting(&one.posting));
        let created_at = now - self.days_ago * DAY_MS;
        // In recorded offers the job posting is the id of the application (LEVER.md 3.3).
        match identifier {
            "job_posting" => json!(application.map(|application| &application.id)),
            "job_title" => json!(posting.map(|posting| &posting.text)),
            "requisition" => json!(posting.and_then(|posting| posting.requisition.as_ref())),
            "candidate_name" => json!(world.contact_of(opportunity).name),
            "team" => posting.map_or(Value::Null, |one| {
                one.document["categories"]["team"].clone()
            }),
            "location/office" => json!(posting.and_then(|posting| posting.location.as_ref())),
            "hiring_manager" => json!(posting.and_then(|posting| posting.hiring_manager.as_ref())),
            "today_date" => json!(created_at),
            "anticipated_start_date" => json!(self.start_in_days.map(|days| now + days * DAY_MS)),
            "offer_expiration_date" if self.status >= OfferStatus::Approved => {
                json!(created_at + OPEN_FOR_DAYS * DAY_MS)
            }
            _ => Value::Null,
        }
    }
}
