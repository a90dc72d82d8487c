//! Reading a whole list, page by page, from a list that may change or misbehave meanwhile.

use std::collections::HashSet;

use reqwest::Url;
use serde::de::DeserializeOwned;

use super::client::Client;
use super::endpoint::Endpoint;
use super::envelope::{Page, page};
use super::error::Error;
use super::types::Identified;

/// The most pages of one list: a hundred thousand items at Lever's hundred a page.
const MOST_PAGES: usize = 1_000;

impl Client {
    /// Reads one page; `cursor` is the `next` of the page before.
    pub(super) async fn page<T: DeserializeOwned>(
        &self,
        endpoint: &'static Endpoint,
        list: &Url,
        cursor: Option<&str>,
    ) -> Result<Page<T>, Error> {
        let mut url = list.clone();
        if let Some(cursor) = cursor {
            // Lever's cursors are percent-encoded already and want to be encoded once more (LEVER.md 2.3).
            url.query_pairs_mut().append_pair("offset", cursor);
        }
        page(endpoint, &self.read(endpoint, &url).await?)
    }

    /// Reads every page. The order of Lever's lists is not stable, so an item can come twice: the first stays.
    /// Ends where Lever says so, where a cursor repeats, or where a page brings nothing new; starts over once
    /// if Lever forgets its cursor.
    pub(super) async fn pages<T: DeserializeOwned + Identified>(
        &self,
        endpoint: &'static Endpoint,
        list: &Url,
    ) -> Result<Vec<T>, Error> {
        let mut seen = Seen::default();
        match self.collect(endpoint, list, &mut seen).await {
            Err(Error::StaleCursor { .. }) => {
                seen.cursors.clear();
                self.collect(endpoint, list, &mut seen).await?;
            }
            read => read?,
        }
        Ok(seen.items)
    }

    async fn collect<T: DeserializeOwned + Identified>(
        &self,
        endpoint: &'static Endpoint,
        list: &Url,
        seen: &mut Seen<T>,
    ) -> Result<(), Error> {
        let mut cursor: Option<String> = None;
        for page_number in 0..MOST_PAGES {
            let page = self.page(endpoint, list, cursor.as_deref()).await?;
            // After a fresh start the first pages are known, and the list still goes on.
            let grew = seen.add(page.items) || page_number < seen.known_pages;
            match page.next {
                Some(next) if grew && seen.cursors.insert(next.clone()) => cursor = Some(next),
                _ => return Ok(()),
            }
            seen.known_pages = seen.known_pages.max(page_number + 1);
        }
        Err(Error::Endless {
            thing: endpoint.thing,
        })
    }
}

/// What the pages brought so far.
struct Seen<T> {
    items: Vec<T>,
    ids: HashSet<String>,
    cursors: HashSet<String>,
    known_pages: usize,
}

impl<T> Default for Seen<T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            ids: HashSet::new(),
            cursors: HashSet::new(),
            known_pages: 0,
        }
    }
}

impl<T: Identified> Seen<T> {
    /// Keeps the new items; says whether there were any.
    fn add(&mut self, items: Vec<T>) -> bool {
        let before = self.items.len();
        for item in items {
            if self.ids.insert(item.id().to_owned()) {
                self.items.push(item);
            }
        }
        self.items.len() > before
    }
}
