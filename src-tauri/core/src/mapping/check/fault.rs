//! What can be wrong inside one rule.

/// The most transforms in a rule.
pub const MOST_TRANSFORMS: usize = 20;
/// The most pairs in a value map.
pub const MOST_PAIRS: usize = 10_000;
/// The most fields that one rule reads.
pub const MOST_FIELDS: usize = 20;
/// The most decimals that a number is written with; money never needs more.
pub const MOST_DECIMALS: u8 = 10;
/// The most characters in any text of a rule.
pub const LONGEST_TEXT: usize = 1_000;

/// What is wrong inside one rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// No Lever field is chosen.
    #[error("Choose a Lever field.")]
    NoSource,
    /// A rule takes several fields, and there is none.
    #[error("Choose at least one Lever field.")]
    NoFields,
    /// A rule reads more fields than [`MOST_FIELDS`].
    #[error("A rule reads {MOST_FIELDS} Lever fields at most.")]
    TooManyFields,
    /// A field stands twice in a sum.
    #[error("A Lever field is added twice.")]
    AddedTwice,
    /// A template that cannot be read.
    #[error("{why}")]
    BadTemplate {
        /// What is wrong with it, as a sentence.
        why: String,
    },
    /// A template without a field.
    #[error("The template has no Lever field. Insert one, or choose a fixed value.")]
    NoFieldInTemplate,
    /// The source cannot fill the field.
    #[error("{why} Choose another Lever field or add a step.")]
    Impossible {
        /// The reason, as a sentence.
        why: String,
    },
    /// A part of the value is lost, and nobody has accepted that.
    #[error("{why} Accept that, or choose another Lever field.")]
    Loss {
        /// What is lost, as a sentence.
        why: String,
    },
    /// A split without a separator.
    #[error("Say at what the text is to be split.")]
    NoSeparator,
    /// A split that takes the part before the first.
    #[error("Parts are counted from 1.")]
    NoPart,
    /// A number would be written with more decimals than [`MOST_DECIMALS`].
    #[error("A number is written with {MOST_DECIMALS} decimals at most.")]
    TooManyDecimals,
    /// Thousands and decimals have the same mark.
    #[error("Thousands and decimals need different marks.")]
    SameMarks,
    /// A country that ISO 3166-1 does not have.
    #[error("Choose the country of phone numbers without a country code.")]
    NoCountry,
    /// There are more transforms than [`MOST_TRANSFORMS`].
    #[error("A rule holds {MOST_TRANSFORMS} steps at most.")]
    TooManyTransforms,
    /// A value map has more pairs than [`MOST_PAIRS`].
    #[error("A value map holds {MOST_PAIRS} pairs at most.")]
    TooManyPairs,
    /// A pair of a value map has no left side.
    #[error("Fill in or remove the pair without a value from Lever.")]
    EmptyKey,
    /// Two pairs of a value map begin with the same value.
    #[error("Two pairs of the value map have the same value from Lever.")]
    RepeatedKey,
    /// A date pattern reads or writes no date.
    #[error("“{pattern}” is not a pattern for dates. Write for example %d/%m/%Y.")]
    BadPattern {
        /// The pattern.
        pattern: String,
    },
    /// A text is longer than [`LONGEST_TEXT`].
    #[error("A text is longer than {LONGEST_TEXT} characters.")]
    TextTooLong,
}

/// Refuses texts longer than [`LONGEST_TEXT`].
pub(super) fn short(text: &str) -> Result<(), Fault> {
    if text.chars().nth(LONGEST_TEXT).is_some() {
        Err(Fault::TextTooLong)
    } else {
        Ok(())
    }
}
