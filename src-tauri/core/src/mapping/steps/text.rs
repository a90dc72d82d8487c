//! Steps on the letters of a text.

use unicode_normalization::char::is_combining_mark;

use crate::mapping::transform::{End, LetterCase, NamePart};
use crate::mapping::value::Value;

/// Cuts white space at both ends and folds it to single spaces inside.
pub(super) fn trim(text: &str) -> String {
    let mut trimmed = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !trimmed.is_empty() {
            trimmed.push(' ');
        }
        trimmed.push_str(word);
    }
    trimmed
}

/// Whether trimming changes nothing; mostly so, and then the value need not be copied.
pub(super) fn is_trimmed(value: &Value) -> bool {
    match value {
        Value::Text(text) => has_single_spaces(text),
        Value::List(items) => items.iter().all(|item| has_single_spaces(item)),
        _ => true,
    }
}

fn has_single_spaces(text: &str) -> bool {
    let mut after_blank = true;
    for letter in text.chars() {
        let blank = letter.is_whitespace();
        if blank && (after_blank || letter != ' ') {
            return false;
        }
        after_blank = blank;
    }
    !after_blank || text.is_empty()
}

pub(super) fn change_case(to: LetterCase, text: &str) -> String {
    match to {
        LetterCase::Upper => text.to_uppercase(),
        LetterCase::Lower => text.to_lowercase(),
        LetterCase::Title => title_case(text),
    }
}

/// A capital after white space, hyphens and other marks, as in `Anne-Marie (Anna)`. After an apostrophe only
/// before two letters or more: `O'Brien`, but `Rosa's`.
fn title_case(text: &str) -> String {
    let lower = text.to_lowercase();
    let mut written = String::with_capacity(lower.len());
    let mut starts_word = true;
    for (at, letter) in lower.char_indices() {
        if starts_word {
            push_capital(&mut written, letter);
        } else {
            written.push(letter);
        }
        starts_word = match letter {
            '\'' | '\u{2019}' => starts_with_two_letters(&lower[at + letter.len_utf8()..]),
            '\u{2010}'..='\u{2015}' => true,
            other => other.is_whitespace() || other.is_ascii_punctuation(),
        };
    }
    written
}

/// Accents that stand on their own belong to the letter before them: a capital may be written as a letter and an
/// accent where the small letter is one character (`ῆ`, `Η͂`).
fn starts_with_two_letters(text: &str) -> bool {
    let mut letters = text.chars().filter(|letter| !is_combining_mark(*letter));
    letters.next().is_some_and(char::is_alphabetic)
        && letters.next().is_some_and(char::is_alphabetic)
}

/// Only the first letter of an expansion is a capital (`ß` gives `Ss`); Georgian has no capitals in titles
/// (Unicode 15, section 7.7).
fn push_capital(written: &mut String, letter: char) {
    if matches!(letter, '\u{10d0}'..='\u{10ff}') {
        return written.push(letter);
    }
    for (index, part) in letter.to_uppercase().enumerate() {
        if index == 0 {
            written.push(part);
        } else {
            written.extend(part.to_lowercase());
        }
    }
}

/// The asked part of a name; empty if there is none.
pub(super) fn name_part(part: NamePart, name: &str) -> String {
    let name = name.trim();
    match part {
        NamePart::FirstWord => name.split(char::is_whitespace).next().unwrap_or_default(),
        NamePart::Rest => name
            .split_once(char::is_whitespace)
            .map_or("", |(_, rest)| rest.trim_start()),
        NamePart::LastWord => name
            .rsplit_once(char::is_whitespace)
            .map_or("", |(_, last)| last),
        NamePart::AllButLast => name
            .rsplit_once(char::is_whitespace)
            .map_or(name, |(rest, _)| rest.trim_end()),
        NamePart::Initials => return initials(name),
    }
    .to_owned()
}

/// The first letter of each word as a capital, and of each part of a double name: `Anne-Marie Lind` gives `AML`.
fn initials(name: &str) -> String {
    let words =
        name.split(|c: char| c.is_whitespace() || matches!(c, '-' | '\u{2010}' | '\u{2011}'));
    let firsts = words.filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()));
    firsts.fold(String::new(), |mut written, letter| {
        push_capital(&mut written, letter);
        written
    })
}

/// How a text is cut, and which part is taken.
#[derive(Debug)]
pub(in crate::mapping) struct Cut {
    separator: String,
    place: usize,
    from: End,
}

impl Cut {
    /// `nth` counts from one.
    pub(super) fn new(separator: &str, nth: u32, from: End) -> Self {
        let place = usize::try_from(nth).unwrap_or(usize::MAX);
        Self {
            separator: separator.to_owned(),
            place: place.saturating_sub(1),
            from,
        }
    }

    /// The part without outer white space; [`Value::Empty`] if there are too few. A list is cut already.
    pub(super) fn part(&self, value: &Value) -> Value {
        let separator = self.separator.as_str();
        let part = match (value, self.from) {
            (Value::Text(text), _) if separator.is_empty() => {
                (self.place == 0).then_some(text.as_str())
            }
            (Value::Text(text), End::Start) => text.split(separator).nth(self.place),
            // Cut from the start all the same: `a---b` has the same parts at `--` whichever is asked for.
            (Value::Text(text), End::End) => {
                let parts: Vec<&str> = text.split(separator).collect();
                parts.into_iter().nth_back(self.place)
            }
            (Value::List(items), End::Start) => items.get(self.place).map(String::as_str),
            (Value::List(items), End::End) => items.iter().nth_back(self.place).map(String::as_str),
            _ => return value.clone(),
        };
        part.map(str::trim).into()
    }
}
