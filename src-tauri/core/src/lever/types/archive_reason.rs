//! Why candidates leave the pipeline.

use serde::Deserialize;

use super::Id;
use super::open_enum::open_enum;

/// An archive reason (LEVER.md 3.6).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ArchiveReason {
    /// Its id.
    pub id: Id<ArchiveReason>,
    /// Its name.
    #[serde(default)]
    pub text: String,
    /// Whether it can still be chosen.
    pub status: Option<ArchiveReasonStatus>,
    /// Whether it means a hire.
    #[serde(rename = "type")]
    pub kind: Option<ArchiveReasonKind>,
}

impl ArchiveReason {
    /// Whether candidates archived with it are hired.
    pub fn is_hired(&self) -> bool {
        self.kind == Some(ArchiveReasonKind::Hired)
    }
}

open_enum! {
    /// Whether an archive reason means a hire.
    ArchiveReasonKind {
        /// It does.
        Hired = "hired",
        /// It does not.
        NonHired = "non-hired",
    }
}

open_enum! {
    /// Whether an archive reason can still be chosen.
    ArchiveReasonStatus {
        /// It can.
        Active = "active",
        /// It is only kept for those who have it.
        Inactive = "inactive",
    }
}
