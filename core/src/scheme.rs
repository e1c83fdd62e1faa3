//! How one provider signs its deliveries: a row of facts. Nothing here runs.

use crate::facts::{
    Algorithm, Check, Confidence, Encoding, EventId, KeyFormat, Retry, Timestamp, Weakness,
};
use crate::handshake::Handshake;
use crate::source::{Source, header};
use crate::template;
use crate::template::Template;

/// One way to sign deliveries, as data. [`providers`](crate::providers) has a row per provider;
/// your own is the same kind of row:
///
/// ```
/// use hookseal::{Scheme, Verifier, header, seconds, template};
///
/// const ACME: Scheme = Scheme {
///     name: "acme",
///     signature: header("acme-signature").item(",", "v1="),
///     timestamp: Some(seconds(header("acme-signature").item(",", "t="))),
///     signed: template!("{timestamp}.{body}"),
///     ..Scheme::BASE
/// };
/// const _: () = assert!(ACME.check().is_ok());
/// let verifier = Verifier::new(&ACME, "a secret of at least 16 bytes");
/// # verifier.unwrap();
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Scheme<'a> {
    /// The name: in lists, logs, vectors and the replay key.
    pub name: &'a str,
    /// Where the signatures are.
    pub signature: Source<'a>,
    /// How a signature is spelled.
    pub encoding: Encoding,
    /// The bytes that are signed.
    pub signed: Template<'a>,
    /// What must hold beside the signature.
    pub checks: &'a [Check<'a>],
    /// The list of the headers that are signed, where the delivery names them.
    pub signed_headers: Option<Source<'a>>,
    /// How the secret becomes a key.
    pub key: KeyFormat<'a>,
    /// The byte that parts a secret of two halves, `id:key`; a secret without it is all key.
    pub key_id: Option<u8>,
    /// The algorithm of the signature.
    pub algorithm: Algorithm,
    /// The time of the delivery, where the signature covers one.
    pub timestamp: Option<Timestamp<'a>>,
    /// The id of the event, and what it is worth.
    pub event_id: Option<EventId<'a>>,
    /// The type of the event.
    pub event_type: Option<Source<'a>>,
    /// What a retry of a delivery looks like.
    pub retry: Retry,
    /// What is weak about the scheme itself.
    pub admits: &'a [Weakness],
    /// How the provider makes sure of an endpoint, and what it wants for an answer.
    pub handshakes: &'a [Handshake<'a>],
    /// How well the facts of this row are known.
    pub confidence: Confidence,
    /// Where the facts of this row were read.
    pub source: &'a str,
}

impl Scheme<'static> {
    /// The commonest scheme, to start a row from: one header that holds the lower-case hex
    /// HMAC-SHA-256 of the body under the secret's own bytes.
    pub const BASE: Self = Scheme {
        name: "",
        signature: header(""),
        encoding: Encoding::Hex,
        signed: template!("{body}"),
        checks: &[],
        signed_headers: None,
        key: KeyFormat::Text,
        key_id: None,
        algorithm: Algorithm::HmacSha256,
        timestamp: None,
        event_id: None,
        event_type: None,
        retry: Retry::Unknown,
        admits: &[],
        handshakes: &[],
        confidence: Confidence::Custom,
        source: "",
    };
}
