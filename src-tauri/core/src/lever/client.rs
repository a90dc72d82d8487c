//! The calls, one function each.

use std::sync::{Arc, Mutex, PoisonError};

use futures_util::TryStreamExt;
use jiff::Timestamp;
use reqwest::Url;
use serde::de::DeserializeOwned;

use super::endpoint::{self, Endpoint};
use super::envelope::{Page, one};
use super::error::Error;
use super::filter::OpportunityFilter;
use super::kept::Kept;
use super::pace::{Pace, Priority};
use super::patience::Patience;
use super::types::{
    Application, ArchiveReason, Contact, Form, FormTemplate, Offer, Opportunity, Posting,
    Requisition, RequisitionField, Stage, User, Webhook,
};
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
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    server_date: Mutex<Option<Timestamp>>,
    stages: Kept<Stage>,
    archive_reasons: Kept<ArchiveReason>,
    requisition_fields: Kept<RequisitionField>,
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
            shared: Arc::default(),
        }
    }

    /// The same client with other tries and waits.
    pub fn with_patience(self, patience: Patience) -> Self {
        Self { patience, ..self }
    }

    /// The same client for calls of this priority; that of a person until it is said.
    pub fn at(self, priority: Priority) -> Self {
        Self { priority, ..self }
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
    }

    /// One opportunity, with its applications, stage and owner in full.
    pub async fn opportunity(&self, id: &str) -> Result<Opportunity, Error> {
        let url = expanded(self.url(&endpoint::OPPORTUNITY, &["opportunities", id])?);
        self.one(&endpoint::OPPORTUNITY, &url).await
    }

    /// One opportunity with ids only, for connections that may not read what an expansion holds.
    pub(super) async fn bare_opportunity(&self, id: &str) -> Result<Opportunity, Error> {
        let url = self.url(&endpoint::OPPORTUNITY, &["opportunities", id])?;
        self.one(&endpoint::OPPORTUNITY, &url).await
    }

    /// Every opportunity of the person with this address, archived ones included. Lever compares addresses in
    /// its canonical form.
    pub async fn opportunities_by_email(&self, email: &str) -> Result<Vec<Opportunity>, Error> {
        let filter = OpportunityFilter {
            email: Some(email.to_owned()),
            ..OpportunityFilter::default()
        };
        self.opportunities(&filter).await
    }

    /// Every opportunity that fits, as [`Client::opportunities_stream`] gives them, all at once.
    pub async fn opportunities(
        &self,
        filter: &OpportunityFilter,
    ) -> Result<Vec<Opportunity>, Error> {
        self.opportunities_stream(filter.clone())
            .try_collect()
            .await
    }

    /// One page of the opportunities that fit; `cursor` is the `next` of the page before. By stage, then the
    /// latest to advance first (LEVER.md 2.3).
    pub async fn opportunities_page(
        &self,
        filter: &OpportunityFilter,
        cursor: Option<&str>,
    ) -> Result<Page<Opportunity>, Error> {
        self.page(
            &endpoint::OPPORTUNITIES,
            &self.opportunities_url(filter)?,
            cursor,
        )
        .await
    }

    /// One page with ids only.
    pub(super) async fn bare_opportunities_page(
        &self,
        filter: &OpportunityFilter,
    ) -> Result<Page<Opportunity>, Error> {
        let mut url = self.url(&endpoint::OPPORTUNITIES, &["opportunities"])?;
        filter.write(&mut url);
        self.page(&endpoint::OPPORTUNITIES, &url, None).await
    }

    pub(super) fn opportunities_url(&self, filter: &OpportunityFilter) -> Result<Url, Error> {
        let mut url = expanded(self.url(&endpoint::OPPORTUNITIES, &["opportunities"])?);
        filter.write(&mut url);
        Ok(url)
    }

    /// The offers of an opportunity. Nothing announces their changes: ask again (LEVER.md 3.3).
    pub async fn offers(&self, opportunity_id: &str) -> Result<Vec<Offer>, Error> {
        let url = self.url(
            &endpoint::OFFERS,
            &["opportunities", opportunity_id, "offers"],
        )?;
        self.pages(&endpoint::OFFERS, &url).await
    }

    /// The filled forms of an opportunity.
    pub async fn forms(&self, opportunity_id: &str) -> Result<Vec<Form>, Error> {
        let url = self.url(
            &endpoint::FORMS,
            &["opportunities", opportunity_id, "forms"],
        )?;
        self.pages(&endpoint::FORMS, &url).await
    }

    /// The account's form templates.
    pub async fn form_templates(&self) -> Result<Vec<FormTemplate>, Error> {
        let url = self.url(&endpoint::FORM_TEMPLATES, &["form_templates"])?;
        self.pages(&endpoint::FORM_TEMPLATES, &url).await
    }

    /// One contact.
    pub async fn contact(&self, id: &str) -> Result<Contact, Error> {
        self.one(
            &endpoint::CONTACT,
            &self.url(&endpoint::CONTACT, &["contacts", id])?,
        )
        .await
    }

    /// The applications of an opportunity; one at most (LEVER.md 3.8).
    pub async fn applications(&self, opportunity_id: &str) -> Result<Vec<Application>, Error> {
        let url = self.url(
            &endpoint::APPLICATION,
            &["opportunities", opportunity_id, "applications"],
        )?;
        self.pages(&endpoint::APPLICATION, &url).await
    }

    /// One application by itself: the only answer that has its time zone.
    pub async fn application(&self, opportunity_id: &str, id: &str) -> Result<Application, Error> {
        let segments = ["opportunities", opportunity_id, "applications", id];
        self.one(
            &endpoint::APPLICATION,
            &self.url(&endpoint::APPLICATION, &segments)?,
        )
        .await
    }

    /// One posting.
    pub async fn posting(&self, id: &str) -> Result<Posting, Error> {
        self.one(
            &endpoint::POSTING,
            &self.url(&endpoint::POSTING, &["postings", id])?,
        )
        .await
    }

    /// One requisition.
    pub async fn requisition(&self, id: &str) -> Result<Requisition, Error> {
        self.one(
            &endpoint::REQUISITION,
            &self.url(&endpoint::REQUISITION, &["requisitions", id])?,
        )
        .await
    }

    /// The requisitions with this code.
    pub async fn requisitions_by_code(&self, code: &str) -> Result<Vec<Requisition>, Error> {
        let mut url = self.url(&endpoint::REQUISITION, &["requisitions"])?;
        url.query_pairs_mut().append_pair("requisition_code", code);
        self.pages(&endpoint::REQUISITION, &url).await
    }

    /// The fields that the customer added to requisitions; kept until [`Client::refresh`].
    pub async fn requisition_fields(&self) -> Result<Arc<Vec<RequisitionField>>, Error> {
        let read = self.settings(&endpoint::REQUISITION_FIELDS, "requisition_fields");
        self.shared.requisition_fields.get_or_read(read).await
    }

    /// The active users with this address.
    pub async fn users(&self, email: &str) -> Result<Vec<User>, Error> {
        let mut url = self.url(&endpoint::USER, &["users"])?;
        url.query_pairs_mut().append_pair("email", email);
        self.pages(&endpoint::USER, &url).await
    }

    /// One user, active or not.
    pub async fn user(&self, id: &str) -> Result<User, Error> {
        self.one(&endpoint::USER, &self.url(&endpoint::USER, &["users", id])?)
            .await
    }

    /// The account's stages, in order; kept until [`Client::refresh`].
    pub async fn stages(&self) -> Result<Arc<Vec<Stage>>, Error> {
        self.shared
            .stages
            .get_or_read(self.settings(&endpoint::STAGES, "stages"))
            .await
    }

    /// The account's archive reasons; kept until [`Client::refresh`].
    pub async fn archive_reasons(&self) -> Result<Arc<Vec<ArchiveReason>>, Error> {
        let read = self.settings(&endpoint::ARCHIVE_REASONS, "archive_reasons");
        self.shared.archive_reasons.get_or_read(read).await
    }

    /// The webhooks that the connection may see.
    pub async fn webhooks(&self) -> Result<Vec<Webhook>, Error> {
        self.settings(&endpoint::WEBHOOKS, "webhooks").await
    }

    async fn settings<T>(&self, endpoint: &'static Endpoint, list: &str) -> Result<Vec<T>, Error>
    where
        T: DeserializeOwned + super::types::Identified,
    {
        self.pages(endpoint, &self.url(endpoint, &[list])?).await
    }

    async fn one<T: DeserializeOwned>(
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

/// Asks for the parts that every reader of an opportunity needs (LEVER.md 2.4).
fn expanded(mut url: Url) -> Url {
    for part in ["applications", "stage", "owner"] {
        url.query_pairs_mut().append_pair("expand", part);
    }
    url
}
