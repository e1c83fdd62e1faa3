//! Import of a secret and verification, to be called by the host, which counts the instructions.
//! Secret, signature and body come in one buffer, one after the other.

#![no_std]

use core::hint::{black_box, spin_loop};

use hookseal::{Algorithm, Encoding, KeyFormat, Request, Scheme, UnixTime, Verifier};
use hookseal::{header, template};

const SIZE: usize = 4096;
static mut BUFFER: [u8; SIZE] = [0; SIZE];

/// Where the host writes.
#[unsafe(no_mangle)]
pub extern "C" fn buffer() -> *mut u8 {
    (&raw mut BUFFER).cast()
}

/// 1: verified; 0: refused; 2: the secret was refused.
#[unsafe(no_mangle)]
pub extern "C" fn verify(
    algorithm: u32,
    format: u32,
    secret: usize,
    signature: usize,
    body: usize,
) -> u32 {
    let (secret, signature, body) = parts(secret, signature, body);
    let base = Scheme { signature: header("x-sig"), ..Scheme::BASE };
    let key = match format {
        0 => KeyFormat::Text,
        1 => KeyFormat::Hex,
        _ => KeyFormat::Base64 { prefix: "whsec_" },
    };
    let scheme = match algorithm {
        0 => Scheme { algorithm: Algorithm::HmacSha256, key, ..base },
        1 => Scheme { algorithm: Algorithm::HmacSha1, encoding: Encoding::Base64, key, ..base },
        2 => {
            Scheme { algorithm: Algorithm::HmacSha512, encoding: Encoding::Base64Url, key, ..base }
        }
        _ => Scheme {
            algorithm: Algorithm::Token,
            encoding: Encoding::Text,
            signed: template!("{secret}"),
            ..base
        },
    };
    let Ok(verifier) = Verifier::new(&scheme, secret) else { return 2 };
    let headers = [("x-sig", signature)];
    let request = Request::new(&headers, body);
    u32::from(verifier.verify(&request, UnixTime::from_secs(1_700_000_000)).is_ok())
}

/// The control: a compare that ends at the first byte that differs.
#[unsafe(no_mangle)]
pub extern "C" fn leaky(_: u32, _: u32, secret: usize, signature: usize, body: usize) -> u32 {
    let (secret, signature, _) = parts(secret, signature, body);
    let pairs = secret.iter().zip(signature);
    u32::from(pairs.map(black_box).all(|(a, b)| a == b))
}

fn parts(
    secret: usize,
    signature: usize,
    body: usize,
) -> (&'static [u8], &'static [u8], &'static [u8]) {
    // SAFETY: one thread; the host writes between calls only.
    let buffer: &'static [u8; SIZE] = unsafe { &*(&raw const BUFFER) };
    let (secret, rest) = buffer.split_at(secret);
    let (signature, rest) = rest.split_at(signature);
    (secret, signature, &rest[..body])
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {
        spin_loop();
    }
}
