//! Profile, board, roles and the company's pipeline on the pages.

use fulcrum_practice::seeded_id;
use serde_json::{Value, json};

use crate::world::{API_KEY, World, send, text};

async fn page(world: &World, path: &str) -> String {
    let answer = send(world.get(path)).await;
    assert_eq!(answer.status(), 200, "{path}");
    answer.text().await.unwrap()
}

async fn post(world: &World, path: &str, form: &[(&str, &str)]) -> u16 {
    send(world.post(path).form(form)).await.status().as_u16()
}

fn profile(key: &str) -> String {
    format!("/candidates/{}", seeded_id("opportunity", key))
}

#[tokio::test]
async fn a_confidential_candidate_is_seen_only_by_those_who_may() {
    let world = World::start().await;
    let path = profile("confidential");
    assert!(page(&world, "/candidates").await.contains("Henrik Solberg"));
    world.log_in("mei-tanabe").await;
    assert_eq!(send(world.get(&path)).await.status(), 404);
    assert!(
        !page(&world, "/candidates?q=henrik")
            .await
            .contains("Henrik Solberg")
    );
    assert!(!page(&world, "/board").await.contains("Henrik Solberg"));
    assert_eq!(
        post(&world, &format!("{path}/stage"), &[("stage", "offer")]).await,
        404
    );
}

#[tokio::test]
async fn a_secret_note_is_for_the_privileged_its_author_and_whom_it_mentions() {
    let world = World::start().await;
    let path = profile("emil-strand");
    world.log_in("ines-carvalho").await;
    let note = [
        ("value", "Wants <b>more</b>, @priya.raghavan"),
        ("secret", "yes"),
    ];
    assert_eq!(post(&world, &format!("{path}/notes"), &note).await, 303);
    for (user, sees) in [
        ("ines-carvalho", true),
        ("ola-berg", true),
        ("priya-raghavan", true),
        ("jonas-adeyemi", false),
        ("lucas-ferrand", false),
    ] {
        world.log_in(user).await;
        let shown = page(&world, &path).await;
        assert_eq!(shown.contains("Wants &lt;b&gt;"), sees, "{user}");
        assert!(!shown.contains("<b>more"));
    }
}

#[tokio::test]
async fn an_interviewer_reads_and_writes_notes_but_changes_nothing() {
    let world = World::start().await;
    let path = profile("emil-strand");
    world.log_in("lucas-ferrand").await;
    assert!(page(&world, &path).await.contains("can change profiles"));
    for (action, form) in [
        ("stage", [("stage", "offer")]),
        ("tags", [("add", "x")]),
        ("archive", [("reason", "x")]),
        ("delete", [("", "")]),
    ] {
        assert_eq!(
            post(&world, &format!("{path}/{action}"), &form).await,
            403,
            "{action}"
        );
    }
    assert_eq!(
        post(&world, &format!("{path}/notes"), &[("value", "Good.")]).await,
        303
    );
}

#[tokio::test]
async fn the_story_names_who_changed_what_from_what_to_what_for_pages_and_api() {
    let world = World::start().await;
    let path = profile("emil-strand");
    assert_eq!(
        post(&world, &format!("{path}/tags"), &[("add", "climber")]).await,
        303
    );
    assert_eq!(
        post(&world, &format!("{path}/stage"), &[("stage", "offer")]).await,
        303
    );
    let id = seeded_id("opportunity", "emil-strand");
    let links = world.post(&format!("/v1/opportunities/{id}/addLinks"));
    let links = links.basic_auth(API_KEY, Some(""));
    let links = links.json(&json!({"links": ["https://example.com/emil"]}));
    assert_eq!(send(links).await.status(), 200);
    let shown = page(&world, &path).await;
    let story = &shown[shown.find("data-testid=\"history\"").unwrap()..];
    let story = story.replace("&#x2f;", "/");
    for words in [
        "Ola Berg",
        "climber",
        "Team interview",
        "Practice key",
        "https://example.com/emil",
    ] {
        assert!(story.contains(words), "{words}");
    }
}

#[tokio::test]
async fn the_story_tells_of_new_details_of_the_person_of_deleted_notes_and_of_the_requisition() {
    let world = World::start().await;
    let id = seeded_id("opportunity", "emil-strand");
    let contact = text(&world.api(&format!("/opportunities/{id}")).await["data"]["contact"]);
    let name = json!({"name": "Emil Strand-Berg"});
    world
        .write("PUT", &format!("/contacts/{contact}"), name)
        .await;
    let notes = format!("/opportunities/{id}/notes");
    let (_, note) = world
        .write("POST", &notes, json!({"value": "For later"}))
        .await;
    let note = format!("{notes}/{}", text(&note["data"]["id"]));
    world.write("DELETE", &note, Value::Null).await;
    let requisitions = world.api("/requisitions?status=open").await;
    let requisition = &requisitions["data"][0];
    let reason = &world.api("/archive_reasons?type=hired").await["data"][0]["id"];
    let hire = json!({"reason": reason, "requisitionId": requisition["id"]});
    let hired = world
        .write("PUT", &format!("/opportunities/{id}/archived"), hire)
        .await;
    assert_eq!(hired.0, 200, "{}", hired.1);
    let shown = page(&world, &profile("emil-strand")).await;
    let story = &shown[shown.find("data-testid=\"history\"").unwrap()..];
    let code = text(&requisition["requisitionCode"]);
    for words in [
        "Emil Strand</",
        "Emil Strand-Berg",
        "Note deleted",
        "Requisition",
        &code,
    ] {
        assert!(story.contains(words), "{words}");
    }
}

#[tokio::test]
async fn anonymising_takes_what_is_personal_and_only_from_the_archived_who_were_not_hired() {
    let world = World::start().await;
    for hired in ["hired-last-month", "emil-strand"] {
        let path = format!("{}/anonymise", profile(hired));
        assert_eq!(post(&world, &path, &[("", "")]).await, 400, "{hired}");
    }
    let path = profile("archived");
    assert_eq!(
        post(&world, &format!("{path}/anonymise"), &[("", "")]).await,
        303
    );
    let shown = page(&world, &path).await;
    assert!(!shown.contains("Dorothea") && shown.contains("Anonymised"));
    assert!(shown.contains("Withdrew"), "what is counted stays");
}

#[tokio::test]
async fn the_board_counts_its_columns_and_a_card_moves_by_its_form() {
    let world = World::start().await;
    let board = page(&world, "/board").await;
    assert!(board.contains("data-testid=\"column-offer\"") && board.contains("Anton Brandt"));
    let form = [("stage", "offer"), ("on_board", "true")];
    let moved = world
        .post(&format!("{}/stage", profile("anton-brandt")))
        .form(&form);
    assert_eq!(send(moved).await.headers()["location"], "/board");
    let api = format!(
        "/opportunities/{}",
        seeded_id("opportunity", "anton-brandt")
    );
    assert_eq!(world.api(&api).await["data"]["stage"], "offer");
}

#[tokio::test]
async fn a_candidate_is_added_by_hand_and_found_by_name_posting_and_tag() {
    let world = World::start().await;
    let posting = seeded_id("posting", "product-designer");
    let form = [
        ("name", "Nell <i>Aubry</i>"),
        ("posting", posting.as_str()),
        ("origin", "sourced"),
    ];
    assert_eq!(post(&world, "/candidates", &form).await, 303);
    for words in ["nell", "product+designer", "design"] {
        let found = page(&world, &format!("/candidates?q={words}")).await;
        assert!(found.contains("Nell &lt;i&gt;"), "{words}");
    }
    assert_eq!(post(&world, "/candidates", &[("name", " ")]).await, 400);
}

#[tokio::test]
async fn stages_and_reasons_are_free_but_for_those_that_every_company_has() {
    let world = World::start().await;
    let stages = "/settings/pipeline/stages";
    let add = [("change", "add"), ("text", "Trial day"), ("after", "offer")];
    assert_eq!(post(&world, stages, &add).await, 303);
    assert!(page(&world, stages).await.contains("Trial day"));
    for fixed in ["lead-new", "applicant-new", "offer"] {
        let remove = [("change", "remove"), ("id", fixed)];
        assert_eq!(post(&world, stages, &remove).await, 400, "{fixed}");
    }
    let used = seeded_id("stage", "take-home");
    assert_eq!(
        post(&world, stages, &[("change", "remove"), ("id", &used)]).await,
        400
    );
    let hired = seeded_id("archive-reason", "hired");
    let reasons = "/settings/pipeline/archive-reasons";
    assert_eq!(
        post(&world, reasons, &[("change", "remove"), ("id", &hired)]).await,
        400
    );
    world.log_in("jonas-adeyemi").await;
    assert_eq!(post(&world, stages, &add).await, 403);
}
