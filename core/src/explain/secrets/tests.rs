#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::arithmetic_side_effects)]

extern crate std;

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

#[test]
fn tokens_and_keys_of_other_kinds_have_the_same_faults() {
    let cases = [
        (&providers::GITLAB_SHARED_TOKEN, format!("{TEXT}\n"), "secret_whitespace"),
        (&providers::GITLAB_SHARED_TOKEN, format!("'{TEXT}'"), "secret_quotes"),
        (&providers::GITLAB_SHARED_TOKEN, format!("TOKEN={TEXT}"), "secret_prefix"),
    ];
    for (scheme, stored, code) in cases {
        assert_eq!(named(scheme, TEXT.as_bytes(), stored.as_bytes()), [code]);
    }
}

#[test]
fn the_secret_of_another_endpoint_is_found_by_its_place() {
    let others: [&[u8]; 3] = [b"one-of-the-test-mode", TEXT.as_bytes(), b"one-of-a-third-endpoint"];
    let (codes, text) =
        explain(&providers::GITHUB, TEXT.as_bytes(), &[b"the-wrong-secret"], &others);
    assert_eq!(codes, ["secret_of_another_endpoint"]);
    assert!(text.contains("the 2nd of the other secrets given"), "{text}");
    assert!(text.contains(&Fingerprint::of(TEXT.as_bytes()).to_string()), "{text}");
    let stored = format!("{TEXT}\n");
    let secrets: [&[u8]; 2] = [b"a-secret-that-is-old", stored.as_bytes()];
    let (codes, text) = explain(&providers::GITHUB, TEXT.as_bytes(), &secrets, &[]);
    assert_eq!(codes, ["secret_whitespace"]);
    assert!(text.contains("under the 2nd secret without the line end after it"), "{text}");
}

#[test]
fn a_wrong_secret_proves_nothing_and_says_what_was_tried() {
    for stored in [
        &b"a-plainly-wrong-secret"[..],
        b"\xFF\xFE\x00\x01\x80",
        b" ",
        b"",
        b"\"",
        b"%",
        b"=",
        b"whsec_",
        b"a:b:c:d",
        &[b'"'; 900],
        &[b' '; 900],
        &[b'A'; 900],
        &[b'\\'; 900],
        &[b'a'; 5000],
    ] {
        for (scheme, right) in [
            (&providers::GITHUB, TEXT),
            (&providers::STANDARD_WEBHOOKS, WHSEC),
            (&providers::GITLAB_SHARED_TOKEN, TEXT),
        ] {
            let (codes, text) = explain(scheme, right.as_bytes(), &[stored], &[]);
            assert!(codes.is_empty(), "{} {codes:?} {text}", scheme.name);
        }
    }
}

#[test]
fn a_large_body_leaves_most_of_the_work_to_others() {
    let body = vec![b'x'; 4 << 20];
    let headers = [(
        "x-hub-signature-256",
        "sha256=0000000000000000000000000000000000000000000000000000000000000000",
    )];
    let request = Request::new(&headers, &body);
    let explainer = Explainer::new(&providers::GITHUB, "a-plainly-wrong-secret");
    let mut trial = Trial::new(&explainer);
    let mut found = explainer.explain(&Request::new(&headers, b""), NOW);
    found.causes.clear();
    assert!(!prove(&explainer, &request, &mut trial, &mut found));
    assert!((1..=8).contains(&trial.count()), "{}", trial.count());
    assert!(!trial.is_spent());
}

#[test]
fn how_many_changes_a_common_secret_has() {
    let explainer = Explainer::new(&providers::GITHUB, "9f86d081884c7d659a2feaa0c55ad015");
    let headers = [(
        "x-hub-signature-256",
        "sha256=0000000000000000000000000000000000000000000000000000000000000000",
    )];
    let request = Request::new(&headers, b"{}");
    let mut trial = Trial::new(&explainer);
    let mut found = explainer.explain(&request, NOW);
    found.causes.clear();
    assert!(!prove(&explainer, &request, &mut trial, &mut found));
    assert!(trial.count() < 200, "{}", trial.count());
    assert!(found.excluded.iter().any(|it| it.contains("two of these at a time")));
}

#[test]
fn keys_of_other_kinds_are_told_by_their_shape() {
    for (secret, is) in [
        ("sk_live_51H8x0000000000000000", true),
        ("xoxb-0000000000-000000000000", true),
        ("github_pat_00000000000000", true),
        ("eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln", true),
        (" AKIA0000000000000000\n", true),
        (WHSEC, false),
        ("eyJhbGciOiJIUzI1NiJ9", false),
        ("sk_live_", false),
        ("key-of-mine", false),
        ("", false),
    ] {
        assert_eq!(looks_like_api_key(secret.as_bytes()).is_some(), is, "{secret}");
    }
    for (secret, is) in [
        ("-----BEGIN PUBLIC KEY-----\nMCow\n-----END PUBLIC KEY-----\n", true),
        ("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----", true),
        ("MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", true),
        ("{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"\"}", true),
        ("whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", true),
        (WHSEC, false),
        ("MCow-a-secret-of-mine", false),
        ("", false),
    ] {
        assert_eq!(looks_like_public_key(secret.as_bytes()), is, "{secret}");
    }
}

#[test]
fn a_right_secret_that_cannot_be_used_has_no_other_spelling() {
    let empty: [(&str, &str); 0] = [];
    let request = Request::new(&empty, b"{}");
    let short = "whsec_MfKQ9r8GKYqr";
    let signer = Signer::danger_weak_secret(&providers::STANDARD_WEBHOOKS, short).unwrap();
    let made = signer.sign(&request, Some("msg_1"), NOW).unwrap();
    let made: Vec<(&str, String)> =
        made.headers().map(|(name, value)| (name, value.to_string())).collect();
    let headers: Vec<(&str, &str)> =
        made.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let request = Request::new(headers.as_slice(), b"{}");
    let bare = &short[6..];
    let explainers = [
        Explainer::new(&providers::STANDARD_WEBHOOKS, short),
        Explainer::new(&providers::STANDARD_WEBHOOKS, bare),
        Explainer::new(&providers::STANDARD_WEBHOOKS, WHSEC).and_secret("?").and_secret(bare),
    ];
    for explainer in explainers {
        let mut found = explainer.explain(&request, NOW);
        assert!(matches!(found.verdict, Verdict::Unusable(_)));
        found.causes.clear();
        let mut trial = Trial::new(&explainer);
        assert!(!prove(&explainer, &request, &mut trial, &mut found), "{found:?}");
    }
}

/// A secret as each row's are spelled; `None` where it is no shared one.
fn secret_of(row: &Scheme<'_>) -> Option<String> {
    let key = match row.key {
        KeyFormat::Hex => "9f86d081884c7d659a2feaa0c55ad0159f86d081884c7d65".to_string(),
        KeyFormat::Base64 { prefix } => {
            format!("{prefix}{}", String::from_utf8(base64(TEXT.as_bytes())).unwrap())
        }
        KeyFormat::PublicKey { .. } => return None,
        _ => TEXT.to_string(),
    };
    Some(match row.key_id {
        Some(mark) => format!("id1{}{key}", char::from(mark)),
        None => key,
    })
}

#[test]
fn the_common_faults_are_named_in_every_row() {
    let (mut met, body) = (0, br#"{"type":"x","id":"e1"}"#);
    for row in providers::ALL {
        let Some(right) = secret_of(row) else { continue };
        let request = [("x-tenant", "t")];
        let request = Request::new(&request, body).url("https://h.example/in?x=1").method("POST");
        let Ok(signer) = Signer::new(row, &right) else { continue };
        let Ok(made) = signer.sign(&request, Some("msg_1"), NOW) else { continue };
        let made: Vec<(&str, String)> =
            made.headers().map(|(name, value)| (name, value.to_string())).collect();
        let headers: Vec<(&str, &str)> =
            made.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let request = Request { headers: headers.as_slice().into(), ..request };
        let verdict = |secret: &str| {
            let explanation = Explainer::new(row, secret).explain(&request, NOW);
            let cause = explanation.causes().first().map(|it| (it.code(), it.confidence()));
            (explanation.verdict().is_verified(), cause)
        };
        if !verdict(&right).0 {
            continue;
        }
        met += 1;
        for (stored, code) in [
            (format!("{right}\n"), CauseCode::SecretWhitespace),
            (format!("\"{right}\""), CauseCode::SecretQuotes),
            (format!("WEBHOOK_SECRET={right}"), CauseCode::SecretPrefix),
            (String::from_utf8(base64(right.as_bytes())).unwrap(), CauseCode::SecretEncoding),
        ] {
            let named = verdict(&stored);
            // What stands before the mark may be what no signature knows.
            if named.0 && row.key_id.is_some() {
                continue;
            }
            assert_eq!(named, (false, Some((code, Certainty::Proved))), "{} {stored}", row.name);
        }
    }
    assert!(met > 200, "{met}");
}
