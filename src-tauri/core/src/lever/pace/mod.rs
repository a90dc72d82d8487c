//! When calls may go out: one line for everything that uses a grant, served below Lever's rate limit.

mod bucket;
mod line;
mod queue;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use self::line::Line;
use crate::clock::SharedClock;

/// Who waits for a call. Whoever stands higher goes first; each of the others gets about every twentieth call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Priority {
    /// A person in front of the screen.
    Person,
    /// An event from Lever that is being handled.
    Event,
    /// A look whether something changed, which nobody asked for just now.
    Poll,
    /// The past, which has waited already.
    History,
}

/// How fast calls may follow each other, and the clock that says so. Clones share one line.
#[derive(Clone)]
pub struct Pace {
    clock: SharedClock,
    line: Option<Arc<Line>>,
}

/// Leave for one call, given at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Leave(Timestamp);

/// Lever asked everyone to wait for longer than anybody stands in line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) wait: Duration,
    pub(super) until: Timestamp,
}

impl Pace {
    /// Lever's figures, and slower for a while after Lever says that it was too fast.
    pub fn lever(clock: SharedClock) -> Self {
        let line = Some(Arc::new(Line::new(Arc::clone(&clock))));
        Self { clock, line }
    }

    /// No limit, for a practice Lever on this machine.
    pub fn unlimited(clock: SharedClock) -> Self {
        Self { clock, line: None }
    }

    pub(super) fn clock(&self) -> &SharedClock {
        &self.clock
    }

    /// Returns when the next call may go out. Dropping the future leaves the line; the place goes to the next.
    ///
    /// # Errors
    /// [`Held`] if that is a long time off.
    pub(super) async fn admit(&self, priority: Priority) -> Result<Leave, Held> {
        match &self.line {
            Some(line) => line.admit(priority).await.map(Leave),
            None => Ok(Leave(self.clock.now())),
        }
    }

    /// Takes note that Lever answered 429 to a call with `leave` and perhaps `asked` to wait.
    pub(super) fn slow_down(&self, leave: Leave, asked: Option<Duration>) {
        if let Some(line) = &self.line {
            line.slow_down(leave.0, asked);
        }
    }
}
