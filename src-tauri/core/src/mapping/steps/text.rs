//! Steps on the letters of a text.

use unicode_normalization::char::is_combining_mark;

use crate::mapping::transform::{End, LetterCase, NamePart};
use crate::mapping::value::Value;

/// Cuts white space at both ends and folds it to single spaces inside.
pub(super) fn trim(text: String) -> String {
    let words = text.split_whitespace();
    // Mostly there is nothing to do, and then the text need not be copied.
    let letters: usize = words.clone().map(str::len).sum();
    let gaps = words.clone().count().saturating_sub(1);
    if letters + gaps == text.len() && !text.contains(|c: char| c.is_whitespace() && c != ' ') {
        return text;
    }
    words.collect::<Vec<_>>().join(" ")
}

pub(super) fn change_case(to: LetterCase, mut text: String) -> String {
    match to {
        LetterCase::Upper if text.is_ascii() => text.make_ascii_uppercase(),
        LetterCase::Lower if text.is_ascii() => text.make_ascii_lowercase(),
        LetterCase::Upper => return text.to_uppercase(),
        LetterCase::Lower => return text.to_lowercase(),
        LetterCase::Title => return title_case(&text),
    }
    text
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
    let (first, rest) = name.split_once(char::is_whitespace).unwrap_or((name, ""));
    let (but_last, last) = name.rsplit_once(char::is_whitespace).unwrap_or((name, ""));
    match part {
        NamePart::FirstWord => first.to_owned(),
        NamePart::Rest => rest.trim_start().to_owned(),
        NamePart::LastWord => last.to_owned(),
        NamePart::AllButLast => but_last.trim_end().to_owned(),
        NamePart::Initials => initials(name),
    }
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
    pub(super) fn part(&self, value: Value) -> Value {
        match value {
            Value::Text(text) if self.separator.is_empty() => self.take(std::iter::once(&*text)),
            Value::Text(text) => {
                self.take(text.split(&self.separator).collect::<Vec<_>>().into_iter())
            }
            Value::List(items) => self.take(items.iter().map(String::as_str)),
            typed => typed,
        }
    }

    fn take<'a>(&self, mut parts: impl DoubleEndedIterator<Item = &'a str>) -> Value {
        let part = match self.from {
            End::Start => parts.nth(self.place),
            End::End => parts.nth_back(self.place),
        };
        part.map(str::trim).into()
    }
}
