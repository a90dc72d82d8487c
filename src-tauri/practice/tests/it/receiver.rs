//! An endpoint for deliveries, whose answers the test chooses.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

#[derive(Clone)]
struct Endpoint {
    arrived: mpsc::UnboundedSender<(HeaderMap, Value)>,
    status: Arc<Mutex<StatusCode>>,
    /// Answers wait for this lock, so a test can hold them back.
    gate: Arc<tokio::sync::Mutex<()>>,
}

/// A listening endpoint.
pub struct Receiver {
    pub url: String,
    pub gate: Arc<tokio::sync::Mutex<()>>,
    arrivals: mpsc::UnboundedReceiver<(HeaderMap, Value)>,
    status: Arc<Mutex<StatusCode>>,
    server: JoinHandle<std::io::Result<()>>,
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Receiver {
    pub async fn start() -> Self {
        let (arrived, arrivals) = mpsc::unbounded_channel();
        let status = Arc::new(Mutex::new(StatusCode::OK));
        let gate = Arc::new(tokio::sync::Mutex::new(()));
        let endpoint = Endpoint {
            arrived,
            status: Arc::clone(&status),
            gate: Arc::clone(&gate),
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let router = Router::new().fallback(receive).with_state(endpoint);
        let server = tokio::spawn(async move { axum::serve(listener, router).await });
        Self {
            url,
            gate,
            arrivals,
            status,
            server,
        }
    }

    pub fn answer_with(&self, status: u16) {
        *self.status.lock().unwrap() = StatusCode::from_u16(status).unwrap();
    }

    /// The next delivery that arrives: headers and body.
    pub async fn next(&mut self) -> (HeaderMap, Value) {
        self.arrivals.recv().await.unwrap()
    }

    /// Whether nothing has arrived that was not taken yet.
    pub fn is_empty(&self) -> bool {
        self.arrivals.is_empty()
    }
}

async fn receive(State(endpoint): State<Endpoint>, headers: HeaderMap, body: String) -> StatusCode {
    let body = serde_json::from_str(&body).unwrap();
    let _ = endpoint.arrived.send((headers, body));
    let _gate = endpoint.gate.lock().await;
    *endpoint.status.lock().unwrap()
}
