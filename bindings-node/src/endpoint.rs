//! An endpoint: who may send to it, and under which URL.

use hookseal_bindings::{self as core, javascript::pairs};
use napi_derive::napi;

use crate::outcome::{Result, failed};
use crate::row::Row;

/// What a receiver asks beside its verifier.
#[napi]
pub struct Endpoint(core::Endpoint);

#[napi]
impl Endpoint {
    #[napi(constructor, catch_unwind)]
    pub fn new(
        row: &Row,
        url: Option<String>,
        allow_from: Option<Vec<String>>,
        trusted_proxies: u32,
    ) -> Result<Self> {
        let (url, allowed) = (url.as_deref(), allow_from.as_deref());
        core::Endpoint::new(&row.0, url, allowed, trusted_proxies).map(Endpoint).map_err(failed)
    }

    /// Whether the sender of a request is on the list, or there is none.
    #[napi(catch_unwind)]
    pub fn is_allowed(&self, peer: Option<String>, headers: &[u8]) -> bool {
        pairs(headers, &[], |headers| self.0.is_allowed(peer.as_deref(), headers))
    }

    /// The URL of a request whose target this is.
    #[napi(catch_unwind)]
    pub fn url(&self, target: String) -> String {
        self.0.url(&target)
    }
}
