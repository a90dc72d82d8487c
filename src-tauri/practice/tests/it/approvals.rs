//! Settings > Approvals, and the mails that ask for approval.

use fulcrum_practice::seeded_id;
use serde_json::Value;

use crate::world::{World, attribute_after, send, text};

const PAGE: &str = "/settings/approvals/offers";

async fn page(world: &World, path: &str) -> String {
    let answer = send(world.get(path)).await;
    assert_eq!(answer.status(), 200, "{path}");
    answer.text().await.unwrap()
}

async fn post(world: &World, path: &str, form: &[(&str, &str)]) -> u16 {
    send(world.post(path).form(form)).await.status().as_u16()
}

/// Makes an offer as a recruiter; returns the path of its page.
async fn make(world: &World) -> String {
    world.log_in("jonas-adeyemi").await;
    let path = format!(
        "/candidates/{}/offers",
        seeded_id("opportunity", "emil-strand")
    );
    let form = [
        ("job_title", "Firmware Engineer"),
        ("candidate_name", "Emil Strand"),
        ("salary_amount", "64321"),
        ("then", "save"),
    ];
    let answer = send(world.post(&path).form(&form)).await;
    assert_eq!(answer.status(), 303);
    answer.headers()["location"].to_str().unwrap().to_owned()
}

/// Recipients of the mails in the mailbox, and the text of all of them.
async fn mails(world: &World) -> (Vec<String>, String) {
    let mails: Value = send(world.get("/practice/mails"))
        .await
        .json()
        .await
        .unwrap();
    let all = mails.as_array().unwrap().iter();
    let texts = all.clone().map(|mail| text(&mail["text"]));
    let texts = texts.collect::<Vec<_>>().join("\n");
    (all.map(|mail| mail["to"].to_string()).collect(), texts)
}

#[tokio::test]
async fn each_approver_gets_a_mail_when_it_is_their_turn_and_only_then() {
    let world = World::start().await;
    let offer = make(&world).await;
    let ask = [("message", "Above the band, see the notes")];
    assert_eq!(post(&world, &format!("{offer}/approval"), &ask).await, 303);
    let (to, said) = mails(&world).await;
    assert_eq!(to.len(), 1);
    assert!(to[0].contains("ines.carvalho@example.com"));
    for told in ["Above the band", "64321", &format!("{}{offer}", world.url)] {
        assert!(said.contains(told), "{told}: {said}");
    }
    world.log_in("ines-carvalho").await;
    assert_eq!(post(&world, &format!("{offer}/approve"), &[]).await, 303);
    let (to, _) = mails(&world).await;
    assert_eq!(to.len(), 2);
    assert!(to.iter().any(|to| to.contains("mei.tanabe@example.com")));
    world.log_in("mei-tanabe").await;
    assert_eq!(post(&world, &format!("{offer}/approve"), &[]).await, 303);
    assert_eq!(mails(&world).await.0.len(), 2, "nobody is left to ask");
}

#[tokio::test]
async fn mails_leave_the_details_out_where_the_company_wants_it() {
    let world = World::start().await;
    let hide = [("change", "mails"), ("hide", "on")];
    assert_eq!(post(&world, PAGE, &hide).await, 303);
    let offer = make(&world).await;
    post(&world, &format!("{offer}/approval"), &[]).await;
    let (to, said) = mails(&world).await;
    assert_eq!(to.len(), 1);
    assert!(said.contains("waits for your approval") && !said.contains("64321"));
}

#[tokio::test]
async fn a_new_offer_asks_the_chain_as_it_is_set_up() {
    let world = World::start().await;
    let before = make(&world).await;
    world.log_in("ola-berg").await;
    for _ in 0..2 {
        let step = attribute_after(&page(&world, PAGE).await, "name=\"step\"", "value");
        let remove = [("change", "remove"), ("step", step.as_str())];
        assert_eq!(post(&world, PAGE, &remove).await, 303);
        assert_eq!(post(&world, PAGE, &remove).await, 400, "removed already");
    }
    assert!(page(&world, PAGE).await.contains("No approval is needed"));
    let (ola, priya) = (
        seeded_id("user", "ola-berg"),
        seeded_id("user", "priya-raghavan"),
    );
    for (approvers, needed) in [(vec!["hiring-manager"], "1"), (vec![&*ola, &*priya], "2")] {
        let mut form: Vec<(&str, &str)> = approvers.iter().map(|id| ("approver", *id)).collect();
        form.extend([("change", "add"), ("needed", needed)]);
        assert_eq!(post(&world, PAGE, &form).await, 303);
    }
    let shown = page(&world, PAGE).await;
    let last = &shown[shown.rfind("data-testid=\"step\"").unwrap()..];
    assert!(last.contains("Priya Raghavan") && last.contains("2 of 2"));
    let step = attribute_after(last, "name=\"step\"", "value");
    let raise = [("change", "raise"), ("step", step.as_str())];
    assert_eq!(post(&world, PAGE, &raise).await, 303);

    let offer = make(&world).await;
    let asked = page(&world, &format!("{offer}/approval")).await;
    let chain = &asked[asked.find("data-testid=\"chain\"").unwrap()..];
    assert!(chain.find("Priya Raghavan").unwrap() < chain.find("Inês Carvalho").unwrap());
    let old = page(&world, &format!("{before}/approval")).await;
    let old =
        &old[old.find("data-testid=\"chain\"").unwrap()..old.find("Custom approvers").unwrap()];
    assert!(old.contains("Mei Tanabe") && !old.contains("Priya Raghavan"));
}

#[tokio::test]
async fn a_chain_that_nobody_could_follow_is_refused_and_only_a_super_admin_changes_it() {
    let world = World::start().await;
    for form in [
        vec![("change", "add"), ("needed", "1")],
        vec![("change", "add"), ("needed", "1"), ("approver", "nobody")],
        vec![
            ("change", "add"),
            ("needed", "2"),
            ("approver", "hiring-manager"),
        ],
        vec![
            ("change", "add"),
            ("needed", "0"),
            ("approver", "hiring-manager"),
        ],
        vec![
            ("change", "add"),
            ("needed", "<b>"),
            ("approver", "hiring-manager"),
        ],
        vec![("change", "explode")],
    ] {
        assert_eq!(post(&world, PAGE, &form).await, 400, "{form:?}");
    }
    world.log_in("mei-tanabe").await;
    assert!(
        page(&world, PAGE)
            .await
            .contains("Only a Super Admin can change")
    );
    assert_eq!(post(&world, PAGE, &[("change", "mails")]).await, 403);
}
