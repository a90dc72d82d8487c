//! I12: of two copies of one data folder one is let in, whichever relays they ask (RELIABILITY.md T16).

use fulcrum_relay::client::LocalCopy;

use super::several::pair;
use crate::copies::{
    acknowledge, ended_as_replaced, event, having, position, sign_in, superseded, try_sign_in,
};
use crate::invariants::invariant::Invariant;
use crate::world::Desktop;

#[tokio::test]
async fn i12_a_copy_that_was_overtaken_at_one_relay_is_refused_at_every_one() {
    let pair = pair().await;
    let desktop = Desktop::join(&pair.one.url).await;
    let identity = &desktop.identity;
    let mut live = sign_in(&pair.two.url, identity, &LocalCopy::default()).await;
    let (store, _) = position(&live);
    let first = event(&pair.one.url, &desktop, &mut live).await;
    acknowledge(&mut live, first).await;
    // The folder is copied here.
    let backup = having(store, first);
    let second = event(&pair.one.url, &desktop, &mut live).await;
    acknowledge(&mut live, second).await;

    let pair = pair.kill_one().await;
    let mut refused = 0;
    for relay in [&pair.one, &pair.two] {
        for overtaken in [&backup, &LocalCopy::default()] {
            refused += usize::from(superseded(
                try_sign_in(&relay.url, identity, overtaken).await,
            ));
        }
    }
    let third = event(&pair.one.url, &desktop, &mut live).await;
    acknowledge(&mut live, third).await;

    // The user chooses the copy, at the other relay.
    let chosen = LocalCopy {
        take_over: true,
        ..backup
    };
    let mut chosen = sign_in(&pair.one.url, identity, &chosen).await;
    let (same, reached) = position(&chosen);
    ended_as_replaced(&mut live).await;
    let fourth = event(&pair.two.url, &desktop, &mut chosen).await;
    acknowledge(&mut chosen, fourth).await;
    let before = having(store, third);
    for relay in [&pair.one, &pair.two] {
        refused += usize::from(superseded(try_sign_in(&relay.url, identity, &before).await));
    }

    Invariant::new("I12")
        .figure("relays", 2)
        .exactly("refused", refused, 6)
        .exactly("other_store", usize::from(same != store), 0)
        .exactly(
            "acknowledged_unknown",
            usize::from((reached.acknowledged, reached.newest) != (third, third)),
            0,
        )
        .conclude();
}
