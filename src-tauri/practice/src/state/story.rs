//! The story of a profile: every change in order, with who made it and what was before.

use super::{Opportunity, World};

/// Who makes a change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Author {
    /// A user at the pages, by id.
    User(String),
    /// An application or an API key, by name.
    App(String),
    /// Nobody who is known, such as a test.
    #[default]
    Nobody,
}

/// One line of the story. `from` and `to` are words, not ids, so that they outlive what they name.
#[derive(Clone, Debug)]
pub(crate) struct StoryEntry {
    /// Milliseconds since 1970 UTC.
    pub(crate) at: i64,
    pub(crate) by: Author,
    /// What changed, for example `Stage`.
    pub(crate) what: &'static str,
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
}

impl World {
    /// Writes a line into the story of an opportunity, by whoever is acting.
    pub(crate) fn tell(
        &mut self,
        opportunity: &str,
        what: &'static str,
        from: Option<String>,
        to: Option<String>,
        now: i64,
    ) {
        let by = self.acting.clone();
        if let Some(mut opportunity) = self.opportunity_mut(opportunity) {
            opportunity.story.push(StoryEntry {
                at: now,
                by,
                what,
                from,
                to,
            });
        }
    }

    /// The whole story, newest first. What was so before the story was kept, as in a seeded record, is
    /// read from the stage history and the archived state.
    pub(crate) fn story_of(&self, opportunity: &Opportunity) -> Vec<StoryEntry> {
        let mut story = opportunity.story.clone();
        let told = |what: &str, at: i64| {
            let mut entries = opportunity.story.iter();
            entries.any(|entry| entry.what == what && entry.at == at)
        };
        let name = |id: &str| self.company.stage(id).map(|stage| stage.text.clone());
        let mut before = None;
        for change in &opportunity.stage_changes {
            let to = name(&change.to_stage_id);
            if !told("Stage", change.updated_at) {
                let by = change.user_id.clone().map_or(Author::Nobody, Author::User);
                story.push(StoryEntry {
                    at: change.updated_at,
                    by,
                    what: "Stage",
                    from: before,
                    to: to.clone(),
                });
            }
            before = to;
        }
        if let Some(archived) = &opportunity.archived
            && !told("Archived", archived.archived_at)
        {
            let reason = self.company.reason(&archived.reason);
            story.push(StoryEntry {
                at: archived.archived_at,
                by: Author::Nobody,
                what: "Archived",
                from: None,
                to: reason.map(|reason| reason.text.clone()),
            });
        }
        story.sort_by_key(|entry| entry.at);
        story.reverse();
        story
    }
}
