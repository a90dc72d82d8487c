//! What Lever says when it refuses a call (LEVER.md 2.7).

use reqwest::StatusCode;
use serde::Deserialize;

use super::endpoint::Endpoint;
use super::error::Error;
use crate::http::tokens::Credential;

/// The most characters of Lever's words that are kept.
const LONGEST_WORDS: usize = 200;

/// Lever's error body; anything else between Lever and here may have answered too.
#[derive(Default, Deserialize)]
struct Refusal {
    code: Option<String>,
    #[serde(default)]
    message: String,
}

/// The error behind an answer that is neither a success nor passing. `credential` is the one that was sent: it is
/// taken out of what is repeated.
pub(super) fn refusal(
    endpoint: &'static Endpoint,
    status: StatusCode,
    body: &[u8],
    credential: &Credential,
) -> Error {
    let Endpoint { verb, thing, scope } = *endpoint;
    let said: Refusal = serde_json::from_slice(body).unwrap_or_default();
    match status {
        _ if said.message.contains("Invalid offset token") => Error::StaleCursor { thing },
        StatusCode::FORBIDDEN if said.message.contains("signing key") => Error::WrongEnvironment,
        StatusCode::FORBIDDEN => Error::Forbidden {
            verb,
            thing,
            scope_hint: scope,
        },
        StatusCode::NOT_FOUND | StatusCode::GONE => Error::NotFound { thing },
        _ => Error::Refused {
            verb,
            thing,
            status: status.as_u16(),
            code: said
                .code
                .map(|code| credential.cut_out_of(&code))
                .filter(|code| is_name(code)),
            words: words(&said.message, credential),
        },
    }
}

/// Whether it looks like an error name of Lever's own.
fn is_name(code: &str) -> bool {
    code.len() <= 60 && code.chars().all(|c| c.is_ascii_alphanumeric())
}

/// Lever's sentence on one line, without what it may repeat of the call: the credential, addresses, ids and
/// numbers.
fn words(message: &str, credential: &Credential) -> Option<String> {
    let message = credential.cut_out_of(message);
    let words: Vec<&str> = message
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .map(|word| if is_plain(word) { word } else { "…" })
        .collect();
    let line = words.join(" ");
    (!line.is_empty()).then(|| line.chars().take(LONGEST_WORDS).collect())
}

fn is_plain(word: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    digits < 4 && word.chars().count() <= 40 && !word.contains(['@', '<', '>'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(message: &str) -> Option<String> {
        words(message, &Credential::Bearer("token-0".into()))
    }

    #[test]
    fn levers_words_are_kept() {
        let sentence = "Missing perform_as parameter. Please specify a user.";
        assert_eq!(said(sentence).as_deref(), Some(sentence));
        assert_eq!(
            said("posting\n is\u{1b}[31m not expandable").as_deref(),
            Some("posting is [31m not expandable")
        );
        assert_eq!(said(" \n"), None);
        assert_eq!(said(&"word ".repeat(100)).unwrap().chars().count(), 200);
    }

    #[test]
    fn what_lever_repeats_of_the_call_is_left_out() {
        assert_eq!(
            said("stages 3f0c5a4e-7a53-4a8e-9d0a-0c2f7a1b1001 was not found").as_deref(),
            Some("stages … was not found")
        );
        assert_eq!(
            said("No user rosa@example.com or +351210000001 for Bearer:token-0!").as_deref(),
            Some("No user … or … for Bearer:…!")
        );
        assert_eq!(said(&"x".repeat(5_000)).as_deref(), Some("…"));
    }
}
