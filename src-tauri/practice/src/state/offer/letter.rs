//! Values in words, and the letter that is made of them.

use super::document::Content;
use super::{Document, FieldKind, FormField, INTERVALS, OfferField, OfferValue, Unprocessable};
use crate::pdf;
use crate::state::World;

impl World {
    /// A value as the pages and letters show it; empty fields are an empty text.
    pub(crate) fn in_words(&self, field: &FormField, value: &OfferValue) -> String {
        match (field.kind, value) {
            (FieldKind::UserDropdown, OfferValue::Text(id)) => self
                .company
                .user(id)
                .map_or_else(|| id.clone(), |user| user.name.clone()),
            (FieldKind::Requisition, OfferValue::Text(id)) => {
                let known = self.company.requisition(id);
                known.map_or_else(|| id.clone(), |requisition| requisition.code.clone())
            }
            (FieldKind::EarningsType, OfferValue::Text(id)) => {
                let known = INTERVALS.iter().find(|(interval, _)| interval == id);
                known.map_or_else(|| id.clone(), |(_, words)| (*words).to_owned())
            }
            (_, OfferValue::Date(date)) => date.strftime("%-d %b %Y").to_string(),
            (_, OfferValue::Checked(true)) => "Yes".to_owned(),
            (_, OfferValue::Checked(false)) => "No".to_owned(),
            (_, value) => value.to_input(),
        }
    }

    /// The bytes of a document of an offer, as PDF.
    ///
    /// # Errors
    /// If someone uploaded a file that is no PDF.
    pub(crate) fn document_bytes(&self, document: &Document) -> Result<Vec<u8>, Unprocessable> {
        match &document.content {
            Content::Letter { fields, signature } => Ok(self.letter(fields, signature.as_ref())),
            Content::Uploaded(bytes) if document.is_processed() => Ok(bytes.to_vec()),
            Content::Uploaded(_) => Err(Unprocessable),
        }
    }

    fn letter(&self, fields: &[OfferField], signature: Option<&(String, i64)>) -> Vec<u8> {
        let company = &self.company.name;
        // The posting is an id, which means nothing to the candidate.
        let filled = fields
            .iter()
            .filter(|row| row.field.kind != FieldKind::JobPosting);
        let filled = filled.filter(|row| !row.value.is_empty());
        let mut lines = vec![
            format!("{company} is pleased to offer you this position."),
            String::new(),
        ];
        lines.extend(filled.map(|row| {
            let value = self.in_words(&row.field, &row.value);
            format!("{}: {value}", row.field.text)
        }));
        if let Some((name, at)) = signature {
            let at = jiff::Timestamp::from_millisecond(*at).unwrap_or_default();
            let at = at.strftime("%-d %b %Y, %H:%M UTC");
            lines.extend([String::new(), format!("Signed by {name} on {at}")]);
        }
        pdf::document(&format!("Offer from {company}"), &lines)
    }
}
