//! A program that verifies one row, or, as the control, whichever row of the table it is given.

#![no_std]
#![no_main]

use core::hint::{black_box, spin_loop};

use hookseal::{Request, Scheme, UnixTime, Verifier, providers};

#[unsafe(no_mangle)]
pub extern "C" fn _start() {
    if cfg!(feature = "all") {
        black_box(providers::ALL).iter().for_each(|scheme| verify(scheme));
    } else {
        verify(&providers::STRIPE);
    }
}

#[inline(always)]
fn verify(scheme: &'static Scheme<'static>) {
    let headers = black_box([("stripe-signature", "t=1700000000,v1=00")]);
    let secret = black_box("a secret of sixteen bytes and more");
    if let Ok(verifier) = Verifier::new(scheme, secret) {
        let now = black_box(UnixTime::from_secs(1_700_000_000));
        black_box(verifier.verify(&Request::new(&headers, black_box(b"{}")), now).is_ok());
    }
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {
        spin_loop();
    }
}
