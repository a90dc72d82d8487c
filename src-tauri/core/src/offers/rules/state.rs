//! What becomes of a letter.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where a letter's offer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LetterSource {
    /// In Lever.
    Lever,
    /// Nowhere else: it was made by hand.
    Hand,
}

/// Whether a letter is shown to its candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LetterState {
    /// Not yet: something in it has to be put right first.
    Held,
    /// No: nobody has published it.
    Unpublished,
    /// Yes.
    Live,
    /// Not any more: Lever does not have the offer, or somebody took it back.
    Withdrawn,
    /// The candidate is gone from Lever: what is left names nobody.
    Deleted,
}

/// How far a letter is, in one word for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LetterStatus {
    /// As [`LetterState::Held`].
    Held,
    /// As [`LetterState::Unpublished`].
    Unpublished,
    /// Shown, and nothing is decided.
    Published,
    /// The offer was signed.
    Accepted,
    /// The offer was declined.
    Declined,
    /// Its last day is over, and nothing was decided.
    Expired,
    /// As [`LetterState::Withdrawn`].
    Withdrawn,
    /// As [`LetterState::Deleted`].
    Deleted,
    /// Lever says something that nobody knows: it is shown as it is.
    Other,
}

impl LetterStatus {
    /// Of a letter with this state, whose offer is `said` to be somewhere and ends on a day. `today` is the day in the
    /// time zone of the company.
    pub fn of(state: LetterState, said: &str, expires_on: Option<&str>, today: Date) -> Self {
        let over = || {
            let last: Option<Date> = expires_on.and_then(|day| day.parse().ok());
            last.is_some_and(|last| last < today)
        };
        match (state, said) {
            (LetterState::Deleted, _) => Self::Deleted,
            (LetterState::Withdrawn, _) => Self::Withdrawn,
            (_, "Accepted") => Self::Accepted,
            (_, "Declined") => Self::Declined,
            (LetterState::Held, _) => Self::Held,
            (LetterState::Unpublished, _) => Self::Unpublished,
            (LetterState::Live, "Published") if over() => Self::Expired,
            (LetterState::Live, "Published") => Self::Published,
            (LetterState::Live, _) => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_where_its_offer_is_until_its_last_day_is_over() {
        let today: Date = "2027-01-31".parse().unwrap();
        let of = |state, said, expires| LetterStatus::of(state, said, expires, today);
        use LetterState::{Deleted, Held, Live, Unpublished, Withdrawn};
        assert_eq!(
            of(Live, "Published", Some("2027-01-31")),
            LetterStatus::Published
        );
        assert_eq!(
            of(Live, "Published", Some("2027-01-30")),
            LetterStatus::Expired
        );
        assert_eq!(
            of(Live, "Accepted", Some("2027-01-30")),
            LetterStatus::Accepted
        );
        assert_eq!(of(Live, "Declined", None), LetterStatus::Declined);
        assert_eq!(of(Live, "on-hold", None), LetterStatus::Other);
        assert_eq!(of(Held, "Published", None), LetterStatus::Held);
        assert_eq!(
            of(Unpublished, "Published", None),
            LetterStatus::Unpublished
        );
        assert_eq!(of(Unpublished, "Accepted", None), LetterStatus::Accepted);
        assert_eq!(of(Withdrawn, "Published", None), LetterStatus::Withdrawn);
        assert_eq!(of(Deleted, "", None), LetterStatus::Deleted);
    }
}
