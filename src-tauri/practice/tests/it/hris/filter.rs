//! Filters: the examples of RFC 7644 3.4.2.2, and what they leave open.

use reqwest::Method;
use serde_json::json;

use super::{ENTERPRISE, body, create, found, scim};
use crate::world::World;

/// Three users beside the seeded ones, who have no user type.
async fn world() -> World {
    let world = World::start().await;
    create(
        &world,
        json!({
            "userName": "bjensen",
            "name": {"familyName": "O'Malley", "givenName": "Barbara"},
            "title": "Tour Guide",
            "userType": "Employee",
            "active": true,
            "emails": [
                {"value": "bjensen@example.com", "type": "work", "primary": true},
                {"value": "babs@jensen.org", "type": "home"},
            ],
            ENTERPRISE: {"department": "Tours", "employeeNumber": "701"},
        }),
    )
    .await;
    create(
        &world,
        json!({
            "userName": "JSmith",
            "userType": "Intern",
            "active": false,
            "emails": [{"value": "jsmith@example.org", "type": "work"}],
            "ims": [{"value": "js@foo.com", "type": "xmpp"}],
        }),
    )
    .await;
    create(
        &world,
        json!({"userName": "contractor", "userType": "Contractor", "externalId": "C-1"}),
    )
    .await;
    world
}

#[tokio::test]
async fn the_examples_of_the_rfc_find_whom_they_should() {
    let world = world().await;
    let all = ["bjensen", "JSmith", "contractor"];
    for (filter, expected) in [
        (r#"userName eq "bjensen""#, &all[..1]),
        (r#"USERNAME Eq "BJENSEN""#, &all[..1]),
        (r#"name.familyName co "O'Malley""#, &all[..1]),
        (r#"userType pr and userName sw "J""#, &all[1..2]),
        (
            r#"urn:ietf:params:scim:schemas:core:2.0:User:userName sw "JS""#,
            &all[1..2],
        ),
        (r#"userName ew "tractor""#, &all[2..]),
        (r#"title pr"#, &all[..1]),
        (r#"title pr and userType eq "Employee""#, &all[..1]),
        (r#"title pr or userType eq "Intern""#, &all[..2]),
        (
            r#"userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")"#,
            &all[..1],
        ),
        (
            r#"userType pr and userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org")"#,
            &all[2..],
        ),
        (
            r#"userType eq "Employee" and (emails.type eq "work")"#,
            &all[..1],
        ),
        (
            r#"userType eq "Employee" and emails[type eq "work" and value co "@example.com"]"#,
            &all[..1],
        ),
        (
            r#"userType pr and emails[type eq "home" and value co "@example.com"]"#,
            &[],
        ),
        (
            r#"emails[type eq "home" and value co "@jensen.org"] or ims[type eq "xmpp" and value co "@foo.com"]"#,
            &all[..2],
        ),
        (
            r#"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq "tours""#,
            &all[..1],
        ),
        (
            r#"schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User""#,
            &all[..1],
        ),
        (r#"externalId eq "C-1""#, &all[2..]),
        (r#"externalId eq "c-1""#, &[]),
        (r#"active eq false"#, &all[1..2]),
        (r#"userType ge "Employee""#, &all[..2]),
        (r#"userType lt "Employee""#, &all[2..]),
        (
            r#"userType pr and meta.created ge "2026-09-21T14:13:20Z""#,
            &all[..],
        ),
        (
            r#"userType pr and meta.lastModified gt "2026-09-21T15:13:20.000+01:00""#,
            &[],
        ),
        (r#"userType pr and nobodyHasThis pr"#, &[]),
        (r#"userType pr and title eq null"#, &all[1..]),
    ] {
        assert_eq!(
            found(&world, &[("filter", filter)]).await,
            expected,
            "{filter}"
        );
    }
}

#[tokio::test]
async fn a_filter_that_cannot_be_read_is_refused_in_scims_form() {
    let world = World::start().await;
    let deep = format!("{}title pr{}", "(".repeat(500), ")".repeat(500));
    for filter in [
        "userName eq",
        "userName is \"x\"",
        "(title pr",
        "active gt true",
        "",
        &deep,
    ] {
        let filter: String = url::form_urlencoded::byte_serialize(filter.as_bytes()).collect();
        let answer = scim(
            &world,
            Method::GET,
            &format!("/Users?filter={filter}"),
            None,
        )
        .await;
        let error = body(answer, 400).await;
        assert_eq!(error["scimType"], "invalidFilter", "{filter}: {error}");
        assert_eq!(error["status"], "400");
    }
}

#[tokio::test]
async fn a_list_is_sorted_and_cut_into_pages() {
    let world = world().await;
    let of_ours = ("filter", "userType pr");
    let sorted = found(&world, &[of_ours, ("sortBy", "userName")]).await;
    assert_eq!(sorted, ["bjensen", "contractor", "JSmith"]);
    let by_email = [of_ours, ("sortBy", "emails"), ("sortOrder", "descending")];
    assert_eq!(
        found(&world, &by_email).await,
        ["contractor", "JSmith", "bjensen"]
    );
    let second = [
        of_ours,
        ("sortBy", "userName"),
        ("startIndex", "2"),
        ("count", "1"),
    ];
    assert_eq!(found(&world, &second).await, ["contractor"]);
    assert_eq!(
        found(&world, &[of_ours, ("startIndex", "-5"), ("count", "-1")]).await,
        [""; 0]
    );
    let none = scim(
        &world,
        Method::GET,
        "/Users?filter=userType%20pr&count=0",
        None,
    )
    .await;
    let none = body(none, 200).await;
    assert_eq!(
        (&none["totalResults"], &none["itemsPerPage"]),
        (&json!(3), &json!(0))
    );
    for query in [
        "sortBy=shoeSize",
        "count=ten",
        "sortBy=userName&sortOrder=up",
    ] {
        let answer = scim(&world, Method::GET, &format!("/Users?{query}"), None).await;
        assert_eq!(answer.status(), 400, "{query}");
    }
}

#[tokio::test]
async fn an_answer_has_the_attributes_asked_for() {
    let world = world().await;
    let ask = async |query: &str| {
        let path = format!("/Users?filter=userName%20eq%20%22bjensen%22&{query}");
        body(scim(&world, Method::GET, &path, None).await, 200).await["Resources"][0].clone()
    };
    let some = ask("attributes=name.givenName,emails.value,urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department").await;
    assert_eq!(some["name"], json!({"givenName": "Barbara"}));
    assert_eq!(
        some["emails"],
        json!([{"value": "bjensen@example.com"}, {"value": "babs@jensen.org"}])
    );
    assert_eq!(some[ENTERPRISE], json!({"department": "Tours"}));
    assert!(some["id"].is_string() && some["userName"].is_null() && some["meta"].is_null());
    let rest = ask("excludedAttributes=id,name,emails.type").await;
    assert!(rest["id"].is_string() && rest["name"].is_null() && rest["userName"].is_string());
    assert_eq!(
        rest["emails"][0],
        json!({"value": "bjensen@example.com", "primary": true})
    );
    let both = scim(
        &world,
        Method::GET,
        "/Users?attributes=id&excludedAttributes=name",
        None,
    )
    .await;
    assert_eq!(both.status(), 400);
}
