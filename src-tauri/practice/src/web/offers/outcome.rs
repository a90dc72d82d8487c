//! The answer to an offer that was sent outside of Lever.

use axum::Form;
use axum::extract::{Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::approval::Reason;
use super::{Ids, change, refused, require_maker};
use crate::Practice;
use crate::state::{Document, OfferError};
use crate::web::{Refused, Visitor};

/// Takes the signed copy: a form with the file in `copy`.
pub(super) async fn upload(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(ids): Path<Ids>,
    form: Multipart,
) -> Result<Response, Refused> {
    require_maker(&practice, &visitor)?;
    let Some((name, bytes)) = copy_in(form).await else {
        let text = "The file could not be read: it is missing, cut off, or larger than 30 MB.";
        return Err(visitor.refuse(&practice, StatusCode::BAD_REQUEST, text));
    };
    let copy = Document::uploaded(&name, &bytes, practice.now_ms());
    let copy = copy.map_err(|error: OfferError| refused(&practice, &visitor, &error))?;
    let notice = if copy.is_processed() {
        "The signed copy is saved. The offer is signed."
    } else {
        "The offer is signed, but Lever could not process the file: it is no PDF."
    };
    change(&practice, &visitor, &ids, notice, |offer, by, now| {
        offer.record_signed(copy, by, now)
    })
}

async fn copy_in(mut form: Multipart) -> Option<(String, Vec<u8>)> {
    while let Some(field) = form.next_field().await.ok()? {
        if field.name() == Some("copy") {
            let name = field.file_name().unwrap_or_default().to_owned();
            return Some((name, field.bytes().await.ok()?.to_vec()));
        }
    }
    None
}

pub(super) async fn decline(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(ids): Path<Ids>,
    Form(form): Form<Reason>,
) -> Result<Response, Refused> {
    require_maker(&practice, &visitor)?;
    change(
        &practice,
        &visitor,
        &ids,
        "The decline is recorded.",
        |offer, by, now| offer.record_decline(&form.reason, by, now),
    )
}
