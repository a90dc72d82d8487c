//! The world of one test.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use fulcrum_cli::demo;
use fulcrum_cli::demo::visitor::{Visitor, Webhook};
use fulcrum_cli::demo::world::World;
use fulcrum_core::Engine;
use fulcrum_core::api::error::AppError;
use serde_json::{Value, json};
use url::Url;

use crate::{TestClock, text, tries};

/// How long anything may take before a test fails; generous, for a busy machine, and more so for the full counts of the
/// soak. Nothing waits this long when it works.
fn patience() -> Duration {
    Duration::from_secs(tries(3_600, 60) as u64)
}

/// Waits until an engine's answer to a command satisfies `is`.
///
/// # Panics
/// If that takes too long, or the command fails.
pub async fn until_call(
    engine: &Engine,
    name: &str,
    request: Value,
    is: impl Fn(&Value) -> bool,
) -> Value {
    let ask = async || {
        let answer = engine.call(name, request.clone()).await;
        answer.unwrap_or_else(|problem| panic!("{name}: {problem:?}"))
    };
    let mut changes = engine.changes();
    let mut answer = ask().await;
    let satisfied = async {
        while !is(&answer) {
            // A missed change is as good as a seen one.
            let _ = changes.recv().await;
            answer = ask().await;
        }
    };
    if tokio::time::timeout(patience(), satisfied).await.is_err() {
        panic!("waited in vain; {name} last said: {answer:#}");
    }
    answer
}

/// A practice Lever, a relay, a laptop, and a person at Lever's pages.
pub struct TestWorld {
    /// Lever and the relay.
    pub world: World,
    /// The person.
    pub visitor: Visitor,
    /// The laptop's clock.
    pub clock: Arc<TestClock>,
    engine: Option<Engine>,
}

impl TestWorld {
    /// A world with the laptop on and nothing set up.
    pub async fn new() -> Self {
        Self::laptop_in(World::start().await.expect("the practice world starts")).await
    }

    /// The same in a world that was made before.
    pub async fn laptop_in(world: World) -> Self {
        let visitor = Visitor::new(world.practice()).expect("a visitor comes");
        let mut new = Self {
            world,
            visitor,
            clock: Arc::default(),
            engine: None,
        };
        new.switch_on().await;
        new
    }

    /// A world in which everything is set up: connected, mapped, listening, verified. Returns the webhook too.
    pub async fn ready() -> (Self, Webhook) {
        Self::new().await.set_up().await
    }

    /// The same with this relay between Lever and the laptop.
    pub async fn ready_behind(relay: Url) -> (Self, Webhook) {
        let world = World::start().await.expect("the practice world starts");
        Self::laptop_in(world.behind(relay)).await.set_up().await
    }

    async fn set_up(self) -> (Self, Webhook) {
        demo::connect(self.engine(), &self.visitor)
            .await
            .expect("Lever is connected");
        self.call(
            "mappings.save",
            json!({ "base_version": 0, "rules": demo::world::rules() }),
        )
        .await;
        let (webhook, _) = demo::listen(self.engine(), &self.visitor)
            .await
            .expect("the listener is verified");
        (self, webhook)
    }

    /// Starts the engine.
    pub async fn switch_on(&mut self) {
        let clock = Arc::clone(&self.clock) as _;
        self.engine = Some(
            self.world
                .engine_with(clock)
                .await
                .expect("the engine starts"),
        );
    }

    /// Stops the engine, as a laptop that is shut.
    pub async fn switch_off(&mut self) {
        if let Some(engine) = self.engine.take() {
            engine.stop().await;
        }
    }

    /// The running engine.
    pub fn engine(&self) -> &Engine {
        self.engine.as_ref().expect("the laptop is on")
    }

    /// Waits until the fault put in force last has hit a request, as the practice Lever counts it.
    pub async fn until_hit(&self) {
        let hit = async {
            loop {
                let faults = self.world.control("faults", None).await;
                let faults = faults.expect("Lever lists its faults");
                let last = faults.as_array().and_then(|faults| faults.last());
                // A fault that has hit as often as it was to is lifted.
                if last.is_none_or(|fault| fault["hits"] != 0) {
                    return;
                }
            }
        };
        tokio::time::timeout(patience(), hit)
            .await
            .expect("a request that the fault fits");
    }

    /// Runs a command that has to succeed.
    pub async fn call(&self, name: &str, request: Value) -> Value {
        self.try_call(name, request)
            .await
            .unwrap_or_else(|problem| panic!("{name}: {problem:?}"))
    }

    /// Runs a command.
    ///
    /// # Errors
    /// What the command answers.
    pub async fn try_call(&self, name: &str, request: Value) -> Result<Value, AppError> {
        self.engine().call(name, request).await
    }

    /// Sets switches of the practice Lever.
    pub async fn switch(&self, switches: Value) {
        let address = self.world.practice().join("/practice/switches");
        let put = self.world.http().put(address.expect("an address"));
        let answer = put.json(&switches).send().await;
        let answer = answer.and_then(reqwest::Response::error_for_status);
        answer.unwrap_or_else(|problem| panic!("{switches}: {problem}"));
    }

    /// Holds back every event of Lever's own, so that nobody tells of what happens there but the test.
    pub async fn pause_webhooks(&self) {
        let pause = json!({ "paused": true });
        let paused = self.world.control("webhooks/pause", Some(&pause)).await;
        paused.expect("Lever holds its events back");
    }

    /// Where Lever sends a browser that accepts; nothing goes there.
    pub async fn sent_back(&self, authorize_url: &str) -> String {
        self.switch(json!({ "automatic_consent": "accept" })).await;
        let answer = self.world.http().get(authorize_url).send().await;
        let answer = answer.expect("Lever answers");
        let address = answer.headers()["location"].to_str();
        address.expect("an address").to_owned()
    }

    /// Waits until `look` gives something, looking again at every change.
    pub async fn until<T, F, L>(&self, what: &str, mut look: L) -> T
    where
        F: Future<Output = Option<T>>,
        L: FnMut() -> F,
    {
        let mut changes = self.engine().changes();
        let found = async {
            loop {
                if let Some(found) = look().await {
                    return found;
                }
                // A missed change is as good as a seen one.
                let _ = changes.recv().await;
            }
        };
        tokio::time::timeout(patience(), found)
            .await
            .unwrap_or_else(|_| panic!("waited in vain for: {what}"))
    }

    /// Waits until a command's answer satisfies `is`.
    pub async fn until_call(
        &self,
        name: &str,
        request: Value,
        is: impl Fn(&Value) -> bool,
    ) -> Value {
        until_call(self.engine(), name, request, is).await
    }

    /// Waits for so many people.
    pub async fn people(&self, wanted: usize) -> Value {
        let workflow = json!({ "id": "onboarding" });
        self.until_call("workflows.show", workflow, |shown| {
            shown["people"]
                .as_array()
                .is_some_and(|people| people.len() >= wanted)
        })
        .await;
        self.call("people.list", json!({})).await
    }

    /// Waits for waiting work whose reason contains `words`.
    pub async fn attention(&self, words: &str) -> Value {
        let items = self
            .until_call("attention.list", json!({}), |items| {
                items
                    .as_array()
                    .is_some_and(|items| items.iter().any(|item| text(item, "why").contains(words)))
            })
            .await;
        items
            .as_array()
            .and_then(|items| items.iter().find(|item| text(item, "why").contains(words)))
            .cloned()
            .unwrap_or_default()
    }

    /// Waits for a line of the log that contains `words`.
    pub async fn activity(&self, words: &str) -> Value {
        let lines = self
            .until_call("activity.list", json!({}), |lines| {
                lines.as_array().is_some_and(|lines| {
                    lines
                        .iter()
                        .any(|line| text(line, "sentence").contains(words))
                })
            })
            .await;
        lines
            .as_array()
            .and_then(|lines| {
                lines
                    .iter()
                    .find(|line| text(line, "sentence").contains(words))
            })
            .cloned()
            .unwrap_or_default()
    }

    /// Posts a body to an address as anybody on the internet could; returns the status.
    pub async fn post(&self, url: &str, body: impl Into<reqwest::Body>) -> u16 {
        let request = self
            .world
            .http()
            .post(url)
            .header("content-type", "application/json")
            .body(body);
        request
            .send()
            .await
            .expect("the relay answers")
            .status()
            .as_u16()
    }

    /// Makes one candidate with a name and e-mail addresses; returns the opportunity.
    pub async fn candidate(&self, name: &str, emails: &[&str]) -> String {
        let request = json!({ "name": name, "emails": emails, "stage": "offer" });
        let made = self
            .world
            .control("candidates", Some(&request))
            .await
            .expect("Lever makes a candidate");
        made["opportunities"][0]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }
}
