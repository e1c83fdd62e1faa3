//! Rows of one's own: what `check` refuses, and the words that no built-in row uses.
#![allow(
    clippy::panic,
    clippy::as_conversions,
    clippy::unwrap_used,
    clippy::arithmetic_side_effects
)]
#![allow(missing_docs)]

use std::collections::{BTreeMap, BTreeSet};

use hookseal::{
    Algorithm, Check, Clock, Encoding, Error, EventId, KeyError, KeyFormat, MAX_PARTS, Part,
    Request, Scheme, SchemeError, Signer, Source, Template, Timestamp, UnixTime, Verifier,
    Weakness, check, claim, event, header, json, providers, seconds, template, unconfirmed,
};

const SECRET: &str = "a secret of twenty-six bytes";
const NOW: UnixTime = UnixTime::from_secs(1_700_000_000);

const ROW: Scheme = Scheme { name: "acme", signature: header("acme-signature"), ..Scheme::BASE };

/// A condition on an unsigned header, which may be left out.
const LEFT_OUT: &[Check] = &[check(header("acme-version"), template!("1")).if_present()];

/// Parses a template in memory that lives as long as the test.
fn parse(text: &'static str) -> Result<Template<'static>, SchemeError> {
    Template::parse(text, Box::leak(Box::new([Part::NONE; MAX_PARTS])))
}

#[test]
fn check_names_the_rule_that_a_row_breaks() {
    let time = Some(seconds(header("acme-time")));
    let id = Some(event(header("acme-id")));
    let hour: Timestamp = seconds(header("acme-time")).window(0, 300);
    let text = |text| parse(text).unwrap();
    let broken = [
        (Scheme { signature: header(""), ..ROW }, SchemeError::MissingSource),
        (Scheme { signed: text("{timestamp}.{body}"), ..ROW }, SchemeError::MissingSource),
        (Scheme { signed: text("{event_id}.{body}"), ..ROW }, SchemeError::MissingSource),
        (Scheme { signed: text("{url}"), ..ROW }, SchemeError::ContentUnsigned),
        (Scheme { timestamp: time, ..ROW }, SchemeError::TimestampUnsigned),
        (
            Scheme { timestamp: Some(hour), signed: text("{timestamp}.{body}"), ..ROW },
            SchemeError::InvalidTolerance,
        ),
        (
            Scheme { event_id: id, signed: text("{event_id}{body}"), ..ROW },
            SchemeError::AmbiguousJoin,
        ),
        (
            Scheme { event_id: id, signed: text("{body}{event_id}"), ..ROW },
            SchemeError::AmbiguousJoin,
        ),
        // A time of fixed width, a method, a URL: each can be quoted in the body.
        (
            Scheme {
                event_id: id,
                timestamp: time,
                signed: text("{event_id}{timestamp}{body}"),
                ..ROW
            },
            SchemeError::AmbiguousJoin,
        ),
        (
            Scheme {
                event_id: id,
                timestamp: time,
                signed: text("{event_id}{timestamp}.{body}"),
                ..ROW
            },
            SchemeError::AmbiguousJoin,
        ),
        (
            Scheme { event_id: id, signed: text("{event_id}{method}{body}"), ..ROW },
            SchemeError::AmbiguousJoin,
        ),
        (
            Scheme { event_id: id, signed: text("{event_id}{url}{body}"), ..ROW },
            SchemeError::AmbiguousJoin,
        ),
        (Scheme { signed: text("{body}.{body}"), ..ROW }, SchemeError::AmbiguousJoin),
        (Scheme { signed: text("{header:a}{body}"), ..ROW }, SchemeError::AmbiguousJoin),
        (Scheme { algorithm: Algorithm::Sha256, ..ROW }, SchemeError::ContentUnsigned),
        (Scheme { signed: text("{method}"), ..ROW }, SchemeError::ContentUnsigned),
        (Scheme { signed: text("{json:a}"), ..ROW }, SchemeError::ContentUnsigned),
        (Scheme { signed: text("{body|crc32}"), ..ROW }, SchemeError::ContentUnsigned),
        (Scheme { signed: text("{key_id}{body}"), ..ROW }, SchemeError::MissingSource),
        (Scheme { signed: text("{headers}\n{body}"), ..ROW }, SchemeError::MissingSource),
        (Scheme { signed: text("{jws}"), ..ROW }, SchemeError::MissingSource),
        (Scheme { signed: text("{challenge}{body}"), ..ROW }, SchemeError::MissingSource),
        (Scheme { key: KeyFormat::PUBLIC_KEY, ..ROW }, SchemeError::WrongKeyFormat),
        (Scheme { key: KeyFormat::AfterTimestamp, ..ROW }, SchemeError::MissingSource),
        (Scheme { checks: LEFT_OUT, ..ROW }, SchemeError::CheckUnsigned),
        (Scheme { algorithm: Algorithm::Token, ..ROW }, SchemeError::ContentUnsigned),
        (
            Scheme { algorithm: Algorithm::Token, encoding: Encoding::Text, ..ROW },
            SchemeError::ContentUnsigned,
        ),
        (
            Scheme { algorithm: Algorithm::Token, signed: text("{secret}"), ..ROW },
            SchemeError::ContentUnsigned,
        ),
        (
            Scheme { encoding: Encoding::Text, signed: text("{secret}"), ..ROW },
            SchemeError::ContentUnsigned,
        ),
        (Scheme { encoding: Encoding::Text, ..ROW }, SchemeError::ContentUnsigned),
        (
            Scheme {
                algorithm: Algorithm::Token,
                encoding: Encoding::Text,
                signed: text("{secret}"),
                timestamp: time,
                ..ROW
            },
            SchemeError::TimestampUnsigned,
        ),
    ];
    for (row, error) in broken {
        assert_eq!(row.check(), Err(error), "{}", row.signed.text());
        assert_eq!(Verifier::new(&row, SECRET).unwrap_err(), error.into());
        assert_eq!(Signer::new(&row, SECRET).unwrap_err(), error.into());
    }
    assert_eq!(ROW.check(), Ok(()));
    assert_eq!(ROW.signed.text(), "{body}");
}

#[test]
fn values_may_touch_where_nothing_can_be_cut_elsewhere() {
    let id = Some(event(header("acme-id")));
    let time = Some(seconds(header("acme-time")));
    let written = Some(Timestamp::new(Clock::Rfc3339, header("acme-time")));
    for (signed, timestamp) in [
        ("{event_id}{timestamp}{body}", written),
        ("{timestamp}{body}", time),
        ("{body}{timestamp}", time),
        ("{method}{url}{body}{timestamp}", time),
        ("{event_id}.{timestamp}{body}", time),
        ("{timestamp}{event_id}\n{body}", time),
    ] {
        let row = Scheme { event_id: id, timestamp, signed: parse(signed).unwrap(), ..ROW };
        assert_eq!(row.check(), Ok(()), "{signed}");
    }
}

#[test]
fn templates_that_cannot_be_read() {
    for text in [
        "",
        "{",
        "}",
        "{body",
        "body}",
        "{}",
        "{Body}",
        "{body }",
        "{{body}",
        "{header:}",
        "[",
        "]",
        "[{body}",
        "{body}]",
        "[[{body}]",
        "[{body}[{url}]]",
        "[]",
        "{a{body}}",
    ] {
        assert_eq!(parse(text).unwrap_err(), SchemeError::MalformedTemplate, "{text}");
    }
    let full: &'static str = Box::leak("{url}".repeat(MAX_PARTS).into_boxed_str());
    assert!(parse(full).is_ok());
    let over: &'static str = Box::leak("{url}".repeat(MAX_PARTS + 1).into_boxed_str());
    assert_eq!(parse(over).unwrap_err(), SchemeError::TooManyParts);
    let long: &'static str = Box::leak("x".repeat(4096).into_boxed_str());
    assert!(parse(long).is_ok());
    let long: &'static str = Box::leak("x".repeat(4097).into_boxed_str());
    assert_eq!(parse(long).unwrap_err(), SchemeError::MalformedTemplate);
}

/// `{header:…}` and `{json:…}`: the value is signed, and must be there, once, without the
/// separators around it.
#[test]
fn fields_are_signed() {
    let row = Scheme { signed: template!("{header:acme-user}\n{json:data.id}\n{body}"), ..ROW };
    assert_eq!(row.check(), Ok(()));
    let body = br#"{"data":{"id":"a\u0062c"}}"#;
    let signer = Signer::new(&row, SECRET).unwrap();
    let user = [("Acme-User", "u1")];
    let signed = signer.sign(&Request::new(&user, body), None, NOW).unwrap();
    let signature = signed.headers().next().unwrap().1.to_string();
    let verifier = Verifier::new(&row, SECRET).unwrap();
    let verify = |user: &[(&str, &str)], body: &[u8]| {
        let mut headers = vec![("acme-signature", signature.as_str())];
        headers.extend_from_slice(user);
        verifier.verify(&Request::new(headers.as_slice(), body), NOW).map(drop)
    };
    assert_eq!(verify(&user, body), Ok(()));
    assert_eq!(verify(&[("acme-user", "u2")], body), Err(Error::SignatureMismatch));
    assert_eq!(verify(&[], body), Err(Error::MissingField));
    assert_eq!(verify(&[("acme-user", "")], body), Err(Error::MalformedField));
    assert_eq!(verify(&[("acme-user", "u\n1")], body), Err(Error::MalformedField));
    assert_eq!(verify(&user, br#"{"data":{"id":"abc"}}"#), Err(Error::SignatureMismatch));
    assert_eq!(verify(&user, br#"{"data":{"id":null}}"#), Err(Error::MissingField));
    assert_eq!(verify(&user, br#"{"data":{}}"#), Err(Error::MissingField));
    assert_eq!(verify(&user, br#"{"data":{"id":["abc"]}}"#), Err(Error::MalformedField));
    assert_eq!(verify(&user, br#"{"data":{"id":"abc","id":"abc"}}"#), Err(Error::MalformedField));
    assert_eq!(verify(&user, br#"{"data":{"id":"a\nc"}}"#), Err(Error::MalformedField));
    assert_eq!(verify(&user, b"data"), Err(Error::MalformedBody));
}

/// A value is parted from the one before it as well as from the one after it.
#[test]
fn separators_on_both_sides_are_refused_inside_a_value() {
    let row = Scheme { signed: template!("{header:a}|{header:b}!{body}"), ..ROW };
    let code = |a: &str, b: &str| {
        let headers = [("acme-signature", "00".repeat(32)), ("a", a.into()), ("b", b.into())];
        let headers: Vec<(&str, &str)> =
            headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let verifier = Verifier::new(&row, SECRET).unwrap();
        verifier.verify(&Request::new(headers.as_slice(), b"body"), NOW).unwrap_err()
    };
    assert_eq!(code("x", "y"), Error::SignatureMismatch);
    assert_eq!(code("x!", "y"), Error::SignatureMismatch);
    assert_eq!(code("x|", "y"), Error::MalformedField);
    assert_eq!(code("x", "y|"), Error::MalformedField);
    assert_eq!(code("x", "y!"), Error::MalformedField);
}

#[test]
fn keys_and_signatures_in_every_spelling() {
    let bytes = "f0e1d2c3b4a5968778695a4b3c2d1e0f";
    for encoding in
        [Encoding::Hex, Encoding::Base64, Encoding::Base64Url, Encoding::Base64UrlPadded]
    {
        let row = Scheme { key: KeyFormat::Hex, encoding, ..ROW };
        for algorithm in [
            Algorithm::HmacSha256,
            Algorithm::HmacSha1,
            Algorithm::HmacSha384,
            Algorithm::HmacSha512,
        ] {
            let row = Scheme { algorithm, ..row };
            let signer = Signer::new(&row, bytes).unwrap();
            let none: &[(&str, &str)] = &[];
            let signed = signer.sign(&Request::new(none, b"body"), None, NOW).unwrap();
            let value = signed.headers().next().unwrap().1.to_string();
            // Hex keys are taken in either case; they are the same key.
            let verifier = Verifier::new(&row, bytes.to_uppercase()).unwrap();
            let verify = |value: &str| {
                let headers = [("acme-signature", value)];
                verifier.verify(&Request::new(&headers, b"body"), NOW).map(drop)
            };
            assert_eq!(verify(&value), Ok(()));
            assert_eq!(verify(&format!("{value}=")), Err(Error::MalformedSignature));
            assert_eq!(verify(&format!(" {value}")), Err(Error::MalformedSignature));
        }
    }
}

/// An id that the row does not confirm, or does not sign, never makes the replay key.
#[test]
fn only_a_confirmed_and_signed_id_makes_the_replay_key() {
    let key = |row: &Scheme<'_>, body: &[u8], id: &str| {
        let signer = Signer::new(row, SECRET).unwrap();
        let none: &[(&str, &str)] = &[];
        let signed = signer.sign(&Request::new(none, body), None, NOW).unwrap();
        let signature = signed.headers().next().unwrap().1.to_string();
        let headers = [("acme-signature", signature.as_str()), ("acme-id", id)];
        let verifier = Verifier::new(row, SECRET).unwrap();
        verifier.verify(&Request::new(&headers, body), NOW).unwrap().replay_key(b"")
    };
    let (one, other) = (br#"{"id":"1","n":1}"#, br#"{"id":"1","n":2}"#);
    let confirmed = Scheme { event_id: Some(event(json("id"))), ..ROW };
    assert_eq!(key(&confirmed, one, ""), key(&confirmed, other, ""));
    let open = Scheme { event_id: Some(unconfirmed(json("id"))), ..ROW };
    assert_ne!(key(&open, one, ""), key(&open, other, ""));
    let unsigned = Scheme { event_id: Some(event(header("acme-id"))), ..ROW };
    assert_eq!(key(&unsigned, one, "1"), key(&unsigned, one, "2"));
    assert_ne!(key(&unsigned, one, "1"), key(&unsigned, other, "1"));
}

#[test]
fn the_secret_parts_what_stands_before_it_from_the_body() {
    let time = Some(seconds(header("acme-time")));
    let row = |signed| Scheme { timestamp: time, signed: parse(signed).unwrap(), ..ROW };
    assert_eq!(row("{header:salt}{timestamp}{secret}{body}").check(), Ok(()));
    let joins = Err(SchemeError::AmbiguousJoin);
    assert_eq!(row("{header:salt}{timestamp}{body}{secret}").check(), joins);
    assert_eq!(row("{header:a}{header:b}{timestamp}{secret}{body}").check(), joins);
}

#[test]
fn a_time_in_the_key_is_bound() {
    let time = Some(seconds(header("acme-time")));
    let row = Scheme { timestamp: time, key: KeyFormat::AfterTimestamp, ..ROW };
    assert_eq!(row.check(), Ok(()));
    assert!(row.bound().timestamp);
}

/// What is left when the time is known can be any text; beside another value it cannot.
#[test]
fn a_value_that_stands_alone_is_whatever_it_is() {
    let row = |signed| Scheme {
        timestamp: Some(seconds(json("time"))),
        signed: parse(signed).unwrap(),
        admits: &[Weakness::BodyUnsigned],
        ..ROW
    };
    let body = |text: &str| format!(r#"{{"time":1700000000,"text":"{text}","other":"b"}}"#);
    let verdict = |row: &Scheme<'_>, text: &str| {
        let body = body(text);
        let signer = Signer::new(row, SECRET).unwrap();
        let request = Request::new(&[] as &[(&str, &str)], body.as_bytes());
        let signed = signer.sign(&request, None, NOW)?;
        let headers = [("acme-signature", signed.signature())];
        let request = Request::new(&headers, body.as_bytes());
        Verifier::new(row, SECRET).unwrap().verify(&request, NOW).map(drop)
    };
    let (alone, beside) =
        (row("{timestamp}.{json:text}"), row("{timestamp}.{json:text}.{json:other}"));
    for text in ["a.b", &"x".repeat(1100)] {
        assert_eq!(verdict(&alone, text), Ok(()), "{text}");
        assert_eq!(verdict(&beside, text), Err(Error::MalformedField), "{text}");
    }
    assert_eq!(verdict(&alone, ""), Err(Error::MalformedField));
}

#[test]
fn an_item_of_the_signatures_list_is_signed_and_sent() {
    let row = Scheme {
        signature: header("acme-signature").item(", ", "sign="),
        timestamp: Some(seconds(header("acme-signature").item(", ", "t="))),
        signed: parse("{item:env=}|{timestamp}|{body}").unwrap(),
        ..ROW
    };
    let given = [("acme-signature", "env=main")];
    let signer = Signer::new(&row, SECRET).unwrap();
    let signed = signer.sign(&Request::new(&given, b"{}"), None, NOW).unwrap();
    let sent: Vec<String> = signed.headers().map(|(_, value)| value.to_string()).collect();
    let [sent] = sent.as_slice() else { panic!("one header") };
    let verdict = |value: &str| {
        let headers = [("acme-signature", value)];
        Verifier::new(&row, SECRET).unwrap().verify(&Request::new(&headers, b"{}"), NOW).map(drop)
    };
    assert_eq!(verdict(sent), Ok(()));
    assert_eq!(verdict(&sent.replace("main", "test")), Err(Error::SignatureMismatch));
    assert_eq!(verdict(&sent.replace("env=main", "")), Err(Error::MissingField));
    assert_eq!(verdict(&format!("{sent}, env=test")), Err(Error::MalformedField));
    let none = Request::new(&[] as &[(&str, &str)], b"{}");
    assert_eq!(signer.sign(&none, None, NOW).err(), Some(Error::MissingField));
}

/// An item is one of the list that the signature is in: where that is no list, there is none.
#[test]
fn an_item_needs_a_list() {
    let row = Scheme { signed: parse("{item:env=}.{body}").unwrap(), ..ROW };
    assert_eq!(row.check(), Err(SchemeError::MissingSource));
    let row = Scheme { signature: header("acme-signature").item(",", "sign="), ..row };
    assert_eq!(row.check(), Ok(()));
}

/// Claims are of a JWS: a row without one has nowhere to read them.
#[test]
fn claims_need_a_jws() {
    const CLAIM: Source = claim("a");
    const CONDITION: &[Check] = &[check(CLAIM, template!("1"))];
    let id = |source| Some(EventId { source, ..event(header("acme-id")) });
    let rows = |row: Scheme<'static>| {
        [
            Scheme { timestamp: Some(seconds(CLAIM)), ..row },
            Scheme { event_id: id(CLAIM), ..row },
            Scheme { event_type: Some(CLAIM), ..row },
            Scheme { checks: CONDITION, ..row },
        ]
    };
    let jws = Scheme {
        encoding: Encoding::Jws,
        signed: template!("{jws}"),
        admits: &[Weakness::BodyUnsigned],
        ..ROW
    };
    for row in rows(ROW) {
        assert_eq!(row.check(), Err(SchemeError::MissingSource), "{row:?}");
    }
    let there = if cfg!(feature = "jwt") { Ok(()) } else { Err(SchemeError::AlgorithmDisabled) };
    for row in rows(jws) {
        assert_eq!(row.check(), there, "{row:?}");
    }
    // Of what the JWS is found by, nothing is a claim of it.
    for row in [ROW, jws] {
        for row in
            [Scheme { signature: CLAIM, ..row }, Scheme { signed_headers: Some(CLAIM), ..row }]
        {
            assert_eq!(row.check(), Err(SchemeError::MissingSource), "{row:?}");
        }
    }
}

/// What falls away with a group is bound at times only.
#[test]
fn a_group_has_values_that_may_be_absent() {
    let row = |signed| Scheme {
        timestamp: Some(seconds(header("acme-time"))),
        event_id: Some(event(header("acme-id"))),
        signed: parse(signed).unwrap(),
        ..ROW
    };
    for (signed, error) in [
        ("{timestamp}[.{header:a}.{body}]", SchemeError::ContentUnsigned),
        ("{timestamp}.{body}[.{header:a}{url}]", SchemeError::ContentUnsigned),
        ("[{header:a}.{timestamp}.]{body}", SchemeError::TimestampUnsigned),
    ] {
        assert_eq!(row(signed).check(), Err(error), "{signed}");
    }
}

#[test]
fn a_group_is_told_from_what_stands_in_its_place() {
    let row = |signed, admits: &'static [Weakness]| Scheme {
        timestamp: Some(Timestamp::new(Clock::Rfc3339, header("acme-time"))),
        event_id: Some(event(header("acme-id"))),
        signed: parse(signed).unwrap(),
        admits,
        ..ROW
    };
    // Two deliveries each come to the same bytes, or this reader is not sure.
    for signed in [
        "{timestamp}.[{header:a}.]{body}",
        "{timestamp}.{body}[.{header:a}]",
        "{timestamp}.[a={header:a};]{body}",
        "[{header:a}.]x{timestamp}.{body}",
        "[x{header:a}.]x{timestamp}.{body}",
        "[x:{header:a};][x:{header:b};];{timestamp}.{body}",
        "{event_id}[.{header:a}]|{timestamp}.{body}",
        "{event_id}[.{header:a}].at:{timestamp}.{body}",
        "[id:{header:a};][to:{header:b};]{event_id};{timestamp}.{body}",
        "[x:{header:a}][;{header:b}]|{timestamp}.{body}",
        "{timestamp}.{body}\na:{header:a}\n[a:{header:b}\n]",
        "{json|text:a}[.{header:a}.]{json:b}.{timestamp}.{body|sha256}",
        "{timestamp}{headers|values}.[a:{header:a};]b{body}",
    ] {
        let expected = Err(SchemeError::AmbiguousJoin);
        let row = |admits| Scheme { signed_headers: Some(header("list")), ..row(signed, admits) };
        assert_eq!(row(&[]).check(), expected, "{signed}");
        assert_eq!(row(&[Weakness::LooseJoins]).check(), Ok(()), "{signed}");
    }
    for signed in [
        "[id:{header:a};][to:{header:b};]at:{timestamp}.{body}",
        "{event_id}[.by:{header:a}].at:{timestamp}.{body}",
        "{timestamp}.{body}\na:{header:a}\n[b:{header:b}\n]",
        "{timestamp}.{body|sha256}[.{header:a}]",
    ] {
        assert_eq!(row(signed, &[]).check(), Ok(()), "{signed}");
    }
}

/// Every template of three of these pieces, by trial: a row that `check` lets pass has no two
/// deliveries, of short values, that come to the same bytes.
#[test]
fn no_two_deliveries_of_a_row_with_groups_are_signed_alike() {
    let pieces = [
        "{header:a}",
        "{header:b}",
        "{body}",
        "x",
        ".",
        "x.",
        "[{header:a}]",
        "[{header:a}.]",
        "[.{header:a}]",
        "[x{header:a}]",
        "[x{header:a}.]",
        "[.{header:a}x]",
        "[.{header:b}]",
        "[{header:b}x]",
        "[x.{header:b}.]",
        "[y{header:b}.]",
    ];
    let (mut sure, mut alike, mut careful) = (0, 0, 0);
    for first in pieces {
        for second in pieces {
            for third in pieces {
                let text = [first, second, third].concat();
                let groups = text.contains('[');
                let row = Scheme { admits: &[Weakness::BodyUnsigned], ..ROW };
                let mut memory = [Part::NONE; MAX_PARTS];
                let row = Scheme { signed: Template::parse(&text, &mut memory).unwrap(), ..row };
                match row.check() {
                    Ok(()) if groups => {
                        assert_eq!(same_bytes(&row), None, "{text}");
                        sure += 1;
                    }
                    // The control: of those that are refused, one in sixteen.
                    Err(SchemeError::AmbiguousJoin) if groups && text.len() % 16 == 5 => {
                        let loose = Scheme { admits: LOOSE, ..row };
                        if same_bytes(&loose).is_some() { alike += 1 } else { careful += 1 }
                    }
                    _ => {}
                }
            }
        }
    }
    let found = format!("{sure} sure, {alike} alike, {careful} refused all the same");
    assert!(sure > 500 && alike > 50, "{found}");
}

const LOOSE: &[Weakness] = &[Weakness::BodyUnsigned, Weakness::LooseJoins];

/// Two deliveries of a row that have one signature.
fn same_bytes(row: &Scheme<'_>) -> Option<[String; 2]> {
    let values = ["", "x", ".", "xx", "x.", ".x", "..", "y", ".y."];
    let bodies = ["", "x", ".", "x.", ".x", "xx.", "x.x.", "y"];
    let signer = Signer::new(row, SECRET).unwrap();
    let text = row.signed.text();
    let of = |named: &str| if text.contains(named) { &values[..] } else { &values[..1] };
    let bodies = if text.contains("{body}") { &bodies[..] } else { &bodies[..1] };
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for a in of("{header:a}") {
        for b in of("{header:b}") {
            for body in bodies {
                let given: Vec<(&str, &str)> =
                    [("a", *a), ("b", *b)].into_iter().filter(|it| !it.1.is_empty()).collect();
                let request = Request::new(given.as_slice(), body.as_bytes());
                let Ok(signed) = signer.sign(&request, None, NOW) else { continue };
                let this = format!("{a:?} {b:?} {body:?}");
                if let Some(other) = seen.insert(signed.signature().to_string(), this.clone()) {
                    return Some([other, this]);
                }
            }
        }
    }
    None
}

/// The built-in rows with groups, and which of them admit that values run together.
#[test]
fn the_built_in_rows_with_groups_are_known() {
    let grouped = providers::ALL.iter().filter(|row| row.signed.text().contains('['));
    let rows: BTreeSet<(&str, bool)> =
        grouped.map(|row| (row.name, row.admits(Weakness::LooseJoins))).collect();
    let known =
        [("adyen", true), ("aws-sns", false), ("aws-sns-v1", false), ("mercado-pago", false)];
    assert!(rows.iter().all(|row| known.contains(row)), "{rows:?}");
    assert!(rows.contains(&("adyen", true)) && rows.contains(&("mercado-pago", false)));
}

/// The longest time and the longest secret make one key, and no byte of either is dropped.
#[test]
fn the_longest_time_and_secret_make_the_key() {
    use hmac::{Hmac, KeyInit as _, Mac as _};
    const TIME: &str = "2023-11-14T22:13:20.123456789+00:00";
    let row = Scheme {
        timestamp: Some(Timestamp::new(Clock::Rfc3339, json("time"))),
        key: KeyFormat::AfterTimestamp,
        ..ROW
    };
    let secret = |last: &str| format!("{}{last}", "k".repeat(159));
    let verdict = |time: &str, last: &str| {
        let body = format!(r#"{{"time":"{time}"}}"#);
        let key = format!("{TIME}{}", secret(last));
        let mut mac = Hmac::<sha2::Sha256>::new_from_slice(key.as_bytes()).unwrap();
        mac.update(body.as_bytes());
        let tag: String =
            mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        let headers = [("acme-signature", tag.as_str())];
        let request = Request::new(&headers, body.as_bytes());
        Verifier::new(&row, secret("1")).unwrap().verify(&request, NOW).map(drop)
    };
    assert_eq!(verdict(TIME, "1"), Ok(()));
    assert_eq!(verdict(TIME, "2"), Err(Error::SignatureMismatch));
    // What is written with an escape is read before it is a key.
    assert_eq!(verdict(&TIME.replace('T', "\\u0054"), "1"), Ok(()));
    assert_eq!(verdict(&TIME.replace("20.1", "20.2"), "1"), Err(Error::SignatureMismatch));
    let longer = format!("{}1", secret("1"));
    assert_eq!(Verifier::new(&row, longer).unwrap_err(), KeyError::MalformedSecret.into());
}

/// A secret that is kept makes a tag with every MAC that there is.
#[test]
fn a_kept_secret_takes_every_mac() {
    let time = Some(seconds(header("acme-time")));
    let after = Scheme { timestamp: time, key: KeyFormat::AfterTimestamp, ..ROW };
    let inside = Scheme { signed: template!("{secret}.{body}"), ..ROW };
    let mut ran = 0;
    for algorithm in [
        Algorithm::HmacSha256,
        Algorithm::HmacSha1,
        Algorithm::HmacSha384,
        Algorithm::HmacSha512,
        Algorithm::HmacMd5,
    ] {
        for row in [after, inside].map(|row| Scheme { algorithm, ..row }) {
            if row.check() == Err(SchemeError::AlgorithmDisabled) {
                continue;
            }
            ran += 1;
            let signer = Signer::new(&row, SECRET).unwrap();
            let none: &[(&str, &str)] = &[];
            let signed = signer.sign(&Request::new(none, b"body"), None, NOW).unwrap();
            let made: Vec<(&str, String)> =
                signed.headers().map(|(name, value)| (name, value.to_string())).collect();
            let headers: Vec<(&str, &str)> =
                made.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let verdict = |secret: &str, body: &[u8]| {
                let request = Request::new(headers.as_slice(), body);
                Verifier::new(&row, secret).unwrap().verify(&request, NOW).map(drop)
            };
            assert_eq!(verdict(SECRET, b"body"), Ok(()), "{algorithm:?}");
            assert_eq!(verdict(SECRET, b"bodx"), Err(Error::SignatureMismatch), "{algorithm:?}");
            let other = SECRET.replace("six", "two");
            assert_eq!(verdict(&other, b"body"), Err(Error::SignatureMismatch), "{algorithm:?}");
        }
    }
    assert!(ran >= 2, "{ran}");
}

/// What is too long to be held is refused by name, and what just fits works.
#[test]
fn a_secret_has_a_longest_length() {
    let kept = Scheme { signed: template!("{secret}.{body}"), ..ROW };
    let basic = Scheme {
        algorithm: Algorithm::Token,
        encoding: Encoding::Base64,
        signed: template!("{secret}"),
        ..ROW
    };
    let hex = Scheme { key: KeyFormat::Hex, ..ROW };
    let pair = Scheme { key_id: Some(b':'), signed: template!("{key_id}.{body}"), ..ROW };
    let id = |length: usize| format!("{}:{SECRET}", "i".repeat(length));
    for (row, fits, longer) in [
        (kept, "k".repeat(160), "k".repeat(161)),
        (basic, "k".repeat(108), "k".repeat(109)),
        (hex, "1a".repeat(512), "1a".repeat(513)),
        (pair, id(128), id(129)),
    ] {
        assert!(Verifier::new(&row, fits).is_ok(), "{row:?}");
        assert_eq!(Verifier::new(&row, longer).unwrap_err(), KeyError::MalformedSecret.into());
    }
}
