//! Keys of other kinds, secrets of other endpoints, secrets that prove nothing; and every row.

use super::*;

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
