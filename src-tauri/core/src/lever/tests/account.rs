//! A small account with invented people, path by path.

use axum::body::Body;
use axum::http::Response;
use serde_json::{Value as Json, json};

use crate::lever::stub::{Asked, Stub, answer, json};

/// Serves the account, except for the paths that `changed` answers itself.
pub(super) async fn serve(
    changed: impl Fn(&str) -> Option<Response<Body>> + Send + Sync + 'static,
) -> Stub {
    Stub::start(move |asked, _| {
        changed(&asked.path)
            .or_else(|| found(asked).map(|data| json(&json!({"data": data}))))
            .unwrap_or_else(|| {
                answer(
                    404,
                    r#"{"code": "ResourceNotFound", "message": "not found"}"#,
                )
            })
    })
    .await
}

pub(super) fn data(data: &Json) -> Option<Response<Body>> {
    Some(json(&json!({"data": data})))
}

pub(super) fn forbidden() -> Option<Response<Body>> {
    Some(answer(403, "{}"))
}

fn found(asked: &Asked) -> Option<Json> {
    let data = match asked.path.as_str() {
        "/opportunities" => json!([opportunity()]),
        "/opportunities/o-rosa" => opportunity(),
        "/opportunities/o-rosa/applications/a-rosa" => application(json!("p-engineer")),
        "/opportunities/o-rosa/offers" => json!([draft(), offer()]),
        "/opportunities/o-rosa/forms" => forms(),
        "/opportunities/o-rosa/referrals" => referrals(),
        "/form_templates" => json!([
            {"id": "t-1", "text": "Equipment", "fields": [{"type": "dropdown", "text": "Shirt size?"}]}
        ]),
        "/contacts/c-rosa" => contact(),
        "/postings/p-engineer" => posting(),
        "/requisitions" => json!([requisition()]),
        "/requisitions/r-77" => requisition(),
        "/requisition_fields" => requisition_fields(),
        "/users/u-mia" => json!({"id": "u-mia", "name": "Mia Sund", "email": "mia@example.com"}),
        "/users/u-kai" => json!({"id": "u-kai", "name": "Kai Brandt", "email": "kai@example.com"}),
        "/stages" => {
            json!([{"id": "lead-new", "text": "New lead"}, {"id": "s-1", "text": "Offer"}])
        }
        "/archive_reasons" => json!([
            {"id": "hired", "text": "Hired", "status": "active", "type": "hired"},
            {"id": "declined", "text": "Offer declined", "status": "active", "type": "non-hired"},
        ]),
        _ => return None,
    };
    Some(data)
}

pub(super) fn opportunity() -> Json {
    let mut expanded = application(json!("p-engineer"));
    // Only the application's own answer has it (LEVER.md 3.8).
    expanded["timezone"].take();
    json!({
        "id": "o-rosa", "name": "Rosa Lindqvist", "contact": "c-rosa", "headline": "Northwind Labs",
        "stage": {"id": "s-1", "text": "Offer"}, "location": "",
        "phones": [{"type": "mobile", "value": "+351 21 000 00 01"}],
        "emails": ["rosa@example.com", "rosa.l@example.org"],
        "archived": {"reason": "hired", "archivedAt": 1_764_633_600_000_i64},
        "tags": ["Data Engineer", "Platform"], "sources": null, "origin": "referred",
        "owner": {"id": "u-ola", "name": "Ola Berg", "email": "ola@example.com"},
        "applications": [expanded],
        "createdAt": "1760000000000", "updatedAt": null, "isAnonymized": false,
        "urls": {"show": "https://hire.lever.co/candidates/o-rosa"},
    })
}

fn application(posting: Json) -> Json {
    json!({
        "id": "a-rosa", "type": "referral", "posting": posting, "company": null, "timezone": "Europe/Lisbon",
        "customQuestions": [{"text": "Referral", "fields": [
            {"type": "dropdown", "text": "Relationship?", "value": "Friend"},
            {"type": "multiple-select", "text": "Languages", "value": ["Portuguese", "Swedish"]},
        ]}],
        "requisitionForHire": {"id": "r-77", "requisitionCode": "ENG-77", "hiringManagerOnHire": "u-mia"},
    })
}

fn contact() -> Json {
    json!({"id": "c-rosa", "name": "Rosa Lindqvist", "location": {"name": "Lisbon, Portugal"}})
}

/// The same form twice, and one that was taken back.
fn forms() -> Json {
    let form = |id: &str, completed_at: i64, size: &str| {
        json!({
            "id": id, "type": "form", "text": "Equipment", "baseTemplateId": "t-1",
            "completedAt": completed_at, "deletedAt": null,
            "fields": [{"type": "dropdown", "text": "Shirt size?", "value": size}],
        })
    };
    let mut deleted = form("m-3", 3, "XXL");
    deleted["deletedAt"] = json!(4);
    json!([form("m-1", 1, "S"), form("m-2", 2, "L"), deleted])
}

fn referrals() -> Json {
    json!([{
        "id": "e-1", "type": "referral", "referrer": "u-mia", "createdAt": 1_760_000_000_000_i64,
        "fields": [{"type": "text", "text": "How do you know them?", "value": "From school"}],
    }])
}

fn draft() -> Json {
    json!({"id": "f-2", "status": "draft", "createdAt": 1_760_900_000_000_i64, "fields": [], "signatures": null})
}

fn offer() -> Json {
    json!({
        "id": "f-1", "status": "signed", "posting": "p-engineer", "createdAt": 1_760_500_000_000_i64,
        "fields": [
            {"text": "Job title", "identifier": "job_title", "value": "Data Engineer"},
            {"text": "Office location", "identifier": "location/office", "value": "Lisbon"},
            {"text": "Offered compensation amount", "identifier": "salary_amount", "value": 64_000.5},
            {"text": "Anticipated start date", "identifier": "anticipated_start_date", "value": 1_764_547_200_000_i64},
            {"text": "Direct manager", "identifier": "direct_manager", "value": "u-kai"},
            {"text": "Sign-on bonus", "identifier": "custom_sign_on_bonus", "value": 3_000},
            {"text": "Review date", "identifier": "custom_review_date", "value": 1_780_272_000_000_i64},
        ],
    })
}

fn posting() -> Json {
    json!({
        "id": "p-engineer", "text": "Data Engineer", "country": "PT", "workplaceType": "hybrid",
        "salaryRange": {"min": 55_000, "max": 70_000.5, "currency": "EUR", "interval": "per-year-salary"},
        "categories": {"team": "Platform", "department": "Engineering", "location": "Lisbon",
            "commitment": "Full-time"},
        "requisitionCodes": ["ENG-77"], "urls": null,
    })
}

fn requisition() -> Json {
    json!({
        "id": "r-77", "name": "Data Engineer", "requisitionCode": "ENG-77", "headcountTotal": "unlimited",
        "employmentStatus": "Exempt Full-Time", "hiringManager": null,
        "customFields": {"cost_center": {"city": "Lisbon", "campus_code": "0042"}, "target": 1_767_225_600_000_i64},
    })
}

fn requisition_fields() -> Json {
    json!([
        {"id": "cost_center", "text": "Cost center", "type": "object", "isRequired": true, "subfields": [
            {"id": "city", "text": "City", "type": "text"},
            {"id": "campus_code", "text": "Campus code", "type": "number"},
        ]},
        {"id": "target", "text": "Target hire date", "type": "date", "isRequired": false},
        {"id": "squad", "text": "Squad", "type": "text", "isRequired": false},
    ])
}
