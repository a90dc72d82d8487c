//! Whom a listener lets in: the stage that a stage change has to lead to, and filters on the job. Judged on what is
//! read again from Lever, never on an event, which proves nothing (RELIABILITY.md 0.1).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Something in Lever by its id, with its name when it was chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Choice {
    /// Lever's id, which stays when the name changes.
    pub id: String,
    /// The name.
    pub name: String,
}

/// Whom a listener lets in. Different filters narrow, several values of one filter widen; an empty one lets all in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Admission {
    /// For a listener of stage changes: the stage to come into. Without one its events are recorded only.
    pub stage: Option<Choice>,
    /// Departments of the posting, as Lever writes them.
    pub departments: Vec<String>,
    /// Locations of the posting, as Lever writes them.
    pub locations: Vec<String>,
    /// Postings.
    pub postings: Vec<Choice>,
    /// How the candidate came, as Lever writes it, such as `referred` (LEVER.md 5.5).
    pub origins: Vec<String>,
}

/// What Lever says of a candidate when it is read again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Truth {
    /// The stage they are in.
    pub stage: Option<Choice>,
    /// None if Lever counts them as hired, or else the sentence that says what they are.
    pub not_hired: Option<String>,
    /// Whether they were archived.
    pub archived: bool,
    /// The department of the posting.
    pub department: Option<String>,
    /// Every location of the posting.
    pub locations: Vec<String>,
    /// The posting.
    pub posting: Option<Choice>,
    /// How the candidate came.
    pub origin: Option<String>,
    /// Whether there is a posting that the connection may not read, so that its department and location are unknown.
    pub posting_unread: bool,
}

/// Why nobody is let in, as a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Lever no longer says what the event said (SCREENS.md 4.6.8).
    ChangedSince(String),
    /// A filter does not let the candidate in.
    Skipped(String),
    /// A filter asks for what the connection may not read.
    Unknown(String),
}

impl Admission {
    /// Whether Lever agrees that the candidate is to come in now: hired, or in the chosen stage and not rejected.
    ///
    /// # Errors
    /// [`Refusal::ChangedSince`].
    pub fn agrees(&self, truth: &Truth) -> Result<(), Refusal> {
        let Some(wanted) = &self.stage else {
            return match &truth.not_hired {
                None => Ok(()),
                Some(why) => Err(Refusal::ChangedSince(why.clone())),
            };
        };
        if truth.stage.as_ref().map(|stage| &stage.id) != Some(&wanted.id) {
            let now = truth.stage.as_ref().map_or("no stage", |stage| &stage.name);
            let why = format!(
                "The candidate is not in the stage “{}” any more, but in “{now}”.",
                wanted.name
            );
            return Err(Refusal::ChangedSince(why));
        }
        // Who was hired from that stage keeps it, and has come further.
        match &truth.not_hired {
            Some(why) if truth.archived => Err(Refusal::ChangedSince(why.clone())),
            _ => Ok(()),
        }
    }

    /// Whether the filters let the candidate in.
    ///
    /// # Errors
    /// [`Refusal::Skipped`] or [`Refusal::Unknown`].
    pub fn lets_in(&self, truth: &Truth) -> Result<(), Refusal> {
        let unread = truth.posting_unread;
        let department: Vec<_> = truth.department.iter().map(String::as_str).collect();
        one_of("department", &self.departments, &department, unread)?;
        let locations: Vec<_> = truth.locations.iter().map(String::as_str).collect();
        one_of("location", &self.locations, &locations, unread)?;
        self.lets_posting_in(truth)?;
        let origin: Vec<_> = truth.origin.iter().map(String::as_str).collect();
        one_of("origin", &self.origins, &origin, false)
    }

    /// Whether a filter looks at the posting.
    pub fn asks_for_posting(&self) -> bool {
        !(self.departments.is_empty() && self.locations.is_empty() && self.postings.is_empty())
    }

    fn lets_posting_in(&self, truth: &Truth) -> Result<(), Refusal> {
        let known = truth.posting.as_ref();
        let fits = |wanted: &Choice| known.is_some_and(|posting| posting.id == wanted.id);
        if self.postings.is_empty() || self.postings.iter().any(fits) {
            return Ok(());
        }
        let names: Vec<_> = known.iter().map(|posting| posting.name.as_str()).collect();
        let unread = known.is_none() && truth.posting_unread;
        Err(refusal("posting", &names, unread))
    }
}

/// Whether one of what Lever says is among what is wanted; Lever's own lists differ in case from what people typed
/// into them before.
fn one_of(what: &str, wanted: &[String], said: &[&str], unread: bool) -> Result<(), Refusal> {
    let same = |one: &str, other: &str| one.trim().to_lowercase() == other.trim().to_lowercase();
    let fits = |said: &&str| wanted.iter().any(|wanted| same(wanted, said));
    if wanted.is_empty() || said.iter().any(fits) {
        return Ok(());
    }
    Err(refusal(what, said, unread))
}

fn refusal(what: &str, said: &[&str], unread: bool) -> Refusal {
    if said.is_empty() && unread {
        return Refusal::Unknown(format!(
            "The listener filters by {what}, and the connection may not read the posting. Allow it to view all \
             postings and applications."
        ));
    }
    Refusal::Skipped(match said {
        [] => format!("{what} is empty"),
        said => format!("{what} is {}", said.join(", ")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(id: &str, name: &str) -> Choice {
        let (id, name) = (id.to_owned(), name.to_owned());
        Choice { id, name }
    }

    /// Somebody hired from the Offer stage into Sales.
    fn hired() -> Truth {
        Truth {
            stage: Some(choice("offer", "Offer")),
            archived: true,
            department: Some("Sales".to_owned()),
            locations: vec!["Lisbon".to_owned(), "Remote".to_owned()],
            posting: Some(choice("p-1", "Account executive")),
            origin: Some("referred".to_owned()),
            ..Truth::default()
        }
    }

    fn of_offer() -> Admission {
        Admission {
            stage: Some(choice("offer", "Offer")),
            ..Admission::default()
        }
    }

    #[test]
    fn a_hire_comes_in_and_one_that_is_none_any_more_has_changed() {
        assert_eq!(Admission::default().agrees(&hired()), Ok(()));
        let why = "The candidate is still in the pipeline.".to_owned();
        let truth = Truth {
            not_hired: Some(why.clone()),
            ..hired()
        };
        let changed = Err(Refusal::ChangedSince(why));
        assert_eq!(Admission::default().agrees(&truth), changed);
    }

    #[test]
    fn a_stage_is_known_by_its_id_and_left_stages_and_rejections_have_changed() {
        let why = "The candidate is archived as “Withdrew”, which is not a hire.";
        let in_offer = Truth {
            archived: false,
            not_hired: Some(why.to_owned()),
            ..hired()
        };
        assert_eq!(of_offer().agrees(&in_offer), Ok(()), "in the pipeline");
        assert_eq!(of_offer().agrees(&hired()), Ok(()), "hired from there");
        let renamed = Truth {
            stage: Some(choice("offer", "Angebot")),
            ..in_offer.clone()
        };
        assert_eq!(of_offer().agrees(&renamed), Ok(()));
        let moved = Truth {
            stage: Some(choice("on-site", "Offer")),
            ..in_offer.clone()
        };
        assert!(matches!(
            of_offer().agrees(&moved),
            Err(Refusal::ChangedSince(_))
        ));
        let rejected = Truth {
            archived: true,
            ..in_offer
        };
        assert!(matches!(
            of_offer().agrees(&rejected),
            Err(Refusal::ChangedSince(_))
        ));
    }

    #[test]
    fn several_values_of_one_filter_widen_and_different_filters_narrow() {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        let wide = Admission {
            departments: texts(&["Engineering", " sales"]),
            locations: texts(&["Remote"]),
            origins: texts(&["referred"]),
            postings: vec![choice("p-1", "Renamed since")],
            ..Admission::default()
        };
        assert_eq!(wide.lets_in(&hired()), Ok(()));
        for (narrow, why) in [
            (
                Admission {
                    departments: texts(&["Engineering"]),
                    ..wide.clone()
                },
                "department is Sales",
            ),
            (
                Admission {
                    locations: texts(&["Porto"]),
                    ..wide.clone()
                },
                "location is Lisbon, Remote",
            ),
            (
                Admission {
                    origins: texts(&["applied"]),
                    ..wide.clone()
                },
                "origin is referred",
            ),
            (
                Admission {
                    postings: vec![choice("p-2", "")],
                    ..wide
                },
                "posting is Account executive",
            ),
        ] {
            assert_eq!(
                narrow.lets_in(&hired()),
                Err(Refusal::Skipped(why.to_owned()))
            );
        }
    }

    #[test]
    fn what_may_not_be_read_is_not_taken_for_empty() {
        let engineering = Admission {
            departments: vec!["Engineering".to_owned()],
            ..Admission::default()
        };
        let nothing = Truth::default();
        let closed = Truth {
            posting_unread: true,
            ..Truth::default()
        };
        let empty = Refusal::Skipped("department is empty".to_owned());
        assert_eq!(engineering.lets_in(&nothing), Err(empty));
        assert!(matches!(
            engineering.lets_in(&closed),
            Err(Refusal::Unknown(_))
        ));
        assert_eq!(
            Admission::default().lets_in(&closed),
            Ok(()),
            "no filter asks"
        );
    }
}
