//! Webhooks as they are set up, and the ten events they can be set up for (LEVER.md 5).

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::{Host, Url};

use super::Origin;

/// The ten events (LEVER.md 5.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum EventName {
    ApplicationCreated,
    CandidateHired,
    CandidateStageChange,
    CandidateArchiveChange,
    CandidateDeleted,
    InterviewCreated,
    InterviewUpdated,
    InterviewDeleted,
    ContactCreated,
    ContactUpdated,
}

impl EventName {
    pub(crate) const ALL: [Self; 10] = [
        Self::ApplicationCreated,
        Self::CandidateHired,
        Self::CandidateStageChange,
        Self::CandidateArchiveChange,
        Self::CandidateDeleted,
        Self::InterviewCreated,
        Self::InterviewUpdated,
        Self::InterviewDeleted,
        Self::ContactCreated,
        Self::ContactUpdated,
    ];

    /// The heading of the event's section on the Webhooks page.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::ApplicationCreated => "Application created",
            Self::CandidateHired => "Candidate hired",
            Self::CandidateStageChange => "Candidate stage change",
            Self::CandidateArchiveChange => "Candidate archive status change",
            Self::CandidateDeleted => "Candidate deleted",
            Self::InterviewCreated => "Interview created",
            Self::InterviewUpdated => "Interview updated",
            Self::InterviewDeleted => "Interview deleted",
            Self::ContactCreated => "Contact created",
            Self::ContactUpdated => "Contact updated",
        }
    }

    /// Whether a hook for this event can be limited to some origins (LEVER.md 5.5).
    pub(crate) const fn has_origin_condition(self) -> bool {
        matches!(
            self,
            Self::ApplicationCreated
                | Self::CandidateArchiveChange
                | Self::CandidateHired
                | Self::CandidateStageChange
        )
    }
}

/// Where a webhook was set up; only there can it be changed (LEVER.md 5.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum MadeBy {
    Page,
    Api,
}

/// A webhook; `url` is empty until someone fills the field on the page.
#[derive(Clone, Debug)]
pub(crate) struct Webhook {
    pub(crate) id: String,
    pub(crate) event: EventName,
    pub(crate) url: String,
    pub(crate) origins: Vec<Origin>,
    pub(crate) signature_token: String,
    pub(crate) made_by: MadeBy,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
}

/// Why an endpoint address is refused (LEVER.md 5.5).
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum UrlRefused {
    #[error("The URL is not valid.")]
    NotAUrl,
    #[error("The URL must start with https:// (http:// is accepted for this computer only).")]
    NotHttps,
}

/// Checks an endpoint address: https, or http to a loopback host.
pub(crate) fn check_endpoint(url: &str) -> Result<(), UrlRefused> {
    let url = Url::parse(url).map_err(|_| UrlRefused::NotAUrl)?;
    let is_loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    match url.scheme() {
        "https" => Ok(()),
        "http" if is_loopback => Ok(()),
        _ => Err(UrlRefused::NotHttps),
    }
}

impl Webhook {
    /// The webhook as the API answers it, without its signature token.
    pub(crate) fn to_json(&self) -> Value {
        let configuration = if self.event.has_origin_condition() {
            json!({"conditions": {"origins": self.origins}})
        } else {
            json!({})
        };
        json!({
            "id": self.id,
            "event": self.event,
            "url": self.url,
            "configuration": configuration,
            "createdAt": self.created_at,
            "updatedAt": self.updated_at,
        })
    }

    /// Whether an event about an opportunity of this origin is to be sent.
    pub(crate) fn wants_origin(&self, origin: Option<Origin>) -> bool {
        match origin {
            Some(origin) if self.event.has_origin_condition() => self.origins.contains(&origin),
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_accepted_for_loopback_hosts_only() {
        for accepted in [
            "https://hooks.example.com/lever",
            "http://127.0.0.1:8080/x",
            "http://localhost/x",
            "http://[::1]:9/x",
        ] {
            assert_eq!(check_endpoint(accepted), Ok(()), "{accepted}");
        }
        for refused in [
            "http://hooks.example.com/lever",
            "http://127.0.0.1.example.com/",
            "ftp://127.0.0.1/",
        ] {
            assert_eq!(
                check_endpoint(refused),
                Err(UrlRefused::NotHttps),
                "{refused}"
            );
        }
        assert_eq!(check_endpoint("hooks"), Err(UrlRefused::NotAUrl));
    }
}
