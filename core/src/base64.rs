//! Base64 that was received, in its one spelling. Nothing here is secret: a look-up by a secret
//! could be timed, so what is secret is read and written by `base64ct`.

use crate::tag::MAX_TAG;

/// Room for a tag, in threes of bytes.
pub(crate) const MAX_READ: usize = MAX_TAG.next_multiple_of(3);

/// The values of the digits, by byte (RFC 4648 §4 and §5); of what is no digit 255.
pub(crate) struct Alphabet([u8; 256]);

/// The alphabet of base64.
pub(crate) static STANDARD: Alphabet = Alphabet::ending(*b"+/");

/// The alphabet of base64url.
pub(crate) static URL: Alphabet = Alphabet::ending(*b"-_");

impl Alphabet {
    const fn ending(last: [u8; 2]) -> Self {
        let mut values = [0; 256];
        let mut rest: &mut [u8] = &mut values;
        let mut byte = 0_u8;
        while let [value, after @ ..] = rest {
            *value = digit(byte, last);
            (rest, byte) = (after, byte.wrapping_add(1));
        }
        Alphabet(values)
    }

    #[inline(always)]
    fn value(&self, digit: u8) -> u8 {
        self.0.get(usize::from(digit)).copied().unwrap_or(u8::MAX)
    }

    /// Whether a text is so many digits, then padding. The last digit of a text that is no multiple
    /// of 4 digits has bits that stand for nothing, and are 0.
    #[inline]
    pub(crate) fn spells(&self, text: &[u8], digits: usize) -> bool {
        let Some((digits, padding)) = text.split_at_checked(digits) else { return false };
        let unused = match digits.len() % 4 {
            2 => 0b1111,
            3 => 0b11,
            _ => 0,
        };
        let all = digits.iter().fold(0, |all, digit| all | self.value(*digit));
        let last = digits.last().map_or(u8::MAX, |digit| self.value(*digit));
        all < 64 && last & unused == 0 && is_padding(padding)
    }

    /// The bytes, so many, of as many digits as they take, then padding. No other text is these
    /// bytes.
    #[inline(always)]
    pub(crate) fn read<'m>(
        &self,
        text: &[u8],
        length: usize,
        memory: &'m mut [u8; MAX_READ],
    ) -> Option<&'m [u8]> {
        let (digits, padding) = text.split_at_checked(digits(length))?;
        let (fours, rest) = digits.as_chunks::<4>();
        let mut last = [b'A'; 4]; // stands for 0
        last.iter_mut().zip(rest).for_each(|(to, digit)| *to = *digit);
        let mut threes = memory.as_chunks_mut::<3>().0.iter_mut();
        let mut all = 0;
        let mut take = |four: &[u8; 4]| {
            let [a, b, c, d] = four.map(|digit| self.value(digit));
            all |= a | b | c | d;
            [(a << 2) | (b >> 4), (b << 4) | (c >> 2), (c << 6) | d]
        };
        fours.iter().zip(&mut threes).for_each(|(four, three)| *three = take(four));
        if let Some(three) = threes.next() {
            *three = take(&last);
        }
        let has_more = memory.get(length).is_some_and(|unused| *unused != 0);
        memory.get(..length).filter(|_| all < 64 && !has_more && is_padding(padding))
    }
}

/// How many digits so many bytes take.
pub(crate) const fn digits(bytes: usize) -> usize {
    bytes.saturating_mul(4).div_ceil(3)
}

fn is_padding(text: &[u8]) -> bool {
    text.iter().all(|byte| *byte == b'=')
}

const fn digit(byte: u8, last: [u8; 2]) -> u8 {
    match byte {
        b'A'..=b'Z' => byte.wrapping_sub(b'A'),
        b'a'..=b'z' => byte.wrapping_sub(b'a').wrapping_add(26),
        b'0'..=b'9' => byte.wrapping_sub(b'0').wrapping_add(52),
        _ if byte == last[0] => 62,
        _ if byte == last[1] => 63,
        _ => u8::MAX,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

    use base64ct::{Base64, Base64UrlUnpadded};

    use super::*;

    /// A tag whose bytes are all different, and of which both alphabets are needed.
    fn tag(length: usize) -> [u8; MAX_TAG] {
        let mut tag = [0; MAX_TAG];
        let bytes = tag.iter_mut().take(length).zip(0_u8..);
        bytes.for_each(|(byte, at)| *byte = at.wrapping_mul(73).wrapping_sub(5));
        tag
    }

    /// Holds the reader against another: the same texts are read, to the same bytes.
    fn agree<E: base64ct::Encoding>(alphabet: &Alphabet, text: &[u8], length: usize) -> bool {
        let (mut ours, mut theirs) = ([0; MAX_READ], [0; 2 * MAX_READ]);
        let theirs = E::decode(text, &mut theirs).ok().filter(|bytes| bytes.len() == length);
        let ours = alphabet.read(text, length, &mut ours);
        assert_eq!(ours, theirs, "{text:?}");
        assert_eq!(ours.is_some(), alphabet.spells(text, digits(length)), "{text:?}");
        ours.is_some()
    }

    /// Every text of a tag with one byte changed to any other.
    fn all_changes<E: base64ct::Encoding>(alphabet: &Alphabet, length: usize) {
        let mut memory = [0; 100];
        let tag = tag(length);
        let spelled = E::encode(tag.get(..length).unwrap(), &mut memory).unwrap().len();
        assert!(agree::<E>(alphabet, memory.get(..spelled).unwrap(), length));
        for at in 0..spelled {
            let right = memory[at];
            let read = (0..=u8::MAX).filter(|byte| {
                memory[at] = *byte;
                agree::<E>(alphabet, memory.get(..spelled).unwrap(), length)
            });
            let (read, unused) = (read.count(), [0, 4, 2][length % 3]);
            let is_last = at + 1 == digits(length);
            let wanted = match () {
                () if right == b'=' => 1,
                () if is_last => 64 >> unused,
                () => 64,
            };
            assert_eq!(read, wanted, "{length}: {at}");
            memory[at] = right;
        }
    }

    #[test]
    fn a_text_is_read_as_another_reader_reads_it_and_no_two_are_the_same_bytes() {
        for length in [16, 20, 32, 47, 48, 64] {
            all_changes::<Base64>(&STANDARD, length);
            all_changes::<Base64UrlUnpadded>(&URL, length);
        }
    }

    #[test]
    fn a_text_of_another_length_is_not_read() {
        for length in [16, 20, 32, 48, 64] {
            for digits in (0..100).filter(|it| *it != digits(length)) {
                assert_eq!(STANDARD.read(&[b'A'; 100][..digits], length, &mut [0; MAX_READ]), None);
            }
        }
    }
}
