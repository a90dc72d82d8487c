//! A relay that lies to the laptop (RELIABILITY.md 4, E2): whatever it says, what it says wrongly has no effect, what is
//! right is handled, and the laptop goes on.

use std::time::Duration;

use axum::extract::ws::Message;
use data_encoding::BASE64;
use fulcrum_core::clock::Clock;
use fulcrum_relay::{Delivery, EndpointId, SealingKey};
use fulcrum_tests::{Post, TestWorld, signed, text};
use serde_json::{Value, json};

use crate::hostile_relay::{HostileRelay, words};

/// A laptop behind such a relay, with two listeners for hires, and people in Lever who are hired and are not.
struct Setting {
    relay: HostileRelay,
    world: TestWorld,
    endpoint: EndpointId,
    other_endpoint: EndpointId,
    token: String,
    hired: String,
    not_hired: String,
    events: usize,
    settled: usize,
}

fn endpoint(url: &str) -> EndpointId {
    url.rsplit('/').next().unwrap().parse().unwrap()
}

impl Setting {
    async fn new() -> Self {
        let relay = HostileRelay::start().await;
        let (world, webhook) = TestWorld::ready_behind(relay.url().clone()).await;
        let begin = json!({ "integration": "onboarding", "workflow_id": "onboarding", "event": "contactCreated" });
        let other = world.call("listeners.begin", begin).await;
        let create = json!({ "id": other["id"], "signature_token": "another-token-another-token" });
        world.call("listeners.create", create).await;
        world.pause_webhooks().await;
        let hired = world.candidate("Ada Ito", &["ada@example.com"]).await;
        let not_hired = world.candidate("Ben Okoro", &["ben@example.com"]).await;
        world.visitor.hire(&hired).await.unwrap();
        Self {
            relay,
            endpoint: endpoint(&webhook.url),
            other_endpoint: endpoint(text(&other, "endpoint_url")),
            token: webhook.signature_token,
            world,
            hired,
            not_hired,
            events: 0,
            settled: 0,
        }
    }

    /// The body of a hire, signed as Lever does and with a token of its own.
    fn hire(&mut self, opportunity: &str) -> Vec<u8> {
        self.events += 1;
        let post = Post {
            event: "candidateHired",
            token: format!("{:032x}", self.events),
            triggered_at: self.world.clock.now().as_millisecond(),
            data: json!({ "opportunityId": opportunity }),
        };
        signed(&post, &self.token).to_string().into_bytes()
    }

    /// A right event of the relay.
    fn event(&mut self, opportunity: &str) -> Value {
        let body = self.hire(opportunity);
        self.relay.sealed(self.endpoint, &body)
    }

    fn deliver(&self, events: &[Value]) {
        let message = json!({ "type": "events", "events": events });
        self.relay.say([words(&message)]);
    }

    /// How many events the inbox has of a verdict.
    async fn count(&self, verdict: &str) -> usize {
        let page = self.world.call("inbox.list", json!({ "limit": 1 })).await;
        let counts = page["counts"].as_array().unwrap().iter();
        let mut counts = counts.filter(|one| one["verdict"] == verdict);
        let count = counts.next().and_then(|one| one["count"].as_u64());
        usize::try_from(count.unwrap_or_default()).unwrap()
    }

    /// Delivers a right event about somebody new and waits until they are imported: all that was said before was handled
    /// then.
    async fn settle(&mut self) {
        self.settled += 1;
        let name = format!("Zoe {}", self.settled);
        let email = format!("zoe.{}@example.com", self.settled);
        let somebody = self.world.candidate(&name, &[&email]).await;
        self.world.visitor.hire(&somebody).await.unwrap();
        let event = self.event(&somebody);
        self.deliver(&[event]);
        let is_there = |people: &Value| {
            let mut people = people.as_array().unwrap().iter();
            people.any(|person| text(person, "name") == name)
        };
        self.world
            .until_call("people.list", json!({}), is_there)
            .await;
    }

    /// Lets the laptop's clock run until it has a session again.
    async fn reconnect(&self) {
        let connected = |relay: &Value| relay["state"] == "connected";
        let connected = self.world.until_call("relay.show", json!({}), connected);
        tokio::pin!(connected);
        loop {
            tokio::select! {
                _ = &mut connected => return,
                () = tokio::task::yield_now() => self.world.clock.advance(Duration::from_secs(1)),
            }
        }
    }
}

/// An event with another value at a key.
fn with(event: &Value, key: &str, value: impl Into<Value>) -> Value {
    let mut event = event.clone();
    event[key] = value.into();
    event
}

/// The seal of an event with its last bit turned.
fn altered(event: &Value) -> Value {
    let mut sealed = BASE64.decode(text(event, "sealed").as_bytes()).unwrap();
    *sealed.last_mut().unwrap() ^= 1;
    with(event, "sealed", BASE64.encode(&sealed))
}

#[tokio::test]
async fn an_event_that_the_relay_made_altered_or_moved_is_refused_and_imports_nobody() {
    let mut setting = Setting::new().await;
    let not_hired = setting.not_hired.clone();
    let hired = setting.hired.clone();
    let right = setting.event(&hired);
    let at = right["received_at_ms"].as_i64().unwrap();
    let delivery = Delivery {
        method: "POST".to_owned(),
        path: format!("/e/{}", setting.endpoint),
        headers: Vec::new(),
        body: setting.hire(&hired),
    };
    let old_key = SealingKey::generate().public();
    let to_another_key = old_key.seal(delivery, setting.endpoint, at).unwrap();
    let unsigned = json!({ "event": "candidateHired", "data": { "opportunityId": hired } });
    let unsigned = unsigned.to_string().into_bytes();
    let of_other = setting.hire(&hired);
    let other = setting.other_endpoint.to_string();
    let stranger = EndpointId::random().to_string();
    let lies = [
        altered(&right),
        with(&right, "sealed", ""),
        with(&right, "sealed", BASE64.encode(&[0; 200])),
        with(&right, "sealed", BASE64.encode(&to_another_key)),
        // The seal holds for one endpoint and one time.
        with(&setting.event(&hired), "endpoint", other),
        with(&setting.event(&hired), "endpoint", stranger),
        with(&setting.event(&hired), "received_at_ms", 1),
        with(&setting.event(&hired), "received_at_ms", i64::MIN),
        with(&setting.event(&hired), "received_at_ms", i64::MAX),
        // The relay can seal, but not sign.
        setting.relay.sealed(setting.endpoint, &unsigned),
        setting.relay.sealed(setting.endpoint, b"\"no event\""),
        setting.relay.sealed(setting.endpoint, b""),
        // And what is signed for one listener is not for another.
        setting.relay.sealed(setting.other_endpoint, &of_other),
    ];
    for lie in &lies {
        setting.deliver(std::slice::from_ref(lie));
    }
    let truth = setting.event(&not_hired);
    setting.deliver(&[truth]);
    setting.settle().await;
    assert_eq!(setting.count("rejected").await, lies.len());
    let people = setting.world.call("people.list", json!({})).await;
    assert_eq!(people.as_array().unwrap().len(), 1, "{people:#}");
    let relay = setting.world.call("relay.show", json!({})).await;
    assert_eq!(relay["state"], "connected");
}

#[tokio::test]
async fn an_event_that_the_relay_first_delivered_at_another_address_or_time_is_handled_once() {
    let mut setting = Setting::new().await;
    let lies = [
        ("endpoint", json!(setting.other_endpoint.to_string())),
        ("received_at_ms", json!(1)),
    ];
    for (lied, (key, wrong)) in lies.iter().enumerate() {
        let email = format!("ada.{lied}@example.com");
        let hired = setting.world.candidate("Ada Ito", &[&email]).await;
        setting.world.visitor.hire(&hired).await.unwrap();
        let right = setting.event(&hired);
        for event in [&with(&right, key, wrong.clone()), &right, &right] {
            setting.deliver(std::slice::from_ref(event));
        }
    }
    setting.settle().await;
    assert_eq!(setting.count("rejected").await, lies.len());
    assert_eq!(setting.count("verified").await, lies.len() + 1);
    let people = setting.world.people(lies.len() + 1).await;
    assert_eq!(people.as_array().unwrap().len(), lies.len() + 1);
}

#[tokio::test]
async fn numbers_that_repeat_go_back_wrap_or_leave_out_change_nothing_about_an_event() {
    let mut setting = Setting::new().await;
    let hired = setting.hired.clone();
    let numbers = [
        (7_000, json!(6_999)),
        (7_000, json!(6_999)),
        (1, json!(0)),
        (0, json!(-1)),
        (-1, json!(i64::MIN)),
        (9_000, json!(1)),
        (9_001, json!(9_001)),
        (i64::MIN, json!(i64::MAX)),
        (i64::MAX, json!(null)),
        (2, json!(i64::MAX)),
    ];
    for (seq, prev) in &numbers {
        let event = setting.event(&hired);
        setting.deliver(&[with(&with(&event, "seq", *seq), "prev", prev.clone())]);
    }
    setting.deliver(&[]);
    setting.settle().await;
    assert_eq!(setting.count("verified").await, numbers.len() + 1);
    assert_eq!(setting.count("rejected").await, 0);
}

#[tokio::test]
async fn answers_that_nobody_asked_for_change_nothing() {
    let mut setting = Setting::new().await;
    let own = setting.endpoint.to_string();
    let stranger = EndpointId::random().to_string();
    let lies = [
        json!({ "type": "retired", "endpoint": own }),
        json!({ "type": "retired", "endpoint": stranger }),
        json!({ "type": "registered", "endpoint": stranger, "url": "https://evil.example/e" }),
        json!({ "type": "refused", "reason": "endpoint_retired", "endpoint": own }),
        json!({ "type": "unpublished", "page": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" }),
        json!({ "type": "welcome", "public_url_base": "https://evil.example", "waiting": u64::MAX }),
        json!({ "type": "challenge", "nonce": BASE64.encode(&[9; 32]) }),
        json!({ "type": "weather", "sunny": true }),
    ];
    setting.relay.say(lies.iter().map(words));
    setting.settle().await;
    // After a restart every endpoint that is wanted is registered anew.
    setting.world.switch_off().await;
    setting.world.switch_on().await;
    setting.settle().await;
    let shown = json!({ "id": "onboarding" });
    let shown = setting.world.call("workflows.show", shown).await;
    let url = format!("{}e/{own}", setting.relay.url());
    assert!(shown.to_string().contains(&url), "{shown:#}");
    assert!(!shown.to_string().contains("evil"), "{shown:#}");
}

#[tokio::test]
async fn what_cannot_be_read_ends_the_session_and_the_next_one_goes_on() {
    let mut setting = Setting::new().await;
    let unreadable = [
        Message::text("{"),
        Message::text("[".repeat(100_000)),
        Message::binary(vec![0; 10]),
        Message::text(" ".repeat(5 * 1024 * 1024)),
        words(&json!({ "type": "events", "events": [{ "seq": 1 }] })),
        words(&json!({ "type": "refused", "reason": "signature" })),
        Message::Close(None),
    ];
    for words in unreadable {
        setting.relay.say([words]);
        setting
            .world
            .until("the session ends", || async {
                let relay = setting.world.call("relay.show", json!({})).await;
                (relay["state"] == "unreachable").then_some(())
            })
            .await;
        setting.reconnect().await;
        setting.settle().await;
    }
}

#[tokio::test]
async fn a_flood_for_addresses_that_nobody_has_is_one_line_in_the_log() {
    let mut setting = Setting::new().await;
    let hired = setting.hired.clone();
    let right = setting.event(&hired);
    let strays: Vec<_> = (0..100_u8)
        .map(|number| {
            let stray = with(&right, "endpoint", EndpointId::random().to_string());
            with(&stray, "sealed", BASE64.encode(&[number]))
        })
        .collect();
    setting.deliver(&strays);
    setting.settle().await;
    assert_eq!(setting.count("rejected").await, strays.len());
    let lines = setting.world.call("activity.list", json!({})).await;
    let lines = lines.as_array().unwrap().iter();
    let told = lines.filter(|line| text(line, "sentence").contains("that no listener has"));
    assert_eq!(told.count(), 1);
}
