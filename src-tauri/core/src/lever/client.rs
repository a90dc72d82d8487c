//! Whoever calls Lever; the calls themselves are in `account` and `opportunities`.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use reqwest::Url;
use serde::de::DeserializeOwned;

use super::endpoint::Endpoint;
use super::envelope::one;
use super::error::Error;
use super::kept::Kept;
use super::meter::Meter;
use super::moved::Moved;
use super::pace::{Pace, Priority};
use super::patience::Patience;
use super::scope::is_granted;
use super::types::{ArchiveReason, RequisitionField, Stage, User};
use crate::clock::SharedClock;
use crate::http::tokens::AccessTokens;

/// Reads from one Lever account. Clones are cheap and share pace, kept lists and tokens.
///
/// Every call can fail with [`Error`]; a list call reads every page unless it says otherwise.
#[derive(Clone)]
pub struct Client {
    pub(super) http: reqwest::Client,
    api_root: Url,
    pub(super) tokens: Arc<dyn AccessTokens>,
    pub(super) pace: Pace,
    pub(super) patience: Patience,
    pub(super) priority: Priority,
    /// Seeds the randomness of waits.
    pub(super) jitter: fn() -> u64,
    /// What Lever allows, as it listed it; none where it does not tell, as for an API key.
    granted: Option<Arc<str>>,
    /// Where its calls are counted; none for calls that are not.
    pub(super) meter: Option<Meter>,
    pub(super) shared: Arc<Shared>,
}

#[derive(Default)]
pub(super) struct Shared {
    server_date: Mutex<Option<Timestamp>>,
    pub(super) moved: Moved,
    pub(super) stages: Kept<Stage>,
    pub(super) archive_reasons: Kept<ArchiveReason>,
    pub(super) requisition_fields: Kept<RequisitionField>,
    pub(super) users: Kept<User>,
}

impl Client {
    /// A client for the account behind `tokens`.
    ///
    /// `http` must have time-outs and must not follow redirects; `api_root` includes the version, such as
    /// `https://api.lever.co/v1`.
    pub fn new(
        http: reqwest::Client,
        api_root: Url,
        tokens: Arc<dyn AccessTokens>,
        pace: Pace,
    ) -> Self {
        Self {
            http,
            api_root,
            tokens,
            pace,
            patience: Patience::default(),
            priority: Priority::Person,
            jitter: rand::random,
            granted: None,
            meter: None,
            shared: Arc::default(),
        }
    }

    /// A client at Lever's pace; without `paced`, which only a Lever on this computer bears, it neither waits its
    /// turn nor tries again for long. Otherwise as [`Client::new`].
    pub fn paced(
        http: reqwest::Client,
        api_root: Url,
        tokens: Arc<dyn AccessTokens>,
        clock: SharedClock,
        paced: bool,
    ) -> Self {
        if paced {
            return Self::new(http, api_root, tokens, Pace::lever(clock));
        }
        Self::new(http, api_root, tokens, Pace::unlimited(clock)).with_patience(Patience::short())
    }

    /// The same client with other tries and waits.
    pub fn with_patience(self, patience: Patience) -> Self {
        Self { patience, ..self }
    }

    /// The same client for calls of this priority; that of a person until it is said.
    pub fn at(self, priority: Priority) -> Self {
        Self { priority, ..self }
    }

    /// The same client for a grant of these scopes, separated by spaces; without them it tries everything.
    pub fn granted(self, scopes: Option<&str>) -> Self {
        Self {
            granted: scopes.map(Arc::from),
            ..self
        }
    }

    /// Whether an optional part of Lever may be asked for: without the permission for it, no call is spent on it.
    pub(super) fn may_ask(&self, endpoint: &Endpoint) -> Result<(), Error> {
        match &self.granted {
            Some(granted) if !is_granted(granted, endpoint.scope) => Err(Error::Forbidden {
                verb: endpoint.verb,
                thing: endpoint.thing,
                scope_hint: endpoint.scope,
            }),
            Some(_) | None => Ok(()),
        }
    }

    /// The same client, whose calls this meter counts; nothing does until it is said.
    pub fn counted_by(self, meter: Meter) -> Self {
        Self {
            meter: Some(meter),
            ..self
        }
    }

    /// The same client for calls that only try a permission, which is no use of it.
    pub fn uncounted(self) -> Self {
        Self {
            meter: None,
            ..self
        }
    }

    /// The moment of the last answer by Lever's clock, to compare this computer's with; none before the first.
    pub fn server_date(&self) -> Option<Timestamp> {
        *self
            .shared
            .server_date
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn note_server_date(&self, date: Timestamp) {
        *self
            .shared
            .server_date
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(date);
    }

    /// Forgets the kept stages, archive reasons and requisition fields, so that the next call reads them.
    pub async fn refresh(&self) {
        self.shared.stages.forget().await;
        self.shared.archive_reasons.forget().await;
        self.shared.requisition_fields.forget().await;
        self.shared.users.forget().await;
    }

    pub(super) async fn one<T: DeserializeOwned>(
        &self,
        endpoint: &'static Endpoint,
        url: &Url,
    ) -> Result<T, Error> {
        one(endpoint, &self.read(endpoint, url).await?)
    }

    /// The address of a path below the API root. Ids come from webhooks too, so one that would change the path
    /// is treated as an id that Lever does not have.
    pub(super) fn url(&self, endpoint: &'static Endpoint, segments: &[&str]) -> Result<Url, Error> {
        let strays = |segment: &&str| matches!(*segment, "" | "." | "..") || segment.len() > 200;
        let mut url = self.api_root.clone();
        match url.path_segments_mut() {
            Ok(mut path) if !segments.iter().any(strays) => {
                path.pop_if_empty().extend(segments);
            }
            _ => {
                return Err(Error::NotFound {
                    thing: endpoint.thing,
                });
            }
        }
        Ok(url)
    }
}
