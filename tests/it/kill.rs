//! The app is killed at any moment, and afterwards every hire is there, once.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use fulcrum_tests::{TestWorld, text};
use serde_json::{Value, json};

use crate::headless::program;

/// The engine in a process of its own.
struct Laptop {
    process: Child,
    url: String,
    token: String,
}

impl Laptop {
    fn start(world: &TestWorld, words: &std::path::Path, data: &std::path::Path) -> Self {
        let flags = world.world.flags();
        let given = |flag: Option<String>| flag.expect("the world's flags are whole");
        let mut process = Command::new(program("fulcrum-cli"))
            .args([
                "serve",
                "--listen",
                "127.0.0.1:0",
                "--unpaced",
                "--callback-ports",
                "0",
            ])
            .arg("--data-dir")
            .arg(data)
            .arg("--passphrase-file")
            .arg(words)
            .args([
                "--relay",
                &given(flags.relay),
                "--lever-auth-url",
                &given(flags.lever_auth_url),
            ])
            .args(["--lever-api-url", &given(flags.lever_api_url)])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        let out = process.stdout.take().expect("its output is piped");
        BufReader::new(out)
            .read_line(&mut line)
            .expect("it says where it is");
        let said: Value = serde_json::from_str(&line).unwrap_or_else(|_| panic!("no JSON: {line}"));
        let token =
            std::fs::read_to_string(text(&said, "token_file")).expect("the token file is there");
        Self {
            process,
            url: text(&said, "url").to_owned(),
            token,
        }
    }

    async fn call(&self, http: &reqwest::Client, name: &str, payload: Value) -> Value {
        let request = json!({ "name": name, "payload": payload });
        let answer = http
            .post(format!("{}/rpc", self.url))
            .bearer_auth(&self.token)
            .json(&request)
            .send();
        let answer: Value = answer
            .await
            .expect("it answers")
            .json()
            .await
            .expect("in JSON");
        assert_eq!(answer.get("error"), None, "{name}");
        answer["ok"].clone()
    }

    /// Waits until so many people are in the workflow, woken by the stream of changes.
    async fn people(&self, http: &reqwest::Client, wanted: usize) -> Vec<Value> {
        let changes = http
            .get(format!("{}/changes", self.url))
            .bearer_auth(&self.token)
            .send();
        let mut changes = changes.await.expect("the stream opens");
        let arrived = async {
            loop {
                let shown = self
                    .call(http, "workflows.show", json!({ "id": "onboarding" }))
                    .await;
                let inside = shown["people"].as_array().cloned().unwrap_or_default();
                if inside.len() >= wanted {
                    return inside;
                }
                changes.chunk().await.expect("the stream goes on");
            }
        };
        let patience = std::time::Duration::from_secs(60);
        tokio::time::timeout(patience, arrived)
            .await
            .unwrap_or_else(|_| panic!("waited in vain for {wanted} people"))
    }
}

impl Drop for Laptop {
    /// As a power cut, but for the disk's cache; also when a test fails.
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[tokio::test]
async fn killed_at_many_moments_every_hire_is_there_once() {
    const ROUNDS: usize = 8;
    const HIRES: usize = 4;
    let (mut world, _) = TestWorld::ready().await;
    world.switch_off().await;
    let folder = tempfile::tempdir().unwrap();
    let (words, data) = (folder.path().join("words"), folder.path().join("data"));
    std::fs::write(&words, "correct horse battery").unwrap();
    let http = reqwest_client();

    // Set up in the process's own folder, for its key is its own.
    let laptop = Laptop::start(&world, &words, &data);
    let request = fulcrum_cli::demo::sign_in_request("onboarding");
    let sign_in = laptop.call(&http, "connections.sign_in", request).await;
    world
        .visitor
        .consent(text(&sign_in, "authorize_url"), "accept")
        .await
        .unwrap();
    laptop
        .call(
            &http,
            "connections.wait",
            json!({ "integration": "onboarding" }),
        )
        .await;
    let rules = fulcrum_cli::demo::world::rules();
    laptop
        .call(
            &http,
            "mappings.save",
            json!({ "base_version": 0, "rules": rules }),
        )
        .await;
    let begin = json!({ "workflow_id": "onboarding", "event": "candidateHired" });
    let draft = laptop.call(&http, "listeners.begin", begin).await;
    let webhook = world
        .visitor
        .add_webhook("candidateHired", text(&draft, "endpoint_url"))
        .await
        .unwrap();
    let create = json!({ "id": draft["id"], "signature_token": webhook.signature_token });
    laptop.call(&http, "listeners.create", create).await;
    let mut laptop = Some(laptop);

    let hired = world.world.candidates(ROUNDS * HIRES).await.unwrap();
    for (round, candidates) in hired.chunks(HIRES).enumerate() {
        world.world.hire(candidates).await.unwrap();
        // From before the first delivery to in the middle of the imports: the moment moves with the round.
        let running = laptop.take().expect("a laptop runs");
        for _ in 0..round {
            running
                .call(&http, "activity.list", json!({ "limit": 1 }))
                .await;
        }
        drop(running);
        laptop = Some(Laptop::start(&world, &words, &data));
    }
    let laptop = laptop.expect("a laptop runs");
    let inside = laptop.people(&http, hired.len()).await;
    let everyone = laptop.call(&http, "people.list", json!({})).await;
    assert_eq!(inside.len(), hired.len(), "nobody is in the workflow twice");
    assert_eq!(
        everyone.as_array().unwrap().len(),
        hired.len(),
        "nobody is in the directory twice"
    );
}

#[expect(
    clippy::disallowed_methods,
    reason = "a caller from outside, not the product's client"
)]
fn reqwest_client() -> reqwest::Client {
    fulcrum_core::http::choose_tls();
    reqwest::Client::builder()
        .build()
        .expect("a client can be made")
}
