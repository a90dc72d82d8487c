//! Pages at the relay: what is wanted of each is asked for until the relay has done it, in this session or a later one.

use std::collections::{HashMap, VecDeque};

use fulcrum_relay::PageId;
use fulcrum_relay::client::Session;
use fulcrum_relay::page::{Content, PageKey};
use fulcrum_relay::protocol::{Refusal, StoreId};
use serde::{Deserialize, Serialize};
use url::Url;

use super::Tunnel;
use crate::feed::Tag;
use crate::jobs::WriteBack;
use crate::store::pages::{self, PageRow};
use crate::store::{StoreError, letters, settings};

/// The setting with the store that has the pages.
const HAS_PAGES: &str = "relay_with_pages";

/// What the relay was asked of each page in a session, in this order.
pub(super) type AskedPages = HashMap<PageId, VecDeque<i64>>;

/// A relay, and which store it had.
#[derive(PartialEq, Eq, Serialize, Deserialize)]
struct Keeper {
    relay: String,
    store: Option<[u8; 16]>,
}

impl Tunnel {
    /// Has every page sent again to a relay that has none of them.
    pub(super) async fn pages_at(&self, store: Option<StoreId>) -> Result<(), StoreError> {
        let keeper = Keeper {
            relay: self.relay.to_string(),
            store: store.map(|StoreId(store)| store),
        };
        self.store
            .write(move |db| {
                let known: Option<Keeper> = settings::get(db, HAS_PAGES)?;
                if known.as_ref() == Some(&keeper) {
                    return Ok(());
                }
                pages::show_anew(db)?;
                settings::put(db, HAS_PAGES, &keeper)
            })
            .await
    }

    /// Asks for what is wanted of pages and was not asked for in this session.
    pub(super) async fn ask_pages(
        &self,
        session: &Session,
        asked: &mut AskedPages,
    ) -> Result<(), StoreError> {
        for row in self.store.read(pages::outstanding).await? {
            let Ok(page) = row.id.parse::<PageId>() else {
                continue;
            };
            let before = asked.entry(page).or_default();
            if before.contains(&row.wanted) {
                continue;
            }
            before.push_back(row.wanted);
            match &row.content {
                Some(content) => {
                    let sealed = encrypted(page, &row, content)?;
                    session.publish(page, sealed, row.expires_at, None);
                }
                None => session.unpublish(page),
            }
        }
        Ok(())
    }

    /// The relay shows a page at `url`, or removed it.
    pub(super) async fn page_done(
        &self,
        asked: &mut AskedPages,
        page: PageId,
        url: Option<Url>,
    ) -> Result<(), StoreError> {
        let Some(wanted) = asked.get_mut(&page).and_then(VecDeque::pop_front) else {
            return Ok(());
        };
        let now = self.clock.now().as_millisecond();
        self.store
            .write(move |db| {
                let id = page.to_string();
                pages::done(db, &id, wanted, url.as_ref().map(Url::as_str))?;
                let row = pages::get(db, &id)?;
                if let Some(row) = row.filter(|row| row.content.is_some() && row.wanted == wanted) {
                    letters::shown(db, &row.letter_id, row.version, now)?;
                    WriteBack::add_all(db, &row.letter_id, now)?;
                }
                Ok::<_, StoreError>(())
            })
            .await?;
        self.bell.ring();
        self.feed.changed(&[Tag::Letters, Tag::Relay]);
        Ok(())
    }

    /// The relay does not do what was wanted of a page; the next session asks again.
    pub(super) async fn page_refused(
        &self,
        asked: &mut AskedPages,
        page: PageId,
        reason: Refusal,
    ) -> Result<(), StoreError> {
        asked.get_mut(&page).and_then(VecDeque::pop_front);
        let words = format!("The relay does not show the letter: {reason}.");
        self.store
            .write(move |db| pages::refused(db, &page.to_string(), &words))
            .await?;
        self.feed.changed(&[Tag::Letters]);
        Ok(())
    }
}

fn encrypted(page: PageId, row: &PageRow, content: &str) -> Result<Vec<u8>, StoreError> {
    let content: Content = serde_json::from_str(content)?;
    let secret = <[u8; 32]>::try_from(row.secret.as_slice());
    let secret = secret.map_err(|_| StoreError::Value("the key of a page".to_owned()))?;
    Ok(PageKey::from_secret_bytes(&secret).encrypt(page, &content))
}
