//! Code that leaks. Each must be reported, at every level of optimisation, or the silence about
//! the rest means nothing.

use core::hint::black_box;

use crate::valgrind::{declassify, errors, poison};

/// A compare that ends at the first byte that differs.
pub fn early_exit() -> u64 {
    let mut secret = vec![7u8; 32];
    let received = vec![7u8; 32];
    watched(&mut secret, |secret| {
        let (ours, theirs) = (black_box(secret), black_box(received.as_slice()));
        let mut at = 0;
        while at < ours.len() {
            if black_box(ours[at]) != theirs[at] {
                return false;
            }
            at += 1;
        }
        true
    })
}

/// Base64 by a table of 256 entries: the secret's bytes choose which cache lines are touched.
pub fn table_lookup() -> u64 {
    static TABLE: [u8; 256] = table();
    let mut secret = *b"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    watched(&mut secret, |secret| {
        let table = black_box(&TABLE);
        black_box(secret).iter().fold(0u8, |sum, byte| sum ^ table[usize::from(*byte)]) == 0
    })
}

/// The standard library's search for a byte that is not blank: what a check for an empty secret
/// looks like when it is written without a thought of time.
pub fn blank_search() -> u64 {
    let mut secret = *b"  a secret of thirty-two bytes! ";
    watched(&mut secret, |secret| black_box(secret).iter().all(u8::is_ascii_whitespace))
}

fn watched(secret: &mut [u8], leak: impl Fn(&[u8]) -> bool) -> u64 {
    poison(secret);
    let before = errors();
    let mut verdict = leak(secret);
    declassify(&mut verdict);
    black_box(verdict);
    errors() - before
}

const fn table() -> [u8; 256] {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut table = [255; 256];
    let mut value = 0;
    while value < 64 {
        table[alphabet[value] as usize] = value as u8;
        value += 1;
    }
    table
}
