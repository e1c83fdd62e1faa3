//! Endpoint validations: what a provider asks of an endpoint beside its deliveries, and the
//! answers. Nothing is sent: an [`Answer`] is status, headers and body for your own server.
//!
//! ```
//! use hookseal::handshake::Handshaker;
//! use hookseal::{Request, UnixTime, Verifier, providers};
//!
//! let verifier = Verifier::new(&providers::DROPBOX, "an app secret of some length")?;
//! let request = Request::new(&[] as &[(&str, &str)], b"")
//!     .method("GET")
//!     .url("https://hooks.example.com/dropbox?challenge=Vw8Xz");
//!
//! let now = UnixTime::from_secs(1_700_000_000);
//! match Handshaker::new(&verifier).answer(&request, now)? {
//!     Some(answer) => {
//!         assert_eq!((answer.status(), answer.body().to_string()), (200, "Vw8Xz".to_owned()));
//!     }
//!     None => { /* a delivery: go on with verifier.verify */ }
//! }
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! # Four kinds
//! - **A challenge** is answered by [`Handshaker::answer`], never changes a key, and is no
//!   delivery.
//! - **The key itself** comes with some: [`enrol`], which is never called by anything here. Call
//!   it only while you are setting the endpoint up: such a request is signed by nobody.
//! - **A text for every delivery** that was taken: [`acknowledgement`].
//! - **Nothing to answer**: test deliveries and pings that are signed like any other verify like
//!   any other. Xero, and Discord beside its ping, send wrong signatures on purpose: those get
//!   [`Error::status`], 401.

mod answer;
mod asked;
mod check;
mod facts;
mod handshaker;

pub use answer::{Answer, Written};
use asked::{Asked, find};
pub use facts::{Cue, Grammar, Guard, Handshake, Proof, Purpose, Reply};
pub use handshaker::Handshaker;

use crate::error::Error;
use crate::request::Request;
use crate::scheme::Scheme;
use crate::time::UnixTime;
use crate::value::Value;
use crate::verifier::Verifier;

/// Answers a challenge of the verifier's row: [`Handshaker::answer`] without an agreed value.
///
/// # Errors
/// As there.
pub fn answer<'r, 'h: 'r>(
    verifier: &'h Verifier<'h>,
    request: &Request<'r>,
    now: UnixTime,
) -> Result<Option<Answer<'r>>, Error> {
    Handshaker::new(verifier).answer(request, now)
}

/// What the provider wants to read for a delivery that was taken: most take any 2xx, and get 200
/// without a body.
///
/// ```
/// use hookseal::{handshake, providers};
/// let answer = handshake::acknowledgement(&providers::STRIPE);
/// assert_eq!((answer.status(), answer.body().length()), (200, 0));
/// ```
#[must_use]
pub fn acknowledgement<'s>(scheme: &'s Scheme<'s>) -> Answer<'s> {
    let own = scheme.handshakes.iter().find(|it| it.purpose == Purpose::Acknowledgement);
    let handshake = own.unwrap_or(&Handshake::BASE);
    Asked { handshake, challenge: Value::plain(b"") }.answer()
}

/// Takes the secret, or the text to hand back, out of a request that brings one. Nobody has
/// signed that request: call this only while a subscription that you have asked for is being set
/// up, never for an endpoint that has its key, or whoever finds the endpoint can give it another.
///
/// ```
/// use hookseal::{Request, handshake, providers};
///
/// let headers = [("X-Hook-Secret", "b537207f20cbfa02357cf448134da559")];
/// let request = Request::new(&headers, b"").method("POST");
/// let enrolment = handshake::enrol(&providers::ASANA, &request)?;
/// assert_eq!(enrolment.value().as_str(), Some("b537207f20cbfa02357cf448134da559"));
/// assert!(enrolment.is_key());
/// for (name, value) in enrolment.answer().headers() {
///     assert_eq!((name, value.to_string()), ("x-hook-secret", headers[0].1.to_owned()));
/// }
/// # Ok::<(), hookseal::Error>(())
/// ```
///
/// # Errors
/// `missing_field`: the request brings nothing, or the row knows of no such request.
/// `malformed_field`: what it brings is not 1 to 1,024 bytes of printable ASCII.
pub fn enrol<'r, 's: 'r>(
    scheme: &'s Scheme<'s>,
    request: &Request<'r>,
) -> Result<Enrolment<'r>, Error> {
    let brings = |it| matches!(it, Purpose::BringsKey | Purpose::BringsToken);
    let asked = find(scheme, request, brings)?.ok_or(Error::MissingField)?;
    asked.check()?;
    Ok(Enrolment { answer: asked.answer() })
}

/// What a request brought, and the answer to it. See [`enrol`].
#[derive(Clone, Debug)]
pub struct Enrolment<'r> {
    answer: Answer<'r>,
}

impl<'r> Enrolment<'r> {
    /// The secret, or the text to hand back.
    #[must_use]
    pub const fn value(&self) -> Value<'r> {
        self.answer.challenge
    }

    /// Whether it is the secret of later deliveries: keep it, and make a verifier of it. Some
    /// providers want it handed back as well.
    #[must_use]
    pub fn is_key(&self) -> bool {
        self.answer.handshake.purpose == Purpose::BringsKey
    }

    /// What to send.
    #[must_use]
    pub const fn answer(&self) -> &Answer<'r> {
        &self.answer
    }
}
