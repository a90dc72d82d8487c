//! The engine in a process of its own, as a user runs it.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use fulcrum_cli::demo::visitor::Webhook;
use fulcrum_tests::{TestWorld, text};
use secrecy::SecretString;
use serde_json::{Value, json};
use url::Url;

use crate::headless::program;

/// Puts the key under the passphrase into the data folder, in a key file that is opened at once: the file that the
/// product makes takes a second of every start.
pub fn quick_key(data: &Path, passphrase: &str, key: &[u8; 32]) {
    let mut recipient = age::scrypt::Recipient::new(SecretString::from(passphrase));
    recipient.set_work_factor(1);
    let sealed = age::encrypt(&recipient, key).expect("a key can be sealed");
    std::fs::create_dir_all(data).expect("a folder can be made");
    std::fs::write(data.join("master-key.age"), sealed).expect("a file can be written");
}

/// A running engine; killed when it is dropped.
pub struct Laptop {
    process: Child,
    http: reqwest::Client,
    url: String,
    token: String,
}

impl Laptop {
    /// The program in this world, with the passphrase in the file `words` and everything else in `data`.
    pub fn command(world: &TestWorld, words: &Path, data: &Path) -> Command {
        let flags = world.world.flags();
        let given = |flag: Option<String>| flag.expect("the world's flags are whole");
        let mut command = Command::new(program("fulcrum-cli"));
        command
            .args(["serve", "--listen", "127.0.0.1:0", "--unpaced"])
            .args(["--callback-ports", "0"])
            .arg("--data-dir")
            .arg(data)
            .arg("--passphrase-file")
            .arg(words)
            .args(["--relay", &given(flags.relay)])
            .args(["--lever-auth-url", &given(flags.lever_auth_url)])
            .args(["--lever-api-url", &given(flags.lever_api_url)]);
        command
    }

    /// Starts it and waits until it says where it answers.
    pub fn start(command: &mut Command) -> Self {
        let mut process = command
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
            http: caller(),
            url: text(&said, "url").to_owned(),
            token,
        }
    }

    /// The id of its process.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// Sends it a signal such as `TERM`.
    pub fn signal(&self, signal: &str) {
        let id = self.id().to_string();
        let sent = Command::new("kill")
            .args(["-s", signal, &id])
            .status()
            .expect("kill is everywhere");
        assert!(sent.success(), "{signal} could not be sent");
    }

    /// Sends it a signal such as `TERM`, and waits until it has ended.
    pub fn end_by(mut self, signal: &str) -> ExitStatus {
        self.signal(signal);
        self.process.wait().expect("it ends")
    }

    /// Runs a command; gives `{"ok": …}` or `{"error": …}`.
    pub async fn ask(&self, name: &str, payload: Value) -> Value {
        let request = json!({ "name": name, "payload": payload });
        let answer = self
            .http
            .post(format!("{}/rpc", self.url))
            .bearer_auth(&self.token)
            .json(&request)
            .send();
        answer
            .await
            .expect("it answers")
            .json()
            .await
            .expect("in JSON")
    }

    /// Runs a command that has to succeed.
    pub async fn call(&self, name: &str, payload: Value) -> Value {
        let answer = self.ask(name, payload).await;
        assert_eq!(answer.get("error"), None, "{name}");
        answer["ok"].clone()
    }

    /// Signs in for Onboarding as a Super Admin who accepts; gives the code and the page that the browser ends on.
    pub async fn sign_in(&self, world: &TestWorld) -> (String, String) {
        let request = fulcrum_cli::demo::sign_in_request("onboarding");
        let sign_in = self.call("connections.sign_in", request).await;
        let back = world.sent_back(text(&sign_in, "authorize_url")).await;
        let page = self.http.get(&back).send().await.expect("it listens");
        let page = page.text().await.expect("a page");
        let onboarding = json!({ "integration": "onboarding" });
        let connection = self.call("connections.wait", onboarding).await;
        assert_eq!(text(&connection, "state"), "connected_not_validated");
        let back = Url::parse(&back).expect("Lever sends back to an address");
        let code = back.query_pairs().find(|(name, _)| name == "code");
        (code.expect("with a code").1.into_owned(), page)
    }

    /// Adds the listener for hires and its webhook in Lever.
    pub async fn listen(&self, world: &TestWorld) -> Webhook {
        let begin = json!({ "integration": "onboarding", "workflow_id": "onboarding", "event": "candidateHired" });
        let draft = self.call("listeners.begin", begin).await;
        let webhook = world
            .visitor
            .add_webhook("candidateHired", text(&draft, "endpoint_url"))
            .await
            .expect("Lever adds a webhook");
        let create = json!({ "id": draft["id"], "signature_token": webhook.signature_token });
        self.call("listeners.create", create).await;
        webhook
    }

    /// Waits until so many people are in the workflow, woken by the stream of changes.
    pub async fn people(&self, wanted: usize) -> Vec<Value> {
        let changes = self
            .http
            .get(format!("{}/changes", self.url))
            .bearer_auth(&self.token)
            .send();
        let mut changes = changes.await.expect("the stream opens");
        let arrived = async {
            loop {
                let shown = self
                    .call("workflows.show", json!({ "id": "onboarding" }))
                    .await;
                let inside = shown["people"].as_array().cloned().unwrap_or_default();
                if inside.len() >= wanted {
                    return inside;
                }
                changes.chunk().await.expect("the stream goes on");
            }
        };
        tokio::time::timeout(Duration::from_secs(60), arrived)
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

#[expect(
    clippy::disallowed_methods,
    reason = "a caller from outside, not the product's client"
)]
fn caller() -> reqwest::Client {
    fulcrum_core::http::choose_tls();
    reqwest::Client::builder()
        .build()
        .expect("a client can be made")
}
