//! The check of a delivery's signature, step by step, as a person can follow it. Neither the key nor what it computes is
//! ever among the steps: only whether they fit.

use secrecy::SecretString;
use serde::Serialize;
use ts_rs::TS;

use super::signature::Signed;

/// One step of the check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CheckStep {
    /// What is looked at.
    pub title: String,
    /// What was found there; none where nothing is shown.
    pub value: Option<String>,
    /// Whether it is right; none if it could not be told.
    pub passed: Option<bool>,
    /// What that means, in words.
    pub words: String,
}

fn step(
    title: &str,
    value: Option<String>,
    passed: Option<bool>,
    words: impl Into<String>,
) -> CheckStep {
    CheckStep {
        title: title.to_owned(),
        value,
        passed,
        words: words.into(),
    }
}

/// Checks a delivery's body with a signature token, or without one as far as that goes.
pub fn check(body: &[u8], token: Option<&SecretString>) -> Vec<CheckStep> {
    let signed = match Signed::parse(body) {
        Ok(signed) => signed,
        Err(problem) => {
            let words = format!("This is not a delivery from Lever: {problem}.");
            return vec![step("Token, time and signature", None, Some(false), words)];
        }
    };
    let mut steps = vec![
        step(
            "token, as received",
            Some(signed.token().to_owned()),
            Some(true),
            "It has the form of Lever's.",
        ),
        step(
            "triggeredAt, as received",
            Some(signed.triggered_at().to_string()),
            Some(true),
            "A time in milliseconds.",
        ),
        step(
            "What is signed",
            Some(signed.message()),
            Some(true),
            "Both joined, without anything between them.",
        ),
        step(
            "signature, as received",
            Some(signed.signature_hex()),
            Some(true),
            "64 hexadecimal digits.",
        ),
    ];
    let (passed, words) = match token.map(|token| signed.verify(token)) {
        None => (None, "The listener has no signature token yet."),
        Some(true) => (
            Some(true),
            "HMAC-SHA256 with the listener's token matches the signature.",
        ),
        Some(false) => (
            Some(false),
            "HMAC-SHA256 with the listener's token does not match: it was signed with another token, or changed.",
        ),
    };
    steps.push(step("Computed and received", None, passed, words));
    steps
}

#[cfg(test)]
mod tests {
    use hmac::{Hmac, KeyInit, Mac};
    use sha2::Sha256;

    use super::*;

    const KEY: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
    const TOKEN: &str = "00112233445566778899aabbccddeeff";
    const TIME: i64 = 1_767_225_600_000;

    fn genuine() -> (Vec<u8>, String) {
        let mut mac = Hmac::<Sha256>::new_from_slice(KEY.as_bytes()).unwrap();
        mac.update(format!("{TOKEN}{TIME}").as_bytes());
        let signature = hex::encode(mac.finalize().into_bytes());
        let body =
            format!(r#"{{"token":"{TOKEN}","triggeredAt":{TIME},"signature":"{signature}"}}"#);
        (body.into_bytes(), signature)
    }

    #[test]
    fn each_step_shows_what_came_and_the_last_whether_it_fits() {
        let (body, signature) = genuine();
        let steps = check(&body, Some(&SecretString::from(KEY)));
        let values: Vec<_> = steps.iter().filter_map(|step| step.value.clone()).collect();
        assert_eq!(
            values,
            [
                TOKEN.to_owned(),
                TIME.to_string(),
                format!("{TOKEN}{TIME}"),
                signature
            ]
        );
        assert!(steps.iter().all(|step| step.passed == Some(true)));
        assert_eq!(check(&body, None).last().unwrap().passed, None);
        let stopped = check(b"{}", None);
        assert_eq!((stopped.len(), stopped[0].passed), (1, Some(false)));
    }

    #[test]
    fn what_another_key_would_have_computed_is_not_shown() {
        let (body, _) = genuine();
        let other = SecretString::from("another-token-another-token");
        let steps = check(&body, Some(&other));
        let last = steps.last().unwrap();
        assert_eq!((last.passed, &last.value), (Some(false), &None));
        let shown = format!("{steps:?}");
        assert!(!shown.contains("another-token-another-token"));
    }
}
