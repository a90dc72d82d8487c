//! I9: one bad event blocks nobody (RELIABILITY.md 4, E1b).

use fulcrum_tests::{Invariant, Post, TestWorld, signed, tries};
use serde_json::json;

use super::{arrived, count, hire};

/// The kinds of [`poison`].
const KINDS: usize = 14;

/// Bodies that no handler likes; some of them are genuine.
fn poison(world: &TestWorld, number: usize, token: &str) -> String {
    let post = hire(world, 1_000_000 + number, "o");
    let with = |data| {
        let post = Post {
            data,
            ..post.clone()
        };
        signed(&post, token).to_string()
    };
    match number % KINDS {
        0 => "{}".to_owned(),
        1 => "null".to_owned(),
        2 => "[[[[[[[[[[]]]]]]]]]]".to_owned(),
        3 => "[".repeat(10_000),
        4 => "{\"a\":".to_owned(),
        5 => with(json!(null)),
        6 => with(json!({ "opportunityId": 7 })),
        7 => with(json!({ "opportunityId": "x".repeat(10_000) })),
        8 => with(json!({ "opportunityId": "../../etc/passwd\u{0}" })),
        9 => with(json!({ "opportunityId": "gone", "__proto__": { "constructor": [] } })),
        10 => signed(&post, "another-token-another-token").to_string(),
        11 => signed(&post, token)
            .to_string()
            .replacen("candidateHired", "offerSigned", 1),
        12 => with(json!({ "opportunityId": "gone" })).replacen("{", "{\"token\":\"a\",", 1),
        _ => with(json!({ "opportunityId": format!("nobody-{number}") })),
    }
}

#[tokio::test]
async fn i09_one_bad_event_blocks_nobody() {
    let (good, bad) = (tries(9_500, 38), tries(500, 42));
    let (world, webhook) = TestWorld::ready().await;
    world.pause_webhooks().await;
    let candidates = world.world.candidates(good).await.unwrap();
    world.world.hire(&candidates).await.unwrap();

    let (mut refused, mut sent, mut first_bad) = (0, 0, None);
    let mut bad_sent = 0;
    for (number, candidate) in candidates.iter().enumerate() {
        while bad_sent * good < bad * (number + 1) && bad_sent < bad {
            let body = poison(&world, bad_sent, &webhook.signature_token);
            first_bad.get_or_insert(number);
            match world.post(&webhook.url, body).await {
                200 => sent += 1,
                status => {
                    assert!((400..500).contains(&status), "{status}");
                    refused += 1;
                }
            }
            bad_sent += 1;
        }
        let body = signed(&hire(&world, number, candidate), &webhook.signature_token);
        assert_eq!(world.post(&webhook.url, body.to_string()).await, 200);
    }
    let people = world.people(good).await;
    let counts = arrived(&world, 1 + good + sent).await;
    // What is genuine and names nobody is read from Lever, which knows nobody of the name.
    let genuine = count(&counts, "verified") + count(&counts, "duplicate") - good;
    Invariant::new("I9")
        .at_least("good", good, good)
        .exactly("good_done", people.as_array().unwrap().len(), good)
        .at_least("poison", bad_sent, bad)
        .exactly(
            "refused_or_kept_apart",
            refused + count(&counts, "rejected") + genuine,
            bad_sent,
        )
        .exactly(
            "panics",
            usize::from(world.try_call("app.status", json!({})).await.is_err()),
            0,
        )
        // A consumer that stops at what it cannot handle would have come this far.
        .exactly("control_done", first_bad.unwrap_or(good), 0)
        .conclude();
}
