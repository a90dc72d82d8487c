//! The stages and archive reasons that a company sets up (PRODUCTS.md 3.3, L15, L16).

use super::{ArchiveReason, ChangeError, ReasonType, Stage, World};
use crate::identifiers::random_id;

/// Ids of the stages that every company has: *New Lead*, *New Applicant* and *Offer*.
const FIXED_STAGES: [&str; 3] = ["lead-new", "applicant-new", "offer"];

impl Stage {
    /// Whether it can be neither removed nor renamed.
    pub(crate) fn is_fixed(&self) -> bool {
        FIXED_STAGES.contains(&self.id.as_str())
    }
}

impl World {
    /// Adds a stage behind another, in the same pipeline.
    pub(crate) fn add_stage(&mut self, text: &str, after: &str) -> Result<(), ChangeError> {
        let text = name(text)?;
        let place = self
            .company
            .stage_index(after)
            .ok_or_else(|| ChangeError::not_found("stages", after))?;
        let before = &self.company.stages[place];
        let next = self.company.stages.get(place + 1);
        let rank = next.map_or(before.rank + 1.0, |next| {
            f64::midpoint(before.rank, next.rank)
        });
        let stage = Stage {
            id: random_id(),
            text,
            pipeline: before.pipeline.clone(),
            rank,
            has_interview: false,
        };
        self.opportunities.rank_stage(&stage.id, rank);
        self.company.stages.insert(place + 1, stage);
        Ok(())
    }

    /// Gives a stage another name.
    pub(crate) fn rename_stage(&mut self, id: &str, text: &str) -> Result<(), ChangeError> {
        let text = name(text)?;
        self.free_stage(id)?.text = text;
        Ok(())
    }

    /// Removes a stage in which nobody is, archived or not.
    pub(crate) fn remove_stage(&mut self, id: &str) -> Result<(), ChangeError> {
        self.free_stage(id)?;
        if self.opportunities.living().any(|one| one.stage == id) {
            let text = "Candidates are in this stage. Move them to another one first.";
            return Err(ChangeError::invalid(text));
        }
        self.company.stages.retain(|stage| stage.id != id);
        Ok(())
    }

    fn free_stage(&mut self, id: &str) -> Result<&mut Stage, ChangeError> {
        let stage = self.company.stages.iter_mut().find(|stage| stage.id == id);
        match stage {
            None => Err(ChangeError::not_found("stages", id)),
            Some(stage) if stage.is_fixed() => {
                let text = "New lead, New applicant and Offer belong to every company.";
                Err(ChangeError::invalid(text))
            }
            Some(stage) => Ok(stage),
        }
    }

    /// Adds a reason for candidates who are not hired.
    pub(crate) fn add_reason(&mut self, text: &str) -> Result<(), ChangeError> {
        let reason = ArchiveReason {
            id: random_id(),
            text: name(text)?,
            status: "active".to_owned(),
            kind: ReasonType::NonHired,
        };
        self.company.archive_reasons.push(reason);
        Ok(())
    }

    /// Gives a reason another name.
    pub(crate) fn rename_reason(&mut self, id: &str, text: &str) -> Result<(), ChangeError> {
        let text = name(text)?;
        self.free_reason(id)?.text = text;
        Ok(())
    }

    /// Removes a reason for which nobody is archived.
    pub(crate) fn remove_reason(&mut self, id: &str) -> Result<(), ChangeError> {
        self.free_reason(id)?;
        let mut living = self.opportunities.living();
        let is_used = living.any(|one| one.archived.as_ref().is_some_and(|own| own.reason == id));
        drop(living);
        if is_used {
            return Err(ChangeError::invalid(
                "Candidates are archived for this reason.",
            ));
        }
        self.company
            .archive_reasons
            .retain(|reason| reason.id != id);
        Ok(())
    }

    fn free_reason(&mut self, id: &str) -> Result<&mut ArchiveReason, ChangeError> {
        let mut reasons = self.company.archive_reasons.iter_mut();
        match reasons.find(|reason| reason.id == id) {
            None => Err(ChangeError::not_found("archive_reasons", id)),
            Some(reason) if reason.kind == ReasonType::Hired => {
                let text = "The reason that marks a hire belongs to every company.";
                Err(ChangeError::invalid(text))
            }
            Some(reason) => Ok(reason),
        }
    }
}

fn name(text: &str) -> Result<String, ChangeError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(ChangeError::invalid("A name is needed."));
    }
    Ok(text.to_owned())
}
