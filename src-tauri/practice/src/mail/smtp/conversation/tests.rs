//! How long a connection is waited for, on a clock that stands still unless it is waited for.

use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex, split};
use tokio::time::{Instant, sleep};

use super::*;
use crate::Settings;

const A_MAIL_BEGUN: &str = "EHLO a\r\nMAIL FROM:<a@example.com>\r\n\
    RCPT TO:<b@example.com>\r\nDATA\r\nSubject: half";

fn served(buffer: usize) -> (Practice, DuplexStream, Conversation<DuplexStream>) {
    let practice = Practice::new(Settings::default());
    let (client, server) = duplex(buffer);
    let conversation = Conversation::new(practice.clone(), server, Session::default());
    (practice, client, conversation)
}

/// A client says this and then one byte each minute, or nothing more. Returns the last answer, after
/// how long the connection ended, and how many mails were kept.
async fn end_of(said: &str, goes_on: bool) -> (String, Duration, usize) {
    let (practice, client, conversation) = served(65_536);
    let (mut answers, mut words) = split(client);
    words.write_all(said.as_bytes()).await.unwrap();
    let began = Instant::now();
    let trickle = async {
        loop {
            sleep(Duration::from_secs(60)).await;
            if goes_on && words.write_all(b"x").await.is_err() {
                // It has ended in this very moment, which is told below.
                std::future::pending::<()>().await;
            }
        }
    };
    let ending = async {
        let ending = conversation.greet_and_run().await.unwrap();
        assert!(matches!(ending, Ending::Closed));
        drop(ending);
        began.elapsed()
    };
    let mut answered = String::new();
    let lasted = tokio::select! {
        (lasted, read) = async { tokio::join!(ending, answers.read_to_string(&mut answered)) } => {
            read.unwrap();
            lasted
        }
        () = trickle => unreachable!("the connection is read until it ends"),
    };
    let last = answered.lines().last().unwrap_or_default().to_owned();
    let kept = practice.world().mailbox.oldest_first().count();
    (last, lasted, kept)
}

#[tokio::test(start_paused = true)]
async fn a_client_that_falls_silent_is_told_so_and_let_go() {
    for said in ["", "EHLO a\r\n", "EHLO a\r\nMAIL FR"] {
        let (last, lasted, _) = end_of(said, false).await;
        assert_eq!(last, "421 4.4.2 Nothing came for too long", "{said:?}");
        assert_eq!(lasted.as_secs(), PATIENCE.as_secs(), "{said:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_byte_now_and_then_holds_no_connection_open() {
    let (last, lasted, _) = end_of("EHLO a\r\n", true).await;
    assert!(last.starts_with("421 "), "{last}");
    assert_eq!(lasted.as_secs(), PATIENCE.as_secs());
}

#[tokio::test(start_paused = true)]
async fn a_mail_that_never_ends_is_given_up_and_not_kept() {
    for goes_on in [false, true] {
        let (last, lasted, kept) = end_of(A_MAIL_BEGUN, goes_on).await;
        assert!(last.starts_with("421 "), "{last}");
        assert_eq!(lasted.as_secs(), MAIL_PATIENCE.as_secs());
        assert_eq!(kept, 0);
    }
}

#[tokio::test(start_paused = true)]
async fn a_client_that_reads_no_answer_is_let_go() {
    let (_practice, _client, conversation) = served(8);
    let began = Instant::now();
    let ended = conversation.greet_and_run().await;
    assert_eq!(
        ended.err().map(|error| error.kind()),
        Some(io::ErrorKind::TimedOut)
    );
    assert_eq!(began.elapsed().as_secs(), PATIENCE.as_secs());
}
