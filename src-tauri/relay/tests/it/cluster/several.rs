//! Two relays on one store: whatever one takes or is told, the other delivers and knows.

use fulcrum_relay::client::{Incoming, Session};
use fulcrum_relay::protocol::Refusal;

use super::nats::Nats;
use crate::invariants::program::Program;
use crate::sender::post;
use crate::world::{Desktop, events, next};

/// Two relays, each a process of its own, on one NATS server.
pub struct Pair {
    pub one: Program,
    pub two: Program,
    nats: Nats,
    folder: tempfile::TempDir,
}

pub async fn pair() -> Pair {
    let nats = Nats::start(1, "sync_interval: always");
    nats.until_it_answers().await;
    let folder = tempfile::tempdir().unwrap();
    Pair {
        one: nats.relay(folder.path(), "one").await,
        two: nats.relay(folder.path(), "two").await,
        nats,
        folder,
    }
}

impl Pair {
    /// Kills the first relay and starts it again.
    pub async fn kill_one(self) -> Self {
        self.one.kill().await;
        let one = self.nats.relay(self.folder.path(), "one").await;
        Self { one, ..self }
    }
}

#[tokio::test]
async fn an_event_posted_to_one_relay_reaches_a_desktop_at_the_other() {
    let pair = pair().await;
    let mut desktop = Desktop::join(&pair.one.url).await;
    for n in 0..20 {
        let status = post(&pair.two.address(), desktop.endpoint, &n.to_string()).await;
        assert_eq!(status, 200);
    }
    let got = desktop.events(20).await;
    let bodies: Vec<_> = got.iter().map(|event| desktop.body(event)).collect();
    let sent: Vec<_> = (0..20).map(|n| n.to_string()).collect();
    assert_eq!(bodies, sent, "all, once, in their order");

    // Acknowledged here, gone there.
    desktop.session.ack(got[14].seq);
    desktop
        .session
        .register(desktop.endpoint, desktop.key.public());
    next(&mut desktop.session).await;
    let mut elsewhere = Session::connect(&pair.two.url, &desktop.identity)
        .await
        .unwrap();
    assert_eq!(elsewhere.welcome().waiting, 5);
    assert_eq!(events(&mut elsewhere, 5).await, got[15..]);
    let ended = next(&mut desktop.session).await;
    assert!(
        matches!(
            ended,
            Incoming::Refused {
                reason: Refusal::Replaced,
                ..
            }
        ),
        "the newest session wins: {ended:?}"
    );
}

#[tokio::test]
async fn an_endpoint_belongs_to_its_device_at_every_relay_and_is_retired_at_every_one() {
    let pair = pair().await;
    let mut owner = Desktop::join(&pair.one.url).await;
    let mut thief = Desktop::join(&pair.two.url).await;
    thief.session.register(owner.endpoint, thief.key.public());
    let answer = next(&mut thief.session).await;
    assert!(
        matches!(
            answer,
            Incoming::Refused {
                reason: Refusal::EndpointTaken,
                ..
            }
        ),
        "{answer:?}"
    );
    owner.session.retire(owner.endpoint);
    let answer = next(&mut owner.session).await;
    assert!(matches!(answer, Incoming::Retired { .. }), "{answer:?}");
    assert_eq!(post(&pair.one.address(), owner.endpoint, "1").await, 410);
    // The other relay hears of it a moment later.
    let mut status = 200;
    while status == 200 {
        status = post(&pair.two.address(), owner.endpoint, "1").await;
    }
    assert_eq!(status, 410);
}
