//! What holds for any input: nothing panics, nothing takes more than linear time, and what
//! `to_json` wrote is read back.

use core::hint::black_box;
use core::panic::AssertUnwindSafe;
use core::time::Duration;
use std::collections::HashSet;
use std::panic::catch_unwind;
use std::time::Instant;

use hookseal::capture::{Captured, Form, read};
use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, proptest};
use proptest::{option, sample};

const SEEDS: &[&str] = &[
    "POST /a HTTP/1.1\r\nHost: b\r\nContent-Length: 4\r\n\r\nbody",
    "POST /a HTTP/1.1\nTransfer-Encoding: chunked\n\n4\nbody\n0\n\n",
    r"curl -X POST 'https://a/\[b\]' -H 'A: b' -H 'C;' --data-raw $'x\u0021\n\xff' -u a:b -b c=d",
    r#"{"log":{"entries":[{"request":{"method":"POST","headers":[{"name":"a","value":"b"}]}}]}}"#,
    r#"{"httpMethod":"POST","path":"/","headers":{"Host":"b"},"isBase64Encoded":true,"body":"YQ=="}"#,
    r#"{"method":"POST","url":"u","headers":[["A",{"base64":"/w=="}]],"body_base64":"/w=="}"#,
];

fn panics(action: impl FnOnce()) -> bool {
    catch_unwind(AssertUnwindSafe(action)).is_err()
}

/// A seed with some of its bytes replaced, and bytes put in or the end cut off.
fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let places = vec((any::<sample::Index>(), any::<u8>()), 0..4);
    let pieces =
        sample::select(vec![&b"'"[..], b"\"", b"\\", b"\n", b"\0", b"{", b"[", b"$'\\u", b" -"]);
    (sample::select(SEEDS), places, pieces, any::<sample::Index>(), any::<bool>()).prop_map(
        |(seed, places, piece, at, cut)| {
            let mut bytes = seed.as_bytes().to_vec();
            for (index, byte) in places {
                let index = index.index(bytes.len());
                bytes[index] = byte;
            }
            let at = at.index(bytes.len());
            let tail = bytes.split_off(at);
            bytes.extend_from_slice(piece);
            bytes.extend(if cut { Vec::new() } else { tail });
            bytes
        },
    )
}

fn requests() -> impl Strategy<Value = Captured> {
    let values =
        sample::select(vec![&b""[..], b"v1=ab", b"\"\\\n\x7f", b"\xff\xfe", "\u{e9}".as_bytes()]);
    let values = proptest::prop_oneof![values.prop_map(<[u8]>::to_vec), vec(any::<u8>(), 0..20)];
    let texts = || option::of(any::<String>());
    let bodies =
        proptest::prop_oneof![vec(any::<u8>(), 0..40), any::<String>().prop_map(Into::into)];
    (texts(), texts(), vec((any::<String>(), values), 0..5), bodies)
        .prop_map(|(method, url, headers, body)| Captured { method, url, headers, body })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn what_is_kept_is_read_back(request in requests()) {
        let text = request.to_json();
        prop_assert_eq!(Form::of(text.as_bytes()), Ok(Form::Json));
        prop_assert!(read(text.as_bytes()).as_ref() == Ok(&request), "{}", text);
    }

    #[test]
    fn arbitrary_bytes_do_not_panic(bytes in vec(any::<u8>(), 0..200)) {
        prop_assert!(!panics(|| drop(read(&bytes))));
    }

    #[test]
    fn damaged_captures_do_not_panic(bytes in damaged()) {
        prop_assert!(!panics(|| drop(read(&bytes))));
        if let Ok(request) = read(&bytes) {
            prop_assert!(read(request.to_json().as_bytes()).as_ref() == Ok(&request));
        }
    }
}

#[test]
fn a_panic_would_be_seen() {
    assert!(panics(|| drop(Vec::<String>::new()[SEEDS.len()].clone())));
    assert!(SEEDS.iter().all(|seed| read(seed.as_bytes()).is_ok()));
    let forms: HashSet<_> =
        SEEDS.iter().filter_map(|seed| Form::of(seed.as_bytes()).ok()).collect();
    assert_eq!(forms.len(), 5, "the seeds reach every reader");
}

/// `start`, then as many `parts` as fill the size, then `end`.
fn filled(start: &str, part: &str, end: &str, size: usize) -> Vec<u8> {
    format!("{start}{}{end}", part.repeat(size / part.len())).into_bytes()
}

/// How many times longer `action` takes for 1 MiB than for 64 KiB: about 16 when it is linear,
/// about 256 when it is quadratic.
fn growth(action: impl Fn(usize)) -> f64 {
    let fastest = |size| {
        let time = |_| {
            let start = Instant::now();
            action(size);
            start.elapsed()
        };
        (0..5).map(time).min().unwrap_or_default().max(Duration::from_micros(1))
    };
    let small = fastest(1 << 16);
    fastest(1 << 20).as_secs_f64() / small.as_secs_f64()
}

const MOST_GROWTH: f64 = 130.0;

#[test]
fn a_mebibyte_takes_linear_time() {
    let adversarial: &[(&str, &str, &str)] = &[
        ("POST / HTTP/1.1\n", "A:b\n", "\n"),
        ("POST / HTTP/1.1\nA: ", "b", "\n\n"),
        ("POST / HTTP/1.1\nTransfer-Encoding: chunked\n\n", "1\na\n", "0\n\n"),
        ("POST / HTTP/1.1\nTransfer-Encoding: chunked\n\n0\n", "a\n", "\n"),
        ("", "\r\n", "x"),
        ("", "a", " HTTP/1.1"),
        ("curl a ", "-d b ", ""),
        ("curl a ", "-b c=d ", ""),
        ("curl a ", "-H A:b ", ""),
        ("curl a ", "--zzz ", ""),
        ("curl a -", "s", ""),
        ("curl a", "\\\n", ""),
        ("curl a -d $'", "\\ud83d\\ude00", "'"),
        ("curl a -d ", "''\"\"", ""),
        ("curl 'a", "\\{", "'"),
        (r#"{"headers":["#, r#"["a","b"],"#, r#"["a","b"]]}"#),
        (r#"{"headers":{"a":["#, r#""","#, r#"""]}}"#),
        (r#"{"headers":[],"body":""#, "\\u0000", "\"}"),
        (r#"{"headers":[],"x":["#, "{},", "{}]}"),
        (r#"{"headers":"#, "[", ""),
        (r#"{"log":{"entries":["#, "{},", "{}]}}"),
        (r#"{"httpMethod":"A","cookies":["#, r#""","#, r#"""]}"#),
    ];
    for (start, part, end) in adversarial {
        let inputs = [1 << 16, 1 << 20].map(|size| filled(start, part, end, size));
        let growth = growth(|size| drop(read(&inputs[usize::from(size > 1 << 16)])));
        assert!(growth < MOST_GROWTH, "{growth:.0} times for {start}{part}");
    }
    for form in ["headers\":{", "httpMethod\":\"A\",\"queryStringParameters\":{"] {
        let inputs = [1 << 16, 1 << 20].map(|size| {
            let fields: Vec<_> = (0..size / 13).map(|n| format!("\"{n:07}\":\"\"")).collect();
            format!("{{\"{form}{}}}}}", fields.join(",")).into_bytes()
        });
        assert!(inputs.iter().all(|input| read(input).is_ok()));
        let growth = growth(|size| drop(read(&inputs[usize::from(size > 1 << 16)])));
        assert!(growth < MOST_GROWTH, "{growth:.0} times for {form}");
    }
    // The control: the same measure sees quadratic work, here on a 256th of the bytes.
    let quadratic = |size: usize| {
        let bytes = black_box(vec![1_u8; size >> 8]);
        let sums = (0..bytes.len())
            .map(|end| bytes[..end].iter().map(|byte| u64::from(*byte)).sum::<u64>());
        black_box(sums.sum::<u64>());
    };
    assert!(growth(quadratic) > MOST_GROWTH, "the control did not fire");
}
