//! Nothing on the way of a delivery allocates: set-up, verification of good, bad and hostile
//! requests, what is asked of a delivery, signing and the writing of headers.

use std::fmt::{self, Write as _};
use std::hint::black_box;

use hookseal::{Place, Request, Scheme, Signer, UnixTime, Verifier, providers};
use proof_memory::{Counting, allocations};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const NOW: UnixTime = UnixTime::from_secs(1_700_000_000);
const SECRET: &str = "00112233445566778899aabbccddeeff";
const NONE: &[(&str, &str)] = &[];

#[test]
fn the_control_is_counted() {
    assert_eq!(allocations(|| black_box(Box::new([7u8; 32]))).1, 1);
    assert_ne!(allocations(|| black_box(vec![1u8]).extend([2; 100])).1, 1);
    assert_eq!(allocations(|| black_box(1) + 1), (2, 0));
}

#[test]
fn a_genuine_delivery_of_every_row_allocates_nothing() {
    let mut verified = 0;
    for scheme in enabled() {
        for body in [body(scheme, 0), body(scheme, 1 << 20)] {
            verified += u32::from(round_trip(scheme, &body));
        }
    }
    assert!(verified >= 2 * 200, "{verified}");
}

/// Set up, sign, verify, and ask for all there is. Whether the row can be signed for.
fn round_trip(scheme: &'static Scheme<'static>, body: &[u8]) -> bool {
    let secret = secret(scheme);
    let (made, count) = allocations(|| {
        (Verifier::new(scheme, &secret).unwrap(), Signer::new(scheme, &secret).unwrap())
    });
    assert_eq!(count, 0, "{}: set-up", scheme.name);
    let (verifier, signer) = made;

    let mut text = Text::new();
    let (signed, count) = allocations(|| {
        let signed = signer.sign(&whole(Request::new(NONE, body)), Some("evt_1"), NOW)?;
        signed.headers().for_each(|(name, value)| writeln!(text, "{name}:{value}").unwrap());
        Ok::<_, hookseal::Error>(signed)
    });
    assert_eq!(count, 0, "{}: signing", scheme.name);
    let Ok(signed) = signed else { return false };
    // A signature in the body or in the URL would have to be put there.
    if scheme.signature.place != Place::Header {
        return false;
    }

    let headers: Vec<_> = signed.headers().map(|(name, value)| (name, value.to_string())).collect();
    let map: http::HeaderMap = headers
        .iter()
        .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
        .collect();
    let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    for request in [Request::new(headers.as_slice(), body), Request::new(&map, body)] {
        let (verdict, count) = allocations(|| {
            let delivery =
                verifier.verify(&whole(request), NOW).map_err(|error| (error, scheme.name));
            let delivery = delivery.unwrap();
            black_box((delivery.event_id().is_some(), delivery.event_type().is_some()));
            black_box((delivery.replay_key(b"scope"), delivery.body_digest(), delivery.clone()));
            verifier.verify(&whole(request), UnixTime::from_secs(0)).is_ok()
        });
        assert_eq!(count, 0, "{}: verification", scheme.name);
        assert_eq!(verdict, scheme.timestamp.is_none(), "{}", scheme.name);
    }
    true
}

#[test]
fn a_hostile_request_allocates_nothing() {
    let mut refused = 0;
    for scheme in enabled() {
        let verifier = Verifier::new(scheme, secret(scheme)).unwrap();
        for (headers, body) in hostile(scheme) {
            let (verdict, count) = allocations(|| {
                verifier.verify(&whole(Request::new(headers.as_slice(), &body)), NOW).map(|_| ())
            });
            assert_eq!(count, 0, "{}: {verdict:?}", scheme.name);
            assert!(verdict.is_err(), "{}", scheme.name);
            refused += 1;
        }
    }
    assert!(refused > 250 * 100, "{refused}");
}

type Hostile<'r> = (Vec<(&'r str, &'r [u8])>, Vec<u8>);

/// Values of every kind of wrongness in every header that the row may read, with bodies of every
/// kind.
fn hostile(scheme: &Scheme<'static>) -> Vec<Hostile<'static>> {
    let names: Vec<&'static str> = scheme
        .signature
        .names()
        .chain(scheme.timestamp.iter().flat_map(|time| time.source.names()))
        .chain(scheme.event_id.iter().flat_map(|id| id.source.names()))
        .collect();
    let bodies: [&[u8]; 5] =
        [b"", b"\xff\xfe", b"{\"id\":\"\\ud800\"}", b"{\"id\":1,\"id\":2}", &[b'['; 300]];
    let mut requests: Vec<Hostile<'static>> = vec![(Vec::new(), Vec::new())];
    for value in VALUES {
        for body in bodies {
            let all: Vec<_> = names.iter().map(|name| (*name, *value)).collect();
            requests.push((all.clone(), body.to_vec()));
            requests.push((all.iter().chain(&all).copied().collect(), body.to_vec()));
        }
    }
    requests
}

const VALUES: &[&[u8]] = &[
    b"",
    b"=",
    b",",
    b"sha256=",
    b"sha256=zz",
    b"v1,v1,v1,",
    b"t=1,t=2,v1=00",
    // Seventeen signatures.
    b"t=1700000000,v1=00,v1=00,v1=00,v1=00,v1=00,v1=00,v1=00,v1=00,\
      v1=00,v1=00,v1=00,v1=00,v1=00,v1=00,v1=00,v1=00,v1=00",
    b"t=1700000000,v1=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
    b"1700000000",
    b"2023-11-14T22:13:20Z",
    b"\xff\x00\xc3\x28",
    &[b'a'; 8192],
    &[b'1'; 8193],
    &[b' '; 8000],
];

fn enabled() -> impl Iterator<Item = &'static Scheme<'static>> {
    providers::ALL.iter().copied().filter(|scheme| scheme.check().is_ok())
}

/// A secret, with a public half where the row has one.
fn secret(scheme: &Scheme<'_>) -> String {
    scheme.key_id.map_or(SECRET.into(), |mark| format!("id{}{SECRET}", char::from(mark)))
}

/// A body with whatever field a row may read.
fn body(scheme: &Scheme<'_>, padding: usize) -> Vec<u8> {
    let time = scheme.timestamp.map_or("id", |time| time.source.names().next().unwrap_or("id"));
    let zeros = "0".repeat(padding);
    format!(r#"{{"{time}":1700000000000,"type":"t","padding":"{zeros}"}}"#).into_bytes()
}

fn whole<'r>(request: Request<'r>) -> Request<'r> {
    request.url("https://example.com/hook?a=%2Fb").method("POST")
}

/// A writer that does not allocate.
struct Text {
    memory: [u8; 1024],
    length: usize,
}

impl Text {
    fn new() -> Self {
        Text { memory: [0; 1024], length: 0 }
    }
}

impl fmt::Write for Text {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.length + text.len();
        self.memory.get_mut(self.length..end).ok_or(fmt::Error)?.copy_from_slice(text.as_bytes());
        self.length = end;
        Ok(())
    }
}
