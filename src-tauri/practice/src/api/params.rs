//! Query parameters and form fields, which Lever repeats to mean OR (LEVER.md 2.6).

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use url::form_urlencoded;

use super::error::ApiError;
use crate::state::Confidentiality;

/// Decoded name and value pairs, in order, with repetitions.
#[derive(Clone, Debug, Default)]
pub(crate) struct Params(Vec<(String, String)>);

impl Params {
    /// Decodes `application/x-www-form-urlencoded` bytes.
    pub(crate) fn parse_bytes(encoded: &[u8]) -> Self {
        Self(form_urlencoded::parse(encoded).into_owned().collect())
    }

    /// The first value of `name`.
    pub(crate) fn first(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| value.as_str())
    }

    /// All names and values, in order.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self.0.iter();
        pairs.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// All values of `name`, also when written `name[]`.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(own, _)| own.strip_suffix("[]").unwrap_or(own) == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether `value` passes the filter `name`: no such parameter, or one that equals it.
    pub(super) fn accepts(&self, name: &str, value: Option<&str>) -> bool {
        let mut wanted = self.all(name).peekable();
        wanted.peek().is_none() || wanted.any(|wanted| Some(wanted) == value)
    }

    /// A whole number, such as a time in milliseconds.
    pub(super) fn number(&self, name: &str) -> Result<Option<i64>, ApiError> {
        let number = self.first(name).map(str::parse).transpose();
        number.map_err(|_| ApiError::bad_request(format!("{name} is not a number")))
    }

    /// `true` or `false`.
    pub(super) fn flag(&self, name: &str) -> Result<Option<bool>, ApiError> {
        let flag = self.first(name).map(str::parse).transpose();
        flag.map_err(|_| ApiError::bad_request(format!("{name} must be true or false")))
    }

    /// The filter `confidentiality`; without it only what is not confidential passes (LEVER.md 2.6).
    pub(super) fn confidentiality(&self) -> Result<ConfidentialityFilter, ApiError> {
        match self.first("confidentiality") {
            None | Some("non-confidential") => Ok(ConfidentialityFilter(Some(
                Confidentiality::NonConfidential,
            ))),
            Some("confidential") => Ok(ConfidentialityFilter(Some(Confidentiality::Confidential))),
            Some("all") => Ok(ConfidentialityFilter(None)),
            Some(other) => Err(ApiError::BadRequest(format!(
                "{other} is not a confidentiality"
            ))),
        }
    }

    /// The time range `{name}_start` to `{name}_end`; both ends belong to it.
    pub(super) fn range(&self, name: &str) -> Result<TimeRange, ApiError> {
        Ok(TimeRange {
            start: self.number(&format!("{name}_start"))?,
            end: self.number(&format!("{name}_end"))?,
        })
    }
}

/// Which records pass by their confidentiality; `None` lets all pass.
#[derive(Clone, Copy, Debug)]
pub(super) struct ConfidentialityFilter(Option<Confidentiality>);

impl ConfidentialityFilter {
    pub(super) fn accepts(self, own: Confidentiality) -> bool {
        self.0.is_none_or(|wanted| wanted == own)
    }
}

/// A range of times in milliseconds, open where `None`.
#[derive(Clone, Copy, Debug)]
pub(super) struct TimeRange {
    start: Option<i64>,
    end: Option<i64>,
}

impl TimeRange {
    /// Whether `time` lies in the range; an absent time lies only in a range without ends.
    pub(super) fn contains(self, time: Option<i64>) -> bool {
        match time {
            None => self.start.is_none() && self.end.is_none(),
            Some(time) => {
                self.start.is_none_or(|start| start <= time)
                    && self.end.is_none_or(|end| time <= end)
            }
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Params {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        Ok(Self::parse_bytes(
            parts.uri.query().unwrap_or_default().as_bytes(),
        ))
    }
}

/// Reads a JSON body.
///
/// # Errors
/// 400 with the reason if it is not JSON of the expected shape.
pub(super) fn json_body<T: serde::de::DeserializeOwned>(body: &str) -> Result<T, ApiError> {
    serde_json::from_str(body).map_err(|error| ApiError::bad_request(error.to_string()))
}
