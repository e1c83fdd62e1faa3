//! A program without an operating system whose panic handler calls a function that does not
//! exist: it links only where no panic can be reached from what the features name, the library of
//! formatting and the destructors included. What it passes in is unknown to the optimiser.

#![no_std]
#![no_main]

use core::fmt::{self, Write};
use core::hint::black_box;
use core::net::{IpAddr, Ipv6Addr};

use hookseal::receive::{AllowList, Network, PublicUrl};
use hookseal::{
    Delivery, EndpointError, Headers, MAX_PARTS, Part, Request, Scheme, Signed, Signer, Template,
    UnixTime, Verifier,
};

const NOBODY: IpAddr = IpAddr::V6(Ipv6Addr::UNSPECIFIED);

unsafe extern "C" {
    fn a_panic_is_reachable() -> !;
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    // SAFETY: it does not exist, so a program with this call does not link.
    unsafe { a_panic_is_reachable() }
}

#[unsafe(no_mangle)]
pub extern "C" fn _start() {
    if cfg!(feature = "verify") {
        verify();
    }
    if cfg!(feature = "rows") {
        rows();
    }
    if cfg!(feature = "delivery") {
        delivery();
    }
    if cfg!(feature = "setup") {
        setup();
    }
    if cfg!(feature = "sign") {
        sign();
    }
    if cfg!(feature = "template") {
        template();
    }
    if cfg!(feature = "receive") {
        receive();
    }
    if cfg!(feature = "control") {
        control();
    }
}

/// A value of which the optimiser knows nothing but its type.
fn unknown<T>() -> Option<T> {
    black_box(None)
}

fn verify() {
    let verifier: Option<&Verifier<'static>> = unknown();
    if let (Some(verifier), Some(request), Some(now)) =
        (verifier, unknown::<Request<'_>>(), unknown())
    {
        black_box(verifier.verify(&request, now).is_ok());
    }
}

/// Rows that the optimiser knows, and may inline: a form, a query, fields of JSON.
fn rows() {
    use hookseal::providers::{ECWID, GITEA_FORM, MERCADO_PAGO, MESSAGEBIRD_LEGACY};
    for scheme in [&GITEA_FORM, &MERCADO_PAGO, &MESSAGEBIRD_LEGACY, &ECWID] {
        if let (Some(secret), Some(request), Some(now)) =
            (unknown::<&[u8]>(), unknown::<Request<'_>>(), unknown())
            && let Ok(verifier) = Verifier::new(scheme, secret)
        {
            black_box(verifier.verify(&request, now).is_ok());
        }
    }
}

fn delivery() {
    if let (Some(delivery), Some(scope)) = (unknown::<&Delivery<'static>>(), unknown::<&[u8]>()) {
        black_box((delivery.event_id().is_some(), delivery.event_type().is_some()));
        black_box((delivery.replay_key(scope), delivery.body_digest()));
    }
}

fn setup() {
    let scheme: Option<&'static Scheme<'static>> = unknown();
    if let (Some(scheme), Some(secret)) = (scheme, unknown::<&'static [u8]>()) {
        let verifier = Verifier::new(scheme, secret).and_then(|it| it.and_secret(secret));
        let verifier = verifier.and_then(|it| Ok(it.tolerance(60)?.future_tolerance(60)?));
        black_box(verifier.is_ok());
        black_box(Signer::new(scheme, secret).is_ok());
    }
}

fn sign() {
    let signer: Option<&Signer<'static>> = unknown();
    let id: Option<&'static str> = unknown();
    if let (Some(signer), Some(request), Some(now)) = (signer, unknown(), unknown::<UnixTime>()) {
        let _ = black_box(signer.sign(&request, id, now).map(|signed| headers(&signed)));
    }
}

fn headers(signed: &Signed<'_>) -> fmt::Result {
    signed.headers().try_for_each(|(name, value)| write!(Sink, "{name}{value}"))
}

fn template() {
    if let Some(text) = unknown::<&str>() {
        let mut memory = [Part::NONE; MAX_PARTS];
        if let Ok(signed) = Template::parse(text, &mut memory) {
            let scheme = Scheme { signature: hookseal::header(text), signed, ..Scheme::BASE };
            black_box(scheme.check().is_ok());
        }
    }
}

fn receive() {
    if let Some(text) = unknown::<&str>() {
        let network = Network::parse(text);
        let _ =
            black_box(network.map(|it| it.contains(unknown().unwrap_or(NOBODY))).map_err(message));
    }
    if let (Some(list), Some(headers)) = (unknown::<AllowList<'_>>(), unknown::<Headers<'_>>()) {
        black_box(list.is_allowed(unknown(), headers));
    }
    if let (Some(scheme), Some(target)) = (unknown::<&Scheme<'_>>(), unknown::<&str>()) {
        let url = PublicUrl::new(unknown(), scheme).map(|it| write!(Sink, "{}", it.of(target)));
        black_box(url.map_err(message).is_ok());
    }
}

fn message(error: EndpointError) -> &'static str {
    error.message()
}

fn control() {
    if let (Some(bytes), Some(at)) = (unknown::<&[u8]>(), unknown::<usize>()) {
        black_box(bytes[at]);
    }
}

struct Sink;

impl Write for Sink {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        black_box(text);
        Ok(())
    }
}
