//! An API key as the way in: its form is looked at, it is tried with a harmless read, and only then it is kept
//! (LEVER.md 2.1).

use secrecy::SecretString;

use super::Account;
use super::Connections;
use super::model::ConnectionState;
use super::organisation::NewLogin;
use crate::config::{Environment, LeverAddresses};
use crate::http::Credential;
use crate::lever;
use crate::redact;
use crate::store::StoreError;
use crate::store::connections::{ConnectionRow, Login};
use crate::store::names::name;

/// How long a key may be, in characters. Lever documents no length, so nothing that could be one is refused.
const LENGTHS: std::ops::RangeInclusive<usize> = 8..=256;

/// Why an API key is not taken; nothing is saved then.
#[derive(Debug, thiserror::Error)]
pub enum ApiKeyError {
    /// It cannot be an API key of Lever's.
    #[error("{0}")]
    Form(&'static str),
    /// The environment has no addresses.
    #[error("No address was given at the start of the program for this choice.")]
    NoAddress,
    /// Lever does not know it (401).
    #[error(
        "Lever ({environment}) does not accept this API key. Copy it again, whole and alone, and check that it \
         was made in {environment}; a key that was deleted there cannot be used any more."
    )]
    Refused {
        /// The environment's label.
        environment: &'static str,
    },
    /// It could not be tried.
    #[error("The API key could not be tried, so it was not saved. {0}")]
    Untried(lever::Error),
    /// The database cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Connections {
    /// Connects with an API key, in place of whatever was there before. Ends a sign-in that waits. A key that may be
    /// of another organisation waits to be confirmed.
    ///
    /// # Errors
    /// [`ApiKeyError`]; the connection stays as it was.
    pub async fn use_api_key(
        &self,
        environment: Environment,
        text: &str,
    ) -> Result<(), ApiKeyError> {
        let key = parse(text)?;
        let addresses =
            LeverAddresses::of(environment, self.custom.as_ref()).ok_or(ApiKeyError::NoAddress)?;
        let label = environment.label();
        let client = self
            .access
            .trial(&addresses, Credential::ApiKey(key.clone()));
        match client.probe("opportunities:read:admin").await {
            // A key without this permission is a key all the same: Validate tells what it may not do.
            Ok(_) => {}
            Err(problem) if problem.needs_connection() => {
                return Err(ApiKeyError::Refused { environment: label });
            }
            Err(problem) => return Err(ApiKeyError::Untried(problem)),
        }
        if self.waiting().is_some() {
            self.cancel();
        }
        self.forget_failure();
        let row = ConnectionRow {
            environment: name(&environment)?,
            login: Login::ApiKey(Some(key)),
            granted: String::new(),
            account: serde_json::to_string(&Account::default()).map_err(StoreError::from)?,
            state: name(&ConnectionState::ConnectedNotValidated)?,
            checks: "[]".to_owned(),
            connected_at: self.clock.now().as_millisecond(),
            validated_at: None,
        };
        let integration = self.integration.label();
        let sentence = format!("You connected Lever ({label}) for {integration} with an API key.");
        let new = NewLogin {
            row,
            account: Account::default(),
            lever: client,
            sentence,
            exchange: None,
        };
        Ok(self.take(new).await?)
    }
}

/// The key as it was copied, without outer white space.
fn parse(text: &str) -> Result<SecretString, ApiKeyError> {
    let key = text.trim();
    let refuse = |sentence| Err(ApiKeyError::Form(sentence));
    if key.is_empty() {
        return refuse("Paste the API key that Lever showed when it was made.");
    }
    if key.starts_with("http") {
        return refuse("This is an address. Paste the API key itself.");
    }
    if key.starts_with("eyJ") {
        return refuse("This is an access token, which ends within the hour. Paste an API key.");
    }
    if key.contains(':') {
        return refuse(
            "An API key holds no colon. Paste the key alone, without what stands around it.",
        );
    }
    if !LENGTHS.contains(&key.len()) || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return refuse(
            "This does not look like an API key: copy it again in Lever, whole and alone.",
        );
    }
    Ok(redact::secret(key))
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn a_key_is_taken_without_the_white_space_of_copying() {
        for key in [
            "practice-api-key",
            "d3ADb33fd3ADb33fd3ADb33fd3ADb33fd3ADb33fd3ADb33f",
        ] {
            let parsed = parse(&format!(" {key}\r\n")).unwrap();
            assert_eq!(parsed.expose_secret(), key);
        }
    }

    #[test]
    fn what_cannot_be_a_key_is_refused_with_what_to_do() {
        let long = "a".repeat(257);
        for (text, words) in [
            ("", "Paste the API key"),
            ("\u{a0} \n", "Paste the API key"),
            ("https://hire.lever.co/settings", "This is an address"),
            ("eyJhbGciOiJIUzUxMiJ9.e30.c2ln", "access token"),
            ("practice-api-key:", "without what stands around it"),
            ("short", "copy it again"),
            ("two words and more", "copy it again"),
            ("practice-api\u{0}key", "copy it again"),
            ("schlüssel-mit-umlaut", "copy it again"),
            (long.as_str(), "copy it again"),
        ] {
            let refused = parse(text).map(drop).unwrap_err().to_string();
            assert!(refused.contains(words), "{text:?}: {refused}");
        }
    }
}
