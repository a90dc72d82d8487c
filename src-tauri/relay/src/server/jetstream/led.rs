//! Whether a stream is led by a server that a majority follows. A server that is cut off from the others answers questions
//! about a stream all the same: for up to twenty seconds as the leader that it was, and then as one that knows of none.

use std::time::Duration;

use async_nats::jetstream::stream::{ClusterInfo, Info, InfoError, Stream};

/// When a leader must have heard from a majority last. Servers answer it every second, and choose no other for four seconds
/// after they heard from it (nats-server, `server/raft.go`, `hbInterval` and `minElectionTimeout`): of two that think
/// that they lead, one is found out.
const HEARD_WITHIN: Duration = Duration::from_secs(3);

/// Why a stream takes nothing.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotLed {
    /// There is no answer.
    #[error("the stream's leader does not answer")]
    Silent(#[from] InfoError),
    /// There is no leader, or one that stands alone.
    #[error("the stream has no leader that a majority of its servers follows")]
    NoMajority,
}

/// What is in a stream, by the word of a leader that a majority follows.
pub(super) async fn info(stream: &Stream) -> Result<Info, NotLed> {
    let info = stream.get_info().await?;
    if is_led(info.cluster.as_ref()) {
        Ok(info)
    } else {
        Err(NotLed::NoMajority)
    }
}

fn is_led(cluster: Option<&ClusterInfo>) -> bool {
    // A server that belongs to no cluster says nothing of one.
    let Some(cluster) = cluster else {
        return true;
    };
    let others = cluster.replicas.iter();
    let heard = others.filter(|other| other.active < HEARD_WITHIN).count();
    // The leader is not among the others.
    cluster.leader.is_some() && 2 * (heard + 1) > cluster.replicas.len() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_led_while_its_leader_hears_from_a_majority() {
        let led = |leader: Option<&str>, heard_seconds_ago: &[u64]| {
            let replicas: Vec<_> = heard_seconds_ago
                .iter()
                .map(|ago| {
                    let active = ago * 1_000_000_000;
                    serde_json::json!({ "name": "other", "current": true, "active": active })
                })
                .collect();
            let answer = serde_json::json!({ "leader": leader, "replicas": replicas });
            is_led(Some(&serde_json::from_value(answer).unwrap()))
        };
        assert!(is_led(None));
        assert!(led(Some("one"), &[]));
        assert!(led(Some("one"), &[0, 60]));
        assert!(!led(Some("one"), &[3, 60]), "it is cut off");
        assert!(!led(Some("one"), &[3]), "half is no majority");
        assert!(led(Some("one"), &[0, 1, 60, 60]));
        assert!(!led(Some("one"), &[0, 60, 60, 60]));
        assert!(!led(None, &[0, 0]), "it stood down");
    }
}
