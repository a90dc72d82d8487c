//! The documents of an offer: letters made here, and signed copies that someone uploaded.

use std::sync::Arc;

use super::{OfferError, OfferField};

/// A document of an offer. Times are milliseconds since 1970 UTC.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    pub(crate) file_name: String,
    pub(crate) uploaded_at: i64,
    pub(super) content: Content,
}

#[derive(Clone, Debug)]
pub(super) enum Content {
    /// Written anew for each download from the values as they were.
    Letter {
        fields: Arc<[OfferField]>,
        /// Name and time of the signature.
        signature: Option<(String, i64)>,
    },
    Uploaded(Arc<[u8]>),
}

/// Lever could not process the file, so it has no download (422, LEVER.md 2.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("The file could not be processed")]
pub(crate) struct Unprocessable;

impl Document {
    pub(super) fn letter(
        file_name: &str,
        fields: Arc<[OfferField]>,
        signature: Option<(String, i64)>,
        uploaded_at: i64,
    ) -> Self {
        Self {
            file_name: file_name.to_owned(),
            uploaded_at,
            content: Content::Letter { fields, signature },
        }
    }

    /// A file from outside, under the last part of its name.
    ///
    /// # Errors
    /// Refuses an empty file.
    pub(crate) fn uploaded(name: &str, bytes: &[u8], uploaded_at: i64) -> Result<Self, OfferError> {
        if bytes.is_empty() {
            return Err(OfferError::EmptyFile);
        }
        let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let clean: String = last.chars().filter(|one| !one.is_control()).collect();
        let file_name = match clean.trim() {
            "" => "signed.pdf".to_owned(),
            name => name.to_owned(),
        };
        Ok(Self {
            file_name,
            uploaded_at,
            content: Content::Uploaded(bytes.into()),
        })
    }

    /// Whether it can be downloaded: only PDF is processed.
    pub(crate) fn is_processed(&self) -> bool {
        match &self.content {
            Content::Letter { .. } => true,
            Content::Uploaded(bytes) => bytes.starts_with(b"%PDF-"),
        }
    }
}
