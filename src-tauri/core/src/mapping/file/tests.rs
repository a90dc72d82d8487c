use proptest::prelude::*;

use super::super::source::Source;
use super::super::transform::{IfNoMatch, NamePart, Pair, Transform};
use super::*;

fn rule_of(target: &str, source: Source, transforms: Vec<Transform>) -> Rule {
    Rule {
        target: target.into(),
        source,
        transforms,
        accepts_loss: false,
    }
}

fn rules() -> Rules {
    let lever = |target: &str, field: &str, transforms| {
        let field = field.into();
        rule_of(target, Source::Lever { field }, transforms)
    };
    let first = Transform::NamePart {
        part: NamePart::FirstWord,
    };
    let states = Transform::ValueMap {
        pairs: vec![Pair {
            from: "CA".into(),
            to: "California".into(),
        }],
        if_no_match: IfNoMatch::Default {
            value: "a \"quoted\"\nline".into(),
        },
    };
    let none = Transform::DateFormat {
        from: None,
        to: Some("%d/%m/%Y".into()),
    };
    Rules {
        rules: vec![
            lever(
                "first_name",
                "opportunity.name",
                vec![Transform::Trim, first],
            ),
            lever("state", "requisition.custom.state", vec![states, none]),
            lever("of_another_company", "offer.bonus", vec![]),
        ],
    }
}

fn written(rules: &Rules) -> String {
    let label = |id: &str| format!("{id}\nwith a line break");
    write(
        Mapping::People,
        rules,
        &Schema::of_people([]),
        "Fulcrum: the field mapping of people, version 3",
        label,
    )
    .unwrap()
}

#[test]
fn a_file_gives_back_the_rules_and_names_the_fields_for_its_reader() {
    let file = written(&rules());
    assert!(
        file.starts_with(
            "# Fulcrum: the field mapping of people, version 3\nformat = 1\nmapping = \"people\"\n"
        ),
        "{file}"
    );
    assert!(
        file.contains("# First name: Lever: opportunity.name with a line break → spaces trimmed → first word\n[[rules]]\n"),
        "{file}"
    );
    assert_eq!(read(Mapping::People, &file), Ok(rules()), "{file}");
}

#[test]
fn a_rule_for_an_unknown_field_is_kept() {
    let read = read(Mapping::People, &written(&rules())).unwrap();
    assert_eq!(read.rules[2].target, "of_another_company");
}

#[test]
fn each_hostile_file_is_refused_in_words() {
    let head = "format = 1\nmapping = \"people\"\n";
    let twice = "[[rules]]\ntarget = \"team\"\ntransforms = []\nsource = { kind = \"constant\", value = \"x\" }\n";
    let cases = [
        ("".to_owned(), "it says no “format”"),
        (
            "PK\u{3}\u{4}\u{0}".to_owned(),
            "cannot be read as TOML. Line 1",
        ),
        ("a = 1\nb = \n".to_owned(), "cannot be read as TOML. Line 2"),
        ("format = \"one\"".to_owned(), "it says no “format”"),
        (
            "format = 2\nmapping = \"people\"".to_owned(),
            "A newer Fulcrum made this file (format 2",
        ),
        ("format = -1".to_owned(), "(format -1"),
        ("format = 1".to_owned(), "no mapping of people"),
        (
            "format = 1\nmapping = \"offers\"".to_owned(),
            "no mapping of people",
        ),
        (format!("{head}rules = 3"), "“rules” is not a list"),
        (format!("{head}rules = [3]"), "Rule 1 cannot be read"),
        (
            format!("{head}[[rules]]\ntarget = \"team\""),
            "Rule 1 (for “team”) cannot be read",
        ),
        (
            format!(
                "{head}[[rules]]\ntarget = \"team\"\ntransforms = [{{ kind = \"burn\" }}]\nsource = {{ kind = \"constant\", value = \"x\" }}"
            ),
            "Rule 1 (for “team”) cannot be read: unknown variant `burn`",
        ),
        (
            format!("{head}{twice}{twice}"),
            "Two rules of the file fill “team”",
        ),
        (
            format!(
                "{head}{}",
                (0..=MOST_RULES)
                    .map(|n| twice.replace("team", &n.to_string()))
                    .collect::<String>()
            ),
            "more than 200 rules",
        ),
        ("#".repeat(LONGEST_FILE + 1), "larger than 4 MB"),
        (
            format!("format = 1\nx = {}", "[".repeat(100_000)),
            "cannot be read as TOML",
        ),
    ];
    for (file, words) in cases {
        let refused = read(Mapping::People, &file).unwrap_err().to_string();
        let start: String = file.chars().take(80).collect();
        assert!(refused.contains(words), "{start:?}: {refused}");
        assert!(
            refused.len() < 400 && !refused.contains('\n'),
            "{refused:?}"
        );
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in ".{0,400}") {
        let _ = read(Mapping::People, &text);
    }

    #[test]
    fn any_texts_in_a_rule_survive_the_way_through_a_file(target in "[a-z_]{1,12}", value in ".{0,60}", from in ".{1,60}") {
        let pairs = vec![Pair { from, to: value.clone() }];
        let map = Transform::ValueMap { pairs, if_no_match: IfNoMatch::Stop };
        let rules = Rules { rules: vec![rule_of(&target, Source::Constant { value }, vec![map])] };
        prop_assert_eq!(read(Mapping::People, &written(&rules)), Ok(rules));
    }
}
