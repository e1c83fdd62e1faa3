//! What is left of a key in the memory of a verifier or a signer that was dropped: nothing.
//!
//! Before the drop the states that the key was prepared into must be found there, or the search
//! would find nothing afterwards for the wrong reason.

use std::mem::{ManuallyDrop, MaybeUninit};
use std::ptr;

use digest::Digest;
use digest::common::hazmat::SerializableState;
use hookseal::{Algorithm, Encoding, KeyFormat, Scheme, Signer, Verifier, header, template};
use sha2::{Sha256, Sha384, Sha512};

const KEYS: [&[u8]; 3] = [
    b"a secret of just 26 bytes.",
    b"of sixteen bytes",
    b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ~!",
];

#[test]
fn what_a_value_does_not_write_is_caught() {
    stain(KEYS[0]);
    let (_, after) = around_drop(unwritten());
    assert!(holds_any(&after, KEYS[0]));
}

/// Memory that was reserved and is not written.
#[inline(never)]
fn unwritten() -> [MaybeUninit<u8>; 1024] {
    let mut memory = [MaybeUninit::uninit(); 1024];
    std::hint::black_box(&mut memory);
    memory
}

#[test]
fn a_type_that_does_not_wipe_is_caught() {
    let secret = *b"this one stays in memory";
    let (before, after) = around_drop(secret);
    assert!(holds(&before, &secret) && holds(&after, &secret));
}

#[test]
fn a_dropped_verifier_holds_nothing_of_its_keys() {
    for algorithm in ALGORITHMS {
        let scheme = scheme(*algorithm, KeyFormat::Text);
        for key in KEYS {
            stain(key);
            let verifier = Verifier::new(&scheme, key).unwrap().and_secret(KEYS[0]).unwrap();
            check(verifier, *algorithm, key);
            stain(key);
            check(Signer::new(&scheme, key).unwrap(), *algorithm, key);
        }
    }
}

#[test]
fn a_decoded_key_is_wiped_too() {
    for (format, secret) in [
        (KeyFormat::Hex, "000102030405060708090a0b0c0d0e0f1011"),
        (KeyFormat::Base64 { prefix: "whsec_" }, "whsec_AAECAwQFBgcICQoLDA0ODxAR"),
    ] {
        let scheme = scheme(Algorithm::HmacSha256, format);
        let key: Vec<u8> = (0..18).collect();
        check(Verifier::new(&scheme, secret).unwrap(), Algorithm::HmacSha256, &key);
        let (_, after) = around_drop(Verifier::new(&scheme, secret).unwrap());
        assert!(!holds_any(&after, secret.as_bytes()));
    }
}

/// Leaves a key all over the stack, as earlier work may have: what a value does not write itself
/// then holds pieces of it.
#[inline(never)]
fn stain(key: &[u8]) {
    let mut stack = [0u8; 1 << 16];
    stack.iter_mut().zip(key.iter().cycle()).for_each(|(to, from)| *to = *from);
    std::hint::black_box(&mut stack);
}

/// The states must be found before the drop; after it no nine bytes of them, nor of the key.
fn check<T>(value: T, algorithm: Algorithm, key: &[u8]) {
    let (before, after) = around_drop(value);
    for state in states(algorithm, key) {
        assert!(holds(&before, &state), "{algorithm:?}: the state is not where it is looked for");
        assert!(!holds_any(&after, &state), "{algorithm:?}: a state is left");
    }
    for key in [key, KEYS[0]] {
        assert!(!holds_any(&after, key), "{algorithm:?}: the key itself is left");
    }
}

/// The memory of a value before and after its drop, in a place that stays allocated.
fn around_drop<T>(value: T) -> (Vec<u8>, Vec<u8>) {
    let mut place = Box::new(MaybeUninit::<T>::zeroed());
    let value = ManuallyDrop::new(value);
    // SAFETY: the place is valid for a `T`, which is moved in once and dropped once, in place.
    unsafe {
        ptr::copy_nonoverlapping(&raw const *value, place.as_mut_ptr(), 1);
        let before = bytes(&place);
        ptr::drop_in_place(place.as_mut_ptr());
        (before, bytes(&place))
    }
}

/// The bytes of a place. Padding has no value in the language's eyes; a volatile read of each
/// byte takes what the memory holds.
fn bytes<T>(place: &MaybeUninit<T>) -> Vec<u8> {
    let start = place.as_ptr().cast::<u8>();
    // SAFETY: inside the place, which is allocated and was zeroed.
    (0..size_of::<T>()).map(|at| unsafe { ptr::read_volatile(start.add(at)) }).collect()
}

fn holds(memory: &[u8], needle: &[u8]) -> bool {
    memory.windows(needle.len()).any(|window| window == needle)
}

/// The eight bytes at the end of a value are padding, as a key is aligned to 16: no safe code can
/// write there what a move has copied there from the stack.
const WINDOW: usize = 9;

/// Whether nine bytes in a row of the needle are in memory.
fn holds_any(memory: &[u8], needle: &[u8]) -> bool {
    needle.windows(WINDOW).any(|window| holds(memory, window))
}

#[cfg(feature = "algorithms")]
const ALGORITHMS: &[Algorithm] = &[
    Algorithm::HmacSha256,
    Algorithm::HmacSha1,
    Algorithm::HmacSha384,
    Algorithm::HmacSha512,
    Algorithm::Token,
];
#[cfg(not(feature = "algorithms"))]
const ALGORITHMS: &[Algorithm] = &[Algorithm::HmacSha256, Algorithm::Token];

/// What a key is prepared into: the states of the hash behind the two padded keys, as they are in
/// memory; or the hash of a token.
fn states(algorithm: Algorithm, key: &[u8]) -> Vec<Vec<u8>> {
    match algorithm {
        Algorithm::HmacSha1 => hmac::<sha1::Sha1>(key, 64, 20),
        Algorithm::HmacSha384 => hmac::<Sha384>(key, 128, 64),
        Algorithm::HmacSha512 => hmac::<Sha512>(key, 128, 64),
        Algorithm::Token => vec![Sha256::digest(key).to_vec()],
        _ => hmac::<Sha256>(key, 64, 32),
    }
}

fn hmac<D: Digest + SerializableState>(key: &[u8], block: usize, state: usize) -> Vec<Vec<u8>> {
    let padded = |pad: u8| -> Vec<u8> {
        (0..block).map(|at| key.get(at).copied().unwrap_or_default() ^ pad).collect()
    };
    let state = |pad| D::new().chain_update(padded(pad)).serialize()[..state].to_vec();
    vec![state(0x36), state(0x5c)]
}

fn scheme(algorithm: Algorithm, key: KeyFormat<'static>) -> Scheme<'static> {
    let base = Scheme { signature: header("x-signature"), algorithm, key, ..Scheme::BASE };
    match algorithm {
        Algorithm::Token => {
            Scheme { encoding: Encoding::Text, signed: template!("{secret}"), ..base }
        }
        _ => base,
    }
}
