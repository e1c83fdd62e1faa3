//! How things are spelled: signatures, keys, escaped URLs, and what a `Debug` shows.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]
#![allow(missing_docs)]

use hookseal::{
    Algorithm, Encoding, Error, KeyError, KeyFormat, Request, Scheme, SetupError, Signer, UnixTime,
    Verifier, header, template,
};

const SECRET: &str = "a secret of twenty-six bytes";
const NOW: UnixTime = UnixTime::from_secs(1_700_000_000);
const NONE: &[(&str, &str)] = &[];
const ROW: Scheme = Scheme { name: "acme", signature: header("acme-signature"), ..Scheme::BASE };

fn sign(row: &Scheme<'_>, secret: &str, request: &Request<'_>) -> String {
    let signer = Signer::new(row, secret).unwrap();
    let signed = signer.sign(request, None, NOW).unwrap();
    signed.headers().next().unwrap().1.to_string()
}

fn verify(row: &Scheme<'_>, signature: &str, body: &[u8]) -> Result<(), Error> {
    let headers = [("acme-signature", signature)];
    let verifier = Verifier::new(row, SECRET).unwrap();
    verifier.verify(&Request::new(&headers, body), NOW).map(drop)
}

/// The digits of an alphabet in order.
fn digits(url: bool) -> Vec<char> {
    let last = if url { "-_" } else { "+/" };
    ('A'..='Z').chain('a'..='z').chain('0'..='9').chain(last.chars()).collect()
}

/// Of all texts that decode to the same tag one is taken, whatever its last digit is.
#[test]
fn base64_has_one_spelling_of_every_tag() {
    for (encoding, url) in
        [(Encoding::Base64, false), (Encoding::Base64Url, true), (Encoding::Base64UrlPadded, true)]
    {
        let digits = digits(url);
        for (algorithm, unused) in [
            (Algorithm::HmacSha1, 4),
            (Algorithm::HmacSha256, 4),
            (Algorithm::HmacSha384, 1),
            (Algorithm::HmacSha512, 16),
        ] {
            let row = Scheme { encoding, algorithm, ..ROW };
            let mut met = std::collections::BTreeSet::new();
            for number in 0..2000 {
                let body = format!("body {number}");
                let request = Request::new(NONE, body.as_bytes());
                let good = sign(&row, SECRET, &request);
                let at = good.trim_end_matches('=').len() - 1;
                let last = char::from(good.as_bytes()[at]);
                if !met.insert(last) {
                    continue;
                }
                assert_eq!(verify(&row, &good, body.as_bytes()), Ok(()));
                let value = digits.iter().position(|digit| *digit == last).unwrap();
                assert_eq!(value % unused, 0);
                for other in 1..unused {
                    let mut bad = good.clone();
                    bad.replace_range(at..=at, &digits[value + other].to_string());
                    let code = verify(&row, &bad, body.as_bytes());
                    assert_eq!(code, Err(Error::MalformedSignature), "{bad}");
                }
            }
            // Every digit that a tag can end in was met, `+` and `/` among them.
            assert_eq!(met.len(), 64 / unused, "{encoding:?} {algorithm:?}");
        }
    }
}

#[test]
fn base64_takes_no_byte_of_another_alphabet() {
    for (encoding, url) in [(Encoding::Base64, false), (Encoding::Base64Url, true)] {
        let row = Scheme { encoding, ..ROW };
        let request = Request::new(NONE, b"body");
        let good = sign(&row, SECRET, &request);
        let digits = digits(url);
        for byte in (0x20..0x7F).map(char::from) {
            let mut text = good.clone();
            text.replace_range(7..8, &byte.to_string());
            let code = match text == good {
                true => Ok(()),
                false if digits.contains(&byte) => Err(Error::SignatureMismatch),
                false => Err(Error::MalformedSignature),
            };
            assert_eq!(verify(&row, &text, b"body"), code, "{byte:?}");
        }
    }
}

#[test]
fn hex_takes_lower_case_only() {
    let request = Request::new(NONE, b"body");
    let good = sign(&ROW, SECRET, &request);
    for byte in (0x20..0x7F).map(char::from) {
        let mut text = good.clone();
        text.replace_range(7..8, &byte.to_string());
        let code = match text == good {
            true => Ok(()),
            false if matches!(byte, '0'..='9' | 'a'..='f') => Err(Error::SignatureMismatch),
            false => Err(Error::MalformedSignature),
        };
        assert_eq!(verify(&ROW, &text, b"body"), code, "{byte:?}");
    }
}

/// A key is what was decoded, under its own length.
#[test]
fn keys_have_the_length_that_they_decode_to() {
    let hex = Scheme { key: KeyFormat::Hex, ..ROW };
    let base64 = Scheme { key: KeyFormat::Base64 { prefix: "key_" }, ..ROW };
    let request = Request::new(NONE, b"body");
    // 1 to 200 bytes: below, at and above the block of the hash.
    for length in 1..200usize {
        let bytes: Vec<u8> = (1..=length).map(|at| u8::try_from(at).unwrap()).collect();
        let text: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let made = Signer::new(&hex, &text).map(drop);
        let weak = Err(SetupError::Key(KeyError::WeakSecret));
        assert_eq!(made, if length < 16 { weak } else { Ok(()) });
        if length < 16 {
            continue;
        }
        let mut memory = [0; 300];
        let spelled =
            <base64ct::Base64 as base64ct::Encoding>::encode(&bytes, &mut memory).unwrap();
        let plain = sign(&hex, &text, &request);
        assert_eq!(plain, sign(&base64, spelled, &request));
        assert_eq!(plain, sign(&base64, &format!("key_{spelled}"), &request));
        assert_eq!(plain, raw(&bytes));
    }
    let malformed = Some(SetupError::Key(KeyError::MalformedSecret));
    let odd = "abc".repeat(15);
    let long = "ab".repeat(513);
    for text in [odd.as_str(), long.as_str(), "zz".repeat(16).as_str()] {
        assert_eq!(Signer::new(&hex, text).err(), malformed);
    }
    for text in ["QUJDREVGR0hJSktMTU5PUA=", "QUJDREVGR0hJSktMTU5PUA", "QUJDREVGR0hJSktMTU5PUB=="] {
        assert_eq!(Signer::new(&base64, text).err(), malformed, "{text}");
    }
    assert!(Signer::new(&base64, "QUJDREVGR0hJSktMTU5PUA==").is_ok());
    assert!(Signer::new(&base64, "QUJDREVGR0hJSktMTU5PUFE=").is_ok());
}

/// The verdict on headers of a Stripe delivery, made of its time and signature.
fn stripe(header: impl Fn(&str, &str) -> String) -> Result<(), Error> {
    use hookseal::providers::STRIPE;
    let signed = sign(&STRIPE, SECRET, &Request::new(NONE, b"{}"));
    let (time, signature) = signed.split_once(',').unwrap();
    let value = header(time, signature);
    let headers = [("stripe-signature", value.as_str())];
    let verifier = Verifier::new(&STRIPE, SECRET).unwrap();
    verifier.verify(&Request::new(&headers, b"{}"), NOW).map(drop)
}

#[test]
fn an_item_that_is_there_twice_is_one_where_it_is_the_same() {
    assert_eq!(stripe(|t, v| format!("{t},{v}")), Ok(()));
    assert_eq!(stripe(|t, v| format!("{v},{t}")), Ok(()));
    assert_eq!(stripe(|t, v| format!("{t},{t},{v}")), Ok(()));
    assert_eq!(stripe(|t, v| format!("{t},{v},{t}")), Ok(()));
    assert_eq!(stripe(|t, v| format!("{t},{v},t=1700000001")), Err(Error::MalformedTimestamp));
    assert_eq!(stripe(|t, v| format!("t=1700000001,{t},{v}")), Err(Error::MalformedTimestamp));
    assert_eq!(stripe(|t, v| format!("{t},t=,{v}")), Err(Error::MalformedTimestamp));
    assert_eq!(stripe(|_, v| v.to_string()), Err(Error::MissingTimestamp));
    assert_eq!(stripe(|t, _| t.to_string()), Err(Error::MalformedSignature));
}

#[test]
fn a_list_has_64_pieces_and_a_header_8192_bytes() {
    let junk = |count: usize| ",".repeat(count);
    assert_eq!(stripe(|t, v| format!("{t},{v}{}", junk(62))), Ok(()));
    assert_eq!(stripe(|t, v| format!("{t},{v}{}", junk(63))), Err(Error::TooManySignatures));
    let to = |length: usize| stripe(|t, v| format!("{:x<length$}", format!("{t},{v},")));
    assert_eq!(to(8191), Ok(()));
    assert_eq!(to(8192), Ok(()));
    assert_eq!(to(8193), Err(Error::HeaderTooLarge));
    let some = |count: usize| stripe(|t, v| format!("{t},{}{v}", "v1=x,".repeat(count)));
    assert_eq!(some(15), Ok(()));
    assert_eq!(some(16), Err(Error::TooManySignatures));
}

/// A single value without its prefix is malformed, where one that is away is missing.
#[test]
fn a_value_must_have_its_prefix() {
    let row = Scheme {
        event_id: Some(hookseal::event(header("acme-id").prefix("id_"))),
        signed: template!("{event_id}.{body}"),
        ..ROW
    };
    let code = |headers: &[(&str, &str)]| {
        let mut all = vec![("acme-signature", ZEROS)];
        all.extend_from_slice(headers);
        let verifier = Verifier::new(&row, SECRET).unwrap();
        verifier.verify(&Request::new(all.as_slice(), b""), NOW).unwrap_err()
    };
    assert_eq!(code(&[]), Error::MissingEventId);
    assert_eq!(code(&[("acme-id", "1")]), Error::MalformedEventId);
    assert_eq!(code(&[("acme-id", "id_")]), Error::MalformedEventId);
    assert_eq!(code(&[("acme-id", "id_1")]), Error::SignatureMismatch);
    let long = |length: usize| format!("id_{}", "1".repeat(length));
    assert_eq!(code(&[("acme-id", &long(256))]), Error::SignatureMismatch);
    assert_eq!(code(&[("acme-id", &long(257))]), Error::MalformedEventId);
}

/// Pairs of text, pairs of bytes and a map are one thing.
#[test]
fn headers_come_in_several_kinds() {
    let body = b"body";
    let signature = sign(&ROW, SECRET, &Request::new(NONE, body));
    let verifier = Verifier::new(&ROW, SECRET).unwrap();
    let verify = |request: &Request<'_>| verifier.verify(request, NOW).map(drop);
    // The same length as the right one, the same end, another case, and twice.
    let names = [
        ("acme-signature", Ok(())),
        ("ACME-Signature", Ok(())),
        ("acme-signaturf", Err(Error::MissingSignature)),
        ("bcme-signature", Err(Error::MissingSignature)),
        ("acme_signature", Err(Error::MissingSignature)),
        ("acme-signatures", Err(Error::MissingSignature)),
    ];
    for (name, verdict) in names {
        let text = [("accept", "*/*"), (name, signature.as_str())];
        let bytes = text.map(|(name, value)| (name, value.as_bytes()));
        assert_eq!(verify(&Request::new(&text, body)), verdict, "{name}");
        assert_eq!(verify(&Request::new(&bytes, body)), verdict, "{name}");
        assert_eq!(verify(&Request::new(text.as_slice(), body)), verdict, "{name}");
        assert_eq!(verify(&Request::new(bytes.as_slice(), body)), verdict, "{name}");
        let text = [text[1], text[1]];
        let bytes = text.map(|(name, value)| (name, value.as_bytes()));
        let twice = verdict.and(Err(Error::RepeatedHeader));
        assert_eq!(verify(&Request::new(&text, body)), twice, "{name}");
        assert_eq!(verify(&Request::new(&bytes, body)), twice, "{name}");
        #[cfg(feature = "http")]
        {
            let name: http::HeaderName = name.parse().unwrap();
            let mut map = http::HeaderMap::new();
            map.append(&name, signature.parse().unwrap());
            assert_eq!(verify(&Request::new(&map, body)), verdict, "{name}");
            let mut parts = http::Request::new(()).into_parts().0;
            parts.headers = map.clone();
            assert_eq!(verify(&Request::new(&parts, body)), verdict, "{name}");
            map.append(&name, signature.parse().unwrap());
            assert_eq!(verify(&Request::new(&map, body)), twice, "{name}");
        }
    }
}

/// A second signature is compared as it came, whatever its bytes are.
#[test]
fn one_bit_of_a_second_signature_counts() {
    use hookseal::providers::STRIPE;
    let good = sign(&STRIPE, SECRET, &Request::new(NONE, b"{}"));
    let (time, signature) = good.split_once(',').unwrap();
    let verifier = Verifier::new(&STRIPE, SECRET).unwrap();
    let verify = |second: &[u8]| {
        let value = [time.as_bytes(), b",v1=", ZEROS.as_bytes(), b",", second].concat();
        let headers = [("stripe-signature", value.as_slice())];
        verifier.verify(&Request::new(&headers, b"{}"), NOW).map(drop)
    };
    assert_eq!(verify(signature.as_bytes()), Ok(()));
    for at in 3..signature.len() {
        for bit in 0..8 {
            let mut second = signature.as_bytes().to_vec();
            second[at] ^= 1 << bit;
            assert_eq!(verify(&second), Err(Error::SignatureMismatch), "{at} {bit}");
        }
    }
}

#[test]
fn a_body_may_be_as_large_as_the_limit() {
    let signature = sign(&ROW, SECRET, &Request::new(NONE, b"body"));
    let headers = [("acme-signature", signature.as_str())];
    let verify = |limit: usize| {
        let verifier = Verifier::new(&ROW, SECRET).unwrap().body_limit(limit);
        verifier.verify(&Request::new(&headers, b"body"), NOW).map(drop)
    };
    assert_eq!((verify(4), verify(3)), (Ok(()), Err(Error::BodyTooLarge)));
}

/// A colon tells a time of RFC 3339 from the value before it; a time in digits has none.
#[test]
fn a_value_before_a_written_time_has_no_colon() {
    use hookseal::{Clock, Timestamp};
    let code = |clock: Clock, time: &str, id: &str| {
        let row = Scheme {
            event_id: Some(hookseal::event(header("acme-id"))),
            timestamp: Some(Timestamp::new(clock, header("acme-time"))),
            signed: template!("{body}.{event_id}{timestamp}"),
            ..ROW
        };
        let headers = [("acme-signature", ZEROS), ("acme-id", id), ("acme-time", time)];
        let verifier = Verifier::new(&row, SECRET).unwrap();
        verifier.verify(&Request::new(&headers, b""), NOW).unwrap_err()
    };
    let written = "2023-11-14T22:13:20Z";
    assert_eq!(code(Clock::Rfc3339, written, "a-1"), Error::SignatureMismatch);
    assert_eq!(code(Clock::Rfc3339, written, "a:1"), Error::MalformedEventId);
    assert_eq!(code(Clock::Seconds, "1700000000", "a:1"), Error::SignatureMismatch);
    assert_eq!(code(Clock::Seconds, "1700000000", "a.1"), Error::MalformedEventId);
}

const ZEROS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

#[test]
fn secrets_that_are_none() {
    let error = |secret: &str| Verifier::danger_weak_secret(&ROW, secret).err();
    let empty = Some(SetupError::Key(KeyError::EmptySecret));
    for blank in [" ", "\t", "\n", "\r", "\u{c}"] {
        assert_eq!(error(&blank.repeat(20)), empty, "{blank:?}");
        assert_eq!(error(&format!("{}x", blank.repeat(20))), None);
    }
    assert_eq!(error(&"\0".repeat(32)), empty);
    // A vertical tab is no blank.
    assert_eq!(error(&"\u{b}".repeat(20)), None);
    let pem = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----\n";
    let wrong = Some(SetupError::Key(KeyError::WrongKeyType));
    for count in 1..4 {
        assert_eq!(error(&pem.repeat(count)), wrong, "{count}");
    }
    assert_eq!(error(&format!("  {pem}")), wrong);
    assert_eq!(error("-----BEGINNING of a secret"), None);
}

/// Zeros at the end of a key add nothing to it.
#[test]
fn twelve_bytes_of_a_key_must_count() {
    let made = |length: usize, zeros: usize| {
        let secret = [vec![b'k'; length], vec![0; zeros]].concat();
        Verifier::new(&ROW, secret).map(drop)
    };
    let weak = Err(SetupError::Key(KeyError::WeakSecret));
    assert_eq!(made(12, 4), Ok(()));
    assert_eq!(made(11, 5), weak);
    assert_eq!(made(11, 50), weak);
    assert_eq!(made(12, 3), weak);
    assert_eq!(made(16, 0), Ok(()));
    assert_eq!(made(15, 0), weak);
}

#[test]
fn rows_say_what_they_are() {
    use hookseal::providers::{GITHUB, GITLAB_SHARED_TOKEN, HUBSPOT, INTERCOM, LINEAR, SQUARE};
    let names = [GITHUB, INTERCOM, GITLAB_SHARED_TOKEN].map(|row| row.algorithm.name());
    assert_eq!(names, ["hmac-sha256", "hmac-sha1", "shared-token"]);
    assert_eq!(Algorithm::HmacSha384.name(), "hmac-sha384");
    assert_eq!(Algorithm::HmacSha512.name(), "hmac-sha512");
    let bound = |row: Scheme<'_>| {
        let bound = row.bound();
        [bound.body.is_whole(), bound.event_id, bound.timestamp, bound.url, bound.method]
    };
    assert_eq!(bound(SQUARE), [true, true, false, true, false]);
    assert_eq!(bound(HUBSPOT), [true, false, true, true, true]);
    assert_eq!(bound(LINEAR), [true, false, true, false, false]);
    assert_eq!(bound(GITHUB), [true, false, false, false, false]);
    assert_eq!(bound(GITLAB_SHARED_TOKEN), [false; 5]);
}

/// The same by the crate below, from the key's own bytes.
fn raw(key: &[u8]) -> String {
    use hmac::{Hmac, KeyInit, Mac};
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(key).unwrap();
    mac.update(b"body");
    mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn twelve_escapes_of_a_url_are_decoded_and_no_other() {
    let plain = Scheme { signed: template!("{url}{body}"), ..ROW };
    let unescaped = Scheme { signed: template!("{url|unescaped}{body}"), ..ROW };
    let tag = |row: &Scheme<'_>, url: &str| sign(row, SECRET, &Request::new(NONE, b"").url(url));
    let table = [
        ("3A", ":"),
        ("2F", "/"),
        ("3F", "?"),
        ("40", "@"),
        ("21", "!"),
        ("24", "$"),
        ("27", "'"),
        ("28", "("),
        ("29", ")"),
        ("2A", "*"),
        ("2C", ","),
        ("3B", ";"),
    ];
    for byte in 0..=255u8 {
        for escape in [format!("{byte:02X}"), format!("{byte:02x}")] {
            let url = format!("https://a.example/%{escape}x%{escape}%");
            let decoded = table
                .iter()
                .find(|(known, _)| known.eq_ignore_ascii_case(&escape))
                .map_or(url.clone(), |(_, text)| format!("https://a.example/{text}x{text}%"));
            assert_eq!(tag(&unescaped, &url), tag(&plain, &decoded), "{escape}");
        }
    }
    for url in ["https://a.example/%", "https://a.example/%2", "https://a.example/%%2", "%"] {
        assert_eq!(tag(&unescaped, url), tag(&plain, url));
    }
    assert_eq!(tag(&unescaped, "%%3A%"), tag(&plain, "%:%"));
}

/// Sizes and names, and nothing of what was received or is secret.
#[test]
fn debug_shows_sizes() {
    let request = Request::new(NONE, b"body");
    let signature = sign(&ROW, SECRET, &request);
    let headers = [("acme-signature", signature.as_str())];
    let request = Request::new(&headers, b"body");
    let verifier = Verifier::new(&ROW, SECRET).unwrap();
    let delivery = verifier.verify(&request, NOW).unwrap();
    assert_eq!(
        format!("{delivery:?}"),
        "Delivery { scheme: \"acme\", body: Signed(4 bytes), sent_at: None, secret_index: 0, .. }"
    );
    assert_eq!(
        format!("{:?}", delivery.clone().into_owned()),
        "OwnedDelivery { scheme: \"acme\", body: Signed(4 bytes), sent_at: None, secret_index: 0, .. }"
    );
    assert_eq!(format!("{request:?}"), "Request { body_bytes: 4, .. }");
    assert_eq!(format!("{:?}", hookseal::Body::Unsigned(b"body")), "Unsigned(4 bytes)");
    assert_eq!(format!("{:?}", hookseal::Headers::from(&headers)), "Headers");
    assert_eq!(
        format!("{verifier:?}"),
        "Verifier { scheme: \"acme\", secrets: 1, window: Window { past: None, future: None }, .. }"
    );
    let signer = Signer::new(&ROW, SECRET).unwrap();
    assert_eq!(format!("{signer:?}"), "Signer { scheme: \"acme\", .. }");
    let signed = signer.sign(&request, None, NOW).unwrap();
    assert_eq!(format!("{signed:?}"), "Signed { scheme: \"acme\", .. }");
    assert_eq!(format!("{:?}", signed.headers().next().unwrap().1), "HeaderValue { .. }");
    let row = Scheme { event_id: Some(hookseal::unconfirmed(header("acme-id"))), ..ROW };
    let headers = [("acme-signature", signature.as_str()), ("acme-id", "evt_1")];
    let verifier = Verifier::new(&row, SECRET).unwrap();
    let delivery = verifier.verify(&Request::new(&headers, b"body"), NOW).unwrap();
    assert_eq!(format!("{:?}", delivery.event_id().unwrap()), "Value(5 bytes)");
}

/// SHA-256, by the crate below.
#[test]
fn a_body_has_a_digest() {
    use sha2::Digest;
    let request = Request::new(NONE, b"body");
    let signature = sign(&ROW, SECRET, &request);
    let headers = [("acme-signature", signature.as_str())];
    let verifier = Verifier::new(&ROW, SECRET).unwrap();
    let delivery = verifier.verify(&Request::new(&headers, b"body"), NOW).unwrap();
    assert_eq!(delivery.body_digest(), <[u8; 32]>::from(sha2::Sha256::digest(b"body")));
}
