//! Offers, which the API can only read (LEVER.md 3.3).

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Contact;

/// Where an offer stands (LEVER.md 3.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum OfferStatus {
    Draft,
    ApprovalSent,
    Approved,
    Sent,
    SentManually,
    Opened,
    Denied,
    Signed,
}

/// A filled-in row of the offer form.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct OfferField {
    pub(crate) text: String,
    pub(crate) identifier: String,
    pub(crate) value: Value,
}

/// An offer to one opportunity. Times are milliseconds since 1970 UTC.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    pub(crate) id: String,
    pub(crate) posting: Option<String>,
    pub(crate) creator: String,
    pub(crate) created_at: i64,
    pub(crate) status: OfferStatus,
    pub(crate) fields: Vec<OfferField>,
    pub(crate) approved_at: Option<i64>,
    pub(crate) sent_at: Option<i64>,
    pub(crate) signed_at: Option<i64>,
}

impl Offer {
    /// The offer as the list answers it; `api` is the address under which documents are offered.
    pub(crate) fn to_json(&self, api: &str, opportunity: &str, signer: &Contact) -> Value {
        let document = |name: &str, which: &str, uploaded_at: Option<i64>| match uploaded_at {
            Some(uploaded_at) => json!({
                "fileName": name,
                "uploadedAt": uploaded_at,
                "downloadUrl": format!("{api}/opportunities/{opportunity}/offers/{}/download?status={which}", self.id),
            }),
            None => Value::Null,
        };
        let by_lever = self.status != OfferStatus::SentManually;
        json!({
            "id": self.id,
            "posting": self.posting,
            "createdAt": self.created_at,
            "status": self.status,
            "creator": self.creator,
            "fields": self.fields,
            "signatures": { "candidate": self.candidate_signature(signer) },
            "approved": self.approved_at.map(|_| true),
            "approvedAt": self.approved_at,
            "sentAt": self.sent_at,
            "sentDocument": document("offer.pdf", "sent", self.sent_at.filter(|_| by_lever)),
            "signedDocument": document("offer_signed.pdf", "signed", self.signed_at),
        })
    }

    fn candidate_signature(&self, signer: &Contact) -> Value {
        if self.status < OfferStatus::Sent {
            return json!({"role": "candidate", "name": null, "email": null});
        }
        let opened_at = match self.status {
            OfferStatus::Opened | OfferStatus::Denied | OfferStatus::Signed => self.sent_at,
            OfferStatus::Draft
            | OfferStatus::ApprovalSent
            | OfferStatus::Approved
            | OfferStatus::Sent
            | OfferStatus::SentManually => None,
        };
        json!({
            "role": "candidate",
            "name": signer.name,
            "email": signer.emails.first(),
            "firstOpenedAt": opened_at,
            "lastOpenedAt": opened_at,
            "signedAt": self.signed_at,
            "signed": self.signed_at.is_some(),
        })
    }
}
