//! The laptop: `fulcrum-cli serve`, set up through its own commands.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use fulcrum_cli::demo::world::rules;
use fulcrum_cli::output::Failure;
use serde_json::{Value, json};
use tokio::process::Command;
use tokio::time::{sleep, timeout};
use url::Url;

use crate::programs::{Program, built};
use crate::sender::{SIGNATURE_TOKEN, Target};

/// The key for every endpoint that each practice company has.
const API_KEY: &str = "practice-api-key";

/// How long a step may take before the benchmark gives up.
const PATIENCE: Duration = Duration::from_secs(240);

/// How often something that nobody announces is looked at.
const LOOK: Duration = Duration::from_millis(20);

/// Where a laptop keeps its data, and whom it speaks to.
#[derive(Clone)]
pub struct Place {
    /// Its folder.
    pub folder: PathBuf,
    /// The relay.
    pub relay: Url,
    /// Lever.
    pub lever: Url,
}

/// A running laptop.
pub struct Laptop {
    /// Its process.
    pub program: Program,
    token: String,
    http: reqwest::Client,
    url: Url,
}

impl Laptop {
    /// Starts it; what it was told before is still there.
    ///
    /// # Errors
    /// [`Failure`] if it does not start.
    pub async fn start(place: &Place, http: &reqwest::Client) -> Result<Self, Failure> {
        fs::create_dir_all(&place.folder)?;
        let passphrase = place.folder.join("passphrase");
        fs::write(&passphrase, "a passphrase for the benchmark")?;
        let mut command = Command::new(built("fulcrum-cli")?);
        command
            .args(["serve", "--unpaced", "--callback-ports", "0"])
            .args(["--relay", place.relay.as_str()])
            .args(["--lever-auth-url", place.lever.as_str()])
            .args(["--lever-api-url", &format!("{}v1", place.lever)])
            .arg("--passphrase-file")
            .arg(passphrase)
            .arg("--data-dir")
            .arg(place.folder.join("data"));
        let program = Program::start(command).await?;
        Ok(Self {
            token: fs::read_to_string(Path::new(program.said("token_file")))?,
            url: program.url()?,
            http: http.clone(),
            program,
        })
    }

    /// Connects Lever and saves a mapping.
    ///
    /// # Errors
    /// [`Failure`] if a step is refused.
    pub async fn set_up(&self) -> Result<(), Failure> {
        let key =
            json!({ "integration": "onboarding", "environment": "custom", "api_key": API_KEY });
        self.call("connections.use_api_key", key).await?;
        let mapping = json!({ "base_version": 0, "rules": rules() });
        self.call("mappings.save", mapping).await.map(drop)
    }

    /// Adds a listener; Lever has no webhook for it, so that what is posted is what the benchmark posts.
    ///
    /// # Errors
    /// [`Failure`] if a step is refused or there is no address.
    pub async fn listen(&self, event: &'static str) -> Result<Target, Failure> {
        let request =
            json!({ "integration": "onboarding", "workflow_id": "onboarding", "event": event });
        let draft = self.call("listeners.begin", request).await?;
        let request = json!({ "id": draft["id"], "signature_token": SIGNATURE_TOKEN });
        let listener = self.call("listeners.create", request).await?;
        let url = listener["endpoint_url"].as_str().unwrap_or_default();
        let url = Url::parse(url)
            .map_err(|_| Failure::Other(format!("The listener has no address: {listener}")))?;
        Ok(Target::new(url, event))
    }

    /// Runs a command.
    ///
    /// # Errors
    /// [`Failure`] if it is not answered or fails.
    pub async fn call(&self, name: &str, payload: Value) -> Result<Value, Failure> {
        let request = json!({ "name": name, "payload": payload });
        let rpc = self.http.post(self.at("rpc")?).bearer_auth(&self.token);
        let answer = rpc.json(&request).send().await.map_err(other)?;
        let mut answer: Value = answer.json().await.map_err(other)?;
        if answer["error"].is_null() {
            return Ok(answer["ok"].take());
        }
        Err(other(format!("{name} failed: {}", answer["error"])))
    }

    /// How many genuine events are stored.
    ///
    /// # Errors
    /// As [`Laptop::call`].
    pub async fn stored(&self) -> Result<u64, Failure> {
        let home = self.call("home.show", json!({})).await?;
        let hops = home["hops"].as_array().into_iter().flatten();
        let store = hops.into_iter().find(|hop| hop["id"] == "store");
        Ok(store
            .and_then(|hop| hop["count"].as_u64())
            .unwrap_or_default())
    }

    /// How many people are in the workflow.
    ///
    /// # Errors
    /// As [`Laptop::call`].
    pub async fn people(&self) -> Result<u64, Failure> {
        let workflows = self.call("workflows.list", json!({})).await?;
        Ok(workflows[0]["people"].as_u64().unwrap_or_default())
    }

    /// Waits until so many people are in the workflow.
    ///
    /// # Errors
    /// [`Failure`] if they are not there in time.
    pub async fn until_people(&self, wanted: u64) -> Result<(), Failure> {
        let there = async {
            while self.people().await? < wanted {
                sleep(LOOK).await;
            }
            Ok(())
        };
        match timeout(PATIENCE, there).await {
            Ok(there) => there,
            Err(_) => {
                let waiting = self.call("attention.list", json!({})).await?;
                let have = self.people().await?;
                Err(other(format!(
                    "{have} of {wanted} people; waiting: {waiting}"
                )))
            }
        }
    }

    /// Hears of what changes, as a screen does.
    ///
    /// # Errors
    /// [`Failure`] if it is not answered.
    pub async fn changes(&self) -> Result<Changes, Failure> {
        let stream = self.http.get(self.at("changes")?).bearer_auth(&self.token);
        Ok(Changes(stream.send().await.map_err(other)?))
    }

    /// An address of its own below its base.
    ///
    /// # Errors
    /// [`Failure`] if the path is none.
    pub fn at(&self, path: &str) -> Result<Url, Failure> {
        self.url.join(path).map_err(other)
    }
}

/// What a laptop says that it has changed.
pub struct Changes(reqwest::Response);

impl Changes {
    /// Waits until an event is stored.
    ///
    /// # Errors
    /// [`Failure`] if that is not told in time.
    pub async fn stored(&mut self) -> Result<(), Failure> {
        let told = async {
            while let Some(chunk) = self.0.chunk().await.map_err(other)? {
                if String::from_utf8_lossy(&chunk).contains("\"listeners\"") {
                    return Ok(());
                }
            }
            Err(other("The laptop stopped telling what changes."))
        };
        timeout(PATIENCE, told).await.map_err(other)?
    }
}

fn other(problem: impl ToString) -> Failure {
    Failure::Other(problem.to_string())
}

/// What the relay counts, from its `/metrics`.
pub struct Counters {
    http: reqwest::Client,
    url: Url,
}

impl Counters {
    /// Those of the relay at this address.
    ///
    /// # Errors
    /// [`Failure`] if it is none.
    pub fn of(relay: &Url, http: &reqwest::Client) -> Result<Self, Failure> {
        Ok(Self {
            http: http.clone(),
            url: relay.join("metrics").map_err(other)?,
        })
    }

    /// How many events their laptops have acknowledged, which they do once each is on their disk.
    ///
    /// # Errors
    /// [`Failure`] if the relay does not tell.
    pub async fn delivered(&self) -> Result<u64, Failure> {
        let answer = self
            .http
            .get(self.url.clone())
            .send()
            .await
            .map_err(other)?;
        let text = answer.text().await.map_err(other)?;
        let line = text
            .lines()
            .find_map(|line| line.strip_prefix("fulcrum_relay_events_delivered_total "));
        line.and_then(|count| count.parse().ok())
            .ok_or_else(|| other("The relay does not count what is delivered."))
    }

    /// Waits until so many are acknowledged.
    ///
    /// # Errors
    /// [`Failure`] if they are not in time.
    pub async fn until_delivered(&self, wanted: u64) -> Result<(), Failure> {
        let there = async {
            while self.delivered().await? < wanted {
                sleep(LOOK).await;
            }
            Ok(())
        };
        match timeout(PATIENCE, there).await {
            Ok(there) => there,
            Err(_) => {
                let have = self.delivered().await?;
                Err(other(format!(
                    "{have} of {wanted} events are acknowledged."
                )))
            }
        }
    }
}
