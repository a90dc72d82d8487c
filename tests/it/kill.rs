//! The app ends at any moment, killed or told to stop, and afterwards every hire is there, once.

use fulcrum_tests::{Invariant, TestWorld, tries};
use serde_json::json;
use tempfile::TempDir;

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
