//! Switches for what Lever's documents leave open (LEVER.md 8), and for tests.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What happens when a refresh token is used a second time (LEVER.md 1.6: not documented).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefreshReuse {
    /// Only the old token is refused.
    Refuse,
    /// The old token is refused and every token of the same consent dies with it.
    RevokeFamily,
    /// The old token is accepted within `refresh_grace_seconds` of its first use.
    Grace,
}

/// What `/oauth/revoke` ends; a tenant of Auth0 can be set to either (LEVER.md 1.9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RevokeEffect {
    /// Only the refresh token: the access token lives on until it expires, and consent is remembered.
    RefreshToken,
    /// The whole consent, as *Revoke access* on the page does.
    Grant,
}

/// An answer to the consent page given without a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AutomaticConsent {
    /// As if *Accept* had been pressed.
    Accept,
    /// As if *Deny* had been pressed.
    Deny,
}

/// Declares the switches once: as a struct, and as what the control page says of each.
macro_rules! described {
    ($(#[$meta:meta])* pub struct $name:ident {
        $($(#[doc = $doc:literal])* pub $switch:ident: $type:ty,)*
    }) => {
        $(#[$meta])*
        pub struct $name {
            $($(#[doc = $doc])* pub $switch: $type,)*
        }

        impl $name {
            /// Name and description of each, in the order in which they are declared.
            pub(crate) const DESCRIPTIONS: &[(&str, &str)] =
                &[$((stringify!($switch), concat!($($doc),*))),*];
        }
    };
}

described! {
/// Everything about the practice world that can be changed while it runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Switches {
    /// Accept a registered redirect address on any port of 127.0.0.1 (RFC 8252 section 7.3).
    pub any_loopback_port: bool,
    /// Answers the consent page without a person: `accept`, `deny`, or `null` to ask.
    pub automatic_consent: Option<AutomaticConsent>,
    /// Ask for consent only the first time, after a revocation and for new scopes (LEVER.md 1.2).
    pub remember_consent: bool,
    /// Id of the company in access tokens; null leaves it unsaid (LEVER.md 1.5: the claims are no promise).
    pub account_id: Option<String>,
    /// The client secret of every application, as after Lever issued a new one; null leaves each its own.
    pub client_secret: Option<String>,
    /// Lifetime of an authorization code, in seconds of the practice clock (LEVER.md 1.4).
    pub code_lifetime_seconds: u32,
    /// What becomes of a refresh token that was used before: `refuse`, `revoke_family` or `grace`.
    pub refresh_reuse: RefreshReuse,
    /// Length of the grace period, in seconds of the practice clock.
    pub refresh_grace_seconds: i64,
    /// Status of an `invalid_grant` answer: 400, 401 or 403 (LEVER.md 1.7).
    pub invalid_grant_status: u16,
    /// Whether `/oauth/revoke` exists (LEVER.md 1.9).
    pub revoke_endpoint: bool,
    /// What a revocation there ends: the whole `grant`, or only the `refresh_token`.
    pub revoke_effect: RevokeEffect,
    /// Whether the API limits requests to 10 a second with bursts of 20 (LEVER.md 2.8).
    pub rate_limit: bool,
    /// Value of `Retry-After` on a 429, in seconds; `null` leaves the header out.
    pub retry_after_seconds: Option<u32>,
    /// Status of the error "Invalid offset token", from 400 to 499 (LEVER.md 2.3).
    pub invalid_offset_status: u16,
    /// Whether the `Date` of answers is the practice clock's time; otherwise the system's.
    pub date_by_practice_clock: bool,
    /// Whether deliveries carry `id` (LEVER.md 5.2).
    pub webhook_id: bool,
    /// Whether deliveries carry the data keys that are only inferred (LEVER.md Annex B).
    pub webhook_inferred_keys: bool,
    /// Whether a retry repeats `token` and `triggeredAt` instead of signing afresh.
    pub retries_repeat_token: bool,
    /// Whether a manual Rerun repeats `token` and `triggeredAt`.
    pub rerun_repeats_token: bool,
    /// Waits before the five further tries of a failed delivery, in seconds of the practice clock
    /// (LEVER.md 5.5: their number is documented, their length is not).
    pub retry_waits_seconds: [u32; 5],
    /// Factor on the waits between delivery attempts; 0 retries at once.
    pub retry_scale: f64,
    /// Time limit of one delivery attempt, in real milliseconds.
    pub delivery_timeout_ms: u64,
    /// Whether creating a webhook answers with `data` nested twice (LEVER.md 5.6).
    pub nested_webhook_data: bool,
    /// Whether creating a webhook by API answers its signature token.
    pub signature_token_in_answer: bool,
    /// Whether creating a note answers the whole note, not only `noteId` (LEVER.md 3.4).
    pub full_note_answer: bool,
    /// Whether a change of an offer moves `updatedAt` of its opportunity (LEVER.md 9).
    pub offers_touch_opportunity: bool,
    /// Whether single templates and new forms are answered without `data` and with times as text, as
    /// printed, instead of like everything else (LEVER.md 2.2).
    pub bare_form_answers: bool,
    /// Whether a Super Admin has switched on “API management of requisitions” (LEVER.md 3.10).
    pub requisition_management: bool,
    /// Status of a successful PUT: 200 as recorded, or 201 as printed (LEVER.md 3).
    pub put_status: u16,
    /// Whether the mailbox offers STARTTLS. Without it a password is taken in clear.
    pub smtp_starttls: bool,
    /// Whether the mailbox takes mails only from a user that has signed in.
    pub smtp_sign_in: bool,
}
}

/// Why a change of the switches is refused.
#[derive(Debug, thiserror::Error)]
pub enum SwitchRefused {
    /// No switch has the name, or the value is of another kind.
    #[error("{0}")]
    Unreadable(#[from] serde_json::Error),
    /// The value is of the right kind and makes no sense.
    #[error("{name} must be {allowed}")]
    OutOfRange {
        /// The switch.
        name: &'static str,
        /// What it may be, in words.
        allowed: &'static str,
    },
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            any_loopback_port: false,
            automatic_consent: None,
            remember_consent: true,
            account_id: Some("practice-account".to_owned()),
            client_secret: None,
            code_lifetime_seconds: 600,
            refresh_reuse: RefreshReuse::Refuse,
            refresh_grace_seconds: 30,
            invalid_grant_status: 403,
            revoke_endpoint: true,
            revoke_effect: RevokeEffect::Grant,
            rate_limit: true,
            retry_after_seconds: None,
            invalid_offset_status: 400,
            date_by_practice_clock: false,
            webhook_id: true,
            webhook_inferred_keys: true,
            retries_repeat_token: true,
            rerun_repeats_token: true,
            retry_waits_seconds: [10, 60, 300, 1_800, 7_200],
            retry_scale: 1.0,
            delivery_timeout_ms: 10_000,
            nested_webhook_data: false,
            signature_token_in_answer: true,
            full_note_answer: true,
            offers_touch_opportunity: false,
            bare_form_answers: true,
            requisition_management: false,
            put_status: 200,
            smtp_starttls: true,
            smtp_sign_in: false,
        }
    }
}

impl Switches {
    /// These switches with the members of `changes` replaced.
    ///
    /// # Errors
    /// [`SwitchRefused`] if `changes` is not an object, names an unknown switch, or holds a value that
    /// is of a wrong type or out of range.
    pub fn with(&self, changes: Value) -> Result<Self, SwitchRefused> {
        let mut merged = serde_json::to_value(self)?;
        match (merged.as_object_mut(), changes) {
            (Some(switches), Value::Object(changes)) => switches.extend(changes),
            (_, changes) => merged = changes,
        }
        let switches: Self = serde_json::from_value(merged)?;
        switches.check()?;
        Ok(switches)
    }

    fn check(&self) -> Result<(), SwitchRefused> {
        let ranges = [
            (
                matches!(self.invalid_grant_status, 400 | 401 | 403),
                "invalid_grant_status",
                "400, 401 or 403",
            ),
            (
                matches!(self.put_status, 200 | 201),
                "put_status",
                "200 or 201",
            ),
            (
                matches!(self.invalid_offset_status, 400..=499),
                "invalid_offset_status",
                "a status from 400 to 499",
            ),
            (
                self.code_lifetime_seconds > 0,
                "code_lifetime_seconds",
                "a number of seconds above 0",
            ),
            (
                self.retry_scale.is_finite() && self.retry_scale >= 0.0,
                "retry_scale",
                "a number that is not negative",
            ),
            (
                self.refresh_grace_seconds >= 0,
                "refresh_grace_seconds",
                "a number of seconds that is not negative",
            ),
            (
                self.delivery_timeout_ms > 0,
                "delivery_timeout_ms",
                "a number of milliseconds above 0",
            ),
        ];
        match ranges.into_iter().find(|(is_allowed, ..)| !is_allowed) {
            Some((_, name, allowed)) => Err(SwitchRefused::OutOfRange { name, allowed }),
            None => Ok(()),
        }
    }

    /// How long a delivery that failed `tries` times waits, in milliseconds; `None` if it is not tried
    /// again. A scale that is negative or not a number counts as zero.
    pub(crate) fn retry_wait_ms(&self, tries: usize) -> Option<i64> {
        let wait_s = self.retry_waits_seconds.get(tries.checked_sub(1)?)?;
        Some((f64::from(*wait_s) * 1_000.0 * self.retry_scale.max(0.0)) as i64)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_change_leaves_the_other_switches_alone() {
        let changed = Switches::default()
            .with(json!({"refresh_reuse": "revoke_family"}))
            .expect("a known switch");
        assert_eq!(changed.refresh_reuse, RefreshReuse::RevokeFamily);
        assert_eq!(changed.put_status, Switches::default().put_status);
    }

    #[test]
    fn a_value_out_of_range_is_refused_and_the_words_say_what_is_allowed() {
        let switches = Switches::default();
        for (change, words) in [
            (
                json!({"invalid_grant_status": 500}),
                "invalid_grant_status must be 400, 401 or 403",
            ),
            (
                json!({"invalid_offset_status": 200}),
                "invalid_offset_status must be a status from 400 to 499",
            ),
            (
                json!({"code_lifetime_seconds": 0}),
                "code_lifetime_seconds must be a number of seconds above 0",
            ),
            (json!({"put_status": 204}), "put_status must be 200 or 201"),
            (
                json!({"retry_scale": -1}),
                "retry_scale must be a number that is not negative",
            ),
            (
                json!({"delivery_timeout_ms": 0}),
                "delivery_timeout_ms must be a number of milliseconds above 0",
            ),
        ] {
            let refused = switches.with(change).expect_err(words);
            assert_eq!(refused.to_string(), words);
        }
    }

    #[test]
    fn every_switch_is_described() {
        let switches = serde_json::to_value(Switches::default()).expect("plain values");
        for (name, description) in Switches::DESCRIPTIONS {
            assert!(!switches[name].is_object(), "{name}");
            assert!(description.trim().ends_with('.'), "{name}: {description}");
        }
        let count = switches.as_object().map(serde_json::Map::len);
        assert_eq!(count, Some(Switches::DESCRIPTIONS.len()));
    }

    #[test]
    fn an_unknown_switch_or_a_wrong_type_is_refused() {
        let switches = Switches::default();
        assert!(switches.with(json!({"warp": true})).is_err());
        assert!(switches.with(json!({"retry_scale": "fast"})).is_err());
        assert!(switches.with(json!([1])).is_err());
    }
}
