//! A practice Lever, a relay and an engine in one process, in a folder that goes with it.

use std::collections::{HashMap, HashSet};
use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::Arc;

use fulcrum_core::clock::{SharedClock, SystemClock};
use fulcrum_core::config::{Flags, Options};
use fulcrum_core::store::Store;
use fulcrum_core::vault::{MasterKey, Vault};
use fulcrum_core::{Engine, http};
use fulcrum_practice::{Practice, Settings, Switches};
use fulcrum_relay::server::{Data, Relay};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::Url;

use crate::headless::NoWindow;
use crate::output::Failure;

/// The practice world.
pub struct World {
    folder: tempfile::TempDir,
    key: Arc<MasterKey>,
    practice: Url,
    relay: Url,
    http: reqwest::Client,
    tasks: Vec<JoinHandle<()>>,
}

fn other(problem: impl ToString) -> Failure {
    Failure::Other(problem.to_string())
}

async fn bind() -> Result<(TcpListener, Url), Failure> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let url = Url::parse(&format!("http://{}", listener.local_addr()?)).map_err(other)?;
    Ok((listener, url))
}

impl World {
    /// Starts Lever and the relay; Lever answers as fast as it can.
    ///
    /// # Errors
    /// [`Failure`] if a socket or a folder cannot be had.
    pub async fn start() -> Result<Self, Failure> {
        http::choose_tls();
        let folder = tempfile::tempdir()?;
        let (lever, practice) = bind().await?;
        let switches = Switches {
            any_loopback_port: true,
            rate_limit: false,
            ..Switches::default()
        };
        let settings = Settings {
            switches,
            ..Settings::default()
        };
        let lever = fulcrum_practice::run(Practice::new(settings), lever, std::future::pending());
        let (socket, relay_url) = bind().await?;
        let data = Data::Folder(folder.path().join("relay"));
        let settings = fulcrum_relay::server::Settings::new(data);
        let relay =
            Relay::open(settings, Arc::new(fulcrum_relay::clock::SystemClock)).map_err(other)?;
        let relay = fulcrum_relay::server::run(relay, socket, std::future::pending());
        let tasks = vec![
            tokio::spawn(async move { report("the practice Lever", lever.await) }),
            tokio::spawn(async move { report("the relay", relay.await) }),
        ];
        let key = Arc::new(MasterKey::random());
        Ok(Self {
            folder,
            key,
            practice,
            relay: relay_url,
            http: http::client().map_err(other)?,
            tasks,
        })
    }

    /// The same world with another relay between Lever and the laptop.
    #[must_use]
    pub fn behind(self, relay: Url) -> Self {
        Self { relay, ..self }
    }

    /// The practice Lever's address.
    pub fn practice(&self) -> &Url {
        &self.practice
    }

    fn options(&self) -> Result<Options, Failure> {
        Ok(self.flags().into_options()?)
    }

    /// Starts the engine on the world's own data folder, as a laptop is switched on.
    ///
    /// # Errors
    /// [`Failure`] if it does not start.
    pub async fn engine(&self) -> Result<Engine, Failure> {
        self.engine_with(Arc::new(SystemClock)).await
    }

    /// The same with a given clock.
    ///
    /// # Errors
    /// As [`World::engine`].
    pub async fn engine_with(&self, clock: SharedClock) -> Result<Engine, Failure> {
        self.engine_on(&self.options()?.data_dir, clock).await
    }

    /// The same on another folder: a copy of the laptop's.
    ///
    /// # Errors
    /// As [`World::engine`].
    pub async fn engine_on(&self, folder: &Path, clock: SharedClock) -> Result<Engine, Failure> {
        let flags = Flags {
            data_dir: Some(folder.to_owned()),
            ..self.flags()
        };
        let vault = Vault::in_memory(folder, Arc::clone(&self.key));
        let options = flags.into_options()?;
        Ok(Engine::start_with(options, Arc::new(NoWindow), clock, vault).await?)
    }

    /// The laptop's database, while its engine is off.
    ///
    /// # Errors
    /// [`Failure`] if it cannot be opened.
    pub fn store(&self) -> Result<Store, Failure> {
        self.store_on(&self.options()?.data_dir)
    }

    /// The database of a copy of the laptop's folder, while its engine is off.
    ///
    /// # Errors
    /// As [`World::store`].
    pub fn store_on(&self, folder: &Path) -> Result<Store, Failure> {
        Store::open(folder, &self.key).map_err(other)
    }

    /// The flags of an engine in this world.
    pub fn flags(&self) -> Flags {
        Flags {
            data_dir: Some(self.folder.path().join("laptop")),
            relay: Some(self.relay.to_string()),
            lever_auth_url: Some(self.practice.to_string()),
            lever_api_url: Some(format!("{}v1", self.practice)),
            callback_ports: vec![0],
            unpaced: true,
            ..Flags::default()
        }
    }

    /// An HTTP client for whatever is not Fulcrum's own.
    pub fn http(&self) -> &reqwest::Client {
        &self.http
    }

    /// Makes candidates in the Offer stage and returns their opportunities.
    ///
    /// # Errors
    /// [`Failure`] if Lever refuses.
    pub async fn candidates(&self, count: usize) -> Result<Vec<String>, Failure> {
        let request = json!({ "name": "Robin Sample", "emails": ["robin@example.com"], "stage": "offer", "count": count });
        let made = self.control("candidates", Some(&request)).await?;
        serde_json::from_value(made["opportunities"].clone()).map_err(other)
    }

    /// Marks candidates as hired.
    ///
    /// # Errors
    /// [`Failure`] if Lever refuses.
    pub async fn hire(&self, opportunities: &[String]) -> Result<(), Failure> {
        self.control("hire", Some(&json!({ "opportunities": opportunities })))
            .await
            .map(drop)
    }

    /// Asks or tells the practice Lever behind its pages.
    ///
    /// # Errors
    /// [`Failure`] if it refuses.
    pub async fn control(&self, path: &str, body: Option<&Value>) -> Result<Value, Failure> {
        let url = self
            .practice
            .join("/practice/")
            .and_then(|base| base.join(path))
            .map_err(other)?;
        let request = match body {
            Some(body) => self.http.post(url).json(body),
            None => self.http.get(url),
        };
        let answer = request
            .send()
            .await
            .and_then(reqwest::Response::error_for_status)
            .map_err(other)?;
        answer.json().await.map_err(other)
    }

    /// Compares Lever's own record with the people: events sent, people, lost, duplicates.
    ///
    /// # Errors
    /// [`Failure`] if either cannot be read.
    pub async fn judge(
        &self,
        engine: &Engine,
        hired: &[String],
    ) -> Result<(usize, usize, usize, usize), Failure> {
        let ledger = self.control("ledger", None).await?;
        let deliveries = ledger["deliveries"]
            .as_array()
            .map_or(&[][..], Vec::as_slice);
        let sent = deliveries
            .iter()
            .filter(|one| one["event"] == "candidateHired" && one["data"] != json!({}));
        let people = engine.call("people.list", json!({})).await?;
        let people = people.as_array().map_or(&[][..], Vec::as_slice);
        let mut seen: HashMap<String, usize> = HashMap::new();
        for person in people {
            let shown = engine
                .call("people.show", json!({ "id": person["id"] }))
                .await?;
            let in_workflow = shown["workflows"]
                .as_array()
                .is_some_and(|workflows| workflows.len() == 1);
            if in_workflow {
                *seen
                    .entry(
                        shown["opportunity_id"]
                            .as_str()
                            .unwrap_or_default()
                            .to_owned(),
                    )
                    .or_default() += 1;
            }
        }
        let wanted: HashSet<&String> = hired.iter().collect();
        let lost = wanted.iter().filter(|id| !seen.contains_key(**id)).count();
        let duplicates = seen.values().map(|count| count - 1).sum();
        Ok((sent.count(), people.len(), lost, duplicates))
    }

    /// Ends the relay, as if it were away.
    pub fn stop_relay(&self) {
        if let Some(relay) = self.tasks.get(1) {
            relay.abort();
        }
    }

    /// Ends Lever and the relay and removes the folder.
    pub async fn stop(self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

fn report<E: ToString>(who: &str, ended: Result<(), E>) {
    if let Err(problem) = ended {
        tracing::error!(problem = problem.to_string(), "{who} ended");
    }
}

/// A mapping as a new user would make it.
pub fn rules() -> Value {
    let lever = |target: &str, field: &str, transforms: Value| json!({ "target": target, "source": { "kind": "lever", "field": field }, "transforms": transforms });
    let name = |part: &str| json!([{ "kind": "trim" }, { "kind": "name_part", "part": part }]);
    json!({ "rules": [
        lever("first_name", "opportunity.name", name("first_word")),
        lever("last_name", "opportunity.name", name("rest")),
        lever("personal_email", "opportunity.emails.first", json!([{ "kind": "case", "to": "lower" }])),
        { "target": "timezone", "source": { "kind": "constant", "value": "Europe/Lisbon" }, "transforms": [] },
        lever("job_title", "offer.job_title", json!([])),
        lever("start_date", "offer.anticipated_start_date", json!([])),
    ] })
}
