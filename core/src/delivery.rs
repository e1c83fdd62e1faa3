//! What may now be trusted.

use core::fmt;

use crate::bound::{Bound, Coverage};
use crate::content::{Content, Ours};
use crate::digest::{Hasher, sha256};
use crate::facts::{Identity, Retry};
use crate::time::UnixTime;
use crate::value::Value;

/// A verified delivery. Only [`Verifier::verify`](crate::Verifier::verify) makes one, so a
/// function that takes a `Delivery` cannot be handed anything unauthenticated.
#[derive(Clone)]
pub struct Delivery<'r> {
    content: Content<'r>,
    sent_at: Option<UnixTime>,
    secret_index: usize,
}

/// A delivery's body, and whether the signature covers it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Body<'r> {
    /// The signature covers these bytes.
    Signed(&'r [u8]),
    /// The signature does not cover all of these bytes: see [`Bound`]. A shared token covers none
    /// of them: whoever knows it, and whatever handled the request on its way, could have written
    /// them.
    Unsigned(&'r [u8]),
}

impl<'r> Body<'r> {
    pub(crate) const fn of(bytes: &'r [u8], bound: Bound) -> Self {
        match bound.body {
            Coverage::Whole => Self::Signed(bytes),
            Coverage::Fields | Coverage::Checksum | Coverage::Nothing => Self::Unsigned(bytes),
        }
    }

    /// The bytes, where the signature covers them.
    #[must_use]
    pub const fn signed(self) -> Option<&'r [u8]> {
        match self {
            Self::Signed(bytes) => Some(bytes),
            Self::Unsigned(_) => None,
        }
    }

    /// The bytes, whether or not the signature covers them.
    #[must_use]
    pub const fn danger_unsigned(self) -> &'r [u8] {
        match self {
            Self::Signed(bytes) | Self::Unsigned(bytes) => bytes,
        }
    }
}

/// The length only: a body has no place in a log.
impl fmt::Debug for Body<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Signed(bytes) => write!(f, "Signed({} bytes)", bytes.len()),
            Self::Unsigned(bytes) => write!(f, "Unsigned({} bytes)", bytes.len()),
        }
    }
}

impl<'r> Delivery<'r> {
    #[inline(always)] // a copy less of what is long
    pub(crate) const fn new(
        content: Content<'r>,
        sent_at: Option<UnixTime>,
        secret_index: usize,
    ) -> Self {
        Delivery { content, sent_at, secret_index }
    }

    /// The name of the scheme that was verified.
    #[must_use]
    pub const fn scheme(&self) -> &'r str {
        self.content.scheme().name
    }

    /// The raw body that was verified.
    #[must_use]
    pub const fn body(&self) -> Body<'r> {
        Body::of(self.content.request().body, self.bound())
    }

    /// The signed time of the delivery.
    #[must_use]
    pub const fn sent_at(&self) -> Option<UnixTime> {
        self.sent_at
    }

    /// Which secret matched, in the order in which they were given: when the old one of a
    /// rotation has not matched for as long as the provider retries, it can go.
    #[must_use]
    pub const fn secret_index(&self) -> usize {
        self.secret_index
    }

    /// What the signature covers.
    #[must_use]
    pub const fn bound(&self) -> Bound {
        self.content.scheme().bound()
    }

    /// The event id. Read when asked for; `None` where there is none, or none that two readers
    /// would agree on (a name twice in its object). Whether it can be relied on is in
    /// [`bound`](Self::bound): an unsigned id is the sender's word.
    #[must_use]
    pub fn event_id(&self) -> Option<Value<'r>> {
        if self.content.scheme().signs_event_id() {
            // One that may be absent has no length then.
            return Some(self.content.event_id()).filter(|id| id.length() > 0);
        }
        self.read(&self.content.scheme().event_id?.source)
    }

    /// The type of the event, where the row knows where it is.
    #[must_use]
    pub fn event_type(&self) -> Option<Value<'r>> {
        self.read(&self.content.scheme().event_type?)
    }

    /// A 32-byte key under which to note that this delivery was handled. `scope` is your own: an
    /// endpoint, a tenant; a key of one scope says nothing in another.
    ///
    /// The key is made of the event id where that is signed and confirmed to name one event over
    /// all retries; else of the signed content. It never depends on how a header is spelled, on
    /// an unsigned header, or on the signature; nor on the secret: where a half of it stands in
    /// the signed content (`{secret}`, `{key_id}`), the key is made without it.
    ///
    /// SHA-256 over: the text `hookseal replay key 1`, scheme, scope (each behind its length as
    /// 64 bits, big-endian), one byte for the kind (0 event id, 1 signed content), and the
    /// SHA-256 of the value.
    #[must_use]
    pub fn replay_key(&self, scope: &[u8]) -> [u8; 32] {
        replay_key(self.content.scheme().name, scope, self.identity())
    }

    /// The SHA-256 of the body: to tell a retry from another body under the same id.
    #[must_use]
    pub fn body_digest(&self) -> [u8; 32] {
        sha256(self.content.request().body)
    }

    /// What a retry of this delivery looks like: where it is known, another
    /// [digest](Self::body_digest) under the same [key](Self::replay_key) is no retry.
    #[must_use]
    pub const fn retry(&self) -> Retry {
        self.content.scheme().retry
    }

    /// What the replay key is made of: its kind, and the SHA-256 of its value.
    pub(crate) fn identity(&self) -> (Kind, [u8; 32]) {
        let names_event =
            self.content.scheme().event_id.is_some_and(|id| id.names == Identity::Event);
        let id = (names_event && self.bound().event_id).then(|| self.event_id()).flatten();
        let mut value = Hasher::default();
        match id {
            Some(id) => id.for_each_run(&mut |run| value.add(run)),
            // What a token comes with is not signed; it is all there is to tell deliveries apart.
            None if self.content.scheme().is_token() => value.add(self.content.request().body),
            None => self.content.for_each_run(&Ours::NONE, &mut |run| value.add(run)),
        }
        (if id.is_some() { Kind::EventId } else { Kind::Content }, value.finish())
    }

    fn read(&self, source: &crate::source::Source<'r>) -> Option<Value<'r>> {
        let malformed = crate::Error::MalformedField;
        let value = source.one(self.content.request(), malformed).ok().flatten()?;
        (value.length() > 0).then_some(value)
    }
}

/// Of the request the time alone.
impl fmt::Debug for Delivery<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery")
            .field("scheme", &self.content.scheme().name)
            .field("body", &self.body())
            .field("sent_at", &self.sent_at)
            .field("secret_index", &self.secret_index)
            .finish_non_exhaustive()
    }
}

/// What a replay key is made of.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    EventId,
    Content,
}

/// The layout is that which [`Delivery::replay_key`] documents.
pub(crate) fn replay_key(scheme: &str, scope: &[u8], (kind, value): (Kind, [u8; 32])) -> [u8; 32] {
    let mut key = Hasher::default();
    key.add(b"hookseal replay key 1");
    key.add_prefixed(scheme.as_bytes());
    key.add_prefixed(scope);
    key.add(match kind {
        Kind::EventId => &[0],
        Kind::Content => &[1],
    });
    key.add(&value);
    key.finish()
}
