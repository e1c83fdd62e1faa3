//! One endpoint: whose deliveries it takes, under which secret, from where, and whether once.

mod answer;
mod builder;
mod error;
mod outcome;
mod settle;

use core::fmt;
use std::sync::Arc;

use hookseal::handshake::Handshaker;
use hookseal::receive::{AllowList, Network, PublicUrl};
use hookseal::{Error, Headers, OwnedDelivery, ReceiverOutcome, Request, UnixTime, Verifier};
use zeroize::Zeroizing;

pub use answer::Answer;
pub use builder::{ReceiverBuilder, Row};
pub use error::StartError;
pub use outcome::{Outcome, Report};

use crate::claims::Claims;
#[cfg(feature = "sqlx")]
use crate::inbox::Inbox;
use outcome::Reporter;

/// One endpoint. It verifies, answers handshakes and refusals, and with claims has each delivery
/// handled once. Cheap to clone.
///
/// For tower and axum it makes a [layer](Self::layer); for any other server it takes a [`Head`] and
/// the raw body:
///
/// ```
/// use hookseal_service::{Head, MemoryClaims, Receiver};
/// # #[derive(Debug)] struct Trouble;
/// # async fn pay(delivery: &hookseal::OwnedDelivery) -> Result<(), Trouble> { Ok(()) }
///
/// let claims = MemoryClaims::new(100_000);
/// let secret = "It's a Secret to Everybody"; // better: .secret_env("GITHUB_SECRET")
/// let receiver = Receiver::builder("github").secret(secret).claims(&claims).build()?;
///
/// # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
/// let headers = [(
///     "X-Hub-Signature-256",
///     "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
/// )];
/// let head = Head { method: "POST", target: "/github", headers: (&headers).into(), peer: None };
/// let answer = match receiver.receive(&head, b"Hello, World!") {
///     Ok(delivery) => receiver.handle(&delivery, pay(&delivery)).await,
///     Err(answer) => answer,
/// };
/// assert_eq!(answer.status(), 200);
/// # });
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Metrics
/// The counter `hookseal_deliveries_total`, by `scheme` and `outcome`: `handled`, `stored` (in the
/// inbox), `handshake`, or the [code](Outcome::code) of what became of it. The worker of an inbox
/// counts `hookseal_inbox_tries_total`, by `scheme` and `outcome`: `handled`, `retried`, `failed`,
/// `lease_lost`.
#[derive(Clone)]
pub struct Receiver(Arc<Parts>);

struct Parts {
    verifier: Verifier<'static>,
    body_limit: usize,
    url: Option<String>,
    expected: Zeroizing<String>,
    networks: Option<Vec<Network>>,
    trusted_proxies: usize,
    mode: Mode,
    reporter: Reporter,
    clock: fn() -> UnixTime,
}

/// What is done with a delivery that was verified.
enum Mode {
    /// It is handled.
    Verify,
    /// It is handled once.
    Claims(Claims),
    /// It is stored.
    #[cfg(feature = "sqlx")]
    Inbox(Inbox),
}

impl Mode {
    /// For how many seconds it is known what was handled.
    fn kept_for(&self) -> u64 {
        match self {
            Self::Verify => u64::MAX,
            Self::Claims(claims) => claims.kept_for().into(),
            #[cfg(feature = "sqlx")]
            Self::Inbox(inbox) => inbox.kept_for().into(),
        }
    }
}

/// A request without its body.
#[derive(Clone, Copy, Debug)]
pub struct Head<'r> {
    /// The HTTP method, upper case.
    pub method: &'r str,
    /// Path and query, as they came over the wire.
    pub target: &'r str,
    /// The headers, repeats kept.
    pub headers: Headers<'r>,
    /// The address at the other end of the connection.
    pub peer: Option<core::net::IpAddr>,
}

impl Receiver {
    /// A receiver for the deliveries of a row: `&hookseal::providers::STRIPE`, one of your own, or
    /// the name of one, `"stripe"`.
    pub fn builder(row: impl Into<Row>) -> ReceiverBuilder {
        ReceiverBuilder::new(row.into())
    }

    /// The largest body that is to be read, in bytes.
    #[must_use]
    pub fn body_limit(&self) -> usize {
        self.0.body_limit
    }

    /// Whether the scheme signs neither an event id nor a time. Then two events of the same content
    /// count as one, and an old delivery can be sent again once it is forgotten.
    #[must_use]
    pub fn binds_nothing(&self) -> bool {
        let bound = self.0.verifier.scheme().bound();
        !bound.event_id && !bound.timestamp
    }

    /// Judges one request: a delivery to handle, or the answer to send, which is a refusal or
    /// belongs to a handshake.
    ///
    /// # Errors
    /// The answer to send.
    pub fn receive(&self, head: &Head<'_>, body: &[u8]) -> Result<OwnedDelivery, Answer> {
        self.admit(head, None)?;
        let url = self.url(head.target);
        let request = Request::new(head.headers, body).method(head.method).url(&url);
        let now = (self.0.clock)();
        let handshaker = Handshaker::new(&self.0.verifier).expecting(&self.0.expected);
        match handshaker.answer(&request, now) {
            Ok(None) => {}
            Ok(Some(answer)) => {
                self.0.reporter.count("handshake");
                return Err(Answer::from(&answer));
            }
            Err(error) => return Err(self.refuse(error)),
        }
        let delivery = self.0.verifier.verify(&request, now).map_err(|it| self.refuse(it))?;
        Ok(delivery.into_owned())
    }

    /// What can be said before the body is read: whether the sender may send, and so much. Without
    /// a declared length only the first is asked.
    ///
    /// # Errors
    /// The refusal to send.
    pub fn admit(&self, head: &Head<'_>, declared: Option<u64>) -> Result<(), Answer> {
        if !self.is_allowed(head) {
            self.0.reporter.tell(ReceiverOutcome::AddressNotAllowed, None);
            return Err(Answer::refusal(ReceiverOutcome::AddressNotAllowed.status()));
        }
        let limit = u64::try_from(self.body_limit()).unwrap_or(u64::MAX);
        match declared {
            Some(declared) if declared > limit => Err(self.too_large()),
            _ => Ok(()),
        }
    }

    /// The refusal of a body that turned out to be larger than is read.
    #[must_use]
    pub fn too_large(&self) -> Answer {
        self.refuse(Error::BodyTooLarge)
    }

    /// The same answer whatever the reason was.
    fn refuse(&self, error: Error) -> Answer {
        self.0.reporter.tell(error, None);
        Answer::refusal(error.status())
    }

    fn is_allowed(&self, head: &Head<'_>) -> bool {
        let peer = head.peer.map(|peer| peer.to_string());
        self.0.networks.as_ref().is_none_or(|networks| {
            let list = AllowList::new(networks, self.0.trusted_proxies);
            list.is_ok_and(|list| list.is_allowed(peer.as_deref(), head.headers))
        })
    }

    fn url(&self, target: &str) -> String {
        // It was read when the receiver was made.
        let public = PublicUrl::new(self.0.url.as_deref(), self.0.verifier.scheme());
        public.map(|it| it.of(target).to_string()).unwrap_or_default()
    }
}

/// Nothing of the secrets.
impl fmt::Debug for Receiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver").field("verifier", &self.0.verifier).finish_non_exhaustive()
    }
}
