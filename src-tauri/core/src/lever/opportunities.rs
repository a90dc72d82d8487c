//! Opportunities and what hangs on one: its contact, application, offers and forms.

use futures_util::TryStreamExt;
use jiff::Timestamp;
use reqwest::Url;

use super::client::Client;
use super::endpoint;
use super::envelope::Page;
use super::error::Error;
use super::filter::OpportunityFilter;
use super::types::{Application, Contact, Form, Offer, Opportunity, Referral};

impl Client {
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

    /// The opportunities deleted at `since` or later (LEVER.md 2.6); they say little besides who and when.
    pub async fn deleted_opportunities(&self, since: Timestamp) -> Result<Vec<Opportunity>, Error> {
        let mut url = self.url(&endpoint::OPPORTUNITIES, &["opportunities", "deleted"])?;
        let since = since.as_millisecond().to_string();
        url.query_pairs_mut()
            .append_pair("deleted_at_start", &since);
        self.pages(&endpoint::OPPORTUNITIES, &url).await
    }

    /// The offers of an opportunity. Nothing announces their changes: ask again (LEVER.md 3.3).
    pub async fn offers(&self, opportunity_id: &str) -> Result<Vec<Offer>, Error> {
        let url = self.url(
            &endpoint::OFFERS,
            &["opportunities", opportunity_id, "offers"],
        )?;
        self.pages(&endpoint::OFFERS, &url).await
    }

    /// The filled forms of an opportunity; [`Error::Forbidden`] without a call if the grant does not cover them.
    pub async fn forms(&self, opportunity_id: &str) -> Result<Vec<Form>, Error> {
        self.may_ask(&endpoint::FORMS)?;
        let url = self.url(
            &endpoint::FORMS,
            &["opportunities", opportunity_id, "forms"],
        )?;
        self.pages(&endpoint::FORMS, &url).await
    }

    /// The referrals of an opportunity; [`Error::Forbidden`] without a call if the grant does not cover them.
    pub async fn referrals(&self, opportunity_id: &str) -> Result<Vec<Referral>, Error> {
        self.may_ask(&endpoint::REFERRALS)?;
        let url = self.url(
            &endpoint::REFERRALS,
            &["opportunities", opportunity_id, "referrals"],
        )?;
        self.pages(&endpoint::REFERRALS, &url).await
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
}

/// Asks for the parts that every reader of an opportunity needs (LEVER.md 2.4).
fn expanded(mut url: Url) -> Url {
    for (part, _) in endpoint::EXPANDED {
        url.query_pairs_mut().append_pair("expand", part);
    }
    url
}
