//! Which Lever field could fill a field that has no rule yet, by names, known aliases, types and values. Start reading
//! at [`suggest()`]; `claim.rs` says what counts, `concepts.rs` what fields are called. Nothing here is ever saved
//! unless somebody accepts it (SCREENS.md 4.4.7).

mod account;
mod chains;
mod claim;
mod concepts;
mod names;
mod trial;

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use self::account::Account;
use self::claim::{Proven, Wanted};
use super::field::SourceField;
use super::record::Record;
use super::rule::Rule;
use super::schema::{Schema, TargetField};

/// The score, out of a hundred, below which nothing is suggested.
pub const THRESHOLD: u8 = 60;

/// A rule that nobody drew yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Suggestion {
    /// The rule, with the steps that the values need.
    pub rule: Rule,
    /// Why.
    pub reason: Reason,
    /// The reason in a few words.
    pub words: String,
    /// How much speaks for it, out of a hundred.
    pub score: u8,
    /// Whether the name is the same, no other field of that name could be meant, and every value seen fits.
    pub exact: bool,
    /// What one candidate would get; none if no value was seen.
    pub example: Option<String>,
}

/// Why a Lever field is suggested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Both have the same name.
    SameName,
    /// The names differ only in words such as *legal* or *current*.
    SimilarName,
    /// Both names stand for the same thing.
    KnownAlias,
    /// The values are options of the field.
    SameValues,
    /// It is the Lever field with values of this type.
    SameType,
}

/// Suggests a rule for each field of the schema, one at most, in their order. `records` are candidates as read
/// lately; of fields in none of them the examples are looked at.
pub fn suggest(schema: &Schema, fields: &[SourceField], records: &[Record]) -> Vec<Suggestion> {
    let account = Account::new(fields, records);
    let targets = schema.fields().iter();
    targets
        .filter_map(|target| best(target, &account))
        .collect()
}

fn best(target: &TargetField, account: &Account<'_>) -> Option<Suggestion> {
    let wanted = Wanted::new(target);
    let claims = wanted.claims(account).into_iter();
    let mut proven: Vec<_> = claims
        .filter_map(|claim| claim.proven(&wanted, account))
        .collect();
    proven.sort_by_key(|one| {
        (
            Reverse(one.score),
            one.claim.field.rank(),
            one.claim.field.place,
        )
    });
    let same_name = |one: &&Proven<'_>| one.claim.reason == Reason::SameName;
    let namesakes = proven.iter().filter(same_name).count();
    let Proven {
        claim,
        score,
        rule,
        failed,
        example,
    } = proven.into_iter().next()?;
    let named_alike =
        claim.reason == Reason::SameName && namesakes == 1 && !claim.field.is_question;
    Some(Suggestion {
        words: words(claim.reason, target, claim.field.is_question),
        reason: claim.reason,
        score,
        exact: named_alike && failed == 0,
        example,
        rule,
    })
}

fn words(reason: Reason, target: &TargetField, is_question: bool) -> String {
    match reason {
        Reason::SameName if is_question => "A question with the same name".to_owned(),
        Reason::SameName => "Same name".to_owned(),
        Reason::SimilarName => "Almost the same name".to_owned(),
        Reason::KnownAlias => format!("Known alias of “{}”", target.label),
        Reason::SameValues => "Same values".to_owned(),
        Reason::SameType => format!("Holds {}", target.kind.noun()),
    }
}

#[cfg(test)]
mod tests;
