//! Numbers as JavaScript writes them.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::iter::repeat_n;

/// A finite number as JavaScript's `String(number)`.
pub(crate) fn write_number(number: f64, out: &mut Vec<u8>) {
    let text = digits(number.abs());
    let (mantissa, exponent) = text.split_once(['e']).unwrap_or((&text, "0"));
    let digits: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).collect();
    let point = exponent.parse::<i32>().unwrap_or_default().saturating_add(1);
    if number < 0.0 {
        out.push(b'-');
    }
    let length = usize::try_from(point.unsigned_abs()).unwrap_or(usize::MAX);
    match point {
        1..=21 => {
            let (whole, fraction) = digits.split_at_checked(length).unwrap_or((&digits, &[]));
            out.extend(whole);
            out.extend(repeat_n(b'0', length.saturating_sub(whole.len())));
            write_fraction(fraction, out);
        }
        -5..=0 => {
            out.extend(b"0.");
            out.extend(repeat_n(b'0', length));
            out.extend(digits);
        }
        _ => {
            let (whole, fraction) = digits.split_at_checked(1).unwrap_or_default();
            out.extend(whole);
            write_fraction(fraction, out);
            out.extend(if point > 0 { "e+" } else { "e" }.bytes());
            out.extend(exponent.bytes());
        }
    }
}

/// The digits and the exponent (`1.5e3`): the fewest digits that read back as the number; of those,
/// the nearest to it; of two as near, the even ones. The shortest form of `core` takes the upper
/// of two as near, and its rounding to a count of digits the even one, which reads back but where
/// the number is next to a power of two.
fn digits(number: f64) -> String {
    let shortest = format!("{number:e}");
    let mantissa = shortest.split(['e']).next().unwrap_or_default();
    let fraction = mantissa.len().saturating_sub(2); // without the first digit and the point
    let nearest = format!("{number:.fraction$e}");
    if nearest.parse() == Ok(number) { nearest } else { shortest }
}

fn write_fraction(digits: &[u8], out: &mut Vec<u8>) {
    if !digits.is_empty() {
        out.push(b'.');
        out.extend(digits);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    fn written(number: f64) -> String {
        let mut out = Vec::new();
        write_number(number, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn as_javascript_has_them() {
        for (text, wanted) in [
            ("0", "0"),
            ("-0", "0"),
            ("-0.0e5", "0"),
            ("1.0", "1"),
            ("-1.50", "-1.5"),
            ("1e3", "1000"),
            ("0.1", "0.1"),
            ("100000000000000000000", "100000000000000000000"),
            ("123456789012345680000", "123456789012345680000"),
            ("1e20", "100000000000000000000"),
            ("1e21", "1e+21"),
            ("1.5E+300", "1.5e+300"),
            ("0.000001", "0.000001"),
            ("0.00000123", "0.00000123"),
            ("0.0000001", "1e-7"),
            ("-1.25e-9", "-1.25e-9"),
            ("999999999999999", "999999999999999"),
            ("9007199254740991", "9007199254740991"),
            ("9007199254740993", "9007199254740992"),
            ("12345678901234567890", "12345678901234567000"),
            ("0.30000000000000004", "0.30000000000000004"),
            ("5e-324", "5e-324"),
            ("1e-400", "0"),
            ("1.7976931348623157e308", "1.7976931348623157e+308"),
            // Two texts of as few digits are as near: the even one.
            ("2.98023223876953125e-8", "2.9802322387695312e-8"),
            ("188291090997823.125", "188291090997823.12"),
            // Next to a power of two the nearest text of as few digits reads back as another.
            ("7.120236347223045e-307", "7.120236347223045e-307"),
            ("-5.858190679279809e-244", "-5.858190679279809e-244"),
            ("2.2250738585072014e-308", "2.2250738585072014e-308"),
        ] {
            assert_eq!(written(text.parse().unwrap()), wanted, "{text}");
        }
    }

    proptest! {
        /// As few digits as `core` writes, and they read back as the same number.
        #[test]
        fn numbers_read_back(number in any::<f64>()) {
            prop_assume!(number.is_finite());
            let written = written(number);
            prop_assert_eq!(written.parse::<f64>().unwrap(), number);
            let digits = |text: &str| {
                let mantissa = text.split('e').next().unwrap();
                let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
                digits.trim_start_matches('0').trim_end_matches('0').len()
            };
            prop_assert_eq!(digits(&written), digits(&format!("{number:e}")));
        }
    }
}
