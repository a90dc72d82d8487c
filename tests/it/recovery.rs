//! The way back in when the passphrase is lost: the recovery code, and a new passphrase.

use std::path::Path;
use std::sync::Arc;

use fulcrum_cli::demo;
use fulcrum_cli::headless::NoWindow;
use fulcrum_core::Engine;
use fulcrum_core::api::error::ErrorCode;
use fulcrum_core::config::Flags;
use fulcrum_core::vault::Vault;
use fulcrum_tests::{TestWorld, text};
use serde_json::{Value, json};

use crate::invariants::copy;

/// The engine on a folder in this world, with the passphrase of a file or without any.
async fn laptop(world: &TestWorld, data: &Path, words: Option<&Path>) -> Engine {
    let flags = Flags {
        data_dir: Some(data.to_owned()),
        ..world.world.flags()
    };
    let vault = Vault::new(data, words.map(Path::to_owned));
    let clock = Arc::clone(&world.clock) as _;
    Engine::start_with(
        flags.into_options().unwrap(),
        Arc::new(NoWindow),
        clock,
        vault,
    )
    .await
    .unwrap()
}

async fn call(engine: &Engine, name: &str, request: Value) -> Value {
    let answer = engine.call(name, request).await;
    answer.unwrap_or_else(|problem| panic!("{name}: {problem:?}"))
}

async fn vault(engine: &Engine) -> Value {
    call(engine, "app.status", json!({})).await["vault"].clone()
}

/// A folder with a connection, a person and a recovery code, whose passphrase nobody knows any more.
async fn folder(world: &TestWorld, home: &Path) -> String {
    let (words, data) = (home.join("words"), home.join("data"));
    std::fs::write(&words, "a passphrase that is lost").unwrap();
    let engine = laptop(world, &data, Some(&words)).await;
    demo::connect(&engine, &world.visitor).await.unwrap();
    let mapping = json!({ "base_version": 0, "rules": demo::world::rules() });
    call(&engine, "mappings.save", mapping).await;
    demo::listen(&engine, &world.visitor).await.unwrap();
    let opportunity = world.candidate("Ada Ito", &["ada@example.com"]).await;
    world.visitor.hire(&opportunity).await.unwrap();
    demo::people(&engine, 1).await.unwrap();
    let made = call(&engine, "vault.make_recovery_code", json!({})).await;
    engine.stop().await;
    text(&made, "code").to_owned()
}

#[tokio::test]
async fn the_recovery_code_opens_a_copied_folder_and_everything_goes_on() {
    let mut world = TestWorld::new().await;
    world.switch_off().await;
    let home = tempfile::tempdir().unwrap();
    let code = folder(&world, home.path()).await;
    let data = home.path().join("carried over");
    copy(&home.path().join("data"), &data);

    let engine = laptop(&world, &data, None).await;
    let status = call(&engine, "app.status", json!({})).await;
    assert_eq!(text(&status["vault"], "kind"), "needs_passphrase");
    assert_eq!(status["recovery_code"], true, "the page offers it");
    let locked = engine.call("people.list", json!({})).await.unwrap_err();
    assert_eq!(locked.code, ErrorCode::Locked);
    let other = json!({ "code": "0000-0000-0000-0000-0000-0000" });
    let wrong = engine.call("vault.recover", other).await.unwrap_err();
    assert_eq!(wrong.field.as_deref(), Some("code"), "{wrong:?}");
    call(&engine, "vault.recover", json!({ "code": code })).await;
    assert_eq!(
        vault(&engine).await,
        json!({ "kind": "open", "place": "memory" })
    );

    let people = call(&engine, "people.list", json!({})).await;
    assert_eq!(text(&people[0], "name"), "Ada Ito");
    let onboarding = json!({ "integration": "onboarding" });
    let connection = call(&engine, "connections.validate", onboarding).await;
    assert_eq!(text(&connection, "state"), "verified", "{connection:#}");
    let opportunity = world.candidate("Bela Kun", &["bela@example.com"]).await;
    world.visitor.hire(&opportunity).await.unwrap();
    demo::people(&engine, 2).await.unwrap();
    engine.stop().await;
}

#[tokio::test]
async fn after_recovery_a_new_passphrase_takes_the_place_of_the_lost_one() {
    let mut world = TestWorld::new().await;
    world.switch_off().await;
    let home = tempfile::tempdir().unwrap();
    let code = folder(&world, home.path()).await;
    let data = home.path().join("data");
    let engine = laptop(&world, &data, None).await;
    let choose = |passphrase: &str| json!({ "passphrase": passphrase });
    let new = "another passphrase altogether";
    let locked = engine.call("vault.choose_passphrase", choose(new)).await;
    assert_eq!(locked.unwrap_err().code, ErrorCode::Locked);
    call(&engine, "vault.recover", json!({ "code": code })).await;
    let short = engine
        .call("vault.choose_passphrase", choose("short"))
        .await;
    assert_eq!(short.unwrap_err().field.as_deref(), Some("passphrase"));
    let view = call(&engine, "vault.choose_passphrase", choose(new)).await;
    assert_eq!(text(&view, "place"), "passphrase_file");
    let again = engine.call("vault.choose_passphrase", choose(new)).await;
    assert_eq!(again.unwrap_err().code, ErrorCode::Conflict);
    engine.stop().await;

    let engine = laptop(&world, &data, None).await;
    assert_eq!(text(&vault(&engine).await, "kind"), "needs_passphrase");
    let lost = engine.call("vault.unlock", choose("a passphrase that is lost"));
    assert_eq!(lost.await.unwrap_err().field.as_deref(), Some("passphrase"));
    call(&engine, "vault.unlock", choose(new)).await;
    let people = call(&engine, "people.list", json!({})).await;
    assert_eq!(text(&people[0], "name"), "Ada Ito");
    call(&engine, "vault.test_recovery_code", json!({ "code": code })).await;
    engine.stop().await;
}
