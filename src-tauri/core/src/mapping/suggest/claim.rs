//! A Lever field that may be what a field is filled from: why, and whether its values bear that out.

use super::account::{Account, Field};
use super::chains::chains;
use super::concepts::{self, Concept};
use super::names::Name;
use super::trial::{Trial, trial};
use super::{Reason, THRESHOLD};
use crate::mapping::compatible::{Compatibility, through};
use crate::mapping::field::FieldType;
use crate::mapping::pairing::pair_up;
use crate::mapping::rule::Rule;
use crate::mapping::schema::TargetField;
use crate::mapping::source::Source;
use crate::mapping::transform::{NamePart, Transform};

/// The share of the seen values that must be options of a choice before their likeness counts.
const SAME_VALUES: f64 = 0.8;

/// A field that needs a value, with what its name says.
pub(super) struct Wanted<'a> {
    pub(super) target: &'a TargetField,
    names: [Name; 2],
    concept: Option<&'static Concept>,
    /// Whether only the type tells what it is about.
    by_type: bool,
}

impl<'a> Wanted<'a> {
    pub(super) fn new(target: &'a TargetField) -> Self {
        let names = [Name::of(&target.label), Name::of(&target.id)];
        let named = names.iter().find_map(concepts::concept);
        let by_type = named.is_none() && target.kind == FieldType::TimeZone;
        Self {
            target,
            names,
            concept: if by_type {
                concepts::time_zone()
            } else {
                named
            },
            by_type,
        }
    }

    /// Every claim, whether it holds or not.
    pub(super) fn claims<'f>(&self, account: &'f Account<'f>) -> Vec<Claim<'f>> {
        let mut claims = self.of_standard_fields(account);
        let fields = account.fields.iter();
        // A concept names its standard fields by id; the name of another one says less than it means.
        let fields = fields.filter(|field| field.field.custom || self.concept.is_none());
        claims.extend(fields.filter_map(|field| self.by_name(field)));
        if claims.is_empty() {
            claims.extend(
                account
                    .fields
                    .iter()
                    .filter_map(|field| self.by_values(field)),
            );
        }
        claims
    }

    fn of_standard_fields<'f>(&self, account: &'f Account<'f>) -> Vec<Claim<'f>> {
        let standard = self
            .concept
            .map_or(&[][..], |concept| concept.standard)
            .iter();
        let claims = standard.enumerate().filter_map(|(place, (id, part))| {
            let field = account.field(id)?;
            let reason = match part {
                None if self.by_type => Reason::SameType,
                None if self.is_called(field) => Reason::SameName,
                _ => Reason::KnownAlias,
            };
            let penalty = u8::try_from(2 * place).unwrap_or(u8::MAX);
            Some(Claim {
                field,
                part: *part,
                reason,
                score: 95_u8.saturating_sub(penalty),
            })
        });
        claims.collect()
    }

    fn is_called(&self, field: &Field<'_>) -> bool {
        let names = field.names.iter();
        names
            .into_iter()
            .any(|name| self.names.iter().any(|own| own.same(name)))
    }

    fn by_name<'f>(&self, field: &'f Field<'f>) -> Option<Claim<'f>> {
        let means = |found: Option<&'static Concept>| {
            let both = found.zip(self.concept);
            both.is_some_and(|(found, own)| std::ptr::eq(found, own))
        };
        let similar = || {
            self.names
                .iter()
                .any(|own| field.names.iter().any(|name| own.similar(name)))
        };
        let asks = || {
            field.is_question
                && field
                    .names
                    .iter()
                    .any(|name| means(concepts::asked_for(name)))
        };
        let (reason, score) = match () {
            () if self.is_called(field) && field.is_question => (Reason::SameName, 88),
            () if self.is_called(field) => (Reason::SameName, 100),
            () if means(field.concept) => (Reason::KnownAlias, 90),
            // Its name stands for something else.
            () if field.concept.is_some() => return None,
            () if similar() => (Reason::SimilarName, 85),
            () if asks() => (Reason::KnownAlias, 80),
            () => return None,
        };
        Some(Claim {
            field,
            part: None,
            reason,
            score,
        })
    }

    /// A choice whose options are the values of a field.
    fn by_values<'f>(&self, field: &'f Field<'f>) -> Option<Claim<'f>> {
        let values = field.seen.values.len();
        if self.target.options.len() < 2 || values < 2 || field.field.kind == FieldType::Flag {
            return None;
        }
        let paired = pair_up(&field.seen, &[], self.target);
        let known = paired.iter().filter(|one| one.suggestion.is_some()).count();
        let share = known as f64 / values as f64;
        (share >= SAME_VALUES).then_some(Claim {
            field,
            part: None,
            reason: Reason::SameValues,
            score: if share < 1.0 { 70 } else { 78 },
        })
    }
}

/// A Lever field with what speaks for it.
pub(super) struct Claim<'a> {
    pub(super) field: &'a Field<'a>,
    part: Option<NamePart>,
    pub(super) reason: Reason,
    score: u8,
}

/// A claim that its values bear out.
pub(super) struct Proven<'a> {
    pub(super) claim: Claim<'a>,
    pub(super) score: u8,
    pub(super) rule: Rule,
    /// How many values do not fit.
    pub(super) failed: usize,
    /// What one candidate would get.
    pub(super) example: Option<String>,
}

impl<'a> Claim<'a> {
    /// Finds the plainest steps with which most values fit; none if no value does, if the types cannot, or if too little
    /// speaks for it.
    pub(super) fn proven(self, wanted: &Wanted<'_>, account: &Account<'_>) -> Option<Proven<'a>> {
        let Wanted {
            target, concept, ..
        } = wanted;
        let mut best: Option<(Rule, Trial)> = None;
        for steps in chains(target, *concept, self.field, self.part) {
            if !works(&steps, self.field.field.kind, target.kind) {
                continue;
            }
            let rule = self.rule(target, steps);
            let trial = trial(&rule, target, account);
            match &best {
                Some((other, read)) if is_read_as_date(other) && read.differs(&trial) => {
                    return None;
                }
                Some((_, other)) if other.failed <= trial.failed => {}
                _ => best = Some((rule, trial)),
            }
        }
        let (rule, trial) = best?;
        let tried = trial.fitted + trial.failed;
        if trial.failed * 2 > tried {
            return None;
        }
        let never_filled = if tried == 0 { 10 } else { 0 };
        let failing = (20 * trial.failed).checked_div(tried).unwrap_or_default();
        let penalty = u8::try_from(never_filled + failing).unwrap_or(u8::MAX);
        let score = self.score.saturating_sub(penalty);
        (score >= THRESHOLD).then(|| Proven {
            claim: self,
            score,
            rule,
            failed: trial.failed,
            example: trial.values.into_iter().next(),
        })
    }

    fn rule(&self, target: &TargetField, transforms: Vec<Transform>) -> Rule {
        let source = Source::Lever {
            field: self.field.field.id.clone(),
        };
        Rule {
            target: target.id.clone(),
            source,
            transforms,
            accepts_loss: false,
        }
    }
}

/// Whether the types fit and nothing is lost.
fn works(steps: &[Transform], from: FieldType, to: FieldType) -> bool {
    matches!(
        through(steps, from, to),
        Compatibility::Exact | Compatibility::Converts
    )
}

fn is_read_as_date(rule: &Rule) -> bool {
    let read = |step: &Transform| matches!(step, Transform::DateFormat { from: Some(_), .. });
    rule.transforms.iter().any(read)
}
