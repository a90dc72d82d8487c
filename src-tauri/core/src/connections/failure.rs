//! Why a sign-in gave no connection: what happened and the one thing to do, in words (LEVER.md 1.3, 1.4, 1.7).
//! Nothing that was there before is changed by any of them.

use super::sign_in::WRONG_ISSUER;
use crate::oauth::ExchangeError;
use crate::oauth::loopback::Denied;
use crate::store::StoreError;

/// The most characters of Lever's words that are kept.
const LONGEST_DETAIL: usize = 400;

/// A failure in words, before it has a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failure {
    /// What happened.
    pub(super) sentence: String,
    /// The one thing to do.
    pub(super) action: String,
    /// The raw text.
    pub(super) detail: Option<String>,
}

fn failure(sentence: &str, action: &str) -> Failure {
    Failure {
        sentence: sentence.to_owned(),
        action: action.to_owned(),
        detail: None,
    }
}

impl Failure {
    fn with(self, detail: &str) -> Self {
        let detail = detail.chars().take(LONGEST_DETAIL).collect();
        Self {
            detail: Some(detail),
            ..self
        }
    }
}

/// Nothing came back in time. Lever shows a wrong client id or redirect address on a page of its own and sends
/// the browser nowhere (LEVER.md 1.3), so this is how they end too.
pub(super) fn time_is_up() -> Failure {
    failure(
        "The sign-in ended after ten minutes without an answer from Lever.",
        "Start it again when you are ready. If Lever's page showed an error instead of a list of permissions, or the \
         word \u{201c}undefined\u{201d}, compare the client id and the redirect addresses here with those that are \
         registered with Lever.",
    )
}

/// Lever sent the browser back without a code (LEVER.md 1.4: its description is shown and never compared).
pub(super) fn denied(denied: &Denied) -> Failure {
    let (sentence, action) = match denied.error.as_str() {
        "access_denied" => (
            "You chose not to allow access, or your role in Lever may not allow it. Nothing was changed.",
            "Sign in again and click Accept. If that is what you did, ask a Super Admin of your Lever to sign in here: \
             Lever refuses everybody else at the very end.",
        ),
        WRONG_ISSUER => (
            "The answer came from another server than the one that was asked, so it was thrown away.",
            "Close the other tabs of Lever. Then sign in again.",
        ),
        "invalid_scope" => (
            "Lever's registration of Fulcrum lacks a permission that was asked for.",
            "Ask Lever to add the permissions of the list to the registration. Then sign in again.",
        ),
        "unauthorized_client" => (
            "Lever does not let this client id sign anybody in.",
            "Check the client id and the environment. If both are right, ask Lever to open its registration of Fulcrum.",
        ),
        "login_required" | "consent_required" | "interaction_required" => (
            "Lever got no answer from you in the browser.",
            "Log in to Lever in that browser first. Then sign in again.",
        ),
        "server_error" | "temporarily_unavailable" => (
            "Lever had a problem of its own. Nothing was changed.",
            "Try again in a few minutes.",
        ),
        "invalid_request" | "unsupported_response_type" => (
            "Lever could not read what Fulcrum asked for.",
            "Check the environment. If it is right, show the details to whoever looks after Fulcrum.",
        ),
        _ => (
            "Lever refused the sign-in for a reason that Fulcrum does not know.",
            "Check the client id, its redirect addresses and the environment; the details hold Lever's own words.",
        ),
    };
    let said = match &denied.description {
        Some(description) => format!("{}: {description}", denied.error),
        None => denied.error.clone(),
    };
    failure(sentence, action).with(&said)
}

/// The token endpoint gave no tokens (LEVER.md 1.7).
pub(super) fn exchange(problem: &ExchangeError) -> Failure {
    let (sentence, action, detail) = match problem {
        ExchangeError::Refused { detail } => (
            "Lever no longer took the answer that the browser brought: it came too late, or it was used before.",
            "Sign in again, and go on in the newest browser tab.",
            detail,
        ),
        ExchangeError::Client { detail } => (
            "Lever does not know this client id, or the client secret is wrong.",
            "Copy both again from what Lever sent you, and check that they are for this environment.",
            detail,
        ),
        ExchangeError::Unreachable { detail } => (
            "Lever's sign-in could not be reached, or did not answer in time. Nothing was changed.",
            "Check this computer's network. Then sign in again.",
            detail,
        ),
        ExchangeError::Failed { detail } => (
            "Lever had a problem of its own while it finished the sign-in. Nothing was changed.",
            "Sign in again in a few minutes.",
            detail,
        ),
        ExchangeError::Widened { detail } => (
            "Lever allowed Fulcrum more than it asked for, so the answer was thrown away. Nothing was changed.",
            "Sign in again. If it happens again, write to Lever; the details name what nobody asked for.",
            detail,
        ),
        ExchangeError::Address { detail } => (
            "The address of Lever's sign-in cannot be used.",
            "Choose another environment, or correct the address at the start of the program.",
            detail,
        ),
    };
    failure(sentence, action).with(detail)
}

/// Lever allowed staying signed in and nothing to do with it (LEVER.md 1.3: the audience was missing).
pub(super) fn nothing_granted() -> Failure {
    failure(
        "Lever granted nothing but staying signed in, so nothing could be read. Nothing was changed.",
        "Check the environment: Lever did not know the address of the API that was asked for (its audience).",
    )
}

/// The API does not know who signed the new token (LEVER.md 1.3: 403, no matching signing key).
pub(super) fn other_environment(chosen: &str) -> Failure {
    let sentence = format!(
        "This sign-in belongs to Lever's other environment, not to {chosen}. Nothing was changed."
    );
    let action = "Choose the environment that the client id was made for, and sign in again.";
    failure(&sentence, action)
}

/// The API refuses the token that Lever gave a moment ago.
pub(super) fn not_accepted() -> Failure {
    failure(
        "Lever gave a sign-in that its own API does not accept. Nothing was changed.",
        "Sign in again. If it happens again, ask a Super Admin whether Fulcrum was revoked meanwhile.",
    )
}

/// It could not be written.
pub(super) fn not_saved(problem: &StoreError) -> Failure {
    failure(
        "Lever agreed, but the connection could not be saved.",
        "Look whether this computer's disk is full. Then sign in again.",
    )
    .with(&problem.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(error: &str, description: Option<&str>) -> Failure {
        denied(&Denied {
            error: error.to_owned(),
            description: description.map(str::to_owned),
        })
    }

    #[test]
    fn a_denial_is_told_by_its_error_and_never_by_its_description() {
        for description in [
            Some("User did not authorize the request"),
            Some("user_did_not_authorize"),
            Some("server_error"),
            None,
        ] {
            let told = said("access_denied", description);
            assert!(told.sentence.starts_with("You chose not to allow access"));
            assert!(told.action.contains("Super Admin"));
        }
    }

    #[test]
    fn every_error_of_the_authorization_server_has_words_of_its_own() {
        let known = [
            "access_denied",
            "invalid_scope",
            "unauthorized_client",
            "login_required",
            "server_error",
            "invalid_request",
            "something_new",
        ];
        let mut sentences: Vec<_> = known.map(|error| said(error, None).sentence).to_vec();
        sentences.sort();
        sentences.dedup();
        assert_eq!(sentences.len(), known.len());
        for error in known {
            assert_eq!(said(error, None).detail.as_deref(), Some(error));
        }
    }

    #[test]
    fn levers_words_are_kept_for_the_details_and_cut_where_they_are_endless() {
        let told = said("server_error", Some(&"x".repeat(10_000)));
        assert_eq!(told.detail.unwrap().chars().count(), LONGEST_DETAIL);
    }
}
