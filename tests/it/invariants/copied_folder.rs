//! I25: a copy of the data folder is useless without its key.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use fulcrum_cli::headless::NoWindow;
use fulcrum_core::Engine;
use fulcrum_core::config::{Flags, PRACTICE_CLIENT};
use fulcrum_tests::{Invariant, TestWorld, text};
use rusqlite::Connection;
use serde_json::json;

/// Copies a folder and everything in it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let copied = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &copied);
        } else {
            fs::copy(&path, copied).unwrap();
        }
    }
}

/// How many of these texts stand in clear in the files of a folder.
fn in_clear(folder: &Path, texts: &[&str]) -> usize {
    let files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| fs::read(path).unwrap())
        .collect();
    let holds = |file: &Vec<u8>, text: &str| {
        file.windows(text.len())
            .any(|window| window == text.as_bytes())
    };
    let found = texts
        .iter()
        .filter(|text| files.iter().any(|file| holds(file, text)));
    found.count()
}

/// How many tables SQLite reads, without a key and with keys that a thief might try.
fn readable_tables(database: &Path) -> usize {
    let zeros = format!("x'{}'", "0".repeat(64));
    [None, Some(""), Some("fulcrum"), Some(zeros.as_str())]
        .into_iter()
        .filter_map(|key| {
            let db = Connection::open(database).unwrap();
            if let Some(key) = key {
                // A key that is refused is as good as a wrong one.
                let _ = db.pragma_update(None, "key", key);
            }
            let count = "SELECT count(*) FROM sqlite_master";
            db.query_row(count, [], |row| row.get::<_, usize>(0)).ok()
        })
        .sum()
}

async fn api_calls(world: &TestWorld) -> u64 {
    let ledger = world.world.control("ledger", None).await.unwrap();
    let tokens = ledger["token_requests"].as_array().unwrap().len() as u64;
    ledger["api_requests"].as_u64().unwrap() + tokens
}

#[tokio::test]
async fn i25_a_copied_folder_is_useless() {
    let (mut world, webhook) = TestWorld::ready().await;
    let (name, email) = ("Canary Lindqvist", "canary.copied@example.com");
    let opportunity = world.candidate(name, &[email]).await;
    world.visitor.hire(&opportunity).await.unwrap();
    world.people(1).await;
    let made = world.call("vault.make_recovery_code", json!({})).await;
    let code = text(&made, "code").to_owned();
    world.switch_off().await;

    let flags = world.world.flags();
    let own = flags.data_dir.clone().unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let copied = elsewhere.path().join("copied");
    copy(&own, &copied);
    let files = fs::read_dir(&copied).unwrap().count();
    let calls = api_calls(&world).await;
    let options = Flags {
        data_dir: Some(copied.clone()),
        ..flags
    };
    // The same build with the vault of the system that it was carried to.
    let engine = Engine::start(options.into_options().unwrap(), Arc::new(NoWindow)).await;
    let engine = engine.unwrap();
    let mut answers = 0;
    for command in [
        "people.list",
        "activity.list",
        "settings.show",
        "vault.show",
    ] {
        answers += usize::from(engine.call(command, json!({})).await.is_ok());
    }
    let onboarding = json!({ "integration": "onboarding" });
    for command in ["connections.show", "connections.validate"] {
        answers += usize::from(engine.call(command, onboarding.clone()).await.is_ok());
    }
    engine.stop().await;
    let calls = api_calls(&world).await - calls;
    let secrets = [PRACTICE_CLIENT.1, &webhook.signature_token, &code];
    let readable_secrets = in_clear(&copied, &secrets);
    let tables = readable_tables(&copied.join("fulcrum.db"));
    let readable_people = in_clear(&copied, &[name, email]) + tables;

    // The same search finds what lies open, and the folder itself still works for its owner.
    fs::write(copied.join("planted"), format!("{email} {code}")).unwrap();
    let planted = in_clear(&copied, &[email, &code]);
    world.switch_on().await;
    let people = world.people(1).await;
    Invariant::new("I25")
        .at_least("files", files, 3)
        .exactly("readable_secret_fields", readable_secrets, 0)
        .exactly("readable_pii_columns", readable_people, 0)
        .exactly("commands_answered", answers, 0)
        .exactly("api_calls_made", usize::try_from(calls).unwrap(), 0)
        .at_least("control_found", planted, 2)
        .at_least("owner_reads", people.as_array().unwrap().len(), 1)
        .conclude();
}
