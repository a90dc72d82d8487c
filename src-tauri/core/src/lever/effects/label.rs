//! Tags and links, which Lever keeps as sets (LEVER.md 3.5).

use reqwest::{Method, Url};
use serde_json::json;

use super::super::call::Call;
use super::super::endpoint::Endpoint;
use super::super::envelope::one;
use super::super::error::Error;
use super::super::types::{Opportunity, WrittenOpportunity};
use super::once::{Effect, once};
use super::{Attempt, EffectError, Effects, Outcome};

static LABELS: Endpoint = Endpoint {
    verb: "change",
    thing: "the candidate",
    scope: "opportunities:write:admin",
};

impl Effects<'_> {
    /// Adds a tag. Upper and lower case differ; a tag that is new to the account is made.
    ///
    /// # Errors
    /// [`EffectError`]; [`EffectError::Gone`] if the candidate was deleted.
    pub async fn add_tag(&self, tag: &str, attempt: Attempt) -> Result<Outcome, EffectError> {
        self.change(Set::Tags, Change::Add, tag, attempt).await
    }

    /// Takes a tag away; one that is not there is gone already.
    ///
    /// # Errors
    /// As [`Effects::add_tag`].
    pub async fn remove_tag(&self, tag: &str, attempt: Attempt) -> Result<Outcome, EffectError> {
        self.change(Set::Tags, Change::Remove, tag, attempt).await
    }

    /// Adds a link. Lever keeps links with the contact, so that every opportunity of the person shows it.
    ///
    /// # Errors
    /// As [`Effects::add_tag`].
    pub async fn add_link(&self, link: &Url, attempt: Attempt) -> Result<Outcome, EffectError> {
        let link = link.as_str();
        self.change(Set::Links, Change::Add, link, attempt).await
    }

    /// Takes a link away; one that is not there is gone already.
    ///
    /// # Errors
    /// As [`Effects::add_tag`].
    pub async fn remove_link(&self, link: &Url, attempt: Attempt) -> Result<Outcome, EffectError> {
        let link = link.as_str();
        self.change(Set::Links, Change::Remove, link, attempt).await
    }

    async fn change(
        &self,
        set: Set,
        change: Change,
        text: &str,
        attempt: Attempt,
    ) -> Result<Outcome, EffectError> {
        let label = Label {
            effects: self,
            set,
            change,
            text: text.trim(),
        };
        once(self.client, &label, attempt).await
    }
}

#[derive(Clone, Copy)]
enum Set {
    Tags,
    Links,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Change {
    Add,
    Remove,
}

/// One tag or link to be added or taken away.
struct Label<'a> {
    effects: &'a Effects<'a>,
    set: Set,
    change: Change,
    text: &'a str,
}

impl Label<'_> {
    fn is_in(&self, opportunity: &Opportunity) -> bool {
        match self.set {
            Set::Tags => opportunity.tags.iter().any(|tag| tag.trim() == self.text),
            Set::Links => opportunity.links.iter().any(|link| same(link, self.text)),
        }
    }
}

/// Whether both are the same address, however it is written.
fn same(link: &str, other: &str) -> bool {
    let address = |text: &str| text.trim().parse::<Url>().ok();
    link.trim() == other || address(link).is_some_and(|link| Some(link) == address(other))
}

impl Effect for Label<'_> {
    type Made = ();

    async fn find(&self) -> Result<Option<()>, Error> {
        let url = self.effects.url(&LABELS, &[])?;
        let answer = self.effects.client.read(&LABELS, &url).await?;
        let opportunity = one::<Opportunity>(&LABELS, &answer)?;
        let wanted = self.change == Change::Add;
        Ok((self.is_in(&opportunity) == wanted).then_some(()))
    }

    async fn perform(&self) -> Result<Option<()>, Error> {
        let (path, body) = match (self.change, self.set) {
            (Change::Add, Set::Tags) => ("addTags", json!({ "tags": [self.text] })),
            (Change::Remove, Set::Tags) => ("removeTags", json!({ "tags": [self.text] })),
            (Change::Add, Set::Links) => ("addLinks", json!({ "links": [self.text] })),
            (Change::Remove, Set::Links) => ("removeLinks", json!({ "links": [self.text] })),
        };
        let url = self.effects.url_in_name(&LABELS, &[path])?;
        let call = Call {
            endpoint: &LABELS,
            method: &Method::POST,
            url: &url,
            body: Some(&body),
        };
        let answer = self.effects.client.send(&call).await?;
        let written = one::<WrittenOpportunity>(&LABELS, &answer);
        Ok(written.ok().map(|_| ()))
    }
}
