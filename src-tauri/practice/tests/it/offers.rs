//! Offers walked by the control plane, and what the API shows of them.

use std::collections::BTreeSet;

use fulcrum_practice::seeded_id;
use reqwest::Response;
use serde_json::{Value, json};

use crate::world::{API_KEY, World, send, text};

/// Every state, with the way there from a new draft.
const STATES: [(&str, &[&str]); 8] = [
    ("draft", &[]),
    ("approval-sent", &["approval-sent"]),
    ("approved", &["approved"]),
    ("sent", &["sent"]),
    ("sent-manually", &["sent-manually"]),
    ("opened", &["opened"]),
    ("denied", &["denied"]),
    ("signed", &["signed"]),
];

/// Every step with the states in which it is possible and the state it leads to. Sending a draft is
/// refused because it must be approved, sending again because nothing changed.
const STEPS: [(&str, &[&str], &str); 10] = [
    ("request-approval", &["draft"], "approval-sent"),
    ("approve", &["approval-sent"], "approved"),
    ("send", &["approved"], "sent"),
    ("send-manually", &["approved"], "sent-manually"),
    ("open", &["sent", "opened"], "opened"),
    ("sign", &["opened"], "signed"),
    ("decline", &["opened"], "denied"),
    ("record-signed", &["sent-manually"], "signed"),
    ("record-decline", &["sent-manually"], "denied"),
    ("reject", &["approval-sent"], "draft"),
];

async fn draft(world: &World, key: &str) -> String {
    let body = json!({
        "opportunity": seeded_id("opportunity", key),
        "fields": {"salary_amount": "64000.50", "custom_sign_on_bonus": 3000},
    });
    text(&world.control("/offers", body).await["offer"])
}

async fn advance(world: &World, offer: &str, body: Value) -> Response {
    send(
        world
            .post(&format!("/practice/offers/{offer}/advance"))
            .json(&body),
    )
    .await
}

async fn offers_of(world: &World, key: &str) -> Value {
    let path = format!("/opportunities/{}/offers", seeded_id("opportunity", key));
    world.api(&path).await["data"].clone()
}

async fn download(world: &World, key: &str, offer: &str, query: &str) -> Response {
    let id = seeded_id("opportunity", key);
    let path = format!("/v1/opportunities/{id}/offers/{offer}/download{query}");
    send(world.get(&path).basic_auth(API_KEY, Some(""))).await
}

#[tokio::test]
async fn every_step_leads_on_where_it_is_possible_and_is_refused_everywhere_else() {
    let world = World::start().await;
    for (state, way) in STATES {
        for (step, possible, then) in STEPS {
            let offer = draft(&world, "emil-strand").await;
            for to in way {
                advance(&world, &offer, json!({"to": to})).await;
            }
            let answer = advance(&world, &offer, json!({"step": step})).await;
            let status = answer.status();
            let body: Value = answer.json().await.unwrap();
            if possible.contains(&state) {
                assert_eq!(body, json!({"status": then}), "{step} in {state}");
            } else {
                assert_eq!(status, 400, "{step} in {state}: {body}");
                assert!(!text(&body["message"]).is_empty());
                let shown = send(world.get(&format!("/practice/offers/{offer}"))).await;
                let shown: Value = shown.json().await.unwrap();
                assert_eq!(shown["status"], state, "{step} changes nothing");
            }
        }
    }
}

#[tokio::test]
async fn the_seed_has_offers_in_all_eight_states() {
    let world = World::start().await;
    let everyone = send(world.get("/practice/candidates")).await;
    let everyone: Value = everyone.json().await.unwrap();
    let mut seen = BTreeSet::new();
    let mut most = 0;
    for one in everyone.as_array().unwrap() {
        let path = format!("/opportunities/{}/offers", text(&one["opportunity"]));
        let offers = world.api(&path).await["data"].clone();
        let offers = offers.as_array().unwrap();
        most = most.max(offers.len());
        seen.extend(offers.iter().map(|offer| text(&offer["status"])));
    }
    let states: BTreeSet<String> = STATES.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(seen, states);
    assert!(most >= 2, "one candidate has two offers");
}

#[tokio::test]
async fn a_draft_is_null_where_nothing_happened_and_a_signed_offer_tells_all() {
    let world = World::start().await;
    let offer = draft(&world, "gustavo-prates").await;
    let shown = offers_of(&world, "gustavo-prates").await[0].clone();
    for member in [
        "approved",
        "approvedAt",
        "sentAt",
        "sentDocument",
        "signedDocument",
    ] {
        assert!(shown[member].is_null(), "{member}");
    }
    let nobody = json!({"candidate": {"role": "candidate", "name": null, "email": null}});
    assert_eq!(shown["signatures"], nobody);
    let value = |identifier: &str| {
        let fields = shown["fields"].as_array().unwrap().iter();
        let mut fields = fields.filter(|field| field["identifier"] == identifier);
        fields.next().unwrap()["value"].clone()
    };
    let application = seeded_id("application", "gustavo-prates");
    assert_eq!(
        value("job_posting"),
        application,
        "the id of the application"
    );
    assert_eq!(shown["posting"], seeded_id("posting", "data-engineer"));
    assert_eq!(value("location/office"), "Lisbon");
    assert_eq!(value("salary_amount"), json!(64000.5));
    assert_eq!(
        value("compensation_currency"),
        "EUR",
        "from the requisition"
    );
    assert!(value("offered_equity").is_null());
    let today = value("today_date").as_i64().unwrap();
    assert_eq!(today % 86_400_000, 0, "midnight in UTC");

    advance(&world, &offer, json!({"to": "signed"})).await;
    let signed = offers_of(&world, "gustavo-prates").await[0].clone();
    assert_eq!(
        (&signed["status"], &signed["approved"]),
        (&json!("signed"), &json!(true))
    );
    let candidate = &signed["signatures"]["candidate"];
    assert_eq!(
        (&candidate["name"], &candidate["signed"]),
        (&json!("Gustavo Prates"), &json!(true))
    );
    assert!(candidate["firstOpenedAt"].is_i64() && candidate["signedAt"].is_i64());
    let url = text(&signed["signedDocument"]["downloadUrl"]);
    assert!(
        url.starts_with(&world.url) && url.ends_with("/download?status=signed"),
        "{url}"
    );
    let file = send(world.http.get(&url).basic_auth(API_KEY, Some(""))).await;
    assert_eq!(file.headers()["content-type"], "application/pdf");
    let file = file.bytes().await.unwrap();
    assert!(file.starts_with(b"%PDF-") && file.ends_with(b"%%EOF"));
}

#[tokio::test]
async fn documents_that_do_not_exist_cannot_be_downloaded() {
    let world = World::start().await;
    let offer = draft(&world, "emil-strand").await;
    advance(&world, &offer, json!({"to": "sent-manually"})).await;
    for (query, status) in [
        ("?status=sent", 404),
        ("?status=signed", 404),
        ("?status=draft", 400),
        ("", 400),
    ] {
        let answer = download(&world, "emil-strand", &offer, query).await;
        assert_eq!(answer.status(), status, "{query}");
    }
    let unknown = download(&world, "emil-strand", "nothing", "?status=sent").await;
    assert_eq!(unknown.status(), 404);
    let other = download(&world, "freya-dunmore", &offer, "?status=sent").await;
    assert_eq!(other.status(), 404, "the offer of somebody else");
}

#[tokio::test]
async fn an_offer_moves_updated_at_only_if_the_switch_says_so() {
    let world = World::start().await;
    let path = format!("/opportunities/{}", seeded_id("opportunity", "emil-strand"));
    let before = world.api(&path).await["data"]["updatedAt"].clone();
    let offer = draft(&world, "emil-strand").await;
    advance(&world, &offer, json!({"to": "signed"})).await;
    assert_eq!(world.api(&path).await["data"]["updatedAt"], before);
    world
        .switch(json!({"offers_touch_opportunity": true}))
        .await;
    draft(&world, "emil-strand").await;
    assert_ne!(world.api(&path).await["data"]["updatedAt"], before);
}

#[tokio::test]
async fn a_marked_change_leads_back_to_approval_and_an_unmarked_one_does_not() {
    let world = World::start().await;
    let offer = draft(&world, "emil-strand").await;
    advance(&world, &offer, json!({"to": "opened"})).await;
    let modify = async |fields: Value| {
        let path = format!("/practice/offers/{offer}");
        let answer = send(world.put(&path).json(&json!({"fields": fields}))).await;
        answer.json::<Value>().await.unwrap()["revision"].clone()
    };
    assert_eq!(modify(json!({"team": "Optics"})).await, "saved");
    assert_eq!(modify(json!({"team": "Optics"})).await, "unchanged");
    let saved = offers_of(&world, "emil-strand").await[0].clone();
    assert_eq!(saved["status"], "opened");
    assert_eq!(modify(json!({"salary_amount": 70000})).await, "reopened");
    let reopened = offers_of(&world, "emil-strand").await[0].clone();
    assert_eq!(reopened["status"], "draft");
    assert!(reopened["approved"].is_null() && reopened["sentAt"].is_null());
    assert!(
        reopened["sentDocument"].is_object(),
        "the letter that went out stays"
    );
    let story = send(world.get(&format!("/practice/offers/{offer}"))).await;
    let story: Value = story.json().await.unwrap();
    assert!(story["link"].is_null(), "the candidate's address ended");
    let last = story["story"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        last["changes"],
        json!([["Offered compensation amount", "64000.50", "70000"]])
    );
}

#[tokio::test]
async fn values_that_do_not_fit_their_field_are_refused_by_name() {
    let world = World::start().await;
    for (identifier, value) in [
        ("salary_amount", json!("lots")),
        ("salary_amount", json!(-1)),
        ("anticipated_start_date", json!("2027-02-30")),
        ("compensation_currency", json!("euro")),
        ("salary_interval", json!("per-year")),
        ("hiring_manager", json!("nobody")),
        ("custom_work_type", json!("on the moon")),
        ("requisition", json!("R-0")),
        ("candidate_signature", json!("X")),
        ("custom_unknown", json!("X")),
    ] {
        let body = json!({
            "opportunity": seeded_id("opportunity", "emil-strand"),
            "fields": {identifier: value},
        });
        let answer = send(world.post("/practice/offers").json(&body)).await;
        assert_eq!(answer.status(), 400, "{identifier}");
    }
    assert_eq!(offers_of(&world, "emil-strand").await, json!([]));
}

#[tokio::test]
async fn an_offer_that_is_out_must_be_signed_before_a_hire_takes_a_place() {
    let world = World::start().await;
    let offer = draft(&world, "emil-strand").await;
    let hire = || {
        let body = json!({"opportunity": seeded_id("opportunity", "emil-strand")});
        send(world.post("/practice/hire").json(&body))
    };
    for to in ["sent-manually", "signed"] {
        assert_eq!(
            advance(&world, &offer, json!({"to": to})).await.status(),
            200
        );
        let hired = hire().await.status();
        assert_eq!(hired == 200, to == "signed", "{to}");
    }
}

#[tokio::test]
async fn an_offer_that_a_test_sends_is_mailed_as_if_a_person_had_sent_it() {
    let world = World::start().await;
    let offer = draft(&world, "arabic-name").await;
    let mails = || async {
        send(world.get("/practice/mails"))
            .await
            .text()
            .await
            .unwrap()
    };
    let link = || async {
        let shown = send(world.get(&format!("/practice/offers/{offer}"))).await;
        shown.json::<Value>().await.unwrap()["link"].clone()
    };
    advance(&world, &offer, json!({"to": "approved"})).await;
    assert_eq!(link().await, Value::Null);
    assert!(!mails().await.contains("/offers/"));
    advance(&world, &offer, json!({"to": "sent"})).await;
    let address = text(&link().await);
    assert_eq!(mails().await.matches(&address).count(), 1);
    advance(&world, &offer, json!({"to": "signed"})).await;
    assert_eq!(mails().await.matches(&address).count(), 1);
}

#[tokio::test]
async fn a_hire_by_the_control_plane_is_told_in_the_story_as_somebodys() {
    let world = World::start().await;
    let id = seeded_id("opportunity", "rosa-lindqvist");
    let hire = json!({"opportunity": id, "user": seeded_id("user", "mei-tanabe")});
    world.control("/hire", hire).await;
    let page = send(world.get(&format!("/candidates/{id}"))).await;
    let page = page.text().await.unwrap();
    let line = page.find("Archived").map(|start| page.split_at(start).1);
    assert!(line.is_some_and(|rest| rest.contains("Mei Tanabe")));
    let unknown = json!({"opportunity": id, "user": "nobody"});
    let answer = send(world.post("/practice/hire").json(&unknown)).await;
    assert_eq!(answer.status(), 400);
}
