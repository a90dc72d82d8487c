//! A rule in words, for the provenance of a value.

use super::rule::Rule;
use super::source::Source;
use super::template::{Piece, pieces};
use super::transform::{CountryForm, End, IfNoMatch, LetterCase, NamePart, NumberStyle, Transform};

/// Says where a value comes from and what was done to it, such as `Lever: Name → first word`. `label` names a
/// Lever field in words.
pub fn describe(rule: &Rule, label: impl Fn(&str) -> String) -> String {
    let steps = rule.transforms.iter().map(step);
    std::iter::once(origin(&rule.source, label))
        .chain(steps)
        .collect::<Vec<_>>()
        .join(" → ")
}

fn origin(source: &Source, label: impl Fn(&str) -> String) -> String {
    let labels = |fields: &[String], between: &str| {
        let labels = fields.iter().map(|field| label(field));
        labels.collect::<Vec<_>>().join(between)
    };
    match source {
        Source::Lever { field } => format!("Lever: {}", label(field)),
        Source::Constant { value } => format!("The same for everyone: {value}"),
        Source::FirstOf { fields } => {
            format!("Lever: the first filled of {}", labels(fields, ", "))
        }
        Source::Join { fields, separator } => {
            format!("Lever: {} joined by “{separator}”", labels(fields, ", "))
        }
        Source::Template { text } => format!("Lever: “{}”", with_labels(text, label)),
        Source::Sum { fields } => format!("Lever: {}", labels(fields, " + ")),
    }
}

/// The template with labels in place of ids; as it stands if it cannot be read.
fn with_labels(text: &str, label: impl Fn(&str) -> String) -> String {
    let Ok(pieces) = pieces(text) else {
        return text.to_owned();
    };
    let shown = pieces.into_iter().map(|piece| match piece {
        Piece::Text(text) => text,
        Piece::Field(field) => format!("[{}]", label(&field)),
    });
    shown.collect()
}

fn step(transform: &Transform) -> String {
    match transform {
        Transform::Trim => "spaces trimmed".to_owned(),
        Transform::Case { to } => match to {
            LetterCase::Upper => "upper case".to_owned(),
            LetterCase::Lower => "lower case".to_owned(),
            LetterCase::Title => "capitalized words".to_owned(),
        },
        Transform::NamePart { part } => match part {
            NamePart::FirstWord => "first word".to_owned(),
            NamePart::Rest => "all but the first word".to_owned(),
            NamePart::LastWord => "last word".to_owned(),
            NamePart::AllButLast => "all but the last word".to_owned(),
            NamePart::Initials => "initials".to_owned(),
        },
        Transform::Split {
            separator,
            nth,
            from,
        } => split(separator, *nth, *from),
        Transform::DateFormat { from, to } => date_format(from.as_deref(), to.as_deref()),
        Transform::NumberFormat { write, .. } => number_format(write.as_ref()),
        Transform::DefaultIfEmpty { value } => format!("“{value}” if empty"),
        Transform::Phone { country } => format!("phone number as E.164, at home in {country}"),
        Transform::Email => "plain e-mail address".to_owned(),
        Transform::Currency => "currency as ISO code".to_owned(),
        Transform::Country { to } => match to {
            CountryForm::Name => "country by its ISO name".to_owned(),
            CountryForm::Alpha2 => "country as two letters".to_owned(),
            CountryForm::Alpha3 => "country as three letters".to_owned(),
        },
        Transform::UserEmail => "e-mail address of the Lever user".to_owned(),
        Transform::ValueMap { pairs, if_no_match } => {
            let noun = if pairs.len() == 1 { "pair" } else { "pairs" };
            format!(
                "value map of {} {noun}{}",
                pairs.len(),
                otherwise(if_no_match)
            )
        }
    }
}

fn split(separator: &str, nth: u32, from: End) -> String {
    match from {
        End::Start => format!("part {nth} between “{separator}”"),
        End::End => format!("part {nth} from the end between “{separator}”"),
    }
}

fn date_format(from: Option<&str>, to: Option<&str>) -> String {
    match (from, to) {
        (None, None) => "date".to_owned(),
        (Some(from), None) => format!("date read as {from}"),
        (None, Some(to)) => format!("date written as {to}"),
        (Some(from), Some(to)) => format!("date read as {from}, written as {to}"),
    }
}

fn number_format(write: Option<&NumberStyle>) -> String {
    match write {
        None => "number".to_owned(),
        Some(NumberStyle {
            decimals: Some(decimals),
            ..
        }) => format!("number written with {decimals} decimals"),
        Some(_) => "number written in another format".to_owned(),
    }
}

fn otherwise(if_no_match: &IfNoMatch) -> String {
    match if_no_match {
        IfNoMatch::Keep => String::new(),
        IfNoMatch::Default { value } => format!(", otherwise “{value}”"),
        IfNoMatch::Stop => ", otherwise stop".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(source: Source, transforms: Vec<Transform>) -> String {
        let rule = Rule {
            target: "first_name".into(),
            source,
            transforms,
            accepts_loss: false,
        };
        describe(&rule, |id| match id {
            "opportunity.name" => "Name".into(),
            other => other.to_uppercase(),
        })
    }

    #[test]
    fn a_rule_reads_from_its_source_to_its_last_step() {
        let name = Source::Lever {
            field: "opportunity.name".into(),
        };
        let first = Transform::NamePart {
            part: NamePart::FirstWord,
        };
        assert_eq!(said(name, vec![first]), "Lever: Name → first word");
    }

    #[test]
    fn a_constant_needs_no_label() {
        let constant = Source::Constant {
            value: "UTC".into(),
        };
        let map = Transform::ValueMap {
            pairs: Vec::new(),
            if_no_match: IfNoMatch::Stop,
        };
        assert_eq!(
            said(constant, vec![map]),
            "The same for everyone: UTC → value map of 0 pairs, otherwise stop"
        );
    }

    #[test]
    fn several_fields_are_named_by_their_labels() {
        let fields = || vec!["opportunity.name".into(), "a".into()];
        let of = |source| said(source, Vec::new());
        assert_eq!(
            of(Source::FirstOf { fields: fields() }),
            "Lever: the first filled of Name, A"
        );
        assert_eq!(of(Source::Sum { fields: fields() }), "Lever: Name + A");
        let separator = " - ".into();
        let fields = fields();
        assert_eq!(
            of(Source::Join { fields, separator }),
            "Lever: Name, A joined by “ - ”"
        );
        let text = "{{opportunity.name}} at home".into();
        assert_eq!(of(Source::Template { text }), "Lever: “[Name] at home”");
        assert_eq!(of(Source::Template { text: "{{a".into() }), "Lever: “{{a”");
    }
}
