//! Any sequence of actions leaves an offer in a state that the documented walk reaches.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;

use super::*;

/// Something that a person can try at any time.
#[derive(Clone, Copy, Debug)]
enum Action {
    Take(Step),
    Modify { marked: bool, value: u8 },
    ApproveOnce { by: u8 },
}

fn actions() -> impl Strategy<Value = Action> {
    let steps = [
        Step::RequestApproval,
        Step::Approve,
        Step::Reject,
        Step::Send,
        Step::SendManually,
        Step::Open,
        Step::Sign,
        Step::Decline,
        Step::RecordSigned,
        Step::RecordDecline,
        Step::Reopen,
    ];
    prop_oneof![
        4 => prop::sample::select(steps.to_vec()).prop_map(Action::Take),
        1 => (any::<bool>(), 0..4_u8).prop_map(|(marked, value)| Action::Modify { marked, value }),
        1 => (0..4_u8).prop_map(|by| Action::ApproveOnce { by }),
    ]
}

fn offer(needs_approval: bool) -> Offer {
    let row = |identifier: &str, value| OfferField {
        field: Arc::new(FormField::standard(identifier).expect("a standard field")),
        value,
    };
    let chain = ApprovalStep {
        approvers: vec!["0".into(), "1".into()],
        needed: 2,
    };
    Offer::new(NewOffer {
        id: "offer".into(),
        posting: None,
        fields: vec![
            row("salary_amount", OfferValue::text("1")),
            row("team", OfferValue::Empty),
        ],
        chain: needs_approval.then_some(chain).into_iter().collect(),
        creator: "maker".into(),
        created_at: 0,
    })
}

fn act(offer: &mut Offer, action: Action, now: i64) -> Result<(), OfferError> {
    match action {
        Action::Take(step) => offer.take(step, "maker", "Ada", now),
        Action::ApproveOnce { by } => offer.approve(&by.to_string(), false, now),
        Action::Modify { marked, value } => {
            let identifier = if marked { "salary_amount" } else { "team" };
            let value = OfferValue::text(value.to_string());
            let values = BTreeMap::from([(identifier.to_owned(), value)]);
            let shown = |_: &FormField, value: &OfferValue| value.to_input();
            offer.modify(values, "maker", shown, now).map(|_| ())
        }
    }
}

/// The walk of LEVER.md 3.3, with the revision of PRODUCTS.md 3.4.
fn is_documented(from: OfferStatus, to: OfferStatus, approval: bool) -> bool {
    use OfferStatus::*;
    match (from, to) {
        (Draft, ApprovalSent) | (ApprovalSent, Approved | Draft) => true,
        (Draft, Sent | SentManually) => !approval,
        (Approved | Sent | Opened | SentManually, Sent | SentManually | Draft) => true,
        (Sent, Opened) => true,
        (Opened | SentManually, Signed | Denied) => true,
        _ => from == to,
    }
}

/// What the API shows must fit the state, whatever happened before.
fn assert_consistent(offer: &Offer) {
    use OfferStatus::*;
    let status = offer.status();
    let signed = offer.signed_document().is_some();
    assert_eq!(signed, status == Signed, "{offer:?}");
    assert_eq!(offer.signed_at.is_some(), status == Signed, "{offer:?}");
    let unsent = matches!(status, Draft | ApprovalSent | Approved);
    assert_eq!(offer.sent_at.is_none(), unsent, "{offer:?}");
    assert_eq!(
        offer.link().is_none(),
        unsent || offer.sent_document().is_none()
    );
    if matches!(status, Draft | ApprovalSent) {
        assert_eq!(offer.approved_at, None, "{offer:?}");
    }
    if matches!(status, Sent | SentManually) {
        assert_eq!(offer.opened, None, "{offer:?}");
    }
}

proptest! {
    #[test]
    fn every_sequence_of_actions_stays_on_the_documented_walk(
        needs_approval in any::<bool>(),
        actions in prop::collection::vec(actions(), 0..40),
    ) {
        let mut offer = offer(needs_approval);
        for (action, now) in actions.into_iter().zip(1..) {
            let (before, told) = (offer.status(), offer.story().len());
            let outcome = act(&mut offer, action, now);
            let after = offer.status();
            match outcome {
                Ok(()) => prop_assert!(
                    is_documented(before, after, needs_approval), "{before:?} to {after:?}"
                ),
                Err(_) => prop_assert_eq!((before, told), (after, offer.story().len())),
            }
            prop_assert!(!before.is_answered() || before == after, "an answer is final");
            assert_consistent(&offer);
        }
    }
}
