//! I30: nothing listens while no sign-in runs, and nobody is talked to but the relay and Lever.

use std::net::SocketAddr;
use std::time::Duration;

use fulcrum_tests::sockets::{connections, listening};
use fulcrum_tests::{Invariant, TestWorld, text};
use serde_json::json;
use tokio::net::TcpStream;
use url::Url;

#[tokio::test]
async fn i30_nothing_listens_while_no_sign_in_runs() {
    let (mut world, _) = TestWorld::ready().await;
    world.switch_off().await;
    // The practice Lever and the relay listen in this process too: what the engine adds is what counts.
    let others = listening();
    world.switch_on().await;
    world
        .until_call("relay.show", json!({}), |relay| {
            relay["state"] == "connected"
        })
        .await;
    for _ in 0..10 {
        world.clock.advance(Duration::from_secs(60));
        world.call("app.status", json!({})).await;
    }
    let idle = listening().difference(&others).count();
    let ports: Vec<u16> = others.iter().map(SocketAddr::port).collect();
    // A connection that a server of this process accepted ends at the server's port on this side.
    let ours = |(local, _): &(SocketAddr, SocketAddr)| !ports.contains(&local.port());
    let outbound: Vec<_> = connections().into_iter().filter(ours).collect();
    let elsewhere = outbound
        .iter()
        .filter(|(_, remote)| !remote.ip().is_loopback() || !ports.contains(&remote.port()))
        .count();

    let request = fulcrum_cli::demo::sign_in_request("offer_letters");
    let sign_in = world.call("connections.sign_in", request).await;
    let redirect = Url::parse(text(&sign_in, "redirect_uri")).unwrap();
    let during: Vec<_> = listening().difference(&others).copied().collect();
    let only_loopback = during
        .iter()
        .filter(|one| one.ip().is_loopback() && Some(one.port()) == redirect.port());
    let only_loopback = only_loopback.count();
    let cancel = json!({ "integration": "offer_letters" });
    world.call("connections.cancel", cancel).await;
    let address = redirect.socket_addrs(|| None).unwrap()[0];
    while TcpStream::connect(address).await.is_ok() {
        tokio::task::yield_now().await;
    }

    Invariant::new("I30")
        .at_least("idle_minutes", 10, 10)
        .exactly("listening", idle, 0)
        .at_least("outbound", outbound.len(), 1)
        .exactly("outbound_elsewhere", elsewhere, 0)
        .at_least("listening_during_sign_in", only_loopback, 1)
        .exactly("elsewhere_during_sign_in", during.len() - only_loopback, 0)
        .exactly(
            "listening_after",
            listening().difference(&others).count(),
            0,
        )
        .conclude();
}
