//! The permissions that people and workflows need, each with its reason (LEVER.md 1.10).

/// A permission in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Permission {
    /// Lever's name of the scope.
    pub scope: &'static str,
    /// What it allows.
    pub words: &'static str,
    /// What Fulcrum needs it for.
    pub reason: &'static str,
}

const fn permission(scope: &'static str, words: &'static str, reason: &'static str) -> Permission {
    Permission {
        scope,
        words,
        reason,
    }
}

/// Every permission asked for; reading only, and as few as the job needs.
pub const NEEDED: &[Permission] = &[
    permission(
        "offline_access",
        "Allow offline access",
        "Hires are imported in the background, while nobody is signed in.",
    ),
    permission(
        "opportunities:read:admin",
        "View all opportunities",
        "The hired candidate is read again before anything is done.",
    ),
    permission(
        "contact:read:admin",
        "View all contacts",
        "Name, e-mail addresses and phone numbers of the person.",
    ),
    permission(
        "applications:read:admin",
        "View all applications",
        "Which posting the person applied to, and their answers.",
    ),
    permission(
        "offers:read:admin",
        "View all candidates' offers",
        "Start date, job title and pay from the signed offer.",
    ),
    permission(
        "postings:read:admin",
        "View all postings",
        "Team, department and location of the job.",
    ),
    permission(
        "requisitions:read:admin",
        "View all requisitions",
        "Cost center, hiring manager and your own requisition fields.",
    ),
    permission(
        "requisition_fields:read:admin",
        "View all requisition fields",
        "Your own requisition fields can be chosen in the mapping.",
    ),
    permission(
        "stages:read:admin",
        "View all stages",
        "The stage is shown by its name.",
    ),
    permission(
        "archive_reasons:read:admin",
        "View all archive reasons",
        "Tells a hire from a rejection.",
    ),
    permission(
        "users:read:admin",
        "View all users",
        "Owner and hiring manager are matched by e-mail.",
    ),
];
