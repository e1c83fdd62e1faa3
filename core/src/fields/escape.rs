//! Bytes to and from escapes, and to a sink.

/// The bytes that one call of a sink takes: one for each byte would cost more than the hash.
const RUN: usize = 64;

/// Hands over single bytes in runs.
pub(crate) fn stream(bytes: impl Iterator<Item = u8>, sink: &mut dyn FnMut(&[u8])) {
    let mut bytes = bytes;
    let mut memory = [0; RUN];
    loop {
        let filled = memory.iter_mut().zip(&mut bytes).map(|(room, byte)| *room = byte).count();
        sink(memory.get(..filled).unwrap_or_default());
        if filled < RUN {
            return;
        }
    }
}

/// A byte as it is, or as `%XX`, upper case.
pub(crate) fn percent(byte: u8, keep: bool) -> impl Iterator<Item = u8> {
    let escape = [b'%', upper_digit(byte >> 4), upper_digit(byte)];
    let (plain, escape) = if keep { (Some(byte), None) } else { (None, Some(escape)) };
    plain.into_iter().chain(escape.into_iter().flatten())
}

/// The digit of the lower four bits.
const fn upper_digit(bits: u8) -> u8 {
    match bits & 0xF {
        digit @ 0..=9 => b'0'.wrapping_add(digit),
        digit => b'A'.wrapping_add(digit).wrapping_sub(10),
    }
}

/// The value of a hex digit of either case.
pub(super) const fn hex_digit(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit.wrapping_sub(b'0')),
        b'a'..=b'f' => Some(digit.wrapping_sub(b'a').wrapping_add(10)),
        b'A'..=b'F' => Some(digit.wrapping_sub(b'A').wrapping_add(10)),
        _ => None,
    }
}

/// A UTF-16 unit as `\uXXXX`, lower case.
pub(super) fn unit_escape(unit: u16) -> impl Iterator<Item = u8> {
    let [high, low] = unit.to_be_bytes();
    let digits = [high >> 4, high, low >> 4, low];
    b"\\u"
        .iter()
        .copied()
        .chain(digits.into_iter().map(|bits| upper_digit(bits).to_ascii_lowercase()))
}

/// A number in decimal digits.
pub(super) fn decimal(number: usize, sink: &mut dyn FnMut(&[u8])) {
    let mut digits = [b'0'; 20];
    let mut rest = number;
    let mut length = 0_usize;
    for digit in digits.iter_mut().rev() {
        *digit = b'0'.wrapping_add(u8::try_from(rest % 10).unwrap_or_default());
        rest /= 10;
        length = length.saturating_add(1);
        if rest == 0 {
            break;
        }
    }
    sink(digits.get(digits.len().saturating_sub(length)..).unwrap_or_default());
}
