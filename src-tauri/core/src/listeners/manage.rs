//! Completing, changing and removing listeners.

use rusqlite::Connection;
use secrecy::SecretString;

use super::accept::{Incoming, accept};
use super::admission::Admission;
use super::{Expected, LeverEvent, ListenerError, Verdict, judge};
use crate::jobs::Unhook;
use crate::redact;
use crate::store::activity::{Actor, Entry, Kind, Outcome};
use crate::store::endpoints;
use crate::store::inbox;
use crate::store::listeners::{self, ListenerRow, Purpose, WebhookState};
use crate::store::names::{name, named};

/// Completes a listener with its signature token, or replaces the token. Events held until now get their
/// verdict; a genuine test makes the listener verified, and genuine events wait to be run on request.
///
/// # Errors
/// [`ListenerError::Token`] with the reason, [`ListenerError::NotFound`], or a failure of the database.
pub fn create(db: &Connection, id: &str, token: &str, now: i64) -> Result<(), ListenerError> {
    let listener = existing(db, id)?;
    let token = parse_token(token)?;
    let event: LeverEvent = named(&listener.event)?;
    require_stage(&listener)?;
    listeners::put_token(db, id, &token)?;
    let what = if listener.signature_token.is_some() {
        "replaced the signature token of"
    } else {
        "created"
    };
    let title = title(&listener.purpose, event);
    let sentence = format!("You {what} {title}.");
    Entry::new(Kind::Listener, Outcome::Done, sentence)
        .by(Actor::You)
        .write(db, now)?;
    judge_anew(db, &listener, (event, &token), now)
}

/// Gives what is held, and what another token rejected, the verdict of the new one. What is genuine is held until the
/// user runs it.
fn judge_anew(
    db: &Connection,
    listener: &ListenerRow,
    (event, token): (LeverEvent, &SecretString),
    now: i64,
) -> Result<(), ListenerError> {
    let id = &listener.id;
    for old in inbox::undecided(db, id)? {
        let judged = judge(
            Some(token),
            expected(listener, event),
            &old.body,
            old.received_at,
            now,
        );
        let verdict = name(&judged.verdict)?;
        match judged.verdict {
            Verdict::Test => {
                inbox::settle(db, old.id, &verdict, None, judged.digest)?;
                listeners::note(db, id, listeners::Seen::Test, now)?;
            }
            Verdict::Rejected if old.held => {
                inbox::settle(db, old.id, &verdict, judged.reason.as_deref(), None)?;
                if judged.other_token {
                    listeners::note(db, id, listeners::Seen::Mismatch, now)?;
                }
            }
            Verdict::OtherStage => {
                inbox::settle(
                    db,
                    old.id,
                    &verdict,
                    judged.reason.as_deref(),
                    judged.digest,
                )?;
            }
            // Genuine, and a person decides when it runs.
            Verdict::Verified | Verdict::Late | Verdict::Quarantined => {
                inbox::settle(db, old.id, &name(&Verdict::Held)?, None, None)?;
            }
            Verdict::Rejected
            | Verdict::Held
            | Verdict::Duplicate
            | Verdict::Off
            | Verdict::Skipped
            | Verdict::Expired => {}
        }
    }
    Ok(())
}

/// How the log names a listener.
fn title(purpose: &Purpose, event: LeverEvent) -> String {
    format!("the listener{} for {:?}", of_what(purpose), event.label())
}

/// What follows the word “listener” in the log, where it is not one of a workflow.
pub(super) fn of_what(purpose: &Purpose) -> &'static str {
    match purpose {
        Purpose::Onboarding { .. } => "",
        Purpose::OfferLetters => " of offer letters",
    }
}

/// What a listener waits for.
pub(super) fn expected(listener: &ListenerRow, event: LeverEvent) -> Expected<'_> {
    Expected {
        event,
        stage: listener.admission.stage.as_ref(),
    }
}

/// Refuses a listener of stage changes into a workflow that has no stage yet. To an offer every stage change counts.
pub(super) fn require_stage(listener: &ListenerRow) -> Result<(), ListenerError> {
    let asks = matches!(listener.purpose, Purpose::Onboarding { .. })
        && named::<LeverEvent>(&listener.event)? == LeverEvent::CandidateStageChange;
    if asks && listener.admission.stage.is_none() {
        return Err(ListenerError::NoStage);
    }
    Ok(())
}

/// Saves whom a listener lets in from now on.
///
/// # Errors
/// [`ListenerError::NoStage`] if a listener of stage changes that is in use would lose its stage,
/// [`ListenerError::LetsNobodyIn`], [`ListenerError::NotFound`], or a failure of the database.
pub fn admit(
    db: &Connection,
    id: &str,
    admission: Admission,
    now: i64,
) -> Result<(), ListenerError> {
    let listener = existing(db, id)?;
    if listener.purpose == Purpose::OfferLetters {
        return Err(ListenerError::LetsNobodyIn);
    }
    let event: LeverEvent = named(&listener.event)?;
    // Only a stage change has a stage to lead to.
    let of_stages = event == LeverEvent::CandidateStageChange;
    let stage = admission.stage.filter(|_| of_stages);
    if of_stages && stage.is_none() && listener.signature_token.is_some() {
        return Err(ListenerError::NoStage);
    }
    let admission = Admission { stage, ..admission };
    if admission == listener.admission {
        return Ok(());
    }
    listeners::put_admission(db, id, &admission)?;
    // What is chosen in a draft is part of making it.
    if listener.signature_token.is_some() {
        let title = title(&listener.purpose, event);
        let sentence = format!("You changed whom {title} lets in.");
        Entry::new(Kind::Listener, Outcome::Done, sentence)
            .by(Actor::You)
            .write(db, now)?;
    }
    Ok(())
}

/// Runs the held events that verify.
///
/// # Errors
/// [`ListenerError::NotFound`], or a failure of the database.
pub fn run_held(db: &Connection, id: &str, now: i64) -> Result<(), ListenerError> {
    let listener = existing(db, id)?;
    let Some(token) = &listener.signature_token else {
        return Err(ListenerError::Token(
            "Paste the signature token first: held events run once they verify.",
        ));
    };
    let event: LeverEvent = named(&listener.event)?;
    for held in inbox::undecided(db, id)?.into_iter().filter(|one| one.held) {
        let judged = judge(
            Some(token),
            expected(&listener, event),
            &held.body,
            held.received_at,
            now,
        );
        let verdict = name(&judged.verdict)?;
        if inbox::settle(
            db,
            held.id,
            &verdict,
            judged.reason.as_deref(),
            judged.digest,
        )? {
            accept(
                db,
                &Incoming {
                    id: held.id,
                    listener: &listener,
                    event,
                    judged: &judged,
                },
                now,
            )?;
        } else {
            let reason = Some("Its signature was seen before.");
            inbox::settle(db, held.id, &name(&Verdict::Duplicate)?, reason, None)?;
        }
    }
    Ok(())
}

/// Switches a listener on or off. While it is off its address lives and what arrives is stored, but nothing is run,
/// not even later.
///
/// # Errors
/// [`ListenerError::NotFound`], or a failure of the database.
pub fn switch(db: &Connection, id: &str, on: bool, now: i64) -> Result<(), ListenerError> {
    let listener = existing(db, id)?;
    if listener.on == on {
        return Ok(());
    }
    listeners::switch(db, id, on, now)?;
    let event: LeverEvent = named(&listener.event)?;
    let how = if on { "on" } else { "off" };
    let sentence = format!("You switched {how} {}.", title(&listener.purpose, event));
    Entry::new(Kind::Listener, Outcome::Done, sentence)
        .by(Actor::You)
        .write(db, now)?;
    Ok(())
}

/// Removes a listener; its address is retired at the relay and answers 410, and a webhook that Fulcrum made is deleted
/// in Lever as soon as Lever answers. Returns what it was for.
///
/// # Errors
/// [`ListenerError::NotFound`], or a failure of the database.
pub fn remove(db: &Connection, id: &str, now: i64) -> Result<Purpose, ListenerError> {
    let listener = existing(db, id)?;
    listeners::remove(db, id, now)?;
    inbox::expire(db, id, i64::MAX, "Its listener was removed.")?;
    endpoints::retire(db, &listener.endpoint_id)?;
    if matches!(listener.webhook, WebhookState::Begun | WebhookState::Made) {
        let made = listener.webhook == WebhookState::Made;
        let unhook = Unhook {
            integration: listener.purpose.integration(),
            listener_id: listener.id.clone(),
            webhook_id: listener.webhook_id.clone().filter(|_| made),
            url: listener.endpoint_url.clone().unwrap_or_default(),
        };
        unhook.add(db, now)?;
    }
    let event: LeverEvent = named(&listener.event)?;
    let sentence = format!("You removed {}.", title(&listener.purpose, event));
    Entry::new(Kind::Listener, Outcome::Done, sentence)
        .by(Actor::You)
        .write(db, now)?;
    Ok(listener.purpose)
}

pub(super) fn existing(db: &Connection, id: &str) -> Result<ListenerRow, ListenerError> {
    listeners::get(db, id)?
        .filter(|listener| !listener.removed)
        .ok_or(ListenerError::NotFound)
}

/// The token as it was copied, without outer white space; Lever's are 48 hex digits, and nothing that could
/// be one is refused.
pub(super) fn parse_token(text: &str) -> Result<SecretString, ListenerError> {
    let token = text.trim();
    if token.is_empty() {
        return Err(ListenerError::Token(
            "Paste the signature token that Lever shows for this webhook.",
        ));
    }
    if token.starts_with("http") {
        return Err(ListenerError::Token(
            "This is an address. The signature token stands below it in Lever.",
        ));
    }
    if !(16..=256).contains(&token.len()) || token.bytes().any(|byte| !byte.is_ascii_graphic()) {
        return Err(ListenerError::Token(
            "This does not look like a signature token: copy it again in Lever, whole and alone.",
        ));
    }
    Ok(redact::secret(token))
}
