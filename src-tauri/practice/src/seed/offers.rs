//! Seeded offers: made from the offer form and walked to their state.

use std::collections::BTreeMap;

use rand::RngExt;
use rand::seq::IndexedRandom;
use serde::Deserialize;
use serde_json::{Value, json};

use super::DAY_MS;
use super::crowd::Dice;
use crate::identifiers::seeded_id;
use crate::state::{FormField, OfferField, OfferStatus, OfferValue, Step, World};

/// How long a seeded offer stays open, in days.
const OPEN_FOR_DAYS: i64 = 14;
const MINUTE_MS: i64 = 60 * 1_000;

/// The recruiter who makes seeded offers.
const MAKER: &str = "jonas-adeyemi";

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
    /// Leaves empty what can be left empty.
    #[serde(default)]
    bare: bool,
    /// Answered without Lever.
    #[serde(default)]
    outside: bool,
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
            bare: false,
            outside: false,
        }
    }

    /// Adds the offer in `place` of the candidate `key`, whose opportunity is `id`.
    pub(super) fn add_to(&self, world: &mut World, key: &str, id: &str, place: usize, now: i64) {
        let created_at = now - self.days_ago * DAY_MS;
        let offer = seeded_id("offer", &format!("{key}/{place}"));
        let maker = seeded_id("user", MAKER);
        let mut rows = world
            .blank_offer(id, created_at)
            .expect("a test reads the seed");
        rows.retain(|row| !self.omit.contains(&row.field.identifier));
        for row in &mut rows {
            self.fill(world, row, created_at, now);
        }
        let name = world
            .opportunity(id)
            .map(|one| world.contact_of(one).name.clone());
        let name = name.unwrap_or_default();
        world
            .add_offer(id, offer.clone(), rows, &maker, created_at)
            .expect("a test reads the seed");
        let at = |step| created_at + delay_of(step);
        let walked = world.change_offer(id, &offer, now, |offer| {
            if self.outside {
                offer.walk_to(OfferStatus::SentManually, &maker, &name, at)?;
            }
            offer.walk_to(self.status, &maker, &name, at)
        });
        walked.expect("a test reads the seed");
    }

    fn fill(&self, world: &World, row: &mut OfferField, created_at: i64, now: i64) {
        if let Some(value) = self.value(world, &row.field, created_at, now) {
            row.value = value;
        } else if self.bare && !row.field.is_required() && row.field.is_answerable() {
            row.value = OfferValue::Empty;
        }
    }

    fn value(
        &self,
        world: &World,
        field: &FormField,
        created_at: i64,
        now: i64,
    ) -> Option<OfferValue> {
        if let Some(value) = self.fields.get(&field.identifier) {
            let user = value.as_str().and_then(|text| text.strip_prefix('@'));
            let user = user.map(|key| OfferValue::text(seeded_id("user", key)));
            let read = || OfferValue::from_json(world, field, value);
            return Some(user.unwrap_or_else(|| read().expect("a test reads the seed")));
        }
        let extended = !matches!(self.status, OfferStatus::Draft | OfferStatus::ApprovalSent);
        match field.identifier.as_str() {
            "anticipated_start_date" => {
                let start = self.start_in_days?;
                Some(OfferValue::date_at(now + start * DAY_MS))
            }
            "offer_expiration_date" if extended && !self.bare => {
                Some(OfferValue::date_at(created_at + OPEN_FOR_DAYS * DAY_MS))
            }
            _ => None,
        }
    }
}

/// When a step happens, counted from the making of the offer.
fn delay_of(step: Step) -> i64 {
    match step {
        Step::RequestApproval | Step::Reject | Step::Reopen => MINUTE_MS,
        Step::Approve => 10 * MINUTE_MS,
        Step::Send | Step::SendManually => 20 * MINUTE_MS,
        Step::Open => 60 * MINUTE_MS,
        Step::Sign | Step::Decline | Step::RecordSigned | Step::RecordDecline => DAY_MS,
    }
}
