//! The steps of a customer's pipeline.

use serde::Deserialize;

use super::null_is_default;

/// A stage (LEVER.md 3.6).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Stage {
    /// A UUID, or a slug such as `offer` for a built-in one.
    pub id: String,
    /// Its name; the customer may change it.
    #[serde(default, deserialize_with = "null_is_default")]
    pub text: String,
}

impl Stage {
    /// Whether this is the Offer stage that every account has: by its slug, or by name where the account gave
    /// it a UUID.
    pub fn is_offer(&self) -> bool {
        self.id == "offer" || self.text.trim().eq_ignore_ascii_case("offer")
    }
}
