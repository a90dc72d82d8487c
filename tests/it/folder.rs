//! The data folder: one engine at a time, nothing readable in it, and trouble said in words.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use fulcrum_cli::headless::NoWindow;
use fulcrum_core::config::Flags;
use fulcrum_core::vault::{MasterKey, Vault};
use fulcrum_core::{Engine, StartError};
use fulcrum_tests::{TestClock, TestWorld, text};
use serde_json::{Value, json};

fn flags(folder: &Path) -> Flags {
    Flags {
        data_dir: Some(folder.to_owned()),
        relay: Some("http://127.0.0.1:9".to_owned()),
        ..Flags::default()
    }
}

async fn start(folder: &Path, key: &Arc<MasterKey>) -> Result<Engine, StartError> {
    let options = flags(folder).into_options().unwrap();
    let vault = Vault::in_memory(&options.data_dir, Arc::clone(key));
    Engine::start_with(
        options,
        Arc::new(NoWindow),
        Arc::new(TestClock::default()),
        vault,
    )
    .await
}

async fn vault(engine: &Engine) -> Value {
    engine.call("app.status", json!({})).await.unwrap()["vault"].clone()
}

#[tokio::test]
async fn a_second_engine_on_one_folder_refuses_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let key = Arc::new(MasterKey::random());
    let first = start(folder.path(), &key).await.unwrap();
    let refused = start(folder.path(), &key).await.err().unwrap();
    assert!(
        refused.to_string().contains("is running already"),
        "{refused}"
    );
    first.stop().await;
    start(folder.path(), &key).await.unwrap().stop().await;
}

#[tokio::test]
async fn a_damaged_database_is_said_and_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let key = Arc::new(MasterKey::random());
    start(folder.path(), &key).await.unwrap().stop().await;
    let file = folder.path().join("fulcrum.db");
    fs::write(&file, b"this is no database").unwrap();
    let engine = start(folder.path(), &key).await.unwrap();
    let state = vault(&engine).await;
    assert_eq!(text(&state, "kind"), "unreadable");
    assert!(
        text(&state, "why").contains("damaged, or belongs to another key"),
        "{state}"
    );
    let locked = engine.call("people.list", json!({})).await.unwrap_err();
    assert_eq!(locked.code, fulcrum_core::api::error::ErrorCode::Locked);
    assert_eq!(fs::read(&file).unwrap(), b"this is no database");
}

#[tokio::test]
async fn another_key_does_not_open_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    start(folder.path(), &Arc::new(MasterKey::random()))
        .await
        .unwrap()
        .stop()
        .await;
    let engine = start(folder.path(), &Arc::new(MasterKey::random()))
        .await
        .unwrap();
    assert_eq!(text(&vault(&engine).await, "kind"), "unreadable");
}

#[tokio::test]
async fn without_a_keychain_a_passphrase_is_asked_for_and_a_wrong_one_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let words = folder.path().join("words");
    fs::write(&words, "correct horse battery\n").unwrap();
    let data = folder.path().join("data");
    let with_file = Flags {
        passphrase_file: Some(words),
        ..flags(&data)
    };
    let engine = Engine::start(with_file.into_options().unwrap(), Arc::new(NoWindow))
        .await
        .unwrap();
    assert_eq!(
        vault(&engine).await,
        json!({ "kind": "open", "place": "passphrase_file" })
    );
    engine.stop().await;

    let engine = Engine::start(flags(&data).into_options().unwrap(), Arc::new(NoWindow))
        .await
        .unwrap();
    let state = vault(&engine).await;
    assert_eq!(
        (text(&state, "kind"), &state["first_time"]),
        ("needs_passphrase", &json!(false))
    );
    let wrong = engine
        .call("vault.unlock", json!({ "passphrase": "wrong wrong wrong" }))
        .await
        .unwrap_err();
    assert_eq!(wrong.field.as_deref(), Some("passphrase"));
    let opened = engine
        .call(
            "vault.unlock",
            json!({ "passphrase": "correct horse battery" }),
        )
        .await
        .unwrap();
    assert_eq!(opened["vault"]["kind"], "open");
    engine.stop().await;
}

#[cfg(unix)]
#[tokio::test]
async fn nothing_in_the_folder_can_be_read_by_others_or_without_the_key() {
    use std::os::unix::fs::PermissionsExt;

    let (mut world, webhook) = TestWorld::ready().await;
    let opportunity = world
        .candidate("Canary Lindqvist", &["canary.at.rest@example.com"])
        .await;
    world.visitor.hire(&opportunity).await.unwrap();
    world.people(1).await;
    world.switch_off().await;
    let folder = world.world.flags().data_dir.unwrap();
    let secrets = [
        "canary.at.rest@example.com",
        "Canary Lindqvist",
        "practice-client-secret",
        &webhook.signature_token,
    ];
    let mut files = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            continue;
        }
        files += 1;
        let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        let bytes = fs::read(&path).unwrap();
        assert!(
            bytes.is_empty() || mode == 0o600,
            "{} has mode {mode:o}",
            path.display()
        );
        for secret in secrets {
            let found = bytes
                .windows(secret.len())
                .any(|part| part == secret.as_bytes());
            assert!(!found, "{secret} stands in {}", path.display());
        }
    }
    assert!(files >= 2, "the database and its log were looked at");
    assert_eq!(
        fs::metadata(&folder).unwrap().permissions().mode() & 0o777,
        0o700
    );
}
