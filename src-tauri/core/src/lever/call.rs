//! One call before it is sent.

use reqwest::{Method, Url};
use serde_json::Value as Json;

use super::endpoint::{EXPANDED, Endpoint};

/// What is asked of Lever.
#[derive(Clone, Copy)]
pub(super) struct Call<'a> {
    /// What it reads or changes.
    pub(super) endpoint: &'static Endpoint,
    /// `GET` for a read.
    pub(super) method: &'a Method,
    /// The whole address, query included.
    pub(super) url: &'a Url,
    /// Sent along as JSON.
    pub(super) body: Option<&'a Json>,
}

impl<'a> Call<'a> {
    /// A read.
    pub(super) fn read(endpoint: &'static Endpoint, url: &'a Url) -> Self {
        Self {
            endpoint,
            method: &Method::GET,
            url,
            body: None,
        }
    }

    /// The scopes that it takes: that of the resource, and those of the parts that it asks for in full.
    pub(super) fn scopes(&self) -> Vec<&'static str> {
        let mut scopes = vec![self.endpoint.scope];
        for (name, part) in self.url.query_pairs() {
            let known = EXPANDED.iter().find(|(known, _)| *known == part);
            scopes.extend(
                known
                    .filter(|_| name == "expand")
                    .map(|(_, part)| part.scope),
            );
        }
        scopes
    }

    /// Whether Lever may get it twice: Lever has no idempotency keys, so only what changes nothing.
    pub(super) fn is_repeatable(&self) -> bool {
        self.method.is_safe()
    }
}
