//! What the mailbox keeps.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::Arc;

use serde::Serialize;

use super::contents::Contents;
use super::fault::MailFault;

/// Mails kept; the oldest goes when one more arrives.
const MAX_MAILS: usize = 1_000;
/// Bytes kept in all, so that a thousand mails of the largest size do not fill the memory.
const MAX_BYTES: usize = 256 * 1024 * 1024;
/// Characters of the text that the search looks at.
const SEARCHED_TEXT: usize = 20_000;

/// From whom and to whom a mail was handed over, which its header need not say (RFC 5321 2.3.1).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Envelope {
    /// The reverse path; empty for a notice that must not be answered.
    pub(crate) from: String,
    /// Every recipient, in the order in which it was named.
    pub(crate) to: Vec<String>,
}

/// How a mail came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "by", rename_all = "lowercase")]
pub(crate) enum Route {
    /// Over SMTP.
    Smtp {
        /// The name that the client gave in EHLO or HELO.
        client: String,
        /// Whether STARTTLS had been used.
        encrypted: bool,
        /// The user that had signed in.
        user: Option<String>,
    },
    /// From the practice Lever itself.
    Practice,
}

/// A mail on its way into the mailbox, read once for its list and its search.
#[derive(Debug)]
pub(crate) struct Delivery {
    envelope: Envelope,
    route: Route,
    source: Arc<[u8]>,
    subject: String,
    from: String,
    to: String,
    searched: String,
}

impl Delivery {
    /// A delivery of `source`, the mail as it was sent. Reads the whole mail, so make it without
    /// holding the world.
    pub(crate) fn new(envelope: Envelope, route: Route, source: Vec<u8>) -> Self {
        let contents = Contents::read(&source);
        let text: String = contents.any_text().chars().take(SEARCHED_TEXT).collect();
        let people = format!("{} {}", envelope.from, envelope.to.join(" "));
        let [subject, from, to] = [contents.subject, contents.from, contents.to];
        let searched = format!("{subject}\n{from}\n{to}\n{people}\n{text}").to_lowercase();
        Self {
            envelope,
            route,
            source: source.into(),
            subject,
            from,
            to,
            searched,
        }
    }
}

/// A mail in the mailbox.
#[derive(Debug)]
pub(crate) struct Mail {
    pub(super) id: u64,
    /// When it was accepted, in milliseconds since 1970 UTC.
    pub(super) arrived_at: i64,
    delivery: Delivery,
}

impl Mail {
    pub(super) fn envelope(&self) -> &Envelope {
        &self.delivery.envelope
    }

    pub(super) fn route(&self) -> &Route {
        &self.delivery.route
    }

    /// The mail as it was sent, byte for byte.
    pub(super) fn source(&self) -> Arc<[u8]> {
        Arc::clone(&self.delivery.source)
    }

    pub(super) fn subject(&self) -> &str {
        &self.delivery.subject
    }

    /// The author by the header, or by the envelope where the header names none.
    pub(super) fn from(&self) -> &str {
        match self.delivery.from.as_str() {
            "" => &self.delivery.envelope.from,
            from => from,
        }
    }

    /// The recipients by the header, or by the envelope where the header names none.
    pub(super) fn to(&self) -> String {
        match self.delivery.to.as_str() {
            "" => self.delivery.envelope.to.join(", "),
            to => to.to_owned(),
        }
    }

    /// Whether `words`, in lower case, are somewhere in addresses, subject or text.
    pub(super) fn mentions(&self, words: &str) -> bool {
        self.delivery.searched.contains(words)
    }
}

/// All mails, oldest first, and the faults in force for the next ones.
#[derive(Debug, Default)]
pub(crate) struct Mailbox {
    mails: VecDeque<Mail>,
    bytes: usize,
    last_id: u64,
    pub(super) faults: Vec<MailFault>,
    pub(super) listening: Option<Listening>,
}

/// Where mails can be sent to.
#[derive(Clone, Debug)]
pub(super) struct Listening {
    pub(super) address: SocketAddr,
    /// The self-made certificate of STARTTLS, as PEM.
    pub(super) certificate: String,
}

impl Mailbox {
    /// Keeps a mail that arrived at `now` (milliseconds since 1970 UTC); returns its id.
    pub(crate) fn deliver(&mut self, delivery: Delivery, now: i64) -> u64 {
        self.last_id += 1;
        self.bytes += delivery.source.len();
        self.mails.push_back(Mail {
            id: self.last_id,
            arrived_at: now,
            delivery,
        });
        self.forget_oldest(MAX_MAILS, MAX_BYTES);
        self.last_id
    }

    /// Forgets the oldest mails until no more than these are left; the newest always stays.
    fn forget_oldest(&mut self, max_mails: usize, max_bytes: usize) {
        while self.mails.len() > 1 && (self.mails.len() > max_mails || self.bytes > max_bytes) {
            let oldest = self.mails.pop_front();
            self.bytes -= oldest.map_or(0, |mail| mail.delivery.source.len());
        }
    }

    pub(super) fn mail(&self, id: u64) -> Option<&Mail> {
        self.mails.iter().find(|mail| mail.id == id)
    }

    pub(super) fn oldest_first(&self) -> impl DoubleEndedIterator<Item = &Mail> {
        self.mails.iter()
    }

    /// Forgets one mail; returns whether it was there.
    pub(super) fn remove(&mut self, id: u64) -> bool {
        let Some(place) = self.mails.iter().position(|mail| mail.id == id) else {
            return false;
        };
        let removed = self.mails.remove(place);
        self.bytes -= removed.map_or(0, |mail| mail.delivery.source.len());
        true
    }

    /// Forgets every mail; returns how many there were. Ids are not used again.
    pub(super) fn clear(&mut self) -> usize {
        self.bytes = 0;
        std::mem::take(&mut self.mails).len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(source: &[u8]) -> Delivery {
        Delivery::new(Envelope::default(), Route::Practice, source.to_vec())
    }

    #[test]
    fn the_oldest_mail_goes_when_there_are_too_many() {
        let mut mailbox = Mailbox::default();
        for _ in 0..=MAX_MAILS {
            mailbox.deliver(mail(b"Subject: one\r\n\r\n"), 0);
        }
        assert_eq!(mailbox.oldest_first().count(), MAX_MAILS);
        assert!(mailbox.mail(1).is_none());
        assert!(mailbox.mail(2).is_some());
    }

    #[test]
    fn the_oldest_mails_go_when_they_are_too_large_together() {
        let mut mailbox = Mailbox::default();
        for _ in 0..3 {
            mailbox.deliver(mail(b"0123456789"), 0);
        }
        mailbox.forget_oldest(9, 20);
        let kept: Vec<u64> = mailbox.oldest_first().map(|mail| mail.id).collect();
        assert_eq!(kept, [2, 3]);
        mailbox.forget_oldest(9, 5);
        assert_eq!(mailbox.bytes, 10);
        assert!(mailbox.remove(3) && !mailbox.remove(3));
        assert_eq!(mailbox.bytes, 0);
    }

    #[test]
    fn an_id_is_never_used_twice() {
        let mut mailbox = Mailbox::default();
        mailbox.deliver(mail(b""), 0);
        assert_eq!(mailbox.clear(), 1);
        assert_eq!(mailbox.deliver(mail(b""), 0), 2);
    }

    #[test]
    fn a_search_finds_subject_text_and_a_recipient_that_no_header_names() {
        let mut mailbox = Mailbox::default();
        let envelope = Envelope {
            from: "a@example.com".to_owned(),
            to: vec!["Hidden@example.com".to_owned()],
        };
        let source = b"Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n\r\nYour first day\r\n".to_vec();
        let id = mailbox.deliver(Delivery::new(envelope, Route::Practice, source), 0);
        let mail = mailbox.mail(id).expect("just delivered");
        for words in ["grüße", "hidden@", "first day"] {
            assert!(mail.mentions(words), "{words}");
        }
        assert!(!mail.mentions("second day"));
    }
}
