//! An engine that is set up: connected, mapped, and listening for hires and for changes of the archive state. Lever has no
//! webhook, so that what is posted is what the benchmark posts.

use std::time::Duration;

use fulcrum_cli::demo;
use fulcrum_cli::demo::visitor::Visitor;
use fulcrum_cli::demo::world::{World, rules};
use fulcrum_cli::output::Failure;
use fulcrum_core::Engine;
use fulcrum_core::clock::{Clock, SystemClock};
use fulcrum_tests::{Post, signed};
use serde_json::{Value, json};
use tokio::time::timeout;

/// A signature token of Lever's form.
const SIGNATURE_TOKEN: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a6978";

/// How long a step may take before the benchmark gives up.
const PATIENCE: Duration = Duration::from_secs(120);

/// A listener with its signature token.
pub struct Listener {
    /// The event it waits for.
    event: &'static str,
    /// The address at the relay.
    pub url: String,
}

/// The practice world with its engine.
pub struct Setting {
    /// Lever and the relay.
    pub world: World,
    /// Imports people.
    pub hired: Listener,
    /// Records and starts nothing.
    pub moved: Listener,
    engine: Engine,
}

impl Setting {
    /// Starts all of it in a temporary folder.
    ///
    /// # Errors
    /// [`Failure`] if a part does not start.
    pub async fn start() -> Result<Self, Failure> {
        let world = World::start().await?;
        let visitor = Visitor::new(world.practice())?;
        let engine = world.engine().await?;
        demo::connect(&engine, &visitor).await?;
        let mapping = json!({ "base_version": 0, "rules": rules() });
        engine.call("mappings.save", mapping).await?;
        Ok(Self {
            hired: listen(&engine, "candidateHired").await?,
            moved: listen(&engine, "candidateArchiveChange").await?,
            world,
            engine,
        })
    }

    /// Hires candidates in Lever and returns the delivery of each.
    ///
    /// # Errors
    /// [`Failure`] if Lever refuses.
    pub async fn hire(&self, opportunities: &[String]) -> Result<Vec<String>, Failure> {
        self.world.hire(opportunities).await?;
        Ok(bodies(&self.hired, opportunities))
    }

    /// How many people are in the workflow.
    ///
    /// # Errors
    /// [`Failure`] if the engine does not tell.
    pub async fn people(&self) -> Result<usize, Failure> {
        let workflows = self.engine.call("workflows.list", json!({})).await?;
        Ok(count(&workflows[0]["people"]))
    }

    /// How many verified events are stored.
    ///
    /// # Errors
    /// As [`Setting::people`].
    pub async fn events(&self) -> Result<usize, Failure> {
        let home = self.engine.call("home.show", json!({})).await?;
        let hops = home["hops"].as_array().map_or(&[][..], Vec::as_slice);
        let store = hops.iter().find(|hop| hop["id"] == "store");
        Ok(store.map_or(0, |store| count(&store["count"])))
    }

    /// Waits until so many people are in the workflow.
    ///
    /// # Errors
    /// As [`Setting::people`].
    pub async fn until_people(&self, wanted: usize) -> Result<(), Failure> {
        self.until(wanted, async || self.people().await).await
    }

    /// Waits until so many verified events are stored.
    ///
    /// # Errors
    /// As [`Setting::people`].
    pub async fn until_events(&self, wanted: usize) -> Result<(), Failure> {
        self.until(wanted, async || self.events().await).await
    }

    async fn until(
        &self,
        wanted: usize,
        have: impl AsyncFn() -> Result<usize, Failure>,
    ) -> Result<(), Failure> {
        let mut changes = self.engine.changes();
        let arrived = async {
            while have().await? < wanted {
                // What was missed is looked up again, and what came meanwhile need not be looked up twice.
                let _ = changes.recv().await;
                changes = changes.resubscribe();
            }
            Ok(())
        };
        match timeout(PATIENCE, arrived).await {
            Ok(arrived) => arrived,
            Err(_) => Err(self.missing(wanted, have().await?).await?),
        }
    }

    async fn missing(&self, wanted: usize, have: usize) -> Result<Failure, Failure> {
        let seconds = PATIENCE.as_secs();
        let waiting = self.engine.call("attention.list", json!({})).await?;
        Ok(Failure::Other(format!(
            "There are {have} of {wanted} after {seconds} seconds. Waiting: {waiting} {}",
            self.engine.call("activity.list", json!({})).await?
        )))
    }

    /// Stops the engine and removes the folder.
    pub async fn stop(self) {
        self.engine.stop().await;
        self.world.stop().await;
    }
}

/// The deliveries of a listener's event for these opportunities, signed as Lever signs.
pub fn bodies(listener: &Listener, opportunities: &[String]) -> Vec<String> {
    let triggered_at = SystemClock.now().as_millisecond();
    let delivery = |(number, opportunity): (usize, &String)| {
        let post = Post {
            event: listener.event,
            // Unique among deliveries of this run: the next ones come at a later time.
            token: format!("{triggered_at:024x}{number:024x}"),
            triggered_at,
            data: json!({ "opportunityId": opportunity }),
        };
        signed(&post, SIGNATURE_TOKEN).to_string()
    };
    opportunities.iter().enumerate().map(delivery).collect()
}

async fn listen(engine: &Engine, event: &'static str) -> Result<Listener, Failure> {
    let request =
        json!({ "integration": "onboarding", "workflow_id": "onboarding", "event": event });
    let draft = engine.call("listeners.begin", request).await?;
    let request = json!({ "id": draft["id"], "signature_token": SIGNATURE_TOKEN });
    let listener = engine.call("listeners.create", request).await?;
    match listener["endpoint_url"].as_str() {
        Some(url) => Ok(Listener {
            event,
            url: url.to_owned(),
        }),
        None => Err(Failure::Other(format!(
            "The listener has no address: {}",
            listener["endpoint_problem"]
        ))),
    }
}

fn count(value: &Value) -> usize {
    value
        .as_u64()
        .and_then(|count| usize::try_from(count).ok())
        .unwrap_or_default()
}
