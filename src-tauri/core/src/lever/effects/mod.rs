//! Changing Lever, each change once (RELIABILITY.md I4): a note, a tag or a link that is there is not made again,
//! whatever became of the answer to an earlier try.
//!
//! Lever has no idempotency keys. So a change is made at once only by its first try; wherever an earlier one may
//! have come through, Lever is read before it is asked again. Nothing is remembered here: whoever calls writes
//! down what it intends before, and what came of it after, and says with [`Attempt`] whether it may have tried
//! before. With [`Attempt::Again`] the same call can be made any number of times. Start reading at [`Effects`].

mod error;
mod label;
mod new_note;
mod note;
mod once;

use reqwest::Url;

use super::client::Client;
use super::endpoint::Endpoint;
use super::error::Error;
use super::types::{Id, Opportunity, User};

pub use error::EffectError;
pub use new_note::{NewNote, UnfitMarker};

/// Whether a change may have been made before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// Nobody tried yet: the change is made without a look.
    First,
    /// An earlier try may have come through, or something else may have made it: Lever is looked at first.
    Again,
}

/// How a change came to be; both ways it is there now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome<T = ()> {
    /// It was made by this call.
    Done(T),
    /// It was there already.
    Found(T),
}

impl<T> Outcome<T> {
    /// What was made or found.
    pub fn into_inner(self) -> T {
        match self {
            Self::Done(made) | Self::Found(made) => made,
        }
    }
}

/// Changes one opportunity of Lever.
///
/// Every change fails with [`EffectError`], which says what can be done about it.
#[derive(Clone, Copy)]
pub struct Effects<'a> {
    client: &'a Client,
    opportunity: &'a Id<Opportunity>,
    performer: Option<&'a Id<User>>,
}

impl<'a> Effects<'a> {
    /// Changes this opportunity, in nobody's name.
    pub fn on(client: &'a Client, opportunity: &'a Id<Opportunity>) -> Self {
        Self {
            client,
            opportunity,
            performer: None,
        }
    }

    /// Changes it in the name of an active user (LEVER.md 2.9).
    pub fn performed_by(self, user: &'a Id<User>) -> Self {
        Self {
            performer: Some(user),
            ..self
        }
    }

    /// The address of something below the opportunity.
    fn url(&self, endpoint: &'static Endpoint, below: &[&str]) -> Result<Url, Error> {
        let segments = [&["opportunities", self.opportunity.as_str()], below].concat();
        self.client.url(endpoint, &segments)
    }

    /// The address of a change that can be made in somebody's name.
    fn url_in_name(&self, endpoint: &'static Endpoint, below: &[&str]) -> Result<Url, Error> {
        let mut url = self.url(endpoint, below)?;
        if let Some(user) = self.performer {
            url.query_pairs_mut().append_pair("perform_as", user);
        }
        Ok(url)
    }
}
