//! The offer form as inputs on a page.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::api::Params;
use crate::state::{FieldKind, INTERVALS, OfferField, Problem, World};

/// The answers of a sent form, by identifier; the last one wins where a box follows its default.
pub(super) fn answers(form: &Params) -> HashMap<&str, &str> {
    form.pairs().collect()
}

/// The rows with their inputs: what was typed, or else the present values, and what is wrong with it.
pub(super) fn rows(
    world: &World,
    fields: &[OfferField],
    typed: &HashMap<&str, &str>,
    problems: &[Problem],
) -> Vec<Value> {
    let rows = fields.iter().map(|row| {
        let field = &row.field;
        let identifier = field.identifier.as_str();
        let value = typed
            .get(identifier)
            .map_or_else(|| row.value.to_input(), |typed| (*typed).to_owned());
        let mut problems = problems.iter();
        let problem = problems.find(|problem| problem.identifier == field.identifier);
        json!({
            "identifier": identifier,
            "label": field.text,
            "input": input_of(field.kind),
            "options": options(world, row, &value),
            "value": value,
            "shown": world.in_words(field, &row.value),
            "required": field.is_required(),
            "needs_reapproval": field.needs_reapproval,
            "problem": problem.map(|problem| &problem.message),
        })
    });
    rows.collect()
}

fn input_of(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text | FieldKind::CurrencyCode | FieldKind::Equity => "text",
        FieldKind::TextArea => "area",
        FieldKind::Checkbox => "checkbox",
        FieldKind::Date => "date",
        FieldKind::Currency | FieldKind::Number => "number",
        FieldKind::UserDropdown
        | FieldKind::Dropdown
        | FieldKind::Requisition
        | FieldKind::EarningsType => "choice",
        FieldKind::JobPosting | FieldKind::Signature => "none",
    }
}

/// The choices of a drop-down; a value that is no longer among them stays choosable until it is
/// changed.
fn options(world: &World, row: &OfferField, value: &str) -> Vec<(String, String)> {
    let same = |text: &String| (text.clone(), text.clone());
    let mut options: Vec<(String, String)> = match row.field.kind {
        FieldKind::Dropdown => row.field.options.iter().map(same).collect(),
        FieldKind::UserDropdown => {
            let users = world.company.users.iter();
            let active = users.filter(|user| user.is_active());
            active
                .map(|user| (user.id.clone(), user.name.clone()))
                .collect()
        }
        FieldKind::Requisition => {
            let requisitions = world.company.requisitions.iter();
            requisitions
                .map(|one| (one.id.clone(), one.code.clone()))
                .collect()
        }
        FieldKind::EarningsType => {
            let intervals = INTERVALS.iter();
            intervals
                .map(|(id, words)| ((*id).to_owned(), (*words).to_owned()))
                .collect()
        }
        _ => return Vec::new(),
    };
    let is_known = value.is_empty() || options.iter().any(|(id, _)| id == value);
    if !is_known && row.value.to_input() == value {
        options.push((value.to_owned(), world.in_words(&row.field, &row.value)));
    }
    options
}
