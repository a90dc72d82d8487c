//! A mapping as a file that people read, keep and send: TOML, with the labels as comments.

use std::collections::HashSet;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::check::MOST_RULES;
use super::describe::describe;
use super::rule::{Rule, Rules};
use super::schema::{Mapping, Schema};

/// The format that this version writes, and the newest that it reads.
const FORMAT: i64 = 1;

/// The longest file that is read, in bytes; a mapping at its limits stays below.
pub const LONGEST_FILE: usize = 4 * 1024 * 1024;

/// Why a file is not taken for a mapping.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileProblem {
    /// It is longer than [`LONGEST_FILE`].
    #[error("The file is larger than 4 MB, so it is no mapping of Fulcrum.")]
    TooLong,
    /// It is not TOML.
    #[error("The file cannot be read as TOML. Line {line}: {why}.")]
    NotToml {
        /// The line, from one.
        line: usize,
        /// What the parser says.
        why: String,
    },
    /// It does not say which format it has.
    #[error("The file is no mapping of Fulcrum: it says no “format”.")]
    NoFormat,
    /// It was made by a newer version.
    #[error(
        "A newer Fulcrum made this file (format {found}; this one reads up to {FORMAT}). Update Fulcrum first."
    )]
    Newer {
        /// The format that it says.
        found: i64,
    },
    /// It holds the other mapping, or does not say which.
    #[error("The file holds no mapping of {}. Choose another file.", wanted.of())]
    OtherMapping {
        /// The mapping that was wanted.
        wanted: Mapping,
    },
    /// There are more rules than a mapping holds.
    #[error("The file has more than {MOST_RULES} rules.")]
    TooManyRules,
    /// A rule lacks something or holds something of another kind.
    #[error("Rule {place}{} cannot be read: {why}.", named(target.as_deref()))]
    Rule {
        /// Its place, from one.
        place: usize,
        /// The field that it fills, if that could be read.
        target: Option<String>,
        /// What is wrong.
        why: String,
    },
    /// Two rules fill one field.
    #[error("Two rules of the file fill “{target}”. Remove one.")]
    Twice {
        /// The field's id.
        target: String,
    },
}

impl Mapping {
    fn of(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Offers => "offers",
        }
    }
}

fn named(target: Option<&str>) -> String {
    target.map_or_else(String::new, |target| format!(" (for “{}”)", cut(target)))
}

/// What stands above the rules.
#[derive(Serialize)]
struct Head {
    format: i64,
    mapping: Mapping,
}

/// One rule under its heading.
#[derive(Serialize)]
struct Block<'a> {
    rules: [&'a Rule; 1],
}

/// Writes a mapping as a file. `title` is its first line, and `label` gives the label of a Lever field by its id. The
/// comments are for the reader; nothing depends on them.
///
/// # Errors
/// A rule that TOML cannot express, which none is at present.
pub fn write(
    mapping: Mapping,
    rules: &Rules,
    schema: &Schema,
    title: &str,
    label: impl Fn(&str) -> String,
) -> Result<String, toml::ser::Error> {
    let head = Head {
        format: FORMAT,
        mapping,
    };
    let mut file = format!("{}\n{}", comment(title), toml::to_string(&head)?);
    for rule in &rules.rules {
        let target = schema
            .get(&rule.target)
            .map_or(rule.target.as_str(), |field| field.label.as_str());
        let words = format!("{target}: {}", describe(rule, &label));
        let block = toml::to_string_pretty(&Block { rules: [rule] })?;
        // Writing to a string cannot fail.
        let _ = write!(file, "\n{}\n{block}", comment(&words));
    }
    Ok(file)
}

/// One line, whatever the text holds: a line break would end the comment.
fn comment(text: &str) -> String {
    let line: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(500)
        .collect();
    format!("# {line}")
}

/// Reads what [`write()`] wrote, or a person changed by hand. Rules for fields that are not known here are read like the
/// others: whoever shows them says so.
///
/// # Errors
/// [`FileProblem`] in words, for any text.
pub fn read(wanted: Mapping, text: &str) -> Result<Rules, FileProblem> {
    if text.len() > LONGEST_FILE {
        return Err(FileProblem::TooLong);
    }
    let file: toml::Table = toml::from_str(text).map_err(|problem| not_toml(text, &problem))?;
    let format = file.get("format").and_then(toml::Value::as_integer);
    match format.ok_or(FileProblem::NoFormat)? {
        1..=FORMAT => {}
        found => return Err(FileProblem::Newer { found }),
    }
    let mapping = file.get("mapping").cloned();
    let mapping = mapping.and_then(|value| Mapping::deserialize(value).ok());
    if mapping != Some(wanted) {
        return Err(FileProblem::OtherMapping { wanted });
    }
    let listed = match file.get("rules") {
        None => &Vec::new(),
        Some(toml::Value::Array(listed)) => listed,
        Some(_) => {
            return Err(FileProblem::Rule {
                place: 1,
                target: None,
                why: "“rules” is not a list".to_owned(),
            });
        }
    };
    if listed.len() > MOST_RULES {
        return Err(FileProblem::TooManyRules);
    }
    let rules: Vec<Rule> = listed
        .iter()
        .enumerate()
        .map(|(index, value)| rule(index + 1, value))
        .collect::<Result<_, _>>()?;
    let mut seen = HashSet::new();
    match rules.iter().find(|rule| !seen.insert(rule.target.as_str())) {
        Some(twice) => Err(FileProblem::Twice {
            target: cut(&twice.target),
        }),
        None => Ok(Rules { rules }),
    }
}

fn rule(place: usize, value: &toml::Value) -> Result<Rule, FileProblem> {
    Rule::deserialize(value.clone()).map_err(|problem| FileProblem::Rule {
        place,
        target: value
            .get("target")
            .and_then(toml::Value::as_str)
            .map(str::to_owned),
        why: cut(problem.message()),
    })
}

fn not_toml(text: &str, problem: &toml::de::Error) -> FileProblem {
    let before = problem.span().and_then(|span| text.get(..span.start));
    FileProblem::NotToml {
        line: before.unwrap_or_default().matches('\n').count() + 1,
        why: cut(problem.message()),
    }
}

/// A foreign text short enough to be said in a sentence, on one line.
fn cut(text: &str) -> String {
    text.trim_end_matches('.')
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(160)
        .collect()
}

#[cfg(test)]
mod tests;
