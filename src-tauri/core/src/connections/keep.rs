//! A new login takes the place of the old one. Mappings, listeners and history stay.

use super::{Connections, Integration};
use crate::feed::Tag;
use crate::store::activity::{Actor, Entry, Kind, Outcome};
use crate::store::connections::{self, ConnectionRow};
use crate::store::{StoreError, gaps, listeners, permission_uses, samples};

impl Connections {
    /// Saves a connection in place of the old one, with its line in the log. For the same organisation waiting work
    /// goes on and the listeners are as they were; for another one work stays, and the listeners start switched off.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be written; the connection stays as it was.
    pub(super) async fn keep(
        &self,
        row: ConnectionRow,
        sentence: String,
        same_organisation: bool,
    ) -> Result<(), StoreError> {
        let (integration, now) = (self.integration, self.clock.now().as_millisecond());
        let bell = self.bell.clone();
        let _no_uses_meanwhile = self.keeping_uses.lock().await;
        self.store
            .write(move |db| {
                connections::put(db, integration, &row)?;
                if same_organisation {
                    bell.connected(db, now)?;
                    listeners::resume(db, integration)?;
                    if integration == Integration::Onboarding {
                        gaps::put_reconnected_at(db, now)?;
                    }
                } else {
                    permission_uses::forget(db, integration)?;
                    samples::remove_all(db, integration)?;
                    listeners::switch_all_off(db, integration, now)?;
                    if integration == Integration::Onboarding {
                        gaps::start_anew(db, now)?;
                    }
                }
                Entry::new(Kind::Connection, Outcome::Done, sentence)
                    .by(Actor::You)
                    .write(db, now)
            })
            .await?;
        if !same_organisation {
            self.access.meter().take();
        }
        self.access.forget();
        self.forget_failure();
        self.bell.ring();
        self.feed
            .changed(&[Tag::Connection, Tag::Activity, Tag::Listeners]);
        Ok(())
    }
}
