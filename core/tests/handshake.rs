//! Endpoint validations: what is answered, to whom, and what is refused.
//!
//! The MACs and hashes were computed by Python's `hmac` and `hashlib`; Braintree's is the one that
//! its own tests publish.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use hookseal::handshake::{
    Answer, Cue, Grammar, Guard, Handshake, Handshaker, Proof, Purpose, Reply, acknowledgement,
    answer, enrol,
};
use hookseal::providers::{self, handshakes};
use hookseal::{
    Algorithm, Confidence, Encoding, Error, KeyFormat, Request, Scheme, SchemeError, Signer,
    UnixTime, Verifier, Weakness, form, header, json, query, template,
};

const SECRET: &str = "a secret of twenty-six bytes";
const NOW: UnixTime = UnixTime::from_secs(1_700_000_000);
const URL: &str = "https://hooks.example.com/in";
const NO_HEADERS: &[(&str, &str)] = &[];

/// Rows that another build has, or no build: as far as their handshakes need one.
const BRAINTREE: Scheme = Scheme {
    name: "braintree",
    signature: form("bt_signature").item("&", ""),
    signed: template!("{form:bt_payload}"),
    key: KeyFormat::Sha1,
    key_id: Some(b':'),
    algorithm: Algorithm::HmacSha1,
    admits: &[Weakness::BodyUnsigned],
    handshakes: &[handshakes::BRAINTREE],
    ..Scheme::BASE
};

/// A row with one handshake.
const fn with(handshake: &'static [Handshake<'static>]) -> Scheme<'static> {
    Scheme {
        name: "acme",
        signature: header("acme-signature"),
        handshakes: handshake,
        ..Scheme::BASE
    }
}

const EBAY: Scheme = with(&[handshakes::EBAY]);
const LARK: Scheme = with(&[handshakes::LARK]);
const DISCORD: Scheme = with(&[handshakes::DISCORD_EVENTS, handshakes::DISCORD_INTERACTIONS]);
const GRAPH: Scheme = with(&[handshakes::MICROSOFT_GRAPH]);
const SHAREPOINT: Scheme = with(&[handshakes::MICROSOFT_SHAREPOINT]);
const MONDAY: Scheme = with(&[handshakes::MONDAY]);
const GRID: Scheme = with(&[handshakes::AZURE_EVENT_GRID]);
const MANDRILL: Scheme = with(&[handshakes::MANDRILL_HEAD, handshakes::MANDRILL_TEST]);
const FRESHBOOKS: Scheme = with(&[handshakes::FRESHBOOKS]);
const ADYEN: Scheme = with(&[handshakes::ADYEN]);
const DROPBOX_SIGN: Scheme = with(&[handshakes::DROPBOX_SIGN]);

/// A request as a test writes it.
#[derive(Clone, Copy)]
struct Asks<'t> {
    method: &'t str,
    url: &'t str,
    headers: &'t [(&'t str, &'t str)],
    body: &'t [u8],
}

const GET: Asks = Asks { method: "GET", url: URL, headers: &[], body: b"" };
const POST: Asks = Asks { method: "POST", ..GET };

impl<'t> Asks<'t> {
    fn request(&self) -> Request<'t> {
        Request::new(self.headers, self.body).method(self.method).url(self.url)
    }
}

/// What goes over the wire: status, headers, body.
type Sent = (u16, Vec<(String, String)>, String);

fn sent(answer: &Answer<'_>) -> Sent {
    let headers: Vec<(String, String)> =
        answer.headers().map(|(name, value)| (name.to_owned(), value.to_string())).collect();
    let body = answer.body().to_string();
    assert_eq!(answer.body().length(), body.len());
    (answer.status(), headers, body)
}

fn typed(kind: &str, body: &str) -> Sent {
    let headers = [("content-type", kind), ("x-content-type-options", "nosniff")];
    (200, headers.map(|(name, value)| (name.to_owned(), value.to_owned())).into(), body.to_owned())
}

fn plain(body: &str) -> Sent {
    typed("text/plain", body)
}

fn object(body: &str) -> Sent {
    assert!(serde_json::from_str::<serde_json::Value>(body).is_ok());
    typed("application/json", body)
}

fn bare(status: u16, headers: &[(&str, &str)]) -> Sent {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    (status, headers.collect(), String::new())
}

/// The answer of a row, its secret and its agreed value being these.
fn asked(
    row: &Scheme<'_>,
    (secret, expected): (&str, &str),
    asks: Asks<'_>,
) -> Result<Option<Sent>, Error> {
    let verifier = Verifier::new(row, secret).unwrap();
    let answer = Handshaker::new(&verifier).expecting(expected).answer(&asks.request(), NOW)?;
    Ok(answer.as_ref().map(sent))
}

/// The same, the request being signed by whoever has the secret.
fn asked_signed(row: &Scheme<'_>, asks: Asks<'_>) -> Result<Option<Sent>, Error> {
    let signer = Signer::new(row, SECRET).unwrap();
    let signed = signer.sign(&asks.request(), Some("msg_1"), NOW).unwrap();
    let made: Vec<(&str, String)> =
        signed.headers().map(|(name, value)| (name, value.to_string())).collect();
    let headers: Vec<(&str, &str)> = made
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .chain(asks.headers.iter().copied())
        .collect();
    asked(row, (SECRET, ""), Asks { headers: &headers, ..asks })
}

#[test]
fn challenges_are_echoed_as_each_provider_wants() {
    let get = |query: &'static str| Asks { url: query, ..GET };
    let header = |pair: &'static [(&'static str, &'static str)]| Asks { headers: pair, ..GET };
    let cases: [(&Scheme<'_>, &str, Asks<'_>, Sent); 13] = [
        (&providers::DROPBOX, "", get("https://a.b/?challenge=abc%2B1"), plain("abc+1")),
        (&providers::NYLAS, "", get("https://a.b/?challenge=abc"), plain("abc")),
        (
            &providers::META,
            "mine, and no other's",
            get("https://a.b/m?hub.mode=subscribe&hub.challenge=1158201444\
                 &hub.verify_token=mine%2C+and+no+other%27s"),
            plain("1158201444"),
        ),
        (
            &providers::WEBSUB,
            "https://example.com/feed",
            get("https://a.b/w?hub.mode=subscribe&hub.topic=https%3A%2F%2Fexample.com%2Ffeed\
                 &hub.challenge=x-1&hub.lease_seconds=10"),
            plain("x-1"),
        ),
        (
            &GRAPH,
            "",
            Asks { url: "https://a.b/?validationToken=Validation%3a+ok", ..POST },
            plain("Validation: ok"),
        ),
        (&SHAREPOINT, "", Asks { url: "https://a.b/?validationtoken=t", ..POST }, plain("t")),
        (
            &providers::WORLDLINE,
            "",
            header(&[("X-GCS-Webhooks-Endpoint-Verification", "8f-1")]),
            plain("8f-1"),
        ),
        (&MONDAY, "", Asks { body: br#"{"challenge":"3e\u00371"}"#, ..POST }, object(r#"{"challenge":"3e71"}"#)),
        (
            &LARK,
            "verification token",
            Asks {
                body: br#"{"type":"url_verification","challenge":"aj-1","token":"verification token"}"#,
                ..POST
            },
            object(r#"{"challenge":"aj-1"}"#),
        ),
        (
            &GRID,
            "",
            Asks {
                headers: &[("aeg-event-type", "SubscriptionValidation")],
                body: br#"[{"data":{"validationCode":"512d38b6","validationUrl":"https://x"}}]"#,
                ..POST
            },
            object(r#"{"validationResponse":"512d38b6"}"#),
        ),
        (
            &providers::CLOUDEVENTS_WEBHOOK,
            "eventemitter.example.com",
            Asks {
                method: "OPTIONS",
                headers: &[("WebHook-Request-Origin", "eventemitter.example.com")],
                ..GET
            },
            bare(
                200,
                &[
                    ("webhook-allowed-origin", "eventemitter.example.com"),
                    ("webhook-allowed-rate", "*"),
                    ("allow", "POST, OPTIONS"),
                ],
            ),
        ),
        (&providers::TRELLO, "", Asks { method: "HEAD", ..GET }, bare(200, &[])),
        (&MANDRILL, "", Asks { body: b"mandrill_events=%5B%5D", ..POST }, bare(200, &[])),
    ];
    for (row, expected, asks, wanted) in cases {
        assert_eq!(asked(row, (SECRET, expected), asks), Ok(Some(wanted)), "{}", row.name);
    }
}

#[test]
fn proofs_are_those_that_others_compute() {
    let token = "52f6e0bb-1369-45da-a61c-9e67d092d6db";
    let v2 =
        format!(r#"{{"version":"2.0","eventName":"verify","payload":{{"challenge":"{token}"}}}}"#);
    let v4 = format!(r#"{{"eventType":"VERIFY","data":{{"challenge":"{token}"}},"meta":{{}}}}"#);
    let smartcar = object(
        r#"{"challenge":"f67ce42bb17f712ce7bffe319060fbf2e1e6666e2e4c6cedece76e0bd8dd3f13"}"#,
    );
    let secrets = ("application-management-token", "");
    for body in [v2.as_bytes(), v4.as_bytes()] {
        let found = asked(&providers::SMARTCAR, secrets, Asks { body, ..POST });
        assert_eq!(found, Ok(Some(smartcar.clone())));
    }
    let asks = Asks { url: "https://a.b/x?crc_token=MmQ0ZTctYjA5Zi00&nonce=1", ..GET };
    assert_eq!(
        asked(&providers::X_TWITTER, ("consumer-secret-of-the-app", ""), asks),
        Ok(Some(object(
            r#"{"response_token":"sha256=goYp2Pe361PF8uJii0YGz1wnkh7KPuA6Nf21dCfvNxY="}"#
        )))
    );
    let asks = Asks { url: "https://a.b/?bt_challenge=20f9f8ed05f77439fe955c977e4c8a53", ..GET };
    assert_eq!(
        asked(&BRAINTREE, ("integration_public_key:integration_private_key", ""), asks),
        Ok(Some(plain("integration_public_key|d9b899556c966b3f06945ec21311865d35df3ce4")))
    );
    let asks = Asks { url: "https://hooks.example.com/ebay?challenge_code=a123b456", ..GET };
    assert_eq!(
        asked(&EBAY, (SECRET, "sdfopaisfjawef908woprtjkwefjgs0d9fiewr"), asks),
        Ok(Some(object(
            r#"{"challengeResponse":"a7d00e352fc5755facc5fc2643e7128b87b58dc2775a0ff6a7549a8090323554"}"#
        )))
    );
}

/// A signed handshake: its row, its request, and what is sent.
fn signed_handshakes() -> Vec<(&'static Scheme<'static>, Asks<'static>, Sent)> {
    let post = |body: &'static [u8]| Asks { body, ..POST };
    vec![
        (
            &providers::SLACK,
            post(br#"{"token":"old","challenge":"3eZbrw1a","type":"url_verification"}"#),
            plain("3eZbrw1a"),
        ),
        (
            &providers::TWITCH,
            Asks {
                headers: &[("Twitch-Eventsub-Message-Type", "webhook_callback_verification")],
                body: br#"{"challenge":"pogchamp-kappa-360noscope-vohiyo","subscription":{}}"#,
                ..POST
            },
            plain("pogchamp-kappa-360noscope-vohiyo"),
        ),
        (
            &providers::FRONT,
            Asks {
                headers: &[("X-Front-Challenge", "r4nd0m")],
                body: br#"{"type":"sync","authorization":{"id":"cmp_abc"}}"#,
                ..POST
            },
            plain("r4nd0m"),
        ),
        (
            &providers::OKTA,
            Asks { headers: &[("X-Okta-Verification-Challenge", "q-1")], ..GET },
            object(r#"{"verification":"q-1"}"#),
        ),
        (
            &DISCORD,
            post(br#"{"type":1,"token":"t","id":"1","version":1}"#),
            object(r#"{"type":1}"#),
        ),
        (
            &DISCORD,
            post(br#"{"version":1,"application_id":"1","type":0}"#),
            bare(204, &[("content-type", "application/json")]),
        ),
    ]
}

#[test]
fn signed_handshakes_are_answered_to_who_signs() {
    for (row, asks, wanted) in signed_handshakes() {
        assert_eq!(asked_signed(row, asks), Ok(Some(wanted)), "{}", row.name);
    }
    let zoom =
        br#"{"event":"endpoint.url_validation","payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"}}"#;
    let (secret, asks) = ("secret-token-of-the-app", Asks { body: zoom, ..POST });
    let signed = Signer::new(&providers::ZOOM, secret).unwrap();
    let signed = signed.sign(&asks.request(), None, NOW).unwrap();
    let headers: Vec<(&str, String)> =
        signed.headers().map(|(name, value)| (name, value.to_string())).collect();
    let headers: Vec<(&str, &str)> =
        headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let wanted = object(
        r#"{"plainToken":"qgg8vlvZRS6UYooatFL8Aw","encryptedToken":"1d8be77ab67ee516579891e1dddaa875d400df32b3a1f9e68531862187abeeaa"}"#,
    );
    let asks = Asks { headers: &headers, ..asks };
    assert_eq!(asked(&providers::ZOOM, (secret, ""), asks), Ok(Some(wanted)));
    // The time is judged as that of any delivery is.
    let verifier = Verifier::new(&providers::ZOOM, secret).unwrap();
    let later = UnixTime::from_secs(1_700_000_301);
    assert_eq!(answer(&verifier, &asks.request(), later).err(), Some(Error::TimestampTooOld));
}

#[test]
fn signed_handshakes_are_refused_to_everyone_else() {
    for (row, asks, _) in signed_handshakes() {
        assert_eq!(asked(row, (SECRET, ""), asks), Err(Error::MissingSignature), "{}", row.name);
        let verifier = Verifier::new(row, "another secret, of thirty bytes").unwrap();
        let signer = Signer::new(row, SECRET).unwrap();
        let signed = signer.sign(&asks.request(), Some("msg_1"), NOW).unwrap();
        let made: Vec<(&str, String)> =
            signed.headers().map(|(name, value)| (name, value.to_string())).collect();
        let mut headers: Vec<(&str, &str)> =
            made.iter().map(|(name, value)| (*name, value.as_str())).collect();
        headers.extend(asks.headers);
        let request = Asks { headers: &headers, ..asks }.request();
        let found = answer(&verifier, &request, NOW).map(drop);
        assert_eq!(found, Err(Error::SignatureMismatch), "{}", row.name);
        let keyless = Handshaker::without_key(row).answer(&request, NOW).map(drop);
        assert_eq!(keyless, Err(Error::SignatureMismatch), "{}", row.name);
    }
}

#[test]
fn an_agreed_value_must_be_given_and_be_the_same() {
    let meta = |token: &str| format!("{URL}?hub.mode=subscribe&hub.challenge=1{token}");
    let cases = [
        ("&hub.verify_token=right", "right", None),
        ("&hub.verify_token=right", "wrong", Some(Error::SignatureMismatch)),
        ("&hub.verify_token=righ", "right", Some(Error::SignatureMismatch)),
        ("&hub.verify_token=right+", "right", Some(Error::SignatureMismatch)),
        ("&hub.verify_token=right", "", Some(Error::SignatureMismatch)),
        ("&hub.verify_token=", "", Some(Error::SignatureMismatch)),
        ("", "right", Some(Error::MissingSignature)),
        ("&hub.verify_token=right&hub.verify_token=wrong", "right", Some(Error::MalformedField)),
    ];
    for (token, expected, refused) in cases {
        let url = meta(token);
        let found = asked(&providers::META, (SECRET, expected), Asks { url: &url, ..GET });
        assert_eq!(found.err(), refused, "{token} {expected}");
    }
    let ebay = Asks { url: "https://a.b/?challenge_code=a1", ..GET };
    assert_eq!(asked(&EBAY, (SECRET, ""), ebay), Err(Error::SignatureMismatch));
    let lark = Asks { body: br#"{"type":"url_verification","challenge":"a","token":"b"}"#, ..POST };
    assert_eq!(asked(&LARK, (SECRET, ""), lark), Err(Error::SignatureMismatch));
    assert_eq!(asked(&LARK, (SECRET, "c"), lark), Err(Error::SignatureMismatch));
    let origin = &[("webhook-request-origin", "evil.example")];
    let asks = Asks { method: "OPTIONS", headers: origin, ..GET };
    let found = asked(&providers::CLOUDEVENTS_WEBHOOK, (SECRET, "good.example"), asks);
    assert_eq!(found, Err(Error::SignatureMismatch));
}

#[test]
fn hostile_challenges_are_refused_or_sent_as_plain_text() {
    let html = Asks { url: "https://a.b/?challenge=%3Cscript%3Ealert(1)%3C%2Fscript%3E", ..GET };
    let found = asked(&providers::DROPBOX, (SECRET, ""), html);
    assert_eq!(found, Ok(Some(plain("<script>alert(1)</script>"))));
    let long = "a".repeat(1025);
    let hostile = [
        "a%0D%0Aset-cookie%3A+b",
        "a%0A",
        "a%00",
        "%C3%BC",
        "%FF",
        "a%7F",
        "a%09",
        "",
        &long,
        "a&challenge=b",
        "a&%63hallenge=a",
        "%zz",
    ];
    for text in hostile {
        let url = format!("{URL}?challenge={text}");
        let found = asked(&providers::DROPBOX, (SECRET, ""), Asks { url: &url, ..GET });
        assert_eq!(found, Err(Error::MalformedField), "{text}");
    }
    let url = format!("{URL}?challenge={}", &long[1..]);
    assert!(asked(&providers::DROPBOX, (SECRET, ""), Asks { url: &url, ..GET }).unwrap().is_some());
    for text in [r#"a\"b"#, r"a\\b", r"a\nb", r"\u0000", r"\u00fc", "\u{fc}", ""] {
        let body = format!(r#"{{"challenge":"{text}"}}"#);
        let found = asked(&MONDAY, (SECRET, ""), Asks { body: body.as_bytes(), ..POST });
        assert_eq!(found, Err(Error::MalformedField), "{text}");
    }
    let twice = br#"{"challenge":"a","challenge":"b"}"#;
    let found = asked(&MONDAY, (SECRET, ""), Asks { body: twice, ..POST });
    assert_eq!(found, Err(Error::MalformedField));
    let name = "x-gcs-webhooks-endpoint-verification";
    let cases: [(&[(&str, &str)], Error); 3] = [
        (&[(name, "a"), (name, "a")], Error::RepeatedHeader),
        (&[(name, "a\r\nb")], Error::MalformedField),
        (&[(name, "")], Error::MalformedField),
    ];
    for (headers, refused) in cases {
        let found = asked(&providers::WORLDLINE, (SECRET, ""), Asks { headers, ..GET });
        assert_eq!(found, Err(refused));
    }
}

#[test]
fn no_mac_is_made_of_more_than_a_token() {
    let long = "a".repeat(257);
    for text in ["a.b", "a%20b", "a%3Ab", "%7B%7D", "a%3D", "a%2Fb", "a+b", "", &long, "a%0A"] {
        let url = format!("{URL}?crc_token={text}&bt_challenge={text}");
        for row in [&providers::X_TWITTER, &BRAINTREE] {
            let found =
                asked(row, ("key:a secret of twenty-six bytes", ""), Asks { url: &url, ..GET });
            assert_eq!(found, Err(Error::MalformedField), "{} {text}", row.name);
        }
    }
    let (short, long, upper) = ("a".repeat(19), "a".repeat(33), "A".repeat(20));
    for text in [short.as_str(), &long, &upper, "ghijklmnopqrstuvwxyz"] {
        let url = format!("{URL}?bt_challenge={text}");
        let found = asked(&BRAINTREE, ("key:private key of it", ""), Asks { url: &url, ..GET });
        assert_eq!(found, Err(Error::MalformedField), "{text}");
    }
    let keyless = Asks { url: "https://a.b/?crc_token=a", ..GET };
    let found = Handshaker::without_key(&providers::X_TWITTER).answer(&keyless.request(), NOW);
    assert_eq!(found.map(drop), Err(Error::SignatureMismatch));
}

#[test]
fn what_is_no_handshake_is_left_to_the_verifier() {
    let large = format!(r#"{{"challenge":"a","rest":"{}"}}"#, "a".repeat(64 << 10));
    let cases: [(&Scheme<'_>, Asks<'_>); 10] = [
        (&providers::GITHUB, GET),
        (&providers::DROPBOX, Asks { url: "https://a.b/?challenge=a", ..POST }),
        (&providers::DROPBOX, GET),
        (
            &providers::META,
            Asks { url: "https://a.b/?hub.mode=unsubscribe&hub.challenge=1", ..GET },
        ),
        (&MONDAY, Asks { body: b"not JSON", ..POST }),
        (&MONDAY, Asks { body: large.as_bytes(), ..POST }),
        (&providers::SLACK, Asks { body: br#"{"type":"event_callback","challenge":"a"}"#, ..POST }),
        (&DISCORD, Asks { body: br#"{"type":1,"event":{"type":"ENTITLEMENT_CREATE"}}"#, ..POST }),
        (
            &providers::WOOCOMMERCE,
            Asks {
                headers: &[("X-WC-Webhook-Signature", "c2ln")],
                body: br#"{"note":"a&webhook_id=5"}"#,
                ..POST
            },
        ),
        (&providers::ASANA, Asks { headers: &[("x-hook-secret", "s")], ..POST }),
    ];
    for (row, asks) in cases {
        assert_eq!(asked(row, (SECRET, "a"), asks), Ok(None), "{}", row.name);
    }
    let ping = Asks { body: b"webhook_id=5", ..POST };
    assert_eq!(asked(&providers::WOOCOMMERCE, (SECRET, ""), ping), Ok(Some(bare(200, &[]))));
    let verifier = Verifier::new(&providers::DROPBOX, SECRET).unwrap();
    let request = Request::new(NO_HEADERS, b"");
    assert_eq!(answer(&verifier, &request, NOW).err(), Some(Error::MissingMethod));
    assert_eq!(answer(&verifier, &request.method("GET"), NOW).err(), Some(Error::MissingUrl));
}

#[test]
fn a_proof_is_made_with_the_first_secret_or_the_one_that_signed() {
    let row = with(
        const {
            &[Handshake {
                method: "POST",
                guard: Guard::Signature,
                challenge: Some(json("challenge")),
                grammar: Grammar::Token,
                proof: Proof::Mac,
                reply: Reply::Text(template!("{mac}")),
                ..Handshake::BASE
            }]
        },
    );
    let asks = Asks { body: br#"{"challenge":"abc"}"#, ..POST };
    let other = "the second secret of two, as long";
    let alone = asked_signed(&row, asks).unwrap().unwrap();
    let signed = Signer::new(&row, SECRET).unwrap().sign(&asks.request(), None, NOW).unwrap();
    let value = signed.signature().to_owned();
    let headers = [("acme-signature", value.as_str())];
    let verifier = Verifier::new(&row, other).unwrap().and_secret(SECRET).unwrap();
    let asks = Asks { headers: &headers, ..asks };
    let found = answer(&verifier, &asks.request(), NOW).unwrap().unwrap();
    assert_eq!(sent(&found), alone);
}

#[test]
fn a_secret_is_taken_by_enrolling_and_in_no_other_way() {
    let cases: [(&Scheme<'_>, Asks<'_>, &str, bool, Sent); 5] = [
        (
            &providers::ASANA,
            Asks { headers: &[("X-Hook-Secret", "b537207f20cbfa02")], ..POST },
            "b537207f20cbfa02",
            true,
            bare(200, &[("x-hook-secret", "b537207f20cbfa02")]),
        ),
        (
            &providers::NOTION,
            Asks { body: br#"{"verification_token":"secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl"}"#, ..POST },
            "secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl",
            true,
            bare(200, &[]),
        ),
        (
            &providers::GUSTO,
            Asks { body: br#"{"verification_token":"tok-123456","webhook_subscription_uuid":"b"}"#, ..POST },
            "tok-123456",
            true,
            bare(200, &[]),
        ),
        (
            &FRESHBOOKS,
            Asks { body: b"name=callback.verify&object_id=1&verifier=xf8F%2B", ..POST },
            "xf8F+",
            true,
            bare(200, &[]),
        ),
        (
            &providers::SALESFORCE,
            Asks { body: br#"{"callbackId":"c","verificationKey":"k-123456"}"#, ..POST },
            "k-123456",
            false,
            bare(200, &[]),
        ),
    ];
    for (row, asks, secret, is_key, wanted) in cases {
        let request = asks.request();
        let enrolment = enrol(row, &request).unwrap();
        assert_eq!(enrolment.value().to_text(), secret, "{}", row.name);
        assert_eq!((enrolment.is_key(), sent(enrolment.answer())), (is_key, wanted));
        assert_eq!(asked(row, (SECRET, secret), asks), Ok(None), "{}", row.name);
        assert!(!format!("{enrolment:?}").contains(secret), "{}", row.name);
    }
    let empty = POST.request();
    assert_eq!(enrol(&providers::ASANA, &empty).err(), Some(Error::MissingField));
    assert_eq!(enrol(&providers::GITHUB, &empty).err(), Some(Error::MissingField));
    for value in ["", "a b", "a\r\nb", "\u{fc}"] {
        let headers = [("x-hook-secret", value)];
        let asks = Asks { headers: &headers, ..POST };
        let found = enrol(&providers::ASANA, &asks.request()).err();
        assert_eq!(found, Some(Error::MalformedField), "{value}");
    }
}

#[test]
fn deliveries_are_acknowledged_as_their_provider_wants() {
    assert_eq!(sent(&acknowledgement(&providers::STRIPE)), bare(200, &[]));
    assert_eq!(sent(&acknowledgement(&ADYEN)), plain("[accepted]"));
    assert_eq!(sent(&acknowledgement(&DROPBOX_SIGN)), plain("Hello API Event Received"));
}

#[test]
fn a_row_must_not_hand_out_signatures() {
    let mac = Handshake {
        challenge: Some(query("c")),
        grammar: Grammar::Token,
        proof: Proof::Mac,
        reply: Reply::Text(template!("{mac}")),
        ..Handshake::BASE
    };
    let row = Scheme { name: "acme", signature: header("acme-signature"), ..Scheme::BASE };
    let check = |row: Scheme<'_>, handshake: Handshake<'_>| {
        Scheme { handshakes: &[handshake], ..row }.check().err()
    };
    let of_rows = [
        (row, None),
        (
            Scheme {
                algorithm: Algorithm::Token,
                encoding: Encoding::Text,
                signed: template!("{secret}"),
                ..row
            },
            Some(SchemeError::UnsafeHandshake),
        ),
        (
            Scheme { algorithm: Algorithm::Sha256, signed: template!("{body}{secret}"), ..row },
            Some(SchemeError::UnsafeHandshake),
        ),
        (Scheme { encoding: Encoding::Base64OfHex, ..row }, Some(SchemeError::UnsafeHandshake)),
        (
            Scheme { key_id: Some(b':'), signed: template!("{key_id}.{body}"), ..row },
            Some(SchemeError::UnsafeHandshake),
        ),
    ];
    for (row, refused) in of_rows {
        assert_eq!(check(row, mac), refused);
    }
    let hashed = |text| Handshake { proof: Proof::Sha256(text), ..mac };
    let of_handshakes = [
        (Handshake { grammar: Grammar::Printable, ..mac }, SchemeError::UnsafeHandshake),
        (
            Handshake { purpose: Purpose::BringsKey, guard: Guard::Signature, ..mac },
            SchemeError::UnsafeHandshake,
        ),
        (
            Handshake { purpose: Purpose::BringsKey, challenge: None, ..mac },
            SchemeError::MissingSource,
        ),
        (Handshake { challenge: None, ..mac }, SchemeError::MissingSource),
        (Handshake { method: "", ..mac }, SchemeError::MissingSource),
        (Handshake { proof: Proof::None, ..mac }, SchemeError::MissingSource),
        (
            Handshake { reply: Reply::Text(template!("{secret}")), ..mac },
            SchemeError::MissingSource,
        ),
        (Handshake { reply: Reply::Text(template!("{body}")), ..mac }, SchemeError::MissingSource),
        (
            Handshake { reply: Reply::Text(template!("{key_id}")), ..mac },
            SchemeError::MissingSource,
        ),
        (
            Handshake { reply: Reply::Json(&[("a\"", template!("{mac}"))]), ..mac },
            SchemeError::MalformedTemplate,
        ),
        (
            Handshake { reply: Reply::Json(&[("a", template!("\"{mac}"))]), ..mac },
            SchemeError::MalformedTemplate,
        ),
        (hashed(template!("{challenge}{url|base}")), SchemeError::UnsafeHandshake),
        (hashed(template!("{challenge}{secret}{body}")), SchemeError::MissingSource),
        (
            Handshake { grammar: Grammar::Printable, ..hashed(template!("{challenge}{secret}")) },
            SchemeError::UnsafeHandshake,
        ),
    ];
    for (handshake, refused) in of_handshakes {
        assert_eq!(check(row, handshake), Some(refused), "{handshake:?}");
    }
}

#[test]
fn every_handshake_says_where_it_was_read() {
    let mut names: Vec<&str> = handshakes::ALL.iter().map(|(name, _)| *name).collect();
    assert!(names.is_sorted());
    names.dedup();
    assert_eq!(names.len(), handshakes::ALL.len());
    for (name, handshake) in handshakes::ALL {
        assert!(!handshake.source.is_empty(), "{name}");
        assert_ne!(handshake.confidence, Confidence::Custom, "{name}");
        // Whoever asks is known by more than his method, or gets no more than a status.
        let is_known = handshake.challenge.is_some() || !handshake.cues.is_empty();
        assert!(is_known || handshake.status == 200, "{name}");
        let is_challenge = handshake.purpose == Purpose::Challenge;
        let is_proof = matches!(handshake.proof, Proof::Mac);
        assert!(!is_proof || is_challenge && handshake.grammar != Grammar::Printable, "{name}");
        for cue in handshake.cues {
            assert!(!matches!(cue, Cue::Is(_, "")), "{name}");
        }
    }
}

/// Vectors that are endpoint validations themselves, signed like every delivery, or hold no event.
const HANDSHAKES_AMONG_VECTORS: [&str; 4] = [
    "slack: The body holds CRLF, a tab, uneven spacing and a final newline.",
    "zoom: An endpoint validation request, signed like every delivery.",
    "mandrill: The form has several fields, which are signed in the order of their names.",
    "mandrill: The request that tests the URL when a webhook is made.",
];

/// A genuine delivery must never be taken for a handshake: it would be answered, and lost.
#[test]
fn no_delivery_of_a_vector_is_taken_for_a_handshake() {
    let (mut count, mut taken) = (0, Vec::new());
    for row in providers::ALL.iter().filter(|row| !row.handshakes.is_empty()) {
        let name = format!("{}.json", row.name);
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors");
        for path in [folder.join(&name), folder.join("generated").join(&name)] {
            let Ok(text) = std::fs::read(path) else { continue };
            let file: serde_json::Value = serde_json::from_slice(&text).unwrap();
            for test in file["tests"].as_array().unwrap() {
                let Some(body) = test["body"].as_str() else { continue };
                if test["expect"] != "verified" {
                    continue;
                }
                let pairs = test["headers"].as_array().unwrap().iter();
                let headers: Vec<(&str, &str)> = pairs
                    .map(|pair| (pair[0].as_str().unwrap(), pair[1].as_str().unwrap()))
                    .collect();
                let request = Asks {
                    method: test["method"].as_str().unwrap_or("POST"),
                    url: test["url"].as_str().unwrap_or(URL),
                    headers: &headers,
                    body: body.as_bytes(),
                };
                let found = Handshaker::without_key(row).answer(&request.request(), NOW);
                if !matches!(found, Ok(None)) {
                    taken.push(format!("{}: {}", row.name, test["comment"].as_str().unwrap()));
                }
                let secret = test["secrets"][0].as_str().unwrap();
                let verifier = Verifier::danger_weak_secret(row, secret).unwrap();
                let now = UnixTime::from_secs(test["now"].as_i64().unwrap());
                let verdict = verifier.verify(&request.request(), now).map(drop);
                let is_rotated = test["secrets"].as_array().unwrap().len() > 1;
                assert!(is_rotated || verdict.is_ok(), "{}#{} {verdict:?}", row.name, test["id"]);
                count += 1;
            }
        }
    }
    assert!(count > 90, "{count}");
    taken.retain(|it| !HANDSHAKES_AMONG_VECTORS.contains(&it.as_str()));
    assert!(taken.is_empty(), "{taken:?}");
}
