//! OAuth 2.0 towards Lever: the sign-in through the system browser, the tokens it gives, and the API they open.

mod access;
mod exchange;
mod grant;
pub mod loopback;

pub use self::access::Access;
pub use self::exchange::{Client, Exchange, ExchangeError, Granted, Started};
pub use self::grant::Grants;
