//! Texts that must not be told, and how they are looked for.

use hookseal::Encoding;

use crate::random::Genuine;
use crate::support::text::{base64, base64url, hex, unbase64, unhex};

/// So many bytes in a row of what is secret are a leak, and so many characters of its spelling:
/// fewer would be met by chance.
const BYTES: usize = 8;
const CHARACTERS: usize = 12;

/// Everything of one delivery that must not be told.
pub(crate) struct Hidden {
    kinds: Vec<(&'static str, usize, Vec<u8>)>,
}

impl Hidden {
    pub(crate) const KINDS: [&'static str; 3] = ["secret", "key", "tag"];

    /// Of a delivery, and of the signature that would verify as it was received.
    pub(crate) fn new(of: &Genuine, expected: Option<&str>) -> Self {
        let mut hidden = Hidden { kinds: Vec::new() };
        hidden.add("secret", of.core.as_bytes());
        for secret in &of.scene.secrets {
            hidden.add_spelled("secret", secret);
        }
        if let Some(key) = &of.key {
            hidden.add("key", key);
        }
        for signature in [Some(of.signature.as_str()), expected].into_iter().flatten() {
            let tag = signature.rsplit('.').next().unwrap();
            hidden.kinds.push(("tag", CHARACTERS, tag.into()));
            match of.scene.row.0.encoding {
                Encoding::Text => {}
                _ => hidden.add("tag", &unhex(tag).unwrap_or_else(|| unbase64(tag))),
            }
        }
        hidden
    }

    fn add(&mut self, kind: &'static str, bytes: &[u8]) {
        self.kinds.push((kind, BYTES, bytes.to_vec()));
        self.add_spelled(kind, bytes);
    }

    fn add_spelled(&mut self, kind: &'static str, bytes: &[u8]) {
        for text in [hex(bytes), hex(bytes).to_uppercase(), base64(bytes), base64url(bytes)] {
            self.kinds.push((kind, CHARACTERS, text.into_bytes()));
        }
    }

    /// What is hidden and yet there, the first kind of it.
    pub(crate) fn found_in(&self, text: &[u8]) -> Option<&'static str> {
        let seen = Seen::of(text);
        self.kinds.iter().find(|(_, length, it)| seen.shares(it, *length)).map(|it| it.0)
    }

    /// A text for each kind into which the middle of it has slipped.
    pub(crate) fn planted(&self, text: &str) -> Vec<(&'static str, Vec<u8>)> {
        let plant = |(kind, length, bytes): &(&'static str, usize, Vec<u8>)| {
            let middle = bytes.len().checked_sub(*length)? / 2;
            let slipped = &bytes[middle..middle + length];
            let at = text.len() / 2;
            Some((*kind, [&text.as_bytes()[..at], slipped, &text.as_bytes()[at..]].concat()))
        };
        self.kinds.iter().filter_map(plant).collect()
    }
}

/// The runs of eight bytes of a text, behind a table of bits that rules out nearly all others.
struct Seen<'t> {
    text: &'t [u8],
    bits: Vec<u64>,
}

impl<'t> Seen<'t> {
    const BITS: u32 = 17;

    fn of(text: &'t [u8]) -> Self {
        let mut bits = vec![0; 1 << (Self::BITS - 6)];
        for run in text.windows(BYTES) {
            let (word, bit) = Self::place(run);
            bits[word] |= bit;
        }
        Seen { text, bits }
    }

    fn shares(&self, other: &[u8], length: usize) -> bool {
        other.windows(length).any(|run| {
            let (word, bit) = Self::place(&run[..BYTES]);
            self.bits[word] & bit != 0 && self.text.windows(length).any(|own| own == run)
        })
    }

    fn place(run: &[u8]) -> (usize, u64) {
        let run = u64::from_le_bytes(run.try_into().unwrap());
        let hash = run.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - Self::BITS);
        (hash as usize >> 6, 1 << (hash & 63))
    }
}
