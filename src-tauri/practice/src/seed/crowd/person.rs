//! The person behind a drawn candidacy.

use rand::RngExt;
use serde::Deserialize;

use super::{Dice, drawn_id, one_of};
use crate::state::{Contact, Phone};

const NAMES: &str = include_str!("../../../seed/names.json");

const EMPLOYERS: [&str; 10] = [
    "Northwind Labs",
    "Calibra",
    "Fjord Capital",
    "Lumen & Reed",
    "Brightwater Foods",
    "Halden Rail",
    "Quill & Anchor",
    "Solstice Energy",
    "Freelance",
    "Student",
];

/// Mail domains set aside for examples (RFC 2606).
const DOMAINS: [&str; 3] = ["example.com", "example.org", "example.net"];

/// Types of a phone; a phone may have none (LEVER.md 3.1).
const PHONE_TYPES: [Option<&str>; 5] = [
    Some("mobile"),
    Some("mobile"),
    Some("home"),
    Some("work"),
    None,
];

/// The names of one language, each in its own script and as it stands in an e-mail address.
#[derive(Deserialize)]
struct Tongue {
    places: Vec<String>,
    given: Vec<(String, String)>,
    /// Empty where people have a single name.
    family: Vec<(String, String)>,
    #[serde(default)]
    family_first: bool,
    /// Whether the parts are written without a space.
    #[serde(default)]
    joined: bool,
}

/// All names that a crowd is drawn from.
pub(super) struct Names(Vec<Tongue>);

impl Names {
    /// Reads `seed/names.json`.
    pub(super) fn read() -> Self {
        Self(serde_json::from_str(NAMES).expect("a test reads the seed"))
    }

    /// A new person; `number` makes the e-mail addresses unlike all others of the crowd.
    pub(super) fn person(&self, dice: &mut Dice, number: usize) -> Contact {
        let tongue = one_of(dice, &self.0);
        let (name, latin) = tongue.name(dice);
        let mut contact = Contact {
            id: drawn_id(dice),
            name,
            emails: emails(dice, &latin, number),
            phones: phones(dice),
            ..Contact::default()
        };
        if dice.random_bool(0.8) {
            contact.headline = (*one_of(dice, &EMPLOYERS)).to_owned();
        }
        if dice.random_bool(0.92) {
            contact.location.clone_from(one_of(dice, &tongue.places));
        }
        if dice.random_bool(0.15) {
            contact.links = vec![format!("https://example.com/in/{latin}-{number}")];
        }
        contact
    }
}

impl Tongue {
    /// A full name and its form in Latin letters.
    fn name(&self, dice: &mut Dice) -> (String, String) {
        let (given, latin_given) = one_of(dice, &self.given);
        if self.family.is_empty() {
            return (given.clone(), latin_given.clone());
        }
        let (family, latin_family) = one_of(dice, &self.family);
        let space = if self.joined { "" } else { " " };
        let name = if self.family_first {
            format!("{family}{space}{given}")
        } else {
            format!("{given}{space}{family}")
        };
        (name, format!("{latin_given}.{latin_family}"))
    }
}

fn emails(dice: &mut Dice, latin: &str, number: usize) -> Vec<String> {
    let count = match dice.random_range(0..100) {
        0..4 => 0,
        4..10 => 2,
        _ => 1,
    };
    let mut emails = Vec::with_capacity(count);
    for domain in DOMAINS.iter().take(count) {
        emails.push(format!("{latin}.{number}@{domain}"));
    }
    emails
}

fn phones(dice: &mut Dice) -> Vec<Phone> {
    if dice.random_bool(0.3) {
        return Vec::new();
    }
    let kind = one_of(dice, &PHONE_TYPES).map(str::to_owned);
    // A range of Portuguese numbers that nobody has, as in the small world.
    let value = format!(
        "+351 900 {:03} {:03}",
        dice.random_range(0..1000),
        dice.random_range(0..1000)
    );
    vec![Phone { kind, value }]
}
