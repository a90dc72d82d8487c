//! Why candidates leave the pipeline.

use serde::Deserialize;

use super::null_is_default;

/// An archive reason (LEVER.md 3.6).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ArchiveReason {
    /// Its id.
    pub id: String,
    /// Its name.
    #[serde(default, deserialize_with = "null_is_default")]
    pub text: String,
    /// `active` or `inactive`.
    pub status: Option<String>,
    /// `hired` or `non-hired`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
}

impl ArchiveReason {
    /// Whether candidates archived with it are hired.
    pub fn is_hired(&self) -> bool {
        self.kind.as_deref() == Some("hired")
    }
}
