//! Feature `jwt`: a signature that is a compact JWS (RFC 7515), `header.payload.tag`.
//!
//! The row decides on the algorithm; the header may only agree. A payload that is sent apart from
//! its JWS (`header..tag`) is the body: encoded (RFC 7515, appendix F), or as it is, where the
//! header says so (RFC 7797).

use alloc::vec::Vec;

use base64ct::{Base64UrlUnpadded, Encoding as _};

use crate::error::Error;
use crate::facts::{Algorithm, Clock};
use crate::json::{self, Failure};
use crate::scheme::Scheme;
use crate::spelled::Spelled;
use crate::time::{MAX_TIME, UnixTime, Window};
use crate::value::Value;
use crate::word::Word;

/// A compact JWS of a request, in its three parts.
#[derive(Clone, Copy)]
pub(crate) struct Jws<'r> {
    text: &'r [u8],
    /// Where the first dot is, and the second.
    dots: (usize, usize),
}

impl<'r> Jws<'r> {
    /// Three parts, and the two that are encoded JSON are that.
    pub(crate) fn read(text: &'r [u8], scheme: &Scheme<'_>) -> Option<Self> {
        let mut dots = text.iter().enumerate().filter(|(_, byte)| **byte == b'.').map(|it| it.0);
        let dots = (dots.next()?, dots.next()?);
        let jws = Jws { text, dots };
        let parts = text.split(|byte| *byte == b'.').count();
        let fits = parts == 3 && jws.agrees(scheme).unwrap_or(false);
        fits.then_some(jws)
    }

    /// Header, dot and payload: what is signed.
    pub(crate) fn message(self) -> &'r [u8] {
        self.text.get(..self.dots.1).unwrap_or_default()
    }

    pub(crate) fn header(self) -> &'r [u8] {
        self.text.get(..self.dots.0).unwrap_or_default()
    }

    pub(crate) fn payload(self) -> &'r [u8] {
        let start = self.dots.0.saturating_add(1);
        self.text.get(start..self.dots.1).unwrap_or_default()
    }

    /// The tag, as it is spelled.
    pub(crate) fn tag(self) -> &'r [u8] {
        self.text.get(self.dots.1.saturating_add(1)..).unwrap_or_default()
    }

    /// A claim of the payload: text, number or boolean.
    pub(crate) fn claim(self, name: &str) -> Result<Option<Value<'r>>, Error> {
        let payload = decode(self.payload()).ok_or(Error::MalformedSignature)?;
        let claim = json::find(&payload, name).map_err(|failure| match failure {
            Failure::NotJson => Error::MalformedSignature,
            Failure::Ambiguous => Error::MalformedField,
        })?;
        Ok(claim.map(|claim| Claim::place(self.payload(), &payload, claim)))
    }

    /// The times that bound a JWS beside the row's own: `exp` with no grace, `nbf` with the window's
    /// allowance for a clock that goes ahead.
    pub(crate) fn judge(self, window: Window, now: UnixTime) -> Result<(), Error> {
        if self.payload().is_empty() {
            return Ok(());
        }
        let until = self.seconds("exp")?.filter(|_| window.past.is_some());
        if until.is_some_and(|until| now.as_secs() > until.as_secs()) {
            return Err(Error::TimestampTooOld);
        }
        let ahead = window.future.map(i64::from);
        match (self.seconds("nbf")?, ahead) {
            (Some(from), Some(ahead)) if from.as_secs().saturating_sub(now.as_secs()) > ahead => {
                Err(Error::TimestampTooNew)
            }
            _ => Ok(()),
        }
    }

    fn seconds(self, name: &str) -> Result<Option<UnixTime>, Error> {
        let Some(claim) = self.claim(name)? else { return Ok(None) };
        let seconds = Clock::Seconds.read(Spelled::<MAX_TIME>::of(&claim).bytes());
        seconds.map(Some).ok_or(Error::MalformedTimestamp)
    }

    /// The header names the row's algorithm, and demands nothing that is not done: of `crit` only
    /// an unencoded payload, where the row has one.
    fn agrees(self, scheme: &Scheme<'_>) -> Option<bool> {
        let header = decode(self.header())?;
        let text = |name| json::find(&header, name).ok();
        let algorithm = text("alg")??;
        let detached = scheme.signed.has(Word::JwsHeader);
        let unencoded = detached && scheme.signed.has(Word::Body);
        let critical = json::find_raw(&header, "crit").ok()?;
        let b64 = text("b64")?;
        let encodes = match b64 {
            None => !unencoded && critical.is_none(),
            Some(b64) => {
                unencoded
                    && b64.is("false")
                    && critical.is_some_and(|it| without_blanks(it, br#"["b64"]"#))
            }
        };
        let payload = self.payload().is_empty() == detached;
        Some(algorithm.is(scheme.algorithm.jws_name()?) && encodes && payload)
    }
}

/// A claim of a payload: where it is in the decoded text, which is decoded again while it is read.
#[derive(Clone, Copy)]
pub(crate) struct Claim<'r> {
    payload: &'r [u8],
    start: u32,
    end: u32,
    escaped: bool,
}

impl<'r> Claim<'r> {
    /// The value of a payload, by its place in the decoded text.
    fn place(payload: &'r [u8], decoded: &[u8], value: Value<'_>) -> Value<'r> {
        let raw = value.raw();
        let start = raw.as_ptr().addr().wrapping_sub(decoded.as_ptr().addr());
        if start > decoded.len() {
            // A literal is a text of the scanner's own, and not of the payload.
            return Value::plain(if value.is("true") { b"true" } else { b"false" });
        }
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let (start, end) = (place(start), place(start.saturating_add(raw.len())));
        Value::claim(Claim { payload, start, end, escaped: value.as_bytes().is_none() })
    }

    pub(crate) fn for_each_run(self, sink: &mut impl FnMut(&[u8])) {
        let place = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
        let decoded = decode(self.payload).unwrap_or_default();
        let raw = decoded.get(place(self.start)..place(self.end)).unwrap_or_default();
        if self.escaped { Value::escaped(raw).for_each_run(sink) } else { sink(raw) }
    }

    pub(crate) const fn payload(self) -> &'r [u8] {
        self.payload
    }

    /// The length of the claim, escapes and all.
    pub(crate) fn length(self) -> usize {
        usize::try_from(self.end.saturating_sub(self.start)).unwrap_or(usize::MAX)
    }
}

impl Algorithm {
    /// Its name in a JWS header.
    pub(crate) const fn jws_name(self) -> Option<&'static str> {
        Some(match self {
            Self::HmacSha256 => "HS256",
            Self::HmacSha384 => "HS384",
            Self::HmacSha512 => "HS512",
            Self::EcdsaP256 => "ES256",
            Self::Ed25519 => "EdDSA",
            Self::RsaSha256 => "RS256",
            Self::RsaSha512 => "RS512",
            _ => return None,
        })
    }
}

/// The base64url of bytes, without padding, in small steps.
pub(crate) fn encode(bytes: &[u8], sink: &mut dyn FnMut(&[u8])) {
    for chunk in bytes.chunks(48) {
        let mut memory = [0; 64];
        sink(Base64UrlUnpadded::encode(chunk, &mut memory).unwrap_or_default().as_bytes());
    }
}

pub(crate) fn decode(text: &[u8]) -> Option<Vec<u8>> {
    Base64UrlUnpadded::decode_vec(str::from_utf8(text).ok()?).ok()
}

fn without_blanks(json: &[u8], wanted: &[u8]) -> bool {
    json.iter().filter(|byte| !byte.is_ascii_whitespace()).eq(wanted)
}
