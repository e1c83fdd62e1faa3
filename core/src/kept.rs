//! Secrets for which no hash state can be prepared: one that stands in what is hashed, and a key
//! that the delivery's time is part of.

use core::cell::Cell;

use zeroize::Zeroizing;

use crate::content::{Content, Ours};
use crate::digest::{Feed, digest_md5, digest_sha1, digest_sha256, digest_sha512};
use crate::facts::{Algorithm, KeyFormat};
use crate::key::Key;
use crate::scheme::Scheme;
use crate::spelled::Spelled;
use crate::tag::Tag;
use crate::time::MAX_TIME;
use crate::word::Word;

/// Longest secret that is kept as it is, where no hash state can be prepared.
const MAX_KEPT: usize = 160;

/// Room for the longest key that is made of a time and a secret.
type Room = Zeroizing<[u8; MAX_TIME + MAX_KEPT]>;

/// A secret as it is.
pub(crate) struct Kept {
    algorithm: Algorithm,
    length: u8,
    bytes: Zeroizing<[u8; MAX_KEPT]>,
}

impl Kept {
    pub(crate) fn new(algorithm: Algorithm, key: &[u8]) -> Option<Self> {
        let mut bytes = Zeroizing::new([0; MAX_KEPT]);
        bytes.get_mut(..key.len())?.copy_from_slice(key);
        Some(Kept { algorithm, length: u8::try_from(key.len()).ok()?, bytes })
    }

    /// The tag of a content that holds the secret, or whose key is made of the delivery's time
    /// and the secret.
    #[inline(never)] // no weight on the walk of other schemes
    pub(crate) fn tag(&self, content: &Content<'_>, ours: &Ours<'_>, hashed: &mut usize) -> Tag {
        let ours = &Ours { secret: self.bytes(), ..*ours };
        let fed = Cell::new(0_usize);
        let feed: Feed<'_> = &|sink| {
            content.for_each_run(ours, &mut |run| {
                fed.set(fed.get().saturating_add(run.len()));
                sink(run);
            });
        };
        let digested = match self.algorithm {
            Algorithm::Sha256 => digest_sha256(feed),
            Algorithm::Sha1 => digest_sha1(feed),
            Algorithm::Sha512 => digest_sha512(feed),
            Algorithm::Md5 => digest_md5(feed),
            keyed => return self.mac(keyed, content, ours, hashed),
        };
        *hashed = hashed.saturating_add(fed.get());
        Tag::of(digested.bytes())
    }

    fn mac(
        &self,
        algorithm: Algorithm,
        content: &Content<'_>,
        ours: &Ours<'_>,
        hashed: &mut usize,
    ) -> Tag {
        let mut room = Zeroizing::new([0; MAX_TIME + MAX_KEPT]);
        let key = match content.scheme().key {
            KeyFormat::AfterTimestamp => self.after_time(content, &mut room),
            _ => self.bytes(),
        };
        // A key of this algorithm was never made where this build leaves the algorithm out.
        let prepared = Key::prepare(algorithm, key).ok();
        prepared.map_or_else(|| Tag::of(b""), |key| key.tag(content, ours, hashed))
    }

    /// The delivery's time as it is read, and behind it the secret.
    fn after_time<'m>(&self, content: &Content<'_>, room: &'m mut Room) -> &'m [u8] {
        let time = Spelled::<MAX_TIME>::of(&content.timestamp());
        let whole = time.bytes().iter().chain(self.bytes());
        let length = room.iter_mut().zip(whole).map(|(to, from)| *to = *from).count();
        room.get(..length).unwrap_or_default()
    }

    fn bytes(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.length)).unwrap_or_default()
    }
}

impl Scheme<'_> {
    /// Whether a verifier keeps the secret itself: a plain hash is taken over it, a MAC over a
    /// content that holds it, or under a key that the delivery's time is part of.
    pub(crate) const fn keeps_secret(&self) -> bool {
        !self.is_token()
            && (self.signed.has(Word::Secret) || matches!(self.key, KeyFormat::AfterTimestamp))
    }
}
