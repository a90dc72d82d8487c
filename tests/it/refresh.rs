//! One refresh at a time, and its result is kept (RELIABILITY.md I19), seen from between the product and Lever.

mod setting;

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use fulcrum_core::clock::SharedClock;
use fulcrum_core::connections::WayIn;
use fulcrum_core::http::{self, AccessTokens, TokenError};
use fulcrum_core::lever::{self, Pace};
use fulcrum_core::oauth::Grants;
use fulcrum_core::store::StoreError;
use fulcrum_core::store::activity::Actor;
use fulcrum_practice::RefreshReuse;
use fulcrum_tests::{Invariant, tries};
use secrecy::ExposeSecret;
use setting::{Setting, stored};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

const HOUR: Duration = Duration::from_secs(3_600);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_200_calls_with_an_expired_token_one_refreshes_and_all_use_what_is_on_disk() {
    const CALLS: usize = 200;
    let expiries = tries(20, 5);
    let setting = Setting::with(RefreshReuse::RevokeFamily).await;
    let clock = Arc::clone(&setting.clock) as SharedClock;
    let lever = lever::Client::new(
        http::client().unwrap(),
        setting.api.clone(),
        setting.grants(),
        Pace::unlimited(clock),
    );
    let mut answered = 0;
    for _ in 0..expiries {
        setting.clock.advance(HOUR);
        let mut calls = JoinSet::new();
        for _ in 0..CALLS {
            let lever = lever.clone();
            calls.spawn(async move { lever.users("nobody@example.com").await.is_ok() });
        }
        answered += calls.join_all().await.into_iter().filter(|ok| *ok).count();
    }
    let refreshes = setting.refreshes();
    let unsaved = setting.between.unsaved.load(Ordering::SeqCst);
    Invariant::new("I19")
        .figure("expiries", expiries)
        .figure("calls", expiries * CALLS)
        .at_least("answered", answered, expiries * CALLS)
        .exactly("refresh_requests", refreshes, expiries)
        .exactly("used_before_saved", unsaved, 0)
        .conclude();
}

/// What became of the grant over many kills.
#[derive(Default)]
struct Kills {
    kills: usize,
    /// Those after Lever's answer and before the new pair was on disk.
    between: usize,
    lost: usize,
    prompts: usize,
    /// Refreshes that were tried although Lever had refused the grant.
    tight_loops: usize,
}

/// Ends the program `steps` turns of its runtime after Lever has answered its refresh.
fn kill(grants: &Arc<Grants>, answered: &mut mpsc::UnboundedReceiver<()>, steps: usize) {
    let program = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let grants = Arc::clone(grants);
    program.block_on(async {
        let refreshing = tokio::spawn(async move { grants.current().await.is_ok() });
        answered.recv().await.expect("Lever is asked");
        for _ in 0..steps {
            tokio::task::yield_now().await;
        }
        drop(refreshing);
    });
    // With the runtime goes every task, wherever it stands.
    program.shutdown_background();
}

async fn kills(reuse: RefreshReuse, kills: usize) -> Kills {
    let mut setting = Setting::with(reuse).await;
    let mut seen = Kills::default();
    for number in 0..kills {
        setting.clock.advance(HOUR);
        let before = stored(&setting.store).await.refresh.unwrap();
        let grants = setting.grants_with(http::client().unwrap());
        let answered = &mut setting.answered;
        while answered.try_recv().is_ok() {}
        tokio::task::block_in_place(|| kill(&grants, answered, number * 50 / kills));
        seen.kills += 1;
        // What the killed program had handed to the disk is there before this is.
        let barrier = setting.store.write(|_| Ok::<_, StoreError>(()));
        barrier.await.unwrap();
        let after = stored(&setting.store).await.refresh.unwrap();
        seen.between += usize::from(before.expose_secret() == after.expose_secret());

        let restarted = setting.grants();
        setting.clock.advance(HOUR);
        match restarted.current().await {
            Ok(_) => {}
            Err(TokenError::ReconnectNeeded { .. }) => {
                seen.lost += 1;
                let refreshes = setting.refreshes();
                for _ in 0..10 {
                    assert!(restarted.current().await.is_err());
                }
                seen.tight_loops += setting.refreshes() - refreshes;
                setting.sign_in().await;
            }
            Err(other) => panic!("{other}"),
        }
    }
    seen.prompts = setting.prompts().await;
    seen
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kill_between_answer_and_disk_loses_no_grant_where_lever_overlaps_and_is_said_once_elsewhere()
 {
    for (reuse, name, count) in [
        (RefreshReuse::Grace, "overlap", tries(200, 50)),
        (RefreshReuse::Refuse, "refuse", tries(60, 25)),
        (RefreshReuse::RevokeFamily, "revoke_family", tries(60, 25)),
    ] {
        let Kills {
            kills,
            between,
            lost,
            prompts,
            tight_loops,
        } = kills(reuse, count).await;
        // Where Lever lets nothing overlap, a kill between answer and disk costs the grant (RELIABILITY.md I19).
        let affordable = if reuse == RefreshReuse::Grace {
            0
        } else {
            between
        };
        Invariant::new("I19")
            .figure("policy", name)
            .at_least("kills", kills, count)
            .at_least("between", between, 1)
            .figure("grant_lost", lost)
            .exactly("lost_without_need", lost.saturating_sub(affordable), 0)
            .exactly("tight_loops", tight_loops, 0)
            .exactly("reconnect_prompts", prompts, lost)
            .conclude();
    }
}

#[tokio::test]
async fn a_caller_that_goes_away_does_not_take_the_new_pair_with_it() {
    let mut setting = Setting::with(RefreshReuse::RevokeFamily).await;
    setting.clock.advance(HOUR);
    let before = stored(&setting.store).await.refresh.unwrap();
    let grants = setting.grants();
    tokio::select! {
        biased;
        _ = setting.answered.recv() => {}
        _ = grants.current() => panic!("Lever's answer came before Lever had answered"),
    }
    // The next caller waits for the refresh under way, and gets its result.
    assert!(grants.current().await.is_ok());
    let after = stored(&setting.store).await.refresh.unwrap();
    assert_ne!(before.expose_secret(), after.expose_secret());
    assert_eq!(setting.refreshes(), 1);
    assert_eq!(setting.prompts().await, 0);
}

/// A relay that works, at an address that a test moves.
#[derive(Default)]
struct Relay(Mutex<Option<String>>);

#[async_trait]
impl WayIn for Relay {
    fn address(&self) -> Option<String> {
        self.0.lock().unwrap().clone()
    }

    async fn look(&self) -> (bool, String) {
        (true, "Connected to the relay.".to_owned())
    }
}

#[tokio::test]
async fn what_validate_said_counts_until_scopes_or_relay_change_and_through_an_ordinary_refresh() {
    let setting = Setting::with(RefreshReuse::Refuse).await;
    let relay = Arc::new(Relay::default());
    let address = &relay.0;
    let connections = setting.connections(Arc::clone(&relay) as Arc<dyn WayIn>);
    connections.validate(Actor::You).await.unwrap();
    let shown = async || {
        let (row, change) = connections.row_and_change().await.unwrap().unwrap();
        (row.state, change.unwrap_or_default())
    };
    let counts = ("connected_limited".to_owned(), "");
    assert_eq!(shown().await, counts);

    setting.clock.advance(HOUR);
    assert!(setting.grants().current().await.is_ok());
    assert_eq!(setting.refreshes(), 1);
    assert_eq!(shown().await, counts, "an ordinary refresh changes nothing");

    *address.lock().unwrap() = Some("https://relay.example/".to_owned());
    let (state, change) = shown().await;
    assert_eq!(state, "connected_not_validated");
    assert!(change.contains("relay's address"), "{change}");
    *address.lock().unwrap() = None;
    assert_eq!(shown().await, counts);

    setting.between.narrowed.store(true, Ordering::SeqCst);
    setting.clock.advance(HOUR);
    assert!(setting.grants().current().await.is_ok());
    let (state, change) = shown().await;
    assert_eq!(state, "connected_not_validated");
    assert!(change.contains("lets Fulcrum do"), "{change}");
}
