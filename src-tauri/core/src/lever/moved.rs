//! The host to which Lever moved an account for good.

use std::sync::{Mutex, MutexGuard, PoisonError};

use reqwest::Url;

/// Remembers one host while the program runs: permanent redirects are the same for every call of an account
/// (LEVER.md 1.1), and each costs a call of the rate limit.
#[derive(Default)]
pub(super) struct Moved(Mutex<Option<String>>);

impl Moved {
    /// The same address on the host that is remembered; none if there is no other.
    pub(super) fn there(&self, url: &Url) -> Option<Url> {
        let mut there = url.clone();
        there.set_host(Some(self.host().as_deref()?)).ok()?;
        (there != *url).then_some(there)
    }

    /// Remembers the host of `url`.
    pub(super) fn note(&self, url: &Url) {
        *self.host() = url.host_str().map(str::to_owned);
    }

    pub(super) fn forget(&self) {
        *self.host() = None;
    }

    fn host(&self) -> MutexGuard<'_, Option<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
