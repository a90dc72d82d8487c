//! Tells the screens what became stale. Every change, whoever made it, goes the same way.

use serde::{Deserialize, Serialize};
use tokio::sync::broadcast;
use ts_rs::TS;

/// What a read is made of and what a write makes stale; a screen loads again what shares a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Tag {
    /// The program itself.
    App,
    /// The connection to Lever.
    Connection,
    /// The saved mapping and the fields.
    Mapping,
    /// The candidates on whom a draft is tried.
    Samples,
    /// Workflows and who is in them.
    Workflows,
    /// Listeners and what they received.
    Listeners,
    /// People.
    People,
    /// Offer letters.
    Letters,
    /// The log and what waits.
    Activity,
    /// The way from the internet.
    Relay,
    /// Settings.
    Settings,
}

impl Tag {
    /// Every tag; for who missed what changed.
    pub const ALL: [Self; 11] = [
        Self::App,
        Self::Connection,
        Self::Mapping,
        Self::Samples,
        Self::Workflows,
        Self::Listeners,
        Self::People,
        Self::Letters,
        Self::Activity,
        Self::Relay,
        Self::Settings,
    ];
}

/// The sending side; cheap to clone.
#[derive(Clone)]
pub struct Feed {
    sender: broadcast::Sender<Vec<Tag>>,
}

impl Feed {
    /// A feed that nobody listens to yet.
    pub fn new() -> Self {
        let (sender, _) = broadcast::channel(256);
        Self { sender }
    }

    /// Says that everything made of these tags is stale.
    pub fn changed(&self, tags: &[Tag]) {
        // Without a listener there is nobody to tell.
        let _ = self.sender.send(tags.to_vec());
    }

    /// A listener to what comes from now on. One that falls behind loses the oldest and should load all again.
    pub fn listen(&self) -> broadcast::Receiver<Vec<Tag>> {
        self.sender.subscribe()
    }
}

impl Default for Feed {
    fn default() -> Self {
        Self::new()
    }
}
