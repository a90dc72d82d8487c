//! One connection, from the greeting to its end.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::timeout;

use super::data::{self, Data};
use super::lines::{Line, Lines};
use super::reply::Reply;
use super::session::{Rules, Session, Step, too_large};
use super::sign_in::{Progress, SignIn};
use crate::Practice;
use crate::mail::fault::{FaultKind, MailFault, Place};
use crate::mail::mailbox::Delivery;

/// Silence after which a connection is closed (RFC 5321 4.5.3.2.7).
const PATIENCE: Duration = Duration::from_secs(5 * 60);
/// The longest that a whole mail may take.
const MAIL_PATIENCE: Duration = Duration::from_secs(30 * 60);
/// Bytes of a command: RFC 5321 4.5.3.1.4 with room for the parameters of extensions.
const MAX_COMMAND: usize = 2_048;
/// Bytes of a line in a sign-in (RFC 4954 4).
const MAX_SIGN_IN: usize = 12_288;
/// Refused commands after which a connection is closed.
const MAX_REFUSALS: u32 = 20;

/// A connection with the session on it.
pub(super) struct Conversation<S> {
    practice: Practice,
    lines: Lines<S>,
    session: Session,
    refusals: u32,
}

/// How a conversation ended.
pub(super) enum Ending<S> {
    /// The connection is to be closed.
    Closed,
    /// The client was told that TLS can start on this connection.
    StartTls(S),
}

/// What follows an answer.
enum Next<S> {
    Listen,
    End(Ending<S>),
}

impl<S: AsyncRead + AsyncWrite + Unpin> Conversation<S> {
    pub(super) fn new(practice: Practice, stream: S, session: Session) -> Self {
        Self {
            practice,
            lines: Lines::new(stream),
            session,
            refusals: 0,
        }
    }

    /// Greets the client and goes on until the end.
    ///
    /// # Errors
    /// Fails if the connection breaks.
    pub(super) async fn greet_and_run(mut self) -> io::Result<Ending<S>> {
        let greeting = Reply::new(220, "practice.invalid ESMTP practice mailbox");
        self.send(&greeting).await?;
        self.run().await
    }

    /// Goes on without a greeting, as after STARTTLS.
    ///
    /// # Errors
    /// Fails if the connection breaks.
    pub(super) async fn run(mut self) -> io::Result<Ending<S>> {
        while self.refusals < MAX_REFUSALS {
            let Some(line) = self.line(MAX_COMMAND).await? else {
                return Ok(Ending::Closed);
            };
            let step = match &line {
                Line::Whole(line) => {
                    let rules = self.rules();
                    self.session.command(line, rules)
                }
                _ => Step::Answer(Reply::new(500, "5.5.6 Line too long")),
            };
            if let Step::StartTls(reply) = step {
                if self.lines.has_more() {
                    // Sent in clear, it would be taken for what came encrypted (CVE-2011-0411).
                    let text = "5.5.1 Nothing may follow STARTTLS";
                    self.send(&Reply::new(501, text)).await?;
                    continue;
                }
                self.send(&reply).await?;
                return Ok(Ending::StartTls(self.lines.into_inner()));
            }
            if let Next::End(ending) = self.carry_out(step).await? {
                return Ok(ending);
            }
        }
        self.send(&Reply::new(421, "4.7.0 Too many mistakes"))
            .await?;
        Ok(Ending::Closed)
    }

    async fn carry_out(&mut self, step: Step) -> io::Result<Next<S>> {
        match step {
            Step::Recipient(address) => self.take_recipient(address).await,
            Step::Answer(reply) | Step::StartTls(reply) => self.answer(reply).await,
            Step::SignIn(sign_in, initial) => self.sign_in(sign_in, &initial).await,
            Step::TakeMail(reply) => {
                self.send(&reply).await?;
                self.take_mail().await
            }
            Step::Quit(reply) => {
                self.send(&reply).await?;
                Ok(Next::End(Ending::Closed))
            }
        }
    }

    async fn take_recipient(&mut self, address: String) -> io::Result<Next<S>> {
        let reply = match self.fault(Place::Rcpt).await {
            Some(fault) if fault.kind == FaultKind::Drop => {
                return Ok(Next::End(Ending::Closed));
            }
            Some(fault) if fault.kind == FaultKind::Refuse => asked_for(&fault),
            _ => self.session.add_recipient(address),
        };
        self.answer(reply).await
    }

    async fn take_mail(&mut self) -> io::Result<Next<S>> {
        let Ok(data) = timeout(MAIL_PATIENCE, data::read(&mut self.lines)).await else {
            return self.hang_up(idle()).await;
        };
        let (envelope, route) = self.session.finish_mail();
        let source = match data? {
            Data::Whole(source) => source,
            Data::TooLarge => return self.answer(too_large()).await,
            Data::LineTooLong => {
                let text = "5.6.0 A line of a mail has at most 998 bytes";
                return self.answer(Reply::new(554, text)).await;
            }
            Data::BareNewline => return self.hang_up(bare_newline()).await,
            Data::End => return Ok(Next::End(Ending::Closed)),
        };
        let fault = self.fault(Place::Data).await;
        if let Some(fault) = &fault
            && fault.kind == FaultKind::Refuse
        {
            return self.answer(asked_for(fault)).await;
        }
        let delivery = Delivery::new(envelope, route, source);
        let now = self.practice.now_ms();
        let id = self.practice.world().mailbox.deliver(delivery, now);
        if fault.is_some_and(|fault| fault.kind == FaultKind::Drop) {
            return Ok(Next::End(Ending::Closed));
        }
        self.answer(Reply::new(250, format!("2.0.0 Kept as {id}")))
            .await
    }

    /// The fault in force for `place`, after its delay.
    async fn fault(&self, place: Place) -> Option<MailFault> {
        let fault = self.practice.world().mailbox.take_fault(place)?;
        tokio::time::sleep(Duration::from_millis(fault.delay_ms)).await;
        Some(fault)
    }

    async fn sign_in(&mut self, sign_in: SignIn, initial: &str) -> io::Result<Next<S>> {
        let mut progress = sign_in.start(initial);
        loop {
            match progress {
                Progress::Done(Ok(user)) => {
                    let reply = self.session.signed_in(user);
                    return self.answer(reply).await;
                }
                Progress::Done(Err(reply)) => return self.answer(reply).await,
                Progress::Ask(sign_in, question) => {
                    self.send(&question).await?;
                    match self.line(MAX_SIGN_IN).await? {
                        None => return Ok(Next::End(Ending::Closed)),
                        Some(Line::Whole(line)) => progress = sign_in.answer(&line),
                        Some(_) => {
                            let reply = Reply::new(500, "5.5.6 Line too long");
                            return self.answer(reply).await;
                        }
                    }
                }
            }
        }
    }

    /// The next line, whole or too long; `None` if the connection is to be closed.
    async fn line(&mut self, limit: usize) -> io::Result<Option<Line>> {
        let Ok(line) = timeout(PATIENCE, self.lines.next(limit)).await else {
            self.send(&idle()).await?;
            return Ok(None);
        };
        match line? {
            Line::End => Ok(None),
            Line::BareNewline => {
                self.send(&bare_newline()).await?;
                Ok(None)
            }
            line => Ok(Some(line)),
        }
    }

    async fn answer(&mut self, reply: Reply) -> io::Result<Next<S>> {
        self.refusals += u32::from(reply.is_refusal());
        self.send(&reply).await?;
        Ok(Next::Listen)
    }

    async fn hang_up(&mut self, reply: Reply) -> io::Result<Next<S>> {
        self.send(&reply).await?;
        Ok(Next::End(Ending::Closed))
    }

    async fn send(&mut self, reply: &Reply) -> io::Result<()> {
        let bytes = reply.to_bytes();
        timeout(PATIENCE, self.lines.send(&bytes)).await?
    }

    fn rules(&self) -> Rules {
        let world = self.practice.world();
        Rules {
            starttls: world.switches.smtp_starttls,
            sign_in: world.switches.smtp_sign_in,
        }
    }
}

fn idle() -> Reply {
    Reply::new(421, "4.4.2 Nothing came for too long")
}

fn bare_newline() -> Reply {
    Reply::new(
        521,
        "5.5.2 A line ends with CR LF, and neither stands alone",
    )
}

/// The refusal that a test asked for.
fn asked_for(fault: &MailFault) -> Reply {
    let class = fault.status / 100;
    Reply::new(fault.status, format!("{class}.3.0 A fault was asked for"))
}

#[cfg(test)]
mod tests;
