//! What a delivery is worth. Pure: the time and the listener's token are given.

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::LeverEvent;
use super::admission::Choice;
use super::signature::Signed;
use crate::clock::DAY;

/// How far ahead of this clock a genuine event may be, in milliseconds (SCREENS.md 4.6.6).
const AHEAD: i64 = 5 * 60 * 1_000;

/// From what age on an event counts as late; Lever's own retries take some hours (LEVER.md 5.5).
const LATE: i64 = 60 * 60 * 1_000;

/// The age beyond which a person looks first: as long as the relay keeps events.
const TOO_OLD: i64 = 30 * DAY;

/// What is done with a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "EventVerdict")]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Genuine.
    Verified,
    /// Genuine, and old.
    Late,
    /// Lever's *Verify connection*.
    Test,
    /// Came before the signature token.
    Held,
    /// Not genuine, or not for this listener.
    Rejected,
    /// Genuine, and seen before.
    Duplicate,
    /// Genuine, with a time that a person has to look at.
    Quarantined,
    /// Genuine, at a listener that is switched off.
    Off,
    /// A genuine stage change into another stage than the listener's.
    OtherStage,
    /// Genuine, and not let in by a filter of the listener.
    Skipped,
    /// Held until it was too late for its token.
    Expired,
}

impl Verdict {
    /// Whether it was signed with the listener's token.
    pub fn is_genuine(self) -> bool {
        match self {
            Self::Verified
            | Self::Late
            | Self::Test
            | Self::Duplicate
            | Self::Quarantined
            | Self::Off
            | Self::OtherStage
            | Self::Skipped => true,
            Self::Held | Self::Rejected | Self::Expired => false,
        }
    }
}

/// What a listener waits for.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The event.
    pub event: LeverEvent,
    /// The stage that a stage change has to lead to, if one is chosen.
    pub stage: Option<&'a Choice>,
}

/// A verdict with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// Why, in words; none where the verdict says it all.
    pub reason: Option<String>,
    /// Lever's name of the event, if it has one.
    pub event: Option<String>,
    /// The opportunity it names.
    pub opportunity_id: Option<String>,
    /// For a genuine delivery, the key of the replay cache.
    pub digest: Option<[u8; 32]>,
    /// Whether it was signed with another token than the listener's.
    pub other_token: bool,
}

#[derive(Deserialize)]
struct Hint {
    event: Option<String>,
    data: Option<serde_json::Map<String, serde_json::Value>>,
}

/// Judges a delivery for a listener that waits for `expected` and has this signature token, or none yet.
/// `received_at` is the relay's time and `now` this computer's, both in milliseconds since 1970 UTC.
pub fn judge(
    token: Option<&SecretString>,
    expected: Expected<'_>,
    body: &[u8],
    received_at: i64,
    now: i64,
) -> Judgement {
    let hint: Hint = serde_json::from_slice(body).unwrap_or(Hint {
        event: None,
        data: None,
    });
    let opportunity_id = hint
        .data
        .as_ref()
        .and_then(|data| text(data, "opportunityId"));
    let found = Judgement {
        verdict: Verdict::Held,
        reason: None,
        event: hint
            .event
            .clone()
            .map(|name| name.chars().take(60).collect()),
        opportunity_id,
        digest: None,
        other_token: false,
    };
    let Some(token) = token else { return found };
    let reject = |reason: String| Judgement {
        verdict: Verdict::Rejected,
        reason: Some(reason),
        ..found.clone()
    };
    let signed = match Signed::parse(body) {
        Ok(signed) => signed,
        Err(problem) => return reject(format!("This is not a delivery from Lever: {problem}.")),
    };
    if !signed.verify(token) {
        let reason = "This token did not match: the signature was made with another one.";
        return Judgement {
            other_token: true,
            ..reject(reason.to_owned())
        };
    }
    let genuine = Judgement {
        digest: Some(signed.digest()),
        ..found.clone()
    };
    if hint.data.as_ref().is_some_and(serde_json::Map::is_empty) {
        return Judgement {
            verdict: Verdict::Test,
            ..genuine
        };
    }
    match hint.event.as_deref().and_then(LeverEvent::named) {
        None => return reject("Lever does not document an event of this name.".to_owned()),
        Some(event) if event != expected.event => {
            return reject(format!(
                "It is for the event {:?}, and this listener waits for {:?}.",
                event.label(),
                expected.event.label()
            ));
        }
        Some(_) => {}
    }
    if let Some(reason) = leads_elsewhere(expected, hint.data.as_ref()) {
        return Judgement {
            verdict: Verdict::OtherStage,
            reason: Some(reason),
            ..genuine
        };
    }
    let (verdict, reason) = age(signed.triggered_at(), received_at, now);
    Judgement {
        verdict,
        reason,
        ..genuine
    }
}

/// Whether a stage change names another stage than the listener's. One that names none is decided by Lever's answer.
fn leads_elsewhere(
    expected: Expected<'_>,
    data: Option<&serde_json::Map<String, serde_json::Value>>,
) -> Option<String> {
    let wanted = expected.stage?;
    let stage = text(data?, "toStageId")?;
    (expected.event == LeverEvent::CandidateStageChange && stage != wanted.id).then(|| {
        format!(
            "Another stage: it tells of {stage:?}, and this listener waits for “{}” ({}).",
            wanted.name, wanted.id
        )
    })
}

/// The age is judged by the relay's time: a laptop that slept has not made the event late.
fn age(triggered_at: i64, received_at: i64, now: i64) -> (Verdict, Option<String>) {
    if triggered_at.saturating_sub(now.max(received_at)) > AHEAD {
        let reason = "Its time lies in the future: check this computer's clock.";
        return (Verdict::Quarantined, Some(reason.to_owned()));
    }
    match received_at.saturating_sub(triggered_at) {
        old if old > TOO_OLD => {
            let reason = "It is older than anything the relay keeps: look whether it still holds.";
            (Verdict::Quarantined, Some(reason.to_owned()))
        }
        old if old > LATE => (Verdict::Late, None),
        _ => (Verdict::Verified, None),
    }
}

/// A text of Lever's data, if it has a length that an id can have.
fn text(data: &serde_json::Map<String, serde_json::Value>, key: &str) -> Option<String> {
    data.get(key)?
        .as_str()
        .filter(|text| (1..=100).contains(&text.len()))
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use hmac::{Hmac, KeyInit, Mac};
    use sha2::Sha256;

    use super::*;

    const NOW: i64 = 1_795_000_000_000;
    const TOKEN: &str = "00112233445566778899aabbccddeeff";

    const HIRED: Expected<'_> = Expected {
        event: LeverEvent::CandidateHired,
        stage: None,
    };

    fn key() -> SecretString {
        SecretString::from("0f1e2d3c".repeat(6))
    }

    fn delivery(event: &str, data: &str, at: i64) -> Vec<u8> {
        let mut mac = Hmac::<Sha256>::new_from_slice("0f1e2d3c".repeat(6).as_bytes()).unwrap();
        mac.update(format!("{TOKEN}{at}").as_bytes());
        let signature = hex::encode(mac.finalize().into_bytes());
        format!(r#"{{"event":"{event}","triggeredAt":{at},"token":"{TOKEN}","signature":"{signature}","data":{data}}}"#)
            .into_bytes()
    }

    fn verdict(body: &[u8], received_at: i64) -> Verdict {
        judge(Some(&key()), HIRED, body, received_at, NOW).verdict
    }

    const HIRE: &str = r#"{"opportunityId":"o-1"}"#;

    #[test]
    fn a_signed_hire_is_verified_and_names_its_opportunity() {
        let judged = judge(
            Some(&key()),
            HIRED,
            &delivery("candidateHired", HIRE, NOW),
            NOW,
            NOW,
        );
        assert_eq!(judged.verdict, Verdict::Verified);
        assert_eq!(judged.opportunity_id.as_deref(), Some("o-1"));
        assert!(judged.digest.is_some());
    }

    #[test]
    fn verify_connection_is_a_test_whatever_event_it_names() {
        assert_eq!(
            verdict(&delivery("candidateStageChange", "{}", NOW), NOW),
            Verdict::Test
        );
    }

    #[test]
    fn an_event_before_the_token_is_held_whatever_it_says() {
        let judged = judge(None, HIRED, b"junk", NOW, NOW);
        assert_eq!((judged.verdict, judged.digest), (Verdict::Held, None));
    }

    #[test]
    fn another_event_an_unknown_one_and_a_missing_one_are_rejected_with_the_reason() {
        for event in ["candidateDeleted", "offerSigned", ""] {
            let judged = judge(Some(&key()), HIRED, &delivery(event, HIRE, NOW), NOW, NOW);
            assert_eq!(judged.verdict, Verdict::Rejected, "{event}");
            assert!(judged.reason.is_some());
            assert!(
                judged.digest.is_none(),
                "a rejected delivery must not fill the replay cache"
            );
        }
    }

    #[test]
    fn age_is_judged_by_the_relays_time_and_the_future_by_both_clocks() {
        let at = |ms: i64| delivery("candidateHired", HIRE, ms);
        assert_eq!(verdict(&at(NOW - LATE - 1), NOW), Verdict::Late);
        assert_eq!(verdict(&at(NOW - TOO_OLD - 1), NOW), Verdict::Quarantined);
        assert_eq!(
            verdict(&at(NOW - TOO_OLD), NOW - TOO_OLD),
            Verdict::Verified,
            "it waited for the laptop"
        );
        assert_eq!(verdict(&at(NOW + AHEAD + 1), NOW), Verdict::Quarantined);
        assert_eq!(verdict(&at(NOW + AHEAD), NOW), Verdict::Verified);
    }

    #[test]
    fn a_stage_change_into_another_stage_is_told_apart_and_one_without_a_stage_is_not() {
        let offer = Choice {
            id: "offer".to_owned(),
            name: "Offer".to_owned(),
        };
        let expected = Expected {
            event: LeverEvent::CandidateStageChange,
            stage: Some(&offer),
        };
        let verdict = |data: &str| {
            let body = delivery("candidateStageChange", data, NOW);
            judge(Some(&key()), expected, &body, NOW, NOW).verdict
        };
        let into = |stage: &str| {
            verdict(&format!(
                r#"{{"opportunityId":"o-1","toStageId":"{stage}"}}"#
            ))
        };
        assert_eq!(into("offer"), Verdict::Verified);
        assert_eq!(into("on-site"), Verdict::OtherStage);
        assert_eq!(verdict(HIRE), Verdict::Verified, "Lever is asked");
    }
}
