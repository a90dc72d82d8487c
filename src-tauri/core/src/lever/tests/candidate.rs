use serde_json::json;

use super::account::{data, forbidden, opportunity, serve};
use crate::lever::stub::{Stub, answer, json};
use crate::lever::{Candidate, Error, Hired, NotHired, candidate, recent_hires};
use crate::mapping::Value;

fn text(candidate: &Candidate, field: &str) -> String {
    candidate.record.get(field).unwrap().to_string()
}

#[tokio::test]
async fn a_hire_is_read_with_everything_around_it() {
    let lever = serve(|_| None).await;
    let rosa = candidate(&lever.client(), "o-rosa").await.unwrap();
    assert_eq!(rosa.missing, []);
    assert_eq!(rosa.name, "Rosa Lindqvist");
    assert_eq!(rosa.contact_id.as_deref(), Some("c-rosa"));
    assert_eq!(rosa.description, "Data Engineer, Offer");
    let at = "2025-12-02T00:00:00Z".parse().unwrap();
    assert_eq!(
        rosa.hired,
        Hired::Yes {
            at: Some(at),
            reason: "Hired".into()
        }
    );
    for (field, wanted) in [
        ("opportunity.emails.first", "rosa@example.com"),
        ("opportunity.tags", "Data Engineer, Platform"),
        ("opportunity.location", ""),
        ("stage.text", "Offer"),
        ("owner.email", "ola@example.com"),
        ("contact.location", "Lisbon, Portugal"),
        ("application.type", "referral"),
        ("application.timezone", "Europe/Lisbon"),
        ("application.question.relationship", "Friend"),
        ("application.question.languages", "Portuguese, Swedish"),
        ("posting.department", "Engineering"),
        ("requisition.code", "ENG-77"),
        ("requisition.hiring_manager_email", "mia@example.com"),
        ("requisition.custom.cost_center.campus_code", "0042"),
        ("requisition.custom.target", "2026-01-01"),
        ("requisition.custom.squad", ""),
        ("offer.location/office", "Lisbon"),
        ("offer.salary_amount", "64000.5"),
        ("offer.anticipated_start_date", "2025-12-01"),
        ("offer.direct_manager", "Kai Brandt"),
        ("offer.custom_sign_on_bonus", "3000"),
        ("offer.custom_review_date", "2026-06-01"),
        ("opportunity.emails", "rosa@example.com, rosa.l@example.org"),
        ("opportunity.archive_reason", "Hired"),
        ("posting.salary_max", "70000.5"),
        ("requisition.headcount_total", "unlimited"),
        ("offer_status", "signed"),
        ("form.equipment.shirt_size", "L"),
        ("referral.referrer_email", "mia@example.com"),
        ("referral.question.how_do_you_know_them", "From school"),
        ("derived.first_name", "Rosa"),
        ("derived.last_name", "Lindqvist"),
        ("derived.days_to_hire", "54"),
        ("derived.email", "rosa@example.com"),
        ("derived.hired_date", "2025-12-02"),
        ("derived.direct_manager_email", "kai@example.com"),
        ("derived.hiring_manager_email", "mia@example.com"),
    ] {
        assert_eq!(text(&rosa, field), wanted, "{field}");
    }
}

#[tokio::test]
async fn users_who_may_be_meant_come_along_where_the_connection_may_list_them() {
    let users = json!([
        {"id": "u-ben", "name": "Platform Lisbon", "email": "ben@example.com"},
        {"id": "u-eve", "name": "Eve Holm", "email": "eve@example.com"},
    ]);
    let lever = serve(move |path| (path == "/users").then(|| data(&users))?).await;
    let rosa = candidate(&lever.client(), "o-rosa").await.unwrap();
    let known: Vec<_> = rosa
        .record
        .users()
        .iter()
        .map(|user| user.id.as_str())
        .collect();
    assert!(
        known.contains(&"u-ben") && known.contains(&"u-kai"),
        "{known:?}"
    );
    assert!(!known.contains(&"u-eve"), "{known:?}");

    let lever = serve(|path| (path == "/users").then(forbidden)?).await;
    let rosa = candidate(&lever.client(), "o-rosa").await.unwrap();
    assert_eq!(rosa.missing, []);
    assert!(rosa.record.users().iter().all(|user| user.id != "u-ben"));
}

#[tokio::test]
async fn a_vanished_field_is_not_in_the_record() {
    let lever = serve(|_| None).await;
    let rosa = candidate(&lever.client(), "o-rosa").await.unwrap();
    assert_eq!(rosa.record.get("requisition.custom.old_field"), None);
    let on_another_form = rosa.record.get("offer.custom_old_field");
    assert_eq!(on_another_form, Some(&Value::Empty));
    assert_eq!(rosa.record.get("opportunity.shoe_size"), None);
}

#[tokio::test]
async fn parts_that_may_not_be_read_are_named_and_leave_their_fields_empty() {
    let lever = serve(|path| match path {
        "/contacts/c-rosa" => Some(answer(404, "{}")),
        "/opportunities/o-rosa/offers" | "/requisition_fields" => forbidden(),
        path if path.starts_with("/users/") => forbidden(),
        _ => None,
    })
    .await;
    let rosa = candidate(&lever.client(), "o-rosa").await.unwrap();
    assert_eq!(
        rosa.missing,
        [
            Error::Forbidden {
                verb: "read",
                thing: "the offers",
                scope_hint: "offers:read:admin"
            },
            Error::NotFound {
                thing: "the contact"
            },
            Error::Forbidden {
                verb: "read",
                thing: "the user",
                scope_hint: "users:read:admin"
            },
            Error::Forbidden {
                verb: "read",
                thing: "the requisition fields",
                scope_hint: "requisition_fields:read:admin"
            },
        ]
    );
    for field in [
        "contact.location",
        "offer.salary_amount",
        "offer.custom_x",
        "requisition.custom.x",
    ] {
        assert_eq!(rosa.record.get(field), Some(&Value::Empty), "{field}");
    }
    assert_eq!(text(&rosa, "posting.text"), "Data Engineer");
}

#[tokio::test]
async fn an_application_that_may_not_be_read_alone_is_taken_from_the_opportunity() {
    let lever = serve(|path| match path {
        "/opportunities/o-rosa/applications/a-rosa" => forbidden(),
        _ => None,
    })
    .await;
    let rosa = candidate(&lever.client(), "o-rosa").await.unwrap();
    assert_eq!(rosa.missing, []);
    assert_eq!(text(&rosa, "application.type"), "referral");
}

#[tokio::test]
async fn an_opportunity_that_may_not_be_expanded_is_read_with_ids_only() {
    let lever = Stub::start(
        |asked, _| match (asked.path.as_str(), asked.query.as_str()) {
            ("/opportunities/o-rosa", "") => {
                json(&json!({"data": {"id": "o-rosa", "name": "Rosa Lindqvist"}}))
            }
            (
                "/opportunities/o-rosa/offers"
                | "/opportunities/o-rosa/forms"
                | "/opportunities/o-rosa/referrals"
                | "/requisition_fields",
                _,
            ) => json(&json!({"data": []})),
            _ => answer(403, "{}"),
        },
    )
    .await;
    let rosa = candidate(&lever.client(), "o-rosa").await.unwrap();
    assert_eq!(
        (rosa.name.as_str(), rosa.missing),
        ("Rosa Lindqvist", Vec::new())
    );
}

#[tokio::test]
async fn a_failure_of_lever_fails_the_whole_read() {
    let lever = serve(|path| path.ends_with("/offers").then(|| answer(500, ""))).await;
    let error = candidate(&lever.client(), "o-rosa").await.unwrap_err();
    assert!(matches!(error, Error::Unreachable { .. }));
}

#[tokio::test]
async fn a_deleted_opportunity_is_not_found() {
    let lever = serve(|_| None).await;
    let error = candidate(&lever.client(), "o-gone").await.unwrap_err();
    assert_eq!(
        error,
        Error::NotFound {
            thing: "the opportunity"
        }
    );
}

async fn archived_as(reason: Option<&'static str>) -> Hired {
    let lever = serve(move |path| {
        let mut changed = opportunity();
        changed["archived"] = reason.map_or(json!(null), |reason| json!({"reason": reason}));
        (path == "/opportunities/o-rosa")
            .then(|| data(&changed))
            .flatten()
    })
    .await;
    candidate(&lever.client(), "o-rosa").await.unwrap().hired
}

#[tokio::test]
async fn only_a_reason_of_the_type_hired_is_a_hire() {
    let why = |hired| match hired {
        Hired::No { why } => why,
        Hired::Yes { .. } => panic!("counted as a hire"),
    };
    assert_eq!(
        archived_as(Some("hired")).await,
        Hired::Yes {
            at: None,
            reason: "Hired".into()
        }
    );
    assert_eq!(why(archived_as(None).await), NotHired::InPipeline);
    assert_eq!(
        why(archived_as(Some("nobody")).await),
        NotHired::UnknownReason
    );
    let declined = why(archived_as(Some("declined")).await);
    assert_eq!(
        declined.to_string(),
        "The candidate is archived as “Offer declined”, which is not a hire."
    );
}

#[tokio::test]
async fn whether_it_is_a_hire_is_never_guessed() {
    let lever = serve(|path| (path == "/archive_reasons").then(forbidden).flatten()).await;
    let error = candidate(&lever.client(), "o-rosa").await.unwrap_err();
    assert!(matches!(
        error,
        Error::Forbidden {
            verb: "read",
            thing: "the archive reasons",
            ..
        }
    ));
}

#[tokio::test]
async fn recent_hires_come_latest_first() {
    let lever = serve(|path| {
        let hire = |id: &str, at: i64| json!({"id": id, "archived": {"reason": "hired", "archivedAt": at}});
        let hires = json!([hire("older", 1_000), hire("newer", 2_000)]);
        (path == "/opportunities").then(|| data(&hires)).flatten()
    })
    .await;
    let hires = recent_hires(&lever.client(), jiff::Timestamp::UNIX_EPOCH)
        .await
        .unwrap();
    let ids: Vec<_> = hires.iter().map(|hire| hire.id.as_str()).collect();
    assert_eq!(ids, ["newer", "older"]);
    let query = &lever.asked()[1].query;
    assert!(
        query.ends_with("&archive_reason_id=hired&archived=true&archived_at_start=0"),
        "{query}"
    );
}
