//! What a validation was about. It counts until one of these changes (SCREENS.md 4.1.6).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::scopes::for_fields;
use crate::store::connections::{ConnectionRow, Login};

/// What the checks looked at, without any secret. An ordinary refresh changes none of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Basis {
    environment: String,
    /// The client id with Lever; none for an API key.
    registration: Option<String>,
    granted: BTreeSet<String>,
    /// The permissions that only the mapping needs.
    #[serde(default)]
    mapped: BTreeSet<String>,
    /// The relay's address as it is set; none for the one inside the app.
    relay: Option<String>,
}

impl Basis {
    /// What a validation of this connection is about, while the mapping reads the fields `mapped` and with the relay
    /// at this address.
    pub(super) fn of(row: &ConnectionRow, mapped: &[String], relay: Option<String>) -> Self {
        let registration = match &row.login {
            Login::LeverConnect { client_id, .. } => Some(client_id.clone()),
            Login::ApiKey(_) => None,
        };
        Self {
            environment: row.environment.clone(),
            registration,
            granted: row.granted.split_whitespace().map(str::to_owned).collect(),
            mapped: for_fields(mapped).map(str::to_owned).collect(),
            relay,
        }
    }

    /// What changed since `before`, as a sentence; none if nothing did.
    pub(super) fn change_since(&self, before: &Self) -> Option<&'static str> {
        if self.environment != before.environment {
            Some("The environment changed since the last validation.")
        } else if self.registration != before.registration {
            Some("Fulcrum's registration with Lever changed since the last validation.")
        } else if self.granted != before.granted {
            Some("What Lever lets Fulcrum do changed since the last validation.")
        } else if !self.mapped.is_subset(&before.mapped) {
            Some("The mapping uses fields that need another permission since the last validation.")
        } else if self.relay != before.relay {
            Some("The relay's address changed since the last validation.")
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn basis() -> Basis {
        Basis {
            environment: "sandbox".to_owned(),
            registration: Some("fulcrum".to_owned()),
            granted: ["a".to_owned(), "b".to_owned()].into(),
            mapped: ["c".to_owned()].into(),
            relay: None,
        }
    }

    #[test]
    fn each_part_that_changes_is_named_and_the_order_of_scopes_is_none() {
        assert_eq!(basis().change_since(&basis()), None);
        let fewer = Basis {
            mapped: BTreeSet::new(),
            ..basis()
        };
        assert_eq!(fewer.change_since(&basis()), None);
        let changed = [
            (
                Basis {
                    environment: "production".to_owned(),
                    ..basis()
                },
                "environment",
            ),
            (
                Basis {
                    registration: None,
                    ..basis()
                },
                "registration",
            ),
            (
                Basis {
                    granted: ["a".to_owned()].into(),
                    ..basis()
                },
                "lets Fulcrum do",
            ),
            (
                Basis {
                    mapped: ["c".to_owned(), "d".to_owned()].into(),
                    ..basis()
                },
                "another permission",
            ),
            (
                Basis {
                    relay: Some("https://relay.example/".to_owned()),
                    ..basis()
                },
                "relay",
            ),
        ];
        for (now, word) in changed {
            let sentence = now.change_since(&basis()).unwrap();
            assert!(sentence.contains(word), "{sentence}");
        }
    }
}
