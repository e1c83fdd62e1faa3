//! What is said of a body that verifies: lengths and offsets, and no byte of it.

use alloc::format;
use alloc::string::String;

use super::super::wording::Bytes;

/// What happened, where one change is enough.
pub(super) fn sentence(what: &str, received: &[u8], signed: &[u8]) -> String {
    format!("the signature is that of {what}: {}", evidence(received, signed))
}

/// What happened, where there are two changes.
pub(super) fn half(what: &str, before: &[u8], after: &[u8]) -> String {
    format!(
        "the signature is that of the body after two changes, one of which makes of it {what}: \
         {} become {}, the first difference is at byte {}",
        Bytes(before.len()),
        Bytes(after.len()),
        difference(before, after)
    )
}

/// How what came differs from what was signed.
fn evidence(received: &[u8], signed: &[u8]) -> String {
    let at = difference(received, signed);
    let were = if signed.len() == 1 { "was" } else { "were" };
    let (signed, received) = (Bytes(signed.len()), received.len());
    format!("{signed} {were} signed, {received} came, the first difference is at byte {at}")
}

/// The offset of the first byte that differs, from 0.
fn difference(one: &[u8], other: &[u8]) -> usize {
    one.iter().zip(other).take_while(|(one, other)| one == other).count()
}

/// A number for a body, eight bytes at a time.
pub(super) fn hash(body: &[u8]) -> u64 {
    const FACTOR: u128 = 0x9E37_79B9_7F4A_7C15;
    let mix = |hash: u64, word: u64| {
        let wide = u128::from(hash ^ word).wrapping_mul(FACTOR).to_le_bytes();
        let (low, high) = wide.as_chunks::<8>().0.split_at(1);
        let half = |half: &[[u8; 8]]| half.first().copied().map_or(0, u64::from_le_bytes);
        half(low).rotate_left(23) ^ half(high) ^ word
    };
    let (words, rest) = body.as_chunks::<8>();
    let mut last = [0; 8];
    last.iter_mut().zip(rest).for_each(|(to, byte)| *to = *byte);
    let length = u64::try_from(body.len()).unwrap_or_default();
    let hash = words.iter().fold(length, |hash, word| mix(hash, u64::from_le_bytes(*word)));
    mix(mix(hash, u64::from_le_bytes(last)), length)
}
