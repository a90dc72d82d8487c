//! Lever's lists, page by page.

use std::time::Duration;

use futures_util::stream::{BoxStream, StreamExt, TryStreamExt};
use jiff::Timestamp;
use reqwest::Url;
use serde::de::DeserializeOwned;

use super::client::Client;
use super::endpoint::{self, Endpoint};
use super::envelope::{Page, page};
use super::error::Error;
use super::filter::OpportunityFilter;
use super::types::{Identified, Opportunity};
use super::walk::{Ask, Fetched, Order, walk};

/// How far this computer's clock is trusted where Lever's answers carry no date.
const UNKNOWN_CLOCK: Duration = Duration::from_secs(600);

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

    /// Reads every page of a list whose items keep their places.
    pub(super) async fn pages<T: DeserializeOwned + Identified>(
        &self,
        endpoint: &'static Endpoint,
        list: &Url,
    ) -> Result<Vec<T>, Error> {
        let fetch = |ask: Ask| self.fetch(endpoint, list.clone(), ask.cursor);
        walk(endpoint.thing, Order::Stable, fetch)
            .try_collect()
            .await
    }

    /// Reads the first items of such a list, `most` at most, and no further page.
    pub(super) async fn first<T: DeserializeOwned + Identified>(
        &self,
        endpoint: &'static Endpoint,
        list: &Url,
        most: usize,
    ) -> Result<Vec<T>, Error> {
        let fetch = |ask: Ask| self.fetch(endpoint, list.clone(), ask.cursor);
        walk(endpoint.thing, Order::Stable, fetch)
            .take(most)
            .try_collect()
            .await
    }

    /// Every opportunity that fits, page after page as the stream is polled: each once, as it was when it was
    /// first seen, with its applications, stage and owner in full. Dropping the stream ends the reading.
    ///
    /// Candidates who change stage meanwhile move within the list and can be missed, so what changed during the
    /// reading is read again (by `updated_at_start`, LEVER.md 2.3) until nothing can have slipped through. That
    /// takes one call more where the list has several pages, and none where it has one.
    pub fn opportunities_stream(
        &self,
        filter: OpportunityFilter,
    ) -> BoxStream<'static, Result<Opportunity, Error>> {
        let client = self.clone();
        let fetch = move |ask: Ask| {
            let (client, mut filter) = (client.clone(), filter.clone());
            filter.updated_since = filter.updated_since.max(ask.updated_since);
            async move {
                let list = client.opportunities_url(&filter)?;
                client
                    .fetch(&endpoint::OPPORTUNITIES, list, ask.cursor)
                    .await
            }
        };
        walk(endpoint::OPPORTUNITIES.thing, Order::Moving, fetch).boxed()
    }

    async fn fetch<T: DeserializeOwned>(
        &self,
        endpoint: &'static Endpoint,
        list: Url,
        cursor: Option<String>,
    ) -> Result<Fetched<T>, Error> {
        let sent = self.pace.clock().now();
        let page = self.page(endpoint, &list, cursor.as_deref()).await?;
        let before = before(sent, self.pace.clock().now(), self.server_date());
        Ok(Fetched { page, before })
    }
}

/// A moment by Lever's clock that lies before the call: as far back from the date of its answer as the call took.
fn before(sent: Timestamp, answered: Timestamp, date: Option<Timestamp>) -> Timestamp {
    let back = |from: Timestamp, by| from.checked_sub(by).unwrap_or(Timestamp::MIN);
    match date {
        // A clock that was set back during the call says nothing about its length.
        Some(date) => back(date, answered.duration_since(sent).abs()),
        None => back(sent, UNKNOWN_CLOCK.try_into().unwrap_or_default()),
    }
}
