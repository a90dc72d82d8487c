//! The two inputs that make a letter, in whichever order they come (SCREENS.md Q4): the candidate is in the Offer stage,
//! by its id, and the offer was sent.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where a candidacy stands in Lever.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stands {
    /// The candidate's name in Lever; blank if anonymised.
    pub name: String,
    /// The stage they are in, or were in when they were archived: id and name.
    pub stage: Option<(String, String)>,
    /// Why they are out of the pipeline; none while they are in it.
    pub out: Option<Out>,
}

/// Why a candidate is out of the pipeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Out {
    /// Archived as hired.
    Hired,
    /// Archived for something else, or for a reason that the connection may not read.
    Archived,
    /// The personal data is gone from Lever.
    Anonymized,
    /// Lever does not have them any more.
    Deleted,
}

/// When an offer has a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    /// The ids of the Offer stage.
    pub stages: BTreeSet<String>,
    /// Whether an offer that Lever itself sent counts too.
    pub also_sent: bool,
}

/// One thing that has to be so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "LetterCheck")]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// Lever has the candidate.
    InLever,
    /// The candidate is in the pipeline.
    InPipeline,
    /// The candidate is in the Offer stage.
    Stage,
    /// The offer was sent.
    Sent,
}

/// One thing that has to be so, and whether it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "LetterCondition")]
pub struct Condition {
    /// What has to be so.
    pub check: Check,
    /// Whether it is.
    pub met: bool,
    /// What Lever says, in words.
    pub evidence: String,
    /// What to do about it; none if it is met.
    pub fix: Option<String>,
}

impl Gate {
    /// Whether an offer in this state, as Lever writes it, has a letter.
    pub fn is_open(&self, stands: &Stands, status: &str) -> bool {
        self.conditions(stands, Some(status))
            .iter()
            .all(|condition| condition.met)
    }

    /// Whether this is the Offer stage, by its id, of a candidate in the pipeline.
    pub fn holds_stage(&self, stands: &Stands) -> bool {
        let stage = stands.stage.as_ref();
        stands.out.is_none() && stage.is_some_and(|(id, _)| self.stages.contains(id))
    }

    /// Each condition with its evidence; `status` is the offer's state as Lever writes it, none if there is no offer.
    pub fn conditions(&self, stands: &Stands, status: Option<&str>) -> Vec<Condition> {
        let gone = match stands.out {
            Some(Out::Deleted) => Some("Lever does not have the candidate any more."),
            Some(Out::Anonymized) => Some("The candidate's data was removed from Lever."),
            _ => None,
        };
        if let Some(gone) = gone {
            return vec![Condition {
                check: Check::InLever,
                met: false,
                evidence: gone.to_owned(),
                fix: Some("A candidate who is gone gets no letter.".to_owned()),
            }];
        }
        let found = Condition {
            check: Check::InLever,
            met: true,
            evidence: format!("{} is in Lever.", stands.name),
            fix: None,
        };
        vec![
            found,
            pipeline(stands),
            self.stage(stands),
            self.sent(status),
        ]
    }

    fn stage(&self, stands: &Stands) -> Condition {
        let (met, evidence) = match &stands.stage {
            Some((id, name)) => (
                self.stages.contains(id),
                format!("The stage is “{name}” (id {id})."),
            ),
            None => (false, "Lever names no stage.".to_owned()),
        };
        let fix = match self.stages.len() {
            0 => {
                "No stage is known as the Offer stage. Choose it in the settings of offer letters."
            }
            _ => {
                "Move the candidate to the Offer stage in Lever. A stage that is only called Offer has another id."
            }
        };
        Condition {
            check: Check::Stage,
            met,
            evidence,
            fix: (!met).then(|| fix.to_owned()),
        }
    }

    fn sent(&self, status: Option<&str>) -> Condition {
        let met = match status {
            Some("sent-manually") => true,
            Some("sent" | "opened") => self.also_sent,
            _ => false,
        };
        let evidence = match status {
            Some(status) => format!("The offer is “{status}”."),
            None => "There is no offer.".to_owned(),
        };
        let fix = match status {
            None => "Make the offer in Lever, and have it approved.",
            Some("sent" | "opened") => {
                "It was sent by Lever. Switch on letters for offers that Lever sends, in the settings of offer letters."
            }
            Some("signed" | "denied") => {
                "It was decided before Fulcrum saw it as sent, so it has no letter."
            }
            Some(_) => "In Lever, choose “Sending offer outside of Lever?” once it is approved.",
        };
        Condition {
            check: Check::Sent,
            met,
            evidence,
            fix: (!met).then(|| fix.to_owned()),
        }
    }
}

fn pipeline(stands: &Stands) -> Condition {
    let evidence = match stands.out {
        None => "The candidate is in the pipeline.",
        Some(Out::Hired) => "The candidate is archived as hired.",
        Some(_) => "The candidate is archived.",
    };
    let met = stands.out.is_none();
    Condition {
        check: Check::InPipeline,
        met,
        evidence: evidence.to_owned(),
        fix: (!met).then(|| "Only offers of candidates in the pipeline get a letter.".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gate(also_sent: bool) -> Gate {
        Gate {
            stages: BTreeSet::from(["s-offer".to_owned()]),
            also_sent,
        }
    }

    fn stands(stage: &str, out: Option<Out>) -> Stands {
        Stands {
            name: "Rosa Lindqvist".to_owned(),
            stage: Some((stage.to_owned(), "Offer".to_owned())),
            out,
        }
    }

    #[test]
    fn an_offer_has_a_letter_when_the_stage_is_the_offer_stage_by_its_id_and_it_was_sent_manually()
    {
        let gate = gate(false);
        let inside = stands("s-offer", None);
        assert!(gate.is_open(&inside, "sent-manually"));
        for status in [
            "draft",
            "approval-sent",
            "approved",
            "sent",
            "opened",
            "signed",
            "denied",
            "a-new-one",
        ] {
            assert!(!gate.is_open(&inside, status), "{status}");
        }
        let same_name = stands("s-other", None);
        assert!(!gate.is_open(&same_name, "sent-manually"));
        for out in [Out::Hired, Out::Archived, Out::Anonymized, Out::Deleted] {
            assert!(!gate.is_open(&stands("s-offer", Some(out)), "sent-manually"));
        }
        assert!(!gate.is_open(&Stands::default(), "sent-manually"));
    }

    #[test]
    fn offers_that_lever_sends_count_where_that_is_set() {
        let inside = stands("s-offer", None);
        for status in ["sent", "opened", "sent-manually"] {
            assert!(gate(true).is_open(&inside, status), "{status}");
        }
        assert!(!gate(true).is_open(&inside, "signed"));
    }

    #[test]
    fn each_condition_that_is_not_met_says_what_to_do() {
        let outs = [
            None,
            Some(Out::Hired),
            Some(Out::Deleted),
            Some(Out::Anonymized),
        ];
        let statuses = [
            None,
            Some("draft"),
            Some("sent"),
            Some("signed"),
            Some("sent-manually"),
        ];
        for out in outs {
            for stage in ["s-offer", "s-other"] {
                for status in statuses {
                    for condition in gate(false).conditions(&stands(stage, out), status) {
                        assert_eq!(condition.met, condition.fix.is_none(), "{condition:?}");
                        assert!(!condition.evidence.is_empty());
                    }
                }
            }
        }
    }
}
