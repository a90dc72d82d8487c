//! The store-and-forward relay: it takes a webhook for a laptop that may be asleep, seals it to that
//! laptop's key, keeps it on disk and hands it over on one outbound WebSocket.
//!
//! The package owns the wire protocol, the sealing of events, the identity of an installation, the
//! relay itself (feature `server`) and the laptop's end of the connection (feature `client`). It must
//! never depend on `fulcrum-core`, hold a Lever token or a signature token, or be able to read an
//! event it stores (DESIGN.md 4, RELIABILITY.md T4).
//!
//! It also serves pages to people who have no Fulcrum, as ciphertext whose key never reaches it, and
//! takes their sealed answers ([`page`]).
//!
//! Start reading in [`protocol`], then [`seal`], then `server::ingest`, where an event comes in, and
//! `server::desktop`, where it goes out.

pub mod address;
#[cfg(any(feature = "client", feature = "server"))]
mod authorities;
mod base64_bytes;
#[cfg(feature = "client")]
pub mod client;
#[cfg(feature = "server")]
pub mod clock;
pub mod endpoint;
pub mod identity;
pub mod page;
pub mod protocol;
pub mod seal;
#[cfg(feature = "server")]
pub mod server;

pub use endpoint::EndpointId;
pub use identity::Identity;
pub use page::PageId;
pub use seal::{Delivery, Opener, SealingKey, SealingPublicKey};
