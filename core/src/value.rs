//! One value of a request, borrowed from it.

use core::fmt;

use crate::digest::Hasher;
use crate::fields::Encoded;
#[cfg(feature = "jwt")]
use crate::jws::Claim;

/// A value that was found in the request: text of a header, or a string or number of the JSON
/// body. Borrowed, so a JSON string that has escapes is decoded only while it is read.
#[derive(Clone, Copy)]
pub struct Value<'r>(Form<'r>);

#[derive(Clone, Copy)]
enum Form<'r> {
    Plain(&'r [u8]),
    /// The inside of a JSON string.
    Escaped(&'r [u8]),
    /// A field of a form or of a query.
    Encoded(Encoded<'r>),
    /// A claim.
    #[cfg(feature = "jwt")]
    Claim(Claim<'r>),
}

impl<'r> Value<'r> {
    /// Bytes that stand for themselves.
    pub(crate) const fn plain(raw: &'r [u8]) -> Self {
        Value(Form::Plain(raw))
    }

    /// The inside of a JSON string that has escapes; the scanner has checked them.
    pub(crate) const fn escaped(raw: &'r [u8]) -> Self {
        Value(Form::Escaped(raw))
    }

    /// A field of a form or of a query; the reader has checked its escapes.
    pub(crate) fn encoded(raw: Encoded<'r>) -> Self {
        raw.as_plain().map_or(Value(Form::Encoded(raw)), Self::plain)
    }

    /// A claim of a JWS.
    #[cfg(feature = "jwt")]
    pub(crate) const fn claim(claim: Claim<'r>) -> Self {
        Value(Form::Claim(claim))
    }

    /// The value's bytes, where the request holds them as they are: always for a header and for
    /// a JSON string without escapes.
    #[must_use]
    pub const fn as_bytes(&self) -> Option<&'r [u8]> {
        match self.0 {
            Form::Plain(raw) => Some(raw),
            _ => None,
        }
    }

    /// The value of a form's or a query's field, where it has to be decoded.
    pub(crate) const fn as_encoded(&self) -> Option<Encoded<'r>> {
        match self.0 {
            Form::Encoded(raw) => Some(raw),
            _ => None,
        }
    }

    /// The value as text, where the request holds it as it is and it is UTF-8.
    #[must_use]
    pub fn as_str(&self) -> Option<&'r str> {
        self.as_bytes().and_then(|bytes| str::from_utf8(bytes).ok())
    }

    /// The value as an owned string; bytes that are not UTF-8 become U+FFFD.
    #[cfg(feature = "alloc")]
    #[must_use]
    pub fn to_text(&self) -> alloc::string::String {
        let mut bytes = alloc::vec::Vec::with_capacity(self.length());
        self.for_each_run(&mut |run| bytes.extend_from_slice(run));
        alloc::string::String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Hands over the decoded bytes, run by run.
    #[inline(always)] // most values stand for themselves
    pub(crate) fn for_each_run(&self, sink: &mut dyn FnMut(&[u8])) {
        match self.0 {
            Form::Plain(raw) => sink(raw),
            _ => self.for_each_decoded(sink),
        }
    }

    #[inline(never)]
    fn for_each_decoded(&self, sink: &mut dyn FnMut(&[u8])) {
        let mut rest = match self.0 {
            Form::Plain(raw) => return sink(raw),
            Form::Escaped(raw) => raw,
            Form::Encoded(raw) => return raw.for_each_run(sink),
            #[cfg(feature = "jwt")]
            Form::Claim(claim) => return claim.for_each_run(sink),
        };
        while let Some(at) = rest.iter().position(|byte| *byte == b'\\') {
            let (run, tail) = rest.split_at(at);
            sink(run);
            let (decoded, after) = unescape(tail);
            sink(decoded.encode_utf8(&mut [0; 4]).as_bytes());
            rest = after;
        }
        sink(rest);
    }

    /// The decoded bytes of a value of the JSON scanner, one by one.
    #[cfg(any(test, feature = "canonical"))]
    pub(crate) fn bytes(&self) -> impl Iterator<Item = u8> + use<'r> {
        let (mut rest, escaped) = (self.raw(), matches!(self.0, Form::Escaped(_)));
        let mut decoded = [0; 4].into_iter().take(0);
        core::iter::from_fn(move || {
            if let Some(byte) = decoded.next() {
                return Some(byte);
            }
            let (byte, after) = rest.split_first()?;
            if !escaped || *byte != b'\\' {
                rest = after;
                return Some(*byte);
            }
            let (character, after) = unescape(rest);
            rest = after;
            let mut spelled = [0; 4];
            let length = character.encode_utf8(&mut spelled).len();
            decoded = spelled.into_iter().take(length);
            decoded.next()
        })
    }

    /// Whether two values are the same bytes, decoded.
    pub(crate) fn same(&self, other: &Self) -> bool {
        match (self.0, other.0) {
            (Form::Plain(one), Form::Plain(other)) => one == other,
            _ => self.digest() == other.digest(),
        }
    }

    /// What stands for the decoded bytes, where these are nowhere as a whole.
    fn digest(&self) -> [u8; 32] {
        let mut hash = Hasher::default();
        self.for_each_run(&mut |run| hash.add(run));
        hash.finish()
    }

    /// The bytes as they are in the request; of a claim, the whole payload.
    pub(crate) const fn raw(&self) -> &'r [u8] {
        match self.0 {
            Form::Plain(raw) | Form::Escaped(raw) => raw,
            Form::Encoded(raw) => raw.raw(),
            #[cfg(feature = "jwt")]
            Form::Claim(claim) => claim.payload(),
        }
    }

    /// The length of the value as it is in the request, escapes and all.
    pub(crate) fn length(&self) -> usize {
        match self.0 {
            #[cfg(feature = "jwt")]
            Form::Claim(claim) => claim.length(),
            _ => self.raw().len(),
        }
    }

    /// Whether the decoded value is this text.
    pub(crate) fn is(&self, text: &str) -> bool {
        let mut rest = Some(text.as_bytes());
        self.for_each_run(&mut |run| rest = rest.and_then(|rest| rest.strip_prefix(run)));
        rest.is_some_and(<[u8]>::is_empty)
    }

    /// Whether the decoded value holds this byte.
    pub(crate) fn contains(&self, byte: u8) -> bool {
        let mut found = false;
        self.for_each_run(&mut |run| found |= run.contains(&byte));
        found
    }
}

/// The value's length only: what a request holds has no place in a log.
impl fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Value({} bytes)", self.length())
    }
}

/// Decodes the escape at the start of `text`, which the scanner has found well-formed.
fn unescape(text: &[u8]) -> (char, &[u8]) {
    match text {
        [b'\\', b'u', a, b, c, d, b'\\', b'u', e, f, g, h, rest @ ..]
            if (0xD800..0xDC00).contains(&hex4([*a, *b, *c, *d])) =>
        {
            let (high, low) = (hex4([*a, *b, *c, *d]), hex4([*e, *f, *g, *h]));
            let code = (((high & 0x3FF) << 10) | (low & 0x3FF)).wrapping_add(0x1_0000);
            (char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), rest)
        }
        [b'\\', b'u', a, b, c, d, rest @ ..] => {
            (char::from_u32(hex4([*a, *b, *c, *d])).unwrap_or(char::REPLACEMENT_CHARACTER), rest)
        }
        [b'\\', short, rest @ ..] => {
            let decoded = match short {
                b'b' => '\u{8}',
                b'f' => '\u{c}',
                b'n' => '\n',
                b'r' => '\r',
                b't' => '\t',
                other => char::from(*other),
            };
            (decoded, rest)
        }
        _ => (char::REPLACEMENT_CHARACTER, &[]),
    }
}

/// Four hex digits as a number.
pub(crate) fn hex4(digits: [u8; 4]) -> u32 {
    digits
        .iter()
        .fold(0, |value, digit| (value << 4) | char::from(*digit).to_digit(16).unwrap_or_default())
}
