//! Feature `alloc`: a delivery that outlives its request.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::bound::Bound;
use crate::delivery::{Body, Delivery, Kind, replay_key};
use crate::digest::sha256;
use crate::facts::Retry;
use crate::time::UnixTime;

/// A verified delivery that owns its bytes: for a queue, for another thread. Only
/// [`Delivery::into_owned`] makes one.
#[derive(Clone)]
pub struct OwnedDelivery {
    scheme: String,
    bound: Bound,
    body: Vec<u8>,
    sent_at: Option<UnixTime>,
    secret_index: usize,
    event_id: Option<String>,
    event_type: Option<String>,
    identity: (Kind, [u8; 32]),
    retry: Retry,
}

impl Delivery<'_> {
    /// Copies what the delivery borrows from its request.
    #[must_use]
    pub fn into_owned(self) -> OwnedDelivery {
        OwnedDelivery {
            scheme: self.scheme().into(),
            bound: self.bound(),
            body: self.body().danger_unsigned().into(),
            sent_at: self.sent_at(),
            secret_index: self.secret_index(),
            event_id: self.event_id().map(|id| id.to_text()),
            event_type: self.event_type().map(|kind| kind.to_text()),
            identity: self.identity(),
            retry: self.retry(),
        }
    }
}

impl OwnedDelivery {
    /// As [`Delivery::scheme`].
    #[must_use]
    pub fn scheme(&self) -> &str {
        &self.scheme
    }

    /// As [`Delivery::body`].
    #[must_use]
    pub fn body(&self) -> Body<'_> {
        Body::of(&self.body, self.bound)
    }

    /// As [`Delivery::sent_at`].
    #[must_use]
    pub const fn sent_at(&self) -> Option<UnixTime> {
        self.sent_at
    }

    /// As [`Delivery::secret_index`].
    #[must_use]
    pub const fn secret_index(&self) -> usize {
        self.secret_index
    }

    /// As [`Delivery::bound`].
    #[must_use]
    pub const fn bound(&self) -> Bound {
        self.bound
    }

    /// As [`Delivery::event_id`], decoded.
    #[must_use]
    pub fn event_id(&self) -> Option<&str> {
        self.event_id.as_deref()
    }

    /// As [`Delivery::event_type`], decoded.
    #[must_use]
    pub fn event_type(&self) -> Option<&str> {
        self.event_type.as_deref()
    }

    /// As [`Delivery::replay_key`]: the same key.
    #[must_use]
    pub fn replay_key(&self, scope: &[u8]) -> [u8; 32] {
        replay_key(&self.scheme, scope, self.identity)
    }

    /// As [`Delivery::body_digest`].
    #[must_use]
    pub fn body_digest(&self) -> [u8; 32] {
        sha256(&self.body)
    }

    /// As [`Delivery::retry`].
    #[must_use]
    pub const fn retry(&self) -> Retry {
        self.retry
    }
}

/// Of the request the time alone.
impl fmt::Debug for OwnedDelivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OwnedDelivery")
            .field("scheme", &self.scheme)
            .field("body", &self.body())
            .field("sent_at", &self.sent_at)
            .field("secret_index", &self.secret_index)
            .finish_non_exhaustive()
    }
}
