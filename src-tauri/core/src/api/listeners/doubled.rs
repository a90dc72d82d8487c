//! `listeners.doubled`: addresses that more than one webhook in Lever calls. Each of their events arrives twice; it runs
//! once, and one of the webhooks is of no use.

use serde::Serialize;
use ts_rs::TS;

use super::set_up::webhooks_are_readable;
use crate::api::app::NoInput;
use crate::api::engine::Engine;
use crate::api::error::AppError;
use crate::lever::Priority;
use crate::store::connections::Integration;
use crate::store::listeners;

/// How long what Lever said counts, in milliseconds: every event makes screens ask anew.
const COUNTS_FOR: i64 = 60 * 1_000;

/// A listener whose address several webhooks call.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DoubledListener {
    /// The listener.
    pub listener_id: String,
    /// How many webhooks Lever has with its address.
    pub webhooks: u32,
}

/// Answers `listeners.doubled`; nothing of an integration whose connection may not see webhooks.
pub(in crate::api) async fn doubled(
    engine: &Engine,
    _: NoInput,
) -> Result<Vec<DoubledListener>, AppError> {
    let (mut doubled, mut problem) = (Vec::new(), None);
    for integration in Integration::ALL {
        // What one connection cannot tell now hides nothing of the other.
        match doubled_of(engine, integration).await {
            Ok(found) => doubled.extend(found),
            Err(failed) => problem = Some(failed),
        }
    }
    match problem {
        Some(problem) if doubled.is_empty() => Err(problem),
        _ => Ok(doubled),
    }
}

async fn doubled_of(
    engine: &Engine,
    integration: Integration,
) -> Result<Vec<DoubledListener>, AppError> {
    let running = engine.running().await?;
    let listeners = running
        .store
        .read(move |db| listeners::of(db, integration))
        .await?;
    if listeners.is_empty() || !webhooks_are_readable(&running, integration).await? {
        return Ok(Vec::new());
    }
    let now = engine.now();
    let mut seen = running.webhooks_seen.lock().await;
    let fresh = |(at, _): &(i64, _)| now - at < COUNTS_FOR;
    if !seen.get(&integration).is_some_and(fresh) {
        let access = &running.lever(integration).access;
        let in_lever = access.client(Priority::Person).await?.webhooks().await?;
        seen.insert(integration, (now, in_lever));
    }
    let in_lever = seen.get(&integration).map_or(&[][..], |(_, each)| each);
    let doubled = listeners.into_iter().filter_map(|listener| {
        let address = listener.endpoint_url?;
        let there = in_lever.iter().filter(|one| one.url == address).count();
        (there > 1).then(|| DoubledListener {
            listener_id: listener.id,
            webhooks: u32::try_from(there).unwrap_or(u32::MAX),
        })
    });
    Ok(doubled.collect())
}
