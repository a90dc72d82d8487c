//! The whole way of a hire, from sign-in to workflow, against a fresh practice world: what a new user does in the
//! window, done step by step through the same commands and the same pages.

mod report;
pub mod visitor;
pub mod world;

use std::time::Duration;

use fulcrum_core::Engine;
use fulcrum_core::clock::{Clock, SystemClock};
use serde_json::{Value, json};

use self::report::Report;
use self::visitor::{Visitor, Webhook};
use self::world::World;
use crate::output::{Failure, print, say};

/// How long all hires may take to become people.
const PATIENCE: Duration = Duration::from_secs(120);

/// What the demonstration can be told.
#[derive(Debug, Clone, clap::Args)]
pub struct Arguments {
    /// How many candidates are hired; half of them while the engine is off.
    #[arg(long, default_value_t = 24)]
    pub hires: usize,
    /// Print one JSON object instead of a table.
    #[arg(long)]
    pub json: bool,
}

/// Runs the demonstration and prints its outcome.
///
/// # Errors
/// [`Failure`] if a step fails, or if a hire was lost or imported twice.
pub async fn run(arguments: Arguments) -> Result<(), Failure> {
    let clock = SystemClock;
    let began = clock.now();
    let world = World::start().await?;
    let mut report = Report::default();
    let outcome = Box::pin(walk(&world, &mut report, arguments.hires, arguments.json)).await;
    world.stop().await;
    outcome?;
    report.seconds = (clock.now() - began)
        .total(jiff::Unit::Second)
        .unwrap_or_default();
    print(&if arguments.json {
        report.json()
    } else {
        report.table()
    })?;
    if report.lost == 0 && report.duplicates == 0 {
        return Ok(());
    }
    Err(Failure::Other(format!(
        "{} hires were lost and {} were imported twice.",
        report.lost, report.duplicates
    )))
}

async fn walk(
    world: &World,
    report: &mut Report,
    hires: usize,
    quiet: bool,
) -> Result<(), Failure> {
    let mut step = |title: &str, outcome: &str| {
        if !quiet {
            say(&format!("{title}: {outcome}"));
        }
        report.steps.push((title.to_owned(), outcome.to_owned()));
    };
    let visitor = Visitor::new(world.practice())?;
    let engine = world.engine().await?;
    let connection = connect(&engine, &visitor).await?;
    step("Connect Lever", text(&connection, "sentence"));
    let connection = engine.call("connections.validate", onboarding()).await?;
    step("Validate", text(&connection, "state"));
    let fields = engine
        .call("mappings.fields", json!({ "fresh": true }))
        .await?;
    let count = fields["lever"].as_array().map_or(0, Vec::len);
    step("Read Lever's fields", &format!("{count} fields"));
    let mapping = engine
        .call(
            "mappings.save",
            json!({ "base_version": 0, "rules": world::rules() }),
        )
        .await?;
    step(
        "Save the mapping",
        &format!("version {}", mapping["version"]),
    );
    let (_, listener) = listen(&engine, &visitor).await?;
    step("Add a listener and verify it", text(&listener, "state"));

    let candidates = world.candidates(hires).await?;
    let (at_once, while_off) = candidates.split_at(candidates.len().div_ceil(2));
    world.hire(at_once).await?;
    people(&engine, at_once.len()).await?;
    step(
        "Hire while the laptop is on",
        &format!("{} became people", at_once.len()),
    );
    engine.stop().await;
    world.hire(while_off).await?;
    let engine = world.engine().await?;
    people(&engine, candidates.len()).await?;
    step(
        "Hire while the laptop is off",
        &format!("{} became people after its start", while_off.len()),
    );
    let judged = world.judge(&engine, &candidates).await;
    engine.stop().await;
    (
        report.events_sent,
        report.people,
        report.lost,
        report.duplicates,
    ) = judged?;
    Ok(())
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn onboarding() -> Value {
    json!({ "integration": "onboarding" })
}

/// What `connections.sign_in` takes to connect an integration with the practice Lever.
pub fn sign_in_request(integration: &str) -> Value {
    let (client_id, client_secret) = fulcrum_core::config::PRACTICE_CLIENT;
    json!({
        "integration": integration,
        "environment": "custom",
        "client_id": client_id,
        "client_secret": client_secret,
    })
}

/// Signs in as the article says: permissions, browser, *Accept*.
///
/// # Errors
/// [`Failure`] if Lever is not connected afterwards.
pub async fn connect(engine: &Engine, visitor: &Visitor) -> Result<Value, Failure> {
    let request = sign_in_request("onboarding");
    let sign_in = engine.call("connections.sign_in", request).await?;
    visitor
        .consent(text(&sign_in, "authorize_url"), "accept")
        .await?;
    let connection = engine.call("connections.wait", onboarding()).await?;
    match text(&connection, "state") {
        "connected_not_validated" => Ok(connection),
        other => Err(Failure::Other(format!(
            "Lever is not connected but {other}: {}",
            connection["failure"]
        ))),
    }
}

/// Adds the listener for hires to Onboarding and its webhook in Lever, and presses *Verify connection*.
///
/// # Errors
/// [`Failure`] if the listener is not verified afterwards.
pub async fn listen(engine: &Engine, visitor: &Visitor) -> Result<(Webhook, Value), Failure> {
    let request = json!({ "integration": "onboarding", "workflow_id": "onboarding", "event": "candidateHired" });
    let draft = engine.call("listeners.begin", request).await?;
    let id = text(&draft, "id");
    let url = draft["endpoint_url"].as_str();
    let url = url.ok_or_else(|| Failure::Other(text(&draft, "endpoint_problem").to_owned()))?;
    let webhook = visitor.add_webhook("candidateHired", url).await?;
    let request = json!({ "id": id, "signature_token": webhook.signature_token });
    engine.call("listeners.create", request).await?;
    let mut changes = engine.changes();
    visitor.verify(&webhook).await?;
    let verified = async {
        loop {
            let listener = engine.call("listeners.show", json!({ "id": id })).await?;
            if text(&listener, "state") == "connection_verified" {
                return Ok((webhook.clone(), listener));
            }
            // What was missed is looked up again.
            let _ = changes.recv().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), verified)
        .await
        .unwrap_or_else(|_| {
            Err(Failure::Other(
                "Lever's test did not arrive within 30 seconds.".to_owned(),
            ))
        })
}

/// Waits until so many people are in the directory and in the workflow.
///
/// # Errors
/// [`Failure`] if they are not there in time.
pub async fn people(engine: &Engine, wanted: usize) -> Result<(), Failure> {
    let mut changes = engine.changes();
    let arrived = async {
        loop {
            let workflows = engine.call("workflows.list", json!({})).await?;
            let inside = workflows[0]["people"].as_u64().unwrap_or_default();
            if usize::try_from(inside).is_ok_and(|inside| inside >= wanted) {
                return Ok(());
            }
            // As above.
            let _ = changes.recv().await;
        }
    };
    match tokio::time::timeout(PATIENCE, arrived).await {
        Ok(arrived) => arrived,
        Err(_) => {
            let waiting = engine.call("attention.list", json!({})).await?;
            let seconds = PATIENCE.as_secs();
            Err(Failure::Other(format!(
                "Not all of {wanted} hires became people within {seconds} seconds. Waiting: {waiting}"
            )))
        }
    }
}
