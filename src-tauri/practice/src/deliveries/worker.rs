//! Carries out queued deliveries, with retries (LEVER.md 5.5).

use tokio::sync::mpsc;
use tokio::task::JoinSet;

use super::DeliveryNumber;
use super::lanes::Lanes;
use super::send::{Retry, attempt};
use crate::Practice;

/// Works on the queue until its sending side is gone; dropping the future abandons what is in flight.
pub(crate) async fn carry_out(
    practice: Practice,
    mut queue: mpsc::UnboundedReceiver<DeliveryNumber>,
) {
    let mut paused = practice.world().deliveries.watch_pause();
    let mut lanes = Lanes::default();
    let mut running = JoinSet::new();
    loop {
        if !*paused.borrow_and_update() {
            for (number, turn) in lanes.take() {
                let practice = practice.clone();
                running.spawn(async move {
                    let retry = attempt(&practice, number).await;
                    drop(turn);
                    retry
                });
            }
        }
        tokio::select! {
            next = queue.recv() => {
                let Some(number) = next else { return };
                add(&practice, &mut lanes, number);
                while let Ok(number) = queue.try_recv() {
                    add(&practice, &mut lanes, number);
                }
            }
            Some(ended) = running.join_next() => match ended {
                Ok(Some(Retry { due, webhook, number })) => lanes.add_retry(due, webhook, number),
                Ok(None) => {}
                Err(error) => tracing::error!(%error, "a delivery ended early"),
            },
            () = wait_until(&practice, lanes.next_due()) => lanes.wake(practice.now_ms()),
            // The sender lives in the practice world, so this ends only when the pause changes.
            _ = paused.changed() => {}
        }
    }
}

fn add(practice: &Practice, lanes: &mut Lanes, number: DeliveryNumber) {
    let world = practice.world();
    if let Some(delivery) = world.deliveries.get(number) {
        lanes.add(delivery.webhook.clone(), number);
    }
}

/// Completes at `due` (ms), or never if nothing is due.
async fn wait_until(practice: &Practice, due: Option<i64>) {
    match due {
        Some(due) => practice.clock().wait_until(due).await,
        None => std::future::pending().await,
    }
}
