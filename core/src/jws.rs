//! Feature `jwt`: a signature that is a compact JWS (RFC 7515), `header.payload.tag`.
//!
//! The row decides on the algorithm; the header may only agree. A payload that is sent apart from
//! its JWS (`header..tag`) is the body: encoded (RFC 7515, appendix F), or as it is, where the
//! header says so (RFC 7797).

use alloc::vec::Vec;

use base64ct::{Base64UrlUnpadded, Encoding as _};

use crate::date::numeric_date;
use crate::error::Error;
use crate::find::MAX_HEADER;
use crate::json::{self, Failure};
use crate::scheme::Scheme;
use crate::signatures::spells_tag;
use crate::source::Place;
use crate::time::{UnixTime, Window};
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
    /// A header that agrees with the row, a payload that is there where the row wants one, a tag of
    /// the row's form, which has no dot. What the payload holds is read when the tag has matched.
    pub(crate) fn read(text: &'r [u8], scheme: &Scheme<'_>) -> Option<Self> {
        Self::unsigned(text, scheme).filter(|jws| spells_tag(scheme, jws.tag()))
    }

    /// The same, where the tag is not made yet.
    pub(crate) fn unsigned(text: &'r [u8], scheme: &Scheme<'_>) -> Option<Self> {
        let mut dots = text.iter().enumerate().filter(|(_, byte)| **byte == b'.').map(|it| it.0);
        let jws = Jws { text, dots: (dots.next()?, dots.next()?) };
        jws.agrees(scheme).unwrap_or(false).then_some(jws)
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
        let payload = self.decoded()?;
        let claim = json::find(&payload, name).map_err(unreadable)?;
        Ok(claim.map(|claim| Claim::place(self.payload(), &payload, claim)))
    }

    /// The times that bound a JWS beside the row's own: `exp` with no grace, `nbf` with the
    /// window's allowance for a clock that goes ahead.
    pub(crate) fn judge(
        self,
        scheme: &Scheme<'_>,
        window: Window,
        now: UnixTime,
    ) -> Result<(), Error> {
        if self.payload().is_empty() {
            return Ok(());
        }
        let own = scheme.timestamp.map(|time| time.source).filter(|it| it.place == Place::Claim);
        let is_judged = own.is_some_and(|claim| claim.name == "exp") || window.past.is_none();
        let until = self.moment("exp")?.filter(|_| !is_judged);
        if until.is_some_and(|until| now >= until) {
            return Err(Error::TimestampTooOld);
        }
        let from = self.moment("nbf")?.zip(window.future);
        let is_ahead = |(from, ahead): (UnixTime, u32)| {
            let millis = from.as_millis().saturating_sub(now.as_millis());
            millis > i64::from(ahead).saturating_mul(1000)
        };
        if from.is_some_and(is_ahead) { Err(Error::TimestampTooNew) } else { Ok(()) }
    }

    /// A NumericDate (RFC 7519 §2), which is a number, and no text that reads like one.
    fn moment(self, name: &str) -> Result<Option<UnixTime>, Error> {
        let payload = self.decoded()?;
        let number = json::find_raw(&payload, name).map_err(unreadable)?;
        number.map(|it| numeric_date(it).ok_or(Error::MalformedTimestamp)).transpose()
    }

    /// The payload, which is an object: claims have names.
    fn decoded(self) -> Result<Vec<u8>, Error> {
        let payload = decode(self.payload()).filter(|text| text.trim_ascii().starts_with(b"{"));
        payload.ok_or(Error::MalformedSignature)
    }

    /// The header names the row's algorithm, and demands nothing that is not done: of `crit` only
    /// an unencoded payload, where the row has one. Nobody has vouched for it yet, so it is short.
    fn agrees(self, scheme: &Scheme<'_>) -> Option<bool> {
        if self.header().len() > MAX_HEADER {
            return None;
        }
        let header = decode(self.header())?;
        let member = |name| json::find_raw(&header, name).ok();
        let algorithm = json::find(&header, "alg").ok()??;
        let detached = scheme.signed.has(Word::JwsHeader);
        let unencoded = detached && scheme.signed.has(Word::Body);
        let is_encoded_as_told = match (member("b64")?, member("crit")?) {
            (None, None) => !unencoded,
            (Some(b"false"), Some(names)) => unencoded && without_blanks(names, br#"["b64"]"#),
            _ => false,
        };
        let payload = self.payload().is_empty() == detached;
        Some(algorithm.is(scheme.algorithm.jws_name()?) && is_encoded_as_told && payload)
    }
}

/// A payload that two readers would not read alike.
const fn unreadable(failure: Failure) -> Error {
    match failure {
        Failure::NotJson => Error::MalformedSignature,
        Failure::Ambiguous => Error::MalformedField,
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
        if start.saturating_add(raw.len()) > decoded.len() {
            // A literal is a text of the scanner's own, and not of the payload.
            return Value::plain(if value.is("true") { b"true" } else { b"false" });
        }
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let (start, end) = (place(start), place(start.saturating_add(raw.len())));
        Value::claim(Claim { payload, start, end, escaped: value.as_bytes().is_none() })
    }

    pub(crate) fn for_each_run(self, sink: &mut dyn FnMut(&[u8])) {
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
