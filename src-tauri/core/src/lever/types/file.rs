//! Files on a profile, and résumés among them.

use serde::Deserialize;

use super::open_enum::open_enum;
use super::{Id, Millis};

/// A file (LEVER.md 3.12).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct File {
    /// Its id; the file of a résumé has none of its own.
    pub id: Option<Id<File>>,
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// The ending of its name, with or without a dot.
    pub ext: Option<String>,
    /// Where it is read; needs the same credential as the API.
    pub download_url: Option<String>,
    /// When it was uploaded.
    pub uploaded_at: Option<Millis>,
    /// What became of it.
    pub status: Option<FileStatus>,
    /// Its size in bytes.
    pub size: Option<u64>,
}

/// A résumé (LEVER.md 3.12); what Lever reads out of it is left alone.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Resume {
    /// Its id.
    pub id: Id<Resume>,
    /// When it was added.
    pub created_at: Option<Millis>,
    /// The file itself.
    pub file: Option<File>,
}

open_enum! {
    /// What Lever made of a file.
    FileStatus {
        /// Lever still reads it.
        Processing = "processing",
        /// It can be downloaded.
        Processed = "processed",
        /// Lever cannot read this kind.
        Unsupported = "unsupported",
        /// Lever failed on it.
        Error = "error",
    }
}
