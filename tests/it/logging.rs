//! The log holds no secret and no person.

use std::io;
use std::sync::{Arc, Mutex};

use fulcrum_tests::TestWorld;
use serde_json::json;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// A log that is kept in memory; clones are the same one.
#[derive(Clone, Default)]
pub struct Kept(Arc<Mutex<Vec<u8>>>);

impl Kept {
    /// What was written so far.
    pub fn bytes(&self) -> Vec<u8> {
        self.0.lock().unwrap().clone()
    }
}

impl io::Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Kept {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn the_whole_way_of_a_hire_leaves_no_secret_and_no_person_in_the_log() {
    let kept = Kept::default();
    // The practice Lever and its visitor are in this process too, and log what they like: everything is kept
    // but what the pages are read and written with.
    let filter = EnvFilter::new("trace,html5ever=off,selectors=off,fulcrum_practice=off");
    // Each test has its own process, so this is the only log.
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(kept.clone())
        .init();
    tracing::info!("planted-in-the-log");
    let (world, webhook) = TestWorld::ready().await;
    let opportunity = world
        .candidate("Canary Lindqvist", &["canary.in.log@example.com"])
        .await;
    world.visitor.hire(&opportunity).await.unwrap();
    world.people(1).await;
    world
        .call(
            "connections.validate",
            json!({ "integration": "onboarding" }),
        )
        .await;

    let log = kept.bytes();
    let has = |text: &str| log.windows(text.len()).any(|part| part == text.as_bytes());
    assert!(has("planted-in-the-log"), "the log is really kept");
    for secret in [
        webhook.signature_token.as_str(),
        "Canary Lindqvist",
        "canary.in.log@example.com",
    ] {
        assert!(!has(secret), "{secret} is in the log");
    }
}
