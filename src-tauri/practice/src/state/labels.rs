//! Tags, sources and links (LEVER.md 3.5).

use super::{ChangeError, World};

/// The three lists of texts that can be added to and taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Label {
    Tags,
    Sources,
    /// Kept with the contact, so they show on all of its opportunities.
    Links,
}

impl World {
    /// Adds texts to an opportunity; those it has already change nothing.
    pub(crate) fn add_labels(
        &mut self,
        opportunity: &str,
        label: Label,
        added: Vec<String>,
        now: i64,
    ) -> Result<(), ChangeError> {
        self.change_labels(opportunity, label, now, |kept| {
            let before = kept.len();
            for text in added {
                if !kept.contains(&text) {
                    kept.push(text);
                }
            }
            kept.len() > before
        })
    }

    /// Takes texts from an opportunity; those it does not have change nothing.
    pub(crate) fn remove_labels(
        &mut self,
        opportunity: &str,
        label: Label,
        removed: &[String],
        now: i64,
    ) -> Result<(), ChangeError> {
        self.change_labels(opportunity, label, now, |kept| {
            let before = kept.len();
            kept.retain(|text| !removed.contains(text));
            kept.len() < before
        })
    }

    /// `change` says whether anything changed.
    fn change_labels(
        &mut self,
        id: &str,
        label: Label,
        now: i64,
        change: impl FnOnce(&mut Vec<String>) -> bool,
    ) -> Result<(), ChangeError> {
        let mut opportunity = self.profile_mut(id)?;
        let (what, kept) = match label {
            Label::Tags => ("Tags", &mut opportunity.tags),
            Label::Sources => ("Sources", &mut opportunity.sources),
            Label::Links => {
                let contact = opportunity.contact.clone();
                drop(opportunity);
                self.change_links(&contact, now, change);
                return Ok(());
            }
        };
        let before = kept.clone();
        if change(kept) {
            let after = kept.clone();
            opportunity.touch(now);
            drop(opportunity);
            self.tell(id, what, in_words(&before), in_words(&after), now);
        }
        Ok(())
    }

    fn change_links(
        &mut self,
        contact: &str,
        now: i64,
        change: impl FnOnce(&mut Vec<String>) -> bool,
    ) {
        let mut changed = None;
        self.update_contact(contact, |contact| {
            let before = in_words(&contact.links);
            if change(&mut contact.links) {
                changed = Some((before, in_words(&contact.links)));
            }
        });
        if let Some((before, after)) = changed {
            for opportunity in self.opportunities_of(contact) {
                self.tell(&opportunity, "Links", before.clone(), after.clone(), now);
            }
            self.contact_changed(contact, now);
        }
    }
}

fn in_words(texts: &[String]) -> Option<String> {
    (!texts.is_empty()).then(|| texts.join(", "))
}
