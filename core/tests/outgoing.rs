//! Deliveries signed as they are sent. Every row is signed in the tests of the command line.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use hookseal::capture::Captured;
use hookseal::outgoing::{Added, OutgoingError};
use hookseal::{Request, Scheme, Signer, UnixTime, Verifier, header, providers, seconds, template};

const SECRET: &str = "a secret of 16 bytes or more";
const NOW: UnixTime = UnixTime::from_secs(1_700_000_000);
const NONE: &[(&str, &str)] = &[];

fn added(
    row: &Scheme<'_>,
    secret: &str,
    request: &Request<'_>,
    event_id: Option<&str>,
) -> Result<Added, OutgoingError> {
    Signer::new(row, secret).unwrap().sign_outgoing(request, event_id, NOW)
}

fn verdict(row: &Scheme<'_>, secret: &str, sent: &Captured) -> &'static str {
    let headers: Vec<(&str, &[u8])> =
        sent.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect();
    let mut request = Request::new(headers.as_slice(), &sent.body);
    request = sent.url.iter().fold(request, |it, url| it.url(url));
    request = sent.method.iter().fold(request, |it, method| it.method(method));
    let verifier = Verifier::new(row, secret).unwrap();
    verifier.verify(&request, NOW).map_or_else(|error| error.code(), |_| "verified")
}

/// The whole delivery, which must verify.
fn whole(row: &Scheme<'_>, secret: &str, request: &Request<'_>) -> Captured {
    let mut sent = Captured::from(request);
    assert_ne!(verdict(row, secret, &sent), "verified", "{}", row.name);
    added(row, secret, request, Some("evt_1")).unwrap().put_into(&mut sent).unwrap();
    assert_eq!(verdict(row, secret, &sent), "verified", "{}", row.name);
    sent
}

#[test]
fn what_is_there_in_the_place_of_a_header_is_replaced() {
    let headers = [("X-GitHub-Delivery", "old"), ("X-Other", "stays"), ("X-Hub-Signature-256", "")];
    let sent = whole(&providers::GITHUB, SECRET, &Request::new(&headers, b"\xff"));
    let names: Vec<&str> = sent.headers.iter().map(|it| it.0.as_str()).collect();
    assert_eq!(names, ["X-Other", "x-github-delivery", "x-hub-signature-256"]);
    assert_eq!(sent.headers.get(1).unwrap().1, b"evt_1");
    assert_eq!((sent.body, sent.url, sent.method), (b"\xff".to_vec(), None, None));
}

#[test]
fn a_signature_that_is_no_header_is_put_where_it_goes() {
    let url = "https://example.com/hook?signature=old&a=%20";
    let sent = whole(&providers::PANDADOC, SECRET, &Request::new(NONE, b"[]").url(url));
    let url = sent.url.unwrap();
    assert!(url.starts_with("https://example.com/hook?a=%20&signature="), "{url}");

    let item = br#"{"notificationItems":[{"NotificationRequestItem":{"amount":{"value":1}}}]}"#;
    let secret = "44782def547aaa06c910c43932b1eb0c71fc68d9d0c057550c48ec2acf6ba056";
    let sent = whole(&providers::ADYEN, secret, &Request::new(NONE, item));
    let body = String::from_utf8(sent.body).unwrap();
    assert!(
        body.contains(r#"{"amount":{"value":1},"additionalData":{"hmacSignature":""#),
        "{body}"
    );

    let form = Request::new(NONE, b"bt_payload=YQ%3D%3D");
    let secret = format!("public_id:{SECRET}");
    let sent = String::from_utf8(whole(&providers::BRAINTREE, &secret, &form).body).unwrap();
    assert!(sent.starts_with("bt_payload=YQ%3D%3D&bt_signature=public_id%7C"), "{sent}");
}

#[test]
fn the_time_is_among_the_headers_that_are_listed() {
    let row = &providers::CONTENTFUL;
    let of = |headers: &[(&str, &str)]| {
        let request = Request::new(headers, b"{}").url("https://example.com/hook").method("POST");
        whole(row, SECRET, &request)
    };
    let list = "x-contentful-signed-headers";
    let name = |sent: &Captured, at: usize| sent.headers.get(at).unwrap().0.clone();
    let sent = of(&[("X-Contentful-Timestamp", "1")]);
    assert_eq!(
        [0, 1, 2].map(|at| name(&sent, at)),
        [list, row_time(row), "x-contentful-signature"]
    );
    let own = format!("{list},{},x-own", row_time(row));
    let sent = of(&[(list, &own), ("x-own", "1")]);
    assert_eq!(sent.headers.get(1).unwrap(), &(list.to_owned(), own.into_bytes()));
}

fn row_time<'a>(row: &Scheme<'a>) -> &'a str {
    row.timestamp.unwrap().source.name
}

#[test]
fn what_is_missing_is_an_error_with_a_code() {
    let plain = Request::new(NONE, b"{}");
    let code = |row: &Scheme<'_>, request: &Request<'_>, id: Option<&str>| {
        added(row, SECRET, request, id).unwrap_err().code()
    };
    assert_eq!(code(&providers::SQUARE, &plain, None), "missing_url");
    assert_eq!(code(&providers::LINEAR, &plain, None), "missing_timestamp");
    for id in ["", "a\r\nb: c", "é", "\t"] {
        assert_eq!(code(&providers::GITHUB, &plain, Some(id)), "malformed_event_id");
    }
    let large = vec![b' '; hookseal::DEFAULT_BODY_LIMIT + 1];
    assert_eq!(code(&providers::GITHUB, &Request::new(NONE, &large), None), "body_too_large");
    let url = plain.url("https://example.com/hook");
    let error = added(&providers::TWILIO, SECRET, &url, None).unwrap_err();
    assert_eq!(error.code(), "missing_field");
    assert!(error.to_string().contains("query parameter bodySHA256: {body|sha256|hex}"), "{error}");
}

#[test]
fn a_body_without_a_place_for_the_signature_is_refused() {
    let row = Scheme {
        signature: hookseal::json("a.sig"),
        timestamp: Some(seconds(header("x-time"))),
        signed: template!("{timestamp}.{json:b}"),
        admits: &[hookseal::Weakness::BodyUnsigned],
        ..Scheme::BASE
    };
    let of = |body: &[u8]| {
        let request = Request::new(NONE, body);
        let mut sent = Captured::from(&request);
        added(&row, SECRET, &request, None)?.put_into(&mut sent).map(|()| sent.body)
    };
    let sent = String::from_utf8(of(br#"{"b":1.50}"#).unwrap()).unwrap();
    assert!(sent.starts_with(r#"{"b":1.50,"a":{"sig":""#), "{sent}");
    let error = of(br#"{"b":1,"a":[]}"#).unwrap_err();
    assert_eq!((error.code(), &error), ("malformed_body", &OutgoingError::NoPlaceInBody));
}

#[test]
fn no_signature_is_in_a_log() {
    let request = Request::new(NONE, b"[]").url("https://example.com/");
    let of = |row| added(row, SECRET, &request, None).unwrap();
    for (shown, signature) in [
        (format!("{:?}", of(&providers::GITHUB)), of(&providers::GITHUB).headers.pop().unwrap().1),
        (
            format!("{:?}", of(&providers::PANDADOC)),
            of(&providers::PANDADOC).elsewhere.unwrap().value,
        ),
    ] {
        assert!(shown.contains("signature") && signature.len() >= 64, "{shown}");
        assert!(!shown.contains(signature.trim_start_matches("sha256=")), "{shown}");
    }
}
