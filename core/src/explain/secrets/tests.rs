#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::arithmetic_side_effects)]

extern crate std;

mod others;

use std::format;
use std::string::{String, ToString};
use std::vec;
use std::vec::Vec;

use super::*;
use crate::explain::Certainty;
use crate::source::header;
use crate::{Signer, UnixTime, providers};

const NOW: UnixTime = UnixTime::from_secs(1_700_000_000);
const TEXT: &str = "k3y-Of_The+Endpoint/2026";
const WHSEC: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// The codes that are proved where a delivery is signed with one secret and explained with others,
/// and all texts.
fn explain(
    scheme: &Scheme<'_>,
    signed_with: &[u8],
    secrets: &[&[u8]],
    others: &[&[u8]],
) -> (Vec<&'static str>, String) {
    let body = br#"{"type":"x","id":"e1"}"#;
    let empty: [(&str, &str); 0] = [];
    let request = Request::new(&empty, body).url("https://example.com/hook").method("POST");
    let signer = Signer::danger_weak_secret(scheme, signed_with).unwrap();
    let signed = signer.sign(&request, Some("msg_1"), NOW).unwrap();
    let headers: Vec<(&str, String)> =
        signed.headers().map(|(name, value)| (name, value.to_string())).collect();
    let headers: Vec<(&str, &str)> =
        headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let request = Request { headers: headers.as_slice().into(), ..request };
    let mut explainer = Explainer::new(scheme, secrets[0]);
    explainer.secrets.extend(secrets.iter().skip(1));
    explainer.others.extend(others);
    let explanation = explainer.danger_weak_secrets().explain(&request, NOW);
    let proved = explanation.causes().iter().filter(|it| it.confidence() == Certainty::Proved);
    let mut codes: Vec<&str> = proved.map(|cause| cause.code().code()).collect();
    codes.sort_unstable_by(|one, other| other.cmp(one));
    let texts: Vec<&str> = explanation.causes().iter().map(|cause| cause.what()).collect();
    (codes, format!("{}\n{}", texts.join("\n"), explanation.excluded().join("\n")))
}

/// What is named where the secret is stored otherwise; and no window of it is in a text.
fn named(scheme: &Scheme<'_>, right: &[u8], stored: &[u8]) -> Vec<&'static str> {
    let (codes, texts) = explain(scheme, right, &[stored], &[]);
    let shown = |secret: &[u8]| {
        let plain = secret.strip_prefix(b"v1,").unwrap_or(secret);
        let plain = plain.strip_prefix(b"whsec_").unwrap_or(plain);
        plain.windows(8).any(|window| texts.as_bytes().windows(8).any(|it| it == window))
    };
    assert!(!shown(right) && !shown(stored), "{texts}");
    codes
}

fn base64(bytes: &[u8]) -> Vec<u8> {
    coding::to_base64(bytes)
}

#[test]
fn white_space_is_named() {
    let text = TEXT.as_bytes();
    let stored = [
        [text, b"\n"].concat(),
        [text, b"\r\n"].concat(),
        [text, b" "].concat(),
        [b"\t", text, b" \n"].concat(),
        [text, "\u{a0}".as_bytes()].concat(),
        ["\u{feff}".as_bytes(), text].concat(),
        ["\u{200b}".as_bytes(), text, "\u{200b}".as_bytes()].concat(),
        [text, b"\\n"].concat(),
        [text, b"\\r\\n"].concat(),
        [text, b"%0A"].concat(),
        [&text[..9], b"\n", &text[9..]].concat(),
    ];
    for stored in stored {
        let named = named(&providers::GITHUB, text, &stored);
        assert_eq!(named, ["secret_whitespace"], "{}", stored.escape_ascii());
    }
    for end in ["\n", "\r\n", " "] {
        let right = [text, end.as_bytes()].concat();
        assert_eq!(named(&providers::GITHUB, &right, text), ["secret_whitespace"]);
    }
    let stored = format!("{WHSEC}\n");
    assert_eq!(
        named(&providers::STANDARD_WEBHOOKS, WHSEC.as_bytes(), stored.as_bytes()),
        ["secret_whitespace"]
    );
}

#[test]
fn quotes_are_named() {
    for (before, after) in [
        ("\"", "\""),
        ("'", "'"),
        ("`", "`"),
        ("\u{201c}", "\u{201d}"),
        ("\\\"", "\\\""),
        ("b'", "'"),
        ("<", ">"),
        ("'\"", "\"'"),
        ("\"\"", "\"\""),
        ("\"", ""),
        ("", "'"),
        ("\u{201d}", "\u{201d}"),
    ] {
        let stored = [before, WHSEC, after].concat();
        for scheme in [&providers::STANDARD_WEBHOOKS, &providers::STRIPE] {
            let named = named(scheme, WHSEC.as_bytes(), stored.as_bytes());
            assert_eq!(named, ["secret_quotes"], "{stored}");
        }
    }
}

#[test]
fn prefixes_are_named() {
    let bare = WHSEC.strip_prefix("whsec_").unwrap();
    for (right, stored) in [
        (TEXT.to_string(), format!("WEBHOOK_SECRET={TEXT}")),
        (TEXT.to_string(), format!("export WEBHOOK_SECRET=\"{TEXT}\"")),
        (TEXT.to_string(), format!("webhook-secret: {TEXT}")),
        (TEXT.to_string(), format!("{{\"WEBHOOK_SECRET\": \"{TEXT}\"}}")),
        (TEXT.to_string(), format!("Bearer {TEXT}")),
        (TEXT.to_string(), format!("sha256={TEXT}")),
        (TEXT.to_string(), format!("whsec_{TEXT}")),
        (TEXT.to_string(), format!("wh_sk_{TEXT}")),
        (TEXT.to_string(), format!("0f6a1c3e-55aa-4c2e-9d6e-000000000001:{TEXT}")),
        (bare.to_string(), WHSEC.to_string()),
        (WHSEC.to_string(), bare.to_string()),
        (WHSEC.to_string(), format!("v1,{WHSEC}")),
    ] {
        let named = named(&providers::GITHUB, right.as_bytes(), stored.as_bytes());
        assert_eq!(named, ["secret_prefix"], "{stored}");
    }
    // What the scheme's own format does not drop.
    for stored in [format!("v1,{WHSEC}"), format!("whsec_{WHSEC}")] {
        let named = named(&providers::STANDARD_WEBHOOKS, WHSEC.as_bytes(), stored.as_bytes());
        assert_eq!(named, ["secret_prefix"]);
    }
}

#[test]
fn the_public_half_of_a_secret_is_found_in_the_request() {
    let scheme = Scheme {
        signed: crate::template!("{key_id}{header:x-key}{body}"),
        key_id: Some(b':'),
        signature: header("x-signature"),
        admits: &[crate::Weakness::LooseJoins],
        ..Scheme::BASE
    };
    let body = b"{}";
    let key = [("x-key", "app_1")];
    let request = Request::new(&key, body);
    let secret = format!("app_1:{TEXT}");
    let signer = Signer::new(&scheme, &secret).unwrap();
    let signed = signer.sign(&request, None, NOW).unwrap();
    let headers = [("x-signature", signed.signature()), ("x-key", "app_1")];
    let request = Request::new(&headers, body);
    for stored in [TEXT.to_string(), format!("{TEXT}:app_1"), format!("app_2:{TEXT}")] {
        let explanation = Explainer::new(&scheme, &stored).explain(&request, NOW);
        assert_eq!(explanation.causes()[0].code(), CauseCode::SecretPrefix, "{stored}");
        assert_eq!(explanation.causes()[0].confidence(), Certainty::Proved);
    }
}

#[test]
fn encodings_are_named() {
    let text = TEXT.as_bytes();
    let hex = b"9f86d081884c7d659a2feaa0c55ad015".to_vec();
    let cases: Vec<(&Scheme<'_>, Vec<u8>, Vec<u8>)> = vec![
        // As a store of secrets hands it out, and as a program decodes it too early.
        (&providers::GITHUB, text.into(), base64(text)),
        (&providers::GITHUB, text.into(), coding::to_base64_url(text)),
        (&providers::GITHUB, text.into(), coding::to_hex(text)),
        (&providers::GITHUB, base64(text), text.into()),
        (&providers::GITHUB, coding::to_hex(text), text.into()),
        (&providers::GITHUB, hex.clone(), hex.to_ascii_uppercase()),
        (&providers::GITHUB, hex.clone(), base64(&coding::from_hex(&hex).unwrap())),
        (&providers::GITHUB, hex.clone(), coding::from_hex(&hex).unwrap().to_vec()),
        (&providers::GITHUB, text.into(), b"k3y-Of_The%2BEndpoint%2F2026".to_vec()),
        (
            &providers::GITHUB,
            b"a&b<c>d\"e'f&lt;g-0000".to_vec(),
            b"a&amp;b&lt;c&gt;d&quot;e&#39;f&amp;lt;g-0000".to_vec(),
        ),
        (
            &providers::GITHUB,
            b"pa$word$of$enough$bytes".to_vec(),
            b"pa$$word$$of$$enough$$bytes".to_vec(),
        ),
        (
            &providers::GITHUB,
            b"pa$word!of$enough$bytes".to_vec(),
            b"pa\\$word\\!of\\$enough\\$bytes".to_vec(),
        ),
        (&providers::GITHUB, text.into(), coding::to_utf16(text).unwrap()),
        (
            &providers::GITHUB,
            text.into(),
            [b"\xFF\xFE".to_vec(), coding::to_utf16(text).unwrap()].concat(),
        ),
        (&providers::GITHUB, coding::to_utf16(text).unwrap(), text.into()),
        (
            &providers::GITHUB,
            "gehe\u{ef}m-gehe\u{ef}m-12".into(),
            b"gehe\xEFm-gehe\xEFm-12".to_vec(),
        ),
        (
            &providers::GITHUB,
            b"gehe\xEFm-gehe\xEFm-12".to_vec(),
            "gehe\u{ef}m-gehe\u{ef}m-12".into(),
        ),
        // A key in base64 that came in hex, as bytes, in the other alphabet, or twice encoded.
        (
            &providers::STANDARD_WEBHOOKS,
            base64(b"\xFB\xFF0123456789abcdef"),
            b"-_8wMTIzNDU2Nzg5YWJjZGVm".to_vec(),
        ),
        (&providers::STANDARD_WEBHOOKS, base64(text), coding::to_hex(text)),
        (&providers::STANDARD_WEBHOOKS, base64(text), text.into()),
        (
            &providers::STANDARD_WEBHOOKS,
            base64(b"0123456789abcdefg"),
            base64(b"0123456789abcdefg").iter().copied().filter(|it| *it != b'=').collect(),
        ),
        (&providers::STANDARD_WEBHOOKS, WHSEC.into(), base64(WHSEC.as_bytes())),
        // The same text is the key of one provider and the base64 of the key of another.
        (&providers::CLOSE, hex.clone(), base64(&coding::from_hex(&hex).unwrap())),
    ];
    for (scheme, right, stored) in cases {
        let named = named(scheme, &right, &stored);
        assert_eq!(named, ["secret_encoding"], "{} {}", scheme.name, stored.escape_ascii());
    }
    // The key is the text itself, where the scheme would decode it. With its prefix the secret is as
    // the provider shows it, and there is a row that takes it so.
    for (right, wanted) in [(WHSEC, "wrong_scheme"), (&WHSEC[6..], "secret_encoding")] {
        let text_key = Scheme { key: KeyFormat::Text, ..providers::STANDARD_WEBHOOKS };
        let named = explain_across(&text_key, right, &providers::STANDARD_WEBHOOKS, WHSEC);
        assert_eq!(named, [wanted]);
    }
}

/// The codes where a delivery is signed by one scheme and explained by another.
fn explain_across(
    signs: &Scheme<'_>,
    right: &str,
    scheme: &Scheme<'_>,
    stored: &str,
) -> Vec<&'static str> {
    let empty: [(&str, &str); 0] = [];
    let signer = Signer::new(signs, right).unwrap();
    let signed = signer.sign(&Request::new(&empty, b"{}"), Some("msg_1"), NOW).unwrap();
    let headers: Vec<(&str, String)> =
        signed.headers().map(|(name, value)| (name, value.to_string())).collect();
    let headers: Vec<(&str, &str)> =
        headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let request = Request::new(headers.as_slice(), b"{}");
    let explanation = Explainer::new(scheme, stored).explain(&request, NOW);
    let proved = explanation.causes().iter().filter(|it| it.confidence() == Certainty::Proved);
    proved.map(|cause| cause.code().code()).collect()
}

#[test]
fn two_faults_are_both_named() {
    let text = TEXT.as_bytes();
    let github = &providers::GITHUB;
    for (stored, codes) in [
        (format!("\"{TEXT}\"\n"), ["secret_whitespace", "secret_quotes"]),
        (format!("\"{TEXT}\n\""), ["secret_whitespace", "secret_quotes"]),
        (format!("WEBHOOK_SECRET={TEXT}\n"), ["secret_whitespace", "secret_prefix"]),
        (format!("\"whsec_{TEXT}\""), ["secret_quotes", "secret_prefix"]),
        (
            format!("{}\n", String::from_utf8(base64(text)).unwrap()),
            ["secret_whitespace", "secret_encoding"],
        ),
        (
            String::from_utf8(base64(format!("{TEXT}\n").as_bytes())).unwrap(),
            ["secret_whitespace", "secret_encoding"],
        ),
        (
            format!("whsec_{}", String::from_utf8(base64(text)).unwrap()),
            ["secret_prefix", "secret_encoding"],
        ),
    ] {
        assert_eq!(named(github, text, stored.as_bytes()), codes, "{stored}");
    }
}
