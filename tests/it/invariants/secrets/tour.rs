//! The life of a laptop in a process of its own, with canaries for everything that is secret. It has its own home
//! and its own folder for temporary files, and logs all that there is to log.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};
use std::process::Command;

use fulcrum_cli::demo::visitor::Webhook;
use fulcrum_core::config::PRACTICE_CLIENT;
use fulcrum_core::store::connections::{self, Integration};
use fulcrum_core::store::endpoints::{self, EndpointState};
use fulcrum_core::store::{Store, StoreError, settings};
use fulcrum_core::vault::{MasterKey, Opened, Vault};
use fulcrum_tests::canary::{Canary, Scan};
use fulcrum_tests::{Post, TestWorld, signed, text};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::super::copy;
use crate::laptop::{Laptop, quick_key};

/// Canaries that screens show to whoever may see people.
const PERSONAL: [&str; 4] = ["name", "e-mail", "salary", "identity number"];

/// How many kinds of canaries there are.
pub(super) fn kinds(canaries: &[Canary]) -> usize {
    let names: BTreeSet<_> = canaries.iter().map(Canary::name).collect();
    names.len()
}

/// How many kinds were found.
pub(super) fn kinds_found(scan: &Scan) -> usize {
    let names: BTreeSet<_> = scan.hits.iter().map(|hit| hit.canary).collect();
    names.len()
}

/// Whether it is about a person.
pub(super) fn is_personal(canary: &Canary) -> bool {
    PERSONAL.contains(&canary.name())
}

/// How many core files lie in a folder (core(5)).
pub(super) fn cores(folder: &Path) -> usize {
    let names = fs::read_dir(folder).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name());
    names
        .filter(|name| name.to_string_lossy().starts_with("core"))
        .count()
}

fn onboarding() -> Value {
    json!({ "integration": "onboarding" })
}

/// A value that stands nowhere else, with all that encodings have to escape.
fn odd() -> String {
    format!("{:016x} \"ß/\\+~????", rand::random::<u64>())
}

pub(super) struct Tour {
    laptop: Option<Laptop>,
    webhook: Option<Webhook>,
    canaries: Vec<Canary>,
    /// The master key, once it was learnt.
    key: Option<MasterKey>,
    places: Ended,
}

/// What the tour leaves to look at.
pub(super) struct Ended {
    /// Home, temporary files and working folder of the laptop.
    home: TempDir,
    /// What all folders held at each crash.
    crashes: TempDir,
    /// The passphrase in clear, as a person keeps it elsewhere.
    words: TempDir,
    /// Lever and the relay, with their disks.
    world: TestWorld,
    /// What commands answered.
    pub(super) answers: String,
    /// Their errors.
    pub(super) errors: String,
    /// What the browser showed at the end of the sign-in.
    pub(super) page: String,
}

impl Tour {
    /// A laptop that is connected, listens, and has a recovery code.
    pub(super) async fn begin() -> Self {
        let mut world = TestWorld::new().await;
        world.switch_off().await;
        let words = tempfile::tempdir().unwrap();
        let passphrase = format!("passphrase {}", odd());
        fs::write(words.path().join("words"), &passphrase).unwrap();
        let places = Ended {
            home: tempfile::tempdir().unwrap(),
            crashes: tempfile::tempdir().unwrap(),
            words,
            world,
            answers: String::new(),
            errors: String::new(),
            page: String::new(),
        };
        for folder in ["tmp", "run"] {
            fs::create_dir(places.home.path().join(folder)).unwrap();
        }
        let mut tour = Self {
            laptop: None,
            webhook: None,
            canaries: Vec::new(),
            key: None,
            places,
        };
        tour.plant("passphrase", passphrase);
        tour.plant("client secret", PRACTICE_CLIENT.1);
        tour.switch_on();
        let (code, page) = tour.laptop().sign_in(&tour.places.world).await;
        tour.plant("authorization code", code);
        tour.places.page = page;
        tour.call(
            "mappings.save",
            json!({ "base_version": 0, "rules": rules() }),
        )
        .await;
        let webhook = tour.laptop().listen(&tour.places.world).await;
        tour.plant("signature token", &webhook.signature_token);
        tour.webhook = Some(webhook);
        // The one answer that shows a secret: it is shown once, to be written down.
        let made = tour
            .laptop()
            .call("vault.make_recovery_code", json!({}))
            .await;
        let code = text(&made, "code").to_owned();
        tour.plant("recovery code", &code);
        tour.plant("recovery code", code.replace('-', ""));
        tour.call("vault.test_recovery_code", json!({ "code": code }))
            .await;
        tour.use_api_key("practice-api-key").await;
        tour.crash().await;
        tour
    }

    fn plant(&mut self, name: &'static str, value: impl AsRef<[u8]>) {
        self.canaries.push(Canary::new(name, value));
    }

    fn data(&self) -> PathBuf {
        self.places.home.path().join("data")
    }

    fn words(&self) -> PathBuf {
        self.places.words.path().join("words")
    }

    fn laptop(&self) -> &Laptop {
        self.laptop.as_ref().expect("the laptop is on")
    }

    fn switch_on(&mut self) {
        let home = self.places.home.path();
        let mut log = OpenOptions::new();
        let log = log
            .create(true)
            .append(true)
            .open(home.join("log"))
            .unwrap();
        let program = Laptop::command(&self.places.world, &self.words(), &self.data());
        // The shell lifts the limit that keeps core files away on most machines.
        let mut shell = Command::new("sh");
        shell
            .args(["-c", "ulimit -c unlimited; exec \"$@\"", "sh"])
            .arg(program.get_program())
            .args(program.get_args())
            .current_dir(home)
            .env("HOME", home)
            .env("TMPDIR", home.join("tmp"))
            .env("XDG_RUNTIME_DIR", home.join("run"))
            .env("RUST_LOG", "trace")
            .env("RUST_BACKTRACE", "1")
            .stderr(log);
        for base in ["DATA", "CONFIG", "CACHE", "STATE"] {
            shell.env(format!("XDG_{base}_HOME"), home.join(base));
        }
        self.laptop = Some(Laptop::start(&mut shell));
    }

    /// Runs a command that has to succeed, and keeps the answer.
    async fn call(&mut self, name: &str, payload: Value) -> Value {
        let answer = self.laptop().call(name, payload).await;
        self.places.answers.push_str(&answer.to_string());
        answer
    }

    /// Runs a command that has to fail, and keeps the error.
    async fn refused(&mut self, name: &str, payload: Value) {
        let answer = self.laptop().ask(name, payload).await;
        assert_ne!(answer.get("error"), None, "{name}");
        self.places.errors.push_str(&answer.to_string());
    }

    async fn use_api_key(&mut self, key: &str) {
        let request =
            json!({ "integration": "offer_letters", "environment": "custom", "api_key": key });
        self.plant("API key", key);
        self.call("connections.use_api_key", request).await;
    }

    /// Hires with a salary and a custom field, until they are people.
    pub(super) async fn hire(&mut self, count: usize) {
        let name = format!("Canary{:016x} Lindqvist", rand::random::<u64>());
        let email = format!("{:016x}@example.com", rand::random::<u64>());
        self.plant("name", name.split_once(' ').unwrap().0);
        self.plant("e-mail", email.split_once('@').unwrap().0);
        for number in 0..count {
            let opportunity = self
                .places
                .world
                .candidate(&name, &[&format!("{number}.{email}")])
                .await;
            let salary = 100_000_000 + u64::from(rand::random::<u32>() % 800_000_000);
            let identity = odd();
            let fields = json!({ "salary_amount": salary, "custom_preferred_name": identity });
            self.plant("salary", salary.to_string());
            self.plant("identity number", identity);
            let offer = json!({ "opportunity": opportunity, "fields": fields });
            self.control("offers", &offer).await;
            self.places.world.visitor.hire(&opportunity).await.unwrap();
        }
        self.laptop().people(count).await;
        let people = self.call("people.list", json!({})).await;
        let person = self
            .call("people.show", json!({ "id": people[0]["id"] }))
            .await;
        let shown = person.to_string();
        assert!(
            self.canaries
                .iter()
                .filter(|canary| canary.name() == "salary")
                .any(|canary| shown.contains(std::str::from_utf8(canary.value()).unwrap())),
            "the salary was imported: {person:#}"
        );
        for command in [
            "home.show",
            "people.list",
            "activity.list",
            "attention.list",
        ] {
            self.call(command, json!({})).await;
        }
    }

    /// Lever refuses the access token, so that the laptop gets a new pair.
    pub(super) async fn refresh(&mut self) {
        self.fault(json!({ "kind": "status", "status": 401, "path_prefix": "/v1/" }))
            .await;
        let connection = self.call("connections.validate", onboarding()).await;
        assert_eq!(text(&connection, "state"), "verified", "{connection:#}");
    }

    async fn fault(&self, fault: Value) {
        self.control("faults", &fault).await;
    }

    /// Tells the practice Lever something behind its pages.
    async fn control(&self, path: &str, body: &Value) {
        let told = self.places.world.world.control(path, Some(body));
        told.await
            .unwrap_or_else(|problem| panic!("{path}: {problem}"));
    }

    /// Every way in which others make Fulcrum complain; gives how many there were.
    pub(super) async fn meet_errors(&mut self) -> usize {
        let wrong = odd();
        self.plant("mistyped secret", &wrong);
        let key = format!("{:032x}", rand::random::<u128>());
        self.plant("refused API key", &key);
        let mut met = 0;
        for (name, payload) in [
            ("vault.test_recovery_code", json!({ "code": wrong })),
            (
                "connections.use_api_key",
                json!({ "integration": "onboarding", "environment": "custom", "api_key": key }),
            ),
            (
                "connections.use_api_key",
                json!({ "integration": "onboarding", "environment": "custom", "api_key": wrong }),
            ),
            (
                "connections.paste_back",
                json!({ "integration": "onboarding", "address": wrong }),
            ),
            (
                "listeners.create",
                json!({ "id": "none", "signature_token": wrong }),
            ),
            ("vault.unlock", json!({ "passphrase": 7 })),
            ("no.such.command", json!({})),
        ] {
            self.refused(name, payload).await;
            met += 1;
        }
        for fault in [
            json!({ "kind": "html", "status": 502, "path_prefix": "/v1/", "count": 3 }),
            json!({ "kind": "truncate", "path_prefix": "/v1/", "count": 2 }),
            json!({ "kind": "redirect", "location": "http://127.0.0.1:9", "path_prefix": "/v1/" }),
            json!({ "kind": "drop", "path_prefix": "/v1/", "count": 3 }),
        ] {
            self.fault(fault).await;
            self.call("connections.validate", onboarding()).await;
            met += 1;
        }
        met += self.fail_to_sign_in(&wrong).await;
        met += self.forge().await;
        for command in [
            "activity.list",
            "attention.list",
            "home.show",
            "grants.list",
        ] {
            self.call(command, json!({})).await;
        }
        met
    }

    /// Sign-ins with a wrong client secret, and with a stranger at the redirect address.
    async fn fail_to_sign_in(&mut self, wrong: &str) -> usize {
        let mut request = fulcrum_cli::demo::sign_in_request("onboarding");
        request["client_secret"] = json!(wrong);
        let sign_in = self.call("connections.sign_in", request).await;
        let back = self
            .places
            .world
            .sent_back(text(&sign_in, "authorize_url"))
            .await;
        let http = self.places.world.world.http().clone();
        let (address, query) = back.split_once('?').unwrap();
        for target in [
            address.to_owned(),
            format!("{address}?state=wrong&code={wrong}"),
            format!("{address}?{query}"),
        ] {
            let page = http.get(target).send().await.unwrap().text().await.unwrap();
            self.places.page.push_str(&page);
        }
        let ended = self.call("connections.wait", onboarding()).await;
        assert!(ended["failure"].is_object(), "{ended:#}");
        3
    }

    /// Deliveries that Lever did not make.
    async fn forge(&mut self) -> usize {
        let webhook = self.webhook.clone().expect("there is a webhook");
        let post = Post {
            event: "candidateHired",
            token: "made-up".to_owned(),
            triggered_at: 1_760_500_000_000,
            data: json!({ "opportunityId": "made-up" }),
        };
        let bodies = [
            signed(&post, "another token than Lever's own"),
            signed(&post, &webhook.signature_token),
            json!({ "event": "candidateHired" }),
        ];
        for body in &bodies {
            self.places.world.post(&webhook.url, body.to_string()).await;
        }
        bodies.len()
    }

    /// Kills the laptop, keeps what lies on the disks, learns from its database what it keeps secret, and starts it
    /// again.
    pub(super) async fn crash(&mut self) {
        drop(self.laptop.take());
        let kept = self.places.crashes.path().join(self.crashes().to_string());
        copy(self.places.home.path(), &kept.join("home"));
        copy(&self.places.disks(), &kept.join("world"));
        self.learn().await;
        self.switch_on();
    }

    pub(super) fn crashes(&self) -> usize {
        fs::read_dir(self.places.crashes.path()).unwrap().count()
    }

    fn learn_key(&mut self) {
        let sealed = fs::read(self.data().join("master-key.age")).unwrap();
        let words = fs::read_to_string(self.words()).unwrap();
        let identity = age::scrypt::Identity::new(SecretString::from(words.as_str()));
        let key = age::decrypt(&identity, &sealed).unwrap();
        // What lay there before is among what the crash left.
        quick_key(&self.data(), &words, key.as_slice().try_into().unwrap());
        self.plant("master key", key);
        let vault = Vault::new(&self.data(), Some(self.words()));
        let Opened::Key(key, _) = vault.open() else {
            panic!("the passphrase opens the database");
        };
        self.key = Some(key);
    }

    /// Learns from the database what it keeps secret.
    pub(super) async fn learn(&mut self) {
        if self.key.is_none() {
            self.learn_key();
        }
        let key = self.key.as_ref().expect("it was learnt");
        let store = Store::open(&self.data(), key).unwrap();
        let read = store.read(|db| {
            let device: Option<[u8; 32]> = settings::get(db, "device")?;
            let endpoints = endpoints::in_state(db, EndpointState::Live)?;
            let connection = connections::get(db, Integration::Onboarding)?;
            Ok::<_, StoreError>((device, endpoints, connection))
        });
        let (device, endpoints, connection) = read.await.unwrap();
        store.close().await;
        self.plant("device key", device.expect("the relay knows the laptop"));
        for endpoint in endpoints {
            self.plant("sealing key", &*endpoint.sealing_secret);
        }
        let connection = connection.expect("Lever is connected");
        if let Some(tokens) = connection.login.tokens() {
            self.plant("access token", tokens.access.expose_secret());
            let refresh = tokens.refresh.as_ref().expect("Lever gives one");
            self.plant("refresh token", refresh.expose_secret());
        }
    }

    /// Ends every permission, and keeps what was imported.
    pub(super) async fn disconnect(&mut self) {
        let all = json!({ "confirmation": "revoke all", "data": "keep" });
        let view = self.call("grants.revoke_all", all).await;
        assert_eq!(view["grants"], json!([]), "{view:#}");
    }

    /// The words that started the process, and its environment (proc(5)).
    pub(super) fn process(&self) -> (Vec<u8>, Vec<u8>) {
        let of = |file: &str| fs::read(format!("/proc/{}/{file}", self.laptop().id())).unwrap();
        (of("cmdline"), of("environ"))
    }

    /// Aborts the laptop as a failed assertion in a library would, with a log of its own.
    pub(super) fn abort(&mut self) {
        let log = self.places.home.path().join("log");
        drop(self.laptop.take());
        fs::rename(&log, log.with_extension("before")).unwrap();
        self.switch_on();
        self.laptop.take().expect("the laptop is on").end_by("ABRT");
    }

    /// Shuts the laptop down.
    pub(super) fn end(mut self) -> (Ended, Vec<Canary>) {
        if let Some(laptop) = self.laptop.take() {
            laptop.end_by("TERM");
        }
        (self.places, self.canaries)
    }
}

impl Ended {
    /// Every folder that anything of the tour wrote in.
    pub(super) fn folders(&self) -> [PathBuf; 3] {
        [
            self.home.path().to_owned(),
            self.crashes.path().to_owned(),
            self.disks(),
        ]
    }

    /// The folder of the world, with the relay's disk.
    fn disks(&self) -> PathBuf {
        let data = self.world.world.flags().data_dir.unwrap();
        data.parent().unwrap().to_owned()
    }

    /// The log up to the abort.
    pub(super) fn log(&self) -> Vec<u8> {
        fs::read(self.home.path().join("log.before")).unwrap()
    }

    /// The log of the process that was aborted.
    pub(super) fn log_of_abort(&self) -> Vec<u8> {
        fs::read(self.home.path().join("log")).unwrap()
    }

    /// How many core files lie where the process worked.
    pub(super) fn core_files(&self) -> usize {
        cores(self.home.path())
    }
}

/// The mapping of the demonstration, with pay and a field of the customer's own.
fn rules() -> Value {
    let mut rules = fulcrum_cli::demo::world::rules();
    for (target, field) in [
        ("pay_amount", "offer.salary_amount"),
        ("preferred_name", "offer.custom_preferred_name"),
    ] {
        let source = json!({ "kind": "lever", "field": field });
        let rule = json!({ "target": target, "source": source, "transforms": [] });
        rules["rules"].as_array_mut().unwrap().push(rule);
    }
    rules
}
