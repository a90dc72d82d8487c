//! The address of one webhook.

use crate::address::{AddressId, Kind};

/// The kind of an address that takes webhooks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Webhook {}

impl Kind for Webhook {
    const SEGMENT: &'static str = "e";
    const NAME: &'static str = "EndpointId";
}

/// The id of an endpoint. Knowing it is the right to post to the endpoint.
pub type EndpointId = AddressId<Webhook>;
