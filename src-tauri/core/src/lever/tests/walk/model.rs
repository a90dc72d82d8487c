//! Lever's list of opportunities in memory, as LEVER.md 2.3 describes it, with people at work in it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use proptest::prelude::*;

use super::{Answer, Item, stale};
use crate::lever::Page;
use crate::lever::walk::{Ask, Fetched};

/// Where an opportunity stands: by stage, then the latest to advance first.
type Place = (u8, std::cmp::Reverse<i64>, u32);

/// Something that happens in Lever between two pages; the numbers pick whom.
#[derive(Debug, Clone)]
pub(super) enum Change {
    /// Into another stage, before or behind.
    Move { who: u32, stage: u8 },
    /// Somebody applies.
    Arrive { stage: u8 },
    /// Deleted.
    Leave { who: u32 },
}

pub(super) fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        6 => (any::<u32>(), 0..6_u8).prop_map(|(who, stage)| Change::Move { who, stage }),
        1 => (0..6_u8).prop_map(|stage| Change::Arrive { stage }),
        1 => any::<u32>().prop_map(|who| Change::Leave { who }),
    ]
}

#[derive(Debug, Clone)]
pub(super) struct Opportunity {
    stage: u8,
    advanced: i64,
    /// Lever never stamped the old ones.
    updated: Option<i64>,
}

pub(super) fn opportunity() -> impl Strategy<Value = Opportunity> {
    (0..6_u8, -100..0_i64, any::<bool>()).prop_map(|(stage, advanced, stamped)| Opportunity {
        stage,
        advanced,
        updated: stamped.then_some(advanced),
    })
}

pub(super) struct Lever {
    now: i64,
    page_size: usize,
    /// Whether a cursor counts only while the opportunity that it names stands where it stood.
    strict: bool,
    all: BTreeMap<u32, Opportunity>,
    places: BTreeSet<Place>,
    next_id: u32,
    gone: BTreeSet<u32>,
}

impl Lever {
    pub(super) fn new(all: &[Opportunity], page_size: usize, strict: bool) -> Self {
        let mut lever = Self {
            now: 0,
            page_size,
            strict,
            all: BTreeMap::new(),
            places: BTreeSet::new(),
            next_id: 0,
            gone: BTreeSet::new(),
        };
        for opportunity in all {
            lever.add(opportunity.clone());
        }
        lever
    }

    /// Who was there all the time, or came and stayed.
    pub(super) fn is_gone(&self, id: u32) -> bool {
        self.gone.contains(&id)
    }

    pub(super) fn answer(&self, ask: &Ask) -> Answer {
        let from = match ask.cursor.as_deref().map(place_of) {
            None => None,
            Some(place) if self.strict && !self.places.contains(&place) => return stale(),
            place => place,
        };
        let since = ask.updated_since.map(Timestamp::as_millisecond);
        let fits = |&&(_, _, id): &&Place| match (since, self.all[&id].updated) {
            (None, _) => true,
            (Some(since), Some(updated)) => updated >= since,
            (Some(_), None) => false,
        };
        let mut places = match from {
            None => self.places.range(..),
            Some(from) => self.places.range(from..),
        }
        .filter(fits);
        let items = places
            .by_ref()
            .take(self.page_size)
            .map(|(_, _, id)| Item(id.to_string()))
            .collect();
        let next = places.next().map(cursor_of);
        Ok(Fetched {
            page: Page { items, next },
            before: Timestamp::from_millisecond(self.now).unwrap(),
        })
    }

    pub(super) fn pass(&mut self, millis: i64) {
        self.now += millis;
    }

    pub(super) fn change(&mut self, change: &Change) {
        let now = self.now;
        match *change {
            Change::Arrive { stage } => self.add(Opportunity {
                stage,
                advanced: now,
                updated: Some(now),
            }),
            Change::Leave { who } => {
                if let Some(id) = self.pick(who) {
                    self.take_out(id);
                    self.gone.insert(id);
                }
            }
            Change::Move { who, stage } => {
                if let Some(id) = self.pick(who) {
                    let moved = Opportunity {
                        stage,
                        advanced: now,
                        updated: Some(now),
                    };
                    self.take_out(id);
                    self.put_in(id, moved);
                }
            }
        }
    }

    fn pick(&self, who: u32) -> Option<u32> {
        let place = usize::try_from(who).unwrap().checked_rem(self.all.len())?;
        self.all.keys().nth(place).copied()
    }

    fn add(&mut self, opportunity: Opportunity) {
        let id = self.next_id;
        self.next_id += 1;
        self.put_in(id, opportunity);
    }

    fn put_in(&mut self, id: u32, opportunity: Opportunity) {
        self.places.insert(place(id, &opportunity));
        self.all.insert(id, opportunity);
    }

    fn take_out(&mut self, id: u32) {
        let opportunity = self.all.remove(&id).expect("it was picked from there");
        self.places.remove(&place(id, &opportunity));
    }
}

fn place(id: u32, opportunity: &Opportunity) -> Place {
    let advanced = std::cmp::Reverse(opportunity.advanced);
    (opportunity.stage, advanced, id)
}

fn cursor_of((stage, advanced, id): &Place) -> String {
    format!("[{stage},{},\"{id}\"]", advanced.0)
}

fn place_of(cursor: &str) -> Place {
    let (stage, advanced, id): (u8, i64, String) = serde_json::from_str(cursor).unwrap();
    (stage, std::cmp::Reverse(advanced), id.parse().unwrap())
}
