//! Pages in JetStream: one message for each address, replaced by compare-and-set, that says in its header what the page
//! is and has the ciphertext as its content.
//!
//! An answer is two writes, to the page and to the chain of its device. The page takes it first, with its content; then
//! it goes into the chain, and then the page lets go of it. Whoever finds one on the way brings it there, and it
//! arrives once: the chain is searched from where it ended when the page took the answer.

use async_nats::HeaderMap;
use async_nats::jetstream::context::PublishErrorKind;
use async_nats::jetstream::message::StreamMessage;
use async_nats::jetstream::stream::LastRawMessageErrorKind;
use axum::body::Bytes;
use serde::{Deserialize, Serialize};

use super::chain::{Answer, Link};
use super::{JetStream, not_stored};
use crate::endpoint::EndpointId;
use crate::identity::DeviceKey;
use crate::page::{NonceDigest, PageId};
use crate::protocol::AnswerTo;
use crate::server::cluster::{Appended, SharedEvent, SharedPage};
use crate::server::limits::Amount;
use crate::server::pages::table::{Answering, Publishing};
use crate::server::writer::NotStored;

/// Subject of a page, before its id.
pub(super) const PAGE: &str = "fulcrum.page";
const FACTS: &str = "Fulcrum-Page";
/// Times that another relay may be faster.
const OVERTAKEN: usize = 50;

/// What is known of an address that ever had a page.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Facts {
    pub(super) device: DeviceKey,
    pub(super) expires_at_ms: i64,
    /// The size of the ciphertext; none where nothing is shown.
    pub(super) shown: Option<usize>,
    form: Option<AnswerTo>,
    pub(super) answer: Given,
}

/// How far the answer to a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Given {
    /// None came.
    No,
    /// It is here, behind the ciphertext, and maybe in the chain, behind the message `after`.
    Taken {
        endpoint: EndpointId,
        received_at_ms: i64,
        after: u64,
    },
    /// It is in the chain, or was.
    Stored,
}

/// A page as it is stored.
struct Stored {
    facts: Facts,
    revision: u64,
    /// The ciphertext, and behind it the sealed answer that was taken.
    content: Bytes,
}

impl Facts {
    pub(super) fn of(headers: &HeaderMap) -> Option<Self> {
        serde_json::from_str(headers.get(FACTS)?.as_str()).ok()
    }

    pub(super) fn is_shown(&self, now_ms: i64) -> bool {
        self.shown.is_some() && self.expires_at_ms > now_ms
    }

    fn takes(&self, nonce: NonceDigest, now_ms: i64) -> Option<EndpointId> {
        let form = self.form.filter(|form| form.nonce == nonce);
        form.filter(|_| self.is_shown(now_ms))
            .map(|form| form.endpoint)
    }

    fn nonce(&self) -> Option<NonceDigest> {
        self.form.map(|form| form.nonce)
    }
}

impl Stored {
    fn of(message: StreamMessage) -> Option<Self> {
        Some(Self {
            facts: Facts::of(&message.headers)?,
            revision: message.sequence,
            content: message.payload,
        })
    }

    fn ciphertext(&self) -> Bytes {
        let shown = self.facts.shown.unwrap_or_default();
        self.content.slice(..shown.min(self.content.len()))
    }

    fn sealed_answer(&self) -> Vec<u8> {
        self.content[self.ciphertext().len()..].to_vec()
    }
}

impl JetStream {
    pub(super) async fn publish(
        &self,
        page: SharedPage,
        of_device: usize,
        of_all: Amount,
    ) -> Result<Publishing, NotStored> {
        for _ in 0..OVERTAKEN {
            let stored = self.settled(page.id).await?;
            if stored
                .as_ref()
                .is_some_and(|stored| stored.facts.device != page.device)
            {
                return Ok(Publishing::Taken);
            }
            self.pages_here.caught_up().await?;
            let (own, all) = self.index().shown_besides(page.id, page.device);
            let amount = Amount::new(1, page.ciphertext.len() as u64);
            let all: Amount = [all, amount].into_iter().sum();
            if own >= of_device || all.events > of_all.events || all.bytes > of_all.bytes {
                return Ok(Publishing::Full);
            }
            let before = stored.as_ref().map(|stored| &stored.facts);
            let answered = before.is_some_and(|before| {
                before.answer == Given::Stored && before.nonce() == page.form.map(|form| form.nonce)
            });
            let facts = Facts {
                device: page.device,
                expires_at_ms: page.expires_at_ms,
                shown: Some(page.ciphertext.len()),
                form: page.form,
                answer: if answered { Given::Stored } else { Given::No },
            };
            let revision = stored.map_or(0, |stored| stored.revision);
            let content = Bytes::from(page.ciphertext.clone());
            if self.replace(page.id, facts, content, revision).await? {
                return Ok(Publishing::Shown(Amount::default()));
            }
        }
        Err(NotStored)
    }

    /// Hides a page; `device` is whose it has to be, and `expired_at_ms` when its time has to be over, where that
    /// matters. Tells whether there is such a page.
    pub(super) async fn hide(
        &self,
        id: PageId,
        device: Option<DeviceKey>,
        expired_at_ms: Option<i64>,
    ) -> Result<bool, NotStored> {
        for _ in 0..OVERTAKEN {
            let Some(stored) = self.settled(id).await? else {
                return Ok(false);
            };
            let is_meant = device.is_none_or(|device| device == stored.facts.device)
                && expired_at_ms.is_none_or(|now_ms| stored.facts.expires_at_ms <= now_ms);
            if !is_meant || stored.facts.shown.is_none() {
                return Ok(is_meant);
            }
            let facts = Facts {
                shown: None,
                ..stored.facts
            };
            if self
                .replace(id, facts, Bytes::new(), stored.revision)
                .await?
            {
                return Ok(true);
            }
        }
        Err(NotStored)
    }

    pub(super) async fn ciphertext(
        &self,
        id: PageId,
        now_ms: i64,
    ) -> Result<Option<Vec<u8>>, NotStored> {
        let stored = self.look_up(id, now_ms).await?;
        let shown = stored.filter(|stored| stored.facts.is_shown(now_ms));
        Ok(shown.map(|stored| stored.ciphertext().to_vec()))
    }

    pub(super) async fn endpoint_for_answer(
        &self,
        id: PageId,
        nonce: NonceDigest,
        now_ms: i64,
    ) -> Result<Option<EndpointId>, NotStored> {
        let stored = self.look_up(id, now_ms).await?;
        Ok(stored.and_then(|stored| stored.facts.takes(nonce, now_ms)))
    }

    pub(super) async fn take_answer(
        &self,
        id: PageId,
        nonce: NonceDigest,
        now_ms: i64,
        event: &SharedEvent,
    ) -> Result<Answering, NotStored> {
        for _ in 0..OVERTAKEN {
            let Some(stored) = self.settled(id).await? else {
                return Ok(Answering::Unknown);
            };
            if stored.facts.takes(nonce, now_ms).is_none() {
                return Ok(Answering::Unknown);
            }
            if stored.facts.answer != Given::No {
                return Ok(Answering::Again);
            }
            let after = self.tail(event.device).await?.message;
            let content = [&stored.ciphertext()[..], &event.sealed].concat();
            let facts = Facts {
                answer: Given::Taken {
                    endpoint: event.endpoint,
                    received_at_ms: event.received_at_ms,
                    after,
                },
                ..stored.facts
            };
            if self
                .replace(id, facts, content.into(), stored.revision)
                .await?
            {
                let number = match self.finish(id).await? {
                    Some(number) => number,
                    // Somebody who came later brought it there; a session is to look as far as the chain goes.
                    None => self.tail(event.device).await?.event,
                };
                return Ok(Answering::Stored(number));
            }
        }
        Err(NotStored)
    }

    /// Brings an answer that the page took into the chain; returns its number there, and `None` where there is none on
    /// the way.
    pub(super) async fn finish(&self, id: PageId) -> Result<Option<i64>, NotStored> {
        for _ in 0..OVERTAKEN {
            let Some(stored) = self.page(id).await? else {
                return Ok(None);
            };
            let Given::Taken {
                endpoint,
                received_at_ms,
                after,
            } = stored.facts.answer
            else {
                return Ok(None);
            };
            let event = SharedEvent {
                device: stored.facts.device,
                endpoint,
                received_at_ms,
                sealed: stored.sealed_answer(),
            };
            let behind = self.tail(event.device).await?;
            if let Some(number) = self.answer_behind(event.device, after, id).await? {
                self.answer_is_stored(id).await?;
                return Ok(Some(number));
            }
            let answer = Answer { page: id, behind };
            match self.append_to_chain(&event, Some(answer)).await? {
                Some(Appended::Stored(number)) => {
                    self.answer_is_stored(id).await?;
                    return Ok(Some(number));
                }
                Some(Appended::Full) => return Err(NotStored),
                None => {}
            }
        }
        Err(NotStored)
    }

    /// The number of the event that answers a page, behind a message of its device.
    async fn answer_behind(
        &self,
        device: DeviceKey,
        after: u64,
        page: PageId,
    ) -> Result<Option<i64>, NotStored> {
        let mut next = after + 1;
        while let Some(link) = self.at_or_after(device, next).await? {
            if let Link::Event { event, answers, .. } = &link
                && *answers == Some(page)
            {
                return Ok(Some(event.seq));
            }
            next = link.number().unsigned_abs() + 1;
        }
        Ok(None)
    }

    /// The answer of a page is in the chain. To be called before the event can go from there: from then on, that it is
    /// not found proves nothing.
    pub(super) async fn answer_is_stored(&self, id: PageId) -> Result<(), NotStored> {
        for _ in 0..OVERTAKEN {
            let Some(stored) = self.page(id).await? else {
                return Ok(());
            };
            if !matches!(stored.facts.answer, Given::Taken { .. }) {
                return Ok(());
            }
            let content = stored.ciphertext();
            let facts = Facts {
                answer: Given::Stored,
                ..stored.facts
            };
            if self.replace(id, facts, content, stored.revision).await? {
                return Ok(());
            }
        }
        Err(NotStored)
    }

    /// A page that has no answer on the way.
    async fn settled(&self, id: PageId) -> Result<Option<Stored>, NotStored> {
        self.finish(id).await?;
        self.page(id).await
    }

    /// A page for somebody who may be guessing: the store is asked for those only that were ever there.
    async fn look_up(&self, id: PageId, now_ms: i64) -> Result<Option<Stored>, NotStored> {
        if !self.index().is_shown(id, now_ms) {
            self.pages_here.caught_up().await?;
            if !self.index().is_shown(id, now_ms) {
                return Ok(None);
            }
        }
        self.page(id).await
    }

    async fn page(&self, id: PageId) -> Result<Option<Stored>, NotStored> {
        let subject = format!("{PAGE}.{id}");
        match self.pages.get_last_raw_message_by_subject(&subject).await {
            Ok(message) => Stored::of(message).map(Some).ok_or(NotStored),
            Err(error) if error.kind() == LastRawMessageErrorKind::NoMessageFound => Ok(None),
            Err(error) => Err(not_stored(&error)),
        }
    }

    /// Writes a page over the one of `revision`, or where there is none at 0; tells whether it was still that.
    async fn replace(
        &self,
        id: PageId,
        facts: Facts,
        content: Bytes,
        revision: u64,
    ) -> Result<bool, NotStored> {
        let json = serde_json::to_string(&facts).map_err(|error| not_stored(&error))?;
        let mut headers = HeaderMap::new();
        headers.insert(FACTS, json);
        headers.insert(
            async_nats::header::NATS_EXPECTED_LAST_SUBJECT_SEQUENCE,
            revision.to_string(),
        );
        let context = &self.context;
        let published = async {
            let subject = format!("{PAGE}.{id}");
            let sent = context.publish_with_headers(subject, headers, content);
            sent.await?.await
        };
        match published.await {
            Ok(ack) => {
                self.index().learn(id, &facts, ack.sequence);
                Ok(true)
            }
            Err(error) if error.kind() == PublishErrorKind::WrongLastSequence => Ok(false),
            Err(error) => Err(not_stored(&error)),
        }
    }
}
