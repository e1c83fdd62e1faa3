//! What a secret must be, whatever its scheme: there, of the right kind, and long enough. Nothing of
//! it reaches a branch but through `reveal`.

use subtle::{Choice, ConstantTimeEq, ConstantTimeLess};

use crate::error::KeyError;
use crate::key::reveal;

/// Shortest key that is taken without the override by name: 128 bits.
const MIN_KEY: usize = 16;

/// HMAC pads a key with zeros, so zeros at its end add nothing. A random key of 16 bytes has five
/// of them once in 2^40.
const MIN_SIGNIFICANT: u64 = 12;

/// Whether a secret shorter than 16 bytes is taken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weak {
    Refuse,
    Allow,
}

/// Whether a decoded key can be used.
///
/// # Errors
/// `empty_secret` where all of it is zeros; `weak_secret` where it is short, unless that is allowed.
pub(crate) fn is_strong(key: &[u8], weak: Weak) -> Result<(), KeyError> {
    let significant = significant(key);
    if reveal(significant.ct_eq(&0)) {
        return Err(KeyError::EmptySecret);
    }
    let short = key.len() < MIN_KEY || reveal(significant.ct_lt(&MIN_SIGNIFICANT));
    if short && weak == Weak::Refuse { Err(KeyError::WeakSecret) } else { Ok(()) }
}

/// The length of a key without the zeros at its end.
fn significant(key: &[u8]) -> u64 {
    let count = |(length, met): (u64, Choice), byte: &u8| {
        let met = met | !byte.ct_eq(&0);
        (length.wrapping_add(u64::from(met.unwrap_u8())), met)
    };
    key.iter().rev().fold((0, Choice::from(0)), count).0
}

/// Whether all is ASCII white space.
pub(crate) fn is_blank(secret: &[u8]) -> Choice {
    secret.iter().fold(Choice::from(1), |blank, byte| {
        let is = |space: &u8| byte.ct_eq(space);
        blank & (is(&b' ') | is(&b'\t') | is(&b'\n') | is(&b'\x0C') | is(&b'\r'))
    })
}

/// Whether a PEM label is anywhere in it.
pub(crate) fn is_pem(secret: &[u8]) -> Choice {
    const LABEL: &[u8] = b"-----BEGIN ";
    let found = |found: Choice, window: &[u8]| found | window.ct_eq(LABEL);
    secret.windows(LABEL.len()).fold(Choice::from(0), found)
}
