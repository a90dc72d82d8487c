//! What a call to Lever shows as proof of who it is, and who hands it out.

use async_trait::async_trait;
use data_encoding::BASE64;
use secrecy::{ExposeSecret, SecretString};

/// Proof that goes with one call. It has no `Debug` and no `Serialize`, so that it reaches no log.
#[derive(Clone)]
pub enum Credential {
    /// An OAuth access token, sent as `Authorization: Bearer` (RFC 6750).
    Bearer(SecretString),
    /// A Lever API key, sent as the user name of HTTP Basic with an empty password (LEVER.md 2.1).
    ApiKey(SecretString),
}

impl Credential {
    /// Whether both are the same proof: a caller that waited may find that another one replaced it already.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Bearer(mine), Self::Bearer(theirs))
            | (Self::ApiKey(mine), Self::ApiKey(theirs)) => {
                mine.expose_secret() == theirs.expose_secret()
            }
            (Self::Bearer(_), Self::ApiKey(_)) | (Self::ApiKey(_), Self::Bearer(_)) => false,
        }
    }

    /// `text` without this proof, for words of whoever was shown it.
    pub fn cut_out_of(&self, text: &str) -> String {
        let shown = match self {
            Self::Bearer(secret) => vec![secret.expose_secret().to_owned()],
            // As it is, and as HTTP Basic shows it (RFC 7617).
            Self::ApiKey(secret) => {
                let key = secret.expose_secret();
                vec![BASE64.encode(format!("{key}:").as_bytes()), key.to_owned()]
            }
        };
        let shown = shown.iter().filter(|secret| !secret.is_empty());
        shown.fold(text.to_owned(), |text, secret| text.replace(secret, "…"))
    }
}

/// Why there is no credential.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Nobody connected Lever yet, or it was disconnected.
    #[error("Lever is not connected.")]
    NotConnected,
    /// Another copy of the data folder is in use, whose tokens these are.
    #[error("This copy of the data folder stands by, so it does not ask Lever. Home says more.")]
    StandingBy,
    /// Lever no longer accepts the connection (`invalid_grant`, LEVER.md 1.7, or a refused API key).
    #[error("Lever no longer accepts this connection. Connect again.")]
    ReconnectNeeded {
        /// What Lever said, without secrets.
        detail: String,
    },
    /// Lever refuses the app's client secret (`invalid_client`, LEVER.md 1.7), so nothing new is given. The grant
    /// may well be fine.
    #[error("Lever refuses the client secret. Change the client secret under Integrations.")]
    ClientRefused {
        /// What Lever said, without secrets.
        detail: String,
    },
    /// The authorization server could not be asked; the connection may well be fine.
    #[error("Lever's sign-in cannot be reached. Fulcrum tries again.")]
    Unreachable {
        /// What happened, without secrets.
        detail: String,
    },
}

/// Hands out the credential of one connection and replaces it when Lever refuses it.
#[async_trait]
pub trait AccessTokens: Send + Sync {
    /// The credential to use now, refreshed first if it is known to have run out.
    ///
    /// # Errors
    /// [`TokenError`] where there is none to use.
    async fn current(&self) -> Result<Credential, TokenError>;

    /// A credential to use instead of `refused`, which Lever answered with 401. Callers may come at the same
    /// time: one refreshes and the others get its result, because an old refresh token must not be used twice
    /// (LEVER.md 1.6).
    ///
    /// # Errors
    /// [`TokenError`] where there is no other; always so for a refused API key.
    async fn replace(&self, refused: &Credential) -> Result<Credential, TokenError>;
}
