//! The reading of a mail: header fields, text, HTML and attachments (RFC 5322, RFC 2045).

use data_encoding::BASE64;
use mail_parser::{Address, Message, MessageParser, MessagePart, MimeHeaders, PartType};

/// A mail taken apart. Whatever it lacks is empty: every sequence of bytes can be read.
#[derive(Debug, Default)]
pub(super) struct Contents {
    pub(super) subject: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) cc: String,
    pub(super) bcc: String,
    pub(super) reply_to: String,
    pub(super) date: String,
    /// Every header field as it was sent, in order, unfolded but not decoded.
    pub(super) headers: Vec<(String, String)>,
    pub(super) text: Option<String>,
    pub(super) html: Option<String>,
    pub(super) attachments: Vec<Attachment>,
}

/// A part of a mail that is a file.
#[derive(Debug)]
pub(super) struct Attachment {
    /// The name that the sender gave it, not fit for a file system.
    pub(super) name: String,
    /// The type that the sender gave it, such as `application/pdf`.
    pub(super) media_type: String,
    pub(super) content_id: Option<String>,
    pub(super) bytes: Vec<u8>,
}

impl Contents {
    /// Reads `source`, the mail as it was sent.
    pub(super) fn read(source: &[u8]) -> Self {
        let Some(message) = MessageParser::default().parse(source) else {
            return Self::default();
        };
        let headers = message.headers_raw();
        Self {
            subject: message.subject().unwrap_or_default().to_owned(),
            from: in_words(message.from()),
            to: in_words(message.to()),
            cc: in_words(message.cc()),
            bcc: in_words(message.bcc()),
            reply_to: in_words(message.reply_to()),
            date: unfolded(message.header_raw("Date").unwrap_or_default()),
            headers: headers
                .map(|(name, value)| (name.to_owned(), unfolded(value)))
                .collect(),
            text: bodies(&message, |body| match body {
                PartType::Text(text) => Some(text),
                _ => None,
            }),
            html: bodies(&message, |body| match body {
                PartType::Html(html) => Some(html),
                _ => None,
            }),
            attachments: message.attachments().map(Attachment::read).collect(),
        }
    }

    /// The text, or the HTML where there is no text.
    pub(super) fn any_text(&self) -> &str {
        self.text
            .as_deref()
            .or(self.html.as_deref())
            .unwrap_or_default()
    }

    /// The HTML with the images that the mail carries itself (`cid:`, RFC 2392) put into it.
    pub(super) fn html_with_images(&self) -> Option<String> {
        let mut html = self.html.clone()?;
        for attachment in &self.attachments {
            if let Some(id) = &attachment.content_id
                && attachment.media_type.starts_with("image/")
            {
                let image = BASE64.encode(&attachment.bytes);
                let data = format!("data:{};base64,{image}", attachment.media_type);
                html = html.replace(&format!("cid:{id}"), &data);
            }
        }
        Some(html)
    }
}

impl Attachment {
    fn read(part: &MessagePart<'_>) -> Self {
        let declared = part.content_type();
        let media_type = declared.map_or_else(
            || "application/octet-stream".to_owned(),
            |declared| {
                let subtype = declared.subtype().unwrap_or("octet-stream");
                format!("{}/{subtype}", declared.ctype()).to_lowercase()
            },
        );
        let name = part.attachment_name().map(ToOwned::to_owned);
        let name = name.or_else(|| {
            let message = part.message()?;
            Some(format!("{}.eml", message.subject().unwrap_or("mail")))
        });
        Self {
            name: name.unwrap_or_else(|| "attachment".to_owned()),
            media_type,
            content_id: part.content_id().map(ToOwned::to_owned),
            bytes: part.contents().to_vec(),
        }
    }

    /// The name without what a path, a header or a reader could take for something else.
    pub(super) fn file_name(&self) -> String {
        let last = self.name.rsplit(['/', '\\']).next().unwrap_or_default();
        let harmless = |character: &char| {
            !character.is_control()
                && !is_invisible(*character)
                && !"\"<>:|?*;".contains(*character)
        };
        let name: String = last.chars().filter(harmless).take(120).collect();
        match name.trim_matches(['.', ' ']) {
            "" => "attachment".to_owned(),
            name => name.to_owned(),
        }
    }
}

/// Characters that turn the direction of writing or have no width: `gpj.exe` could look like
/// `exe.jpg`.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The bodies that `kind` picks, one after the other.
fn bodies<'x>(
    message: &'x Message<'x>,
    kind: impl Fn(&'x PartType<'x>) -> Option<&'x std::borrow::Cow<'x, str>>,
) -> Option<String> {
    let mut parts = message.text_body.clone();
    let html = message.html_body.iter();
    parts.extend(html.filter(|part| !message.text_body.contains(part)));
    let parts = parts.into_iter().filter_map(|part| message.part(part));
    let texts: Vec<&str> = parts
        .filter_map(|part| kind(&part.body))
        .map(AsRef::as_ref)
        .collect();
    (!texts.is_empty()).then(|| texts.join("\n"))
}

fn in_words(addresses: Option<&Address<'_>>) -> String {
    let addresses = addresses.into_iter().flat_map(Address::iter);
    let words = addresses.map(|one| match (one.name(), one.address()) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        (name, address) => name.or(address).unwrap_or_default().to_owned(),
    });
    words.collect::<Vec<_>>().join(", ")
}

/// A folded header field on one line (RFC 5322 2.2.3).
fn unfolded(value: &str) -> String {
    value.replace("\r\n", "").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MULTIPART: &[u8] = b"From: =?utf-8?q?Ola_Bj=C3=B8rn?= <ola@example.com>\r\n\
        To: a@example.com, \"B, C\" <b@example.com>\r\n\
        Subject: =?utf-8?b?V2VsY29tZQ==?=\r\n =?utf-8?q?_=E2=9C=93?=\r\n\
        MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n\
        --x\r\nContent-Type: multipart/alternative; boundary=y\r\n\r\n\
        --y\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\
        Content-Transfer-Encoding: quoted-printable\r\n\r\ncaf=E9\r\n\
        --y\r\nContent-Type: text/html\r\n\r\n<p>hi<img src=\"cid:logo\"></p>\r\n--y--\r\n\
        --x\r\nContent-Type: image/png; name=\"l.png\"\r\nContent-ID: <logo>\r\n\
        Content-Transfer-Encoding: base64\r\n\r\nAAEC\r\n--x--\r\n";

    #[test]
    fn encoded_words_bodies_and_attachments_are_read() {
        let contents = Contents::read(MULTIPART);
        assert_eq!(contents.subject, "Welcome ✓");
        assert_eq!(contents.from, "Ola Bjørn <ola@example.com>");
        assert_eq!(contents.to, "a@example.com, B, C <b@example.com>");
        assert_eq!(contents.text.as_deref().map(str::trim), Some("café"));
        assert_eq!(contents.attachments[0].name, "l.png");
        assert_eq!(contents.attachments[0].bytes, [0, 1, 2]);
        let html = contents.html_with_images().expect("an HTML part");
        assert!(html.contains("data:image/png;base64,AAEC"), "{html}");
    }

    #[test]
    fn a_mail_of_one_kind_has_no_body_of_the_other() {
        let html = Contents::read(b"Content-Type: text/html\r\n\r\n<b>x</b>\r\n");
        assert!(html.text.is_none() && html.html.is_some());
        let text = Contents::read(b"Subject: x\r\n\r\nhello\r\n");
        assert!(text.text.is_some() && text.html.is_none());
    }

    #[test]
    fn anything_can_be_read() {
        for source in [
            &b""[..],
            b"\0",
            b"\xff\xfe",
            b"Content-Type: multipart/mixed; boundary=\r\n\r\n--",
        ] {
            let _ = Contents::read(source).any_text();
        }
    }

    #[test]
    fn the_name_of_an_attachment_cannot_lead_elsewhere() {
        let named = |name: &str| Attachment {
            name: name.to_owned(),
            media_type: String::new(),
            content_id: None,
            bytes: Vec::new(),
        };
        assert_eq!(named("../../etc/passwd").file_name(), "passwd");
        assert_eq!(named("..\\..\\x.exe").file_name(), "x.exe");
        assert_eq!(named("a\r\nSet-Cookie: b").file_name(), "aSet-Cookie b");
        assert_eq!(
            named("invoice\u{202e}fdp.exe").file_name(),
            "invoicefdp.exe"
        );
        assert_eq!(named("...").file_name(), "attachment");
        assert_eq!(named(&"x".repeat(300)).file_name().len(), 120);
    }
}
