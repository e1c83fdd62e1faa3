//! A program for a machine without an operating system: no standard library, no allocator.

#![no_std]
#![no_main]

use core::hint::{black_box, spin_loop};

use hookseal::{Request, Signer, UnixTime, Verifier, providers};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const NOW: UnixTime = UnixTime::from_secs(1_700_000_000);

#[unsafe(no_mangle)]
pub extern "C" fn _start() {
    let headers = black_box([("stripe-signature", "t=1700000000,v1=00")]);
    let request = Request::new(&headers, black_box(b"{}"));
    for scheme in black_box(providers::ALL) {
        let verified = Verifier::new(scheme, SECRET)
            .is_ok_and(|verifier| verifier.verify(&request, NOW).is_ok());
        let signed = Signer::new(scheme, SECRET)
            .is_ok_and(|signer| signer.sign(&request, Some("id"), NOW).is_ok());
        black_box((verified, signed));
    }
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {
        spin_loop();
    }
}
