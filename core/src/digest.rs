//! Hashes without a key: of a body, of a token, of a replay key.

use sha2::{Digest, Sha256};

/// Something that hands over its bytes, run by run.
pub(crate) type Feed<'f> = &'f dyn Fn(&mut dyn FnMut(&[u8]));

/// Longest hash: SHA-512.
const MAX_HASH: usize = 64;

/// A hash, and how long it is. One that this build leaves out is empty: `Scheme::check` refuses
/// the rows that need it.
pub(crate) struct Digested {
    memory: [u8; MAX_HASH],
    length: usize,
}

impl Digested {
    pub(crate) fn bytes(&self) -> &[u8] {
        self.memory.get(..self.length).unwrap_or_default()
    }

    fn of(bytes: &[u8]) -> Self {
        let mut digested = Digested { memory: [0; MAX_HASH], length: bytes.len() };
        digested.memory.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
        digested
    }
}

/// The hash of what is fed.
pub(crate) fn digest<D: Digest>(feed: Feed<'_>) -> Digested {
    let mut hash = D::new();
    feed(&mut |run| hash.update(run));
    Digested::of(&hash.finalize())
}

pub(crate) fn digest_sha256(feed: Feed<'_>) -> Digested {
    digest::<Sha256>(feed)
}

#[cfg(feature = "sha512")]
pub(crate) fn digest_sha512(feed: Feed<'_>) -> Digested {
    digest::<sha2::Sha512>(feed)
}

#[cfg(not(feature = "sha512"))]
pub(crate) fn digest_sha512(_: Feed<'_>) -> Digested {
    Digested::of(b"")
}

#[cfg(feature = "sha1")]
pub(crate) fn digest_sha1(feed: Feed<'_>) -> Digested {
    digest::<sha1::Sha1>(feed)
}

#[cfg(not(feature = "sha1"))]
pub(crate) fn digest_sha1(_: Feed<'_>) -> Digested {
    Digested::of(b"")
}

#[cfg(feature = "md5")]
pub(crate) fn digest_md5(feed: Feed<'_>) -> Digested {
    digest::<md5::Md5>(feed)
}

#[cfg(not(feature = "md5"))]
pub(crate) fn digest_md5(_: Feed<'_>) -> Digested {
    Digested::of(b"")
}

/// SHA-256 of one slice.
pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The first bytes of a SHA-256, which stand for bytes that were met before.
#[cfg(feature = "explain")]
pub(crate) fn mark(bytes: &[u8]) -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = sha256(bytes);
    u64::from_le_bytes([a, b, c, d, e, f, g, h])
}

/// A SHA-256 that is fed step by step, for the replay key.
#[derive(Clone, Default)]
pub(crate) struct Hasher(Sha256);

impl Hasher {
    pub(crate) fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// Adds bytes behind their length, so that two neighbours cannot run together.
    pub(crate) fn add_prefixed(&mut self, bytes: &[u8]) {
        self.add(&u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
        self.add(bytes);
    }

    pub(crate) fn finish(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}

/// CRC-32 as zip and Ethernet use it (polynomial 0xEDB88320, reflected), four bits at a time.
pub(crate) fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32| {
        let [low, ..] = crc.to_le_bytes();
        NIBBLES.get(usize::from(low & 15)).map_or(0, |remainder| remainder ^ (crc >> 4))
    };
    !bytes.iter().fold(u32::MAX, |crc, byte| step(step(crc ^ u32::from(*byte))))
}

/// The remainder of each four bits.
const NIBBLES: [u32; 16] = [
    0x0000_0000,
    0x1DB7_1064,
    0x3B6E_20C8,
    0x26D9_30AC,
    0x76DC_4190,
    0x6B6B_51F4,
    0x4DB2_6158,
    0x5005_713C,
    0xEDB8_8320,
    0xF00F_9344,
    0xD6D6_A3E8,
    0xCB61_B38C,
    0x9B64_C2B0,
    0x86D3_D2D4,
    0xA00A_E278,
    0xBDBD_F21C,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_one_of_zip() {
        // The check value that the catalogue of CRC algorithms gives for CRC-32/ISO-HDLC.
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(crc32(b""), 0);
    }
}
