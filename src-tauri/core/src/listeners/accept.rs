//! What follows from a stored delivery: a line in the log, a note at its listener, and its work.

use rusqlite::Connection;

use super::{Judgement, LeverEvent, Verdict};
use crate::jobs;
use crate::store::StoreError;
use crate::store::activity::{Actor, Entry, Kind, Outcome};
use crate::store::listeners::{self, ListenerRow, Seen};

/// How often it is told that a listener rejected an event, in milliseconds (SCREENS.md 4.6.4).
const NOTICE_EVERY: i64 = 60 * 60 * 1_000;

/// A stored delivery on its way to its work.
pub(super) struct Incoming<'a> {
    /// Its id in the inbox.
    pub(super) id: i64,
    /// Its listener.
    pub(super) listener: &'a ListenerRow,
    /// The event the listener waits for.
    pub(super) event: LeverEvent,
    /// Its verdict.
    pub(super) judged: &'a Judgement,
}

/// Joins the lines of one event's way in the log.
pub fn correlation(id: i64) -> String {
    format!("event-{id}")
}

/// Notes a delivery at its listener and in the log, and makes its work. Returns whether there is any.
pub(super) fn accept(
    db: &Connection,
    incoming: &Incoming<'_>,
    now: i64,
) -> Result<bool, StoreError> {
    let Incoming {
        id,
        listener,
        event,
        judged,
    } = incoming;
    let (outcome, sentence) = news(*id, *event, judged);
    let correlation = correlation(*id);
    // A flood of forgeries must not bury the log: the inbox has each of them.
    let told = judged.verdict != Verdict::Rejected
        || listeners::may_notice(db, &listener.id, now, NOTICE_EVERY)?;
    if told {
        Entry::new(Kind::Event, outcome, sentence)
            .by(Actor::Lever)
            .on(&correlation)
            .write(db, now)?;
    }
    let seen = match judged.verdict {
        Verdict::Verified | Verdict::Late | Verdict::Quarantined => Seen::Event,
        Verdict::Test => Seen::Test,
        Verdict::Rejected if judged.other_token => Seen::Mismatch,
        Verdict::Off | Verdict::OtherStage | Verdict::Skipped | Verdict::Expired => {
            listeners::note(db, &listener.id, Seen::Event, now)?;
            return Ok(false);
        }
        Verdict::Rejected | Verdict::Held | Verdict::Duplicate => return Ok(false),
    };
    listeners::note(db, &listener.id, seen, now)?;
    let Some(opportunity) = judged
        .opportunity_id
        .as_deref()
        .filter(|_| seen == Seen::Event)
    else {
        return Ok(false);
    };
    let lacks_stage =
        *event == LeverEvent::CandidateStageChange && listener.admission.stage.is_none();
    if *event == LeverEvent::CandidateDeleted {
        let opportunity_id = opportunity.to_owned();
        let forget = jobs::Forget { opportunity_id };
        forget.add(db, &correlation, now)?;
        return Ok(true);
    }
    if !event.starts_an_import() || lacks_stage {
        return Ok(false);
    }
    let hire = jobs::Hire {
        opportunity_id: opportunity.to_owned(),
        workflow_id: listener.workflow_id.clone(),
        listener_id: Some(listener.id.clone()),
        by_hand: false,
    };
    let held = judged
        .reason
        .as_deref()
        .filter(|_| judged.verdict == Verdict::Quarantined);
    jobs::add_hire(db, &hire, *id, &correlation, held, now)?;
    Ok(true)
}

/// The line of the log about a delivery.
fn news(id: i64, event: LeverEvent, judged: &Judgement) -> (Outcome, String) {
    let label = event.label();
    match judged.verdict {
        Verdict::Verified => (
            Outcome::Done,
            format!("Event #{id}, {label:?}, arrived; its signature is right."),
        ),
        Verdict::Late => (
            Outcome::Done,
            format!("Event #{id}, {label:?}, arrived late; its signature is right."),
        ),
        Verdict::Test => (
            Outcome::Done,
            format!("Connection verified: Lever's test for {label:?} arrived."),
        ),
        Verdict::Held => (
            Outcome::Waiting,
            format!("Event #{id} is held until {label:?} has its signature token."),
        ),
        Verdict::Rejected
        | Verdict::Quarantined
        | Verdict::Duplicate
        | Verdict::Off
        | Verdict::OtherStage
        | Verdict::Skipped
        | Verdict::Expired => {
            let reason = judged.reason.as_deref().unwrap_or_default();
            let more = match judged.verdict {
                Verdict::Rejected => " Further ones within the hour are in the inbox only.",
                _ => "",
            };
            let outcome = match judged.verdict {
                Verdict::Quarantined => Outcome::Waiting,
                Verdict::Off | Verdict::OtherStage | Verdict::Skipped | Verdict::Expired => {
                    Outcome::Skipped
                }
                _ => Outcome::Refused,
            };
            (
                outcome,
                format!("Event #{id} for {label:?} was not run. {reason}{more}"),
            )
        }
    }
}
