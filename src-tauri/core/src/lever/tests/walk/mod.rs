//! Walks over lists in memory.

mod model;
mod properties;

use std::cell::RefCell;

use futures_util::{FutureExt, StreamExt};
use jiff::Timestamp;

use crate::lever::types::Identified;
use crate::lever::walk::{Ask, Fetched, Order, walk};
use crate::lever::{Error, Page};

const THING: &str = "the list";

#[derive(Debug, Clone, PartialEq, Eq)]
struct Item(String);

impl Identified for Item {
    fn id(&self) -> &str {
        &self.0
    }
}

type Answer = Result<Fetched<Item>, Error>;

fn page(ids: &[&str], next: Option<&str>) -> Answer {
    let items = ids.iter().map(|id| Item((*id).to_owned())).collect();
    let next = next.map(str::to_owned);
    Ok(Fetched {
        page: Page { items, next },
        before: Timestamp::UNIX_EPOCH,
    })
}

fn stale() -> Answer {
    Err(Error::StaleCursor { thing: THING })
}

/// The ids in the order in which they came, and the error that ended the walk.
fn walked(order: Order, mut answer: impl FnMut(Ask) -> Answer) -> (Vec<String>, Option<Error>) {
    let items = walk(THING, order, |ask| std::future::ready(answer(ask)));
    let came = items.collect::<Vec<_>>().now_or_never();
    let came = came.expect("a list in memory keeps nobody waiting");
    let mut ids = Vec::new();
    for item in came {
        match item {
            Ok(Item(id)) => ids.push(id),
            Err(error) => return (ids, Some(error)),
        }
    }
    (ids, None)
}

#[test]
fn an_item_on_two_pages_comes_once() {
    let came = walked(Order::Stable, |ask| match ask.cursor.as_deref() {
        None => page(&["a", "b"], Some("x")),
        _ => page(&["b", "c", "c"], None),
    });
    assert_eq!(came, (vec!["a".into(), "b".into(), "c".into()], None));
}

#[test]
fn a_page_of_known_items_does_not_end_the_list() {
    let came = walked(Order::Stable, |ask| match ask.cursor.as_deref() {
        None => page(&["a"], Some("x")),
        Some("x") => page(&["a"], Some("y")),
        Some("y") => page(&[], Some("z")),
        _ => page(&["b"], None),
    });
    assert_eq!(came, (vec!["a".into(), "b".into()], None));
}

#[test]
fn cursors_in_a_circle_end_with_an_error() {
    for circle in [&["x", "x"][..], &["x", "y", "x"], &["x", "y", "z", "y"]] {
        let mut asked = 0;
        let (_, error) = walked(Order::Stable, |_| {
            asked += 1;
            page(&[&asked.to_string()], Some(circle[asked - 1]))
        });
        assert_eq!(error, Some(Error::Endless { thing: THING }));
        assert_eq!(asked, circle.len());
    }
}

#[test]
fn a_list_that_promises_more_for_ever_ends_with_an_error() {
    for (ids_differ, pages) in [(true, 10_000), (false, 102)] {
        let mut asked = 0;
        let (_, error) = walked(Order::Stable, |_| {
            asked += 1;
            let name = asked.to_string();
            page(&[if ids_differ { &name } else { "a" }], Some(&name))
        });
        assert_eq!(error, Some(Error::Endless { thing: THING }));
        assert_eq!(asked, pages);
    }
}

#[test]
fn a_forgotten_cursor_starts_over_and_keeps_what_came() {
    let mut forgotten = 0;
    let came = walked(Order::Stable, |ask| match ask.cursor.as_deref() {
        None => page(&["a", "b"], Some("x")),
        Some("x") if forgotten < 5 => {
            forgotten += 1;
            stale()
        }
        _ => page(&["c"], None),
    });
    assert_eq!(came, (vec!["a".into(), "b".into(), "c".into()], None));

    let (_, error) = walked(Order::Stable, |ask| match ask.cursor {
        None => page(&["a"], Some("x")),
        Some(_) => stale(),
    });
    assert_eq!(error, Some(Error::StaleCursor { thing: THING }));
}

#[test]
fn a_first_page_that_is_refused_is_not_asked_for_again() {
    let mut asked = 0;
    let (_, error) = walked(Order::Stable, |_| {
        asked += 1;
        stale()
    });
    assert_eq!(
        (error, asked),
        (Some(Error::StaleCursor { thing: THING }), 1)
    );
}

#[test]
fn a_moving_list_of_one_page_is_read_once() {
    let mut asked = 0;
    walked(Order::Moving, |_| {
        asked += 1;
        page(&["a"], None)
    });
    assert_eq!(asked, 1);
}

#[test]
fn a_moving_list_is_read_again_from_before_the_pass_began() {
    let mut asked = Vec::new();
    let came = walked(Order::Moving, |ask| {
        asked.push(ask.clone());
        match (ask.updated_since, ask.cursor) {
            (None, None) => page(&["a"], Some("x")),
            (None, Some(_)) => page(&["b"], None),
            (Some(_), _) => page(&["a", "missed"], None),
        }
    });
    assert_eq!(came, (vec!["a".into(), "b".into(), "missed".into()], None));
    let five_seconds_before = Timestamp::from_second(-5).unwrap();
    assert_eq!(asked.len(), 3);
    assert_eq!(asked[2].updated_since, Some(five_seconds_before));
}

#[test]
fn a_list_that_changes_faster_than_it_is_read_is_an_error() {
    let (came, error) = walked(Order::Moving, |ask| match ask.cursor {
        None => page(&["a"], Some("x")),
        Some(_) => page(&["b"], None),
    });
    assert_eq!(came, ["a", "b"]);
    assert_eq!(error, Some(Error::StaleCursor { thing: THING }));
}

#[test]
fn nothing_is_fetched_before_it_is_wanted() {
    let asked = RefCell::new(0);
    let items = walk(THING, Order::Stable, |_| {
        *asked.borrow_mut() += 1;
        let name = asked.borrow().to_string();
        std::future::ready(page(&[&name, "b"], Some(&name)))
    });
    assert_eq!(*asked.borrow(), 0);
    let mut items = Box::pin(items);
    for _ in 0..2 {
        assert!(items.next().now_or_never().flatten().is_some());
    }
    drop(items);
    assert_eq!(*asked.borrow(), 1);
}
