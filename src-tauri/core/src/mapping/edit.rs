//! Adding and changing the fields of people: what the user may choose, and why not.

use serde::Deserialize;
use ts_rs::TS;

use super::check::MOST_RULES;
use super::field::FieldType;
use super::schema::{Schema, TargetField};
use super::text::folded;

/// The most characters of a label.
pub const LONGEST_LABEL: usize = 80;
/// The most characters of a heading.
pub const LONGEST_GROUP: usize = 40;
/// The most options of a choice.
pub const MOST_OPTIONS: usize = 200;
/// The most characters of an option.
pub const LONGEST_OPTION: usize = 100;

/// What every id of a field of the user's own begins with, so that no field of ours ever takes it.
const OWN: &str = "own_";

/// The most characters of an id that come from the label.
const LONGEST_ID: usize = 40;

/// The field that names a person everywhere, which is why no import goes without it.
const NEEDED: &str = "first_name";

/// A field of people as the user wants it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
pub struct FieldEdit {
    /// The label on screen.
    pub label: String,
    /// The heading it stands under.
    pub group: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: FieldType,
    /// The values that a choice takes, in their order; none for other types.
    #[serde(default)]
    pub options: Vec<String>,
    /// Whether an import needs it.
    pub required: bool,
    /// Whether it is masked on screen until revealed.
    pub masked: bool,
}

/// Why a field cannot be as the user wants it, as a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FieldProblem {
    /// No label.
    #[error("Give the field a name.")]
    NoLabel,
    /// A label that does not fit a line.
    #[error("A name has at most {LONGEST_LABEL} characters, in one line.")]
    BadLabel,
    /// Two fields of one label could not be told apart.
    #[error("There is a field “{label}” already.")]
    SameLabel {
        /// The label of the other field.
        label: String,
    },
    /// No heading.
    #[error("Choose a group, or type a new one.")]
    NoGroup,
    /// A heading that does not fit a line.
    #[error("A group has at most {LONGEST_GROUP} characters, in one line.")]
    BadGroup,
    /// A choice of nothing.
    #[error("List at least one option.")]
    NoOptions,
    /// More options than anybody reads.
    #[error("A choice has at most {MOST_OPTIONS} options.")]
    TooManyOptions,
    /// An option that does not fit a line.
    #[error("An option has at most {LONGEST_OPTION} characters, in one line.")]
    BadOption,
    /// The same option twice.
    #[error("The option “{option}” is listed twice.")]
    SameOption {
        /// The option.
        option: String,
    },
    /// As many fields as a mapping has rules.
    #[error("People have at most {MOST_RULES} fields.")]
    TooManyFields,
    /// A field of ours keeps what the rest of the program relies on.
    #[error(
        "This field comes with Fulcrum: its name, whether it is required and whether it is masked can be changed."
    )]
    BuiltIn,
    /// The first name is always required.
    #[error("Every import needs this field: it names the person.")]
    AlwaysRequired,
}

impl FieldProblem {
    /// The key of the input that it is about.
    pub fn input(&self) -> &'static str {
        match self {
            Self::NoLabel | Self::BadLabel | Self::SameLabel { .. } | Self::TooManyFields => {
                "label"
            }
            Self::NoGroup | Self::BadGroup => "group",
            Self::NoOptions | Self::TooManyOptions | Self::BadOption | Self::SameOption { .. } => {
                "options"
            }
            Self::BuiltIn => "type",
            Self::AlwaysRequired => "required",
        }
    }
}

/// Whether a field must stay required.
pub fn is_always_required(id: &str) -> bool {
    id == NEEDED
}

/// A new field of the user's own. `taken` are ids that it must not get: those of removed fields, whose values are
/// kept.
///
/// # Errors
/// [`FieldProblem`], the first one.
pub fn added(
    schema: &Schema,
    taken: &[String],
    edit: FieldEdit,
) -> Result<TargetField, FieldProblem> {
    if schema.fields().len() >= MOST_RULES {
        return Err(FieldProblem::TooManyFields);
    }
    let edit = checked(schema, None, edit)?;
    let free = |id: &String| schema.get(id).is_none() && !taken.contains(id);
    let base = format!("{OWN}{}", slug(&edit.label));
    let numbered = (2_u32..).map(|number| format!("{base}_{number}"));
    let id = std::iter::once(base.clone()).chain(numbered).find(free);
    Ok(field(id.unwrap_or(base), true, edit))
}

/// The field with this id as the user wants it.
///
/// # Errors
/// [`FieldProblem`], the first one.
pub fn changed(
    schema: &Schema,
    known: &TargetField,
    edit: FieldEdit,
) -> Result<TargetField, FieldProblem> {
    let edit = checked(schema, Some(&known.id), edit)?;
    let same =
        edit.group == known.group && edit.kind == known.kind && edit.options == known.options;
    if !known.custom && !same {
        return Err(FieldProblem::BuiltIn);
    }
    if is_always_required(&known.id) && !edit.required {
        return Err(FieldProblem::AlwaysRequired);
    }
    Ok(field(known.id.clone(), known.custom, edit))
}

fn field(id: String, custom: bool, edit: FieldEdit) -> TargetField {
    TargetField {
        id,
        label: edit.label,
        group: edit.group,
        kind: edit.kind,
        options: edit.options,
        required: edit.required,
        masked: edit.masked,
        custom,
    }
}

/// The same without outer white space, if every part can be used.
fn checked(schema: &Schema, own: Option<&str>, edit: FieldEdit) -> Result<FieldEdit, FieldProblem> {
    let label = line(&edit.label, LONGEST_LABEL, FieldProblem::BadLabel)?;
    if label.is_empty() {
        return Err(FieldProblem::NoLabel);
    }
    let others = schema.fields().iter();
    let mut others = others.filter(|field| Some(field.id.as_str()) != own);
    if let Some(other) = others.find(|field| folded(&field.label) == folded(&label)) {
        let label = other.label.clone();
        return Err(FieldProblem::SameLabel { label });
    }
    let group = line(&edit.group, LONGEST_GROUP, FieldProblem::BadGroup)?;
    if group.is_empty() {
        return Err(FieldProblem::NoGroup);
    }
    let known = schema.fields().iter().map(|field| &field.group);
    // One heading, however it is typed.
    let group = known
        .into_iter()
        .find(|known| folded(known) == folded(&group))
        .cloned()
        .unwrap_or(group);
    let options = if edit.kind == FieldType::Choice {
        options(edit.options)?
    } else {
        Vec::new()
    };
    Ok(FieldEdit {
        label,
        group,
        options,
        ..edit
    })
}

fn options(given: Vec<String>) -> Result<Vec<String>, FieldProblem> {
    let mut options: Vec<String> = Vec::new();
    for option in given {
        let option = line(&option, LONGEST_OPTION, FieldProblem::BadOption)?;
        if option.is_empty() {
            continue;
        }
        if options.iter().any(|known| folded(known) == folded(&option)) {
            return Err(FieldProblem::SameOption { option });
        }
        options.push(option);
        if options.len() > MOST_OPTIONS {
            return Err(FieldProblem::TooManyOptions);
        }
    }
    if options.is_empty() {
        return Err(FieldProblem::NoOptions);
    }
    Ok(options)
}

/// The text as one line of at most so many characters. Marks that turn the direction of what follows are refused like
/// line breaks: they would change the text around the label.
fn line(text: &str, longest: usize, problem: FieldProblem) -> Result<String, FieldProblem> {
    let text = text.trim();
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}');
    if text.chars().nth(longest).is_some() || text.chars().any(|c| c.is_control() || turns(c)) {
        return Err(problem);
    }
    Ok(text.to_owned())
}

/// The label in the letters of an id; `field` where it has none of them.
fn slug(label: &str) -> String {
    let lower = label.to_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    let slug: String = words.join("_").chars().take(LONGEST_ID).collect();
    if slug.is_empty() {
        "field".to_owned()
    } else {
        slug
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(label: &str) -> FieldEdit {
        FieldEdit {
            label: label.into(),
            group: "Equipment".into(),
            kind: FieldType::Text,
            options: Vec::new(),
            required: false,
            masked: false,
        }
    }

    fn choice(options: &[&str]) -> FieldEdit {
        FieldEdit {
            kind: FieldType::Choice,
            options: options.iter().map(|option| (*option).to_owned()).collect(),
            ..wanted("Shirt size")
        }
    }

    fn people() -> Schema {
        Schema::of_people([])
    }

    #[test]
    fn a_new_field_gets_an_id_of_its_label_that_no_other_field_has_or_had() {
        let id = |label: &str, taken: &[&str]| {
            let taken: Vec<_> = taken.iter().map(|id| (*id).to_owned()).collect();
            added(&people(), &taken, wanted(label)).unwrap().id
        };
        assert_eq!(id("Shirt size", &[]), "own_shirt_size");
        assert_eq!(
            id("Shirt size", &["own_shirt_size", "own_shirt_size_2"]),
            "own_shirt_size_3"
        );
        assert_eq!(id("襯衫尺碼", &[]), "own_field");
        assert_eq!(
            id("'); DROP TABLE people; --", &[]),
            "own_drop_table_people"
        );
    }

    #[test]
    fn what_cannot_be_told_apart_or_read_is_refused() {
        let refused = |edit| added(&people(), &[], edit).unwrap_err();
        assert_eq!(refused(wanted("  ")), FieldProblem::NoLabel);
        assert_eq!(refused(wanted(&"x".repeat(81))), FieldProblem::BadLabel);
        assert_eq!(refused(wanted("Shirt\nsize")), FieldProblem::BadLabel);
        assert_eq!(refused(wanted("Pay \u{202e}yaP")), FieldProblem::BadLabel);
        let label = "First name".to_owned();
        assert_eq!(
            refused(wanted(" FIRST name ")),
            FieldProblem::SameLabel { label }
        );
        let no_group = FieldEdit {
            group: " ".into(),
            ..wanted("Shirt")
        };
        assert_eq!(refused(no_group), FieldProblem::NoGroup);
        assert_eq!(refused(choice(&["", " "])), FieldProblem::NoOptions);
        let option = "small".to_owned();
        assert_eq!(
            refused(choice(&["Small", "small"])),
            FieldProblem::SameOption { option }
        );
        let many: Vec<_> = (0..201).map(|number| number.to_string()).collect();
        let many = FieldEdit {
            options: many,
            ..choice(&[])
        };
        assert_eq!(refused(many), FieldProblem::TooManyOptions);
    }

    #[test]
    fn a_group_is_one_however_it_is_typed_and_only_a_choice_has_options() {
        let edit = FieldEdit {
            group: " contact".into(),
            ..wanted("Pager")
        };
        assert_eq!(added(&people(), &[], edit).unwrap().group, "Contact");
        let text = FieldEdit {
            kind: FieldType::Text,
            ..choice(&["Small"])
        };
        assert_eq!(
            added(&people(), &[], text).unwrap().options,
            Vec::<String>::new()
        );
        let sizes = added(&people(), &[], choice(&[" Small ", "", "Large"])).unwrap();
        assert_eq!(sizes.options, ["Small", "Large"]);
    }

    #[test]
    fn a_field_of_ours_keeps_type_and_group_and_the_first_name_stays_required() {
        let schema = people();
        let edit = |id: &str| {
            let field = schema.get(id).unwrap().clone();
            let edit = FieldEdit {
                label: field.label.clone(),
                group: field.group.clone(),
                kind: field.kind,
                options: Vec::new(),
                required: field.required,
                masked: field.masked,
            };
            (field, edit)
        };
        let (team, wanted) = edit("team");
        let squad = FieldEdit {
            label: "Squad".into(),
            required: true,
            ..wanted.clone()
        };
        let squad = changed(&schema, &team, squad).unwrap();
        assert_eq!(
            (squad.label.as_str(), squad.required, squad.custom),
            ("Squad", true, false)
        );
        let number = FieldEdit {
            kind: FieldType::Number,
            ..wanted
        };
        assert_eq!(changed(&schema, &team, number), Err(FieldProblem::BuiltIn));
        let (first_name, wanted) = edit("first_name");
        let optional = FieldEdit {
            required: false,
            ..wanted
        };
        assert_eq!(
            changed(&schema, &first_name, optional),
            Err(FieldProblem::AlwaysRequired)
        );
    }

    #[test]
    fn people_have_no_more_fields_than_a_mapping_has_rules() {
        let mut own = Vec::new();
        while Schema::of_people(own.clone()).fields().len() < MOST_RULES {
            let schema = Schema::of_people(own.clone());
            own.push(added(&schema, &[], wanted(&format!("Field {}", own.len()))).unwrap());
        }
        let full = Schema::of_people(own);
        assert_eq!(
            added(&full, &[], wanted("One more")),
            Err(FieldProblem::TooManyFields)
        );
    }
}
