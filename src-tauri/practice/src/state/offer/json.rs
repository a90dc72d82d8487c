//! The offer as the API answers it (LEVER.md 3.3).

use serde_json::{Value, json};

use super::{Document, Offer, OfferStatus};
use crate::state::Contact;

impl Offer {
    /// The offer as the list answers it; `api` is the address under which documents are offered.
    pub(crate) fn to_json(&self, api: &str, opportunity: &str, signer: &Contact) -> Value {
        let document = |document: Option<&Document>, which: &str| match document {
            Some(document) => json!({
                "fileName": document.file_name,
                "uploadedAt": document.uploaded_at,
                "downloadUrl": format!("{api}/opportunities/{opportunity}/offers/{}/download?status={which}", self.id),
            }),
            None => Value::Null,
        };
        let fields = self.fields.iter().map(|row| {
            json!({
                "text": row.field.text,
                "identifier": row.field.identifier,
                "value": row.value.to_json(),
            })
        });
        json!({
            "id": self.id,
            "posting": self.posting,
            "createdAt": self.created_at,
            "status": self.status,
            "creator": self.creator,
            "fields": fields.collect::<Vec<_>>(),
            "signatures": { "candidate": self.candidate_signature(signer) },
            "approved": self.approved_at.map(|_| true),
            "approvedAt": self.approved_at,
            "sentAt": self.sent_at,
            "sentDocument": document(self.sent_document.as_ref(), "sent"),
            "signedDocument": document(self.signed_document.as_ref(), "signed"),
        })
    }

    fn candidate_signature(&self, signer: &Contact) -> Value {
        if matches!(
            self.status,
            OfferStatus::Draft | OfferStatus::ApprovalSent | OfferStatus::Approved
        ) {
            return json!({"role": "candidate", "name": null, "email": null});
        }
        json!({
            "role": "candidate",
            "name": signer.name,
            "email": signer.emails.first(),
            "firstOpenedAt": self.opened.map(|(first, _)| first),
            "lastOpenedAt": self.opened.map(|(_, last)| last),
            "signedAt": self.signed_at,
            "signed": self.signed_at.is_some(),
        })
    }
}
