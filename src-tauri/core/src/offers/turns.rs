//! One look at a candidacy at a time, so that what was read earlier is never written over what was read later.

use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use tokio::sync::{Mutex, MutexGuard};

/// Candidacies share these, so a few wait for each other in vain.
const LANES: usize = 64;

/// Whose turn it is.
#[derive(Clone)]
pub(super) struct Turns(Arc<(RandomState, [Mutex<()>; LANES])>);

impl Turns {
    pub(super) fn new() -> Self {
        let lanes = std::array::from_fn(|_| Mutex::default());
        Self(Arc::new((RandomState::new(), lanes)))
    }

    /// Returns when nobody else has the turn of a candidacy, and holds it.
    pub(super) async fn of(&self, opportunity_id: &str) -> MutexGuard<'_, ()> {
        let (hasher, lanes) = &*self.0;
        let lanes_here = u64::try_from(LANES).unwrap_or(1);
        let lane = hasher.hash_one(opportunity_id) % lanes_here;
        lanes[usize::try_from(lane).unwrap_or(0)].lock().await
    }
}
