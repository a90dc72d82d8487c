//! The app ends at any moment, killed or told to stop, and afterwards every hire is there, once.

use std::slice;

use fulcrum_cli::demo::world::World;
use fulcrum_tests::{Invariant, TestWorld, tries};
use serde_json::json;
use tempfile::TempDir;

use crate::hostile_relay::{Hearing, HostileRelay};
use crate::laptop::{Laptop, quick_key};

/// A folder in which the app runs in a process of its own, again and again.
struct Home {
    world: TestWorld,
    folder: TempDir,
}

impl Home {
    /// With everything set up by a process of the folder's own, because its key is its own; that process runs.
    async fn new(mut world: TestWorld) -> (Self, Laptop) {
        world.switch_off().await;
        let folder = tempfile::tempdir().unwrap();
        let words = "correct horse battery";
        std::fs::write(folder.path().join("words"), words).unwrap();
        quick_key(&folder.path().join("data"), words, &rand::random());
        let home = Self { world, folder };
        let laptop = home.start();
        laptop.sign_in(&home.world).await;
        let rules = fulcrum_cli::demo::world::rules();
        let mapping = json!({ "base_version": 0, "rules": rules });
        laptop.call("mappings.save", mapping).await;
        laptop.listen(&home.world).await;
        (home, laptop)
    }

    fn start(&self) -> Laptop {
        let path = |name: &str| self.folder.path().join(name);
        Laptop::start(&mut Laptop::command(
            &self.world,
            &path("words"),
            &path("data"),
        ))
    }

    /// How many of the hires are lost, and how many are in the directory or in the workflow once too often.
    async fn judge(&self, laptop: &Laptop, hired: usize) -> (usize, usize) {
        let inside = laptop.people(hired).await;
        let everyone = laptop.call("people.list", json!({})).await;
        let everyone = everyone.as_array().unwrap().len();
        let extra = |found: usize| found.saturating_sub(hired);
        (
            hired.saturating_sub(everyone),
            extra(inside.len()) + extra(everyone),
        )
    }
}

/// How a process ends.
#[derive(Clone, Copy)]
enum End {
    Kill,
    Terminate,
}

async fn ended_at_many_moments(how: End) {
    const HIRES: usize = 4;
    let rounds = tries(100, 16);
    let (home, laptop) = Home::new(TestWorld::new().await).await;
    let mut laptop = Some(laptop);
    let hired = home.world.world.candidates(rounds * HIRES).await.unwrap();
    for (round, candidates) in hired.chunks(HIRES).enumerate() {
        home.world.world.hire(candidates).await.unwrap();
        // From before the first delivery to in the middle of the imports: the moment moves with the round.
        let running = laptop.take().expect("a laptop runs");
        for _ in 0..round % 8 {
            running.call("activity.list", json!({ "limit": 1 })).await;
        }
        match how {
            End::Kill => drop(running),
            End::Terminate => assert!(running.end_by("TERM").success(), "it ends as it should"),
        }
        laptop = Some(home.start());
    }
    let laptop = laptop.expect("a laptop runs");
    let (lost, duplicated) = home.judge(&laptop, hired.len()).await;
    let ends = match how {
        End::Kill => "kills",
        End::Terminate => "stops",
    };
    Invariant::new("I1")
        .figure("process", "laptop")
        .at_least("hired", hired.len(), 64)
        .at_least(ends, rounds, 16)
        .exactly("lost", lost, 0)
        .exactly("duplicated", duplicated, 0)
        .conclude();
}

#[tokio::test]
async fn i01_killed_at_many_moments_every_hire_is_there_once() {
    ended_at_many_moments(End::Kill).await;
}

#[tokio::test]
async fn i01_told_to_stop_at_many_moments_every_hire_is_there_once() {
    ended_at_many_moments(End::Terminate).await;
}

#[tokio::test]
async fn i01_killed_at_each_acknowledgement_every_event_is_there_once_and_handled_once() {
    let relay = HostileRelay::start().await;
    let world = World::start().await.unwrap().behind(relay.url().clone());
    let (home, laptop) = Home::new(TestWorld::laptop_in(world).await).await;
    let mut laptop = Some(laptop);
    // For the disk it died before it acknowledged, before it was told that it had, and after that.
    let moments = [Hearing::Lost, Hearing::Unconfirmed, Hearing::Confirmed];
    let rounds = moments.len() * tries(30, 3);
    let hired = home.world.world.candidates(rounds).await.unwrap();
    for (candidate, hearing) in hired.iter().zip(moments.into_iter().cycle()) {
        let running = laptop.take().expect("a laptop runs");
        let mut flow = relay.flow();
        let before = flow.borrow().posted;
        relay.hear(hearing);
        let hire = slice::from_ref(candidate);
        home.world.world.hire(hire).await.unwrap();
        let acknowledged = flow.wait_for(|flow| flow.posted > before && flow.heard >= flow.posted);
        acknowledged.await.unwrap();
        drop(running);
        laptop = Some(home.start());
    }
    relay.hear(Hearing::Confirmed);
    let laptop = laptop.expect("a laptop runs");
    let (lost, duplicated) = home.judge(&laptop, hired.len()).await;
    let inbox = laptop.call("inbox.list", json!({ "limit": 1 })).await;
    let counts = inbox["counts"].as_array().unwrap().iter();
    let stored = counts.filter(|one| one["verdict"] != "test");
    let stored: u64 = stored.map(|one| one["count"].as_u64().unwrap()).sum();
    Invariant::new("I1")
        .figure("process", "laptop")
        .at_least("kills_at_acknowledgements", rounds, 9)
        .exactly("stored", usize::try_from(stored).unwrap(), rounds)
        .exactly("lost", lost, 0)
        .exactly("duplicated", duplicated, 0)
        .conclude();
}
