//! What is asked of Lever, with the permission it takes.

/// One kind of call, as it is named to a user and to Lever's consent page.
#[derive(Debug)]
pub(super) struct Endpoint {
    /// What is done, such as `read`.
    pub(super) verb: &'static str,
    /// To what, in the middle of a sentence, such as `the offers`.
    pub(super) thing: &'static str,
    /// The scope (LEVER.md 1.10; which one an endpoint takes follows the names).
    pub(super) scope: &'static str,
}

const fn endpoint(thing: &'static str, scope: &'static str) -> Endpoint {
    Endpoint {
        verb: "read",
        thing,
        scope,
    }
}

pub(super) static APPLICATION: Endpoint = endpoint("the application", "applications:read:admin");
pub(super) static ARCHIVE_REASONS: Endpoint =
    endpoint("the archive reasons", "archive_reasons:read:admin");
pub(super) static CONTACT: Endpoint = endpoint("the contact", "contact:read:admin");
pub(super) static FORMS: Endpoint = endpoint("the profile forms", "forms:read:admin");
pub(super) static FORM_TEMPLATES: Endpoint =
    endpoint("the form templates", "form_templates:read:admin");
pub(super) static OFFERS: Endpoint = endpoint("the offers", "offers:read:admin");
pub(super) static OPPORTUNITIES: Endpoint =
    endpoint("the opportunities", "opportunities:read:admin");
pub(super) static OPPORTUNITY: Endpoint = endpoint("the opportunity", "opportunities:read:admin");
pub(super) static POSTING: Endpoint = endpoint("the posting", "postings:read:admin");
pub(super) static REFERRALS: Endpoint = endpoint("the referrals", "referrals:read:admin");
pub(super) static REQUISITION: Endpoint = endpoint("the requisition", "requisitions:read:admin");
pub(super) static REQUISITION_FIELDS: Endpoint =
    endpoint("the requisition fields", "requisition_fields:read:admin");
pub(super) static STAGES: Endpoint = endpoint("the stages", "stages:read:admin");
pub(super) static USER: Endpoint = endpoint("the user", "users:read:admin");
/// The scope that seeing the account's webhooks takes (LEVER.md 1.10).
pub const READ_WEBHOOKS: &str = "webhooks:read:admin";
pub(super) static WEBHOOKS: Endpoint = endpoint("the webhooks", READ_WEBHOOKS);

/// The parts that an opportunity is asked to hold in full (LEVER.md 2.4), each with what it would take to read it by
/// itself.
pub(super) static EXPANDED: [(&str, &Endpoint); 3] = [
    ("applications", &APPLICATION),
    ("stage", &STAGES),
    ("owner", &USER),
];
