//! The wire protocol between a desktop and the relay: JSON text frames on one WebSocket, one enum per
//! direction. The relay speaks first, with a challenge.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use url::Url;

use crate::base64_bytes;
use crate::endpoint::EndpointId;
use crate::identity::{DeviceKey, Nonce, Signature};
use crate::page::{NonceDigest, PageId};
use crate::seal::SealingPublicKey;

/// The version that a desktop names when it signs in.
pub const VERSION: u32 = 1;
/// The path of the WebSocket, below the address of the relay.
pub const DESKTOP_PATH: &str = "desktop";
/// The largest frame, in bytes, that the relay takes from a desktop.
pub const DESKTOP_FRAME_LIMIT: usize = 256 * 1024;
/// The largest frame, in bytes, that a desktop takes from the relay: one event of 1 MB with its
/// headers, in base64, fits twice.
pub const RELAY_FRAME_LIMIT: usize = 4 * 1024 * 1024;
/// How often the relay pings a desktop.
pub const PING_EVERY: Duration = Duration::from_secs(20);
/// Silence after which either side takes the other for dead: two pings that nobody answered.
pub const SILENCE_LIMIT: Duration = Duration::from_secs(60);

/// What a desktop sends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FromDesktop {
    /// Answers the challenge; nothing else is heard before it.
    SignIn {
        /// The protocol version of the desktop.
        version: u32,
        /// The public key of the installation: from here on, who the desktop is.
        key: DeviceKey,
        /// The signature over the challenge, see [`crate::identity`].
        signature: Signature,
        /// What keeps copies of the installation apart; absent from a desktop that is too old to say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fence: Option<Fence>,
    },
    /// Claims an endpoint. Doing it again with the same keys changes nothing.
    Register {
        /// The id that the desktop chose.
        endpoint: EndpointId,
        /// The public key that its events are sealed to.
        sealing_key: SealingPublicKey,
    },
    /// Gives an endpoint up for ever: its address answers 410 from then on.
    Retire {
        /// An endpoint of this desktop.
        endpoint: EndpointId,
    },
    /// Shows a page, or another one in its place, until it expires or is removed.
    Publish {
        /// The id that the desktop chose; it stays this desktop's for ever.
        page: PageId,
        /// What [`crate::page::PageKey::encrypt`] made.
        #[serde(with = "base64_bytes")]
        ciphertext: Vec<u8>,
        /// When it is gone, in Unix milliseconds.
        expires_at_ms: i64,
        /// Where its answer goes; absent for a page without a form.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        form: Option<AnswerTo>,
    },
    /// Removes a page at once.
    Unpublish {
        /// A page of this desktop.
        page: PageId,
    },
    /// All events up to and including `through` are on the desktop's disk and may be deleted here.
    Ack {
        /// The highest sequence number stored. It counts only as far as this connection delivered.
        through: i64,
    },
}

/// Tells a copy of an installation that was overtaken from the one that is in use (RELIABILITY.md T16).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fence {
    /// The highest number that this copy has on its disk. It is there before it is acknowledged, so a
    /// relay that knows a higher acknowledgement heard it from another copy.
    pub stored: i64,
    /// Whether the user chose this copy, whatever others have received.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub take_over: bool,
}

impl Fence {
    /// Whether another copy acknowledged what this one has not, and the user did not choose this one.
    #[cfg(feature = "server")]
    pub(crate) fn is_behind(&self, acknowledged: i64) -> bool {
        self.stored < acknowledged && !self.take_over
    }
}

/// Which store a relay has: numbers of one store say nothing about those of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct StoreId(#[serde(with = "base64_bytes")] pub [u8; 16]);

/// How far a desktop's events went, as its relay knows when a session begins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// The highest number that was ever acknowledged; 0 for none.
    pub acknowledged: i64,
    /// The number of the newest event that was ever stored; 0 for none.
    pub newest: i64,
}

/// Where the answer of a page goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerTo {
    /// An endpoint of the same desktop: the answer arrives as an event of it, whose path is that of
    /// the page and whose body is a [`crate::page::PostedAnswer`].
    pub endpoint: EndpointId,
    /// Which nonce the answer has to name; it is taken once.
    pub nonce: NonceDigest,
}

/// What the relay sends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FromRelay {
    /// The first frame: what the desktop has to sign.
    Challenge {
        /// Random, for this connection only.
        nonce: Nonce,
        /// What [`Fence::stored`] is about; absent where the relay does not keep copies apart.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        store: Option<StoreId>,
    },
    /// The desktop is signed in.
    Welcome {
        /// The address that endpoint addresses are made from.
        public_url_base: Url,
        /// Events stored for this desktop at this moment.
        waiting: u64,
        /// Days after which an event that nobody fetched is deleted; absent where it is kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retention_days: Option<u32>,
        /// How far the desktop's events went; absent where the relay does not keep copies apart.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        position: Option<Position>,
    },
    /// An acknowledgement counted: no other copy of the installation is ever given these events. Only
    /// a desktop that sent a [`Fence`] hears it.
    Acknowledged {
        /// The highest number that is deleted here.
        through: i64,
    },
    /// The endpoint is on the relay's disk and its address is live.
    Registered {
        /// The endpoint that was asked for.
        endpoint: EndpointId,
        /// Its public address.
        url: Url,
    },
    /// The endpoint is gone, on disk.
    Retired {
        /// The endpoint that was asked for.
        endpoint: EndpointId,
    },
    /// The page is on the relay's disk and its address is live.
    Published {
        /// The page that was sent.
        page: PageId,
        /// Its public address, without the key.
        url: Url,
    },
    /// The page is gone, on disk.
    Unpublished {
        /// The page that was asked for.
        page: PageId,
    },
    /// A page was neither shown nor removed.
    PageRefused {
        /// The page that was asked for.
        page: PageId,
        /// Why.
        reason: Refusal,
    },
    /// Events in the order of their arrival. What is not acknowledged comes again after a reconnect.
    Events {
        /// At least one event.
        events: Vec<Event>,
    },
    /// Events that nobody fetched were deleted at the end of their retention time. It comes before any
    /// later event, and again in each session until an acknowledgement reaches `through`. A desktop
    /// that has stored everything up to `through` lost nothing by it.
    Expired {
        /// The highest number deleted; it may be acknowledged like an event.
        through: i64,
        /// How many were deleted.
        events: u64,
    },
    /// A request was not carried out. Without an `endpoint` the relay closes the connection.
    Refused {
        /// Why.
        reason: Refusal,
        /// The endpoint that the refused request was about.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        endpoint: Option<EndpointId>,
    },
    /// A frame of a newer relay that this version does not know and passes over.
    #[serde(other)]
    Unknown,
}

/// One stored event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its number on the relay: grows with arrival, with gaps, never used twice.
    pub seq: i64,
    /// The number of this desktop's event before it, noted when the event was stored; 0 for the first.
    /// A desktop that has not got that one, and was not told that it expired, missed it. Absent where
    /// the relay is too old to say, or was when it stored the event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prev: Option<i64>,
    /// The endpoint it was posted to.
    pub endpoint: EndpointId,
    /// When the relay had read it, in Unix milliseconds; bound into the seal.
    pub received_at_ms: i64,
    /// The sealed delivery, for [`crate::SealingKey::open`].
    #[serde(with = "base64_bytes")]
    pub sealed: Vec<u8>,
}

/// Why the relay refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[rustfmt::skip]
pub enum Refusal {
    /// The desktop speaks another protocol version.
    #[error("the relay speaks another protocol version")] Version,
    /// The signature is not that of the key over this challenge for this relay.
    #[error("the relay did not accept the signature of this installation")] Signature,
    /// A frame that this version of the relay cannot read, or one that came out of turn.
    #[error("the relay could not read a message")] Malformed,
    /// The endpoint belongs to another installation or has another sealing key.
    #[error("the endpoint belongs to another key")] EndpointTaken,
    /// The endpoint was given up and cannot come back.
    #[error("the endpoint was retired")] EndpointRetired,
    /// No endpoint of this installation has that id.
    #[error("the relay does not know the endpoint")] EndpointUnknown,
    /// The installation, or the relay as a whole, has as many endpoints as it may have.
    #[error("the relay takes no more endpoints")] EndpointLimit,
    /// The sealing key is not a usable X25519 key.
    #[error("the sealing key cannot be used")] SealingKey,
    /// The page belongs to another installation.
    #[error("the page belongs to another key")] PageTaken,
    /// No page of this installation has that id.
    #[error("the relay does not know the page")] PageUnknown,
    /// The installation, or the relay as a whole, has as many pages as it may have.
    #[error("the relay takes no more pages")] PageLimit,
    /// The page is larger than the relay takes.
    #[error("the page is too large for the relay")] PageSize,
    /// The page would have expired by now, or would stay longer than the relay keeps one.
    #[error("the page's time is not one that the relay allows")] PageExpiry,
    /// The same installation connected again; this connection is the older one.
    #[error("this installation connected a second time")] Replaced,
    /// Another copy of the installation has received events that this one has not.
    #[error("another copy of this installation has received events since")] Superseded,
    /// The relay cannot write to its disk at the moment.
    #[error("the relay cannot store anything at the moment")] Unavailable,
    /// A reason that this version does not know.
    #[serde(other)] #[error("the relay refused for a reason unknown to this version")] Unknown,
}
