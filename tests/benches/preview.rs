//! How long a preview of a kept sample takes through the command that the mapping screen calls, beside an answer that
//! takes nothing but the way there. The screen promises less than a frame, 16 ms (SCREENS.md 4.4.3). Nothing is
//! asserted.

use std::io::{self, Write};
use std::time::{Duration, Instant};

use fulcrum_tests::{TestWorld, text};
use serde_json::{Value, json};

/// Calls of each kind, of which the middle one and the slow ones count.
const CALLS: usize = 300;

#[tokio::main]
async fn main() -> io::Result<()> {
    let (world, _) = TestWorld::ready().await;
    let by_email = json!({ "subject": { "kind": "email", "email": "rosa.lindqvist@example.com" } });
    let found = world.call("mappings.sample", by_email).await;
    let opportunity = text(&found["sample"]["candidate"], "opportunity_id");
    let rules = fulcrum_cli::demo::world::rules();
    let preview = json!({ "opportunity_id": opportunity, "rules": rules });
    let ours = times(&world, "mappings.preview", &preview).await;
    let least = times(&world, "settings.show", &json!({})).await;
    let share = |times: &[Duration], of: usize| times[(CALLS - 1) * of / 100].as_secs_f64() * 1e3;
    writeln!(
        io::stdout(),
        "bench mapping.preview_command p50={:.2} ms p99={:.2} ms promised=16 ms ratio={:.1} against=settings.show",
        share(&ours, 50),
        share(&ours, 99),
        share(&ours, 50) / share(&least, 50),
    )
}

/// How long each call took, the quickest first.
async fn times(world: &TestWorld, name: &str, request: &Value) -> Vec<Duration> {
    let mut times = Vec::with_capacity(CALLS);
    for _ in 0..CALLS {
        let began = now();
        world.call(name, request.clone()).await;
        times.push(began.elapsed());
    }
    times.sort_unstable();
    times
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]
fn now() -> Instant {
    Instant::now()
}
