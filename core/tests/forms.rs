//! Forms, fields and URLs: what a captured delivery can be changed into, and still verify.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
#![cfg(feature = "sha1")]

use hookseal::{
    Encoding, Error, KeyError, Request, Scheme, SchemeError, SetupError, Signer, UnixTime,
    Verifier, Weakness, form, header, providers, template,
};

const SECRET: &str = "a secret of at least 16 bytes";
const NOW: UnixTime = UnixTime::from_secs(1_700_000_000);
const NONE: &[(&str, &str)] = &[];

/// The signature of a genuine delivery.
fn signature(scheme: &Scheme<'static>, url: &str, body: &str) -> String {
    let request = Request::new(NONE, body.as_bytes()).url(url);
    let signer = Signer::new(scheme, SECRET).unwrap();
    signer.sign(&request, None, NOW).unwrap().signature().into()
}

fn verify(
    scheme: &Scheme<'static>,
    secret: &str,
    headers: &[(&str, &str)],
    url: &str,
    body: &str,
) -> Result<(), Error> {
    let verifier = Verifier::new(scheme, secret).unwrap();
    verifier.verify(&Request::new(headers, body.as_bytes()).url(url), NOW).map(drop)
}

fn twilio(signature: &str, url: &str, body: &str) -> Result<(), Error> {
    verify(&providers::TWILIO, SECRET, &[("X-Twilio-Signature", signature)], url, body)
}

#[test]
fn a_signature_over_the_url_alone_covers_no_body() {
    let url = "https://example.com/voice?CallSid=CA1";
    let signature = signature(&providers::TWILIO, url, "");
    assert_eq!(twilio(&signature, url, ""), Ok(()));
    for body in ["a=1", "a", "{\"a\":1}", " ", "+", "%20", "a=&b=", "\0"] {
        assert_eq!(twilio(&signature, url, body), Err(Error::SignatureMismatch), "{body:?}");
    }
    for body in ["&", "&&", "=", "=&=", "&=", "%", "\u{ff}%ff"] {
        assert_eq!(twilio(&signature, url, body), Err(Error::MalformedBody), "{body:?}");
    }
    let form = self::signature(&providers::TWILIO, url, "a=1");
    assert_eq!(twilio(&form, url, "a=1"), Ok(()));
    assert_eq!(twilio(&form, url, "a=1&="), Err(Error::MalformedBody));
}

#[test]
fn a_hash_in_the_signed_url_is_that_of_the_body() {
    let body = "{\"property\": \"value\", \"boolean\": true}";
    let hash = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
    let hashed = format!("https://example.com/hook?a=1&bodySHA256={hash}");
    let genuine = signature(&providers::TWILIO, &hashed, body);
    assert_eq!(twilio(&genuine, &hashed, body), Ok(()));
    for body in ["", "{}", "a=1", "&"] {
        assert_eq!(twilio(&genuine, &hashed, body), Err(Error::BodyHashMismatch), "{body:?}");
    }

    // Without the hash in the URL, JSON is no more signed than any other body.
    let bare = "https://example.com/hook?a=1";
    assert_eq!(twilio(&genuine, bare, body), Err(Error::SignatureMismatch));
    let bare_signature = signature(&providers::TWILIO, bare, "");
    assert_eq!(twilio(&bare_signature, bare, body), Err(Error::SignatureMismatch));

    // Twice in a URL that is signed so, it is none.
    let twice = format!("{hashed}&bodySHA256={hash}");
    let empty = signature(&providers::TWILIO, bare, "");
    assert_eq!(twilio(&empty, &twice, body), Err(Error::SignatureMismatch));
    let unchecked = Scheme { name: "unchecked", checks: &[], ..providers::TWILIO };
    let signed_twice = signature_of(&unchecked, &twice);
    assert_eq!(twilio(&signed_twice, &twice, ""), Err(Error::MalformedField));
    assert_eq!(twilio(&signed_twice, &twice, body), Err(Error::SignatureMismatch));
}

/// The signature over a URL alone.
fn signature_of(scheme: &Scheme<'_>, url: &str) -> String {
    let request = Request::new(NONE, b"").url(url);
    Signer::new(scheme, SECRET).unwrap().sign(&request, None, NOW).unwrap().signature().into()
}

#[test]
fn a_public_text_is_no_key() {
    let weak = Verifier::new(&providers::MANDRILL, "test-webhook");
    assert_eq!(weak.err(), Some(SetupError::Key(KeyError::WeakSecret)));
}

#[test]
fn a_signature_counts_under_its_own_key_id() {
    let secret = "ours:a private key of our own";
    let body = "bt_payload=PG4%2BCg%3D%3D%0A";
    let request = Request::new(NONE, body.as_bytes());
    let signer = Signer::new(&providers::BRAINTREE, secret).unwrap();
    let tag: String = signer.sign(&request, None, NOW).unwrap().signature().into();
    let wrong = "0".repeat(40);

    let judge = |field: String| {
        let body = format!("bt_signature={field}&{body}");
        verify(&providers::BRAINTREE, secret, &[], "https://example.com/", &body)
    };
    for genuine in [
        format!("ours|{tag}"),
        format!("ours%7C{tag}"),
        format!("%6furs%7c{tag}"),
        format!("other%7C{wrong}%26ours%7C{tag}"),
        format!("junk%26ours|{wrong}%26ours|{tag}%26"),
    ] {
        assert_eq!(judge(genuine.clone()), Ok(()), "{genuine}");
    }
    for forged in [
        format!("other|{tag}"),
        format!("our|{tag}"),
        format!("oursx|{tag}"),
        format!("ours||{tag}"),
        format!("|{tag}"),
        format!("x%26other%7C{tag}%26ours%7C{wrong}"),
    ] {
        assert!(judge(forged.clone()).is_err(), "{forged}");
    }
    assert_eq!(judge(tag), Err(Error::MalformedSignature));
    let bare = Verifier::new(&providers::BRAINTREE, "a private key without its id");
    assert_eq!(bare.err(), Some(SetupError::Key(KeyError::MalformedSecret)));
}

#[test]
fn hex_of_either_case_is_a_choice_of_the_row() {
    const ROW: Scheme<'static> = Scheme {
        name: "row",
        signature: form("sig"),
        signed: template!("{form|marked}"),
        ..Scheme::BASE
    };
    const EITHER: Scheme<'static> = Scheme { encoding: Encoding::HexAnyCase, ..ROW };
    let lower = signature(&EITHER, "https://example.com/", "a=1");
    let upper = lower.to_uppercase();
    let judge = |row, tag: &str| {
        verify(row, SECRET, &[], "https://example.com/", &format!("a=1&sig={tag}"))
    };
    assert_eq!(judge(&EITHER, &lower), Ok(()));
    assert_eq!(judge(&EITHER, &upper), Ok(()));
    assert_eq!(judge(&ROW, &lower), Ok(()));
    assert_eq!(judge(&ROW, &upper), Err(Error::MalformedSignature));
    assert_eq!(judge(&EITHER, &upper.replacen(['A', 'B', 'C'], "D", 1)), mismatch());
    assert_eq!(judge(&EITHER, &"g".repeat(64)), Err(Error::MalformedSignature));

    // A field without a name is one of the form, and signed like any other.
    let nameless = format!("a=1&sig={lower}&=");
    assert_eq!(verify(&EITHER, SECRET, &[], "https://example.com/", &nameless), mismatch());
}

const fn mismatch() -> Result<(), Error> {
    Err(Error::SignatureMismatch)
}

#[test]
fn a_field_that_some_sign_is_tried_without_and_with() {
    const ROW: Scheme<'static> = Scheme {
        name: "row",
        signature: form("sign"),
        signed: template!("{form|pairs:kind}"),
        admits: &[Weakness::BodyUnsigned],
        ..Scheme::BASE
    };
    const WITH: Scheme<'static> = Scheme { signed: template!("{form|pairs}"), ..ROW };
    let url = "https://example.com/";
    for row in [&ROW, &WITH] {
        let tag = signature(row, url, "a=1&kind=k");
        let judge = |body: &str| verify(&ROW, SECRET, &[], url, &format!("{body}&sign={tag}"));
        assert_eq!(judge("a=1&kind=k"), Ok(()));
        let is_free = row.signed.text() == ROW.signed.text();
        assert_eq!(judge("a=1&kind=other").is_ok(), is_free);
        assert_eq!(judge("a=2&kind=k"), mismatch());
        assert_eq!(judge("a=1&kind=k&b=1"), mismatch());
    }
}

#[test]
fn what_runs_together_is_admitted() {
    const LISTED: Scheme<'static> = Scheme {
        name: "listed",
        signature: header("tag"),
        signed_headers: Some(header("list")),
        signed: template!("{headers}.{headers|values}.{body}"),
        ..Scheme::BASE
    };
    const JOINED: Scheme<'static> = Scheme { signed: template!("{url}{form}"), ..LISTED };
    assert_eq!(LISTED.check(), Err(SchemeError::AmbiguousJoin));
    assert_eq!(Scheme { admits: &[Weakness::LooseJoins], ..LISTED }.check(), Ok(()));
    assert_eq!(JOINED.check(), Err(SchemeError::AmbiguousJoin));
    assert_eq!(Scheme { admits: &[Weakness::LooseFields], ..JOINED }.check(), Ok(()));
    let lines = Scheme { signed: template!("{headers|lines}\n{body}"), ..LISTED };
    assert_eq!(lines.check(), Ok(()));
}
