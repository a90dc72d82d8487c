//! I13: nothing unsigned acts.

use fulcrum_core::listeners::signature::Signed;
use fulcrum_core::listeners::{Expected, LeverEvent, Verdict, judge};

use fulcrum_tests::{Invariant, Post, TestWorld, signed, tries};
use secrecy::SecretString;
use serde_json::json;

use super::{arrived, count, hire};

const KEY: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a6978";
const OTHER_KEY: &str = "8796a5b4c3d2e1f00f1e2d3c4b5a69780f1e2d3c4b5a6978";
const NOW: i64 = 1_795_000_000_000;

fn genuine(number: usize) -> Post {
    Post {
        event: "candidateHired",
        token: format!("{number:048x}"),
        triggered_at: NOW + i64::try_from(number % 60_000).unwrap(),
        data: json!({ "opportunityId": "o-1" }),
    }
}

/// One bit of the value that follows a key in the text of a delivery, flipped.
fn flipped(body: &str, key: &str, bit: usize) -> Vec<u8> {
    let begin = body.find(&format!("\"{key}\":")).unwrap() + key.len() + 3;
    let begin = begin + usize::from(body.as_bytes()[begin] == b'"');
    let rest = &body.as_bytes()[begin..];
    let long = rest
        .iter()
        .take_while(|byte| byte.is_ascii_alphanumeric())
        .count();
    let mut bytes = body.as_bytes().to_vec();
    bytes[begin + (bit / 8) % long] ^= 1 << (bit % 8);
    bytes
}

/// The forgeries of one genuine delivery; `number` chooses the bits.
fn forgeries(number: usize) -> Vec<Vec<u8>> {
    let post = genuine(number);
    let body = signed(&post, KEY).to_string();
    let fields = signed(&post, KEY);
    let signature = fields["signature"].as_str().unwrap();
    let with = |name: &str, value: serde_json::Value| {
        let mut fields = fields.clone();
        fields[name] = value;
        fields.to_string().into_bytes()
    };
    let mut forged = vec![
        signed(&post, OTHER_KEY).to_string().into_bytes(),
        signed(&post, "x").to_string().into_bytes(),
        with("signature", json!("")),
        with("signature", json!(signature.to_uppercase())),
        with("signature", json!(&signature[..62])),
        with("signature", json!(format!("{signature}00"))),
        with("signature", json!(format!("sha256={signature}"))),
        with("signature", json!([signature])),
        with("token", json!("")),
        with("triggeredAt", json!(post.triggered_at.to_string())),
        with("triggeredAt", json!(post.triggered_at as f64)),
        body.replacen("{", "{\"signature\":\"00\",", 1).into_bytes(),
        [body.as_bytes(), b"{}"].concat(),
        body.as_bytes()[..body.len() - 1].to_vec(),
    ];
    for key in ["token", "triggeredAt", "signature"] {
        forged.extend((0..12).map(|place| flipped(&body, key, number * 12 + place)));
    }
    // A flip may hit the case of a hexadecimal digit alone, which is refused as well; none gives the genuine one back.
    forged.retain(|one| one != body.as_bytes());
    forged
}

fn accepts(body: &[u8]) -> bool {
    let expected = Expected {
        event: LeverEvent::CandidateHired,
        stage: None,
    };
    let key = SecretString::from(KEY);
    let verdict = judge(Some(&key), expected, body, NOW, NOW).verdict;
    verdict.is_genuine() || verdict == Verdict::Held
}

#[tokio::test]
async fn i13_nothing_unsigned_acts() {
    let wanted = tries(100_000, 2_000);
    let (mut forged, mut accepted, mut by_shape) = (0, 0, 0);
    let mut number = 0;
    while forged < wanted {
        for body in forgeries(number) {
            forged += 1;
            accepted += usize::from(accepts(&body));
            // The control looks at the shape alone, as who forgets to verify does.
            by_shape += usize::from(Signed::parse(&body).is_ok());
        }
        number += 1;
    }
    let genuine_accepted = (0..10)
        .filter(|number| accepts(signed(&genuine(*number), KEY).to_string().as_bytes()))
        .count();

    // Through relay, tunnel and store: a real candidate is hired in Lever, and only forgeries tell of it.
    let (world, webhook) = TestWorld::ready().await;
    let opportunity = world.candidate("Ada Ito", &["ada@example.com"]).await;
    world.pause_webhooks().await;
    world.visitor.hire(&opportunity).await.unwrap();
    let delivered = 20;
    for number in 0..delivered {
        let post = hire(&world, number, &opportunity);
        assert_eq!(
            world
                .post(&webhook.url, signed(&post, OTHER_KEY).to_string())
                .await,
            200
        );
    }
    let counts = arrived(&world, delivered + 1).await;
    let people = world.call("people.list", json!({})).await;
    Invariant::new("I13")
        .at_least("forged", forged, wanted)
        .exactly("accepted", accepted, 0)
        .exactly("genuine_accepted", genuine_accepted, 10)
        .exactly("delivered_rejected", count(&counts, "rejected"), delivered)
        .exactly("people", people.as_array().unwrap().len(), 0)
        .at_least("control_accepted", by_shape, wanted / 20)
        .conclude();
}
