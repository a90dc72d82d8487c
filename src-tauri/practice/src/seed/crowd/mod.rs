//! Candidates in any number, for load and for a pipeline that looks lived in.
//!
//! Everything is drawn from one random seed, so the same seed gives the same people at the same
//! distance from the present: names in many scripts, gaps in their details, every stage and
//! archive reason, some confidential, anonymised, deleted, or with a second candidacy.

mod candidacy;
mod person;

use rand::rngs::Xoshiro256PlusPlus;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};

use super::DAY_MS;
use super::offers::SeedOffer;
use crate::state::{Contact, Opportunity, World};

/// The generator of a crowd: a named algorithm, because a seed must mean the same everywhere.
pub(super) type Dice = Xoshiro256PlusPlus;

/// Share of those who come back with a second candidacy.
const RETURNS: f64 = 0.02;

/// Adds `count` candidates drawn from `random_seed`, who came in during the three years before
/// `now` (ms). No event is announced.
pub(crate) fn add_crowd(world: &mut World, count: usize, random_seed: u64, now: i64) {
    let mut dice = Dice::seed_from_u64(random_seed);
    let names = person::Names::read();
    let openings = candidacy::Openings::of(&world.company);
    let mut latest: Option<String> = None;
    for number in 1..=count {
        let returning = latest.clone().filter(|_| dice.random_bool(RETURNS));
        let contact = returning.unwrap_or_else(|| {
            let contact = names.person(&mut dice, number);
            let id = contact.id.clone();
            world.insert_contact(contact);
            id
        });
        latest = Some(contact.clone());
        let opportunity = openings.candidacy(&mut dice, contact, now);
        anonymise_some(world, &mut dice, &opportunity, now);
        let id = opportunity.id.clone();
        let is_at_offer = openings.is_at_offer(&opportunity);
        world.opportunities.insert(opportunity);
        if is_at_offer {
            make_offer(world, &mut dice, &id, now);
        }
    }
}

/// A random id that belongs to the seed.
fn drawn_id(dice: &mut Dice) -> String {
    uuid::Builder::from_random_bytes(dice.random())
        .into_uuid()
        .to_string()
}

/// One of the items; there must be some.
fn one_of<'a, T>(dice: &mut Dice, items: &'a [T]) -> &'a T {
    items
        .choose(dice)
        .expect("the lists of the seed have items")
}

/// A few of those archived for more than a year have been anonymised.
fn anonymise_some(world: &mut World, dice: &mut Dice, opportunity: &Opportunity, now: i64) {
    let archived = opportunity.archived.as_ref();
    let is_old = archived.is_some_and(|archived| now - archived.archived_at > 365 * DAY_MS);
    if is_old && dice.random_bool(0.05) {
        world.update_contact(&opportunity.contact, |contact| {
            *contact = Contact {
                id: contact.id.clone(),
                is_anonymized: true,
                ..Contact::default()
            };
        });
    }
}

fn make_offer(world: &mut World, dice: &mut Dice, id: &str, now: i64) {
    let Some(opportunity) = world.opportunity(id) else {
        return;
    };
    // An offer needs a job and a name.
    if opportunity.application.is_none() || world.contact_of(opportunity).name.is_empty() {
        return;
    }
    let reached_at = opportunity.last_advanced_at;
    let archived = opportunity.archived.as_ref();
    let hired = archived.is_some_and(|one| Some(&one.reason) == hired_reason(world));
    let days_ago = (now - reached_at) / DAY_MS;
    let offer = SeedOffer::drawn(dice, days_ago, archived.is_some(), hired);
    offer.add_to(world, id, id, 0, now);
}

fn hired_reason(world: &World) -> Option<&String> {
    world.company.hired_reason().map(|reason| &reason.id)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::super::tests::seeded;
    use super::*;
    use crate::state::{Confidentiality, Details};

    const NOW: i64 = 1_790_000_000_000;

    fn crowd(random_seed: u64) -> World {
        let mut world = seeded();
        world.clear_candidates();
        add_crowd(&mut world, 2_000, random_seed, NOW);
        world
    }

    fn documents(world: &World) -> Vec<Value> {
        let all = world.opportunities.living();
        all.map(|one| world.opportunity_json(one, Details::Shown, ""))
            .collect()
    }

    #[test]
    fn the_same_seed_gives_the_same_world_and_another_seed_another() {
        let first = documents(&crowd(7));
        assert_eq!(first, documents(&crowd(7)));
        assert_ne!(first, documents(&crowd(8)));
    }

    #[test]
    fn a_crowd_fills_every_stage_and_has_the_gaps_of_real_data() {
        let world = crowd(1);
        let living: Vec<&Opportunity> = world.opportunities.living().collect();
        let stages: BTreeSet<&str> = living.iter().map(|one| one.stage.as_str()).collect();
        assert_eq!(stages.len(), world.company.stages.len());
        let some = |wanted: &dyn Fn(&Opportunity) -> bool| living.iter().any(|one| wanted(one));
        assert!(some(&|one| one.archived.is_some()));
        assert!(some(&|one| one.archived.is_none()));
        assert!(some(&|one| one.updated_at.is_none()));
        assert!(some(&|one| !one.offers.is_empty()));
        assert!(some(&|one| !one.notes.is_empty()));
        assert!(some(
            &|one| one.confidentiality == Confidentiality::Confidential
        ));
        assert!(some(&|one| world.contact_of(one).emails.is_empty()));
        assert!(some(&|one| world.contact_of(one).emails.len() > 1));
        assert!(some(&|one| world.contact_of(one).is_anonymized));
        assert!(some(&|one| world
            .opportunities
            .of_contact(&one.contact)
            .count()
            > 1));
        assert!(world.opportunities.deleted().count() > 0);
    }

    #[test]
    fn nothing_in_a_crowd_happens_in_the_present_after_it_or_out_of_order() {
        let world = crowd(2);
        for one in world.opportunities.living() {
            let changes: Vec<i64> = one.stage_changes.iter().map(|one| one.updated_at).collect();
            assert!(changes.is_sorted(), "{one:?}");
            assert_eq!(changes.last(), Some(&one.last_advanced_at));
            let archived_at = one.archived.as_ref().map(|archived| archived.archived_at);
            assert!(archived_at.is_none_or(|at| at >= one.last_advanced_at));
            assert!(one.last_interaction_at < NOW);
        }
    }
}
