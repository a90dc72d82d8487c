//! The approval of an offer: a chain of steps, each with approvers and a number that must agree.

use super::OfferError;

/// One step of a chain. Steps come one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ApprovalStep {
    /// Ids of the users who are asked.
    pub(crate) approvers: Vec<String>,
    /// How many of them must agree.
    pub(crate) needed: usize,
}

impl ApprovalStep {
    /// A step that asks everybody once: who is named twice, say as hiring manager and by name, could
    /// otherwise never give the second approval.
    pub(super) fn new(approvers: impl IntoIterator<Item = String>, needed: usize) -> Self {
        let mut asked: Vec<String> = Vec::new();
        for approver in approvers {
            if !asked.contains(&approver) {
                asked.push(approver);
            }
        }
        Self {
            needed: needed.min(asked.len()),
            approvers: asked,
        }
    }
}

/// Someone's agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decision {
    step: usize,
    pub(crate) approver: String,
    /// Who gave it: the approver, or a Super Admin in their place.
    pub(crate) by: String,
    pub(crate) at: i64,
}

/// A request for approval that is open or was granted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Approval {
    pub(crate) steps: Vec<ApprovalStep>,
    pub(crate) decisions: Vec<Decision>,
}

impl Approval {
    /// The request for a chain; steps that nobody could answer are left out.
    ///
    /// # Errors
    /// Refuses a chain without any approver.
    pub(super) fn request(chain: &[ApprovalStep], custom: &[String]) -> Result<Self, OfferError> {
        let custom = ApprovalStep::new(custom.iter().cloned(), custom.len());
        let mut steps: Vec<ApprovalStep> = chain.iter().cloned().chain([custom]).collect();
        steps.retain(|step| !step.approvers.is_empty() && step.needed > 0);
        if steps.is_empty() {
            return Err(OfferError::NoApprover);
        }
        Ok(Self {
            steps,
            decisions: Vec::new(),
        })
    }

    fn agreed(&self, step: usize) -> usize {
        let own = self.decisions.iter().filter(|one| one.step == step);
        own.count()
    }

    /// Whether a step has all the agreement it needs.
    pub(crate) fn is_step_done(&self, place: usize) -> bool {
        self.steps
            .get(place)
            .is_none_or(|step| self.agreed(place) >= step.needed.min(step.approvers.len()))
    }

    pub(crate) fn is_complete(&self) -> bool {
        (0..self.steps.len()).all(|place| self.is_step_done(place))
    }

    /// Who is asked at the moment: the approvers of the first open step who have not agreed yet.
    pub(crate) fn waiting_for(&self) -> Vec<&str> {
        let Some(place) = (0..self.steps.len()).find(|place| !self.is_step_done(*place)) else {
            return Vec::new();
        };
        let asked = self.steps[place].approvers.iter().map(String::as_str);
        let open = asked.filter(|id| self.decision(place, id).is_none());
        open.collect()
    }

    /// The agreement that `approver` gave in a step.
    pub(crate) fn decision(&self, step: usize, approver: &str) -> Option<&Decision> {
        let mut own = self.decisions.iter();
        own.find(|one| one.step == step && one.approver == approver)
    }

    /// Whose turn `by` takes: their own, or with `in_place` that of the first who is asked.
    ///
    /// # Errors
    /// Refuses someone who is not asked at the moment.
    pub(super) fn turn_of(&self, by: &str, in_place: bool) -> Result<String, OfferError> {
        let waiting = self.waiting_for();
        let own = waiting.iter().find(|id| **id == by);
        let first = waiting.first().filter(|_| in_place);
        own.or(first)
            .map(|id| (*id).to_owned())
            .ok_or(OfferError::NotYourTurn)
    }

    /// Records the agreement of `approver`, who is asked at the moment.
    pub(super) fn agree(&mut self, approver: &str, by: &str, at: i64) {
        let open = (0..self.steps.len()).find(|place| !self.is_step_done(*place));
        if let Some(step) = open {
            self.decisions.push(Decision {
                step,
                approver: approver.to_owned(),
                by: by.to_owned(),
                at,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(approvers: &[&str], needed: usize) -> ApprovalStep {
        ApprovalStep {
            approvers: approvers.iter().map(|id| (*id).to_owned()).collect(),
            needed,
        }
    }

    #[test]
    fn steps_come_in_order_and_end_with_as_many_approvals_as_they_need() {
        let chain = [step(&["a", "b"], 1), step(&[], 1), step(&["c"], 5)];
        let mut approval = Approval::request(&chain, &["d".to_owned()]).expect("approvers");
        assert_eq!(approval.waiting_for(), ["a", "b"]);
        assert_eq!(approval.turn_of("c", false), Err(OfferError::NotYourTurn));
        approval.agree("b", "b", 1);
        assert_eq!(approval.waiting_for(), ["c"]);
        assert_eq!(approval.turn_of("root", true), Ok("c".to_owned()));
        approval.agree("c", "root", 2);
        approval.agree("d", "d", 3);
        assert!(approval.is_complete());
        assert_eq!(approval.turn_of("d", true), Err(OfferError::NotYourTurn));
    }

    #[test]
    fn who_is_named_twice_is_asked_once() {
        let twice = || ["a", "b", "a"].map(str::to_owned);
        assert_eq!(ApprovalStep::new(twice(), 3), step(&["a", "b"], 2));
        let mut approval = Approval::request(&[], &twice()).expect("approvers");
        approval.agree("a", "a", 1);
        approval.agree("b", "b", 2);
        assert!(approval.is_complete());
    }

    #[test]
    fn a_chain_without_anyone_to_ask_is_refused() {
        let nobody = Approval::request(&[step(&[], 1)], &[]);
        assert_eq!(nobody, Err(OfferError::NoApprover));
    }
}
