//! What can be claimed: a verified delivery, and nothing else.

use core::fmt::Debug;

use hookseal::{Delivery, OwnedDelivery, Retry};

use crate::store::{Digest, Key};

/// A delivery that was verified: [`Delivery`] or [`OwnedDelivery`], and no other type ever. What is
/// no delivery does not compile:
///
/// ```compile_fail,E0277
/// # async fn example(claims: hookseal_service::MemoryClaims) {
/// let body = b"{\"id\":\"evt_1\"}"; // anybody can have sent these bytes
/// let claim = claims.claim(body).await;
/// # }
/// ```
///
/// and a delivery does:
///
/// ```
/// # async fn example(claims: hookseal_service::MemoryClaims, delivery: hookseal::OwnedDelivery) {
/// let claim = claims.claim(&delivery).await;
/// # }
/// ```
pub trait Claimable: sealed::Sealed + Debug + Send + Sync {}

impl Claimable for Delivery<'_> {}
impl Claimable for OwnedDelivery {}

pub(crate) mod sealed {
    use super::{Digest, Key};

    /// What a store is told of a delivery.
    pub trait Sealed {
        fn key(&self, scope: &[u8]) -> Key;
        /// Where it is known what a retry looks like: another body is no retry.
        fn digest(&self) -> Option<Digest>;
        fn scheme(&self) -> &str;
        /// Whether neither an event id nor a time is signed.
        fn binds_nothing(&self) -> bool;
    }
}

macro_rules! claimable {
    ($($delivery:ty)+) => {$(
        impl sealed::Sealed for $delivery {
            fn key(&self, scope: &[u8]) -> Key {
                self.replay_key(scope)
            }

            fn digest(&self) -> Option<Digest> {
                (self.retry() != Retry::Unknown).then(|| self.body_digest())
            }

            fn scheme(&self) -> &str {
                self.scheme()
            }

            fn binds_nothing(&self) -> bool {
                let bound = self.bound();
                !bound.event_id && !bound.timestamp
            }
        }
    )+};
}

claimable! { Delivery<'_> OwnedDelivery }
