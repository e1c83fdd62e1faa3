//! What `lint` finds: every finding in a row that has it, and none in a row that has none.
#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects, missing_docs)]

use std::collections::BTreeSet;

use hookseal::handshake::{Grammar, Guard, Handshake, Proof, Purpose, Reply};
use hookseal::{
    Algorithm, Clock, Encoding, EventId, Finding, KeyFormat, MAX_PARTS, Part, Retry, Scheme,
    Severity, Source, Template, Timestamp, Weakness, attempt, check, claim, event, form, header,
    json, providers, query, seconds, template, unconfirmed,
};

/// A row in which nothing is found.
const SOUND: Scheme = Scheme {
    name: "sound",
    signature: header("signature"),
    timestamp: Some(seconds(header("time"))),
    event_id: Some(event(header("id"))),
    signed: template!("{method}.{url}.{timestamp}.{event_id}.{body}"),
    ..Scheme::BASE
};

const BODY: &[Weakness] = &[Weakness::BodyUnsigned];
const TIME: Source = header("time");

/// Anyone gets a MAC over a token.
const ASKED: [Handshake<'static>; 1] = [Handshake {
    challenge: Some(query("crc_token")),
    grammar: Grammar::Token,
    proof: Proof::Mac,
    reply: Reply::Text(template!("{mac}")),
    ..Handshake::BASE
}];

/// Only who signs gets one.
const SIGNED: [Handshake<'static>; 1] = [Handshake { guard: Guard::Signature, ..ASKED[0] }];

const BROUGHT: [Handshake<'static>; 1] = [Handshake {
    purpose: Purpose::BringsKey,
    challenge: Some(header("x-hook-secret")),
    ..Handshake::BASE
}];

fn parse(text: &'static str) -> Template<'static> {
    Template::parse(text, Box::leak(Box::new([Part::NONE; MAX_PARTS]))).unwrap()
}

fn codes(row: &Scheme<'_>) -> Vec<&'static str> {
    row.lint().map(Finding::code).collect()
}

#[test]
fn a_sound_row_has_no_finding() {
    assert_eq!(SOUND.check(), Ok(()));
    assert_eq!(codes(&SOUND), [""; 0]);
}

#[test]
fn a_fault_is_found_and_nothing_else() {
    let (hash, no_id) = (Algorithm::Sha256, EventId { ..unconfirmed(header("id")) });
    let jws = Scheme {
        signature: header("jws"),
        encoding: Encoding::Jws,
        signed: template!("{jws}"),
        timestamp: Some(seconds(claim("iat"))),
        event_id: Some(event(claim("jti"))),
        admits: BODY,
        ..SOUND
    };
    let either = Timestamp { clock: Clock::SecondsOrMillis, ..seconds(TIME) };
    let open = Timestamp { clock: Clock::Iso8601, ..seconds(TIME) };
    let unsigned = ["url_unsigned", "method_unsigned"];
    let version = [check(header("version"), template!("1"))];
    let signed = [check(query("a"), template!("1")), check(form("b"), template!("2"))];
    let mut cases: Vec<(Scheme<'_>, Vec<&str>)> = vec![
        (
            Scheme { signed: parse("{method}{url}.{timestamp}.{event_id}"), admits: BODY, ..SOUND },
            vec!["body_unsigned"],
        ),
        (jws, [&["claims_only"], &unsigned[..]].concat()),
        (
            Scheme {
                signed: parse("{method}{url}.{timestamp}.{event_id}.{json:a}"),
                admits: BODY,
                ..SOUND
            },
            vec!["fields_only"],
        ),
        (
            Scheme {
                signed: parse("{method}{url}.{timestamp}.{event_id}.{body|crc32}"),
                admits: BODY,
                ..SOUND
            },
            vec!["checksum_only"],
        ),
        (
            Scheme { timestamp: None, signed: parse("{method}.{url}.{event_id}.{body}"), ..SOUND },
            vec!["no_time"],
        ),
        (Scheme { timestamp: Some(seconds(TIME).window(3601, 300)), ..SOUND }, vec!["wide_window"]),
        (Scheme { timestamp: Some(seconds(TIME).window(300, 3601)), ..SOUND }, vec!["wide_window"]),
        (Scheme { timestamp: Some(seconds(TIME).window(3600, 3600)), ..SOUND }, vec![]),
        (
            Scheme { signed: parse("{method}.{url}.{timestamp}.{body}"), ..SOUND },
            vec!["event_id_unsigned"],
        ),
        // An id in a signed body is signed.
        (
            Scheme {
                signed: parse("{method}.{url}.{timestamp}.{body}"),
                event_id: Some(event(json("id"))),
                ..SOUND
            },
            vec![],
        ),
        (
            Scheme {
                signed: parse("{method}{url}{timestamp}{event_id}{body}"),
                admits: &[Weakness::LooseJoins],
                ..SOUND
            },
            vec!["loose_joins"],
        ),
        (
            Scheme {
                signed: parse("{method}{url}.{timestamp}.{event_id}.{form}"),
                admits: &[Weakness::LooseFields],
                ..SOUND
            },
            vec!["loose_fields"],
        ),
        (
            Scheme {
                signed: parse("{method}.{url}.{event_id}.{timestamp}{body}"),
                timestamp: Some(either),
                ..SOUND
            },
            vec!["touching_time"],
        ),
        (
            Scheme {
                signed: parse("{method}.{url}.{event_id}.{timestamp}{body}"),
                timestamp: Some(open),
                ..SOUND
            },
            vec!["touching_time"],
        ),
        (Scheme { signed: parse("{method}.{url}.{event_id}.{timestamp}{body}"), ..SOUND }, vec![]),
        (
            Scheme {
                algorithm: hash,
                signed: parse("{secret}{method}.{url}.{timestamp}.{event_id}.{body}"),
                ..SOUND
            },
            vec!["length_extension", "plain_hash"],
        ),
        (
            Scheme {
                algorithm: hash,
                signed: parse("{method}.{url}.{timestamp}.{event_id}.{body}{secret}"),
                ..SOUND
            },
            vec!["plain_hash"],
        ),
        (
            Scheme {
                signed: parse("{method}.{url}.{timestamp}.{event_id}.{body|md5|base64}"),
                ..SOUND
            },
            vec!["weak_hash"],
        ),
        (Scheme { algorithm: Algorithm::HmacMd5, ..SOUND }, vec!["md5"]),
        (Scheme { algorithm: Algorithm::HmacSha1, ..SOUND }, vec!["sha1"]),
        (
            Scheme { algorithm: Algorithm::RsaSha1, key: KeyFormat::PUBLIC_KEY, ..SOUND },
            vec!["weak_hash"],
        ),
        (Scheme { checks: &version, ..SOUND }, vec!["unsigned_check"]),
        // A parameter of the signed URL, a field of the signed body.
        (Scheme { checks: &signed, ..SOUND }, vec![]),
        (
            Scheme { event_id: None, signed: parse("{method}.{url}.{timestamp}.{body}"), ..SOUND },
            vec!["no_event_id"],
        ),
        (Scheme { event_id: Some(attempt(header("id"))), ..SOUND }, vec!["event_id_attempt"]),
        (Scheme { event_id: Some(no_id), ..SOUND }, vec!["event_id_unconfirmed"]),
        (Scheme { retry: Retry::Repeated, ..SOUND }, vec!["retries_expire"]),
        (Scheme { admits: BODY, ..SOUND }, vec!["needless_admission"]),
        (
            Scheme {
                signed: parse("{method}.{url}.{timestamp}.{body}"),
                event_id: Some(event(json("id"))),
                admits: &[Weakness::LooseJoins],
                ..SOUND
            },
            vec!["needless_admission"],
        ),
        (Scheme { admits: &[Weakness::LooseFields], ..SOUND }, vec!["needless_admission"]),
        // With the admission a separator may stand in the id.
        (Scheme { admits: &[Weakness::LooseJoins], ..SOUND }, vec!["loose_joins"]),
        (
            Scheme { signed: parse("{method}.{timestamp}.{event_id}.{body}"), ..SOUND },
            vec!["url_unsigned"],
        ),
        (
            Scheme { signed: parse("{url}.{timestamp}.{event_id}.{body}"), ..SOUND },
            vec!["method_unsigned"],
        ),
        (
            Scheme {
                algorithm: Algorithm::Token,
                encoding: Encoding::Text,
                signed: parse("{secret}"),
                timestamp: None,
                ..SOUND
            },
            vec!["token_binds_nothing"],
        ),
    ];
    let with = |handshakes| Scheme { handshakes, ..SOUND };
    cases.extend([
        (with(&ASKED), vec!["handshake_mac"]),
        (with(&SIGNED), vec![]),
        (with(&BROUGHT), vec!["handshake_key"]),
    ]);
    let mut met = BTreeSet::new();
    for (row, expected) in &cases {
        assert_eq!(codes(row), *expected, "{}", row.signed.text());
        met.extend(expected.iter().copied());
        // Without the optional algorithms a row may be refused; for no other reason.
        let refused = row.check().err();
        assert!(
            refused.is_none_or(|error| error == hookseal::SchemeError::AlgorithmDisabled),
            "{}: {refused:?}",
            row.signed.text()
        );
    }
    let all: BTreeSet<&str> = Finding::ALL.iter().map(|it| it.code()).collect();
    assert_eq!(met, all, "every finding has a row here");
}

#[test]
fn codes_are_unique_and_sentences_are_short() {
    let codes: BTreeSet<&str> = Finding::ALL.iter().map(|it| it.code()).collect();
    assert_eq!(codes.len(), Finding::ALL.len());
    for finding in Finding::ALL {
        let message = finding.message();
        assert!(message.len() <= 120 && !message.ends_with('.'), "{message}");
        assert!(
            finding
                .code()
                .bytes()
                .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'_')
        );
        assert_eq!(finding.to_string(), message);
    }
    // The gravest come first.
    assert!(Finding::ALL.iter().map(|it| it.severity() == Severity::Note).is_sorted());
}

/// Built-in rows admit what they have, and no more.
#[test]
fn built_in_rows_admit_nothing_needlessly() {
    for row in providers::ALL {
        assert!(!row.lint().any(|it| it == Finding::NeedlessAdmission), "{}", row.name);
        let found = |finding| row.lint().any(|it| it == finding);
        for (weakness, finding) in [
            (Weakness::LooseJoins, Finding::LooseJoins),
            (Weakness::LooseFields, Finding::LooseFields),
        ] {
            assert_eq!(found(finding), row.admits(weakness), "{}", row.name);
        }
        let whole = row.bound().body.is_whole();
        let says = row.lint().any(|it| {
            matches!(
                it,
                Finding::BodyUnsigned
                    | Finding::ClaimsOnly
                    | Finding::FieldsOnly
                    | Finding::ChecksumOnly
                    | Finding::TokenBindsNothing
            )
        });
        assert_eq!(says, !whole, "{}", row.name);
    }
}
