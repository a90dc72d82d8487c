//! The practice company and its candidates, as they are when a world starts.
//!
//! The data lies in `seed/*.json` of this package: `company` reads the set-up, `candidates` the
//! people, `crowd` draws as many more as are asked for. Ids are derived from the keys there, times
//! count back from the start of the world.

mod api_keys;
mod candidates;
mod company;
mod crowd;
mod offers;

use std::collections::BTreeSet;

use tokio::sync::mpsc;

pub(crate) use crowd::add_crowd;

use crate::api::RateLimits;
use crate::auth::Grants;
use crate::deliveries::{Deliveries, DeliveryNumber};
use crate::faults::Faults;
use crate::hris::People;
use crate::identifiers::seeded_id;
use crate::ledger::Ledger;
use crate::mail::Mailbox;
use crate::state::{Author, Contacts, Opportunities, Sessions, World};
use crate::switches::Switches;
use crate::tenant::Tenant;

/// Key of the Super Admin who set the company up.
const SUPER_ADMIN: &str = "ola-berg";

/// The candidates of a sandbox are drawn, so that no id of the other tenant is found in it.
const SANDBOX_CANDIDATES: usize = 60;
const SANDBOX_SEED: u64 = 0x5a4d_b0c5;

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// A seeded world whose deliveries go to `queue`; `now` is the moment it starts (ms).
pub(crate) fn world(
    tenant: Tenant,
    switches: Switches,
    queue: mpsc::UnboundedSender<DeliveryNumber>,
    now: i64,
) -> World {
    let mut company = company::read(now);
    if tenant == Tenant::Sandbox {
        company.name.push_str(" (Sandbox)");
    }
    let mut world = World {
        opportunities: Opportunities::new(&company.stages),
        company,
        contacts: Contacts::default(),
        webhooks: Vec::new(),
        enabled_events: BTreeSet::new(),
        deliveries: Deliveries::new(queue),
        grants: Grants::new(tenant),
        api_keys: api_keys::api_keys(tenant, now),
        switches,
        limits: RateLimits::default(),
        faults: Faults::default(),
        ledger: Ledger::default(),
        audit_events: Vec::new(),
        mailbox: Mailbox::default(),
        acting: Author::default(),
        sessions: Sessions::default(),
        people: People::default(),
    };
    employ_everyone(&mut world, now);
    match tenant {
        Tenant::Production => candidates::add_all(&mut world, now),
        Tenant::Sandbox => add_crowd(&mut world, SANDBOX_CANDIDATES, SANDBOX_SEED, now),
    }
    world
}

/// Puts the candidates of the small world in the place of those there are.
pub(crate) fn replace_with_small(world: &mut World, now: i64) {
    world.clear_candidates();
    candidates::add_all(world, now);
}

/// Puts a crowd in the place of the candidates there are; see [`add_crowd`].
pub(crate) fn replace_with_crowd(world: &mut World, count: usize, random_seed: u64, now: i64) {
    world.clear_candidates();
    add_crowd(world, count, random_seed, now);
}

/// Puts the users of the practice Lever into the HRIS, where a new colleague's manager is looked for.
fn employ_everyone(world: &mut World, now: i64) {
    let active = world.company.users.iter();
    for user in active.filter(|user| user.is_active()) {
        let id = seeded_id("hris", &user.email);
        world.people.employ(id, &user.name, &user.email, now);
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn seeded() -> World {
        let (sender, _receiver) = mpsc::unbounded_channel();
        world(
            Tenant::Production,
            Switches::default(),
            sender,
            1_790_000_000_000,
        )
    }

    #[test]
    fn the_seed_is_complete_and_refers_only_to_what_exists() {
        let world = seeded();
        assert!(world.opportunities.living().count() >= 40);
        for opportunity in world.opportunities.living() {
            let company = &world.company;
            assert!(
                company.stage(&opportunity.stage).is_some(),
                "{opportunity:?}"
            );
            let owner = opportunity
                .owner
                .as_deref()
                .and_then(|owner| company.user(owner));
            assert!(owner.is_some(), "{opportunity:?}");
            if let Some(application) = &opportunity.application {
                assert!(company.posting(&application.posting).is_some());
            }
        }
        let untouched = world.opportunities.living();
        assert!(untouched.filter(|one| one.updated_at.is_none()).count() > 20);
    }

    #[test]
    fn seeded_ids_are_the_same_in_every_run() {
        let rosa = seeded_id("opportunity", "rosa-lindqvist");
        assert!(seeded().opportunities.get(&rosa).is_some());
        assert!(seeded().opportunities.get(&rosa).is_some());
    }

    #[test]
    fn two_opportunities_share_one_contact() {
        let world = seeded();
        let contact = seeded_id("contact", "two-opportunities-1");
        assert_eq!(world.opportunities_of(&contact).len(), 2);
    }
}
