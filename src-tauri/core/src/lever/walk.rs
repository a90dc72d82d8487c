//! Walking through a list that changes or misbehaves under way, whoever fetches its pages.

use std::collections::{HashSet, VecDeque};

use futures_util::Stream;
use futures_util::stream::try_unfold;
use jiff::{SignedDuration, Timestamp};

use super::envelope::Page;
use super::error::Error;
use super::types::Identified;

/// The most pages of one walk: a million items at Lever's hundred a page.
const MOST_PAGES: usize = 10_000;

/// The most pages in a row that bring nothing new, beyond those that are known to repeat. More than one is no
/// sign of trouble: a hundred candidates moved at once come again where they went.
const MOST_BARREN_PAGES: usize = 100;

/// How often Lever may forget its cursor.
const MOST_RESTARTS: usize = 5;

/// The most passes over a list that changes all the time.
const MOST_PASSES: usize = 10;

/// How far a pass looks back behind the beginning of the one before: Lever's `Date` has whole seconds, and the
/// clocks of its servers differ a little.
const OVERLAP: SignedDuration = SignedDuration::from_secs(5);

/// Which page is wanted next.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Ask {
    /// The `next` of the page before; none for the first.
    pub(super) cursor: Option<String>,
    /// Only what changed at this moment or later; none for everything.
    pub(super) updated_since: Option<Timestamp>,
}

/// A page, and a moment by Lever's clock that lies before the page was read from its database.
pub(super) struct Fetched<T> {
    pub(super) page: Page<T>,
    pub(super) before: Timestamp,
}

/// What the order of a list is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// Items keep their places: one pass sees them all.
    Stable,
    /// Items move, as opportunities do with their stage (LEVER.md 2.3): one that moves back while the pages are
    /// read is in none of them. Each further pass reads what changed since the one before began, until a pass is
    /// a single page, which nothing can slip through.
    Moving,
}

/// Every item of a list, once: the first time that it was seen.
///
/// `fetch` gives the pages, and `thing` names the list in errors. Dropping the stream ends the walk; nothing is
/// fetched before it is polled. It starts over where Lever forgets its cursor.
///
/// # Errors
/// Whatever `fetch` ends with; [`Error::Endless`] if a cursor comes twice or the pages do not end, and
/// [`Error::StaleCursor`] if the list changes faster than it can be read.
pub(super) fn walk<T, F, R>(
    thing: &'static str,
    order: Order,
    fetch: F,
) -> impl Stream<Item = Result<T, Error>>
where
    T: Identified,
    F: FnMut(Ask) -> R,
    R: Future<Output = Result<Fetched<T>, Error>>,
{
    let walk = Walk {
        thing,
        order,
        fetch,
        pass: Some(Pass::default()),
        ready: VecDeque::new(),
        seen: HashSet::new(),
        pages: 0,
        known_pages: 0,
        barren: 0,
        restarts: 0,
        passes: 1,
    };
    try_unfold(walk, async |mut walk| {
        let item = walk.next().await?;
        Ok(item.map(|item| (item, walk)))
    })
}

struct Walk<T, F> {
    thing: &'static str,
    order: Order,
    fetch: F,
    pass: Option<Pass>,
    ready: VecDeque<T>,
    seen: HashSet<String>,
    pages: usize,
    /// How many pages were read before the list was begun again.
    known_pages: usize,
    barren: usize,
    restarts: usize,
    passes: usize,
}

/// One reading of the list from its beginning.
#[derive(Default)]
struct Pass {
    ask: Ask,
    cursors: HashSet<String>,
    began: Option<Timestamp>,
    pages: usize,
}

impl<T, F, R> Walk<T, F>
where
    T: Identified,
    F: FnMut(Ask) -> R,
    R: Future<Output = Result<Fetched<T>, Error>>,
{
    async fn next(&mut self) -> Result<Option<T>, Error> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Ok(Some(item));
            }
            let Some(pass) = self.pass.take() else {
                return Ok(None);
            };
            self.pass = self.turn(pass).await?;
        }
    }

    /// Reads one page; gives what is left to do.
    async fn turn(&mut self, mut pass: Pass) -> Result<Option<Pass>, Error> {
        let thing = self.thing;
        let Fetched { page, before } = match (self.fetch)(pass.ask.clone()).await {
            Err(Error::StaleCursor { .. })
                if pass.ask.cursor.is_some() && self.restarts < MOST_RESTARTS =>
            {
                self.restarts += 1;
                self.begin_again();
                pass.ask.cursor = None;
                pass.cursors.clear();
                return Ok(Some(pass));
            }
            fetched => fetched?,
        };
        self.pages += 1;
        pass.pages += 1;
        pass.began.get_or_insert(before);
        self.take(page.items);
        let Some(next) = page.next else {
            return self.after(&pass);
        };
        let endless =
            self.pages >= MOST_PAGES || self.barren > MOST_BARREN_PAGES + self.known_pages;
        if endless || !pass.cursors.insert(next.clone()) {
            return Err(Error::Endless { thing });
        }
        pass.ask.cursor = Some(next);
        Ok(Some(pass))
    }

    fn take(&mut self, items: Vec<T>) {
        let before = self.seen.len();
        for item in items {
            if self.seen.insert(item.id().to_owned()) {
                self.ready.push_back(item);
            }
        }
        self.barren = if self.seen.len() > before {
            0
        } else {
            self.barren + 1
        };
    }

    /// The pass that looks for what moved during this one, if anything can have.
    fn after(&mut self, pass: &Pass) -> Result<Option<Pass>, Error> {
        let began = match pass.began {
            Some(began) if self.order == Order::Moving && pass.pages > 1 => began,
            _ => return Ok(None),
        };
        if self.passes == MOST_PASSES {
            return Err(Error::StaleCursor { thing: self.thing });
        }
        self.passes += 1;
        self.begin_again();
        let updated_since = began.checked_sub(OVERLAP).unwrap_or(Timestamp::MIN);
        let ask = Ask {
            cursor: None,
            updated_since: Some(updated_since),
        };
        Ok(Some(Pass {
            ask,
            ..Pass::default()
        }))
    }

    fn begin_again(&mut self) {
        self.known_pages = self.pages;
        self.barren = 0;
    }
}
