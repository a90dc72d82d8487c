//! Logging in, sessions, and the wall against other sites.

use fulcrum_practice::seeded_id;

use crate::world::{World, send};

#[tokio::test]
async fn the_log_in_page_lists_every_active_user_of_all_five_roles() {
    let world = World::start().await;
    world.log_out();
    let page = send(world.get("/login")).await.text().await.unwrap();
    for role in [
        "Super Admin",
        "Admin",
        "Team Member",
        "Limited Team Member",
        "Interviewer",
    ] {
        assert!(page.contains(&format!(">{role}</span>")), "{role}");
    }
    assert!(page.contains("ola.berg@example.com"));
    assert!(!page.contains("Petra"), "a deactivated user cannot log in");
    let gone = [("user", seeded_id("user", "petra-novotna"))];
    assert_eq!(send(world.post("/login").form(&gone)).await.status(), 404);
}

#[tokio::test]
async fn every_page_leads_who_is_not_logged_in_to_the_log_in_and_no_form_works() {
    let world = World::start().await;
    world.log_out();
    for path in ["/candidates?q=a", "/settings/integrations/webhooks"] {
        let answer = send(world.get(path)).await;
        assert_eq!(answer.status(), 303, "{path}");
        let to = answer.headers()["location"].to_str().unwrap();
        assert!(to.starts_with("/login?next=%2F"), "{to}");
    }
    let id = seeded_id("opportunity", "emil-strand");
    let answer = send(world.post(&format!("/candidates/{id}/hired"))).await;
    assert_eq!(answer.headers()["location"], "/login?next=%2F");
    assert!(world.api(&format!("/opportunities/{id}")).await["data"]["archived"].is_null());
}

#[tokio::test]
async fn two_browsers_can_be_two_people_and_logging_out_ends_one() {
    let world = World::start().await;
    let other = world.log_in_elsewhere("lucas-ferrand").await;
    let theirs = || {
        send(
            world
                .http
                .get(format!("{}/candidates", world.url))
                .header("cookie", &other),
        )
    };
    assert!(
        theirs()
            .await
            .text()
            .await
            .unwrap()
            .contains("logged-in\"><bdi>Lucas Ferrand")
    );
    let own = send(world.get("/candidates")).await.text().await.unwrap();
    assert!(own.contains("logged-in\"><bdi>Ola Berg"));
    send(world.post("/logout").form(&[("next", "/")])).await;
    assert_eq!(send(world.get("/candidates")).await.status(), 303);
    assert_eq!(theirs().await.status(), 200);
}

#[tokio::test]
async fn the_page_after_the_log_in_is_never_on_another_site() {
    let world = World::start().await;
    let user = seeded_id("user", "ola-berg");
    for next in [
        "https://example.com/",
        "//example.com",
        "/\\example.com",
        "/.//example.com",
    ] {
        let form = [("user", user.as_str()), ("next", next)];
        let answer = send(world.post("/login").form(&form)).await;
        assert_eq!(answer.headers()["location"], "/candidates", "{next}");
    }
}

#[tokio::test]
async fn a_form_sent_by_a_page_of_another_site_is_refused() {
    let world = World::start().await;
    let id = seeded_id("opportunity", "emil-strand");
    let hire = || world.post(&format!("/candidates/{id}/hired"));
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://example.com"),
        ("origin", "null"),
    ] {
        let answer = send(hire().header(name, value)).await;
        assert_eq!(answer.status(), 403, "{name}: {value}");
    }
    let own = hire().header("origin", &world.url);
    assert_eq!(
        send(own.header("sec-fetch-site", "same-origin"))
            .await
            .status(),
        303
    );
}

#[tokio::test]
async fn an_invented_cookie_is_nobody() {
    let world = World::start().await;
    let page = world.http.get(format!("{}/candidates", world.url));
    let answer = send(page.header("cookie", "practice_session=a; practice_session=; =;;%")).await;
    assert_eq!(answer.status(), 303);
}
