//! Whether what a trace shows may be called durable.

use std::collections::HashSet;

use fulcrum_relay::{EndpointId, SealingKey};

use super::disk::Disk;
use super::trace::Step;

/// What was seen in a trace of events that came one after the other, to a relay that no desktop empties.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Answers 200.
    pub acks: usize,
    /// Syncs that the kernel carried out.
    pub syncs: usize,
    /// Syncs that failed.
    pub faults: usize,
    /// Answers 200 that left before a sync had covered the event.
    pub acks_before_sync: usize,
    /// Syncs on a descriptor on which one had failed: what they say proves nothing.
    pub retried: usize,
}

pub fn judge(steps: &[Step]) -> Seen {
    let mut seen = Seen::default();
    let mut disk = Disk::default();
    let mut failed = HashSet::new();
    let mut at_last_ack = 0;
    for step in steps {
        disk.take(step);
        match step {
            Step::SyncEnds {
                descriptor, synced, ..
            } => {
                seen.retried += usize::from(failed.contains(descriptor));
                if *synced {
                    seen.syncs += 1;
                } else {
                    seen.faults += 1;
                    failed.insert(descriptor.clone());
                }
            }
            Step::Close { descriptor } => drop(failed.remove(descriptor)),
            Step::Answer { status: 200 } => {
                seen.acks += 1;
                let covered = disk.log_is_synced() && seen.syncs > at_last_ack;
                seen.acks_before_sync += usize::from(!covered);
                at_last_ack = seen.syncs;
            }
            _ => {}
        }
    }
    seen
}

/// Cuts the power at each answer 200; returns the cuts, and the acknowledged bodies that were not there after one.
/// `disk` is as it was before the first step; `acked` are the bodies in the order of the answers.
pub fn cut_power(
    mut disk: Disk,
    steps: &[Step],
    acked: &[String],
    endpoint: EndpointId,
    key: &SealingKey,
) -> (usize, usize) {
    let (mut cuts, mut lost) = (0, HashSet::new());
    for step in steps {
        disk.take(step);
        if matches!(step, Step::Answer { status: 200 }) {
            cuts += 1;
            let there = disk.bodies(endpoint, key);
            lost.extend(
                acked
                    .iter()
                    .take(cuts)
                    .filter(|body| !there.contains(*body)),
            );
        }
    }
    (cuts, lost.len())
}
