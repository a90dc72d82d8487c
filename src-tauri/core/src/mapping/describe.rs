//! A rule in words, for the provenance of a value.

use super::rule::{IfNoMatch, LetterCase, NamePart, Rule, Source, Transform};

/// Says where a value comes from and what was done to it, such as `Lever: Name → first word`.
///
/// `source_label` is the label of the rule's Lever field; it is not used for a constant.
pub fn describe(rule: &Rule, source_label: &str) -> String {
    let origin = match &rule.source {
        Source::Lever { .. } => format!("Lever: {source_label}"),
        Source::Constant { value } => format!("The same for everyone: {value}"),
    };
    let steps = rule.transforms.iter().map(step);
    std::iter::once(origin)
        .chain(steps)
        .collect::<Vec<_>>()
        .join(" → ")
}

fn step(transform: &Transform) -> String {
    match transform {
        Transform::Trim => "spaces trimmed".to_owned(),
        Transform::Case {
            to: LetterCase::Upper,
        } => "upper case".to_owned(),
        Transform::Case {
            to: LetterCase::Lower,
        } => "lower case".to_owned(),
        Transform::Case {
            to: LetterCase::Title,
        } => "capitalized words".to_owned(),
        Transform::NamePart {
            part: NamePart::FirstWord,
        } => "first word".to_owned(),
        Transform::NamePart {
            part: NamePart::Rest,
        } => "all but the first word".to_owned(),
        Transform::DateFormat { from, to } => date_format(from.as_deref(), to.as_deref()),
        Transform::DefaultIfEmpty { value } => format!("“{value}” if empty"),
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

fn date_format(from: Option<&str>, to: Option<&str>) -> String {
    match (from, to) {
        (None, None) => "date".to_owned(),
        (Some(from), None) => format!("date read as {from}"),
        (None, Some(to)) => format!("date written as {to}"),
        (Some(from), Some(to)) => format!("date read as {from}, written as {to}"),
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

    #[test]
    fn a_rule_reads_from_its_source_to_its_last_step() {
        let rule = Rule {
            target: "first_name".into(),
            source: Source::Lever {
                field: "opportunity.name".into(),
            },
            transforms: vec![Transform::NamePart {
                part: NamePart::FirstWord,
            }],
        };
        assert_eq!(describe(&rule, "Name"), "Lever: Name → first word");
    }

    #[test]
    fn a_constant_needs_no_label() {
        let rule = Rule {
            target: "timezone".into(),
            source: Source::Constant {
                value: "UTC".into(),
            },
            transforms: vec![Transform::ValueMap {
                pairs: Vec::new(),
                if_no_match: IfNoMatch::Stop,
            }],
        };
        assert_eq!(
            describe(&rule, ""),
            "The same for everyone: UTC → value map of 0 pairs, otherwise stop"
        );
    }
}
