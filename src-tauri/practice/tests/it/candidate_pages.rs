//! The list of candidates, *Add candidate*, *Edit contact* and where an offer is made.

use fulcrum_practice::seeded_id;

use crate::world::{World, send};

async fn page(world: &World, path: &str) -> String {
    let answer = send(world.get(path)).await;
    assert_eq!(answer.status(), 200, "{path}");
    answer.text().await.unwrap()
}

async fn post(world: &World, path: &str, form: &[(&str, &str)]) -> (u16, String) {
    let answer = send(world.post(path).form(form)).await;
    (answer.status().as_u16(), answer.text().await.unwrap())
}

fn profile(key: &str) -> String {
    format!("/candidates/{}", seeded_id("opportunity", key))
}

#[tokio::test]
async fn a_page_beyond_the_last_is_the_last() {
    let world = World::start().await;
    let shown = page(&world, "/candidates?page=99").await;
    assert_eq!(shown, page(&world, "/candidates?page=1").await);
    assert!(shown.contains("Emil Strand"));
    let none = page(&world, "/candidates?page=99&q=nobody-of-this-name").await;
    assert!(none.contains("No candidate fits this search."));
}

#[tokio::test]
async fn what_was_typed_stays_when_a_candidate_cannot_be_added() {
    let world = World::start().await;
    let posting = seeded_id("posting", "product-designer");
    let long = "x".repeat(10_000);
    for (name, emails, problem) in [
        ("Nell Aubry", "nell", "“nell” is no e-mail address."),
        (&long, "", "The name is longer than 255 characters."),
    ] {
        let form = [
            ("name", name),
            ("emails", emails),
            ("headline", "<script>alert(1)</script>"),
            ("posting", &posting),
        ];
        let (status, shown) = post(&world, "/candidates", &form).await;
        assert_eq!(status, 400);
        assert!(shown.contains(problem), "{problem}");
        assert!(shown.contains(&format!("value=\"{name}\"")), "{problem}");
        assert!(shown.contains(&format!("value=\"{posting}\" selected")));
        assert!(!shown.contains("<script>alert"), "escaped");
    }
}

#[tokio::test]
async fn a_tag_or_link_of_a_page_is_refused_and_a_long_address_kept() {
    let world = World::start().await;
    let path = profile("emil-strand");
    let long = "x".repeat(256);
    let (status, shown) = post(&world, &format!("{path}/tags"), &[("add", &long)]).await;
    assert_eq!(status, 400);
    assert!(shown.contains("This is longer than 255 characters."));
    let address = format!("https://example.com/{long}");
    let link = [("add", address.as_str())];
    assert_eq!(post(&world, &format!("{path}/links"), &link).await.0, 303);
    let script = [("add", "javascript:alert(1)")];
    assert_eq!(post(&world, &format!("{path}/links"), &script).await.0, 303);
    let shown = page(&world, &path).await;
    assert!(shown.contains(&long) && shown.contains("javascript:alert(1)"));
    assert!(!shown.contains("href=\"javascript") && !shown.contains("href=\"#\""));
}

#[tokio::test]
async fn an_edited_contact_shows_everywhere_and_keeps_the_kind_of_its_phones() {
    let world = World::start().await;
    let path = profile("emil-strand");
    let id = seeded_id("opportunity", "emil-strand");
    let contact = world.api(&format!("/opportunities/{id}")).await["data"]["contact"].clone();
    let contact = format!("/contacts/{}", contact.as_str().unwrap());
    let phones = serde_json::json!({"phones": [{"type": "mobile", "value": "+351 910 000 001"}]});
    assert_eq!(world.write("PUT", &contact, phones).await.0, 200);
    let edit = format!("{path}/contact");
    assert!(page(&world, &edit).await.contains("+351 910 000 001"));
    let form = [
        ("name", "إميل ستراند 🌻"),
        ("headline", "Engineer"),
        ("location", ""),
        ("emails", "emil@example.com\r\nemil@example.org"),
        ("phones", "+351 910 000 001\r\n+351 910 000 002"),
    ];
    assert_eq!(post(&world, &edit, &form).await.0, 303);
    let kept = &world.api(&contact).await["data"];
    assert_eq!(kept["name"], "إميل ستراند 🌻");
    assert_eq!(kept["emails"][1], "emil@example.org");
    assert_eq!(kept["phones"][0]["type"], "mobile");
    assert_eq!(kept["phones"][1]["value"], "+351 910 000 002");
    let (status, shown) = post(&world, &edit, &[("name", " ")]).await;
    assert_eq!(status, 400);
    assert!(shown.contains("A candidate needs a name. Nothing was saved."));
    world.log_in("lucas-ferrand").await;
    assert!(!page(&world, &path).await.contains("edit-contact"));
    assert_eq!(send(world.get(&edit)).await.status(), 403);
    assert_eq!(post(&world, &edit, &form).await.0, 403);
}

#[tokio::test]
async fn nobody_edits_the_contact_of_somebody_anonymised_or_kept_from_them() {
    let world = World::start().await;
    world.log_in("mei-tanabe").await;
    let hidden = format!("{}/contact", profile("confidential"));
    assert_eq!(send(world.get(&hidden)).await.status(), 404);
    assert_eq!(post(&world, &hidden, &[("name", "X")]).await.0, 404);
    let path = profile("emil-strand");
    let reason = seeded_id("archive-reason", "withdrew");
    post(&world, &format!("{path}/archive"), &[("reason", &reason)]).await;
    assert_eq!(post(&world, &format!("{path}/anonymise"), &[]).await.0, 303);
    assert!(!page(&world, &path).await.contains("edit-contact"));
    let named = post(&world, &format!("{path}/contact"), &[("name", "Emil")]).await;
    assert_eq!(named.0, 400);
    assert!(named.1.contains("was anonymised"));
}

#[tokio::test]
async fn an_offer_for_a_confidential_candidate_is_not_made_by_those_kept_from_them() {
    let world = World::start().await;
    world.log_in("mei-tanabe").await;
    let offers = format!("{}/offers", profile("confidential"));
    assert_eq!(
        send(world.get(&format!("{offers}/new"))).await.status(),
        404
    );
    assert_eq!(post(&world, &offers, &[("then", "save")]).await.0, 404);
}

#[tokio::test]
async fn an_offer_is_the_next_thing_at_its_stage_and_in_a_menu_before() {
    let world = World::start().await;
    let path = profile("emil-strand");
    let bar = "<a class=\"next\"";
    let early = page(&world, &path).await;
    assert!(early.contains("data-testid=\"create-offer\"") && !early.contains(bar));
    post(&world, &format!("{path}/stage"), &[("stage", "offer")]).await;
    let shown = page(&world, &path).await;
    assert!(shown.contains(bar));
    assert_eq!(shown.matches("data-testid=\"create-offer\"").count(), 1);
}
