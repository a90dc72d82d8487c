//! The mails that ask for approval (PRODUCTS.md 3.4, L24, L32).

use serde_json::Value;

use super::show::fields;
use super::{Ids, path_of};
use crate::Practice;
use crate::mail::letter::Letter;
use crate::state::{Offer, OfferEvent, Opportunity, User, World};
use crate::web::Visitor;

/// The subject says nothing of the offer, because a locked screen shows it.
const SUBJECT: &str = "An offer waits for your approval";

/// Mails everyone whose turn it is now, but for those in `asked`, who had their mail.
pub(super) fn mail_asked(practice: &Practice, visitor: &Visitor, ids: &Ids, asked: &[String]) {
    let now = practice.now_ms();
    let mut world = practice.world();
    let Ok((opportunity, offer)) = world.offer(&ids.0, &ids.1) else {
        return;
    };
    let waiting = offer.approval().waiting_for().into_iter();
    let new = waiting.filter(|id| asked.iter().all(|asked| asked != id));
    let users = new.filter_map(|id| world.company.user(id));
    // An address with a line break would write headers of its own.
    let users = users.filter(|user| !user.email.contains(char::is_control));
    let address = format!("{}{}", practice.origin(), path_of(ids));
    let mails: Vec<(String, String)> = users
        .map(|user| {
            let text = text(&world, user, opportunity, offer, &address);
            (user.email.clone(), text)
        })
        .collect();
    for (to, text) in mails {
        let letter = Letter {
            from: &visitor.user.email,
            from_name: &visitor.user.name,
            to: &to,
            subject: SUBJECT,
            text: &text,
            html: None,
        };
        world.mailbox.post(letter, now);
    }
}

fn text(
    world: &World,
    user: &User,
    opportunity: &Opportunity,
    offer: &Offer,
    address: &str,
) -> String {
    let mut lines = vec![format!("Dear {},\n", user.name)];
    let candidate = &world.contact_of(opportunity).name;
    lines.push(format!(
        "An offer for {candidate} waits for your approval.\n"
    ));
    let message = offer
        .story()
        .iter()
        .rev()
        .find_map(|entry| match &entry.event {
            OfferEvent::ApprovalRequested { message } => Some(message),
            _ => None,
        });
    if let Some(message) = message.filter(|message| !message.is_empty()) {
        lines.push(format!("{message}\n"));
    }
    if !world.company.approvals.hides_details_in_mails {
        let filled = fields(world, offer).into_iter();
        let filled = filled.filter(|row| row["value"] != "");
        let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        lines.extend(filled.map(|row| format!("{}: {}", word(&row["label"]), word(&row["value"]))));
        lines.push(String::new());
    }
    lines.push(format!("Approve or reject it here: {address}\n"));
    lines.join("\n")
}
