//! Whatever goes wrong, nobody hears of the token.

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderValue, Response, header};
use serde_json::json;
use tokio::net::TcpListener;
use tracing_subscriber::filter::LevelFilter;

use super::writing::tag;
use crate::lever::stub::{Asked, Key, Stub, Tokens, answer, client, json, redirected, unended};
use crate::lever::{Client, Patience};

/// Everything that was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The answers of a Lever that repeats what it was shown wherever an answer has room for it.
const ANSWERS: [fn(&Asked) -> Response<Body>; 15] = [
    |_| answer(401, ""),
    |asked| answer(403, said(asked)),
    |asked| answer(404, said(asked)),
    |asked| answer(409, said(asked)),
    |asked| answer(422, said(asked)),
    |asked| answer(500, said(asked)),
    |_| answer(429, ""),
    |asked| answer(200, asked.authorization.clone()),
    |asked| answer(200, format!("<p>{}", asked.authorization)),
    |asked| json(&json!({"data": {"id": {"shown": asked.authorization}}})),
    |asked| json(&json!({"data": {"id": "rosa", asked.authorization.as_str(): [[]], "emails": 7}})),
    |asked| redirected(307, &format!("https://{}.example.com/", last_word(asked))),
    |asked| redirected(301, &format!("/v1/users/{}", last_word(asked))),
    |_| unended(200),
    |asked| {
        let mut response = answer(429, said(asked));
        let asked = HeaderValue::from_str(&asked.authorization).unwrap();
        response.headers_mut().insert(header::RETRY_AFTER, asked);
        response
    },
];

fn said(asked: &Asked) -> String {
    let shown = &asked.authorization;
    json!({"code": last_word(asked), "message": format!("{shown} and ({shown})")}).to_string()
}

fn last_word(asked: &Asked) -> &str {
    asked.authorization.split(' ').next_back().unwrap()
}

async fn failures(lever: &Client) -> Vec<String> {
    let lever = lever.clone().with_patience(Patience {
        retries: 1,
        first_wait: Duration::ZERO,
        longest_try: Duration::from_millis(50),
        ..Patience::default()
    });
    let read = lever.user("rosa").await.err();
    let listed = lever.users("rosa@example.com").await.err();
    let wrote = tag(&lever).await.err();
    [read, listed, wrote]
        .into_iter()
        .flatten()
        .map(|error| format!("{error} {error:?}"))
        .collect()
}

#[tokio::test]
async fn no_failure_and_no_log_tells_a_token() {
    let log = Log::default();
    let writer = log.clone();
    // Each test has its own process, so this is the only log.
    tracing_subscriber::fmt()
        .with_max_level(LevelFilter::TRACE)
        .with_writer(move || writer.clone())
        .init();
    let mut told = Vec::new();
    for answer in ANSWERS {
        let stub = Stub::start(move |asked, _| answer(asked)).await;
        told.extend(failures(&stub.client()).await);
        told.extend(failures(&client(stub.root.clone(), Arc::new(Key))).await);
    }
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let nowhere = format!("http://{}/v1", listener.local_addr().unwrap());
    drop(listener);
    told.extend(
        failures(&client(
            nowhere.parse().unwrap(),
            Arc::new(Tokens::default()),
        ))
        .await,
    );

    assert!(told.len() > 60, "{} failures", told.len());
    let log = String::from_utf8_lossy(&log.0.lock().unwrap()).into_owned();
    assert!(
        log.contains("calling Lever again"),
        "the log is really kept"
    );
    for secret in ["token-0", "token-1", "a2V5Og"] {
        assert!(!log.contains(secret), "the log tells {secret}");
        for text in &told {
            assert!(!text.contains(secret), "{text}");
        }
    }
}
