//! What this relay knows of all pages without asking: which addresses there are, how much each device shows, and which
//! answers are on their way.

use std::collections::HashMap;
use std::sync::{MutexGuard, PoisonError};
use std::time::Duration;

use async_nats::jetstream::consumer::{DeliverPolicy, pull};
use futures_util::StreamExt as _;

use super::JetStream;
use super::follow::Broken;
use super::pages::{Facts, Given, PAGE};
use crate::identity::DeviceKey;
use crate::page::PageId;
use crate::server::limits::Amount;

/// How often answers are looked for whose relay stopped half-way.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// The pages of all devices.
#[derive(Default)]
pub(super) struct Index(HashMap<PageId, Known>);

struct Known {
    revision: u64,
    device: DeviceKey,
    expires_at_ms: i64,
    shown: Option<usize>,
    answer_on_its_way: bool,
}

impl Index {
    pub(super) fn learn(&mut self, id: PageId, facts: &Facts, revision: u64) {
        let known = Known {
            revision,
            device: facts.device,
            expires_at_ms: facts.expires_at_ms,
            shown: facts.shown,
            answer_on_its_way: matches!(facts.answer, Given::Taken { .. }),
        };
        let newer = |before: &Known| before.revision < revision;
        if self.0.get(&id).is_none_or(newer) {
            self.0.insert(id, known);
        }
    }

    pub(super) fn is_shown(&self, id: PageId, now_ms: i64) -> bool {
        let known = self.0.get(&id);
        known.is_some_and(|known| known.shown.is_some() && known.expires_at_ms > now_ms)
    }

    /// How many pages a device shows besides one, and what all devices show besides it.
    pub(super) fn shown_besides(&self, id: PageId, device: DeviceKey) -> (usize, Amount) {
        let others = self.0.iter().filter(|(other, _)| **other != id);
        let shown = others.filter_map(|(_, known)| Some((known.device, known.shown?)));
        shown.fold((0, Amount::default()), |(own, all), (owner, bytes)| {
            let all = Amount::new(all.events + 1, all.bytes + bytes as u64);
            (own + usize::from(owner == device), all)
        })
    }

    pub(super) fn expired(&self, now_ms: i64) -> Vec<PageId> {
        self.those(|known| known.shown.is_some() && known.expires_at_ms <= now_ms)
    }

    fn with_answer_on_its_way(&self) -> Vec<PageId> {
        self.those(|known| known.answer_on_its_way)
    }

    fn those(&self, which: impl Fn(&Known) -> bool) -> Vec<PageId> {
        let pages = self.0.iter().filter(|(_, known)| which(known));
        pages.map(|(id, _)| *id).collect()
    }
}

impl JetStream {
    pub(super) fn index(&self) -> MutexGuard<'_, Index> {
        // An insert is one step, so what a panic elsewhere left is whole.
        self.index.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads what every page is, without its content, and follows what becomes of it.
    pub(super) async fn follow_pages(&self) -> Result<(), Broken> {
        let (newest, is_there) = self.pages_here.newest().await?;
        let consumer = self
            .pages
            .create_consumer(pull::OrderedConfig {
                filter_subject: format!("{PAGE}.*"),
                headers_only: true,
                deliver_policy: DeliverPolicy::LastPerSubject,
                ..pull::OrderedConfig::default()
            })
            .await?;
        if !is_there {
            self.pages_here.reached(newest);
        }
        let mut messages = consumer.messages().await?;
        while let Some(message) = messages.next().await {
            let message = message?;
            let revision = message.info()?.stream_sequence;
            let id = message.subject.rsplit('.').next().map(str::parse);
            let facts = message.headers.as_ref().and_then(Facts::of);
            if let (Some(Ok(id)), Some(facts)) = (id, facts) {
                self.index().learn(id, &facts, revision);
            }
            self.pages_here.reached(revision);
        }
        Ok(())
    }

    /// Brings answers on whose relay stopped half-way, for ever.
    pub(super) async fn finish_answers(&self) {
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            let waiting = self.index().with_answer_on_its_way();
            for page in waiting {
                if self.finish(page).await.is_err() {
                    tracing::warn!(page = page.prefix(), "an answer is still on its way");
                }
            }
        }
    }
}
