//! Changing the client secret in place, when Lever refuses the one that is stored.

use std::sync::Arc;

use super::Connections;
use crate::feed::Tag;
use crate::oauth::ClientSecretError;
use crate::redact;
use crate::store::StoreError;
use crate::store::activity::{Actor, Entry, Kind, Outcome};

/// Why the client secret was not changed, or what is not known after it was.
#[derive(Debug, thiserror::Error)]
pub enum ChangeSecretError {
    /// Nothing was typed.
    #[error("Paste the client secret that Lever issued for Fulcrum.")]
    Empty,
    /// It is not in use.
    #[error(transparent)]
    Refused(#[from] ClientSecretError),
    /// The database cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Connections {
    /// Puts a client secret in place of the stored one once Lever has taken it, and checks the connection, so that
    /// waiting work goes on at once.
    ///
    /// # Errors
    /// [`ChangeSecretError`]; with [`ChangeSecretError::Store`] it may be changed already.
    pub async fn change_client_secret(
        self: &Arc<Self>,
        text: &str,
    ) -> Result<(), ChangeSecretError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(ChangeSecretError::Empty);
        }
        let secret = redact::secret(text);
        self.access.change_client_secret(secret).await?;
        let now = self.clock.now().as_millisecond();
        let bell = self.bell.clone();
        let changed = self.store.write(move |db| {
            bell.connected(db, now)?;
            let sentence = "You changed the client secret of Fulcrum's registration with Lever.";
            Entry::new(Kind::Connection, Outcome::Done, sentence)
                .by(Actor::You)
                .write(db, now)
        });
        changed.await.map_err(|problem: StoreError| problem)?;
        self.bell.ring();
        self.feed.changed(&[Tag::Connection, Tag::Activity]);
        Ok(self.validate(Actor::Fulcrum).await?)
    }
}
