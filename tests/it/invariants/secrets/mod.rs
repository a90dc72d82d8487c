//! I22 and I23: of what nobody else may know, nothing stands in clear on a disk, and nothing leaves in words.

mod control;
mod tour;

use std::process::Command;

use fulcrum_core::{crash, redact};
use fulcrum_tests::canary::{Canary, Scan, Scanner, encodings};
use fulcrum_tests::{Invariant, tries};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use self::tour::Tour;
use crate::logging::Kept;

#[tokio::test]
async fn i22_no_secret_is_at_rest_in_clear() {
    let mut tour = Tour::begin().await;
    tour.hire(tries(200, 8)).await;
    for round in 0..3 {
        tour.refresh().await;
        if round < tries(3, 1) {
            tour.crash().await;
        } else {
            tour.learn().await;
        }
    }
    tour.disconnect().await;
    let crashes = tour.crashes();
    let (ended, canaries) = tour.end();
    let scanner = Scanner::new(&canaries);
    let mut scan = Scan::default();
    for folder in ended.folders() {
        scan.add(scanner.folder(&folder));
    }
    let control = control::found(&canaries[0]);
    assert_eq!(scan.told(), "", "in clear");
    Invariant::new("I22")
        .at_least("canaries", tour::kinds(&canaries), 12)
        .figure("values", canaries.len())
        .at_least("encodings", encodings().len(), 9)
        .at_least("crashes", crashes, 2)
        .at_least("files", scan.files, 20)
        .figure("bytes", scan.bytes)
        .exactly("hits", scan.hits.len(), 0)
        .all("control_hits", control.0, control.1)
        .conclude();
}

#[tokio::test]
async fn i23_no_secret_leaves_in_words() {
    let mut tour = Tour::begin().await;
    tour.hire(2).await;
    tour.refresh().await;
    let errors = tour.meet_errors().await;
    tour.crash().await;
    tour.disconnect().await;
    let (argv, environment) = tour.process();
    tour.abort();
    let (ended, canaries) = tour.end();
    let secrets: Vec<Canary> = canaries
        .iter()
        .filter(|canary| !tour::is_personal(canary))
        .cloned()
        .collect();

    // Screens and their errors may name people, and nothing else may.
    let (secret, every) = (Scanner::new(&secrets), Scanner::new(&canaries));
    let core_files = core_of_another_program();
    let panic = panicked(&secrets);
    let mut scan = Scan::default();
    scan.add(secret.bytes("answers", ended.answers.as_bytes()));
    scan.add(secret.bytes("errors", ended.errors.as_bytes()));
    scan.add(every.bytes("page", ended.page.as_bytes()));
    scan.add(every.bytes("log", &ended.log()));
    scan.add(every.bytes("argv", &argv));
    scan.add(every.bytes("environment", &environment));
    scan.add(every.bytes("panic", &panic.redacted));
    scan.add(every.bytes("abort", &ended.log_of_abort()));
    assert_eq!(scan.told(), "", "left in words");
    let found = secret.bytes("the log without redaction", &panic.bare);
    Invariant::new("I23")
        .at_least("canaries", tour::kinds(&canaries), 12)
        .at_least("sinks", scan.files, 8)
        .at_least("errors", errors, 8)
        .at_least("bytes", scan.bytes, 100_000)
        .exactly("hits", scan.hits.len(), 0)
        .exactly("core_files", ended.core_files(), 0)
        // X12: without redaction the same search finds each of them.
        .all(
            "control_redaction_off",
            tour::kinds_found(&found),
            tour::kinds(&secrets),
        )
        // Only a figure: a machine may send the cores of crashed programs elsewhere.
        .figure("control_core_files", core_files)
        .conclude();
}

/// What a panic that tells every secret leaves in the log.
struct Panicked {
    redacted: Vec<u8>,
    bare: Vec<u8>,
}

fn panicked(secrets: &[Canary]) -> Panicked {
    let (redacted, bare) = (Kept::default(), Kept::default());
    let writer = redacted.clone();
    let layer =
        tracing_subscriber::fmt::layer().with_writer(move || redact::Redacting(writer.clone()));
    // Each test has its own process, so this is the only log, and the hook that of this test.
    tracing_subscriber::registry()
        .with(layer.boxed())
        .with(tracing_subscriber::fmt::layer().with_writer(bare.clone()))
        .init();
    crash::prepare();
    for canary in secrets {
        let shown = match std::str::from_utf8(canary.value()) {
            Ok(text) => {
                redact::conceal(text);
                text.to_owned()
            }
            Err(_) => {
                redact::conceal_bytes(canary.value());
                data_encoding::HEXLOWER.encode(canary.value())
            }
        };
        let thread = std::thread::spawn(move || panic!("of no use: {shown} and {shown:?}"));
        thread.join().expect_err("it panics");
    }
    Panicked {
        redacted: redacted.bytes(),
        bare: bare.bytes(),
    }
}

/// How many core files a program leaves here that allows them.
fn core_of_another_program() -> usize {
    let folder = tempfile::tempdir().unwrap();
    let abort = Command::new("sh")
        .args(["-c", "ulimit -c unlimited; kill -s ABRT $$"])
        .current_dir(folder.path())
        .status();
    assert!(!abort.unwrap().success(), "it is aborted");
    tour::cores(folder.path())
}
