//! A tower layer: what is behind it sees genuine deliveries only, each of them once.

use core::fmt;
use core::future::Future;
use core::net::IpAddr;
use core::ops::Deref;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::sync::Arc;

use bytes::Bytes;
use hookseal::OwnedDelivery;
use http::header::CONTENT_LENGTH;
use http::request::Parts;
use http::{Request, Response, StatusCode};
use http_body::Body;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use tower_layer::Layer;
use tower_service::Service;

use crate::claim::Run;
use crate::receiver::{Answer, Head, Receiver};
use crate::store::StoreError;

impl Receiver {
    /// The receiver as a layer: the service behind it gets deliveries with a [`Verified`] among the
    /// request's extensions, and their raw body. With claims, a delivery counts as handled when
    /// that service answers 2xx or 3xx; on any other answer, when it panics, or when the connection
    /// is closed before it has answered, the next retry runs it.
    #[must_use]
    pub fn layer(&self) -> ReceiverLayer {
        ReceiverLayer(self.clone())
    }
}

/// Made by [`Receiver::layer`].
#[derive(Clone, Debug)]
pub struct ReceiverLayer(Receiver);

impl<S> Layer<S> for ReceiverLayer {
    type Service = ReceiverService<S>;

    fn layer(&self, inner: S) -> ReceiverService<S> {
        ReceiverService { receiver: self.0.clone(), inner }
    }
}

/// A service behind a [`ReceiverLayer`].
#[derive(Clone, Debug)]
pub struct ReceiverService<S> {
    receiver: Receiver,
    inner: S,
}

/// The address at the other end of the connection, among a request's extensions: for a server that
/// is not axum's. With axum, `into_make_service_with_connect_info::<SocketAddr>` tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer(pub IpAddr);

/// The delivery that a request turned out to be: among its extensions, and an extractor of axum. It
/// derefs to [`OwnedDelivery`].
#[derive(Clone)]
pub struct Verified {
    delivery: Arc<OwnedDelivery>,
    run: Option<Arc<Run>>,
}

impl Verified {
    /// The number of this run, with claims: see [`Run::fence`].
    #[must_use]
    pub fn fence(&self) -> Option<i64> {
        self.run.as_ref().map(|run| run.fence())
    }

    /// The handler takes longer: see [`Run::extend`]. Without claims there is no lease, and it is
    /// `true`.
    ///
    /// # Errors
    /// The store cannot be asked.
    pub async fn extend(&self) -> Result<bool, StoreError> {
        match &self.run {
            Some(run) => run.extend().await,
            None => Ok(true),
        }
    }
}

impl Deref for Verified {
    type Target = OwnedDelivery;

    fn deref(&self) -> &OwnedDelivery {
        &self.delivery
    }
}

impl fmt::Debug for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Verified").field(&self.delivery).finish()
    }
}

/// The body that is handed on is the delivery's own.
struct OwnBody(Arc<OwnedDelivery>);

impl AsRef<[u8]> for OwnBody {
    fn as_ref(&self) -> &[u8] {
        self.0.body().danger_unsigned()
    }
}

impl<S, B, R> Service<Request<B>> for ReceiverService<S>
where
    S: Service<Request<B>, Response = Response<R>> + Clone + Send + 'static,
    S::Future: Send,
    S::Error: Send,
    B: Body + From<Bytes> + Send + 'static,
    B::Data: Send,
    B::Error: Into<Box<dyn core::error::Error + Send + Sync>>,
    R: From<Bytes> + Send,
{
    type Response = Response<R>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Response<R>, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        // The one that was found ready is the one that is called.
        let fresh = self.inner.clone();
        let inner = core::mem::replace(&mut self.inner, fresh);
        let receiver = self.receiver.clone();
        Box::pin(async move { receiver.serve(inner, request).await })
    }
}

impl Receiver {
    async fn serve<S, B, R>(
        &self,
        mut inner: S,
        request: Request<B>,
    ) -> Result<Response<R>, S::Error>
    where
        S: Service<Request<B>, Response = Response<R>>,
        B: Body + From<Bytes>,
        B::Error: Into<Box<dyn core::error::Error + Send + Sync>>,
        R: From<Bytes>,
    {
        let (mut parts, body) = request.into_parts();
        let delivery = match self.genuine(&parts, body).await {
            Ok(delivery) => Arc::new(delivery),
            Err(answer) => return Ok(answer),
        };
        let guard = match self.begin(&delivery).await {
            Ok(guard) => guard,
            Err(answer) => return Ok(answer.into_http()),
        };
        let run = guard.as_ref().and_then(crate::guard::Guard::run);
        parts.extensions.insert(Verified { delivery: Arc::clone(&delivery), run });
        let body = Bytes::from_owner(OwnBody(Arc::clone(&delivery)));
        let answer = inner.call(Request::from_parts(parts, B::from(body))).await;
        let is_handled =
            |it: &Response<R>| it.status().is_success() || it.status().is_redirection();
        self.end(guard, &delivery, answer.as_ref().is_ok_and(is_handled)).await;
        answer
    }

    async fn genuine<B, R>(&self, parts: &Parts, body: B) -> Result<OwnedDelivery, Response<R>>
    where
        B: Body,
        B::Error: Into<Box<dyn core::error::Error + Send + Sync>>,
        R: From<Bytes>,
    {
        let target = parts.uri.to_string();
        let head = Head {
            method: parts.method.as_str(),
            target: &target,
            headers: (&parts.headers).into(),
            peer: peer(parts),
        };
        let declared = parts.headers.get(CONTENT_LENGTH).and_then(|it| it.to_str().ok());
        let declared = declared.and_then(|it| it.trim().parse().ok());
        self.admit(&head, declared).map_err(Answer::into_http)?;
        let body = match Limited::new(body, self.body_limit()).collect().await {
            Ok(body) => body.to_bytes(),
            Err(error) if error.is::<LengthLimitError>() => {
                return Err(self.too_large().into_http());
            }
            // The sender did not come to its end, and reads no answer.
            Err(_) => return Err(unread()),
        };
        self.receive(&head, &body).map_err(Answer::into_http)
    }
}

fn unread<R: From<Bytes>>() -> Response<R> {
    let mut answer = Response::new(R::from(Bytes::new()));
    *answer.status_mut() = StatusCode::BAD_REQUEST;
    answer
}

fn peer(parts: &Parts) -> Option<IpAddr> {
    #[cfg(feature = "axum")]
    if let Some(peer) = crate::axum::peer(parts) {
        return Some(peer);
    }
    parts.extensions.get().map(|Peer(address)| *address)
}
