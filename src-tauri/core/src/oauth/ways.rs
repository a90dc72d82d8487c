//! The API of each integration: what was made through one connection is changed through that one alone.

use super::Access;
use crate::store::connections::Integration;

/// The API of each integration. Cheap to clone.
#[derive(Clone)]
pub struct Ways {
    onboarding: Access,
    offer_letters: Access,
}

impl Ways {
    /// Both of them.
    pub fn new(onboarding: Access, offer_letters: Access) -> Self {
        Self {
            onboarding,
            offer_letters,
        }
    }

    /// The one of an integration.
    pub fn of(&self, integration: Integration) -> &Access {
        match integration {
            Integration::Onboarding => &self.onboarding,
            Integration::OfferLetters => &self.offer_letters,
        }
    }
}
