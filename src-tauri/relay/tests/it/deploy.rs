//! The unit that operators are given, as systemd reads it.

use std::process::Command;

const UNIT: &str = include_str!("../../deploy/fulcrum-relay.service");

/// What systemd has to say against a unit; nothing where it takes every line of it.
fn complaints(unit: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("fulcrum-relay.service");
    // The program has to be where the unit says.
    let program = env!("CARGO_BIN_EXE_fulcrum-relay");
    std::fs::write(&file, unit.replace("/usr/local/bin/fulcrum-relay", program)).unwrap();
    let output = Command::new("systemd-analyze")
        .args(["verify", "--man=no"])
        .arg(&file)
        .output()
        .expect("systemd-analyze is there: see .ci/packages.sh");
    let mut said = String::from_utf8(output.stderr).unwrap();
    if !output.status.success() {
        said += "it does not start";
    }
    said
}

#[test]
fn systemd_takes_every_line_of_the_unit() {
    assert_eq!(complaints(UNIT), "");
}

/// The control: one letter is enough.
#[test]
fn systemd_names_a_line_that_it_does_not_know() {
    let wrong = UNIT.replace("NoNewPrivileges", "NoNewPrivilege");
    assert!(complaints(&wrong).contains("Unknown key"));
}
