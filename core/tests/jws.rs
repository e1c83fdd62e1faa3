//! Signatures that are a JWS, held against a reader made of `ring` and `serde_json` alone: what we
//! sign it takes, what it signs we take, and what it refuses we never take.
#![cfg(all(feature = "jwt", feature = "ed25519", feature = "ecdsa", feature = "rsa", not(miri)))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::arithmetic_side_effects, missing_docs)]

#[path = "support/jws.rs"]
mod other;
mod support;

use hookseal::{
    Algorithm, Clock, Coverage, Encoding, Error, KeyFormat, Request, Scheme, SchemeError, Signer,
    Timestamp, UnixTime, Verifier, body, check, claim, event, expiry, header, seconds, template,
};
use other::{Key, compact, decode, encode, pem, public};
use serde_json::{Value, json};

const SECRET: &str = "a secret of twenty-six bytes";
const NOW: i64 = 1_700_000_000;
const NO_HEADERS: &[(&str, &str)] = &[];
const BODY: &[u8] = br#"{"id":"evt_1"}"#;
const HEADER: &str = "acme-signature";

/// The body is bound by its hash; no time.
const BOUND: Scheme = Scheme {
    name: "acme",
    signature: header(HEADER),
    encoding: Encoding::Jws,
    signed: template!("{jws}"),
    checks: &[check(claim("hash"), template!("{body|sha256|hex}"))],
    ..Scheme::BASE
};

/// The same with a time of each kind.
const DATED: Scheme = Scheme { timestamp: Some(seconds(claim("iat"))), ..BOUND };
const EXPIRING: Scheme = Scheme { timestamp: Some(expiry(claim("exp"))), ..BOUND };

/// The payload is the body, which is sent apart.
const DETACHED: Scheme =
    Scheme { signed: template!("{jws|header}.{body|base64url}"), checks: &[], ..BOUND };
const UNENCODED: Scheme = Scheme { signed: template!("{jws|header}.{body}"), ..DETACHED };

const fn with(scheme: Scheme<'static>, algorithm: Algorithm) -> Scheme<'static> {
    let is_public = matches!(
        algorithm,
        Algorithm::Ed25519 | Algorithm::EcdsaP256 | Algorithm::RsaSha256 | Algorithm::RsaSha512
    );
    let key = if is_public { KeyFormat::PUBLIC_KEY } else { KeyFormat::Text };
    Scheme { algorithm, key, ..scheme }
}

const ALGORITHMS: [(Algorithm, &str); 7] = [
    (Algorithm::HmacSha256, "HS256"),
    (Algorithm::HmacSha384, "HS384"),
    (Algorithm::HmacSha512, "HS512"),
    (Algorithm::Ed25519, "EdDSA"),
    (Algorithm::EcdsaP256, "ES256"),
    (Algorithm::RsaSha256, "RS256"),
    (Algorithm::RsaSha512, "RS512"),
];

/// What a receiver holds.
fn secret(alg: &str) -> String {
    public(alg).unwrap_or_else(|| SECRET.to_owned())
}

fn key(alg: &str) -> Key {
    Key::of(alg, SECRET.as_bytes())
}

fn verdict(scheme: &Scheme<'_>, secret: &str, token: &str, body: &[u8], now: i64) -> String {
    let verifier = Verifier::new(scheme, secret).unwrap();
    let headers = [(HEADER, token)];
    let request = Request::new(&headers, body).url("https://example.com/hook");
    let verdict = verifier.verify(&request, UnixTime::from_secs(now));
    verdict.map_or_else(|error| error.code().to_owned(), |_| "verified".to_owned())
}

/// The verdict on a token of these parts, signed with the row's secret.
fn judge(scheme: &Scheme<'_>, head: &str, payload: &str) -> String {
    let token = compact(&key("HS256"), head, payload);
    verdict(scheme, SECRET, &token, BODY, NOW)
}

fn hash(body: &[u8]) -> String {
    use sha2::Digest as _;
    sha2::Sha256::digest(body).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn claims(more: &str) -> String {
    format!(r#"{{"hash":"{}"{more}}}"#, hash(BODY))
}

const HS256: &str = r#"{"alg":"HS256"}"#;

#[test]
fn what_the_other_house_signs_we_take() {
    for (algorithm, alg) in ALGORITHMS {
        let scheme = with(BOUND, algorithm);
        let head = format!(r#"{{"typ":"JWT","alg":"{alg}","kid":"1"}}"#);
        let token = compact(&key(alg), &head, &claims(""));
        assert_eq!(verdict(&scheme, &secret(alg), &token, BODY, NOW), "verified", "{alg}");
        let other = verdict(&scheme, &secret(alg), &token, b"{}", NOW);
        assert_eq!(other, "body_hash_mismatch", "{alg}");
    }
}

#[test]
fn what_we_sign_the_other_house_takes() {
    let rows = [DATED, EXPIRING].iter().flat_map(|row| ALGORITHMS.map(|it| (row, it)));
    for (row, (algorithm, alg)) in rows.filter(|(_, (_, alg))| !alg.starts_with("RS")) {
        let scheme = with(*row, algorithm);
        let private = match alg {
            "EdDSA" => pem("ed25519.pem"),
            "ES256" => pem("p256.pem"),
            _ => SECRET.to_owned(),
        };
        let signer = Signer::new(&scheme, &private).unwrap();
        let request = Request::new(NO_HEADERS, BODY);
        let signed = signer.sign(&request, None, UnixTime::from_secs(NOW)).unwrap();
        let (head, payload) = key(alg).read(signed.signature(), alg).expect(alg);
        assert_eq!(head["alg"], alg);
        assert_eq!(payload["hash"], json!(hash(BODY)));
        let time = if row.timestamp == DATED.timestamp { "iat" } else { "exp" };
        assert_eq!(payload[time].as_i64().unwrap(), if time == "iat" { NOW } else { NOW + 300 });
        let token = signed.headers().next().unwrap().1.to_string();
        assert_eq!(verdict(&scheme, &secret(alg), &token, BODY, NOW), "verified", "{alg}");
    }
}

/// Every header here is signed with the right key: only what it says is wrong.
#[test]
fn a_header_that_does_not_agree_is_refused() {
    let good = claims("");
    assert_eq!(
        judge(&BOUND, r#" { "alg" : "HS256" , "x" : { "alg" : "none" } } "#, &good),
        "verified"
    );
    assert_eq!(
        judge(&BOUND, r#"{"al\u0067":"HS\u003256","jwk":{},"jku":"x","zip":"x"}"#, &good),
        "verified"
    );
    let refused = [
        r#"{"alg":"none"}"#,
        r#"{"alg":"None"}"#,
        r#"{"alg":"hs256"}"#,
        r#"{"alg":"HS256 "}"#,
        r#"{"alg":"HS384"}"#,
        r#"{"alg":"RS256"}"#,
        r#"{"alg":""}"#,
        r#"{"alg":null}"#,
        r#"{"alg":["HS256"]}"#,
        r#"{"alg":{"alg":"HS256"}}"#,
        r#"{"Alg":"HS256"}"#,
        r#"{"x":{"alg":"HS256"}}"#,
        r#"[{"alg":"HS256"}]"#,
        r#"{"alg":"HS256","alg":"HS256"}"#,
        r#"{"alg":"HS256","al\u0067":"none"}"#,
        r#"{"alg":"none","alg":"HS256"}"#,
        r#"{"alg":"HS256","crit":["exp"]}"#,
        r#"{"alg":"HS256","crit":[]}"#,
        r#"{"alg":"HS256","crit":null}"#,
        r#"{"alg":"HS256","crit":["b64"],"b64":true}"#,
        r#"{"alg":"HS256","crit":["b64"],"b64":false}"#,
        r#"{"alg":"HS256","b64":true}"#,
        r#"{"alg":"HS256","b64":false}"#,
        r#"{"alg":"HS256","b64":null}"#,
        r#"{"alg":"HS256"} {}"#,
        r#"{"alg":"HS256""#,
        r#"{'alg':'HS256'}"#,
        "\u{feff}{\"alg\":\"HS256\"}",
        "{}",
        "",
    ];
    for head in refused {
        assert_eq!(judge(&BOUND, head, &good), "malformed_signature", "{head}");
    }
    let long = |length: usize| format!(r#"{{"alg":"HS256","x":"{}"}}"#, "x".repeat(length));
    let inside = Scheme { signature: body(), checks: &[], ..BOUND };
    let read = |head: &str| {
        let token = compact(&key("HS256"), head, "{}");
        verdict(&inside, SECRET, "", token.as_bytes(), NOW)
    };
    assert_eq!(read(&long(6000)), "verified");
    assert_eq!(read(&long(6200)), "malformed_signature");
}

/// A public key is no secret: what it signs as one is refused, and it is no secret for a verifier.
#[test]
fn no_public_key_stands_for_a_secret() {
    for (algorithm, alg) in ALGORITHMS.into_iter().filter(|(_, alg)| !alg.starts_with("HS")) {
        let scheme = with(BOUND, algorithm);
        let text = public(alg).unwrap();
        let der: Vec<u8> = other::der(&text);
        for bytes in [text.as_bytes(), text.trim_end().as_bytes(), &der] {
            for head in [HS256.to_owned(), format!(r#"{{"alg":"{alg}"}}"#)] {
                let token = compact(&Key::of("HS256", bytes), &head, &claims(""));
                let verdict = verdict(&scheme, &text, &token, BODY, NOW);
                assert!(
                    verdict.ends_with("_signature") || verdict == "signature_mismatch",
                    "{alg}"
                );
            }
        }
        let error = Verifier::new(&BOUND, &text).err().unwrap();
        assert_eq!(error.code(), "wrong_key_type");
    }
}

#[test]
fn one_spelling_of_a_token_is_taken() {
    let token = compact(&key("HS256"), HS256, &claims(""));
    let parts: Vec<&str> = token.split('.').collect();
    let [head, payload, tag] = parts[..] else { panic!() };
    let judge = |token: &str| verdict(&BOUND, SECRET, token, BODY, NOW);
    assert_eq!(judge(&token), "verified");
    let malformed = [
        format!("{head}.{payload}"),
        format!("{head}.{payload}."),
        format!("{head}..{tag}"),
        format!(".{payload}.{tag}"),
        format!("{token}."),
        format!(".{token}"),
        format!("{token}.{tag}"),
        format!("{token}.a.b"),
        format!("{token}="),
        format!("{token} "),
        format!(" {token}"),
        format!("Bearer {token}"),
        format!("{head}=.{payload}.{tag}"),
        format!("{head}\n.{payload}.{tag}"),
        format!("{head} .{payload}.{tag}"),
        format!("{head}.{payload}.{}", &tag[1..]),
        format!("{head}.{payload}.{tag}AA"),
        format!("{head}.{payload}.{}", tag.replace(['-', '_'], "+")),
        "..".to_owned(),
        ".".to_owned(),
    ];
    for token in malformed.iter().filter(|it| **it != token) {
        assert_eq!(judge(token), "malformed_signature", "{token}");
    }
    // Bits that stand for nothing: the last digit of a tag of 32 bytes has two of them.
    let last = tag.chars().last().unwrap();
    let twin = char::from(u8::try_from(last).unwrap() + 1);
    assert_eq!(decode(&format!("{}{twin}", &tag[..42])), decode(tag));
    assert_eq!(judge(&format!("{}{twin}", &token[..token.len() - 1])), "malformed_signature");
    for payload in [format!("{payload}="), format!("{payload}\n"), format!("{payload} ")] {
        assert_eq!(judge(&format!("{head}.{payload}.{tag}")), "signature_mismatch");
    }
}

/// Two tokens would be two deliveries.
#[test]
fn a_request_has_one_token() {
    let row = Scheme { signature: header("a|b"), ..BOUND };
    let verifier = Verifier::new(&row, SECRET).unwrap();
    let good = compact(&key("HS256"), HS256, &claims(""));
    let bad = compact(&Key::of("HS256", b"of somebody else"), HS256, &claims(""));
    let judge = |headers: &[(&str, &str)]| {
        let verdict = verifier.verify(&Request::new(headers, BODY), UnixTime::from_secs(NOW));
        verdict.map(drop).err()
    };
    assert_eq!(judge(&[("a", &good)]), None);
    assert_eq!(judge(&[("b", &good)]), None);
    assert_eq!(judge(&[("a", &bad), ("b", &good)]), Some(Error::MalformedSignature));
    assert_eq!(judge(&[("a", &good), ("b", &bad)]), Some(Error::MalformedSignature));
    assert_eq!(judge(&[("a", &good), ("a", &good)]), Some(Error::RepeatedHeader));
}

/// No byte of a token can be another.
#[test]
fn no_change_of_a_token_is_taken() {
    for (algorithm, alg) in ALGORITHMS {
        let scheme = with(BOUND, algorithm);
        let head = format!(r#"{{"alg":"{alg}"}}"#);
        let token = compact(&key(alg), &head, &claims(r#","n":1"#));
        let verifier = Verifier::new(&scheme, secret(alg)).unwrap();
        let step = if alg.starts_with("HS") { 1 } else { 7 };
        for at in (0..token.len()).step_by(step) {
            for other in ["A", "B", "_", "=", "."] {
                let mut changed = token.clone();
                changed.replace_range(at..=at, other);
                let headers = [(HEADER, changed.as_str())];
                let request = Request::new(&headers, BODY);
                let taken = verifier.verify(&request, UnixTime::from_secs(NOW)).is_ok();
                assert_eq!(taken, changed == token, "{alg} {at} {other}");
            }
        }
    }
}

#[test]
fn a_payload_is_read_in_one_way() {
    let (good, other) = (hash(BODY), hash(b"other"));
    let cases = [
        (format!(r#"{{"hash":"{good}","hash":"{good}"}}"#), "malformed_field"),
        (format!(r#"{{"hash":"{other}","h\u0061sh":"{good}"}}"#), "malformed_field"),
        (format!(r#"{{"hash":["{good}"]}}"#), "malformed_field"),
        (format!(r#"{{"x":{{"hash":"{good}"}}}}"#), "body_hash_mismatch"),
        (r#"{"hash":null}"#.to_owned(), "body_hash_mismatch"),
        (r#"{"hash":""}"#.to_owned(), "body_hash_mismatch"),
        (r#"{"hash":true}"#.to_owned(), "body_hash_mismatch"),
        (format!(r#"{{"hash":"{}"}}"#, good.to_uppercase()), "body_hash_mismatch"),
        (format!(r#"{{"h\u0061sh":"\u00{:02x}{}"}}"#, good.as_bytes()[0], &good[1..]), "verified"),
        (format!(r#"[{{"hash":"{good}"}}]"#), "malformed_signature"),
        (format!(r#""{good}""#), "malformed_signature"),
        ("null".to_owned(), "malformed_signature"),
        ("1".to_owned(), "malformed_signature"),
        (format!(r#"{{"hash":"{good}"}} "#), "verified"),
        (format!(r#"{{"hash":"{good}"}}{{}}"#), "malformed_signature"),
        (format!(r#"{{"hash":"{good}""#), "malformed_signature"),
        ("hash".to_owned(), "malformed_signature"),
        // Another token inside is no payload.
        (compact(&key("HS256"), HS256, &claims("")), "malformed_signature"),
    ];
    for (payload, wanted) in cases {
        assert_eq!(judge(&BOUND, HS256, &payload), wanted, "{payload}");
    }
    let raw = |payload: &str| {
        let message = format!("{}.{payload}", encode(HS256.as_bytes()));
        let token = format!("{message}.{}", encode(&key("HS256").sign(message.as_bytes())));
        verdict(&BOUND, SECRET, &token, BODY, NOW)
    };
    let payload = encode(claims("").as_bytes());
    assert_eq!(raw(&payload), "verified");
    for payload in [format!("{payload}="), format!("{payload}\n"), "%".to_owned(), "A".to_owned()] {
        assert_eq!(raw(&payload), "malformed_signature", "{payload}");
    }
    assert_eq!(raw(&encode(b"{\"hash\":\"\xff\"}")), "malformed_signature");
}

#[test]
fn times_are_numbers_and_bound_every_row() {
    let cases: [(&str, &str); 26] = [
        (r#","exp":1700000001"#, "verified"),
        (r#","exp":1700000000"#, "timestamp_too_old"),
        (r#","exp":1699999999"#, "timestamp_too_old"),
        (r#","exp":1700000000.001"#, "verified"),
        (r#","exp":1700000000.0009"#, "timestamp_too_old"),
        (r#","exp":33254540828"#, "verified"),
        (r#","exp":0"#, "timestamp_too_old"),
        (r#","exp":-1"#, "malformed_timestamp"),
        (r#","exp":1.7e10"#, "malformed_timestamp"),
        (r#","exp":1700000001.5e3"#, "malformed_timestamp"),
        (r#","exp":99999999999999999999"#, "malformed_timestamp"),
        (r#","exp":"1700000001""#, "malformed_timestamp"),
        (r#","exp":"""#, "malformed_timestamp"),
        (r#","exp":null"#, "malformed_timestamp"),
        (r#","exp":true"#, "malformed_timestamp"),
        (r#","exp":[1700000001]"#, "malformed_timestamp"),
        (r#","exp":{}"#, "malformed_timestamp"),
        (r#","exp":1700000001,"exp":1700000001"#, "malformed_field"),
        (r#","x":{"exp":1}"#, "verified"),
        (r#","nbf":1700000300"#, "verified"),
        (r#","nbf":1700000301"#, "timestamp_too_new"),
        (r#","nbf":1700000300.5"#, "timestamp_too_new"),
        (r#","nbf":0"#, "verified"),
        (r#","nbf":"1700000000""#, "malformed_timestamp"),
        (r#","nbf":1700000000,"nbf":1700000000"#, "malformed_field"),
        (r#","nbf":1700000301,"exp":1"#, "timestamp_too_old"),
    ];
    for (more, wanted) in cases {
        assert_eq!(judge(&BOUND, HS256, &claims(more)), wanted, "{more}");
        let dated = claims(&format!(r#","iat":1700000000{more}"#));
        assert_eq!(judge(&DATED, HS256, &dated), wanted, "{more}");
    }
    let expiring = [
        ("", "missing_timestamp"),
        (r#","exp":null"#, "missing_timestamp"),
        (r#","exp":"1700000001""#, "malformed_timestamp"),
        (r#","exp":1700000001"#, "verified"),
        (r#","exp":1700000000"#, "timestamp_too_old"),
        (r#","exp":1700000001,"nbf":1700000301"#, "timestamp_too_new"),
    ];
    for (more, wanted) in expiring {
        assert_eq!(judge(&EXPIRING, HS256, &claims(more)), wanted, "{more}");
    }
}

/// A grace is for the row's own expiry; without a window no time counts.
#[test]
fn the_window_of_the_receiver_counts() {
    let verified = |verifier: Verifier<'_>, more: &str, now: i64| {
        let token = compact(&key("HS256"), HS256, &claims(more));
        let headers = [(HEADER, token.as_str())];
        let delivery = verifier.verify(&Request::new(&headers, BODY), UnixTime::from_secs(now));
        delivery.map(|it| it.sent_at().map(UnixTime::as_secs)).map_err(|error| error.code())
    };
    let new = |scheme| Verifier::new(scheme, SECRET).unwrap();
    let exp = r#","exp":1700000000"#;
    let grace = || new(&EXPIRING).tolerance(60).unwrap();
    assert_eq!(verified(grace(), exp, NOW + 59), Ok(None));
    assert_eq!(verified(grace(), exp, NOW + 60), Err("timestamp_too_old"));
    assert_eq!(verified(new(&EXPIRING).danger_any_time(), exp, NOW + 9_999), Ok(None));
    assert_eq!(verified(new(&BOUND).danger_any_time(), exp, NOW + 9_999), Ok(None));
    let both = r#","iat":1700000000,"exp":1700000000"#;
    assert_eq!(verified(new(&DATED), both, NOW - 1), Ok(Some(NOW)));
    assert_eq!(verified(new(&DATED).tolerance(900).unwrap(), both, NOW), Err("timestamp_too_old"));
    let nbf = r#","nbf":1700000010"#;
    let strict = || new(&BOUND).future_tolerance(9).unwrap();
    assert_eq!(verified(strict(), nbf, NOW), Err("timestamp_too_new"));
    assert_eq!(verified(strict(), nbf, NOW + 1), Ok(None));
}

#[test]
fn a_condition_with_a_body_binds_what_there_is() {
    let checks = [check(claim("hash"), template!("{body|sha256|hex}")).with_body()];
    let row = Scheme { checks: &checks, ..BOUND };
    assert_eq!(row.bound().body, Coverage::Whole);
    let judge = |payload: &str, body: &[u8]| {
        verdict(&row, SECRET, &compact(&key("HS256"), HS256, payload), body, NOW)
    };
    assert_eq!(judge("{}", b""), "verified");
    assert_eq!(judge("{}", BODY), "body_hash_mismatch");
    assert_eq!(judge(&claims(""), BODY), "verified");
    assert_eq!(judge(&claims(""), b""), "body_hash_mismatch");
    // Where the claim may be absent, nothing is bound.
    let checks = [check(claim("hash"), template!("{body|sha256|hex}")).if_present()];
    let row = Scheme { checks: &checks, ..BOUND };
    assert_eq!(row.bound().body, Coverage::Nothing);
    assert_eq!(row.check(), Err(SchemeError::ContentUnsigned));
}

#[test]
fn a_payload_that_is_sent_apart_is_the_body() {
    let plain = r#"{"alg":"HS256"}"#;
    let b64 = r#"{"alg":"HS256","b64":false,"crit":["b64"]}"#;
    let sign = |head: &str, payload: &str, apart: &str| {
        let head = encode(head.as_bytes());
        let message = format!("{head}.{payload}");
        format!("{head}.{apart}.{}", encode(&key("HS256").sign(message.as_bytes())))
    };
    let text = str::from_utf8(BODY).unwrap();
    let encoded = encode(BODY);
    let judge = |row: &Scheme<'_>, token: &str, body: &[u8]| verdict(row, SECRET, token, body, NOW);
    assert_eq!(judge(&DETACHED, &sign(plain, &encoded, ""), BODY), "verified");
    assert_eq!(judge(&UNENCODED, &sign(b64, text, ""), BODY), "verified");
    assert_eq!(judge(&DETACHED, &sign(plain, &encoded, ""), b"{}"), "signature_mismatch");
    assert_eq!(judge(&UNENCODED, &sign(b64, text, ""), b"{}"), "signature_mismatch");
    // The payload may not stand in the token too, nor may the header speak of the other form.
    assert_eq!(judge(&DETACHED, &sign(plain, &encoded, &encoded), BODY), "malformed_signature");
    assert_eq!(judge(&DETACHED, &sign(b64, text, ""), BODY), "malformed_signature");
    assert_eq!(judge(&UNENCODED, &sign(plain, text, ""), BODY), "malformed_signature");
    for head in [
        r#"{"alg":"HS256","b64":false}"#,
        r#"{"alg":"HS256","b64":"false","crit":["b64"]}"#,
        r#"{"alg":"HS256","b64":true,"crit":["b64"]}"#,
        r#"{"alg":"HS256","b64":false,"crit":["b64","b64"]}"#,
        r#"{"alg":"HS256","b64":false,"crit":["b64","exp"]}"#,
        r#"{"alg":"HS256","b64":false,"crit":"b64"}"#,
        r#"{"alg":"HS256","b64":false,"b64":false,"crit":["b64"]}"#,
    ] {
        assert_eq!(judge(&UNENCODED, &sign(head, text, ""), BODY), "malformed_signature", "{head}");
    }
    for row in [DETACHED, UNENCODED] {
        let signer = Signer::new(&row, SECRET).unwrap();
        let request = Request::new(NO_HEADERS, BODY);
        let signed = signer.sign(&request, None, UnixTime::from_secs(NOW)).unwrap();
        assert_eq!(judge(&row, signed.signature(), BODY), "verified");
        assert_eq!(judge(&row, signed.signature(), b"{}"), "signature_mismatch");
    }
}

#[test]
fn a_body_that_is_the_token_is_bound_as_a_whole() {
    let row = Scheme {
        signature: body(),
        checks: &[],
        event_id: Some(event(claim("id"))),
        event_type: Some(claim("type")),
        ..BOUND
    };
    let token = compact(&key("HS256"), HS256, r#"{"id":"evt_1","type":"a\"b"}"#);
    let verifier = Verifier::new(&row, SECRET).unwrap();
    let request = Request::new(NO_HEADERS, token.as_bytes());
    let delivery = verifier.verify(&request, UnixTime::from_secs(NOW)).unwrap();
    assert!(delivery.bound().event_id && delivery.bound().body.is_whole());
    assert_eq!(delivery.event_id().unwrap().to_text(), "evt_1");
    assert_eq!(delivery.event_type().unwrap().to_text(), "a\"b");
    for body in [format!("{token}\n"), format!("\"{token}\""), format!(" {token}"), String::new()] {
        let wanted = if body.is_empty() { "missing_signature" } else { "malformed_signature" };
        assert_eq!(verdict(&row, SECRET, "", body.as_bytes(), NOW), wanted, "{body}");
    }
    let list = Scheme { signature: body().item(",", ""), ..row };
    assert_eq!(list.bound().body, Coverage::Nothing);
}

/// The claims are trusted because they are signed: a row whose token signs something else is none.
#[test]
fn a_row_must_sign_what_it_trusts() {
    let broken = [
        (Scheme { signed: template!("{body}"), ..BOUND }, SchemeError::ContentUnsigned),
        (Scheme { signed: template!("{jws|header}"), ..BOUND }, SchemeError::ContentUnsigned),
        (Scheme { signed: template!("{jws}{body}"), ..BOUND }, SchemeError::ContentUnsigned),
        (Scheme { signed: template!("{jws|header}{body}"), ..BOUND }, SchemeError::ContentUnsigned),
        (Scheme { checks: &[], ..BOUND }, SchemeError::ContentUnsigned),
        (Scheme { encoding: Encoding::Hex, ..BOUND }, SchemeError::MissingSource),
        (with(BOUND, Algorithm::HmacSha1), SchemeError::WrongKeyFormat),
        (
            Scheme { algorithm: Algorithm::Token, signed: template!("{secret}"), ..BOUND },
            SchemeError::WrongKeyFormat,
        ),
        (
            Scheme { algorithm: Algorithm::RsaSha1, key: KeyFormat::PUBLIC_KEY, ..BOUND },
            SchemeError::WrongKeyFormat,
        ),
        (
            Scheme {
                timestamp: Some(Timestamp::new(Clock::Seconds, claim("iat")).window(300, 0)),
                ..BOUND
            },
            SchemeError::InvalidTolerance,
        ),
    ];
    for (row, error) in broken {
        assert_eq!(row.check(), Err(error), "{row:?}");
    }
    let strict = Scheme { timestamp: Some(expiry(claim("exp")).window(0, 0)), ..BOUND };
    assert_eq!(strict.check(), Ok(()));
}

/// What the other reader refuses, however little it asks, we refuse.
#[test]
fn nothing_is_taken_that_the_other_house_refuses() {
    let mut dice = support::dice::Dice::for_case(7, "jws", 0);
    let heads =
        [HS256, r#"{"alg":"none"}"#, r#"{"alg":"HS256","typ":"JWT"}"#, r#"{"alg":"HS512"}"#];
    let (mut taken, mut refused) = (0, 0);
    for _ in 0..4000 {
        let exp = NOW - 2 + i64::try_from(dice.below(5)).unwrap();
        let payload = claims(&format!(r#","exp":{exp}"#));
        let signer = if dice.below(4) == 0 { Key::of("HS256", b"another") } else { key("HS256") };
        let mut token = compact(&signer, heads[dice.below(4)], &payload).into_bytes();
        if dice.below(3) == 0 {
            let at = dice.below(token.len());
            token[at] = b"ABcd-_.="[dice.below(8)];
        }
        let token = String::from_utf8(token).unwrap();
        let ours = verdict(&BOUND, SECRET, &token, BODY, NOW) == "verified";
        let theirs =
            key("HS256").read(&token, "HS256").is_some_and(|(_, claims): (Value, Value)| {
                claims["exp"].as_i64() > Some(NOW) && claims["hash"] == json!(hash(BODY))
            });
        assert!(theirs || !ours, "{token}");
        taken += usize::from(ours);
        refused += usize::from(!ours);
    }
    assert!(taken > 300 && refused > 1000, "{taken} taken, {refused} refused");
}
