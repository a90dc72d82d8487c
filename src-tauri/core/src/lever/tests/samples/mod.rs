//! Every documented answer, and every small change to one, through the client's own parsing.

mod claims;
mod mutate;

use std::fs;
use std::path::{Path, PathBuf};

use oauth2::TokenResponse;
use oauth2::basic::BasicTokenResponse;
use secrecy::SecretString;
use serde_json::{Map, Value, json};

use self::claims::{Claim, claim};
use self::mutate::{mutants, shorten};
use crate::lever::Error;
use crate::lever::endpoint::OPPORTUNITY;
use crate::lever::envelope::page;
use crate::lever::stub::{Stub, answer};
use crate::lever::types::AuditEvent;
use crate::listeners::signature::{Malformed, Signed};

/// A file name and its content.
type Sample = (String, Vec<u8>);

/// The samples next to the repository, which are not part of it; none where they are not there.
#[expect(
    clippy::print_stderr,
    reason = "who reads the test's output must know what was not tried"
)]
fn documented() -> Vec<Sample> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/lever-samples");
    let mut files = Vec::new();
    find(&folder, &mut files);
    files.sort();
    if files.is_empty() {
        eprintln!(
            "no documented samples at {}: only our own are read",
            folder.display()
        );
    }
    let read = |path: PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, fs::read(&path).unwrap())
    };
    files.into_iter().map(read).collect()
}

fn find(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            find(&path, files);
        } else {
            files.push(path);
        }
    }
}

/// Samples with invented values in the shapes of LEVER.md, as real answers differ from the documents.
fn own() -> Vec<Sample> {
    let samples: Map<String, Value> = serde_json::from_str(include_str!("own.json")).unwrap();
    let bodies = samples.into_iter();
    bodies
        .map(|(name, body)| (name, body.to_string().into_bytes()))
        .collect()
}

fn all() -> Vec<Sample> {
    let mut samples = documented();
    samples.extend(own());
    samples
}

fn json(name: &str, body: &[u8]) -> Value {
    serde_json::from_slice(body).unwrap_or_else(|problem| panic!("{name}: {problem}"))
}

#[tokio::test]
async fn every_sample_is_claimed_and_read() {
    let mut answers = 0;
    for (name, body) in all() {
        match claim(&name).unwrap_or_else(|| panic!("nothing reads {name}")) {
            Claim::Answer(read) => {
                let found = read(&body);
                assert!(
                    found.as_ref().is_ok_and(|things| *things > 0),
                    "{name}: {found:?}"
                );
                answers += 1;
            }
            Claim::Refusal(status) => refused(&name, status, &body).await,
            Claim::Tokens => {
                let tokens: BasicTokenResponse = serde_json::from_slice(&body).unwrap();
                assert!(tokens.refresh_token().is_some(), "{name}");
            }
            // One of the documents prints a signature that is not hex.
            Claim::Delivery => assert!(
                matches!(Signed::parse(&body), Ok(_) | Err(Malformed::Signature)),
                "{name}"
            ),
            Claim::Signatures => signatures(&json(&name, &body)),
            Claim::AuditMeta => audit_events(&json(&name, &body)),
            Claim::Request | Claim::LeftAlone => assert!(!json(&name, &body).is_null()),
        }
    }
    assert!(answers >= 20, "only {answers} answers were read");
}

async fn refused(name: &str, status: u16, body: &[u8]) {
    let body = body.to_vec();
    let stub = Stub::start(move |_, _| answer(status, body.clone())).await;
    let error = stub.client().user("rosa").await.unwrap_err();
    match status {
        404 => assert_eq!(error, Error::NotFound { thing: "the user" }, "{name}"),
        _ => assert!(
            matches!(error, Error::Refused { code: Some(_), .. }),
            "{name}: {error:?}"
        ),
    }
}

fn signatures(vectors: &Value) {
    for vector in vectors.as_array().unwrap() {
        let key = SecretString::from(vector["signatureToken"].as_str().unwrap());
        let verified =
            Signed::parse(vector.to_string().as_bytes()).is_ok_and(|signed| signed.verify(&key));
        assert_eq!(verified, vector["valid"] == true, "{vector}");
    }
}

fn audit_events(by_type: &Value) {
    for (kind, metas) in by_type.as_object().unwrap() {
        for meta in metas.as_array().unwrap() {
            let body = json!({"data": [{"id": "a1", "type": kind, "meta": meta}]}).to_string();
            let events = page::<AuditEvent>(&OPPORTUNITY, body.as_bytes())
                .unwrap()
                .items;
            assert_eq!((&events[0].kind, &events[0].meta), (kind, meta));
        }
    }
}

#[test]
fn every_answer_is_read_in_every_variant_that_lever_is_known_for() {
    let mut tried = 0;
    for (name, body) in all() {
        let Some(Claim::Answer(read)) = claim(&name) else {
            continue;
        };
        let mut sample = json(&name, &body);
        shorten(&mut sample);
        let things = read(sample.to_string().as_bytes());
        assert!(things.is_ok(), "{name}: {things:?}");
        for mutant in mutants(&sample) {
            // Whatever it is, reading it must come to an end without a panic.
            let found = read(mutant.document.to_string().as_bytes());
            if mutant.is_tolerable {
                assert_eq!(found, things, "{name} with {}", mutant.what);
            }
            tried += 1;
        }
    }
    assert!(tried > 1_000, "only {tried} variants were tried");
}

#[test]
fn every_answer_that_breaks_off_is_an_error() {
    for (name, body) in own() {
        let Some(Claim::Answer(read)) = claim(&name) else {
            continue;
        };
        for end in 0..body.len() {
            assert!(read(&body[..end]).is_err(), "{name} up to {end}");
        }
    }
}
