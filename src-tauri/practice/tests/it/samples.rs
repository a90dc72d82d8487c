//! Our answers beside the documented ones: the same members, of the same JSON types.
//!
//! The samples lie next to the repository and are no part of it; without them nothing is compared.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use fulcrum_practice::{Switches, seeded_id};
use serde_json::{Value, json};

use crate::world::{World, text};

/// Deliberate differences: the sample, or a part of its name; the difference, or its end; and the
/// reason, with the section of LEVER.md that it is taken from.
const DELIBERATE: &[(&str, &str, &str)] = &[
    (
        "-list",
        ".hasNext: not documented",
        "live lists carry hasNext (2.2)",
    ),
    (
        "application",
        ".ipAddress: not documented",
        "live applications name the visitor (3.8)",
    ),
    (
        "application",
        ".userAgent: not documented",
        "live applications name the visitor (3.8)",
    ),
    (
        "application",
        ".referer: not documented",
        "live applications name the visitor (3.8)",
    ),
    (
        "application",
        ".acceptLanguage: not documented",
        "live applications name the visitor (3.8)",
    ),
    (
        "application",
        ".timezone: not documented",
        "live applications name the visitor (3.8)",
    ),
    (
        "application",
        ".archived: not documented",
        "live applications know their archive (3.8)",
    ),
    (
        "application",
        ".requisitionForHire: not documented",
        "live, and in the other sample (3.8)",
    ),
    (
        "application",
        ".postingOwner: not documented",
        "live in place of ownerId (3.8)",
    ),
    (
        "application",
        ".postingHiringManager: not documented",
        "live in place of hiringManager (3.8)",
    ),
    (
        "application",
        ".ownerId: missing",
        "live as postingOwner (3.8)",
    ),
    (
        "application",
        ".hiringManager: missing",
        "live as postingHiringManager (3.8)",
    ),
    ("application", ".resume: missing", "not sent live (3.8)"),
    (
        "contact-get",
        ".dataProtection: not documented",
        "live (3.2)",
    ),
    (
        "contact-update",
        ".isAnonymized: missing",
        "the live answer lacks it (3.2)",
    ),
    (
        "form-template",
        ".currency: not documented",
        "a field of the type currency has one (3.9)",
    ),
    (
        "form-templates-list",
        ".createdAt: number instead of string",
        "times are numbers; text is an old print (2.5)",
    ),
    (
        "form-templates-list",
        ".updatedAt: number instead of string",
        "times are numbers; text is an old print (2.5)",
    ),
    (
        "form-template-create",
        ".updatedAt: not documented",
        "templates have one (3.9)",
    ),
    ("offers-list", ".approved: not documented", "live (3.3)"),
    ("offers-list", ".approvedAt: not documented", "live (3.3)"),
    ("offers-list", ".posting: not documented", "live (3.3)"),
    ("offers-list", ".sentAt: not documented", "live (3.3)"),
    ("offers-list", ".signatures: not documented", "live (3.3)"),
    (
        "opportunit",
        ".archiveReason: missing",
        "legacy, not sent live (3.1)",
    ),
    (
        "opportunit",
        ".archivedAt: missing",
        "legacy, not sent live (3.1)",
    ),
    (
        "opportunit",
        ".resume: missing",
        "legacy, not sent live (3.1)",
    ),
    (
        "opportunit",
        ".archived: not documented",
        "live in place of the two legacy members (3.1)",
    ),
    (
        "opportunit",
        ".opportunityLocation: not documented",
        "live (3.1)",
    ),
    (
        "opportunit",
        ".stageChanges[].userId: missing",
        "absent in most live entries (3.1)",
    ),
    (
        "opportunity-get",
        ".phones[].type: not documented",
        "present where known (3.1)",
    ),
    (
        "posting-apply-questions",
        ".consentDisclosures: missing",
        "the practice company asks for no consent",
    ),
    (
        "posting-apply-questions",
        ".eeoQuestions.disability: missing",
        "the practice company asks no EEO questions",
    ),
    (
        "posting-apply-questions",
        ".eeoQuestions.disabilitySignature: missing",
        "the practice company asks no EEO questions",
    ),
    (
        "posting-apply-questions",
        ".eeoQuestions.disabilitySignatureDate: missing",
        "the practice company asks no EEO questions",
    ),
    (
        "posting-apply-questions",
        ".eeoQuestions.gender: missing",
        "the practice company asks no EEO questions",
    ),
    (
        "posting-apply-questions",
        ".eeoQuestions.race: missing",
        "the practice company asks no EEO questions",
    ),
    (
        "posting-apply-questions",
        ".eeoQuestions.veteran: missing",
        "the practice company asks no EEO questions",
    ),
    (
        "posting",
        ".followers: not documented",
        "live without being included (2.4)",
    ),
    (
        "posting",
        ".screening: not documented",
        "a live extra (3.11)",
    ),
    (
        "posting",
        ".transcribeInterviews: not documented",
        "a live extra (3.11)",
    ),
    (
        "posting",
        ".salaryDescription: missing",
        "only where one was written",
    ),
    (
        "posting",
        ".salaryDescriptionHtml: missing",
        "only where one was written",
    ),
    (
        "posting-create",
        ".categories.level: not documented",
        "in the single posting (3.11)",
    ),
    (
        "posting-create",
        ".confidentiality: not documented",
        "in the single posting (3.11)",
    ),
    (
        "posting-create",
        ".country: not documented",
        "in the single posting (3.11)",
    ),
    (
        "posting-create",
        ".reqCode: not documented",
        "in the single posting (3.11)",
    ),
    (
        "requisition",
        ".approval.accountId: missing",
        "a requisition without an approval chain (3.10)",
    ),
    (
        "requisition",
        ".approval.approvedAt: missing",
        "a requisition without an approval chain (3.10)",
    ),
    (
        "requisition",
        ".approval.createdBy: missing",
        "a requisition without an approval chain (3.10)",
    ),
    (
        "requisition",
        ".approval.id: missing",
        "a requisition without an approval chain (3.10)",
    ),
    (
        "requisition",
        ".approval.startedAt: missing",
        "a requisition without an approval chain (3.10)",
    ),
    (
        "requisition",
        ".approval.status: missing",
        "a requisition without an approval chain (3.10)",
    ),
    (
        "requisition",
        ".customFields.badge_color: not documented",
        "custom fields are the company's own",
    ),
    (
        "requisition",
        ".customFields.work_type: not documented",
        "custom fields are the company's own",
    ),
    (
        "requisition",
        ".customFields.hiring_manager: missing",
        "custom fields are the company's own",
    ),
    (
        "requisition",
        ".customFields.target_hire_date: missing",
        "custom fields are the company's own",
    ),
    (
        "requisition",
        ".headcountInfinite: not documented",
        "live (3.10)",
    ),
    (
        "requisition-create",
        ".accountId: not documented",
        "the raw record that is answered live (3.10)",
    ),
    (
        "requisition-create",
        ".closedAt: not documented",
        "in the single requisition (3.10)",
    ),
    (
        "requisition-create",
        ".confidentiality: not documented",
        "in the single requisition (3.10)",
    ),
    (
        "requisition-create",
        ".creator: missing",
        "the raw record: creatorUserId (3.10)",
    ),
    (
        "requisition-create",
        ".creatorUserId: not documented",
        "the raw record (3.10)",
    ),
    (
        "requisition-create",
        ".department: not documented",
        "in the single requisition (3.10)",
    ),
    (
        "requisition-create",
        ".hasConfidentialPosting: not documented",
        "the raw record (3.10)",
    ),
    (
        "requisition-create",
        ".offerIds: missing",
        "the raw record: reservedOfferIds (3.10)",
    ),
    (
        "requisition-create",
        ".owner: missing",
        "the raw record: ownerUserId (3.10)",
    ),
    (
        "requisition-create",
        ".ownerUserId: not documented",
        "the raw record (3.10)",
    ),
    (
        "requisition-create",
        ".postingIds: not documented",
        "the raw record (3.10)",
    ),
    (
        "requisition-create",
        ".postings: missing",
        "the raw record: postingIds (3.10)",
    ),
    (
        "requisition-create",
        ".reservedOfferIds: not documented",
        "the raw record (3.10)",
    ),
    (
        "requisition-create",
        ".search: not documented",
        "the raw record (3.10)",
    ),
    (
        "requisition-create",
        ".stateHistory: not documented",
        "the raw record (3.10)",
    ),
    (
        "requisition-create",
        ".timeToFillEndAt: not documented",
        "in the single requisition (3.10)",
    ),
    (
        "requisition-create",
        ".timeToFillStartAt: not documented",
        "in the single requisition (3.10)",
    ),
    (
        "requisition-create",
        ".updatedAt: not documented",
        "in the single requisition (3.10)",
    ),
    (
        "note-create",
        ".completedAt: not documented",
        "the live answer is the whole note (3.4)",
    ),
    (
        "note-create",
        ".createdAt: not documented",
        "the live answer is the whole note (3.4)",
    ),
    (
        "note-create",
        ".deletedAt: not documented",
        "the live answer is the whole note (3.4)",
    ),
    (
        "note-create",
        ".fields: not documented",
        "the live answer is the whole note (3.4)",
    ),
    (
        "note-create",
        ".data.id: not documented",
        "the live answer is the whole note (3.4)",
    ),
    (
        "note-create",
        ".secret: not documented",
        "the live answer is the whole note (3.4)",
    ),
    (
        "note-create",
        ".text: not documented",
        "the live answer is the whole note (3.4)",
    ),
    (
        "note-create",
        ".user: not documented",
        "the live answer is the whole note (3.4)",
    ),
];

/// Everything in which `ours` differs from `documented`, as `path: what`.
fn differences(path: &str, ours: &Value, documented: &Value, found: &mut BTreeSet<String>) {
    match (ours, documented) {
        (Value::Null, _) | (_, Value::Null) => {}
        (Value::Object(ours), Value::Object(documented)) => {
            for (name, value) in documented {
                match ours.get(name) {
                    Some(own) => differences(&format!("{path}.{name}"), own, value, found),
                    None => drop(found.insert(format!("{path}.{name}: missing"))),
                }
            }
            for name in ours.keys().filter(|name| !documented.contains_key(*name)) {
                found.insert(format!("{path}.{name}: not documented"));
            }
        }
        (Value::Array(ours), Value::Array(documented)) => {
            if let (Some(own), Some(value)) = (ours.first(), documented.first()) {
                differences(&format!("{path}[]"), own, value, found);
            }
        }
        _ if kind(ours) == kind(documented) => {}
        _ => {
            let types = format!("{path}: {} instead of {}", kind(ours), kind(documented));
            found.insert(types);
        }
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// The documented sample, or none where there are no samples.
#[expect(
    clippy::print_stderr,
    reason = "who reads the test's output must know what was not tried"
)]
fn sample(name: &str) -> Option<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/lever-samples");
    if !folder.exists() {
        eprintln!(
            "no documented samples at {}: {name} is not compared",
            folder.display()
        );
        return None;
    }
    let file = folder.join(format!("docs-examples/{name}.json"));
    Some(serde_json::from_slice(&fs::read(&file).unwrap()).unwrap())
}

fn rosa(rest: &str) -> String {
    format!(
        "/opportunities/{}{rest}",
        seeded_id("opportunity", "rosa-lindqvist")
    )
}

/// Reads whose answers are documented.
fn reads() -> Vec<(&'static str, String)> {
    let of = |list: &str, kind: &str, key: &str| format!("{list}/{}", seeded_id(kind, key));
    let application = rosa(&of("/applications", "application", "rosa-lindqvist"));
    vec![
        ("application-get.response", application),
        ("applications-list.response", rosa("/applications")),
        (
            "archive-reason-get.response",
            of("/archive_reasons", "archive-reason", "hired"),
        ),
        (
            "archive-reasons-list.response",
            "/archive_reasons".to_owned(),
        ),
        (
            "contact-get.response",
            of("/contacts", "contact", "rosa-lindqvist"),
        ),
        (
            "feedback-template-get.response",
            of("/feedback_templates", "feedback-template", "interview"),
        ),
        (
            "feedback-templates-list.response",
            "/feedback_templates".to_owned(),
        ),
        (
            "form-template-get.response",
            of("/form_templates", "form-template", "compensation"),
        ),
        ("form-templates-list.response", "/form_templates".to_owned()),
        ("notes-list.response", rosa("/notes")),
        ("offers-list.response", rosa("/offers")),
        ("opportunities-list.response", "/opportunities".to_owned()),
        ("opportunity-get.response", rosa("")),
        (
            "posting-apply-questions.response",
            of("/postings", "posting", "data-engineer") + "/apply",
        ),
        (
            "posting-get.response",
            of("/postings", "posting", "data-engineer"),
        ),
        ("postings-list.response", "/postings".to_owned()),
        (
            "requisition-field-get.response",
            "/requisition_fields/cost_center".to_owned(),
        ),
        (
            "requisition-fields-list.response",
            "/requisition_fields".to_owned(),
        ),
        (
            "requisition-get.response",
            of("/requisitions", "requisition", "eng-77"),
        ),
        ("requisitions-list.response", "/requisitions".to_owned()),
        ("sources-list.response", "/sources".to_owned()),
        ("stage-get.response", "/stages/offer".to_owned()),
        ("stages-list.response", "/stages".to_owned()),
        ("tags-list.response", "/tags".to_owned()),
        ("user-get.response", of("/users", "user", "mei-tanabe")),
        ("users-list.response", "/users".to_owned()),
    ]
}

/// The documented request bodies, with ids that exist here in place of theirs.
fn with_known_ids(name: &str, mut body: Value) -> Value {
    let user = seeded_id("user", "mei-tanabe");
    for member in ["owner", "hiringManager", "managerId"] {
        if body.get(member).is_some() {
            body[member] = user.clone().into();
        }
    }
    if body.get("customFields").is_some() {
        body["customFields"] = json!({"cost_center": body["customFields"]["cost_center"]});
    }
    if name.starts_with("requisition-") && body.get("id") == Some(&json!("work_type")) {
        body["id"] = "work_kind".into();
    }
    if name == "requisition-field-create-object" {
        body["id"] = "cost_place".into();
    }
    if name == "note-update" {
        body["values"][0]["createdAt"] = 1.into();
    }
    if name == "form-template-create" {
        body["group"] = seeded_id("group", "People operations").into();
    }
    body
}

async fn writes(world: &World) -> Vec<(String, Value)> {
    let perform_as = format!("?perform_as={}", seeded_id("user", "mei-tanabe"));
    let mut answers = Vec::new();
    let write = async |method: &str, name: &str, path: &str| {
        let body = with_known_ids(name, sample(&format!("{name}.request"))?);
        let (status, answer) = world.write(method, path, body).await;
        assert!((200..300).contains(&status), "{name}: {status} {answer}");
        Some((format!("{name}.response"), answer))
    };
    let contact = format!("/contacts/{}", seeded_id("contact", "rosa-lindqvist"));
    for (method, name, path) in [
        ("POST", "form-template-create", "/form_templates".to_owned()),
        ("POST", "note-create", rosa("/notes")),
        ("POST", "posting-create", format!("/postings{perform_as}")),
        ("POST", "requisition-create", "/requisitions".to_owned()),
        (
            "POST",
            "requisition-field-create-dropdown",
            "/requisition_fields".to_owned(),
        ),
        (
            "POST",
            "requisition-field-create-object",
            "/requisition_fields".to_owned(),
        ),
        ("POST", "user-create", "/users".to_owned()),
        ("PUT", "contact-update", contact),
    ] {
        answers.extend(write(method, name, &path).await);
    }
    let found = |name: &str, answers: &[(String, Value)]| {
        let mut named = answers.iter().filter(|(own, _)| own.starts_with(name));
        named.next().map(|(_, answer)| text(&answer["data"]["id"]))
    };
    if let Some(note) = found("note-create", &answers) {
        answers.extend(write("PUT", "note-update", &rosa(&format!("/notes/{note}"))).await);
    }
    if let Some(user) = found("user-create", &answers) {
        answers.extend(write("PUT", "user-update", &format!("/users/{user}")).await);
    }
    answers
}

#[tokio::test]
async fn answers_have_the_documented_members_and_types_where_the_samples_exist() {
    let world = World::with(Switches {
        rate_limit: false,
        requisition_management: true,
        ..Switches::default()
    })
    .await;
    let mut answers = Vec::new();
    for (name, path) in reads() {
        answers.push((name.to_owned(), world.api(&path).await));
    }
    answers.extend(writes(&world).await);
    let mut used = BTreeSet::new();
    let mut unexplained = Vec::new();
    for (name, answer) in answers {
        let Some(documented) = sample(&name) else {
            return;
        };
        let mut found = BTreeSet::new();
        differences("", &answer, &documented, &mut found);
        for difference in found {
            let reason = DELIBERATE.iter().position(|(sample, deliberate, _)| {
                name.contains(sample) && difference.ends_with(deliberate)
            });
            match reason {
                Some(reason) => drop(used.insert(reason)),
                None => unexplained.push(format!("{name}{difference}")),
            }
        }
    }
    assert!(unexplained.is_empty(), "{unexplained:#?}");
    let stale: Vec<_> = (0..DELIBERATE.len())
        .filter(|row| !used.contains(row))
        .collect();
    assert!(stale.is_empty(), "rows that explain nothing: {stale:?}");
}
