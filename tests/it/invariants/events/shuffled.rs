//! I5: the same facts in any order, repeated and cut by a restart, have the same end.

use std::collections::HashSet;

use fulcrum_cli::demo::visitor::Webhook;
use fulcrum_tests::{Invariant, TestWorld, signed, text, tries};
use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use rand::{RngExt, SeedableRng};
use serde_json::json;

use super::mutant::forget_unique_keys;
use super::{arrived, hire, settled_people, total};

/// Hires of one case.
const HIRES: usize = 4;

/// How many events of a case were taken for new ones, and how many people each of its hires became.
type End = (usize, Vec<usize>);

/// Makes hires in Lever, tells of each one to five times in an order of chance, and switches the laptop off and on in
/// between.
async fn case(world: &mut TestWorld, webhook: &Webhook, number: usize, random: &mut StdRng) -> End {
    let mut names = Vec::new();
    let mut deliveries = Vec::new();
    for place in 0..HIRES {
        let name = format!("Ada{number} Ito{place}");
        let email = format!("ada.{number}.{place}@example.com");
        let opportunity = world.candidate(&name, &[&email]).await;
        world.visitor.hire(&opportunity).await.unwrap();
        let post = hire(world, number * HIRES + place, &opportunity);
        let body = signed(&post, &webhook.signature_token).to_string();
        deliveries.extend(std::iter::repeat_n(body, random.random_range(1..=5)));
        names.push(name);
    }
    deliveries.shuffle(random);
    let restart = random.random_range(0..deliveries.len());
    let seen = world.call("inbox.list", json!({ "limit": 1 })).await;
    let before = total(&seen);
    for (place, body) in deliveries.iter().enumerate() {
        if place == restart {
            world.switch_off().await;
        }
        assert_eq!(world.post(&webhook.url, body.clone()).await, 200);
    }
    world.switch_on().await;
    arrived(world, before + deliveries.len()).await;
    let newest = json!({ "limit": deliveries.len() });
    let page = world.call("inbox.list", newest).await;
    let events = page["events"].as_array().unwrap().iter();
    let new: Vec<_> = events
        .filter(|event| event["verdict"] == "verified")
        .collect();
    for event in &new {
        settled_people(world, event["id"].as_i64().unwrap()).await;
    }
    let people = world.call("people.list", json!({})).await;
    let people = people.as_array().unwrap();
    let named = |name: &String| {
        let same = people.iter().filter(|person| text(person, "name") == name);
        same.count()
    };
    (new.len(), names.iter().map(named).collect())
}

/// The different ends of so many cases.
async fn ends((mut world, webhook): (TestWorld, Webhook), cases: usize) -> HashSet<End> {
    world.pause_webhooks().await;
    let mut random = StdRng::seed_from_u64(5);
    let mut ends = HashSet::new();
    for number in 0..cases {
        ends.insert(case(&mut world, &webhook, number, &mut random).await);
    }
    ends
}

#[tokio::test]
async fn i05_the_same_facts_in_any_order_have_the_same_end() {
    let cases = tries(100, 6);
    let real = ends(TestWorld::ready().await, cases).await;
    let (mut world, webhook) = TestWorld::ready().await;
    forget_unique_keys(&mut world).await;
    let mutant = ends((world, webhook), 3).await;
    let wanted = HashSet::from([(HIRES, vec![1; HIRES])]);
    Invariant::new("I5")
        .figure("seed", 5)
        .at_least("cases", cases, 6)
        .exactly("distinct_final_states", real.len(), 1)
        .exactly("as_lever_says", usize::from(real == wanted), 1)
        .at_least("control_x4_distinct_states", mutant.len(), 2)
        .conclude();
}
