//! Which requests fail, and how.

use axum::http::{Method, StatusCode};
use serde::{Deserialize, Serialize};
use url::Url;

/// How a request fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FaultKind {
    /// A JSON error with `status` instead of the work.
    Status,
    /// The work is done; then a JSON error with `status` takes the place of its answer.
    StatusAfter,
    /// A page of HTML with `status` instead of the work, as a proxy would send.
    Html,
    /// A 429 instead of the work, with `Retry-After` if `retry_after_seconds` is given.
    RateLimit,
    /// A redirect to `location` instead of the work, by default with 307.
    Redirect,
    /// The right answer, after the delay.
    Slow,
    /// The connection ends before the work, without an answer.
    Drop,
    /// The work is done; then the connection ends without an answer.
    DropAfter,
    /// The work is done; the answer ends in the middle of its JSON, and HTTP calls it whole.
    Truncate,
    /// The work is done; the answer announces more than is sent.
    BreakOff,
}

impl FaultKind {
    pub(crate) const ALL: [Self; 10] = [
        Self::Status,
        Self::StatusAfter,
        Self::Html,
        Self::RateLimit,
        Self::Redirect,
        Self::Slow,
        Self::Drop,
        Self::DropAfter,
        Self::Truncate,
        Self::BreakOff,
    ];

    /// Whether the work that was asked for is left undone.
    pub(crate) fn prevents_the_work(self) -> bool {
        match self {
            Self::Status | Self::Html | Self::RateLimit | Self::Redirect | Self::Drop => true,
            Self::StatusAfter | Self::Slow | Self::DropAfter | Self::Truncate | Self::BreakOff => {
                false
            }
        }
    }
}

/// A fault as it is asked for.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FaultRequest {
    kind: FaultKind,
    /// Any method if left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<String>,
    /// A whole path, in which `*` stands for one segment.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    /// The beginning of a path; without `path` and this, every path.
    #[serde(skip_serializing_if = "Option::is_none")]
    path_prefix: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after_seconds: Option<u32>,
    /// Scheme and host of a redirect's target; path and query stay those of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<Url>,
    /// Delay of a slow answer, in milliseconds.
    #[serde(default)]
    delay_ms: u64,
    /// Whether the delay passes on the practice clock; otherwise it takes real time.
    #[serde(default)]
    by_practice_clock: bool,
    /// How many requests it hits; null for all until it is lifted.
    #[serde(default = "once")]
    count: Option<u32>,
}

fn once() -> Option<u32> {
    Some(1)
}

/// A fault in force.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Fault {
    pub(super) number: u64,
    /// How many requests it has hit.
    hits: u64,
    #[serde(flatten)]
    asked: FaultRequest,
    #[serde(skip)]
    pub(super) effect: Effect,
}

/// What a fault does to a request, ready to be carried out.
#[derive(Clone, Debug)]
pub(super) enum Effect {
    Status(StatusCode),
    StatusAfter(StatusCode),
    Html(StatusCode),
    RateLimit {
        retry_after_seconds: Option<u32>,
    },
    Redirect {
        status: StatusCode,
        to: Url,
    },
    Slow {
        delay_ms: u64,
        by_practice_clock: bool,
    },
    Drop,
    DropAfter,
    Truncate,
    BreakOff,
}

/// Why a fault is refused.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FaultRefused {
    #[error("{0} is not an HTTP method")]
    Method(String),
    #[error("Give either path or path_prefix, and let it start with /")]
    Path,
    #[error("{0} is not the status of an error (400 to 599)")]
    ErrorStatus(u16),
    #[error("{0} is not the status of a redirect (301, 302, 303, 307 or 308)")]
    RedirectStatus(u16),
    #[error("A redirect needs a location such as https://other.example.com")]
    Location,
    #[error("A count of 0 hits nothing; null means until lifted")]
    Count,
}

impl TryFrom<FaultRequest> for Fault {
    type Error = FaultRefused;

    fn try_from(mut asked: FaultRequest) -> Result<Self, FaultRefused> {
        if let Some(method) = &asked.method {
            let upper = method.to_ascii_uppercase();
            if upper.parse::<Method>().is_err() {
                return Err(FaultRefused::Method(method.clone()));
            }
            asked.method = Some(upper);
        }
        let mut paths = asked.path.iter().chain(&asked.path_prefix);
        let starts_badly = paths.any(|path| !path.starts_with('/'));
        if starts_badly || (asked.path.is_some() && asked.path_prefix.is_some()) {
            return Err(FaultRefused::Path);
        }
        if asked.count == Some(0) {
            return Err(FaultRefused::Count);
        }
        Ok(Self {
            number: 0,
            hits: 0,
            effect: asked.effect()?,
            asked,
        })
    }
}

impl FaultRequest {
    fn effect(&self) -> Result<Effect, FaultRefused> {
        let error_status = |default: StatusCode| match self.status {
            None => Ok(default),
            Some(status) => StatusCode::from_u16(status)
                .ok()
                .filter(|status| status.is_client_error() || status.is_server_error())
                .ok_or(FaultRefused::ErrorStatus(status)),
        };
        Ok(match self.kind {
            FaultKind::Status => Effect::Status(error_status(StatusCode::INTERNAL_SERVER_ERROR)?),
            FaultKind::StatusAfter => {
                Effect::StatusAfter(error_status(StatusCode::INTERNAL_SERVER_ERROR)?)
            }
            FaultKind::Html => Effect::Html(error_status(StatusCode::BAD_GATEWAY)?),
            FaultKind::RateLimit => Effect::RateLimit {
                retry_after_seconds: self.retry_after_seconds,
            },
            FaultKind::Redirect => self.redirect()?,
            FaultKind::Slow => Effect::Slow {
                delay_ms: self.delay_ms,
                by_practice_clock: self.by_practice_clock,
            },
            FaultKind::Drop => Effect::Drop,
            FaultKind::DropAfter => Effect::DropAfter,
            FaultKind::Truncate => Effect::Truncate,
            FaultKind::BreakOff => Effect::BreakOff,
        })
    }

    fn redirect(&self) -> Result<Effect, FaultRefused> {
        let status = match self.status {
            None => StatusCode::TEMPORARY_REDIRECT,
            Some(status @ (301 | 302 | 303 | 307 | 308)) => {
                StatusCode::from_u16(status).map_err(|_| FaultRefused::RedirectStatus(status))?
            }
            Some(status) => return Err(FaultRefused::RedirectStatus(status)),
        };
        let to = self.location.clone();
        let to = to.filter(Url::has_host).ok_or(FaultRefused::Location)?;
        Ok(Effect::Redirect { status, to })
    }
}

impl Fault {
    pub(super) fn kind(&self) -> FaultKind {
        self.asked.kind
    }

    pub(super) fn fits(&self, method: &str, path: &str) -> bool {
        let asked = &self.asked;
        asked
            .method
            .as_deref()
            .is_none_or(|wanted| wanted == method)
            && asked
                .path_prefix
                .as_deref()
                .is_none_or(|prefix| path.starts_with(prefix))
            && asked
                .path
                .as_deref()
                .is_none_or(|pattern| fits_pattern(pattern, path))
    }

    pub(super) fn count_down(&mut self) {
        self.hits += 1;
        if let Some(left) = &mut self.asked.count {
            *left = left.saturating_sub(1);
        }
    }

    pub(super) fn is_spent(&self) -> bool {
        self.asked.count == Some(0)
    }
}

/// Whether each segment is the same or has a `*` in its place.
fn fits_pattern(pattern: &str, path: &str) -> bool {
    let mut wanted = pattern.split('/');
    let mut segments = path.split('/');
    loop {
        match (wanted.next(), segments.next()) {
            (None, None) => return true,
            (Some(wanted), Some(segment)) if wanted == "*" || wanted == segment => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn refused(request: Value) -> FaultRefused {
        let request: FaultRequest = serde_json::from_value(request).expect("known members");
        Fault::try_from(request).expect_err("a fault that makes no sense")
    }

    #[test]
    fn a_fault_that_makes_no_sense_is_refused() {
        let slash = refused(json!({"kind": "drop", "path": "v1"}));
        assert_eq!(slash, FaultRefused::Path);
        let both = refused(json!({"kind": "drop", "path": "/v1", "path_prefix": "/v1"}));
        assert_eq!(both, FaultRefused::Path);
        let fine = refused(json!({"kind": "status", "status": 200}));
        assert_eq!(fine, FaultRefused::ErrorStatus(200));
        let error = refused(json!({"kind": "redirect", "status": 500}));
        assert_eq!(error, FaultRefused::RedirectStatus(500));
        let nowhere = refused(json!({"kind": "redirect"}));
        assert_eq!(nowhere, FaultRefused::Location);
        let method = refused(json!({"kind": "drop", "method": "get it"}));
        assert_eq!(method, FaultRefused::Method("get it".to_owned()));
        let never = refused(json!({"kind": "drop", "count": 0}));
        assert_eq!(never, FaultRefused::Count);
    }
}
