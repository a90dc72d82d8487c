//! One copy of an installation at a time (RELIABILITY.md T16): of two that share a key, one is let in.

use std::sync::Arc;

use super::Shared;
use super::cluster::Cluster;
use super::directory::Mailbox;
use super::store;
use crate::protocol::{Fence, Position, Refusal};

/// A session that has begun.
pub(super) struct Begun {
    /// The session counts as long as no later one has begun.
    pub(super) number: u64,
    /// Events that wait for the device.
    pub(super) waiting: u64,
    /// How far the events went; none for a desktop without a fence.
    pub(super) position: Option<Position>,
}

/// Begins a session, which ends the one before. A copy that was overtaken is turned away, and the one in use
/// goes on undisturbed.
pub(super) async fn begin(
    shared: &Shared,
    mailbox: &Arc<Mailbox>,
    fence: Option<Fence>,
) -> Result<Begun, Refusal> {
    if let Some(cluster) = &shared.cluster {
        return begin_shared(cluster.as_ref(), mailbox, fence).await;
    }
    let waiting = mailbox.waiting.used().events;
    let Some(fence) = fence else {
        return Ok(Begun {
            number: next(mailbox),
            waiting,
            position: None,
        });
    };
    let mailbox = Arc::clone(mailbox);
    // In the writer's turn, so that no acknowledgement of the session before comes between look and begin.
    let begin = move |connection: &_| {
        let position = store::position(connection, mailbox.device)?;
        if fence.is_behind(position.acknowledged) {
            return Ok(Err(Refusal::Superseded));
        }
        Ok(Ok(Begun {
            number: next(&mailbox),
            waiting,
            position: Some(position),
        }))
    };
    shared.writer.write(begin, |_| ()).await?
}

fn next(mailbox: &Mailbox) -> u64 {
    let mut number = 0;
    mailbox.sessions.send_modify(|sessions| {
        *sessions += 1;
        number = *sessions;
    });
    number
}

async fn begin_shared(
    cluster: &dyn Cluster,
    mailbox: &Mailbox,
    fence: Option<Fence>,
) -> Result<Begun, Refusal> {
    let begun = cluster.begin_session(mailbox.key, fence).await?;
    let begun = begun.ok_or(Refusal::Superseded)?;
    mailbox.arrived(begun.position.newest);
    mailbox.expired.send_replace(begun.expired);
    mailbox
        .sessions
        .send_modify(|newest| *newest = begun.number.max(*newest));
    Ok(Begun {
        number: begun.number,
        waiting: begun.waiting,
        position: fence.map(|_| begun.position),
    })
}
