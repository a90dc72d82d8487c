use std::cell::RefCell;
use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;

use super::model::{Change, Lever, change, opportunity};
use super::{THING, page, stale, walked};
use crate::lever::Error;
use crate::lever::walk::Order;

/// What happens in Lever between two pages.
#[derive(Debug, Clone)]
struct Turn {
    millis: i64,
    changes: Vec<Change>,
}

/// Pages of some size, and work in Lever that is slower than reading: otherwise no reading could ever be whole.
fn size_and_turns() -> impl Strategy<Value = (usize, Vec<Turn>)> {
    (6..10_usize).prop_flat_map(|size| {
        let turn = (2_000..9_000_i64, vec(change(), 0..=size / 6))
            .prop_map(|(millis, changes)| Turn { millis, changes });
        (Just(size), vec(turn, 0..12))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn every_opportunity_is_seen_exactly_once_while_stages_change_under_the_pager(
        all in vec(opportunity(), 0..36),
        (page_size, turns) in size_and_turns(),
        strict in any::<bool>(),
    ) {
        let lever = RefCell::new(Lever::new(&all, page_size, strict));
        let quiet = Turn { millis: 2_000, changes: Vec::new() };
        let mut turns = turns.iter();
        let (came, error) = walked(Order::Moving, |ask| {
            let mut lever = lever.borrow_mut();
            let answer = lever.answer(&ask);
            let turn = turns.next().unwrap_or(&quiet);
            lever.pass(turn.millis);
            for change in &turn.changes {
                lever.change(change);
            }
            answer
        });
        // With cursors that die when somebody moves, the walk may say that it was in vain, and never less.
        prop_assert!(error.is_none() || strict, "{error:?}");
        let seen: BTreeSet<&String> = came.iter().collect();
        prop_assert_eq!(seen.len(), came.len(), "one came twice");
        if error.is_none() {
            for id in 0..u32::try_from(all.len()).unwrap() {
                let there = seen.contains(&id.to_string());
                prop_assert!(there || lever.borrow().is_gone(id), "{} is missing", id);
            }
        }
    }

}

proptest! {
    #[test]
    fn a_shuffled_list_with_repeats_and_forgotten_cursors_is_seen_whole(
        ids in vec(0..60_u8, 0..120),
        page_size in 1..15_usize,
        forgotten in vec(0..20_usize, 0..5),
    ) {
        let ids: Vec<String> = ids.iter().map(u8::to_string).collect();
        let pages: Vec<Vec<&str>> =
            ids.chunks(page_size).map(|page| page.iter().map(String::as_str).collect()).collect();
        let mut asked = 0;
        let (came, error) = walked(Order::Stable, |ask| {
            asked += 1;
            let place = ask.cursor.as_deref().map_or(0, |cursor| cursor.parse().unwrap());
            if place > 0 && forgotten.contains(&asked) {
                return stale();
            }
            let more = (place + 1 < pages.len()).then(|| (place + 1).to_string());
            page(pages.get(place).map_or(&[], Vec::as_slice), more.as_deref())
        });
        prop_assert_eq!(error, None);
        let mut wanted = Vec::new();
        for id in ids {
            if !wanted.contains(&id) {
                wanted.push(id);
            }
        }
        prop_assert_eq!(came, wanted);
    }

    #[test]
    fn whatever_the_cursors_the_walk_ends(next in vec(proptest::option::weighted(0.95, 0..40_usize), 40)) {
        let mut asked = 0;
        let (_, error) = walked(Order::Stable, |ask| {
            asked += 1;
            let place = ask.cursor.as_deref().map_or(0, |cursor| cursor.parse().unwrap());
            page(&[&place.to_string()], next[place].map(|next| next.to_string()).as_deref())
        });
        prop_assert!(asked <= 41);
        let endless = Error::Endless { thing: THING };
        prop_assert!(error.is_none_or(|error| error == endless));
    }
}
