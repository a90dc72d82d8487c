//! What somebody filled in about a candidate: the questions of profile forms and of referrals (LEVER.md 3.9).

use super::custom::{Custom, question_kind, snake_case};
use super::facts::Facts;
use super::types::{Form, FormField, FormTemplate};
use super::value::typed;
use crate::mapping::{SourceGroup, Value};

/// The beginnings of the ids in both places.
pub(super) const FORM: &str = "form.";
pub(super) const REFERRAL: &str = "referral.question.";

/// The questions of the candidate's profile forms with the answers. Of a form that was filled twice, the one that
/// was completed last counts.
pub(super) fn of_forms(facts: &Facts) -> Vec<Custom> {
    let mut forms: Vec<&Form> = facts
        .forms
        .iter()
        .filter(|form| form.deleted_at.is_none())
        .collect();
    forms.sort_by_key(|form| std::cmp::Reverse(form.completed_at));
    forms
        .into_iter()
        .flat_map(|form| of_form(&form.text, &form.fields))
        .collect()
}

/// The questions of a form that can be filled, without answers.
pub(super) fn of_template(template: &FormTemplate) -> impl Iterator<Item = Custom> {
    of_form(&template.text, &template.fields)
}

fn of_form<'a>(form: &'a str, questions: &'a [FormField]) -> impl Iterator<Item = Custom> {
    questions.iter().filter_map(move |question| {
        let id = format!(
            "{FORM}{}.{}",
            snake_case(form)?,
            snake_case(&question.text)?
        );
        let label = format!("{form}: {}", question.text);
        Some(answer(id, &label, SourceGroup::Form, question))
    })
}

/// The questions of the newest referral with the answers.
pub(super) fn of_referral(facts: &Facts) -> Vec<Custom> {
    let questions = facts.referral().into_iter().flat_map(|made| &made.fields);
    questions
        .filter_map(|question| {
            let id = format!("{REFERRAL}{}", snake_case(&question.text)?);
            Some(answer(id, &question.text, SourceGroup::Referral, question))
        })
        .collect()
}

fn answer(id: String, label: &str, group: SourceGroup, question: &FormField) -> Custom {
    let kind = question_kind(question.kind.as_ref(), &question.value);
    let value = match &question.value {
        serde_json::Value::Null => Value::Empty,
        answer => typed(answer, kind),
    };
    Custom::new(id, label, group, kind, value)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::mapping::FieldType;

    #[test]
    fn a_template_offers_its_questions_before_anybody_answered() {
        let template: FormTemplate = serde_json::from_value(json!({
            "id": "t-1", "text": "Equipment",
            "fields": [{"type": "yes-no", "text": "Own laptop?"}, {"type": "text", "text": "?!"}]
        }))
        .unwrap();
        let offered: Vec<_> = of_template(&template).map(|custom| custom.field).collect();
        assert_eq!(offered.len(), 1);
        assert_eq!(offered[0].id, "form.equipment.own_laptop");
        assert_eq!(offered[0].label, "Equipment: Own laptop?");
        assert_eq!(offered[0].kind, FieldType::Flag);
        assert_eq!(offered[0].group, SourceGroup::Form);
    }
}
