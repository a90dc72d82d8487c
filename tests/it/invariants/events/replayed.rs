//! I15: no replay, and no alias of a true delivery, has an effect.

use fulcrum_core::listeners::signature::Signed;

use fulcrum_tests::{Invariant, TestWorld, signed, tries};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::SecretString;
use serde_json::{Value, json};
use sha2::Sha256;

use super::{arrived, count, hire, settled_people};

/// Every other cut of token and time, with the time as a number and as a text.
fn aliases(delivery: &Value) -> Vec<Value> {
    let token = delivery["token"].as_str().unwrap();
    let joined = format!("{token}{}", delivery["triggeredAt"]);
    let mut found = Vec::new();
    for cut in (0..joined.len()).filter(|cut| *cut != token.len()) {
        let (token, time) = joined.split_at(cut);
        let mut alias = delivery.clone();
        alias["token"] = json!(token);
        alias["triggeredAt"] = json!(time);
        found.push(alias.clone());
        if let Ok(number) = time.parse::<i64>() {
            alias["triggeredAt"] = json!(number);
            found.push(alias);
        }
    }
    found
}

/// The control: joins whatever stands there and knows a delivery by its token, as X8 does.
fn lenient(alias: &Value, key: &str, seen: &str) -> bool {
    let text = |value: &Value| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    };
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
    mac.update(text(&alias["token"]).as_bytes());
    mac.update(text(&alias["triggeredAt"]).as_bytes());
    let signature = hex::encode(mac.finalize().into_bytes());
    alias["signature"] == json!(signature) && alias["token"] != json!(seen)
}

#[tokio::test]
async fn i15_no_replay_and_no_alias_has_an_effect() {
    let (world, webhook) = TestWorld::ready().await;
    let key = SecretString::from(webhook.signature_token.clone());
    let opportunity = world.candidate("Ada Ito", &["ada@example.com"]).await;
    world.pause_webhooks().await;
    world.visitor.hire(&opportunity).await.unwrap();

    let wanted = tries(1_000, 12);
    let (mut tried, mut accepted, mut by_lenient, mut posted) = (0, 0, 0, 0);
    let mut first = Vec::new();
    for number in 0..wanted {
        let delivery = signed(
            &hire(&world, number, &opportunity),
            &webhook.signature_token,
        );
        assert_eq!(world.post(&webhook.url, delivery.to_string()).await, 200);
        for (place, alias) in aliases(&delivery).into_iter().enumerate() {
            tried += 1;
            let parsed = Signed::parse(alias.to_string().as_bytes());
            accepted += usize::from(parsed.is_ok_and(|signed| signed.verify(&key)));
            let seen = delivery["token"].as_str().unwrap();
            by_lenient += usize::from(lenient(&alias, &webhook.signature_token, seen));
            if place % 40 == 7 {
                posted += 1;
                assert_eq!(world.post(&webhook.url, alias.to_string()).await, 200);
            }
        }
        first.push(delivery);
    }
    let counts = arrived(&world, 1 + wanted + posted).await;
    let genuine = count(&counts, "verified");
    for replay in &first {
        assert_eq!(world.post(&webhook.url, replay.to_string()).await, 200);
    }
    let counts = arrived(&world, 1 + wanted * 2 + posted).await;
    let rows = world
        .call("inbox.list", json!({ "verdict": "verified", "limit": 1 }))
        .await;
    let people = settled_people(&world, rows["events"][0]["id"].as_i64().unwrap()).await;
    Invariant::new("I15")
        .at_least("replayed", first.len(), wanted)
        .at_least("aliases", tried, wanted * 60)
        .exactly("alias_accepted", accepted, 0)
        .exactly("duplicates_kept_apart", count(&counts, "duplicate"), wanted)
        .exactly(
            "extra_effects",
            count(&counts, "verified") - genuine + people - 1,
            0,
        )
        .exactly("aliases_rejected", count(&counts, "rejected"), posted)
        .at_least("control_accepted", by_lenient, wanted)
        .conclude();
}
