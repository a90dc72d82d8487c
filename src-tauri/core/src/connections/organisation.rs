//! A login of another organisation is not taken over silently: it is kept aside until somebody confirms it in words.
//! Aside means in memory only, so that nothing that nobody confirmed is on disk.

use std::sync::{MutexGuard, PoisonError};

use super::model::{OtherOrganisation, Party};
use super::{Account, Connections};
use crate::config::Environment;
use crate::feed::Tag;
use crate::lever;
use crate::oauth::Exchange;
use crate::store::activity::{Actor, Entry, Kind, Outcome};
use crate::store::connections::ConnectionRow;
use crate::store::names::named;
use crate::store::{StoreError, listeners, mappings};

/// A login that was just made and tried, on its way to being kept.
pub(super) struct NewLogin {
    /// As it would be saved.
    pub(super) row: ConnectionRow,
    /// Whose it is, as far as Lever told.
    pub(super) account: Account,
    /// The API with this login.
    pub(super) lever: lever::Client,
    /// For the log, once it is kept.
    pub(super) sentence: String,
    /// Where it can be given back; none for an API key.
    pub(super) exchange: Option<Exchange>,
}

/// A login that waits to be confirmed.
pub(super) struct Aside {
    new: NewLogin,
    view: OtherOrganisation,
}

/// Why nothing can be confirmed.
#[derive(Debug, thiserror::Error)]
pub enum ConfirmError {
    /// No login waits.
    #[error("No sign-in waits to be confirmed any more. Sign in again.")]
    Nothing,
    /// The database cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Whether two logins are of one organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Compared {
    Same,
    Different,
    /// Lever does not name one of them.
    Unknown,
}

impl Connections {
    /// Keeps a login, or sets it aside if it may be of another organisation than the connection is.
    pub(super) async fn take(&self, new: NewLogin) -> Result<(), StoreError> {
        self.aside().take();
        let Some(view) = self.other_organisation(&new).await? else {
            return self.keep(new.row, new.sentence, true).await;
        };
        let now = self.clock.now().as_millisecond();
        let sentence = view.sentence.clone();
        self.store
            .write(move |db| {
                Entry::new(Kind::Connection, Outcome::Waiting, sentence)
                    .by(Actor::Lever)
                    .write(db, now)
            })
            .await?;
        *self.aside() = Some(Aside { new, view });
        self.feed.changed(&[Tag::Connection, Tag::Activity]);
        Ok(())
    }

    /// The login that waits to be confirmed, or none.
    pub fn unconfirmed(&self) -> Option<OtherOrganisation> {
        self.aside().as_ref().map(|aside| aside.view.clone())
    }

    /// Takes the login that waits over, or throws it away and leaves everything as it was. After another
    /// organisation was accepted no listener runs until it is switched on again.
    ///
    /// # Errors
    /// [`ConfirmError`]; the connection stays as it was.
    pub async fn confirm_organisation(&self, accept: bool) -> Result<(), ConfirmError> {
        let Aside { new, view } = self.aside().take().ok_or(ConfirmError::Nothing)?;
        if accept {
            let mut sentence = new.sentence;
            sentence.push_str(" You confirmed the other organisation.");
            if view.listeners > 0 {
                sentence.push_str(" Its listeners start switched off.");
            }
            return Ok(self.keep(new.row, sentence, false).await?);
        }
        self.throw_away(&new, view.certain).await;
        let now = self.clock.now().as_millisecond();
        self.store
            .write(move |db| {
                let sentence = "You kept the organisation that was connected; the new sign-in was thrown away.";
                Entry::new(Kind::Connection, Outcome::Done, sentence)
                    .by(Actor::You)
                    .write(db, now)
            })
            .await
            .map_err(|problem: StoreError| problem)?;
        self.feed.changed(&[Tag::Connection, Tag::Activity]);
        Ok(())
    }

    /// Forgets a login that nobody confirmed.
    pub(super) fn forget_unconfirmed(&self) {
        self.aside().take();
    }

    /// Gives the grant back to Lever, where that is possible. A grant that may be of the connected organisation
    /// after all is only forgotten: ending it could end the connection (LEVER.md 1.9).
    async fn throw_away(&self, new: &NewLogin, certain: bool) {
        let refresh = new
            .row
            .login
            .tokens()
            .and_then(|tokens| tokens.refresh.as_ref());
        let (true, Some(exchange), Some(refresh)) = (certain, &new.exchange, refresh) else {
            return;
        };
        if let Err(problem) = exchange.revoke(refresh).await {
            tracing::info!(%problem, "a sign-in that was not wanted could not be given back");
        }
    }

    /// What is asked before a login is kept; none if it is of the connected organisation, or if nothing that
    /// was set up for an organisation is left.
    async fn other_organisation(
        &self,
        new: &NewLogin,
    ) -> Result<Option<OtherOrganisation>, StoreError> {
        let Some(old) = self.row().await? else {
            return Ok(None);
        };
        let was: Account = serde_json::from_str(&old.account)?;
        let certain = match self.compare(&old, &was, new).await {
            Compared::Same => return Ok(None),
            Compared::Different => true,
            Compared::Unknown => false,
        };
        let integration = self.integration;
        let (listeners, mapped) = self
            .store
            .read(move |db| {
                let listeners = listeners::of(db, integration)?.len();
                let mapped = mappings::newest(db, integration.mapping())?.is_some();
                Ok::<_, StoreError>((listeners, mapped))
            })
            .await?;
        if listeners == 0 && !mapped && !old.login.is_held() {
            return Ok(None);
        }
        let party = |row: &ConnectionRow, account: Account| -> Result<Party, StoreError> {
            let environment: Environment = named(&row.environment)?;
            Ok(Party {
                environment: environment.label().to_owned(),
                account,
            })
        };
        let sentence = if certain {
            "This sign-in is for another organisation in Lever than the connected one. It is not used until you confirm it."
        } else {
            "Lever does not tell whether this sign-in is for the connected organisation. It is not used until you confirm it."
        };
        Ok(Some(OtherOrganisation {
            sentence: sentence.to_owned(),
            current: party(&old, was)?,
            offered: party(&new.row, new.account.clone())?,
            certain,
            listeners: u32::try_from(listeners).unwrap_or(u32::MAX),
        }))
    }

    /// Where Lever does not name both, the new login may still know the user of the old one: ids of users are
    /// unique, so that settles it.
    async fn compare(&self, old: &ConnectionRow, was: &Account, new: &NewLogin) -> Compared {
        if old.environment != new.row.environment {
            return Compared::Different;
        }
        match (by_name(was, &new.account), &was.user_id) {
            (Compared::Unknown, Some(user)) => match new.lever.user(user).await {
                Ok(_) => Compared::Same,
                Err(lever::Error::NotFound { .. }) => Compared::Different,
                Err(_) => Compared::Unknown,
            },
            (compared, _) => compared,
        }
    }

    fn aside(&self) -> MutexGuard<'_, Option<Aside>> {
        self.aside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn by_name(was: &Account, is: &Account) -> Compared {
    match (&was.organisation, &is.organisation) {
        (Some(was), Some(is)) if was == is => Compared::Same,
        (Some(_), Some(_)) => Compared::Different,
        _ if was.user_id.is_some() && was.user_id == is.user_id => Compared::Same,
        _ => Compared::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(organisation: Option<&str>, user: Option<&str>) -> Account {
        Account {
            organisation: organisation.map(str::to_owned),
            user_id: user.map(str::to_owned),
            ..Account::default()
        }
    }

    #[test]
    fn organisations_are_compared_by_id_and_an_unknown_one_by_its_user() {
        for (was, is, expected) in [
            (
                (Some("a"), Some("u")),
                (Some("a"), Some("v")),
                Compared::Same,
            ),
            (
                (Some("a"), Some("u")),
                (Some("b"), Some("u")),
                Compared::Different,
            ),
            ((None, Some("u")), (Some("b"), Some("u")), Compared::Same),
            ((Some("a"), Some("u")), (None, Some("u")), Compared::Same),
            ((Some("a"), Some("u")), (None, Some("v")), Compared::Unknown),
            ((Some("a"), Some("u")), (None, None), Compared::Unknown),
            ((None, None), (None, None), Compared::Unknown),
        ] {
            let compared = by_name(&account(was.0, was.1), &account(is.0, is.1));
            assert_eq!(compared, expected, "{was:?} {is:?}");
        }
    }
}
