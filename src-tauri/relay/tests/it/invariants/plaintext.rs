//! I27: the relay keeps no plaintext, on its disk or in its log.

use fulcrum_relay::EndpointId;

use super::canary::{Canary, Scan, Scanner};
use super::invariant::{Invariant, tries};
use super::program::Program;
use crate::sender::{JSON, request};
use crate::world::Desktop;

const BODY: &str = "canary-body-c81e728d";
const HEADER: &str = "canary-header-eccbc87e";
const QUERY: &str = "canary-query-a87ff679";

async fn post(address: &str, endpoint: EndpointId) -> u16 {
    let head = format!("{JSON}lever-signature: {HEADER}\r\n");
    let body = format!("{{\"candidate\":\"{BODY}\"}}");
    let path = format!("/e/{endpoint}?{QUERY}");
    request(address, "POST", &path, &head, body.as_bytes())
        .await
        .status
}

#[tokio::test]
async fn i27_nothing_readable_of_an_event_is_on_the_relays_disk_or_in_its_log() {
    let count = tries(1_000, 100);
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("data");
    let relay = Program::start(&folder).await;
    let mut desktop = Desktop::join(&relay.url).await;
    let unknown = EndpointId::random();
    let (mut accepted, mut refused) = (0, 0);
    for _ in 0..count {
        accepted += usize::from(post(&relay.address(), desktop.endpoint).await == 200);
        refused += usize::from(post(&relay.address(), unknown).await == 404);
    }
    let mut events = desktop.events(count / 2).await;
    // Half is acknowledged, so that freed pages are looked at too; of a long mailbox the rest comes only then.
    desktop.session.ack(events[count / 2 - 1].seq);
    let rest = count - events.len();
    events.extend(desktop.events(rest).await);
    let last = &events[count - 1];
    assert!(desktop.body(last).contains(BODY), "it did pass through");
    desktop
        .session
        .register(desktop.endpoint, desktop.key.public());
    crate::world::next(&mut desktop.session).await;

    let [body, header, query] = [BODY, HEADER, QUERY].map(|text| Canary::new("canary", text));
    let scanner = Scanner::new([&body, &header, &query]);
    // Beside the folder is the log, written at the level `trace`.
    let found = scanner.folder(parent.path());
    relay.kill().await;
    let mut after = scanner.folder(parent.path());
    after.add(found);

    std::fs::write(folder.join("planted"), BODY).unwrap();
    let planted: Scan = scanner.folder(parent.path());
    let sealed = Canary::new("sealed", &last.sealed[..32]);
    let stored = Scanner::new([&sealed]).folder(&folder);
    Invariant::new("I27")
        .at_least("events", accepted, count)
        .at_least("refused", refused, count)
        .at_least("files", after.files, 6)
        .at_least("bytes", after.bytes, count * 1_000)
        .exactly("hits", after.hits.len(), 0)
        .at_least("control_planted", planted.hits.len(), 1)
        .at_least("control_sealed", stored.hits.len(), 1)
        .conclude();
}
