//! What axum adds: the peer's address, and an extractor.

use core::net::{IpAddr, SocketAddr};

use ::axum::extract::{ConnectInfo, FromRequestParts};
use http::StatusCode;
use http::request::Parts;

use crate::layer::Verified;

/// What `into_make_service_with_connect_info::<SocketAddr>` tells.
pub(crate) fn peer(parts: &Parts) -> Option<IpAddr> {
    let info = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    info.map(|ConnectInfo(address)| address.ip())
}

/// The delivery of a handler behind a [`ReceiverLayer`](crate::ReceiverLayer). A handler that is not
/// behind one gets none, and answers 500: it never runs with what was not verified.
impl<S: Sync> FromRequestParts<S> for Verified {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, StatusCode> {
        let verified = parts.extensions.get().cloned();
        if verified.is_none() {
            tracing::error!("a handler takes a delivery, and is not behind a receiver's layer");
        }
        verified.ok_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}
