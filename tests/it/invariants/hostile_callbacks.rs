//! I17: only the sign-in that the user started completes, whatever else comes to the redirect address.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::time::Duration;

use fulcrum_tests::{Invariant, TestWorld, text, tries};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use url::Url;

use super::callback::{Aim, requests, send};

/// Open connections that send nothing, in every sign-in; more than the address serves at once.
const SILENT: usize = 64;

/// Hostile requests that are under way at once.
const AT_ONCE: usize = 16;

fn sign_in_request() -> Value {
    fulcrum_cli::demo::sign_in_request("onboarding")
}

/// How many codes Lever was asked to exchange.
async fn exchanges(world: &TestWorld) -> usize {
    let ledger = world.world.control("ledger", None).await.unwrap();
    let requests = ledger["token_requests"].as_array().unwrap();
    requests
        .iter()
        .filter(|one| one["grant_type"] == "authorization_code")
        .count()
}

fn query(url: &Url) -> HashMap<String, String> {
    url.query_pairs().into_owned().collect()
}

fn loopback(url: &Url) -> SocketAddr {
    let (host, port) = (url.host_str().unwrap(), url.port().unwrap());
    SocketAddr::new(host.parse().unwrap(), port)
}

/// What hostile senders got done.
#[derive(Default)]
struct Tally {
    sent: usize,
    kinds: usize,
    let_in: Vec<String>,
}

impl Tally {
    /// Sends `count` requests, a few at once; the kinds follow each other.
    async fn attack(&mut self, aim: &Aim<'_>, count: usize) {
        let kinds = requests(aim, "hostile");
        self.kinds = kinds.len();
        let wave: Vec<String> = kinds
            .into_iter()
            .cycle()
            .skip(self.sent % self.kinds)
            .take(count)
            .collect();
        self.sent += count;
        for some in wave.chunks(AT_ONCE) {
            let mut sending = JoinSet::new();
            for request in some.iter().cloned() {
                let address = aim.address;
                sending.spawn(async move {
                    let answer = send(address, &request).await;
                    answer
                        .is_some_and(|answer| answer.starts_with("HTTP/1.1 2"))
                        .then_some(request)
                });
            }
            self.let_in
                .extend(sending.join_all().await.into_iter().flatten());
        }
    }
}

/// Signs in once with hostile requests before, during and after; tells whether it went well.
async fn sign_in(
    world: &TestWorld,
    tally: &mut Tally,
    old_state: &str,
    share: usize,
) -> (bool, String) {
    let before = exchanges(world).await;
    let waiting = world.call("connections.sign_in", sign_in_request()).await;
    let authorize = Url::parse(text(&waiting, "authorize_url")).unwrap();
    let address = loopback(&Url::parse(text(&waiting, "redirect_uri")).unwrap());
    let state = query(&authorize)["state"].clone();
    let aim = Aim {
        address,
        state: &state,
        old_state,
    };
    let mut silent = Vec::new();
    for _ in 0..SILENT {
        silent.push(TcpStream::connect(address).await.unwrap());
    }
    tally.attack(&aim, share / 2).await;
    let http = world.world.http();
    // Lever consents by itself, so that this test is the browser and holds the true address.
    let redirect = http.get(authorize).send().await.unwrap();
    let back = redirect.headers()["location"].to_str().unwrap().to_owned();
    let (answer, ()) = tokio::join!(
        http.get(&back).send(),
        tally.attack(&aim, share - share / 2 - 1)
    );
    let accepted = answer.is_ok_and(|answer| answer.status() == 200);
    let onboarding = json!({ "integration": "onboarding" });
    let connection = world.call("connections.wait", onboarding).await;
    // The browser opens the address again: nobody is there.
    tally.sent += 1;
    if http.get(&back).send().await.is_ok() {
        tally.let_in.push(back);
    }
    let well = accepted
        && text(&connection, "state") == "connected_not_validated"
        && exchanges(world).await == before + 1;
    (well, state)
}

#[tokio::test]
async fn i17_only_the_sign_in_that_was_started_completes() {
    let true_ones = tries(50, 5);
    let share = 100;
    let world = TestWorld::new().await;
    world.switch(json!({ "automatic_consent": "accept" })).await;

    let mut tally = Tally::default();
    let (mut well, mut old_state) = (0, "none".to_owned());
    for _ in 0..true_ones {
        let (ok, state) = sign_in(&world, &mut tally, &old_state, share).await;
        well += usize::from(ok);
        old_state = state;
    }
    let exchanges_from_hostile = exchanges(&world).await.saturating_sub(true_ones);

    // A callback after the ten minutes finds nobody.
    let late = world.call("connections.sign_in", sign_in_request()).await;
    world.clock.advance(Duration::from_secs(601));
    world
        .call("connections.wait", json!({ "integration": "onboarding" }))
        .await;
    let gone = world.world.http().get(text(&late, "redirect_uri")).send();
    let listeners_after = usize::from(gone.await.is_ok());

    assert_eq!(tally.let_in, Vec::<String>::new(), "these were let in");
    Invariant::new("I17")
        .at_least("hostile", tally.sent, true_ones * share)
        .at_least("kinds", tally.kinds, 50)
        .exactly("exchanges_from_hostile", exchanges_from_hostile, 0)
        .all("true_ok", well, true_ones)
        .exactly("listeners_after", listeners_after, 0)
        .conclude();
}
