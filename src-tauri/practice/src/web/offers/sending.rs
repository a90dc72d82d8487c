//! *Review and send*: through Lever, or *Sending offer outside of Lever?*.

use axum::extract::{Path, State};
use axum::response::Response;
use serde_json::json;

use super::show::fields;
use super::{Ids, change, page_of, require_maker};
use crate::Practice;
use crate::mail::letter::Letter;
use crate::state::{OfferStatus, Step};
use crate::web::{Refused, Visitor};

pub(super) async fn review(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(ids): Path<Ids>,
) -> Result<Response, Refused> {
    require_maker(&practice, &visitor)?;
    page_of(&practice, &visitor, &ids, |world, opportunity, offer| {
        let contact = world.contact_of(opportunity);
        let context = json!({
            "opportunity": opportunity.id,
            "name": contact.name,
            "email": contact.emails.first(),
            "offer": offer.id,
            "label": offer.status().label(),
            "fields": fields(world, offer),
            "missing": offer.missing(),
            "sendable": offer.check_sendable(Step::Send).is_ok(),
            "why_not": offer.check_sendable(Step::Send).err().map(|error| error.to_string()),
            "again": offer.status().is_extended(),
            "is_draft": offer.status() == OfferStatus::Draft,
        });
        visitor.page(&practice, world, "offer-review.html", context)
    })
}

pub(super) async fn send(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(ids): Path<Ids>,
) -> Result<Response, Refused> {
    require_maker(&practice, &visitor)?;
    let answer = change(
        &practice,
        &visitor,
        &ids,
        "The offer is sent.",
        |offer, by, now| offer.send(by, now),
    )?;
    mail_link(&practice, &visitor, &ids);
    Ok(answer)
}

/// Puts a mail with the candidate's address of the offer into the practice mailbox. Without an e-mail
/// address there is none to send; the page of the offer shows the link.
fn mail_link(practice: &Practice, visitor: &Visitor, ids: &Ids) {
    let now = practice.now_ms();
    let mut world = practice.world();
    let Ok((opportunity, offer)) = world.offer(&ids.0, &ids.1) else {
        return;
    };
    let contact = world.contact_of(opportunity);
    // An address with a line break would write headers of its own.
    let mut emails = contact.emails.iter().map(|email| email.trim());
    let email = emails.find(|email| !email.contains(char::is_control));
    let (Some(email), Some(link)) = (email, offer.link()) else {
        return;
    };
    let company = world.company.name.clone();
    let text = format!(
        "Dear {},\n\n{company} is pleased to make you an offer. Read and answer it here:\n\n{}/offers/{}/{link}\n\n{}\n",
        contact.name,
        practice.origin(),
        opportunity.id,
        visitor.user.name,
    );
    let (email, subject) = (email.to_owned(), format!("Your offer from {company}"));
    let letter = Letter {
        from: &visitor.user.email,
        from_name: &visitor.user.name,
        to: &email,
        subject: &subject,
        text: &text,
        html: None,
    };
    world.mailbox.post(letter, now);
}

pub(super) async fn send_manually(
    State(practice): State<Practice>,
    visitor: Visitor,
    Path(ids): Path<Ids>,
) -> Result<Response, Refused> {
    require_maker(&practice, &visitor)?;
    let notice =
        "The offer is marked as sent outside of Lever. Record the candidate's answer here.";
    change(&practice, &visitor, &ids, notice, |offer, by, now| {
        offer.send_manually(by, now)
    })
}
