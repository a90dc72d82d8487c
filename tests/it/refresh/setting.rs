//! A laptop whose every word to Lever passes a place where it is seen.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{Response, header};
use fulcrum_core::clock::{Clock, SharedClock};
use fulcrum_core::config::{LeverAddresses, PRACTICE_CLIENT};
use fulcrum_core::connections::{Connections, Parts, WayIn};
use fulcrum_core::feed::Feed;
use fulcrum_core::http;
use fulcrum_core::jobs::Bell;
use fulcrum_core::oauth::{Access, Client, Exchange, Grants};
use fulcrum_core::standing::{Standing, StandingCell};
use fulcrum_core::store::connections::{self, ConnectionRow, Integration, Login, Tokens};
use fulcrum_core::store::{Store, StoreError, activity};
use fulcrum_core::vault::MasterKey;
use fulcrum_practice::{AutomaticConsent, RefreshReuse, Settings, Switches};
use fulcrum_tests::{Lever, TestClock};
use secrecy::{ExposeSecret, SecretString};
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use url::Url;

const INTEGRATION: Integration = Integration::Onboarding;
const SCOPES: [&str; 2] = ["offline_access", "users:read:admin"];

/// Stands between the product and Lever, and sees each token that is used.
pub struct Between {
    lever: Url,
    http: reqwest::Client,
    store: Store,
    pub refreshes: AtomicUsize,
    /// API calls with an access token that was not the stored one.
    pub unsaved: AtomicUsize,
    /// Whether a refresh is answered with fewer scopes than were granted.
    pub narrowed: AtomicBool,
    /// Told when Lever has answered a refresh and the product has not got it yet.
    answered: mpsc::UnboundedSender<()>,
}

impl Between {
    async fn pass(&self, request: Request) -> Response<Body> {
        let (head, body) = request.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        let proof = head.headers.get(header::AUTHORIZATION).cloned();
        if let Some(proof) = &proof {
            let saved = stored(&self.store).await.access;
            let saved = format!("Bearer {}", saved.expose_secret());
            let differs = usize::from(*proof != *saved);
            self.unsaved.fetch_add(differs, Ordering::SeqCst);
        }
        let refresh = body.windows(13).any(|word| word == b"refresh_token");
        let to = self.lever.join(head.uri.path_and_query().unwrap().as_str());
        let mut onward = self.http.request(head.method, to.unwrap()).body(body);
        for name in [header::AUTHORIZATION, header::CONTENT_TYPE] {
            if let Some(value) = head.headers.get(&name) {
                onward = onward.header(name, value);
            }
        }
        let answer = onward.send().await.unwrap();
        let mut response = Response::builder().status(answer.status());
        for name in [header::CONTENT_TYPE, header::LOCATION] {
            if let Some(value) = answer.headers().get(&name) {
                response = response.header(name, value);
            }
        }
        let mut body = answer.text().await.unwrap();
        if refresh && self.narrowed.load(Ordering::SeqCst) {
            body = body.replace(&SCOPES.join(" "), SCOPES[0]);
        }
        if refresh {
            self.refreshes.fetch_add(1, Ordering::SeqCst);
            // Only the tests that kill listen.
            let _ = self.answered.send(());
        }
        response.body(Body::from(body)).unwrap()
    }
}

/// A connected laptop and its Lever.
pub struct Setting {
    addresses: LeverAddresses,
    /// The API's root on the way through [`Between`].
    pub api: Url,
    pub between: Arc<Between>,
    pub answered: mpsc::UnboundedReceiver<()>,
    pub store: Store,
    pub clock: Arc<TestClock>,
    http: reqwest::Client,
    server: JoinHandle<()>,
    _lever: Lever,
    _folder: tempfile::TempDir,
}

impl Setting {
    pub async fn with(reuse: RefreshReuse) -> Self {
        let switches = Switches {
            refresh_reuse: reuse,
            refresh_grace_seconds: 3_600,
            automatic_consent: Some(AutomaticConsent::Accept),
            rate_limit: false,
            ..Switches::default()
        };
        let settings = Settings {
            switches,
            ..Settings::default()
        };
        let lever = Lever::start(settings).await;
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), &MasterKey::random()).unwrap();
        let (answering, answered) = mpsc::unbounded_channel();
        let http = http::client().unwrap();
        let between = Arc::new(Between {
            lever: lever.root().clone(),
            http: http.clone(),
            store: store.clone(),
            refreshes: AtomicUsize::default(),
            unsaved: AtomicUsize::default(),
            narrowed: AtomicBool::default(),
            answered: answering,
        });
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let root = format!("http://{}/", listener.local_addr().unwrap());
        let root: Url = root.parse().unwrap();
        let passing = Arc::clone(&between);
        let app = Router::new().fallback(async move |request: Request| passing.pass(request).await);
        let setting = Self {
            addresses: LeverAddresses {
                auth: root.clone(),
                // Lever's own, for its audience is made of it.
                api: lever.root().join("v1").unwrap(),
                web: root.clone(),
            },
            api: root.join("v1").unwrap(),
            between,
            answered,
            store,
            clock: Arc::default(),
            http,
            server: tokio::spawn(async move { axum::serve(listener, app).await.unwrap() }),
            _lever: lever,
            _folder: folder,
        };
        setting.sign_in().await;
        setting
    }

    pub async fn sign_in(&self) {
        let (id, secret) = PRACTICE_CLIENT;
        let client = Client {
            id: id.to_owned(),
            secret: SecretString::from(secret),
        };
        let exchange = Exchange::new(self.http.clone(), self.addresses.clone(), client);
        let redirect = "http://127.0.0.1:45110/callback";
        let started = exchange.start(redirect, &SCOPES).unwrap();
        let consent = self
            .http
            .get(started.authorize_url.clone())
            .send()
            .await
            .unwrap();
        let back: Url = consent.headers()[header::LOCATION.as_str()]
            .to_str()
            .unwrap()
            .parse()
            .unwrap();
        let code = back.query_pairs().find(|(name, _)| name == "code");
        let (_, code) = code.expect("Lever gives a code");
        let now = self.clock.now().as_millisecond();
        let granted = exchange.finish(started, code.into_owned(), now).await;
        let row = ConnectionRow {
            environment: "custom".to_owned(),
            login: Login::LeverConnect {
                client_id: id.to_owned(),
                client_secret: Some(SecretString::from(secret)),
                tokens: Some(granted.unwrap().tokens),
            },
            granted: SCOPES.join(" "),
            account: "{}".to_owned(),
            state: "verified".to_owned(),
            checks: "[]".to_owned(),
            connected_at: now,
            validated_at: None,
        };
        let saved = self
            .store
            .write(move |db| connections::put(db, INTEGRATION, &row));
        saved.await.map_err(|problem: StoreError| problem).unwrap();
    }

    /// The tokens as a program that has just started has them.
    pub fn grants(&self) -> Arc<Grants> {
        self.grants_with(self.http.clone())
    }

    /// The same with an HTTP client, whose connections end with the runtime that opened them.
    pub fn grants_with(&self, http: reqwest::Client) -> Arc<Grants> {
        Arc::new(Grants::new(
            INTEGRATION,
            self.store.clone(),
            http,
            Arc::clone(&self.clock) as SharedClock,
            (Feed::new(), StandingCell::new(Standing::Acts(0))),
            Some(self.addresses.clone()),
        ))
    }

    /// The connection, with the way in for events as `relay` tells.
    pub fn connections(&self, relay: Arc<dyn WayIn>) -> Arc<Connections> {
        let (http, feed) = (self.http.clone(), Feed::new());
        let clock = Arc::clone(&self.clock) as SharedClock;
        let custom = Some(self.addresses.clone());
        let access = Access::new(
            INTEGRATION,
            self.store.clone(),
            http.clone(),
            self.grants(),
            Arc::clone(&clock),
            (custom.clone(), false),
        );
        Connections::new(Parts {
            come_to_front: Box::new(|| {}),
            integration: INTEGRATION,
            store: self.store.clone(),
            http,
            clock,
            feed,
            bell: Bell::default(),
            access,
            custom,
            relay,
        })
    }

    pub fn refreshes(&self) -> usize {
        self.between.refreshes.load(Ordering::SeqCst)
    }

    /// How often the log asks to sign in again.
    pub async fn prompts(&self) -> usize {
        let lines = self.store.read(|db| activity::list(db, None, None, 10_000));
        let lines = lines.await.map_err(|problem: StoreError| problem).unwrap();
        let asks = |line: &&activity::ActivityLine| line.sentence.contains("Sign in again");
        lines.iter().filter(asks).count()
    }
}

impl Drop for Setting {
    fn drop(&mut self) {
        self.server.abort();
    }
}

pub async fn stored(store: &Store) -> Tokens {
    let read = store.read(|db| connections::get(db, INTEGRATION));
    let row = read.await.map_err(|problem: StoreError| problem).unwrap();
    row.unwrap().login.tokens().unwrap().clone()
}
