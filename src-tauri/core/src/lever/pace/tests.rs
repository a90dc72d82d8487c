use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use futures_util::FutureExt;
use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};

use super::{Held, Pace, Priority};
use crate::clock::Clock;

/// A clock that is moved on by whoever waits for it.
#[derive(Default)]
struct Leaping(Mutex<Timestamp>);

#[async_trait]
impl Clock for Leaping {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }

    async fn sleep(&self, wait: Duration) {
        let wait = SignedDuration::try_from(wait).unwrap();
        self.sleep_until(self.now() + wait).await;
    }

    async fn sleep_until(&self, moment: Timestamp) {
        let mut now = self.0.lock().unwrap();
        *now = moment.max(*now);
    }
}

fn pace() -> Pace {
    Pace::lever(Arc::new(Leaping::default()))
}

/// Takes what may go out at once, so that the next has to wait.
async fn use_up(pace: &Pace) {
    for _ in 0..19 {
        pace.admit(Priority::Person).await.unwrap();
    }
}

/// The priorities by the moments at which they were let go.
async fn order(pace: &Pace, waiting: &[Priority]) -> Vec<Priority> {
    let waiting = waiting.iter().map(async |priority| {
        let leave = pace.admit(*priority).await.unwrap();
        (leave.0, *priority)
    });
    let mut gone = join_all(waiting).await;
    gone.sort_by_key(|(moment, _)| *moment);
    gone.into_iter().map(|(_, priority)| priority).collect()
}

#[tokio::test]
async fn calls_keep_to_levers_figures() {
    let pace = pace();
    order(&pace, &[Priority::History; 119]).await;
    let took = pace.clock().now().as_millisecond();
    assert!((9_900..10_200).contains(&took), "{took} ms for 100 calls");
}

#[tokio::test]
async fn a_person_goes_before_an_event_before_a_look_before_history() {
    let pace = pace();
    use_up(&pace).await;
    let (history, poll) = (Priority::History, Priority::Poll);
    let (event, person) = (Priority::Event, Priority::Person);
    assert_eq!(
        order(&pace, &[history, poll, event, person]).await,
        [person, event, poll, history]
    );
}

#[tokio::test]
async fn history_goes_on_while_people_never_stop() {
    let pace = pace();
    use_up(&pace).await;
    let mut waiting = vec![Priority::History];
    waiting.extend([Priority::Person; 60]);
    let order = order(&pace, &waiting).await;
    let place = order.iter().position(|one| *one == Priority::History);
    assert_eq!(place, Some(19));
}

#[tokio::test]
async fn who_leaves_the_line_gives_the_place_to_the_next() {
    let pace = pace();
    use_up(&pace).await;
    let before = pace.clock().now();
    let gone = tokio::spawn({
        let pace = pace.clone();
        async move { pace.admit(Priority::Person).await }
    });
    gone.abort();
    let mut left = Box::pin(pace.admit(Priority::Person));
    assert!((&mut left).now_or_never().is_none());
    drop(left);
    pace.admit(Priority::History).await.unwrap();
    let waited = pace.clock().now().duration_since(before).as_millis();
    assert!(waited <= 102, "{waited} ms for one call");
}

#[tokio::test]
async fn a_short_rest_is_waited_out_by_everybody() {
    let pace = pace();
    let leave = pace.admit(Priority::Person).await.unwrap();
    pace.slow_down(leave, Some(Duration::from_secs(7)));
    order(&pace, &[Priority::Person, Priority::History]).await;
    assert!(pace.clock().now() >= Timestamp::from_second(7).unwrap());
}

#[tokio::test]
async fn a_long_rest_is_told_to_everybody_in_the_line_and_whoever_comes() {
    let pace = pace();
    let leave = pace.admit(Priority::Person).await.unwrap();
    for _ in 0..18 {
        pace.admit(Priority::Person).await.unwrap();
    }
    let mut waiting = Box::pin(pace.admit(Priority::History));
    assert!((&mut waiting).now_or_never().is_none());
    pace.slow_down(leave, Some(Duration::from_secs(600)));
    let held = Err(Held {
        wait: Duration::from_secs(600),
        until: Timestamp::from_second(600).unwrap(),
    });
    assert_eq!(waiting.await, held);
    assert_eq!(pace.admit(Priority::Person).await, held);
}

#[tokio::test]
async fn a_practice_lever_is_not_waited_for() {
    let pace = Pace::unlimited(Arc::new(Leaping::default()));
    let leave = pace.admit(Priority::Person).await.unwrap();
    pace.slow_down(leave, Some(Duration::from_secs(600)));
    order(&pace, &[Priority::History; 1_000]).await;
    assert_eq!(pace.clock().now(), Timestamp::UNIX_EPOCH);
}
