//! Carries out queued deliveries, with retries (LEVER.md 5.5).

use std::collections::HashMap;
use std::sync::Arc;

use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;

use super::send::attempt;
use super::{DeliveryNumber, DeliveryState};
use crate::Practice;

/// Requests in flight per webhook. Each has its own allowance, so a slow endpoint delays only itself.
const IN_FLIGHT_PER_WEBHOOK: usize = 64;

/// Waits before the five further tries, in seconds. Lever names only their number (LEVER.md 5.5).
const RETRY_WAITS_S: [f64; 5] = [10.0, 60.0, 300.0, 1_800.0, 7_200.0];

/// Works on the queue until its sending side is gone; dropping the future abandons what is in flight.
pub(crate) async fn carry_out(
    practice: Practice,
    mut queue: mpsc::UnboundedReceiver<DeliveryNumber>,
) {
    let mut lanes: HashMap<String, Arc<Semaphore>> = HashMap::new();
    let mut running = JoinSet::new();
    loop {
        tokio::select! {
            next = queue.recv() => {
                let Some(number) = next else { return };
                let webhook = practice.world().deliveries.get(number).map(|one| one.webhook.clone());
                let Some(webhook) = webhook else { continue };
                let lane = lanes
                    .entry(webhook)
                    .or_insert_with(|| Arc::new(Semaphore::new(IN_FLIGHT_PER_WEBHOOK)));
                running.spawn(deliver(practice.clone(), number, Arc::clone(lane)));
            }
            Some(ended) = running.join_next() => {
                if let Err(error) = ended {
                    tracing::error!(%error, "a delivery ended early");
                }
            }
        }
    }
}

async fn deliver(practice: Practice, number: DeliveryNumber, lane: Arc<Semaphore>) {
    let mut waits = RETRY_WAITS_S.iter();
    loop {
        let tried = {
            let _turn = lane.acquire().await.expect("lanes are never closed");
            attempt(&practice, number).await
        };
        let Some(failed) = tried.filter(|attempt| !attempt.succeeded()) else {
            return;
        };
        let Some(wait) = waits.next() else { break };
        // Counted from the start of the try, which a test knows: it saw the request arrive.
        let due = failed.at + scaled_ms(*wait, practice.world().switches.retry_scale);
        practice.clock().wait_until(due).await;
    }
    if let Some(delivery) = practice.world().deliveries.get_mut(number) {
        delivery.state = DeliveryState::Failed;
    }
}

/// A wait in milliseconds; a scale that is negative or not a number counts as zero.
fn scaled_ms(wait_s: f64, scale: f64) -> i64 {
    (wait_s * 1_000.0 * scale.max(0.0)) as i64
}
