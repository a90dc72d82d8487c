//! Turning one candidate into the fields of one person: values, rules, and the one function that applies them.
//!
//! A pure island: no store, no network, no clock, so that the preview on screen and the import at night
//! cannot differ ([`evaluate()`] is both). Start reading there; [`Rules`] is what a user draws,
//! [`Record`] is what Lever said, and [`check()`] decides whether a draft can be saved.

mod changes;
mod check;
mod compare;
mod compatible;
mod compiled;
mod describe;
mod drift;
pub mod edit;
mod evaluate;
mod field;
pub mod file;
mod fit;
mod offers;
mod pairing;
mod problem;
mod reading;
mod record;
mod rule;
mod schema;
mod seen;
mod source;
mod steps;
mod suggest;
mod template;
mod text;
mod transform;
mod us_states;
mod value;

#[cfg(test)]
mod properties;

pub use changes::{Change, ChangeKind, changes};
pub use check::{
    Fault, LONGEST_TEXT, MOST_DECIMALS, MOST_FIELDS, MOST_PAIRS, MOST_RULES, MOST_TRANSFORMS,
    RuleProblem, check,
};
pub use compare::{ChangedCell, Comparison, Verdict, compare};
pub use compatible::{Compatibility, after, compatible, rule_compatibility, source_type, through};
pub use compiled::{Compiled, Run};
pub use describe::describe;
pub use drift::{Drift, DriftKind, Remembered, drift};
pub use evaluate::{Blocker, Evaluation, Outcome, evaluate};
pub use field::{FieldType, SourceField, SourceGroup};
pub use fit::{time_zone, time_zones};
pub use offers::{
    Company, NOT_SUPPORTED, NotSupported, OfferRow, RowKind, company_fields, offer_notes,
    offer_rows,
};
pub use pairing::{PairSuggestion, Paired, coverage, pair_up};
pub use problem::Problem;
pub use record::{Record, User};
pub use rule::{Rule, Rules};
pub use schema::{Mapping, Schema, TargetField};
pub use seen::{Counted, Seen, seen};
pub use source::Source;
pub use steps::currencies;
pub use suggest::{Reason, Suggestion, THRESHOLD, suggest};
pub use transform::{
    CountryForm, DecimalMark, End, Grouping, IfNoMatch, LetterCase, NamePart, NumberStyle, Pair,
    Transform,
};
pub use value::Value;
