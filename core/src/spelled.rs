//! A short text in memory of its own: a tag or a time as it is written into a header.

use core::fmt;

use crate::value::Value;

/// A text of at most `N` bytes. It may be an expected signature, so it has no `Debug`.
#[derive(Clone)]
pub(crate) struct Spelled<const N: usize> {
    memory: [u8; N],
    length: usize,
}

impl<const N: usize> Spelled<N> {
    pub(crate) const EMPTY: Self = Spelled { memory: [0; N], length: 0 };

    /// A text that is written into the memory by `write`, which says how long it is.
    #[inline(always)] // a copy less of what is long
    pub(crate) fn by(write: impl FnOnce(&mut [u8; N]) -> Option<usize>) -> Self {
        let mut spelled = Self::EMPTY;
        spelled.length = write(&mut spelled.memory).unwrap_or_default();
        spelled
    }

    /// The decoded text of a value; empty where it is too long.
    pub(crate) fn of(value: &Value<'_>) -> Self {
        let mut spelled = Self::EMPTY;
        let mut fits = true;
        value.for_each_run(&mut |run| fits &= spelled.push(run).is_some());
        if fits { spelled } else { Self::EMPTY }
    }

    /// A text in lower case; empty where it is too long.
    pub(crate) fn lower(text: &[u8]) -> Self {
        Self::by(|memory| {
            let room = memory.get_mut(..text.len())?;
            room.copy_from_slice(text);
            room.make_ascii_lowercase();
            Some(text.len())
        })
    }

    fn push(&mut self, bytes: &[u8]) -> Option<()> {
        let end = self.length.checked_add(bytes.len())?;
        self.memory.get_mut(self.length..end)?.copy_from_slice(bytes);
        self.length = end;
        Some(())
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.memory.get(..self.length).unwrap_or_default()
    }

    pub(crate) fn text(&self) -> &str {
        str::from_utf8(self.bytes()).unwrap_or_default()
    }

    /// 0 where the other text is the same: see [`difference`].
    #[inline(always)]
    pub(crate) fn difference(&self, other: &[u8]) -> u64 {
        difference(self.bytes(), other)
    }
}

/// 0 where two texts are the same, in constant time: the differences of all bytes are gathered,
/// eight bytes at a time. The length of either is no secret. Nothing is the same as an empty text.
pub(crate) fn difference(ours: &[u8], theirs: &[u8]) -> u64 {
    if ours.is_empty() || ours.len() != theirs.len() {
        return 1;
    }
    let (ours, our_rest) = ours.as_chunks::<8>();
    let (theirs, their_rest) = theirs.as_chunks::<8>();
    let words = ours
        .iter()
        .zip(theirs)
        .fold(0, |different, (a, b)| different | (u64::from_ne_bytes(*a) ^ u64::from_ne_bytes(*b)));
    let bytes = our_rest.iter().zip(their_rest).fold(0, |different, (a, b)| different | (a ^ b));
    words | u64::from(bytes)
}

impl<const N: usize> fmt::Write for Spelled<N> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.push(text.as_bytes()).ok_or(fmt::Error)
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::vec::Vec;

    use super::*;

    /// A text of this length that no two bytes of have in common.
    fn text(length: usize) -> Spelled<128> {
        Spelled::by(|memory| {
            memory.iter_mut().zip(1..).for_each(|(byte, value)| *byte = value);
            Some(length)
        })
    }

    #[test]
    fn every_byte_counts_and_no_two_differences_cancel() {
        for length in [1, 7, 8, 9, 27, 40, 44, 64, 88, 96, 128] {
            let expected = text(length);
            let whole: Vec<u8> = expected.bytes().into();
            assert_eq!(expected.difference(&whole), 0);
            for (first, second) in (0..length).flat_map(|i| (i..length).map(move |j| (i, j))) {
                let flipped = |at: usize| if at == first || at == second { 0x10 } else { 0 };
                let other: Vec<u8> =
                    whole.iter().enumerate().map(|(at, byte)| byte ^ flipped(at)).collect();
                assert_ne!(expected.difference(&other), 0, "{length}: {first} and {second}");
            }
        }
    }

    #[test]
    fn only_the_whole_text_is_the_same() {
        let expected = text(64);
        let longer: Vec<u8> = text(128).bytes().into();
        for length in (0..128).filter(|length| *length != 64) {
            assert_ne!(expected.difference(longer.get(..length).unwrap_or_default()), 0);
        }
        assert_ne!(Spelled::<128>::EMPTY.difference(b""), 0);
    }
}
