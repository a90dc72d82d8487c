//! What follows from a stored delivery: a line in the log, a note at its listener, and its work.

use rusqlite::Connection;

use super::{Judgement, LeverEvent, Verdict};
use crate::jobs::{self, Forget, Hire, SyncOffers};
use crate::store::StoreError;
use crate::store::activity::{Actor, Entry, Kind, Outcome};
use crate::store::listeners::{self, ListenerRow, Purpose, Seen};

/// How often it is told that a listener rejected an event, in milliseconds (SCREENS.md 4.6.4).
pub(super) const NOTICE_EVERY: i64 = 60 * 60 * 1_000;

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
    if judged.verdict != Verdict::Rejected || may_tell(db, &listener.id, now)? {
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
    let held = judged
        .reason
        .as_deref()
        .filter(|_| judged.verdict == Verdict::Quarantined);
    match Work::of(listener, *event, opportunity) {
        Some(Work::Hire(hire)) => jobs::add_hire(db, &hire, *id, &correlation, held, now)?,
        Some(Work::Forget(forget)) => forget.add(db, &correlation, now)?,
        Some(Work::Sync(sync)) => jobs::add_sync(db, &sync, *id, &correlation, held, now)?,
        None => return Ok(false),
    }
    Ok(true)
}

/// Whether the log tells of one more event that proves nothing: a flood of them must not bury it, and the inbox has each.
pub(super) fn may_tell(db: &Connection, listener: &str, now: i64) -> Result<bool, StoreError> {
    listeners::may_notice(db, listener, now, NOTICE_EVERY)
}

/// What a listener's event starts.
pub(super) enum Work {
    /// The import of the person.
    Hire(Hire),
    /// The deletion of what is kept of them.
    Forget(Forget),
    /// A look at the offers, and at what became of them with their candidate.
    Sync(SyncOffers),
}

impl Work {
    /// What an event about this opportunity starts; none if it starts nothing.
    pub(super) fn of(listener: &ListenerRow, event: LeverEvent, opportunity: &str) -> Option<Self> {
        let opportunity_id = opportunity.to_owned();
        let Purpose::Onboarding { workflow_id } = &listener.purpose else {
            return Some(Self::Sync(SyncOffers { opportunity_id }));
        };
        if event == LeverEvent::CandidateDeleted {
            return Some(Self::Forget(Forget { opportunity_id }));
        }
        let lacks_stage =
            event == LeverEvent::CandidateStageChange && listener.admission.stage.is_none();
        (event.starts_an_import() && !lacks_stage).then(|| {
            Self::Hire(Hire {
                opportunity_id,
                workflow_id: workflow_id.clone(),
                listener_id: Some(listener.id.clone()),
                by_hand: false,
            })
        })
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::names::name;
    use crate::store::{endpoints, jobs as rows, memory};

    fn listener(db: &Connection, purpose: &Purpose, event: LeverEvent) -> ListenerRow {
        db.execute_batch(
            "INSERT OR IGNORE INTO workflows VALUES ('onboarding', 'Onboarding', '', 0)",
        )
        .unwrap();
        let id = format!("{purpose:?}");
        endpoints::add(db, &id, &[1; 32]).unwrap();
        let event = name(&event).unwrap();
        listeners::add(db, purpose, (&id, &event, &id), 0).unwrap();
        listeners::get(db, &id).unwrap().unwrap()
    }

    fn judged(verdict: Verdict) -> Judgement {
        Judgement {
            verdict,
            reason: Some("Look at its time.".to_owned()),
            event: None,
            opportunity_id: Some("o-1".to_owned()),
            digest: None,
            other_token: false,
        }
    }

    #[test]
    fn each_genuine_event_of_offer_letters_asks_for_one_look_at_the_offers_whatever_it_tells() {
        for (event, _) in LeverEvent::OF_OFFERS {
            let db = memory();
            let listener = listener(&db, &Purpose::OfferLetters, event);
            for (id, verdict, due) in [
                (7, Verdict::Verified, true),
                (8, Verdict::Late, true),
                (9, Verdict::Quarantined, false),
            ] {
                let judged = &judged(verdict);
                let listener = &listener;
                let incoming = Incoming {
                    id,
                    listener,
                    event,
                    judged,
                };
                assert!(accept(&db, &incoming, 5).unwrap());
                let work = rows::get(&db, SyncOffers::NAME, &id.to_string()).unwrap();
                let work = work.unwrap();
                assert_eq!(work.payload, r#"{"opportunity_id":"o-1"}"#);
                assert_eq!(work.correlation, correlation(id));
                assert_eq!(work.due_at.is_some(), due, "{verdict:?}");
            }
            assert_eq!(rows::count(&db).unwrap(), 3, "{event:?}");
        }
    }

    #[test]
    fn a_deletion_that_a_workflow_hears_of_is_forgotten_and_looks_at_no_offers() {
        let db = memory();
        let purpose = Purpose::Onboarding {
            workflow_id: "onboarding".to_owned(),
        };
        let event = LeverEvent::CandidateDeleted;
        let incoming = Incoming {
            id: 7,
            listener: &listener(&db, &purpose, event),
            event,
            judged: &judged(Verdict::Verified),
        };
        assert!(accept(&db, &incoming, 5).unwrap());
        assert!(rows::get(&db, Forget::NAME, "o-1").unwrap().is_some());
        assert_eq!(rows::count(&db).unwrap(), 1);
    }
}
