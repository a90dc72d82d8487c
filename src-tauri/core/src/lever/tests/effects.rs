//! Changes that are made once, against a Lever that keeps notes and tags and gives bad answers on demand.

use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::Response;
use reqwest::Url;
use serde_json::{Value as Json, json};

use crate::lever::effects::{Attempt, EffectError, Effects, NewNote, Outcome, UnfitMarker};
use crate::lever::stub::{Asked, Stub, answer, json, redirected};
use crate::lever::types::{Id, Opportunity};

const LINK: &str = "https://offers.example.com/o/1";

/// What becomes of a write.
#[derive(Clone, Copy)]
enum Fate {
    /// Done and answered.
    Done,
    /// Done, and the answer lost.
    Lost,
    /// Done, and answered with this redirect to what it made.
    Shown(u16),
    /// Not done, and the answer lost.
    Never,
    /// Answered with this status, and not done.
    Status(u16),
    /// A page of something in between, and not done.
    Page,
}

/// What the stub has; the fates of the next writes, after which all is well.
#[derive(Default)]
struct Account {
    fates: Vec<Fate>,
    tags: Vec<String>,
    notes: Vec<Json>,
}

impl Account {
    fn answer(&mut self, asked: &Asked) -> Response<Body> {
        if asked.method == "GET" {
            return self.show(&asked.path);
        }
        let fate = if self.fates.is_empty() {
            Fate::Done
        } else {
            self.fates.remove(0)
        };
        if matches!(fate, Fate::Done | Fate::Lost | Fate::Shown(_)) {
            self.write(asked);
        }
        match fate {
            Fate::Done if asked.path.ends_with("notes") => {
                json(&json!({"data": {"noteId": self.notes.last().unwrap()["id"]}}))
            }
            Fate::Done => json(&json!({"data": {"id": "rosa", "name": ""}})),
            Fate::Shown(status) => redirected(status, "/v1/opportunities/rosa/notes/n0"),
            Fate::Lost | Fate::Never => answer(502, ""),
            Fate::Status(status) => answer(status, "{}"),
            Fate::Page => answer(200, "<h1>Sign in to the network</h1>"),
        }
    }

    fn show(&self, path: &str) -> Response<Body> {
        match path {
            "/opportunities/rosa" => {
                json(&json!({"data": {"id": "rosa", "tags": self.tags, "links": self.tags}}))
            }
            "/opportunities/rosa/notes" => json(&json!({"data": self.notes, "hasNext": false})),
            path => match self
                .notes
                .iter()
                .find(|note| path.ends_with(note["id"].as_str().unwrap()))
            {
                Some(note) => json(&json!({ "data": note })),
                None => answer(404, "{}"),
            },
        }
    }

    fn write(&mut self, asked: &Asked) {
        let body: Json = serde_json::from_str(&asked.body).unwrap_or_default();
        let label = |set: &str| body[set][0].as_str().unwrap().to_owned();
        match asked.path.rsplit('/').next().unwrap() {
            "addTags" => self.tags.push(label("tags")),
            "addLinks" => self.tags.push(label("links")),
            "removeTags" => self.tags.clear(),
            "removeLinks" => self.tags.clear(),
            "notes" => self
                .notes
                .push(note(&format!("n{}", self.notes.len()), &body["value"])),
            id if asked.method == "DELETE" => self.notes.retain(|note| note["id"] != id),
            _ => self.notes[0]["fields"][0]["value"] = body["values"][0]["value"].clone(),
        }
    }
}

fn note(id: &str, text: &Json) -> Json {
    json!({"id": id, "fields": [{"type": "note", "value": text, "createdAt": 1_760_000_000_000_i64}]})
}

/// A stub with this account, to be looked at afterwards.
async fn lever(account: Account) -> (Stub, Arc<Mutex<Account>>) {
    let account = Arc::new(Mutex::new(account));
    let served = Arc::clone(&account);
    let stub = Stub::start(move |asked, _| served.lock().unwrap().answer(asked)).await;
    (stub, account)
}

async fn failing(fates: &[Fate]) -> (Stub, Arc<Mutex<Account>>) {
    let fates = fates.to_vec();
    lever(Account {
        fates,
        ..Account::default()
    })
    .await
}

fn rosa() -> Id<Opportunity> {
    Id::from("rosa")
}

fn letter() -> NewNote {
    NewNote::secret(&format!("The offer is at {LINK}."), LINK).unwrap()
}

fn writes(stub: &Stub) -> usize {
    stub.asked()
        .iter()
        .filter(|asked| asked.method != "GET")
        .count()
}

#[tokio::test]
async fn a_first_try_makes_the_change_without_a_look() {
    let (stub, account) = failing(&[]).await;
    let (client, rosa) = (stub.client(), rosa());
    let user = Id::from("ola");
    let effects = Effects::on(&client, &rosa).performed_by(&user);
    let made = effects.add_note(&letter(), Attempt::First).await.unwrap();
    assert_eq!(made, Outcome::Done(Id::from("n0")));
    let link: Url = LINK.parse().unwrap();
    assert_eq!(
        effects.add_link(&link, Attempt::First).await,
        Ok(Outcome::Done(()))
    );
    assert_eq!(account.lock().unwrap().tags, [LINK]);
    let asked = stub.asked();
    assert_eq!(asked.len(), 2);
    assert_eq!(asked[0].query, "perform_as=ola");
    assert!(
        asked[0].body.contains(r#""secret":true"#),
        "{}",
        asked[0].body
    );
    assert_eq!(
        asked[1].body,
        r#"{"links":["https://offers.example.com/o/1"]}"#
    );
}

#[tokio::test]
async fn what_is_there_is_not_made_again() {
    let (stub, account) = failing(&[]).await;
    let (client, rosa) = (stub.client(), rosa());
    let effects = Effects::on(&client, &rosa);
    for _ in 0..3 {
        let tag = effects.add_tag(" Agora Offer", Attempt::Again).await;
        assert!(tag.is_ok(), "{tag:?}");
        let note = effects.add_note(&letter(), Attempt::Again).await.unwrap();
        assert_eq!(note.into_inner(), "n0");
    }
    assert_eq!(writes(&stub), 2);
    assert_eq!(account.lock().unwrap().tags, ["Agora Offer"]);
}

#[tokio::test]
async fn after_a_lost_answer_lever_is_read_before_it_is_asked_again() {
    for (fates, wanted) in [
        (vec![Fate::Lost], 1),
        (vec![Fate::Shown(301)], 1),
        (vec![Fate::Shown(302)], 1),
        (vec![Fate::Shown(303)], 1),
        (vec![Fate::Never], 2),
        (vec![Fate::Never, Fate::Never, Fate::Lost], 3),
        (vec![Fate::Page], 2),
        (vec![Fate::Status(500), Fate::Lost], 2),
        (vec![Fate::Status(429), Fate::Status(401)], 3),
    ] {
        let (stub, account) = failing(&fates).await;
        let (client, rosa) = (stub.client(), rosa());
        let effects = Effects::on(&client, &rosa);
        let note = effects.add_note(&letter(), Attempt::First).await.unwrap();
        assert_eq!(note.into_inner(), "n0");
        assert_eq!(account.lock().unwrap().notes.len(), 1);
        assert_eq!(writes(&stub), wanted);
    }
}

#[tokio::test]
async fn a_second_note_that_came_through_late_is_taken_away() {
    let text = json!(format!("The offer is at {LINK}."));
    let quoting = json!(format!("I sent her {LINK}"));
    let (stub, account) = lever(Account {
        notes: vec![note("n2", &text), note("n1", &text), note("n3", &quoting)],
        ..Account::default()
    })
    .await;
    let (client, rosa) = (stub.client(), rosa());
    let found = Effects::on(&client, &rosa)
        .add_note(&letter(), Attempt::Again)
        .await;
    assert_eq!(found, Ok(Outcome::Found(Id::from("n1"))));
    let left = account.lock().unwrap().notes.clone();
    let left: Vec<_> = left
        .iter()
        .map(|note| note["id"].as_str().unwrap())
        .collect();
    assert_eq!(left, ["n1", "n3"]);
}

#[tokio::test]
async fn an_outcome_that_stays_unknown_is_said_and_the_next_call_goes_on() {
    let (stub, account) = failing(&[Fate::Never; 4]).await;
    let (client, rosa) = (stub.client(), rosa());
    let effects = Effects::on(&client, &rosa);
    let error = effects
        .add_tag("Agora Offer", Attempt::First)
        .await
        .unwrap_err();
    assert!(matches!(error, EffectError::Unknown { .. }), "{error:?}");
    let made = effects.add_tag("Agora Offer", Attempt::Again).await;
    assert_eq!(made, Ok(Outcome::Done(())));
    assert_eq!(account.lock().unwrap().tags, ["Agora Offer"]);
}

#[tokio::test]
async fn a_refusal_says_what_can_be_done_about_it() {
    let of = async |status: u16| {
        let (stub, _) = failing(&[Fate::Status(status); 5]).await;
        let (client, rosa) = (stub.client(), rosa());
        let effects = Effects::on(&client, &rosa);
        effects
            .add_note(&letter(), Attempt::First)
            .await
            .unwrap_err()
    };
    let scope = "notes:write:admin";
    assert_eq!(of(403).await, EffectError::MissingScope { scope });
    assert_eq!(
        of(404).await,
        EffectError::Gone {
            thing: "the candidate"
        }
    );
    assert!(matches!(of(401).await, EffectError::ConnectAgain(_)));
    assert!(matches!(of(429).await, EffectError::RateLimited { .. }));
    let refused = of(400).await;
    assert!(matches!(refused, EffectError::Refused(_)), "{refused:?}");
}

#[tokio::test]
async fn a_note_of_ours_is_replaced_and_deleted_once() {
    let (stub, account) = failing(&[Fate::Done, Fate::Lost, Fate::Lost]).await;
    let (client, rosa) = (stub.client(), rosa());
    let user = Id::from("ola");
    let effects = Effects::on(&client, &rosa).performed_by(&user);
    let id = effects
        .add_note(&letter(), Attempt::First)
        .await
        .unwrap()
        .into_inner();
    let replaced = effects
        .replace_note(&id, "Withdrawn.", Attempt::First)
        .await;
    assert_eq!(replaced, Ok(Outcome::Found(())));
    assert_eq!(
        account.lock().unwrap().notes[0]["fields"][0]["value"],
        "Withdrawn."
    );
    assert_eq!(
        effects.delete_note(&id, Attempt::First).await,
        Ok(Outcome::Found(()))
    );
    assert_eq!(
        effects.delete_note(&id, Attempt::First).await,
        Ok(Outcome::Done(()))
    );
    let gone = effects.replace_note(&id, "Again.", Attempt::Again).await;
    assert_eq!(gone, Err(EffectError::Gone { thing: "the note" }));
    let named = stub
        .asked()
        .into_iter()
        .filter(|asked| !asked.query.is_empty());
    assert_eq!(named.count(), 1, "only a new note goes by a user's name");
}

#[tokio::test]
async fn tags_and_links_are_taken_away_once() {
    let (stub, _) = failing(&[Fate::Lost, Fate::Never]).await;
    let (client, rosa) = (stub.client(), rosa());
    let effects = Effects::on(&client, &rosa);
    assert_eq!(
        effects.remove_tag("x", Attempt::First).await,
        Ok(Outcome::Found(()))
    );
    let link: Url = LINK.parse().unwrap();
    assert_eq!(
        effects.remove_link(&link, Attempt::Again).await,
        Ok(Outcome::Found(()))
    );
    assert_eq!(writes(&stub), 1);
}

#[tokio::test]
async fn a_link_is_the_same_however_it_is_written() {
    let (stub, _) = lever(Account {
        tags: vec!["HTTPS://Offers.Example.com".to_owned()],
        ..Account::default()
    })
    .await;
    let (client, rosa) = (stub.client(), rosa());
    let link: Url = "https://offers.example.com/".parse().unwrap();
    let found = Effects::on(&client, &rosa)
        .add_link(&link, Attempt::Again)
        .await;
    assert_eq!(found, Ok(Outcome::Found(())));
}

#[test]
fn a_marker_is_a_whole_word_of_the_text() {
    assert!(NewNote::secret(&format!("See <{LINK}>, please"), LINK).is_ok());
    for (text, marker) in [
        (format!("See {LINK}2"), LINK),
        (format!("See {LINK}/2"), LINK),
        (format!("See x{LINK}"), LINK),
        ("See".to_owned(), ""),
        ("See you".to_owned(), "See you"),
        ("Elsewhere".to_owned(), LINK),
    ] {
        assert_eq!(NewNote::secret(&text, marker), Err(UnfitMarker), "{text}");
    }
}
