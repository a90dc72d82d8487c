//! What a letter's page says, made of the letter's fields. Pure.

use fulcrum_relay::page::Content;

use crate::mapping::Schema;
use crate::offers::rules::{LetterField, LetterFields};

/// Fields that are about the letter and not for the candidate.
const INTERNAL: [&str; 3] = ["assignee", "status", "benefit_package"];

/// Sums of money, said with their currency.
const MONEY: [&str; 3] = ["base_salary", "sign_on_bonus", "target_bonus_amount"];

/// The page of a letter: every value that it shows, as it stands in the letter.
pub fn content(fields: &LetterFields) -> Content {
    let shown = |id: &str| fields.get(id).and_then(LetterField::shown);
    let name = [shown("candidate_first_name"), shown("candidate_last_name")];
    let name = name.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let currency = shown("currency");
    let schema = Schema::of_offers();
    let lines = schema.fields().iter().filter_map(|field| {
        let value = shown(&field.id).filter(|_| !INTERNAL.contains(&field.id.as_str()))?;
        let currency = currency.filter(|_| MONEY.contains(&field.id.as_str()));
        let value = currency.map_or(value.to_owned(), |currency| format!("{currency} {value}"));
        Some(format!("{}: {value}", field.label))
    });
    Content {
        title: format!("Offer for {name}"),
        paragraphs: lines.collect(),
        form: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_each_value_for_the_candidate_and_money_with_its_currency() {
        let field = |(id, value): (&str, &str)| {
            let field = LetterField {
                value: Some(value.to_owned()),
                ..LetterField::default()
            };
            (id.to_owned(), field)
        };
        let fields = [
            ("assignee", "mia@example.com"),
            ("candidate_first_name", "Rosa"),
            ("candidate_last_name", "Lindqvist"),
            ("base_salary", "64000.50"),
            ("currency", "EUR"),
            ("start_date", "2027-02-01"),
            ("status", "Published"),
        ];
        let page = content(&fields.map(field).into());
        assert_eq!(page.title, "Offer for Rosa Lindqvist");
        let lines = [
            "Base salary: EUR 64000.50",
            "Candidate first name: Rosa",
            "Candidate last name: Lindqvist",
            "Currency: EUR",
            "Start date: 2027-02-01",
        ];
        assert_eq!(page.paragraphs, lines);
    }
}
