//! What a letter shows now and did not show before.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::fields::{LetterField, LetterFields};
use crate::mapping::Schema;

/// A field that shows another value than before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FieldChange {
    /// The id of the field.
    pub field: String,
    /// Its label.
    pub label: String,
    /// What it showed; none if it was empty.
    pub old: Option<String>,
    /// What it shows.
    pub new: Option<String>,
}

/// The fields that show something else, in the order of the letter.
pub fn changes(old: &LetterFields, new: &LetterFields) -> Vec<FieldChange> {
    let shown = |fields: &LetterFields, id: &str| {
        let field = fields.get(id);
        field.and_then(LetterField::shown).map(str::to_owned)
    };
    let schema = Schema::of_offers();
    let changed = schema.fields().iter().filter_map(|field| {
        let (old, new) = (shown(old, &field.id), shown(new, &field.id));
        (old != new).then(|| FieldChange {
            field: field.id.clone(),
            label: field.label.clone(),
            old,
            new,
        })
    });
    changed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::offers::rules::Kept;

    fn fields(values: &[(&str, &str)]) -> LetterFields {
        let field = |value: &str| LetterField {
            value: Some(value.to_owned()),
            ..LetterField::default()
        };
        let fields = values.iter();
        fields
            .map(|(id, value)| ((*id).to_owned(), field(value)))
            .collect()
    }

    #[test]
    fn a_change_is_what_the_letter_shows_otherwise_in_its_order() {
        let old = fields(&[("job_title", "Engineer"), ("base_salary", "64000")]);
        let new = fields(&[("base_salary", "65000"), ("start_date", "2027-02-01")]);
        let told: Vec<_> = changes(&old, &new)
            .into_iter()
            .map(|change| (change.label, change.old, change.new))
            .collect();
        let text = |text: &str| Some(text.to_owned());
        let salary = ("Base salary".into(), text("64000"), text("65000"));
        let job = ("Job title".into(), text("Engineer"), None);
        let start = ("Start date".into(), None, text("2027-02-01"));
        assert_eq!(told, [salary, job, start]);
        assert_eq!(changes(&new, &new), []);
    }

    #[test]
    fn what_a_person_set_hides_a_change_in_lever_until_it_is_taken() {
        let old = fields(&[("job_title", "Engineer")]);
        let mut set = old.clone();
        set.get_mut("job_title").unwrap().kept = Some(Kept {
            value: Some("Chief".to_owned()),
            reason: "agreed by phone".to_owned(),
            by: "ana".to_owned(),
            at: 0,
            instead_of: Some("Engineer".to_owned()),
        });
        assert_eq!(changes(&old, &set).len(), 1);
        assert!(!set["job_title"].is_overtaken());
        let mut moved = set.clone();
        moved.get_mut("job_title").unwrap().value = Some("Lead".to_owned());
        assert_eq!(changes(&set, &moved), []);
        assert!(moved["job_title"].is_overtaken());
        moved.get_mut("job_title").unwrap().value = Some("Chief".to_owned());
        assert!(!moved["job_title"].is_overtaken(), "both say the same");
    }
}
