//! Whether this copy of the data folder may act (RELIABILITY.md T16, I12): of two copies one does, and the other stands
//! by. Known from the relay, and heeded wherever something reaches the outside.

use std::sync::Arc;

use tokio::sync::watch;

/// How this copy stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The relay is being asked for the first time in this run.
    Asking,
    /// The relay could not be asked in this run: the user may do what they like, and waiting work goes on waiting.
    Unknown,
    /// It acts, on all that came without a relay, and on the relay's events up to this number.
    Acts(i64),
    /// Another copy is in use.
    StandsBy,
}

/// A shared [`Standing`]; clones are the same one.
#[derive(Clone)]
pub struct StandingCell(Arc<watch::Sender<Standing>>);

impl StandingCell {
    /// As it is known from the last run.
    pub fn new(standing: Standing) -> Self {
        Self(Arc::new(watch::Sender::new(standing)))
    }

    /// How it stands right now.
    pub fn get(&self) -> Standing {
        *self.0.borrow()
    }

    /// How it stands as soon as the relay was asked.
    pub async fn decided(&self) -> Standing {
        let mut changes = self.0.subscribe();
        let decided = changes.wait_for(|standing| *standing != Standing::Asking);
        // The sender lives as long as the cell.
        decided
            .await
            .map_or(Standing::Unknown, |standing| *standing)
    }

    /// What it is from now on.
    pub fn changes(&self) -> watch::Receiver<Standing> {
        self.0.subscribe()
    }

    /// The relay has answered.
    pub fn set(&self, standing: Standing) {
        self.0.send_replace(standing);
    }

    /// The relay gives events up to this number to no other copy any more.
    pub fn confirm(&self, through: i64) {
        self.0.send_if_modified(|standing| match standing {
            Standing::Acts(known) if through > *known => {
                *known = through;
                true
            }
            _ => false,
        });
    }

    /// The relay does not answer: that changes nothing once it did.
    pub fn unreachable(&self) {
        self.0.send_if_modified(|standing| {
            let asking = *standing == Standing::Asking;
            if asking {
                *standing = Standing::Unknown;
            }
            asking
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relay_that_goes_away_changes_nothing_once_it_answered() {
        for (before, after) in [
            (Standing::Asking, Standing::Unknown),
            (Standing::Acts(7), Standing::Acts(7)),
            (Standing::StandsBy, Standing::StandsBy),
        ] {
            let cell = StandingCell::new(before);
            cell.unreachable();
            assert_eq!(cell.get(), after);
        }
    }

    #[test]
    fn only_a_copy_that_acts_is_confirmed_and_never_backwards() {
        for (before, after) in [
            (Standing::Acts(7), Standing::Acts(9)),
            (Standing::Acts(12), Standing::Acts(12)),
            (Standing::StandsBy, Standing::StandsBy),
            (Standing::Asking, Standing::Asking),
        ] {
            let cell = StandingCell::new(before);
            cell.confirm(9);
            assert_eq!(cell.get(), after);
        }
    }
}
