//! A field has the same value whether everything is read or only what it needs.

use serde_json::{Value as Json, json};

use super::account::{data, opportunity, serve};
use crate::lever::stub::Stub;
use crate::lever::{Parts, candidate, part_of};

async fn each_field_alone_is_as_in_the_whole(lever: &Stub) {
    // Apart from the test's own future, which would be large with them.
    let client = lever.client();
    let whole = Box::pin(candidate(&client, "o-rosa")).await.unwrap();
    assert!(whole.whole && whole.sample(0).is_some());
    let mut filled = 0;
    for (field, value) in whole.record.iter() {
        let parts = Parts::of([field]);
        let alone = Box::pin(part_of(&client, "o-rosa", &parts));
        let alone = alone.await.unwrap();
        assert_eq!(alone.record.get(field), Some(value), "{field}");
        assert_eq!(alone.sample(0), None, "{field} is not all there is to know");
        filled += usize::from(!value.is_empty());
    }
    assert!(filled > 40, "{filled} filled fields prove little");
}

/// The paths that are asked for these fields, by the last two names.
async fn asked(lever: &Stub, fields: &[&str]) -> Vec<String> {
    let before = lever.asked().len();
    let parts = Parts::of(fields.iter().copied());
    part_of(&lever.client(), "o-rosa", &parts).await.unwrap();
    let paths = lever.asked().split_off(before);
    let mut paths: Vec<_> = paths.into_iter().map(|asked| asked.path).collect();
    // Lists of the account that are read once and kept.
    paths.retain(|path| !matches!(path.as_str(), "/archive_reasons" | "/users"));
    paths.sort();
    paths
}

#[tokio::test]
async fn what_a_field_needs_is_read_and_no_more() {
    let lever = serve(|_| None).await;
    each_field_alone_is_as_in_the_whole(&lever).await;

    let own = "/opportunities/o-rosa";
    assert_eq!(asked(&lever, &[]).await, [own]);
    let shown = [
        "opportunity.name",
        "stage.text",
        "owner.email",
        "application.type",
    ];
    assert_eq!(asked(&lever, &shown).await, [own]);
    let offers = format!("{own}/offers");
    let hire = [
        "derived.first_name",
        "derived.email",
        "offer.custom_sign_on_bonus",
    ];
    assert_eq!(asked(&lever, &hire).await, [own, &offers]);
    let posting = ["/postings/p-engineer"];
    assert_eq!(asked(&lever, &["posting.team"]).await, [own, posting[0]]);
    let manager = [
        own,
        "/requisition_fields",
        "/requisitions/r-77",
        "/users/u-mia",
    ];
    assert_eq!(
        asked(&lever, &["requisition.hiring_manager"]).await,
        manager
    );
    let unknown = asked(&lever, &["weather.today"]).await;
    assert!(
        unknown.len() > 8,
        "of a strange field everything: {unknown:?}"
    );
}

#[tokio::test]
async fn a_candidate_is_described_by_what_was_read_of_the_new_job() {
    let lever = serve(|_| None).await;
    let client = lever.client();
    for (field, described) in [
        ("posting.team", "Data Engineer, Offer"),
        ("offer.job_title", "Data Engineer, Offer"),
        ("opportunity.name", "Northwind Labs, Offer"),
    ] {
        let read = part_of(&client, "o-rosa", &Parts::of([field])).await;
        assert_eq!(read.unwrap().description, described, "{field}");
    }
}

/// An opportunity that leaves to others what it usually says itself.
fn taciturn() -> Json {
    let mut said = opportunity();
    said["name"] = json!("");
    said["emails"] = json!([]);
    said["phones"] = json!([]);
    let application = &mut said["applications"][0];
    application["posting"] = json!(null);
    application["requisitionForHire"] = json!(null);
    said
}

#[tokio::test]
async fn what_the_opportunity_does_not_say_is_looked_for_where_it_is_said() {
    let lever = serve(|path| match path {
        "/opportunities/o-rosa" => data(&taciturn()),
        "/opportunities/o-rosa/applications/a-rosa" => data(&taciturn()["applications"][0]),
        _ => None,
    })
    .await;
    each_field_alone_is_as_in_the_whole(&lever).await;
    let name = asked(&lever, &["derived.first_name"]).await;
    assert_eq!(name, ["/contacts/c-rosa", "/opportunities/o-rosa"]);
}

#[tokio::test]
async fn connections_that_may_not_read_what_an_opportunity_holds_read_it_by_itself() {
    let bare = |path: &str| {
        let mut said = opportunity();
        said["applications"] = json!(["a-rosa"]);
        said["stage"] = json!("s-1");
        said["owner"] = json!("u-kai");
        (path == "/opportunities/o-rosa").then(|| data(&said))?
    };
    let lever = serve(bare).await;
    each_field_alone_is_as_in_the_whole(&lever).await;
}
