//! The app is killed at any moment, and afterwards every hire is there, once.

use fulcrum_tests::TestWorld;
use serde_json::json;

use crate::laptop::Laptop;

#[tokio::test]
async fn killed_at_many_moments_every_hire_is_there_once() {
    const ROUNDS: usize = 8;
    const HIRES: usize = 4;
    let (mut world, _) = TestWorld::ready().await;
    world.switch_off().await;
    let folder = tempfile::tempdir().unwrap();
    let (words, data) = (folder.path().join("words"), folder.path().join("data"));
    std::fs::write(&words, "correct horse battery").unwrap();
    let start = || Laptop::start(&mut Laptop::command(&world, &words, &data));

    // Set up in the process's own folder, for its key is its own.
    let laptop = start();
    laptop.sign_in(&world).await;
    let rules = fulcrum_cli::demo::world::rules();
    laptop
        .call(
            "mappings.save",
            json!({ "base_version": 0, "rules": rules }),
        )
        .await;
    laptop.listen(&world).await;
    let mut laptop = Some(laptop);

    let hired = world.world.candidates(ROUNDS * HIRES).await.unwrap();
    for (round, candidates) in hired.chunks(HIRES).enumerate() {
        world.world.hire(candidates).await.unwrap();
        // From before the first delivery to in the middle of the imports: the moment moves with the round.
        let running = laptop.take().expect("a laptop runs");
        for _ in 0..round {
            running.call("activity.list", json!({ "limit": 1 })).await;
        }
        drop(running);
        laptop = Some(start());
    }
    let laptop = laptop.expect("a laptop runs");
    let inside = laptop.people(hired.len()).await;
    let everyone = laptop.call("people.list", json!({})).await;
    assert_eq!(inside.len(), hired.len(), "nobody is in the workflow twice");
    assert_eq!(
        everyone.as_array().unwrap().len(),
        hired.len(),
        "nobody is in the directory twice"
    );
}
