use serde_json::{Value as Json, json};

use crate::lever::stub::{Stub, answer, json};
use crate::lever::{Error, OpportunityFilter, Page, Probe};

fn stages(ids: &[&str]) -> Json {
    ids.iter().map(|id| json!({"id": id, "text": id})).collect()
}

async fn ids(stub: &Stub) -> Vec<String> {
    stub.client()
        .stages()
        .await
        .unwrap()
        .iter()
        .map(|stage| stage.id.to_string())
        .collect()
}

#[tokio::test]
async fn a_cursor_goes_back_encoded_once_more() {
    let next = "%5B3%2C1491435120000%2C%22rosa%22%5D";
    let stub = Stub::start(move |asked, _| match asked.query.as_str() {
        "" => json(&json!({"data": stages(&["a", "b"]), "next": next, "hasNext": true})),
        _ => json(&json!({"data": stages(&["b", "c"]), "hasNext": false})),
    })
    .await;
    assert_eq!(ids(&stub).await, ["a", "b", "c"]);
    assert_eq!(
        stub.asked()[1].query,
        "offset=%255B3%252C1491435120000%252C%2522rosa%2522%255D"
    );
}

#[tokio::test]
async fn a_cursor_that_repeats_ends_the_list() {
    let stub = Stub::start(|asked, before| {
        let next = if asked.query == "offset=x" { "y" } else { "x" };
        json(&json!({"data": stages(&[["a", "b", "c", "d"][before.min(3)]]), "next": next, "hasNext": true}))
    })
    .await;
    assert_eq!(ids(&stub).await, ["a", "b", "c"]);
}

#[tokio::test]
async fn a_list_that_always_promises_more_ends_when_nothing_new_comes() {
    let stub = Stub::start(|_, before| {
        json(&json!({"data": stages(&["a"]), "next": format!("{before}"), "hasNext": true}))
    })
    .await;
    assert_eq!(ids(&stub).await, ["a"]);
    assert_eq!(stub.asked().len(), 2);
}

#[tokio::test]
async fn a_list_without_an_end_is_an_error() {
    let stub = Stub::start(|_, before| {
        let id = before.to_string();
        json(&json!({"data": stages(&[&id]), "next": id, "hasNext": true}))
    })
    .await;
    let error = stub.client().stages().await.unwrap_err();
    assert_eq!(
        error,
        Error::Endless {
            thing: "the stages"
        }
    );
    assert_eq!(stub.asked().len(), 1_000);
}

#[tokio::test]
async fn a_forgotten_cursor_starts_the_list_over_once() {
    let stale = json!({"code": "BadRequestError", "message": "Invalid offset token"});
    let stub = Stub::start(move |asked, before| match (asked.query.as_str(), before) {
        ("offset=x", 1) => answer(400, stale.to_string()),
        ("offset=x", _) => json(&json!({"data": stages(&["b"]), "hasNext": false})),
        _ => json(&json!({"data": stages(&["a"]), "next": "x", "hasNext": true})),
    })
    .await;
    assert_eq!(ids(&stub).await, ["a", "b"]);

    let never = Stub::start(|_, _| answer(400, r#"{"message": "Invalid offset token"}"#)).await;
    let error = never.client().stages().await.unwrap_err();
    assert_eq!(
        error,
        Error::StaleCursor {
            thing: "the stages"
        }
    );
    assert_eq!(never.asked().len(), 2);
}

#[tokio::test]
async fn settings_are_read_once_until_a_refresh() {
    let stub =
        Stub::start(|_, before| json(&json!({"data": stages(&[&before.to_string()])}))).await;
    let lever = stub.client();
    assert_eq!(lever.stages().await.unwrap()[0].id, "0");
    assert_eq!(lever.clone().stages().await.unwrap()[0].id, "0");
    lever.refresh().await;
    assert_eq!(lever.stages().await.unwrap()[0].id, "1");
}

#[tokio::test]
async fn a_failed_read_of_settings_is_not_kept() {
    let stub = Stub::start(|_, before| match before {
        0 => answer(403, ""),
        _ => json(&json!({"data": stages(&["offer"])})),
    })
    .await;
    let lever = stub.client();
    assert!(lever.stages().await.is_err());
    assert!(lever.stages().await.is_ok());
}

#[tokio::test]
async fn filters_and_expansions_are_written_as_lever_reads_them() {
    let stub = Stub::start(|_, _| json(&json!({"data": [], "hasNext": false}))).await;
    let filter = OpportunityFilter {
        stage_ids: vec!["offer".into(), "a b".into()],
        archive_reason_ids: vec!["hired".into()],
        archived: Some(true),
        archived_since: Some(jiff::Timestamp::from_millisecond(1_760_000_000_123).unwrap()),
        email: Some("rosa+x@example.com".into()),
        limit: Some(0),
        ..OpportunityFilter::default()
    };
    let page = stub
        .client()
        .opportunities_page(&filter, Some("%5B1%5D"))
        .await
        .unwrap();
    assert_eq!(
        page,
        Page {
            items: Vec::new(),
            next: None
        }
    );
    assert_eq!(
        stub.asked()[0].query,
        "expand=applications&expand=stage&expand=owner&stage_id=offer&stage_id=a+b&archive_reason_id=hired\
         &archived=true&archived_at_start=1760000000123&email=rosa%2Bx%40example.com&limit=1&offset=%255B1%255D"
    );
}

#[tokio::test]
async fn a_probe_tells_allowed_from_denied_and_untested() {
    let stub = Stub::start(|asked, _| match asked.path.as_str() {
        "/opportunities" => json(&json!({"data": [{"id": "rosa"}], "hasNext": false})),
        "/opportunities/rosa/offers" => json(&json!({"data": []})),
        _ => answer(403, ""),
    })
    .await;
    let lever = stub.client();
    assert_eq!(lever.probe("offers:read:admin").await, Ok(Probe::Allowed));
    assert_eq!(
        lever.probe("opportunities:write:admin").await,
        Ok(Probe::Allowed)
    );
    assert_eq!(lever.probe("webhooks:write:admin").await, Ok(Probe::Denied));
    assert_eq!(lever.probe("contact:read:admin").await, Ok(Probe::Untested));
    assert_eq!(lever.probe("offline_access").await, Ok(Probe::Untested));
    assert_eq!(
        lever.probe("eeo_responses:read:admin").await,
        Ok(Probe::Untested)
    );
}
