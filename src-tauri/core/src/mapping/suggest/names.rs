//! What the name of a field says, in a form in which names compare.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words that a question or a label has besides what it is about.
const FILLERS: [&str; 27] = [
    "a", "an", "and", "any", "are", "at", "custom", "do", "does", "for", "have", "how", "i", "in",
    "is", "of", "on", "or", "please", "s", "the", "to", "what", "which", "who", "you", "your",
];

/// Words that change what a name is about so little that two fields still mean the same.
const QUALIFIERS: [&str; 14] = [
    "candidate",
    "choice",
    "current",
    "detail",
    "employee",
    "full",
    "hire",
    "info",
    "legal",
    "main",
    "new",
    "official",
    "preference",
    "primary",
];

/// Spellings and abbreviations of one word.
const SPELLINGS: [(&str, &str); 16] = [
    ("addr", "address"),
    ("amt", "amount"),
    ("centre", "center"),
    ("colour", "color"),
    ("dept", "department"),
    ("dob", "birth"),
    ("favourite", "favorite"),
    ("mgr", "manager"),
    ("no", "number"),
    ("num", "number"),
    ("nr", "number"),
    ("organisation", "organization"),
    ("percentage", "percent"),
    ("req", "requisition"),
    ("tel", "phone"),
    ("telephone", "phone"),
];

/// The words of a name that tell what it is about, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    words: Vec<String>,
    /// The same in alphabetical order: `Date of hire` and `Hire date` are one name.
    sorted: Vec<String>,
}

impl Name {
    /// Reads a label or an identifier: no accents, case, plurals, marks or [`FILLERS`].
    pub(super) fn of(text: &str) -> Self {
        let every = split(text);
        let about = every
            .iter()
            .filter(|word| !FILLERS.contains(&word.as_str()));
        let mut words: Vec<String> = about.map(|word| spelled(word)).collect();
        if words.is_empty() {
            words = every;
        }
        let mut sorted = words.clone();
        sorted.sort_unstable();
        sorted.dedup();
        Self { words, sorted }
    }

    /// Whether both have the same words, in any order; nameless fields are never the same.
    pub(super) fn same(&self, other: &Self) -> bool {
        !self.sorted.is_empty() && self.sorted == other.sorted
    }

    /// Whether both are the same but for [`QUALIFIERS`].
    pub(super) fn similar(&self, other: &Self) -> bool {
        let core = |name: &Self| -> Vec<String> {
            let words = name.sorted.iter();
            words
                .filter(|word| !QUALIFIERS.contains(&word.as_str()))
                .cloned()
                .collect()
        };
        let mine = core(self);
        !mine.is_empty() && mine == core(other)
    }

    /// Whether it is about `topic`: it has all its words one after the other, and they are at least half of it or more
    /// than one.
    pub(super) fn mentions(&self, topic: &Self) -> bool {
        let length = topic.words.len();
        let long_enough = length > 1 || length * 2 >= self.words.len();
        length > 0 && long_enough && self.words.windows(length).any(|part| part == topic.words)
    }

    /// Whether it has the word.
    pub(super) fn has(&self, word: &str) -> bool {
        self.words.iter().any(|own| own == word)
    }
}

/// The words in lower case without accents. `firstName` are two, `e-mail` and `t-shirt` are one.
fn split(text: &str) -> Vec<String> {
    let mut plain = String::with_capacity(text.len());
    let mut after_small = false;
    for letter in text.nfkd().filter(|letter| !is_combining_mark(*letter)) {
        if after_small && letter.is_uppercase() {
            plain.push(' ');
        }
        after_small = letter.is_lowercase();
        plain.extend(letter.to_lowercase());
    }
    let plain = plain
        .replace("e-mail", "email")
        .replace("t-shirt", "tshirt")
        .replace('%', " percent ");
    plain
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn spelled(word: &str) -> String {
    let known = SPELLINGS.iter().find(|(other, _)| *other == word);
    let word = known.map_or(word, |(_, usual)| usual);
    let plural = word.len() > 3
        && word.ends_with('s')
        && !["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    if plural {
        &word[..word.len() - 1]
    } else {
        word
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(one: &str, other: &str) -> bool {
        Name::of(one).same(&Name::of(other))
    }

    #[test]
    fn spelling_order_and_marks_make_no_other_name() {
        for (one, other) in [
            ("Date of hire", "hire_date"),
            ("Cost centre", "custom_cost_center"),
            ("E-Mail", "email"),
            ("firstName", "First name"),
            ("Líne manager’s", "Line Manager"),
            ("T-shirt sizes", "T-Shirt Size"),
            ("Target bonus %", "Target Bonus Percent"),
            ("生年月日", "生年月日"),
        ] {
            assert!(same(one, other), "{one} / {other}");
        }
        for (one, other) in [
            ("Phone", "Work phone"),
            ("?!", "?!"),
            ("State", "Status"),
            ("Address", "Addresses of"),
        ] {
            assert!(!same(one, other), "{one} / {other}");
        }
    }

    #[test]
    fn a_qualifier_makes_a_similar_name_and_another_word_does_not() {
        let similar = |one: &str, other: &str| Name::of(one).similar(&Name::of(other));
        assert!(similar("Laptop choice", "Laptop"));
        assert!(similar("Legal last name", "Last name"));
        assert!(!similar("Manager’s phone", "Phone"));
        assert!(!similar("Current employee", "New hire"));
    }

    #[test]
    fn a_question_mentions_what_it_asks_for() {
        let asks = |question: &str, topic: &str| Name::of(question).mentions(&Name::of(topic));
        assert!(asks("Which time zone do you work in?", "Time zone"));
        assert!(asks("What are your pronouns?", "Pronouns"));
        assert!(!asks(
            "Which visa does your dependant hold at present?",
            "Visa"
        ));
        assert!(!asks(
            "When did you work in this zone for the first time?",
            "Time zone"
        ));
    }
}
