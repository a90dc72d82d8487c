//! `mappings.compatibility`: which Lever fields can fill which rows of a draft.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{AppError, Engine};
use crate::mapping::{
    Compatibility, FieldType, Mapping, Rules, SourceField, TargetField, rule_compatibility, through,
};
use crate::store::{StoreError, catalog, target_fields};

/// A draft to judge.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ForRules {
    /// The mapping; that of people if left out.
    #[serde(default)]
    #[ts(optional, as = "Option<Mapping>")]
    pub mapping: Mapping,
    /// The rules, which need not be complete.
    pub rules: Rules,
}

/// What can fill one field of the mapping.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TargetCompatibility {
    /// The field's id.
    pub target: String,
    /// Whether its rule can fill it; none without a rule, or if Lever lacks the field that the rule reads.
    pub rule: Option<Compatibility>,
    /// Whether Lever fields of each type can, through the steps of its rule.
    pub types: Vec<TypeCompatibility>,
}

/// Whether Lever fields of one type can fill a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TypeCompatibility {
    /// The type of the Lever fields.
    #[serde(rename = "type")]
    pub kind: FieldType,
    /// Whether they can.
    pub compatibility: Compatibility,
}

/// Answers `mappings.compatibility`, one entry for each field of the mapping.
pub(in crate::api) async fn compatibility(
    engine: &Engine,
    request: ForRules,
) -> Result<Vec<TargetCompatibility>, AppError> {
    let running = engine.running().await?;
    let (schema, known) = running
        .store
        .read(move |db| {
            Ok::<_, StoreError>((
                target_fields::schema(db, request.mapping)?,
                catalog::of(db, request.mapping)?,
            ))
        })
        .await?;
    let targets = schema.fields().iter();
    Ok(targets
        .map(|target| of_target(target, &request.rules, &known))
        .collect())
}

fn of_target(target: &TargetField, rules: &Rules, known: &[SourceField]) -> TargetCompatibility {
    let rule = rules.rules.iter().find(|rule| rule.target == target.id);
    let steps = rule.map_or(&[][..], |rule| &rule.transforms);
    let types = FieldType::ALL.into_iter().map(|kind| TypeCompatibility {
        kind,
        compatibility: through(steps, kind, target.kind),
    });
    TargetCompatibility {
        target: target.id.clone(),
        rule: rule.and_then(|rule| rule_compatibility(rule, target.kind, known)),
        types: types.collect(),
    }
}
