//! Answers to writes, of which little may be believed.

use serde::{Deserialize, Deserializer, de};

use super::{Archived, Expandable, Id, Millis, Opportunity, Stage};

/// The id of what was written. A note answers with its `noteId` alone or with the whole note (LEVER.md 3.4), a
/// requisition with a raw record (LEVER.md 3.10): nothing else in such an answer is read, so read the resource
/// again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written<T> {
    /// Its id.
    pub id: Id<T>,
}

impl<'de, T> Deserialize<'de> for Written<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Answer {
            #[serde(rename = "noteId", default)]
            note: String,
            #[serde(default)]
            id: String,
        }
        let Answer { note, id } = Answer::deserialize(deserializer)?;
        [note, id]
            .into_iter()
            .find(|id| !id.trim().is_empty())
            .map(|id| Self { id: id.into() })
            .ok_or_else(|| de::Error::missing_field("id"))
    }
}

/// The opportunity as Lever answers a change of its tags, links, stage or archive state. The name, the headline
/// and everything of the contact are blank there whatever they really are (LEVER.md 3.1), so they do not exist
/// in this type and cannot overwrite what is known.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WrittenOpportunity {
    /// Its id.
    pub id: Id<Opportunity>,
    /// The stage it is in now.
    pub stage: Option<Expandable<Stage>>,
    /// Why and when it left the pipeline; none while it is in it.
    pub archived: Option<Archived>,
    /// Its tags now.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Its sources now.
    #[serde(default)]
    pub sources: Vec<String>,
    /// When it last changed.
    pub updated_at: Option<Millis>,
}
