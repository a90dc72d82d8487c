//! The permissions of each integration, each with its reason (LEVER.md 1.10; the five of offer letters are those
//! of the Agora article).

use super::Integration::{self, OfferLetters, Onboarding};
use crate::lever::{MANAGE_WEBHOOKS, includes};
use crate::oauth::OFFLINE_ACCESS;

/// A permission in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Permission {
    /// Lever's name of the scope.
    pub scope: &'static str,
    /// What it allows, as Lever's page says it.
    pub words: &'static str,
    /// When it is asked for.
    pub when: When,
    /// Who needs it, and for what.
    pub needs: &'static [Need],
}

/// When a permission is asked for, besides when the user ticks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Always: nothing works without it.
    Always,
    /// When the mapping reads a field that begins like this.
    Mapped(&'static str),
    /// Never by itself.
    Ticked,
}

impl When {
    fn is_now(self, mapped: &[String]) -> bool {
        match self {
            Self::Always => true,
            Self::Mapped(prefix) => mapped.iter().any(|field| field.starts_with(prefix)),
            Self::Ticked => false,
        }
    }
}

/// Why an integration asks for a permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    /// Which integration.
    pub integration: Integration,
    /// What it does with it.
    pub reason: &'static str,
    /// What does not work without it.
    pub blocked: &'static str,
}

const fn need(integration: Integration, reason: &'static str, blocked: &'static str) -> Need {
    Need {
        integration,
        reason,
        blocked,
    }
}

/// Every permission that is ever asked for, and as few as the jobs need.
pub const PERMISSIONS: &[Permission] = &[
    Permission {
        scope: "notes:write:admin",
        words: "View and manage all candidates' notes",
        when: When::Always,
        needs: &[need(
            OfferLetters,
            "Adds a note with the link to the new offer letter to the candidate's profile.",
            "No note with the letter's link appears in Lever.",
        )],
    },
    Permission {
        scope: "offers:read:admin",
        words: "View all candidates' offers",
        when: When::Always,
        needs: &[
            need(
                OfferLetters,
                "Fills the offer letter with the offer's data and creates it.",
                "No offer letter can be created.",
            ),
            need(
                Onboarding,
                "Start date, job title and pay from the signed offer.",
                "Start date, job title and pay stay empty.",
            ),
        ],
    },
    Permission {
        scope: "opportunities:write:admin",
        words: "View and manage all opportunities",
        when: When::Always,
        needs: &[need(
            OfferLetters,
            "Adds a tag and a link to the new offer letter to the opportunity.",
            "No offer letter can be created: opportunities cannot be read, tagged or linked.",
        )],
    },
    Permission {
        scope: "opportunities:read:admin",
        words: "View all opportunities",
        when: When::Always,
        needs: &[need(
            Onboarding,
            "The hired candidate is read again before anything is done.",
            "Nobody can be imported.",
        )],
    },
    Permission {
        scope: "users:read:admin",
        words: "View all users",
        when: When::Always,
        needs: &[
            need(
                OfferLetters,
                "Matches the opportunity's owner with the letter's assignee by e-mail.",
                "Letters get the connection's owner as their assignee.",
            ),
            need(
                Onboarding,
                "Owner and hiring manager are matched by e-mail.",
                "Owner and hiring manager stay empty.",
            ),
        ],
    },
    Permission {
        scope: OFFLINE_ACCESS,
        words: "Allow offline access",
        when: When::Always,
        needs: &[
            need(
                OfferLetters,
                "Creates offer letters automatically, in the background.",
                "The connection ends an hour after every sign-in.",
            ),
            need(
                Onboarding,
                "Hires are imported in the background, while nobody is signed in.",
                "The connection ends an hour after every sign-in.",
            ),
        ],
    },
    Permission {
        scope: "contact:read:admin",
        words: "View all contacts",
        when: When::Always,
        needs: &[need(
            Onboarding,
            "Name, e-mail addresses and phone numbers of the person.",
            "Name, e-mail address and phone number may stay empty.",
        )],
    },
    Permission {
        scope: "applications:read:admin",
        words: "View all applications",
        when: When::Always,
        needs: &[need(
            Onboarding,
            "Which posting the person applied to, and their answers.",
            "Posting and application answers stay empty.",
        )],
    },
    Permission {
        scope: "postings:read:admin",
        words: "View all postings",
        when: When::Always,
        needs: &[need(
            Onboarding,
            "Team, department and location of the job.",
            "Team, department and location stay empty.",
        )],
    },
    Permission {
        scope: "requisitions:read:admin",
        words: "View all requisitions",
        when: When::Always,
        needs: &[need(
            Onboarding,
            "Cost center, hiring manager and your own requisition fields.",
            "Everything from the requisition stays empty.",
        )],
    },
    Permission {
        scope: "requisition_fields:read:admin",
        words: "View all requisition fields",
        when: When::Always,
        needs: &[need(
            Onboarding,
            "Your own requisition fields can be chosen in the mapping.",
            "Your own requisition fields are missing in the mapping.",
        )],
    },
    Permission {
        scope: "forms:read:admin",
        words: "View all profile forms",
        when: When::Mapped("form."),
        needs: &[need(
            Onboarding,
            "Answers on profile forms can be used in the mapping.",
            "Everything from profile forms stays empty.",
        )],
    },
    Permission {
        scope: "form_templates:read:admin",
        words: "View all form templates",
        when: When::Mapped("form."),
        needs: &[need(
            Onboarding,
            "Questions on profile forms can be chosen before anybody has answered them.",
            "Only questions that somebody has answered can be chosen in the mapping.",
        )],
    },
    Permission {
        scope: "referrals:read:admin",
        words: "View all referrals",
        when: When::Mapped("referral."),
        needs: &[need(
            Onboarding,
            "Who referred the person can be used in the mapping.",
            "Who referred the person stays empty.",
        )],
    },
    Permission {
        scope: "stages:read:admin",
        words: "View all stages",
        when: When::Always,
        needs: &[need(
            Onboarding,
            "The stage is shown by its name.",
            "The stage stays empty.",
        )],
    },
    Permission {
        scope: "archive_reasons:read:admin",
        words: "View all archive reasons",
        when: When::Always,
        needs: &[need(
            Onboarding,
            "Tells a hire from a rejection.",
            "An archived candidate cannot be told to be a hire.",
        )],
    },
    Permission {
        scope: MANAGE_WEBHOOKS,
        words: "View and manage all webhooks",
        when: When::Ticked,
        needs: &[
            need(
                OfferLetters,
                "Makes the webhooks of your listeners for you, and deletes each with its listener.",
                "Webhooks are set up by hand in Lever.",
            ),
            need(
                Onboarding,
                "Makes the webhook of a listener for you, and deletes it with the listener.",
                "Webhooks are set up by hand in Lever.",
            ),
        ],
    },
];

/// A permission as these integrations ask for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Lever's name of the scope.
    pub scope: &'static str,
    /// What it allows, as Lever's page says it.
    pub words: &'static str,
    /// Whether nothing that is set up needs it, so that it is for the user to allow.
    pub optional: bool,
    /// Who needs it, and for what.
    pub needs: Vec<Need>,
}

/// What these integrations could ask for together while the mapping reads the fields `mapped`: each permission once,
/// the optional ones last. A write scope includes reading (LEVER.md 1.10), so it takes the needs of its read scope
/// with it.
pub fn each(integrations: &[Integration], mapped: &[String]) -> Vec<Asked> {
    let wanted = |permission: &Permission| -> Vec<Need> {
        let needs = permission.needs.iter().copied();
        needs
            .filter(|need| integrations.contains(&need.integration))
            .collect()
    };
    let mut each: Vec<Asked> = Vec::new();
    for permission in PERMISSIONS {
        let needs = wanted(permission);
        if needs.is_empty() {
            continue;
        }
        match each
            .iter_mut()
            .find(|one| includes(one.scope, permission.scope))
        {
            Some(wider) => wider.needs.extend(needs),
            None => each.push(Asked {
                scope: permission.scope,
                words: permission.words,
                optional: !permission.when.is_now(mapped),
                needs,
            }),
        }
    }
    each.sort_by_key(|one| one.optional);
    each
}

/// The permissions that are needed only because the mapping reads the fields `mapped`.
pub(super) fn for_fields(mapped: &[String]) -> impl Iterator<Item = &'static str> {
    PERMISSIONS
        .iter()
        .filter(|one| one.when != When::Always && one.when.is_now(mapped))
        .map(|one| one.scope)
}

/// What they need: [`each`] without what is optional.
pub fn needed(integrations: &[Integration], mapped: &[String]) -> Vec<Asked> {
    let mut needed = each(integrations, mapped);
    needed.retain(|one| !one.optional);
    needed
}

/// What a list of granted scopes allows: each with the words of Lever's page, where they are known.
pub fn granted(list: &str) -> Vec<(&str, Option<&'static str>)> {
    list.split_whitespace()
        .map(|scope| {
            let known = PERMISSIONS.iter().find(|known| known.scope == scope);
            (scope, known.map(|known| known.words))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scopes(integrations: &[Integration]) -> Vec<&'static str> {
        let needed = needed(integrations, &[]);
        needed.iter().map(|one| one.scope).collect()
    }

    #[test]
    fn offer_letters_ask_for_the_five_permissions_of_the_article_and_no_more() {
        assert_eq!(
            scopes(&[OfferLetters]),
            [
                "notes:write:admin",
                "offers:read:admin",
                "opportunities:write:admin",
                "users:read:admin",
                "offline_access"
            ]
        );
    }

    #[test]
    fn onboarding_asks_for_nothing_that_writes() {
        let asked = scopes(&[Onboarding]);
        assert!(asked.contains(&"opportunities:read:admin"));
        assert!(asked.iter().all(|scope| !scope.contains(":write:")));
    }

    #[test]
    fn what_only_a_mapping_needs_is_asked_for_when_it_reads_such_a_field() {
        let needed = |mapped: &str| -> Vec<_> {
            let needed = needed(&[Onboarding], &[mapped.to_owned()]);
            needed.iter().map(|one| one.scope).collect()
        };
        let forms = ["forms:read:admin", "form_templates:read:admin"];
        let plain = needed("offer.form.start_date");
        assert!(forms.iter().all(|scope| !plain.contains(scope)));
        assert!(!plain.contains(&"referrals:read:admin"));
        let with_forms = needed("form.laptop.colour");
        assert!(forms.iter().all(|scope| with_forms.contains(scope)));
        assert_eq!(with_forms.len(), plain.len() + forms.len());
        assert!(needed("referral.referrer").contains(&"referrals:read:admin"));
        let optional = each(&[Onboarding], &[]);
        let optional = optional.iter().skip(plain.len());
        assert!(optional.clone().all(|one| one.optional));
        assert_eq!(optional.count(), forms.len() + 2);
    }

    #[test]
    fn both_ask_for_each_permission_once_and_writing_stands_for_reading() {
        let both = each(&Integration::ALL, &[]);
        let mut scopes: Vec<_> = both.iter().map(|one| one.scope).collect();
        assert!(!scopes.contains(&"opportunities:read:admin"));
        // A registration with Lever holds at most 20 (LEVER.md 1.2).
        assert!(scopes.len() <= 20);
        scopes.sort_unstable();
        scopes.dedup();
        assert_eq!(scopes.len(), both.len());
        let opportunities = both
            .iter()
            .find(|one| one.scope == "opportunities:write:admin")
            .unwrap();
        let who: Vec<_> = opportunities
            .needs
            .iter()
            .map(|need| need.integration)
            .collect();
        assert_eq!(who, [OfferLetters, Onboarding]);
    }

    #[test]
    fn what_was_granted_is_told_in_words_and_an_unknown_scope_by_its_name() {
        assert_eq!(
            granted("offline_access  sources:read:admin"),
            [
                ("offline_access", Some("Allow offline access")),
                ("sources:read:admin", None)
            ]
        );
        assert!(granted("").is_empty());
    }
}
