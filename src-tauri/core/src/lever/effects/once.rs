//! Making a change that is not made twice.

use super::super::client::Client;
use super::super::error::Error;
use super::{Attempt, EffectError, Outcome};

/// One change that Lever is asked for.
pub(super) trait Effect: Sync {
    /// What the change leaves behind in Lever.
    type Made: Send;

    /// Looks whether Lever shows the change, and where it shows it more than once, takes the others away.
    fn find(&self) -> impl Future<Output = Result<Option<Self::Made>, Error>> + Send;

    /// Asks for the change once. None after a success whose body is not Lever's, or lost: only a look can tell
    /// what it is worth.
    fn perform(&self) -> impl Future<Output = Result<Option<Self::Made>, Error>> + Send;
}

/// Makes the change unless it is there, and looks each time before it is asked for again.
///
/// After an unknown outcome it also looks when a later try is answered: the earlier one may have come through
/// behind it.
pub(super) async fn once<E: Effect>(
    client: &Client,
    effect: &E,
    attempt: Attempt,
) -> Result<Outcome<E::Made>, EffectError> {
    let mut unsure = attempt == Attempt::Again;
    let mut waits = client.patience.waits((client.jitter)());
    loop {
        if unsure && let Some(made) = effect.find().await? {
            return Ok(Outcome::Found(made));
        }
        let detail = match effect.perform().await {
            Ok(Some(made)) if !unsure => return Ok(Outcome::Done(made)),
            Ok(answered) => match (effect.find().await, answered) {
                // An answer that names what it made is believed, should Lever not show it yet.
                (Ok(Some(made)), _) | (Ok(None), Some(made)) => return Ok(Outcome::Done(made)),
                (Ok(None), None) => "a success that shows nowhere".to_owned(),
                (Err(error), _) => error.to_string(),
            },
            Err(Error::OutcomeUnknown { detail }) => detail,
            Err(error) => return Err(error.into()),
        };
        let Some(wait) = waits.next(None) else {
            return Err(EffectError::Unknown { detail });
        };
        client.pace.clock().sleep(wait).await;
        unsure = true;
    }
}
