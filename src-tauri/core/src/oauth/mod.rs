//! OAuth 2.0 towards Lever: the sign-in through the system browser, the tokens it gives, and the API they open.

mod access;
mod client_secret;
mod departing;
mod exchange;
mod grant;
pub mod loopback;
mod revoke;
mod ways;

pub use self::access::Access;
pub use self::client_secret::ClientSecretError;
pub use self::departing::Departing;
pub use self::exchange::{Client, Exchange, ExchangeError, Granted, Started};
pub use self::grant::{Grants, OFFLINE_ACCESS};
pub use self::revoke::Revoked;
pub use self::ways::Ways;
