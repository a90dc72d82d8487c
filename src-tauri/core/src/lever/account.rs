//! What belongs to the whole account: postings, requisitions, users and settings.

use std::sync::Arc;

use serde::de::DeserializeOwned;

use super::client::Client;
use super::endpoint::{self, Endpoint};
use super::error::Error;
use super::types::{
    ArchiveReason, FormTemplate, Identified, Posting, Requisition, RequisitionField, Stage, User,
    Webhook,
};

impl Client {
    /// One posting.
    pub async fn posting(&self, id: &str) -> Result<Posting, Error> {
        self.one(
            &endpoint::POSTING,
            &self.url(&endpoint::POSTING, &["postings", id])?,
        )
        .await
    }

    /// The account's postings, the newest first, `most` at most.
    pub async fn postings(&self, most: usize) -> Result<Vec<Posting>, Error> {
        let url = self.url(&endpoint::POSTING, &["postings"])?;
        self.first(&endpoint::POSTING, &url, most).await
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

    /// Every active user of the account; kept until [`Client::refresh`].
    pub async fn account_users(&self) -> Result<Arc<Vec<User>>, Error> {
        let read = self.settings(&endpoint::USER, "users");
        self.shared.users.get_or_read(read).await
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

    /// The account's form templates; [`Error::Forbidden`] without a call if the grant does not cover them.
    pub async fn form_templates(&self) -> Result<Vec<FormTemplate>, Error> {
        self.may_ask(&endpoint::FORM_TEMPLATES)?;
        let url = self.url(&endpoint::FORM_TEMPLATES, &["form_templates"])?;
        self.pages(&endpoint::FORM_TEMPLATES, &url).await
    }

    async fn settings<T>(&self, endpoint: &'static Endpoint, list: &str) -> Result<Vec<T>, Error>
    where
        T: DeserializeOwned + Identified,
    {
        self.pages(endpoint, &self.url(endpoint, &[list])?).await
    }
}
