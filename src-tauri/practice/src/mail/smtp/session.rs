//! What the server answers, by what was said before (RFC 5321 4.1.4). Knows no connection.

use smtp_proto::{
    AUTH_LOGIN, AUTH_PLAIN, Error, MAIL_BODY_7BIT, MAIL_BODY_8BITMIME, MAIL_SMTPUTF8, MailFrom,
    RcptTo, Request,
};

use super::data::MAX_MAIL;
use super::reply::Reply;
use super::sign_in::SignIn;
use crate::mail::mailbox::{Envelope, Route};

/// Recipients of one mail; RFC 5321 4.5.3.1.8 asks for no fewer.
const MAX_RECIPIENTS: usize = 100;

/// What the switches say at the moment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rules {
    /// Whether STARTTLS is offered.
    pub(super) starttls: bool,
    /// Whether a mail is taken only from a user that has signed in.
    pub(super) sign_in: bool,
}

/// What follows a command.
pub(super) enum Step {
    Answer(Reply),
    /// Take this recipient.
    Recipient(String),
    /// Answer, and read a mail.
    TakeMail(Reply),
    /// Carry on a sign-in, from what the command said already.
    SignIn(SignIn, String),
    StartTls(Reply),
    Quit(Reply),
}

/// What one side of a connection has said so far.
#[derive(Debug, Default)]
pub(super) struct Session {
    client: Option<Client>,
    is_encrypted: bool,
    user: Option<String>,
    mail: Option<Begun>,
}

#[derive(Debug)]
struct Client {
    name: String,
    /// Whether it said EHLO, so that extensions are open to it.
    is_extended: bool,
}

/// A mail of which the sender is known.
#[derive(Debug)]
struct Begun {
    envelope: Envelope,
    /// Whether addresses may have letters beyond ASCII (RFC 6531).
    is_utf8: bool,
}

impl Session {
    /// The start of a session on an encrypted connection.
    pub(super) fn encrypted() -> Self {
        Self {
            is_encrypted: true,
            ..Self::default()
        }
    }

    /// Takes a line of the client as a command.
    pub(super) fn command(&mut self, line: &[u8], rules: Rules) -> Step {
        if line.iter().any(u8::is_ascii_control) || std::str::from_utf8(line).is_err() {
            let text = "5.5.2 A command has no control characters and is UTF-8";
            return Step::Answer(Reply::new(500, text));
        }
        let with_end = [line, b"\r\n"].concat();
        match Request::parse(&mut with_end.iter()) {
            Ok(Request::Rcpt { to }) if to.address.is_empty() && line.ends_with(b"<>") => {
                Step::Answer(Reply::new(501, "5.1.3 A recipient has an address"))
            }
            Ok(request) => self.answer(request.into_owned(), rules),
            Err(error) => Step::Answer(refusal(error)),
        }
    }

    fn answer(&mut self, request: Request<String>, rules: Rules) -> Step {
        match request {
            Request::Ehlo { host } => {
                self.introduce(host, true);
                Step::Answer(self.capabilities(rules))
            }
            Request::Helo { host } => {
                self.introduce(host, false);
                Step::Answer(Reply::new(250, "practice.invalid"))
            }
            Request::Mail { from } => Step::Answer(self.mail(from, rules)),
            Request::Rcpt { to } => self.recipient(to),
            Request::Data => self.data(),
            Request::Rset => {
                self.mail = None;
                Step::Answer(Reply::new(250, "2.0.0 Forgotten"))
            }
            Request::Noop { .. } => Step::Answer(Reply::new(250, "2.0.0 Nothing done")),
            Request::Vrfy { .. } => {
                Step::Answer(Reply::new(252, "2.5.0 Every recipient is taken here"))
            }
            Request::Help { .. } => Step::Answer(Reply::new(
                214,
                "2.0.0 A practice mailbox: every mail is kept and none is passed on",
            )),
            Request::Auth {
                mechanism,
                initial_response,
            } => self.sign_in(mechanism, initial_response, rules),
            Request::StartTls if self.is_encrypted || !rules.starttls => {
                Step::Answer(Reply::new(502, "5.5.1 STARTTLS is not offered"))
            }
            Request::StartTls => Step::StartTls(Reply::new(220, "2.0.0 Ready")),
            Request::Quit => Step::Quit(Reply::new(221, "2.0.0 Goodbye")),
            other => {
                let text = format!("5.5.1 {} is not offered", other.name());
                Step::Answer(Reply::new(502, text))
            }
        }
    }

    fn introduce(&mut self, name: String, is_extended: bool) {
        self.client = Some(Client { name, is_extended });
        self.mail = None;
    }

    fn capabilities(&self, rules: Rules) -> Reply {
        let mut reply = Reply::new(250, "practice.invalid")
            .and("PIPELINING")
            .and("8BITMIME")
            .and("SMTPUTF8")
            .and("ENHANCEDSTATUSCODES")
            .and(format!("SIZE {MAX_MAIL}"));
        if rules.starttls && !self.is_encrypted {
            reply = reply.and("STARTTLS");
        }
        if rules.sign_in && self.may_send_password(rules) {
            reply = reply.and("AUTH PLAIN LOGIN");
        }
        reply
    }

    /// A password goes in clear only where there is no other way (RFC 4954 4).
    fn may_send_password(&self, rules: Rules) -> bool {
        self.is_encrypted || !rules.starttls
    }

    fn sign_in(&self, mechanism: u64, initial: String, rules: Rules) -> Step {
        let refused = if !rules.sign_in {
            Reply::new(502, "5.5.1 AUTH is not offered")
        } else if !self.may_send_password(rules) {
            Reply::new(538, "5.7.11 STARTTLS first")
        } else if !self
            .client
            .as_ref()
            .is_some_and(|client| client.is_extended)
        {
            Reply::new(503, "5.5.1 EHLO first")
        } else if self.user.is_some() || self.mail.is_some() {
            Reply::new(503, "5.5.1 AUTH comes once, and before MAIL")
        } else {
            match mechanism {
                AUTH_PLAIN => return Step::SignIn(SignIn::Plain, initial),
                AUTH_LOGIN => return Step::SignIn(SignIn::LoginUser, initial),
                _ => Reply::new(504, "5.5.4 PLAIN and LOGIN are offered"),
            }
        };
        Step::Answer(refused)
    }

    /// Notes that `user` has signed in.
    pub(super) fn signed_in(&mut self, user: String) -> Reply {
        self.user = Some(user);
        Reply::new(235, "2.7.0 Signed in")
    }

    fn mail(&mut self, from: MailFrom<String>, rules: Rules) -> Reply {
        const OFFERED: u64 = MAIL_BODY_7BIT | MAIL_BODY_8BITMIME | MAIL_SMTPUTF8;
        let Some(client) = &self.client else {
            return Reply::new(503, "5.5.1 EHLO first");
        };
        if self.mail.is_some() {
            return Reply::new(503, "5.5.1 One mail at a time: RSET forgets the first");
        }
        if rules.sign_in && self.user.is_none() {
            return Reply::new(530, "5.7.0 AUTH first");
        }
        let offered = MailFrom {
            address: from.address.clone(),
            flags: from.flags & OFFERED,
            size: from.size,
            auth: from.auth.clone().filter(|_| rules.sign_in),
            ..MailFrom::default()
        };
        let has_parameters = from.flags != 0 || from.size != 0 || from.auth.is_some();
        if from != offered || has_parameters && !client.is_extended {
            return Reply::new(555, "5.5.4 A parameter of MAIL is not offered");
        }
        if from.size > MAX_MAIL {
            return too_large();
        }
        let is_utf8 = from.flags & MAIL_SMTPUTF8 != 0;
        if !is_utf8 && !from.address.is_ascii() {
            return Reply::new(553, "5.6.7 Such an address needs SMTPUTF8");
        }
        let envelope = Envelope {
            from: from.address,
            to: Vec::new(),
        };
        self.mail = Some(Begun { envelope, is_utf8 });
        Reply::new(250, "2.1.0 Sender taken")
    }

    fn recipient(&self, to: RcptTo<String>) -> Step {
        let refused = match &self.mail {
            None => Reply::new(503, "5.5.1 MAIL first"),
            Some(_) if to.flags != 0 || to.orcpt.is_some() || to.rrvs != 0 => {
                Reply::new(555, "5.5.4 A parameter of RCPT is not offered")
            }
            Some(mail) if !mail.is_utf8 && !to.address.is_ascii() => {
                Reply::new(553, "5.6.7 Such an address needs SMTPUTF8")
            }
            Some(mail) if mail.envelope.to.len() >= MAX_RECIPIENTS => {
                Reply::new(452, "4.5.3 Too many recipients")
            }
            // The parser gives `postmaster` without a domain as nothing (RFC 5321 4.5.1).
            Some(_) if to.address.is_empty() => return Step::Recipient("postmaster".to_owned()),
            Some(_) => return Step::Recipient(to.address),
        };
        Step::Answer(refused)
    }

    /// Adds a recipient that [`Step::Recipient`] named to the mail.
    pub(super) fn add_recipient(&mut self, address: String) -> Reply {
        if let Some(mail) = &mut self.mail {
            mail.envelope.to.push(address);
        }
        Reply::new(250, "2.1.5 Recipient taken")
    }

    fn data(&self) -> Step {
        match &self.mail {
            Some(mail) if !mail.envelope.to.is_empty() => {
                Step::TakeMail(Reply::new(354, "End with a dot on a line of its own"))
            }
            Some(_) => Step::Answer(Reply::new(554, "5.5.1 No valid recipients")),
            None => Step::Answer(Reply::new(503, "5.5.1 MAIL and RCPT first")),
        }
    }

    /// The sender and recipients of the mail that has come, and how it came. The next mail starts
    /// afresh.
    pub(super) fn finish_mail(&mut self) -> (Envelope, Route) {
        let mail = self.mail.take();
        let envelope = mail.map(|mail| mail.envelope).unwrap_or_default();
        let client = self.client.as_ref();
        let route = Route::Smtp {
            client: client.map(|client| client.name.clone()).unwrap_or_default(),
            encrypted: self.is_encrypted,
            user: self.user.clone(),
        };
        (envelope, route)
    }
}

/// The answer to a mail over the limit (RFC 1870 6).
pub(super) fn too_large() -> Reply {
    Reply::new(552, format!("5.3.4 A mail has at most {MAX_MAIL} bytes"))
}

fn refusal(error: Error) -> Reply {
    match error {
        Error::UnknownCommand => Reply::new(500, "5.5.1 Unknown command"),
        Error::InvalidSenderAddress => Reply::new(501, "5.1.7 That is no sender's address"),
        Error::InvalidRecipientAddress => Reply::new(501, "5.1.3 That is no recipient's address"),
        Error::SyntaxError { syntax } => Reply::new(501, format!("5.5.2 Expected {syntax}")),
        Error::InvalidParameter { param } => {
            Reply::new(501, format!("5.5.4 {param} has no such value"))
        }
        Error::UnsupportedParameter { .. } => Reply::new(555, "5.5.4 Unknown parameter"),
        Error::NeedsMoreData { .. } | Error::ResponseTooLong | Error::InvalidResponse { .. } => {
            Reply::new(500, "5.5.2 That is no command")
        }
    }
}
