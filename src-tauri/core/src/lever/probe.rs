//! Whether a connection really has the permission that its scope promises.

use reqwest::Url;

use super::client::Client;
use super::endpoint::Endpoint;
use super::error::Error;
use super::filter::OpportunityFilter;
use super::types::Identified;

/// What a permission turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Probe {
    /// Lever answered a read.
    Allowed,
    /// Lever refused it.
    Denied,
    /// No harmless read can tell: there is none, or the account has no opportunity to try it on.
    Untested,
}

static PROBED: Endpoint = Endpoint {
    verb: "read",
    thing: "this part of Lever",
    scope: "",
};

/// The read that needs a permission and as little else as possible.
enum Read {
    /// A list of the account, cut to one item.
    List(&'static str),
    /// A list of the account that has no pages.
    WholeList(&'static str),
    /// A list of one opportunity.
    OfOpportunity(&'static str),
    /// The contact of one opportunity.
    Contact,
    /// The confidential opportunities, cut to one.
    Confidential,
}

/// The paths of LEVER.md 3. Surveys and equal-opportunity answers are left alone: nobody needs them here.
fn read_for(scope: &str) -> Option<Read> {
    let (area, _) = scope.split_once(':')?;
    Some(match area {
        "confidential" => Read::Confidential,
        "contact" => Read::Contact,
        "requisition_fields" => Read::WholeList("requisition_fields"),
        "webhooks" => Read::WholeList("webhooks"),
        "archive_reasons" => Read::List("archive_reasons"),
        "audit_events" => Read::List("audit_events"),
        "feedback_templates" => Read::List("feedback_templates"),
        "form_templates" => Read::List("form_templates"),
        "opportunities" => Read::List("opportunities"),
        "postings" => Read::List("postings"),
        "requisitions" => Read::List("requisitions"),
        "sources" => Read::List("sources"),
        "stages" => Read::List("stages"),
        "tags" => Read::List("tags"),
        "users" => Read::List("users"),
        "applications" => Read::OfOpportunity("applications"),
        "feedback" => Read::OfOpportunity("feedback"),
        "files" => Read::OfOpportunity("files"),
        "forms" => Read::OfOpportunity("forms"),
        "interviews" => Read::OfOpportunity("interviews"),
        "notes" => Read::OfOpportunity("notes"),
        "offers" => Read::OfOpportunity("offers"),
        "panels" => Read::OfOpportunity("panels"),
        "referrals" => Read::OfOpportunity("referrals"),
        "resumes" => Read::OfOpportunity("resumes"),
        _ => return None,
    })
}

impl Client {
    /// Tries the cheapest harmless read that needs `scope`, such as `offers:read:admin`. A write scope is tried
    /// by the reading that it includes (LEVER.md 1.10). What is read is thrown away, and no meter counts it.
    ///
    /// # Errors
    /// [`Error`] if Lever cannot be asked.
    pub async fn probe(&self, scope: &str) -> Result<Probe, Error> {
        let Some(read) = read_for(scope) else {
            return Ok(Probe::Untested);
        };
        let trying = self.clone().uncounted();
        let Some(url) = trying.probe_url(&read).await? else {
            return Ok(Probe::Untested);
        };
        match trying.read(&PROBED, &url).await {
            Ok(_) => Ok(Probe::Allowed),
            Err(Error::Forbidden { .. }) => Ok(Probe::Denied),
            Err(Error::NotFound { .. }) => Ok(Probe::Untested),
            Err(error) => Err(error),
        }
    }

    async fn probe_url(&self, read: &Read) -> Result<Option<Url>, Error> {
        let mut url = match read {
            Read::WholeList(list) => return self.url(&PROBED, &[list]).map(Some),
            Read::List(list) => self.url(&PROBED, &[list])?,
            Read::Confidential => {
                let mut url = self.url(&PROBED, &["opportunities"])?;
                url.query_pairs_mut()
                    .append_pair("confidentiality", "confidential");
                url
            }
            Read::OfOpportunity(_) | Read::Contact => {
                return self.url_at_some_opportunity(read).await;
            }
        };
        url.query_pairs_mut().append_pair("limit", "1");
        Ok(Some(url))
    }

    async fn url_at_some_opportunity(&self, read: &Read) -> Result<Option<Url>, Error> {
        let filter = OpportunityFilter {
            limit: Some(1),
            ..OpportunityFilter::default()
        };
        let page = match self.bare_opportunities_page(&filter).await {
            Err(Error::Forbidden { .. }) => return Ok(None),
            page => page?,
        };
        let Some(opportunity) = page.items.first() else {
            return Ok(None);
        };
        match (read, &opportunity.contact) {
            (Read::OfOpportunity(list), _) => self
                .url(&PROBED, &["opportunities", &opportunity.id, list])
                .map(Some),
            (Read::Contact, Some(contact)) => {
                self.url(&PROBED, &["contacts", contact.id()]).map(Some)
            }
            _ => Ok(None),
        }
    }
}
