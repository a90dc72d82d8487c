//! Every secret of the core is made where the redaction gets to know it.

use std::path::Path;

use super::{files, read, root};

/// What makes a secret that the redaction does not know.
const UNKNOWN: &str = "SecretString::from";

/// The lines of a file that make such a secret outside of tests.
fn unknown(text: &str) -> usize {
    let product = text.split("#[cfg(test)]").next().unwrap_or_default();
    product.matches(UNKNOWN).count()
}

fn is_of_tests(file: &Path) -> bool {
    let names = ["tests", "tests.rs", "stub.rs"];
    let mut parts = file.components();
    parts.any(|part| names.iter().any(|name| part.as_os_str() == *name))
}

#[test]
fn every_secret_of_the_core_is_known_to_the_redaction() {
    let source = root().join("src-tauri/core/src");
    let files = files(&source, &[".rs"]);
    let made = |file: &Path| unknown(&read(file));
    let redaction = source.join("redact.rs");
    assert_eq!(made(&redaction), 1, "the one place was not found");
    let others: Vec<_> = files
        .iter()
        .filter(|file| **file != redaction && made(file) > 0)
        .map(|file| file.strip_prefix(&source).expect("the walk began there"))
        .filter(|file| !is_of_tests(file))
        .collect();
    assert_eq!(
        others,
        Vec::<&Path>::new(),
        "these make a secret themselves instead of with redact::secret"
    );
}
