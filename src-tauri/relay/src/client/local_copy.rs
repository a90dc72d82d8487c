//! Which copy of an installation signs in.

use std::collections::HashMap;

use crate::protocol::{Fence, StoreId};

/// What tells this copy of an installation from others that were made from the same folder.
#[derive(Debug, Clone, Default)]
pub struct LocalCopy {
    /// The highest number on this copy's disk, for each relay's store that it ever had events from.
    pub stored: HashMap<StoreId, i64>,
    /// Whether the user chose this copy, whatever others have received.
    pub take_over: bool,
}

impl LocalCopy {
    pub(super) fn fence(&self, store: StoreId) -> Fence {
        Fence {
            stored: self.stored.get(&store).copied().unwrap_or_default(),
            take_over: self.take_over,
        }
    }
}
