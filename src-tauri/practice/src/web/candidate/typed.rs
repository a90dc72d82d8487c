//! A person's details as somebody types them, on *Add candidate* and *Edit contact*.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::state::{Contact, Phone};

/// Most characters of a name, headline, place, address or number, so that lists stay lists. Lever
/// documents no limit, and the API of the practice world has none.
const LONGEST: usize = 255;

/// The fields of the form.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    name: String,
    headline: String,
    location: String,
    /// One on each line.
    emails: String,
    /// One on each line.
    phones: String,
}

/// Details that can be kept.
#[derive(Debug)]
pub(super) struct Details {
    pub(super) name: String,
    pub(super) headline: String,
    pub(super) location: String,
    pub(super) emails: Vec<String>,
    phones: Vec<String>,
}

impl Typed {
    /// The form for an existing contact.
    pub(super) fn of(contact: &Contact) -> Self {
        let phones = contact.phones.iter().map(|phone| phone.value.as_str());
        Self {
            name: contact.name.clone(),
            headline: contact.headline.clone(),
            location: contact.location.clone(),
            emails: contact.emails.join("\n"),
            phones: phones.collect::<Vec<_>>().join("\n"),
        }
    }

    /// The details without blanks around them, or what is wrong with one of them.
    pub(super) fn read(&self) -> Result<Details, String> {
        let details = Details {
            name: line("name", &self.name)?,
            headline: line("headline", &self.headline)?,
            location: line("location", &self.location)?,
            emails: lines("e-mail address", &self.emails)?,
            phones: lines("phone number", &self.phones)?,
        };
        if details.name.is_empty() {
            return Err("A candidate needs a name.".to_owned());
        }
        match details.emails.iter().find(|email| !is_email(email)) {
            Some(email) => Err(format!("“{email}” is no e-mail address.")),
            None => Ok(details),
        }
    }

    /// What the form shows.
    pub(super) fn context(&self, problem: Option<&str>) -> Value {
        json!({"typed": self, "problem": problem})
    }
}

impl Details {
    /// The numbers, each of the kind that it has among `known`.
    pub(super) fn phones(&self, known: &[Phone]) -> Vec<Phone> {
        let phones = self.phones.iter().map(|value| {
            let known = known.iter().find(|phone| phone.value == *value);
            known.cloned().unwrap_or_else(|| Phone {
                kind: None,
                value: value.clone(),
            })
        });
        phones.collect()
    }
}

fn line(what: &str, text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.chars().count() > LONGEST {
        return Err(format!("The {what} is longer than {LONGEST} characters."));
    }
    if text.contains(char::is_control) {
        return Err(format!("The {what} must be on one line."));
    }
    Ok(text.to_owned())
}

fn lines(what: &str, text: &str) -> Result<Vec<String>, String> {
    let lines = text.lines().map(|text| line(what, text));
    let filled =
        lines.filter(|line| line.as_ref().is_ok_and(|line| !line.is_empty()) || line.is_err());
    filled.collect()
}

/// Whether something stands on both sides of one `@`; whether mail arrives only sending it shows.
fn is_email(text: &str) -> bool {
    let parts = text.split_once('@');
    parts.is_some_and(|(user, host)| !user.is_empty() && !host.is_empty() && !host.contains('@'))
        && !text.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(name: &str, emails: &str) -> Typed {
        Typed {
            name: name.to_owned(),
            emails: emails.to_owned(),
            ..Typed::default()
        }
    }

    #[test]
    fn names_in_any_script_are_kept_and_blank_lines_left_out() {
        let read = typed(" ليلى <script> 🌻 ", "a@example.com\r\n\n b@example.com ").read();
        let read = read.expect("details");
        assert_eq!(read.name, "ليلى <script> 🌻");
        assert_eq!(read.emails, ["a@example.com", "b@example.com"]);
    }

    #[test]
    fn what_cannot_be_kept_is_refused_in_words() {
        for (form, problem) in [
            (typed("  ", ""), "A candidate needs a name."),
            (
                typed(&"x".repeat(10_000), ""),
                "The name is longer than 255 characters.",
            ),
            (typed("a\u{0}b", ""), "The name must be on one line."),
            (typed("A", "a@b@c"), "“a@b@c” is no e-mail address."),
            (
                typed("A", "a b@example.com"),
                "“a b@example.com” is no e-mail address.",
            ),
            (
                typed("A", "@example.com"),
                "“@example.com” is no e-mail address.",
            ),
        ] {
            assert_eq!(form.read().expect_err(problem), problem);
        }
    }
}
