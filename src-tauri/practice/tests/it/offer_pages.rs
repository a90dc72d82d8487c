//! The offer flow followed on the pages, by those who take part in it.

use fulcrum_practice::seeded_id;
use reqwest::Response;
use serde_json::{Value, json};

use crate::world::{API_KEY, World, attribute_after, send, text};

const FORM: &str = "/settings/offers/form";

fn profile(key: &str) -> String {
    format!("/candidates/{}", seeded_id("opportunity", key))
}

async fn page(world: &World, path: &str) -> String {
    let answer = send(world.get(path)).await;
    assert_eq!(answer.status(), 200, "{path}");
    answer.text().await.unwrap()
}

async fn post(world: &World, path: &str, form: &[(&str, &str)]) -> Response {
    send(world.post(path).form(form)).await
}

fn location(answer: &Response) -> String {
    assert_eq!(answer.status(), 303);
    answer.headers()["location"].to_str().unwrap().to_owned()
}

/// Makes an offer on the page as a recruiter and returns the path of its page.
async fn make(world: &World, key: &str) -> String {
    let path = format!("{}/offers", profile(key));
    let form = [
        ("job_title", "Firmware Engineer"),
        ("candidate_name", "Emil Strand"),
        ("salary_amount", "64000"),
        ("compensation_currency", "EUR"),
        ("then", "save"),
    ];
    location(&post(world, &path, &form).await)
}

async fn status_of(world: &World, offer: &str) -> Value {
    let shown = page(world, offer).await;
    json!(attribute_after(
        &shown,
        "data-testid=\"offer-status\"",
        "data-status"
    ))
}

/// Approves an offer as the hiring manager and then as the talent lead.
async fn approve(world: &World, offer: &str) {
    post(
        world,
        &format!("{offer}/approval"),
        &[("message", "Please")],
    )
    .await;
    for approver in ["ines-carvalho", "mei-tanabe"] {
        world.log_in(approver).await;
        let answer = post(world, &format!("{offer}/approve"), &[]).await;
        assert_eq!(location(&answer), offer);
    }
    world.log_in("jonas-adeyemi").await;
    assert_eq!(status_of(world, offer).await, "approved");
}

#[tokio::test]
async fn an_offer_goes_through_lever_to_the_candidate_who_signs() {
    let world = World::start().await;
    world.log_in("jonas-adeyemi").await;
    let details = page(&world, &format!("{}/offers/new", profile("emil-strand"))).await;
    assert!(
        details.contains("value=\"Firmware Engineer\"")
            && details.contains("value=\"Emil Strand\"")
    );
    let offer = make(&world, "emil-strand").await;
    assert_eq!(status_of(&world, &offer).await, "draft");
    let early = post(&world, &format!("{offer}/send"), &[]).await;
    assert_eq!(early.status(), 400, "not approved");
    approve(&world, &offer).await;
    assert!(
        page(&world, &format!("{offer}/review"))
            .await
            .contains("64000")
    );
    post(&world, &format!("{offer}/send"), &[]).await;
    let shown = page(&world, &offer).await;
    let link = attribute_after(&shown, "data-testid=\"candidate-link\"", "href");
    let link = link.strip_prefix(&world.url).unwrap().to_owned();
    let mails: Value = send(world.get("/practice/mails"))
        .await
        .json()
        .await
        .unwrap();
    assert!(mails.to_string().contains(&link), "the mail leads there");

    world.log_out();
    let unread = post(&world, &format!("{link}/sign"), &[("name", "Emil")]).await;
    assert_eq!(
        unread.status(),
        400,
        "nobody signs what they have not opened"
    );
    assert!(page(&world, &link).await.contains("Sign</button>"));
    let nameless = post(&world, &format!("{link}/sign"), &[("name", " ")]).await;
    assert_eq!(nameless.status(), 400);
    post(&world, &format!("{link}/sign"), &[("name", "Emil Strand")]).await;
    assert!(page(&world, &link).await.contains("You signed this offer"));
    let again = post(&world, &format!("{link}/decline"), &[]).await;
    assert_eq!(again.status(), 400, "an answer is final");

    world.log_in("jonas-adeyemi").await;
    let shown = page(&world, &offer).await;
    for told in [
        "Emil Strand</bdi></b> signed the offer",
        "Inês Carvalho",
        "offer_signed.pdf",
    ] {
        assert!(shown.contains(told), "{told}");
    }
    let file = send(world.get(&format!("{offer}/documents/signed"))).await;
    assert!(file.bytes().await.unwrap().starts_with(b"%PDF-"));
}

#[tokio::test]
async fn an_offer_sent_outside_of_lever_ends_with_a_signed_copy_or_a_recorded_decline() {
    let world = World::start().await;
    world.log_in("jonas-adeyemi").await;
    let mut offers = Vec::new();
    for _ in 0..3 {
        let offer = make(&world, "emil-strand").await;
        approve(&world, &offer).await;
        assert!(
            page(&world, &format!("{offer}/review"))
                .await
                .contains("Sending offer outside of Lever?")
        );
        post(&world, &format!("{offer}/send-manually"), &[]).await;
        assert_eq!(status_of(&world, &offer).await, "sent-manually");
        offers.push(offer);
    }
    let upload = async |offer: &str, name: &str, content: &str| {
        let body = format!(
            "--cut\r\nContent-Disposition: form-data; name=\"copy\"; filename=\"{name}\"\r\n\r\n{content}\r\n--cut--\r\n"
        );
        let request = world.post(&format!("{offer}/signed-copy")).body(body);
        send(request.header("content-type", "multipart/form-data; boundary=cut")).await
    };
    assert_eq!(upload(&offers[0], "empty.pdf", "").await.status(), 400);
    assert_eq!(
        upload(&offers[0], "../../a.pdf", "%PDF-1.7 own")
            .await
            .status(),
        303
    );
    assert_eq!(
        upload(&offers[0], "b.pdf", "%PDF-1.7").await.status(),
        400,
        "once"
    );
    assert_eq!(upload(&offers[1], "scan.docx", "PK").await.status(), 303);
    let decline = [("reason", "Another offer")];
    post(&world, &format!("{}/declined", offers[2]), &decline).await;
    assert!(
        page(&world, &offers[2])
            .await
            .contains("declined: Another offer")
    );

    let path = format!(
        "/opportunities/{}/offers",
        seeded_id("opportunity", "emil-strand")
    );
    let listed = world.api(&path).await["data"].clone();
    let of = |offer: &str| {
        let mut all = listed.as_array().unwrap().iter();
        all.find(|one| offer.ends_with(one["id"].as_str().unwrap()))
            .unwrap()
            .clone()
    };
    let copies = [(&offers[0], "a.pdf", 200), (&offers[1], "scan.docx", 422)];
    for (offer, name, status) in copies {
        let document = of(offer)["signedDocument"].clone();
        assert_eq!(
            (&of(offer)["status"], &document["fileName"]),
            (&json!("signed"), &json!(name))
        );
        let url = text(&document["downloadUrl"]);
        let file = send(world.http.get(url).basic_auth(API_KEY, Some(""))).await;
        assert_eq!(file.status(), status, "{name}");
    }
    assert_eq!(of(&offers[2])["status"], "denied");
}

#[tokio::test]
async fn a_sent_offer_is_revised_with_and_without_approval() {
    let world = World::start().await;
    world.log_in("jonas-adeyemi").await;
    let offer = make(&world, "emil-strand").await;
    approve(&world, &offer).await;
    post(&world, &format!("{offer}/send"), &[]).await;
    assert!(
        page(&world, &format!("{offer}/modify"))
            .await
            .contains("Changes require reapproval")
    );
    let resent = post(&world, &format!("{offer}/send"), &[]).await;
    assert_eq!(resent.status(), 400, "the candidate has it as it is");
    let team = [("team", "Optics"), ("then", "save")];
    post(&world, &format!("{offer}/modify"), &team).await;
    let shown = page(&world, &offer).await;
    assert!(shown.contains("data-testid=\"unsent\"") && shown.contains("<s>Devices</s> → Optics"));
    let before = attribute_after(&shown, "data-testid=\"candidate-link\"", "href");
    let told = page(&world, &profile("emil-strand")).await;
    assert!(told.contains("Offer: Team") && told.contains("Optics"));
    post(&world, &format!("{offer}/send"), &[]).await;
    let old = send(world.http.get(&before)).await;
    assert_eq!(old.status(), 404, "the earlier address ended");
    let bad = post(
        &world,
        &format!("{offer}/modify"),
        &[("salary_amount", "more")],
    )
    .await;
    assert_eq!(bad.status(), 400);
    let bad = bad.text().await.unwrap();
    assert!(
        bad.contains("value=\"more\"") && bad.contains("Enter a number"),
        "kept, with the reason"
    );
    let pay = [("salary_amount", "70000"), ("then", "next")];
    let next = post(&world, &format!("{offer}/modify"), &pay).await;
    assert_eq!(location(&next), format!("{offer}/approval"));
    assert_eq!(status_of(&world, &offer).await, "draft");
}

#[tokio::test]
async fn only_those_who_take_part_see_an_offer_and_only_approvers_answer() {
    let world = World::start().await;
    world.log_in("jonas-adeyemi").await;
    let offer = make(&world, "emil-strand").await;
    post(&world, &format!("{offer}/approval"), &[]).await;
    let by_maker = post(&world, &format!("{offer}/approve"), &[]).await;
    assert_eq!(by_maker.status(), 400, "not asked");
    world.log_in("priya-raghavan").await;
    assert_eq!(send(world.get(&offer)).await.status(), 404);
    let told = page(&world, &profile("emil-strand")).await;
    assert!(!told.contains("created an offer"));
    assert_eq!(
        post(&world, &format!("{offer}/approve"), &[])
            .await
            .status(),
        404
    );
    world.log_in("lucas-ferrand").await;
    let new = format!("{}/offers/new", profile("emil-strand"));
    assert_eq!(
        send(world.get(&new)).await.status(),
        403,
        "Interviewers make no offers"
    );
    world.log_in("ines-carvalho").await;
    let reason = [("reason", "Too much")];
    post(&world, &format!("{offer}/reject"), &reason).await;
    assert!(
        page(&world, &offer)
            .await
            .contains("rejected the offer: Too much")
    );
    assert_eq!(status_of(&world, &offer).await, "draft");
    world.log_out();
    assert_eq!(
        send(world.get(&offer)).await.status(),
        303,
        "to the log-in page"
    );
}

#[tokio::test]
async fn a_super_admin_edits_the_offer_form_and_offers_keep_what_they_have() {
    let world = World::start().await;
    let offer = make(&world, "emil-strand").await;
    let add = [
        ("text", "Moving <b>help</b>"),
        ("type", "dropdown"),
        ("options", "Van\r\nTruck\n\nVan"),
        ("needs_reapproval", "on"),
    ];
    post(&world, FORM, &add).await;
    let shown = page(&world, FORM).await;
    assert!(shown.contains("custom_moving_b_help_b") && shown.contains("Moving &lt;b&gt;help"));
    assert!(!page(&world, &offer).await.contains("Moving &lt;b&gt;help"));
    let newer = make(&world, "freya-dunmore").await;
    assert!(page(&world, &newer).await.contains("Moving &lt;b&gt;help"));
    let remove = async |identifier: &str| {
        post(
            &world,
            &format!("{FORM}/remove"),
            &[("identifier", identifier)],
        )
        .await
        .status()
    };
    assert_eq!(remove("salary_amount").await, 400, "a fixed field");
    assert_eq!(remove("custom_moving_b_help_b").await, 303);
    assert_eq!(remove("location/office").await, 303);
    assert_eq!(remove("location/office").await, 404);
    assert!(
        page(&world, &newer).await.contains("Moving &lt;b&gt;help"),
        "existing offers keep it"
    );
    let back = [("identifier", "location/office")];
    assert_eq!(
        post(&world, &format!("{FORM}/standard"), &back)
            .await
            .status(),
        303
    );
    for bad in [
        [("text", ""), ("type", "text")],
        [("text", "X"), ("type", "signature")],
        [("text", "X"), ("type", "dropdown")],
    ] {
        assert_eq!(post(&world, FORM, &bad).await.status(), 400, "{bad:?}");
    }
    world.log_in("mei-tanabe").await;
    assert_eq!(post(&world, FORM, &add).await.status(), 403);
    assert!(
        page(&world, FORM)
            .await
            .contains("Only a Super Admin can change the offer form")
    );
}

#[tokio::test]
async fn every_seeded_offer_and_every_hostile_path_has_a_page() {
    let world = World::start().await;
    let everyone = send(world.get("/practice/candidates")).await;
    let everyone: Value = everyone.json().await.unwrap();
    for one in everyone.as_array().unwrap() {
        let id = text(&one["opportunity"]);
        let offers = world.api(&format!("/opportunities/{id}/offers")).await["data"].clone();
        for offer in offers.as_array().unwrap() {
            let path = format!("/candidates/{id}/offers/{}", text(&offer["id"]));
            let shown = page(&world, &path).await;
            assert!(
                !shown.contains("<b>Welcome</b>"),
                "a label is shown, not obeyed"
            );
            page(&world, &format!("{path}/modify")).await;
            page(&world, &format!("{path}/review")).await;
        }
    }
    for path in [
        "/offers/nobody/nothing",
        "/candidates/nobody/offers/new",
        "/candidates/nobody/offers/nothing",
    ] {
        assert_eq!(send(world.get(path)).await.status(), 404, "{path}");
    }
}
