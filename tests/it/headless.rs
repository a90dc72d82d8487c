//! The command line as a script uses it.

use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;

/// A program of this workspace, beside the tests.
pub fn program(name: &str) -> PathBuf {
    let tests = std::env::current_exe().expect("a test has a path");
    let folder = tests
        .parent()
        .and_then(|deps| deps.parent())
        .expect("tests lie two folders deep");
    let path = folder.join(name);
    assert!(
        path.exists(),
        "{} is missing: run `make build`",
        path.display()
    );
    path
}

fn cli(arguments: &[&str]) -> Output {
    Command::new(program("fulcrum-cli"))
        .args(arguments)
        .output()
        .expect("the program starts")
}

#[test]
fn commands_are_listed_with_request_and_response() {
    let listed = String::from_utf8(cli(&["commands"]).stdout).unwrap();
    assert!(listed.contains("mappings.preview"), "{listed}");
    assert!(listed.contains("PreviewInput -> Preview"), "{listed}");
    for command in fulcrum_core::api::list() {
        assert!(listed.contains(command.name), "{} is missing", command.name);
    }
}

#[test]
fn the_demonstration_ends_with_one_object_and_loses_nothing() {
    let ended = cli(&["demo", "--json", "--hires", "8"]);
    let text = String::from_utf8(ended.stdout).unwrap();
    let report: Value = serde_json::from_str(&text).unwrap_or_else(|_| panic!("no JSON: {text}"));
    assert_eq!(
        (&report["lost"], &report["duplicates"]),
        (&Value::from(0), &Value::from(0)),
        "{report}"
    );
    assert_eq!(
        (&report["people"], &report["events_sent"]),
        (&Value::from(8), &Value::from(8)),
        "{report}"
    );
    assert!(
        report["seconds"]
            .as_f64()
            .is_some_and(|seconds| seconds > 0.0)
    );
    assert!(ended.status.success());
}

#[test]
fn a_call_prints_its_answer_or_says_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let words = folder.path().join("words");
    std::fs::write(&words, "correct horse battery").unwrap();
    let data = folder.path().join("data").display().to_string();
    let words = words.display().to_string();
    let base = [
        "--data-dir",
        data.as_str(),
        "--passphrase-file",
        words.as_str(),
        "--relay",
        "http://127.0.0.1:9",
    ];
    let call = |arguments: &[&str]| cli(&[&["call"], arguments, &base].concat());
    let good = call(&["workflows.list"]);
    let listed: Value = serde_json::from_slice(&good.stdout).unwrap();
    assert_eq!(listed[0]["name"], "Onboarding");
    let bad = call(&["people.show", r#"{"id":"x"}"#]);
    assert!(!bad.status.success());
    let problem: Value = serde_json::from_slice(&bad.stderr).unwrap();
    assert_eq!(problem["code"], "not_found");
    let no_json = call(&["people.show", "{"]);
    assert!(
        String::from_utf8(no_json.stderr)
            .unwrap()
            .contains("not JSON")
    );
}
