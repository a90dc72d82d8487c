//! I16: comparing a signature leaks no timing.

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};

use fulcrum_core::listeners::signature::Signed;

use fulcrum_tests::{Invariant, Post, signed, tries};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use secrecy::SecretString;
use serde_json::json;

const KEY: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a6978";

/// Comparisons with `==` or `!=` of something that is called a signature, a MAC or a digest; tests are left out.
fn naive_compares(text: &str) -> usize {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let secret = |side: &str| {
        let side = side.to_lowercase();
        ["signature", "hmac", "mac.", "digest", "finalize"]
            .iter()
            .any(|word| side.contains(word))
    };
    code.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| {
            line.match_indices("==")
                .chain(line.match_indices("!="))
                .map(move |(at, _)| line.split_at(at))
        })
        .filter(|(left, right)| {
            let before = left
                .rsplit([' ', '(', '&', '|', '!'])
                .find(|word| !word.is_empty());
            let after = right[2..]
                .split([' ', ')', '&', '|', '{', ';'])
                .find(|word| !word.is_empty());
            before.is_some_and(secret) || after.is_some_and(secret)
        })
        .count()
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            found.push(path);
        }
    }
}

/// Verifies many deliveries of two classes in turns, one wrong in the first byte and one in the last, and gives Welch's
/// t of what they took.
#[expect(clippy::disallowed_methods, reason = "it measures the time itself")]
fn welch_t(samples: usize) -> f64 {
    let post = Post {
        event: "candidateHired",
        token: "00112233445566778899aabbccddeeff".to_owned(),
        triggered_at: 1_795_000_000_000,
        data: json!({}),
    };
    let body = signed(&post, KEY);
    let right = body["signature"].as_str().unwrap();
    let flip = |place: usize| {
        let mut digits = right.as_bytes().to_vec();
        digits[place] = if digits[place] == b'0' { b'1' } else { b'0' };
        let mut wrong = body.clone();
        wrong["signature"] = json!(String::from_utf8(digits).unwrap());
        Signed::parse(wrong.to_string().as_bytes()).unwrap()
    };
    let classes = [flip(0), flip(63)];
    let key = SecretString::from(KEY);
    let mut random = StdRng::seed_from_u64(16);
    let mut took = [Vec::new(), Vec::new()];
    for _ in 0..samples {
        let class = usize::from(random.random_bool(0.5));
        let begun = std::time::Instant::now();
        let verified = black_box(classes[class].verify(black_box(&key)));
        took[class].push(begun.elapsed().as_nanos() as f64);
        assert!(!verified);
    }
    let [first, second] = took.map(|mut each| {
        // Interruptions say nothing of the comparison.
        each.sort_by(f64::total_cmp);
        each.truncate(each.len() * 9 / 10);
        let count = each.len() as f64;
        let mean = each.iter().sum::<f64>() / count;
        let variance = each.iter().map(|one| (one - mean).powi(2)).sum::<f64>() / (count - 1.0);
        (mean, variance / count)
    });
    (first.0 - second.0) / (first.1 + second.1).sqrt()
}

#[test]
fn i16_comparing_leaks_no_timing() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src-tauri");
    let mut files = Vec::new();
    for package in ["core/src/listeners", "relay/src"] {
        sources(&root.join(package), &mut files);
    }
    let naive: usize = files
        .iter()
        .map(|file| naive_compares(&fs::read_to_string(file).unwrap()))
        .sum();
    let rule = fs::read_to_string(root.join("core/src/listeners/signature.rs")).unwrap();
    let by_the_crate = rule.matches("mac.verify_slice(&self.signature)").count();
    let broken = rule.replace(
        "mac.verify_slice(&self.signature).is_ok()",
        "mac.finalize().into_bytes().as_slice() == self.signature",
    );
    let samples = tries(1_000_000, 20_000);
    // Told and not judged: a busy machine would make it a test of the machine.
    let t = welch_t(samples).abs();
    Invariant::new("I16")
        .at_least("files", files.len(), 20)
        .exactly("naive_compares", naive, 0)
        .exactly("verified_by_the_crate", by_the_crate, 1)
        .at_least("samples", samples, samples)
        .figure("abs_t", format_args!("{t:.1}"))
        .at_least("control_naive_compares", naive_compares(&broken), 1)
        .conclude();
}
