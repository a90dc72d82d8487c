//! The scopes of LEVER.md 1.10, and what they say on the consent page.

use std::collections::BTreeSet;

/// What a scope lets an application do in its area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    Read,
    Write,
}

/// Which of the two scopes of an area exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exists {
    Read,
    Write,
    Both,
}

/// A part of the API with its own scopes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Area {
    name: &'static str,
    words: &'static str,
    exists: Exists,
}

macro_rules! areas {
    ($($constant:ident $name:literal $words:literal $exists:ident;)*) => {
        impl Area {
            $(
                #[doc = concat!("Scopes named `", $name, "`.")]
                pub(crate) const $constant: Self = Self {
                    name: $name,
                    words: $words,
                    exists: Exists::$exists,
                };
            )*
            const ALL: &'static [Self] = &[$(Self::$constant),*];
        }
    };
}

areas! {
    APPLICATIONS "applications" "applications" Read;
    ARCHIVE_REASONS "archive_reasons" "archive reasons" Read;
    AUDIT_EVENTS "audit_events" "audit events" Read;
    CONTACT "contact" "contacts" Both;
    DIVERSITY_SURVEYS "diversity_surveys" "diversity surveys" Read;
    EEO_RESPONSES "eeo_responses" "anonymous EEO responses" Read;
    EEO_RESPONSES_PII "eeo_responses_pii" "EEO responses with personal data" Read;
    FEEDBACK "feedback" "feedback forms" Both;
    FEEDBACK_TEMPLATES "feedback_templates" "feedback templates" Both;
    FILES "files" "files" Both;
    FORMS "forms" "profile forms" Both;
    FORM_TEMPLATES "form_templates" "profile form templates" Both;
    GROUPS "groups" "groups" Both;
    INTERVIEWS "interviews" "interviews" Both;
    NOTES "notes" "notes" Both;
    OFFERS "offers" "offers" Read;
    OPPORTUNITIES "opportunities" "opportunities" Both;
    PANELS "panels" "interview panels" Both;
    PERMISSIONS "permissions" "permissions" Both;
    POSTINGS "postings" "job postings" Both;
    REFERRALS "referrals" "referrals" Read;
    REQUISITIONS "requisitions" "requisitions" Both;
    REQUISITION_FIELDS "requisition_fields" "requisition fields" Both;
    RESUMES "resumes" "resumes" Read;
    ROLES "roles" "roles" Both;
    SOURCES "sources" "sources" Read;
    STAGES "stages" "pipeline stages" Read;
    TAGS "tags" "tags" Read;
    TASKS "tasks" "tasks" Read;
    UPLOADS "uploads" "uploaded files" Write;
    USERS "users" "users" Both;
    WEBHOOKS "webhooks" "webhooks" Both;
}

const OFFLINE_ACCESS: &str = "offline_access";
const CONFIDENTIAL: &str = "confidential:access:admin";

impl Area {
    /// Every area: its words, and the scopes for reading and for changing it where they exist.
    pub(crate) fn table() -> impl Iterator<Item = (&'static str, Option<String>, Option<String>)> {
        let scope = |area: &Self, access| area.has(access).then(|| area.scope(access));
        Self::ALL.iter().map(move |area| {
            (
                area.words,
                scope(area, Access::Read),
                scope(area, Access::Write),
            )
        })
    }

    fn scope(self, access: Access) -> String {
        let access = match access {
            Access::Read => "read",
            Access::Write => "write",
        };
        format!("{}:{access}:admin", self.name)
    }

    fn has(self, access: Access) -> bool {
        self.exists == Exists::Both
            || match access {
                Access::Read => self.exists == Exists::Read,
                Access::Write => self.exists == Exists::Write,
            }
    }
}

/// A set of scopes that Lever knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Scopes(BTreeSet<String>);

impl Scopes {
    /// The known scopes in a space-separated list; unknown ones are dropped, as Auth0 does.
    pub(crate) fn parse(list: &str) -> Self {
        let known = |scope: &&str| describe(scope).is_some();
        Self(
            list.split_whitespace()
                .filter(known)
                .map(str::to_owned)
                .collect(),
        )
    }

    /// Every scope there is: what an API key with all permissions may do.
    pub(crate) fn all() -> Self {
        let of_areas = Area::ALL.iter().flat_map(|area| {
            [Access::Read, Access::Write]
                .into_iter()
                .filter(|access| area.has(*access))
                .map(|access| area.scope(access))
        });
        Self(of_areas.chain([CONFIDENTIAL.to_owned()]).collect())
    }

    /// The permissions of an API key: those in a space-separated list that a key can have.
    pub(crate) fn of_key(list: &str, confidential: bool) -> Self {
        let mut chosen = Self::parse(list);
        chosen.0.remove(OFFLINE_ACCESS);
        chosen.0.remove(CONFIDENTIAL);
        if confidential {
            chosen.0.insert(CONFIDENTIAL.to_owned());
        }
        chosen
    }

    /// Only `offline_access`, if it is here: what remains without an audience (LEVER.md 1.3).
    pub(crate) fn without_audience(&self) -> Self {
        let kept = self.0.iter().filter(|scope| *scope == OFFLINE_ACCESS);
        Self(kept.cloned().collect())
    }

    /// These scopes without the right to see confidential data.
    pub(crate) fn without_confidential(mut self) -> Self {
        self.0.remove(CONFIDENTIAL);
        self
    }

    /// Whether `access` to `area` is granted; writing includes reading (LEVER.md 1.10).
    pub(crate) fn allow(&self, area: Area, access: Access) -> bool {
        self.0.contains(&area.scope(Access::Write))
            || (access == Access::Read && self.0.contains(&area.scope(Access::Read)))
    }

    pub(crate) fn allow_offline_access(&self) -> bool {
        self.0.contains(OFFLINE_ACCESS)
    }

    pub(crate) fn allow_confidential(&self) -> bool {
        self.0.contains(CONFIDENTIAL)
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Adds the scopes of `others`.
    pub(crate) fn extend(&mut self, others: &Self) {
        self.0.extend(others.0.iter().cloned());
    }

    pub(crate) fn covers(&self, wanted: &Self) -> bool {
        wanted.0.is_subset(&self.0)
    }

    /// Whether these are all that an API key can be given; confidential data is another matter.
    pub(crate) fn cover_every_endpoint(&self) -> bool {
        self.covers(&Self::all().without_confidential())
    }

    /// Each scope with its meaning in words.
    pub(crate) fn described(&self) -> Vec<(String, String)> {
        let describe = |scope: &String| Some((scope.clone(), describe(scope)?));
        self.0.iter().filter_map(describe).collect()
    }
}

impl std::fmt::Display for Scopes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let list: Vec<&str> = self.0.iter().map(String::as_str).collect();
        f.write_str(&list.join(" "))
    }
}

/// The meaning of a scope in words, or `None` if Lever has no such scope.
fn describe(scope: &str) -> Option<String> {
    match scope {
        OFFLINE_ACCESS => return Some("Access your data when you are not using the app".into()),
        CONFIDENTIAL => return Some("Access confidential data".into()),
        _ => {}
    }
    Area::ALL.iter().find_map(|area| {
        let matches = |access| area.has(access) && area.scope(access) == scope;
        if matches(Access::Write) {
            Some(format!("View and manage {}", area.words))
        } else if matches(Access::Read) {
            Some(format!("View {}", area.words))
        } else {
            None
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lever_has_exactly_52_scopes() {
        // `Scopes::all` leaves out offline_access, which is no permission of an API key.
        assert_eq!(Scopes::all().0.len() + 1, 52);
    }

    #[test]
    fn a_write_scope_includes_reading_but_not_the_reverse() {
        let write = Scopes::parse("notes:write:admin");
        assert!(write.allow(Area::NOTES, Access::Read));
        let read = Scopes::parse("notes:read:admin");
        assert!(!read.allow(Area::NOTES, Access::Write));
    }

    #[test]
    fn scopes_that_lever_does_not_have_are_dropped() {
        let scopes = Scopes::parse("offers:write:admin  offers:read:admin nonsense");
        assert_eq!(scopes.to_string(), "offers:read:admin");
    }
}
