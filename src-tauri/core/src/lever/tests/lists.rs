use axum::http::header;
use futures_util::StreamExt;
use jiff::Timestamp;
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
async fn a_cursor_that_repeats_is_an_error() {
    let stub = Stub::start(|_, before| {
        json(&json!({"data": stages(&[&before.to_string()]), "next": "x", "hasNext": true}))
    })
    .await;
    let error = stub.client().stages().await.unwrap_err();
    assert_eq!(
        error,
        Error::Endless {
            thing: "the stages"
        }
    );
    assert_eq!(stub.asked().len(), 2);
}

#[tokio::test]
async fn a_forgotten_cursor_starts_the_list_over_whatever_its_status() {
    for status in [400, 404, 410, 422] {
        let stale = json!({"code": "BadRequestError", "message": "Invalid offset token"});
        let stub = Stub::start(move |asked, before| match (asked.query.as_str(), before) {
            ("offset=x", 1) => answer(status, stale.to_string()),
            ("offset=x", _) => json(&json!({"data": stages(&["b"]), "hasNext": false})),
            _ => json(&json!({"data": stages(&["a"]), "next": "x", "hasNext": true})),
        })
        .await;
        assert_eq!(ids(&stub).await, ["a", "b"], "{status}");
    }
}

#[tokio::test]
async fn what_changed_during_a_long_reading_is_read_again_by_levers_clock() {
    let stub = Stub::start(|asked, _| {
        let of = |id| json!([{"id": id, "name": id}]);
        let answer = if asked.query.contains("updated_at_start") {
            json!({"data": of("moved"), "hasNext": false})
        } else if asked.query.contains("offset") {
            json!({"data": of("ola"), "hasNext": false})
        } else {
            json!({"data": of("rosa"), "next": "x", "hasNext": true})
        };
        let mut answer = json(&answer);
        let date = "Sat, 21 Nov 2026 20:14:00 GMT".parse().unwrap();
        answer.headers_mut().insert(header::DATE, date);
        answer
    })
    .await;
    let mut seen = stub
        .client()
        .opportunities_stream(OpportunityFilter::default());
    let mut names = Vec::new();
    while let Some(opportunity) = seen.next().await {
        names.push(opportunity.unwrap().name);
    }
    assert_eq!(names, ["rosa", "ola", "moved"]);
    let again = &stub.asked()[2].query;
    let (_, since) = again.split_once("updated_at_start=").unwrap();
    let since = Timestamp::from_millisecond(since.parse().unwrap()).unwrap();
    let began: Timestamp = "2026-11-21T20:13:55Z".parse().unwrap();
    assert!(since <= began && began.duration_since(since).as_secs() < 60);
}

#[tokio::test]
async fn a_stream_that_is_dropped_reads_no_further() {
    let stub = Stub::start(|_, before| {
        let id = before.to_string();
        json(&json!({"data": [{"id": id}], "next": id, "hasNext": true}))
    })
    .await;
    let mut seen = stub
        .client()
        .opportunities_stream(OpportunityFilter::default());
    assert!(seen.next().await.is_some());
    drop(seen);
    assert_eq!(stub.asked().len(), 1);
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
        archived_since: Some(Timestamp::from_millisecond(1_760_000_000_123).unwrap()),
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
