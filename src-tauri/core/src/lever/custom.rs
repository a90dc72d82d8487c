//! The fields that a customer added: on requisitions, on the offer form, and as questions to applicants.

use super::facts::Facts;
use super::fields::offer::IDENTIFIERS;
use super::types::{QuestionKind, Requisition, RequisitionField, RequisitionFieldKind};
use super::value::{guess, typed};
use crate::mapping::{FieldType, SourceField, SourceGroup, Value};

/// The beginnings of the ids in each of the three places.
pub(super) const REQUISITION: &str = "requisition.custom.";
pub(super) const OFFER: &str = "offer.";
pub(super) const QUESTION: &str = "application.question.";

/// The most characters of a question that go into its id.
const LONGEST_NAME: usize = 60;

/// A customer's field with one candidate's value.
pub(super) struct Custom {
    /// The field, without an example.
    pub(super) field: SourceField,
    pub(super) value: Value,
    /// Whether the value is kept out of examples: amounts on an offer form are pay, and on a profile form may be.
    pub(super) masked: bool,
}

impl Custom {
    pub(super) fn new(
        id: String,
        label: &str,
        group: SourceGroup,
        kind: FieldType,
        value: Value,
    ) -> Self {
        let label = if label.trim().is_empty() { &id } else { label }.to_owned();
        let pay = matches!(group, SourceGroup::Offer | SourceGroup::Form);
        let masked = pay && kind == FieldType::Number;
        Self {
            field: SourceField {
                id,
                label,
                group,
                kind,
                custom: true,
                example: None,
            },
            value,
            masked,
        }
    }
}

/// Each defined requisition field, or each of its parts, with the requisition's value.
pub(super) fn of_requisition(
    definitions: &[RequisitionField],
    requisition: Option<&Requisition>,
) -> Vec<Custom> {
    let values = requisition.map(|requisition| &requisition.custom_fields);
    let mut fields = Vec::new();
    for definition in definitions {
        let value = values.and_then(|values| values.get(definition.id.as_str()));
        if definition.subfields.is_empty() {
            let kind = requisition_kind(definition.kind.as_ref());
            let id = format!("{REQUISITION}{}", definition.id);
            let value = value.map_or(Value::Empty, |value| typed(value, kind));
            fields.push(Custom::new(
                id,
                &definition.text,
                SourceGroup::Requisition,
                kind,
                value,
            ));
        }
        for part in &definition.subfields {
            let kind = requisition_kind(part.kind.as_ref());
            let id = format!("{REQUISITION}{}.{}", definition.id, part.id);
            let label = format!("{}: {}", definition.text, part.text);
            let value = value.and_then(|value| value.get(&part.id));
            let value = value.map_or(Value::Empty, |value| typed(value, kind));
            fields.push(Custom::new(
                id,
                &label,
                SourceGroup::Requisition,
                kind,
                value,
            ));
        }
    }
    fields
}

/// The types of LEVER.md 3.10; what is new there is text.
fn requisition_kind(kind: Option<&RequisitionFieldKind>) -> FieldType {
    match kind {
        Some(RequisitionFieldKind::Number) => FieldType::Number,
        Some(RequisitionFieldKind::Date) => FieldType::Date,
        _ => FieldType::Text,
    }
}

/// The customer's fields of the chosen offer.
pub(super) fn of_offer(facts: &Facts) -> Vec<Custom> {
    let fields = facts.offer.iter().flat_map(|offer| &offer.fields);
    fields
        .filter_map(|field| {
            let identifier = field
                .identifier
                .as_deref()
                .filter(|name| !IDENTIFIERS.contains(name))?;
            let kind = guess(identifier, &field.value);
            let value = typed(&field.value, kind);
            let id = format!("{OFFER}{identifier}");
            Some(Custom::new(
                id,
                &field.text,
                SourceGroup::Offer,
                kind,
                value,
            ))
        })
        .collect()
}

/// The questions of the application with the answers. Known by their words: the same question has another id
/// on every posting, and some have none.
pub(super) fn of_application(facts: &Facts) -> Vec<Custom> {
    let forms = facts
        .application
        .iter()
        .flat_map(|found| &found.custom_questions);
    forms
        .flat_map(|form| &form.fields)
        .filter_map(|question| {
            let name = snake_case(&question.text)?;
            let kind = question_kind(question.kind.as_ref(), &question.value);
            let value = typed(&question.value, kind);
            let id = format!("{QUESTION}{name}");
            Some(Custom::new(
                id,
                &question.text,
                SourceGroup::Application,
                kind,
                value,
            ))
        })
        .collect()
}

/// The types of LEVER.md 3.9.
pub(super) fn question_kind(kind: Option<&QuestionKind>, value: &serde_json::Value) -> FieldType {
    use QuestionKind as Kind;
    match kind {
        Some(Kind::Date) => FieldType::Date,
        Some(Kind::Currency | Kind::Score) => FieldType::Number,
        Some(Kind::MultipleSelect) => FieldType::List,
        Some(Kind::YesNo) => FieldType::Flag,
        Some(
            Kind::Text
            | Kind::Textarea
            | Kind::Note
            | Kind::Dropdown
            | Kind::MultipleChoice
            | Kind::University,
        ) => FieldType::Text,
        _ => guess("", value),
    }
}

pub(super) fn snake_case(question: &str) -> Option<String> {
    let lower = question.to_lowercase();
    let words: Vec<_> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let name: String = words.join("_").chars().take(LONGEST_NAME).collect();
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_known_by_its_words_in_any_script() {
        assert_eq!(
            snake_case("What's your T-shirt size?").as_deref(),
            Some("what_s_your_t_shirt_size")
        );
        assert_eq!(snake_case("希望入社日").as_deref(), Some("希望入社日"));
        assert_eq!(snake_case("?!"), None);
        assert_eq!(
            snake_case(&"x".repeat(500)).map(|name| name.len()),
            Some(LONGEST_NAME)
        );
    }
}
