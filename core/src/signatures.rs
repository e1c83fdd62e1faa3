//! The signatures of one request.

use subtle::ConstantTimeEq;

use crate::digest::sha256;
use crate::encoding::{MAX_RECEIVED, MAX_SPELLED};
use crate::error::Error;
#[cfg(feature = "ecdsa")]
use crate::facts::Algorithm;
use crate::facts::Encoding;
use crate::key::reveal;
use crate::request::Request;
use crate::scheme::Scheme;
use crate::spelled::Spelled;
use crate::tag::Tag;
use crate::value::Value;

/// Most signatures that a request may carry.
pub const MAX_SIGNATURES: usize = 16;

/// Most signatures of a public-key scheme: to check one costs as much as a hash of 100 KiB.
pub const MAX_PUBLIC_KEY_SIGNATURES: usize = 4;

/// The signatures of a request, as they are spelled.
///
/// A tag has one spelling, so texts can be compared: that of the computed tag is made once, however
/// many signatures there are. Base64 alone is read, in its one spelling: see [`Encoding::base64`].
pub(crate) struct Signatures<'r> {
    /// The first that is well-formed.
    first: Option<Value<'r>>,
    /// Those after it. Most deliveries carry one, and should not pay for room for sixteen.
    others: Option<Others<'r>>,
}

struct Others<'r> {
    texts: [Value<'r>; MAX_SIGNATURES],
    count: usize,
}

impl<'r> Signatures<'r> {
    #[inline(always)]
    pub(crate) fn none() -> Self {
        Signatures { first: None, others: None }
    }

    /// Malformed ones before the first are passed over: a junk item must not spoil a good one.
    #[inline(always)]
    pub(crate) fn find(&mut self, scheme: &Scheme<'_>, request: &Request<'r>) -> Result<(), Error> {
        let public = scheme.algorithm.is_public_key();
        let most = if public { MAX_PUBLIC_KEY_SIGNATURES } else { MAX_SIGNATURES };
        let mut met: usize = 0;
        let there = scheme.signature.for_each(request, &mut |value| {
            met = met.saturating_add(1);
            if met > most {
                return Err(Error::TooManySignatures);
            }
            self.add(scheme, value);
            Ok(())
        })?;
        let none = if there { Error::MalformedSignature } else { Error::MissingSignature };
        self.first.map(drop).ok_or(none)
    }

    #[inline]
    fn add(&mut self, scheme: &Scheme<'_>, text: Value<'r>) {
        if self.first.is_none() {
            self.first = is_well_formed(scheme, text).then_some(text);
            return;
        }
        let none = Others { texts: [Value::plain(b""); MAX_SIGNATURES], count: 0 };
        let others = self.others.get_or_insert(none);
        if let Some(free) = others.texts.get_mut(others.count) {
            *free = text;
            others.count = others.count.saturating_add(1);
        }
    }

    /// The one signature of a scheme whose signature says what is signed, as a JWS does. Two would
    /// be two deliveries.
    #[cfg(feature = "jwt")]
    pub(crate) fn only(&self) -> Option<&'r [u8]> {
        self.first.filter(|_| self.others.is_none())?.as_bytes()
    }

    /// What is left of a signature when it has said what is signed: its tag.
    #[cfg(feature = "jwt")]
    pub(crate) fn of_tag(tag: &'r [u8]) -> Self {
        Signatures { first: Some(Value::plain(tag)), others: None }
    }

    /// Compares a tag, made under the key of this id, with every signature, without an early end.
    #[inline]
    pub(crate) fn include(
        &self,
        scheme: &Scheme<'_>,
        id: &[u8],
        make: impl FnOnce() -> Tag,
    ) -> bool {
        let is_token = scheme.is_token();
        // Known before there is a tag: a test of a bit leaves flags of secret arithmetic as they
        // are, and the taint proof would take it for a test of them.
        let is_read = scheme.encoding.base64().is_some() && !is_token;
        let tag = make();
        let found = if is_read {
            let read = |text: &[u8]| tag.difference(scheme.encoding, text);
            self.any_is_same(scheme, id, &read)
        } else {
            let expected = tag.spell(if is_token { Encoding::Text } else { scheme.encoding });
            let compare = |text: &[u8]| difference(scheme, &tag, &expected, text);
            self.any_is_same(scheme, id, &compare)
        };
        reveal(found.ct_eq(&1))
    }

    /// 1 where one of the texts has no difference, and 0 else, without an early end.
    #[inline(always)]
    fn any_is_same(
        &self,
        scheme: &Scheme<'_>,
        id: &[u8],
        difference: &impl Fn(&[u8]) -> u64,
    ) -> u64 {
        let under = |text: &[u8]| under(scheme, id, text).map_or(1, difference);
        self.texts().fold(0, |found, text| {
            let difference = match text.as_bytes() {
                Some(text) => under(text),
                None => of_decoded(text, &under),
            };
            found | is_zero(difference)
        })
    }

    /// How many there are from the first well-formed one on.
    #[inline(always)]
    pub(crate) fn count(&self) -> usize {
        let others = self.others.as_ref().map_or(0, |it| it.count);
        usize::from(self.first.is_some()).saturating_add(others)
    }

    fn texts(&self) -> impl Iterator<Item = &Value<'r>> {
        let others = self.others.iter().flat_map(|it| it.texts.iter().take(it.count));
        self.first.iter().chain(others)
    }

    /// The bytes of every public key's signature, in room for each.
    #[cfg(any(feature = "ed25519", feature = "ecdsa", feature = "rsa"))]
    pub(crate) fn decoded<'m>(
        &self,
        scheme: &Scheme<'_>,
        id: &[u8],
        room: &'m mut [[u8; MAX_RECEIVED]; MAX_PUBLIC_KEY_SIGNATURES],
    ) -> impl Iterator<Item = &'m [u8]> {
        self.texts().zip(room).filter_map(move |(text, room)| {
            let text = Spelled::<MAX_RECEIVED>::of(text);
            scheme.encoding.received(under(scheme, id, text.bytes())?, room)
        })
    }
}

/// Whether a text can be a signature of this scheme. Nothing here is secret.
#[inline(always)]
fn is_well_formed(scheme: &Scheme<'_>, text: Value<'_>) -> bool {
    match text.as_bytes() {
        Some(text) => spells(scheme, text),
        None => spells_decoded(scheme, &text),
    }
}

#[inline(never)]
fn spells_decoded(scheme: &Scheme<'_>, text: &Value<'_>) -> bool {
    spells(scheme, Spelled::<MAX_RECEIVED>::of(text).bytes())
}

#[inline]
fn spells(scheme: &Scheme<'_>, text: &[u8]) -> bool {
    let Some(text) = under_any(scheme, text) else { return false };
    if scheme.is_jws() {
        return text.iter().filter(|byte| **byte == b'.').count() == 2;
    }
    if scheme.is_token() {
        return !text.is_empty();
    }
    spells_tag(scheme, text)
}

/// Whether a text can be a tag: of a JWS, its last part.
#[inline]
pub(crate) fn spells_tag(scheme: &Scheme<'_>, text: &[u8]) -> bool {
    match scheme.algorithm.tag_length() {
        #[cfg(feature = "ecdsa")]
        _ if scheme.algorithm == Algorithm::EcdsaP256 => spells_ecdsa(scheme.encoding, text),
        0 => scheme.encoding.spells_some(text),
        length => scheme.encoding.spells(text, length),
    }
}

/// In a JWS two numbers of 32 bytes each, else a DER sequence.
#[cfg(feature = "ecdsa")]
fn spells_ecdsa(encoding: Encoding, text: &[u8]) -> bool {
    if encoding == Encoding::Jws {
        return encoding.spells(text, 64);
    }
    let mut memory = [0; MAX_RECEIVED];
    let bytes = encoding.received(text, &mut memory).filter(|_| encoding.spells_some(text));
    matches!(bytes, Some([0x30, length, rest @ ..]) if usize::from(*length) == rest.len())
}

/// What is filed under a key's id, where signatures are; else the text. An id is no secret.
#[inline]
fn under<'t>(scheme: &Scheme<'_>, id: &[u8], text: &'t [u8]) -> Option<&'t [u8]> {
    match scheme.signature.key_mark {
        None => Some(text),
        Some(mark) => text.strip_prefix(id)?.strip_prefix(&[mark]),
    }
}

/// The same, whatever the id.
#[inline]
fn under_any<'t>(scheme: &Scheme<'_>, text: &'t [u8]) -> Option<&'t [u8]> {
    let Some(mark) = scheme.signature.key_mark else { return Some(text) };
    let end = text.iter().position(|byte| *byte == mark)?;
    under(scheme, text.get(..end)?, text)
}

#[inline(never)] // of a form, or of a JSON string that has escapes
fn of_decoded(text: &Value<'_>, difference: &impl Fn(&[u8]) -> u64) -> u64 {
    difference(Spelled::<MAX_RECEIVED>::of(text).bytes())
}

/// A token is compared by its SHA-256, so that its length is no matter of time either.
#[inline(always)]
fn difference(scheme: &Scheme<'_>, tag: &Tag, expected: &Spelled<MAX_SPELLED>, text: &[u8]) -> u64 {
    match scheme.encoding {
        _ if scheme.is_token() => expected.difference(&sha256(text)),
        Encoding::Base64OfHex => expected.in_base64().difference(text),
        Encoding::HexOrBase64 if text.len() != expected.bytes().len() => {
            tag.difference(Encoding::Base64, text)
        }
        Encoding::HexAnyCase => expected.difference(Spelled::<MAX_SPELLED>::lower(text).bytes()),
        _ => expected.difference(text),
    }
}

/// 1 for 0, and 0 for all else, by arithmetic: one of a number and its negative has the highest
/// bit set.
const fn is_zero(number: u64) -> u64 {
    ((number | number.wrapping_neg()) >> 63) ^ 1
}
