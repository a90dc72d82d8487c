//! Mails that the practice Lever writes itself, such as the one that asks a candidate to sign.

use mail_builder::MessageBuilder;

use super::mailbox::{Delivery, Envelope, Mailbox, Route};
use crate::identifiers::random_id;

/// A mail from the practice Lever.
#[derive(Debug)]
pub(crate) struct Letter<'a> {
    /// Address of the author.
    pub(crate) from: &'a str,
    /// Name of the author.
    pub(crate) from_name: &'a str,
    /// Address of the one recipient.
    pub(crate) to: &'a str,
    /// The subject, in plain characters.
    pub(crate) subject: &'a str,
    /// The text.
    pub(crate) text: &'a str,
    /// The same as HTML, where there is one.
    pub(crate) html: Option<&'a str>,
}

impl Letter<'_> {
    fn into_delivery(self, now: i64) -> Delivery {
        let mut message = MessageBuilder::new()
            .from((self.from_name, self.from))
            .to(self.to)
            .subject(self.subject)
            .date(now / 1_000)
            .message_id(format!("{}@practice.invalid", random_id()))
            .text_body(self.text);
        if let Some(html) = self.html {
            message = message.html_body(html);
        }
        let source = message
            .write_to_vec()
            .expect("writing to memory does not fail");
        let envelope = Envelope {
            from: self.from.to_owned(),
            to: vec![self.to.to_owned()],
        };
        Delivery::new(envelope, Route::Practice, source)
    }
}

impl Mailbox {
    /// Puts a letter that the practice Lever wrote at `now` (milliseconds since 1970 UTC) into the
    /// mailbox; returns the id of its mail.
    pub(crate) fn post(&mut self, letter: Letter<'_>, now: i64) -> u64 {
        self.deliver(letter.into_delivery(now), now)
    }
}
