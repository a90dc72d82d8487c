//! The sender: posts with a fixed number under way (a closed loop).

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use fulcrum_cli::output::Failure;
use fulcrum_tests::bench::timing::now;
use tokio::task::JoinSet;

/// Posts JSON bodies.
pub struct Sender {
    http: reqwest::Client,
    connections: usize,
}

impl Sender {
    /// A sender with so many posts under way at once.
    pub fn new(http: reqwest::Client, connections: usize) -> Self {
        Self { http, connections }
    }

    /// Posts one body and waits for the answer.
    ///
    /// # Errors
    /// [`Failure`] unless the answer is 2xx.
    pub async fn post(&self, url: &str, body: &str) -> Result<(), Failure> {
        post(&self.http, url, body).await.map_err(failed)
    }

    /// Posts them all; each connection sends its next when it has its answer. Returns how long that took.
    ///
    /// # Errors
    /// [`Failure`] unless every answer is 2xx.
    pub async fn at_once(&self, url: &str, bodies: &[String]) -> Result<Duration, Failure> {
        let bodies: Arc<[String]> = bodies.into();
        let next = Arc::new(AtomicUsize::new(0));
        let began = now();
        let mut connections = JoinSet::new();
        for _ in 0..self.connections {
            let (http, url) = (self.http.clone(), url.to_owned());
            let (bodies, next) = (Arc::clone(&bodies), Arc::clone(&next));
            connections.spawn(async move {
                while let Some(body) = bodies.get(next.fetch_add(1, Ordering::Relaxed)) {
                    post(&http, &url, body).await?;
                }
                Ok::<_, reqwest::Error>(())
            });
        }
        for ended in connections.join_all().await {
            ended.map_err(failed)?;
        }
        Ok(began.elapsed())
    }
}

async fn post(http: &reqwest::Client, url: &str, body: &str) -> Result<(), reqwest::Error> {
    let request = http.post(url).header("content-type", "application/json");
    let answer = request.body(body.to_owned()).send().await?;
    // Read to its end, so that the connection is used again.
    answer.error_for_status()?.bytes().await.map(drop)
}

fn failed(problem: reqwest::Error) -> Failure {
    Failure::Other(format!("A post was not accepted: {problem}"))
}
