//! Know that a webhook delivery is genuine and fresh; and when it is refused, why.
//!
//! Every provider signs its deliveries in its own way. Here a provider is a row of facts, a
//! [`Scheme`], and one engine reads the row to [verify](Verifier::verify) and to
//! [sign](Signer::sign). No allocation, no clock, no unsafe code, no `std`.
//!
//! ```
//! use hookseal::{Request, UnixTime, Verifier, providers};
//!
//! // Once, when the service starts. Up to four secrets, while they are rotated.
//! let verifier = Verifier::new(&providers::STRIPE, "whsec_test_9f0c1b7a5d3e4f60")?;
//!
//! // For every delivery: the headers as received, and the raw body, before any parsing.
//! let headers = [(
//!     "Stripe-Signature",
//!     "t=1700000000,v1=41fac92cb306cc809d9083dcbe473e53886eb5fb1dda10546434f39e038db23a",
//! )];
//! let body = br#"{"id":"evt_1","type":"invoice.paid"}"#;
//! let now = UnixTime::from_secs(1_700_000_002); // with feature `std`: UnixTime::now()
//!
//! match verifier.verify(&Request::new(&headers, body), now) {
//!     Ok(delivery) => assert_eq!(delivery.body().signed(), Some(&body[..])),
//!     Err(error) => panic!("log {}, answer {}", error.code(), error.status()),
//! }
//! # Ok::<(), hookseal::SetupError>(())
//! ```
//!
//! # The walk of one delivery
//! ```text
//! request → values found → signed bytes streamed into the MAC → tag compared → window → Delivery
//!           find.rs        content.rs, words.rs                 key.rs         time.rs
//! ```
//! `walk.rs` holds the walk: cheap and bounded checks first, then one MAC a secret however
//! many signatures the request carries, a compare in constant time, and the window last, so that
//! "too old" is only ever said of an authentic delivery.
//!
//! # What a receiver has to know
//! - **Hand over the raw body.** A body that was parsed and written again has other bytes.
//! - **What is [bound](Delivery::bound)** differs: a scheme without a signed time has no guard
//!   against an old delivery sent again; a shared token covers nothing, so its body comes as
//!   [`Body::Unsigned`].
//! - **Answer the same to every refused delivery**: [`Error::status`] and
//!   [`Error::PUBLIC_MESSAGE`]; the [code](Error::code) is for your own log.
//! - **A genuine delivery can arrive twice.** [`Delivery::replay_key`] is what to note.
//!
//! # Features
//! | feature | what it adds |
//! | --- | --- |
//! | `sha1` (default) | HMAC-SHA-1, and the rows that use it |
//! | `sha512` (default) | HMAC-SHA-384 and HMAC-SHA-512, and the rows that use them |
//! | `md5` | HMAC-MD5 and MD5, and the rows that use them |
//! | `ed25519`, `ecdsa`, `rsa` | public-key signatures, and the rows that use them; RSA needs `alloc` |
//! | `jwt` | signatures that are a JWS; the payload is decoded into memory, so it needs `alloc` |
//! | `canonical` | `{body\|sorted}`: JSON is written anew before it is hashed, so it needs `alloc` |
//! | `alloc` | `Delivery::into_owned`, `Value::to_text`, `OwnedHeaders` |
//! | `std` | `UnixTime::now` |
//! | `http` | headers from `http::HeaderMap` and `http::request::Parts` |
//! | `scheme-text` | a scheme of your own made at run time, from TOML or JSON: [`OwnedScheme`] |
//! | `explain` | why a delivery is refused, found by trying the causes: [`explain`](mod@explain) |
//! | `capture` | `capture::read`: raw HTTP, HAR, curl, AWS Lambda events, JSON |
//! | `outgoing` | a delivery signed as it is sent, the signature in its place: [`outgoing`] |
//!
//! Features add; none changes what another does.
#![no_std]

#[cfg(all(doctest, feature = "std"))]
#[doc = include_str!("../../README.md")]
mod readme {}

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(any(test, feature = "std"))]
extern crate std;

mod base64;
mod bound;
#[cfg(feature = "canonical")]
mod canonical;
mod check;
mod conditions;
mod content;
mod cursor;
mod date;
mod delivery;
mod detect;
mod digest;
mod encoding;
mod error;
#[cfg(feature = "explain")]
pub mod explain;
mod facts;
mod fields;
mod find;
pub mod handshake;
mod header_names;
mod headers;
mod items;
#[cfg(feature = "canonical")]
mod js_number;
mod json;
mod json_text;
mod json_walk;
#[cfg(feature = "jwt")]
mod jws;
#[cfg(feature = "jwt")]
mod jws_sign;
mod kept;
mod key;
mod key_id;
mod lint;
#[cfg(feature = "outgoing")]
pub mod outgoing;
#[cfg(feature = "alloc")]
mod owned;
#[cfg(feature = "alloc")]
mod owned_headers;
mod parse;
pub mod providers;
#[cfg(any(feature = "ed25519", feature = "ecdsa", feature = "rsa"))]
mod public_key;
pub mod receive;
mod request;
mod scheme;
#[cfg(feature = "scheme-text")]
mod scheme_text;
mod secret;
mod sign;
mod signatures;
mod signed;
mod source;
mod spelled;
mod tag;
mod template;
mod time;
#[cfg(any(feature = "capture", feature = "scheme-text"))]
mod tree;
mod url;
mod value;
mod verifier;
mod vocabulary;
mod walk;
mod word;
mod words;

#[cfg(feature = "capture")]
pub mod capture;

pub use bound::{Bound, Coverage};
pub use delivery::{Body, Delivery};
pub use detect::detect;
pub use error::{
    EndpointError, Error, KeyError, ReceiverOutcome, SchemeError, SetupError, TextError,
};
pub use facts::{
    Algorithm, Check, Clock, Confidence, Encoding, EventId, Identity, KeyFormat, KeySpelling,
    Retry, Timestamp, Weakness, When, attempt, check, event, expiry, millis, rfc3339, seconds,
    unconfirmed,
};
pub use lint::{Finding, Severity};
#[cfg(feature = "alloc")]
pub use owned::OwnedDelivery;
#[cfg(feature = "alloc")]
pub use owned_headers::OwnedHeaders;
pub use request::{Headers, Request};
pub use scheme::Scheme;
#[cfg(feature = "scheme-text")]
pub use scheme_text::{OwnedScheme, SchemeMemory, SchemeTextError};
pub use sign::Signer;
pub use signatures::{MAX_PUBLIC_KEY_SIGNATURES, MAX_SIGNATURES};
pub use signed::{HeaderValue, Signed};
pub use source::{Place, Source, body, claim, form, header, json, query};
pub use template::Template;
pub use time::UnixTime;
pub use value::Value;
pub use verifier::{DEFAULT_BODY_LIMIT, MAX_SECRETS, Verifier};
pub use vocabulary::{InnerKey, Key};
pub use word::{Hash, Hashed, MAX_PARTS, Part, Spelling, Word};
