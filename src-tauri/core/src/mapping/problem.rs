//! Why a rule gives no usable value.

use super::field::FieldType;
use super::transform::DecimalMark;

/// Why a rule gives no usable value, as a sentence that the person at the screen can act on. It never
/// repeats the value, which may be pay or personal: the screen shows that next to it, masked as it must be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// No rule sets a required field.
    #[error("No Lever field is mapped to it.")]
    NotMapped,
    /// A required field came out empty.
    #[error("There is no value for it.")]
    NoValue,
    /// The rule's source field is not in the record (SCREENS.md 4.4.12).
    #[error("No longer in Lever: {field}. Choose another field.")]
    Vanished {
        /// The id of the source field.
        field: String,
    },
    /// A candidate was read before Lever had the field, so that nothing is known of it.
    #[error("This field is newer than the sample. Read the sample from Lever again.")]
    NewerThanSample,
    /// A source field has another type than when the mapping was saved (SCREENS.md 4.4.12).
    #[error(
        "“{label}” was {} in Lever and is now {}. Look at its sample, then save the mapping again or choose another field.",
        was.noun(),
        now.noun()
    )]
    Retyped {
        /// The label of the source field.
        label: String,
        /// The type at the save.
        was: FieldType,
        /// The type as last read.
        now: FieldType,
    },
    /// The rule's target is no field of a person.
    #[error("People have no field “{target}”.")]
    UnknownTarget {
        /// The id that was given.
        target: String,
    },
    /// A value map was told to stop at values it does not know.
    #[error("The value is in no pair of the value map. Add a pair for it.")]
    NoMatch,
    /// Text that a date format cannot read.
    #[error("The value is not a date written as {pattern}.")]
    NotDate {
        /// The expected pattern.
        pattern: String,
    },
    /// A pattern to write dates with that cannot be used.
    #[error("“{pattern}” is not a pattern for dates.")]
    BadPattern {
        /// The pattern.
        pattern: String,
    },
    /// Text that a number format cannot read.
    #[error("The value is not a number written as {}.", number_as(*mark))]
    NotNumber {
        /// The expected decimal mark.
        mark: DecimalMark,
    },
    /// A field of a sum that holds no number.
    #[error("{field} is not a number such as 64000.50, so it cannot be added.")]
    NotAddable {
        /// The id of the source field.
        field: String,
    },
    /// A number with more digits than can be kept exactly.
    #[error("The number has more digits than can be kept exactly.")]
    TooLarge,
    /// A template that cannot be read.
    #[error("{why}")]
    BadTemplate {
        /// What is wrong with it, as a sentence.
        why: String,
    },
    /// Text that is no phone number.
    #[error(
        "The value is not a phone number in use in the country of the step. Write it with +, as +1 415 555 0100."
    )]
    NotPhone,
    /// Text that is no currency.
    #[error("The value is no currency that ISO 4217 lists.")]
    NoCurrency,
    /// A name or symbol of several currencies.
    #[error("Several currencies are written like that. Put a value map before this step.")]
    SeveralCurrencies,
    /// Text that is no country.
    #[error("The value is no country that ISO 3166 lists.")]
    NoCountry,
    /// Text that is no Lever user.
    #[error("The value is neither the name nor the id of a Lever user.")]
    NoUser,
    /// The name of several Lever users.
    #[error("Several Lever users have this name.")]
    SeveralUsers,
    /// A Lever user whose address is not known.
    #[error("This Lever user has no e-mail address.")]
    NoUserEmail,
    /// The last value does not fit the type of the person field.
    #[error("The value is not {}.", as_written(*wanted))]
    WrongType {
        /// The type of the person field.
        wanted: FieldType,
    },
    /// The last value is none of the options of the field.
    #[error("The value is none of its options: {}.", options.join(", "))]
    NoOption {
        /// What the field takes.
        options: Vec<String>,
    },
    /// The last value is longer than a person field holds.
    #[error("The value is longer than {longest} characters.")]
    TooLong {
        /// The most characters a person field holds.
        longest: usize,
    },
}

impl Problem {
    /// Whether the import must wait for a person even if the field is optional: someone asked for that
    /// ([`Problem::NoMatch`]) or the mapping itself is broken. Otherwise an optional field is left out.
    pub fn holds_import(&self) -> bool {
        match self {
            Self::NotMapped
            | Self::Vanished { .. }
            | Self::NewerThanSample
            | Self::Retyped { .. }
            | Self::UnknownTarget { .. }
            | Self::NoMatch
            | Self::BadPattern { .. }
            | Self::BadTemplate { .. } => true,
            Self::NoValue
            | Self::NotDate { .. }
            | Self::NotNumber { .. }
            | Self::NotAddable { .. }
            | Self::TooLarge
            | Self::NotPhone
            | Self::NoCurrency
            | Self::SeveralCurrencies
            | Self::NoCountry
            | Self::NoUser
            | Self::SeveralUsers
            | Self::NoUserEmail
            | Self::WrongType { .. }
            | Self::NoOption { .. }
            | Self::TooLong { .. } => false,
        }
    }
}

fn number_as(mark: DecimalMark) -> &'static str {
    match mark {
        DecimalMark::Point => "64,000.50",
        DecimalMark::Comma => "64.000,50",
    }
}

/// What a field of this type takes, with how it is written.
fn as_written(kind: FieldType) -> &'static str {
    match kind {
        FieldType::Text => "a text",
        FieldType::Email => "an e-mail address",
        FieldType::Phone => "a phone number",
        FieldType::Number => "a number written as 64000 or 64000.50",
        FieldType::Date => "a date written as 2026-11-21",
        FieldType::Instant => "a date with a time and a zone",
        FieldType::Flag => "yes or no",
        FieldType::List => "a list",
        FieldType::TimeZone => "a time zone such as Europe/Lisbon",
        FieldType::Choice => "one of the options",
        FieldType::Person => "the e-mail address of a colleague",
    }
}
