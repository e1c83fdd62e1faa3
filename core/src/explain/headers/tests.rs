#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::arithmetic_side_effects)]

extern crate std;

use std::format;
use std::string::{String, ToString};
use std::vec;
use std::vec::Vec;

use super::*;
use crate::explain::Certainty;
use crate::source::{header, json};
use crate::{
    Clock, Encoding, Scheme, Signer, Timestamp, UnixTime, Weakness, millis, providers, rfc3339,
    seconds, template,
};

const NOW: UnixTime = UnixTime::from_secs(1_700_000_000);
const SECRET: &str = "a-secret-of-this-endpoint";
const WHSEC: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

const BASE64: Scheme<'static> =
    Scheme { signature: header("x-sign"), encoding: Encoding::Base64, ..Scheme::BASE };
const TIMED: Scheme<'static> = Scheme {
    signature: header("x-sign"),
    timestamp: Some(seconds(header("x-time"))),
    signed: template!("{timestamp}.{body}"),
    ..Scheme::BASE
};

type Pairs = Vec<(String, Vec<u8>)>;

/// The headers of a delivery that verifies. The body is chosen so that the signature in base64 has
/// each of `+`, `/` and `=`.
fn signed(scheme: &Scheme<'_>, secret: &str, extra: &[(&str, &str)]) -> (Pairs, Vec<u8>) {
    let signer = Signer::new(scheme, secret).unwrap();
    for body in (0..500).map(|number| format!("{{\"id\":\"{number}\"}}").into_bytes()) {
        let request = Request::new(extra, &body).url("https://h.example/").method("POST");
        let made = signer.sign(&request, Some("msg_1"), NOW).unwrap();
        if scheme.encoding == Encoding::Base64
            && !scheme.is_token()
            && !(made.signature().contains('+') && made.signature().contains('/'))
        {
            continue;
        }
        let made = made.headers().map(|(name, value)| (name.to_string(), value.to_string()));
        let extra = extra.iter().map(|(name, value)| (name.to_string(), value.to_string()));
        let all = made.chain(extra).map(|(name, value)| (name, value.into_bytes()));
        return (all.collect(), body);
    }
    panic!("no such body");
}

fn explain_with(scheme: &Scheme<'_>, secret: &str, pairs: &Pairs, body: &[u8]) -> Explanation {
    let pairs: Vec<(&str, &[u8])> =
        pairs.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect();
    let request = Request::new(pairs.as_slice(), body).url("https://h.example/").method("POST");
    Explainer::new(scheme, secret).explain(&request, NOW)
}

fn codes(explanation: &Explanation) -> Vec<&'static str> {
    let proved = explanation.causes().iter().filter(|it| it.confidence() == Certainty::Proved);
    proved.map(|cause| cause.code().code()).collect()
}

/// What is named where the headers of a good delivery are broken. No text has a part of a value.
fn named(
    scheme: &Scheme<'_>,
    secret: &str,
    extra: &[(&str, &str)],
    break_it: impl Fn(&mut Pairs),
) -> Vec<&'static str> {
    let (good, body) = signed(scheme, secret, extra);
    assert!(explain_with(scheme, secret, &good, &body).verdict().is_verified(), "{}", scheme.name);
    let mut broken = good.clone();
    break_it(&mut broken);
    assert_ne!(good, broken);
    let explanation = explain_with(scheme, secret, &broken, &body);
    assert!(!explanation.verdict().is_verified());
    for cause in explanation.causes() {
        for (_, value) in &good {
            let mut windows = value.windows(12);
            let shown = |it: &[u8]| cause.what().as_bytes().windows(12).any(|other| other == it);
            assert!(!windows.any(shown), "{}", cause.what());
        }
    }
    codes(&explanation)
}

fn of<'p>(pairs: &'p mut Pairs, name: &str) -> &'p mut Vec<u8> {
    &mut pairs.iter_mut().find(|pair| pair.0.eq_ignore_ascii_case(name)).unwrap().1
}

/// Breaks the value of one header.
fn value(name: &'static str, change: impl Fn(&str) -> String) -> impl Fn(&mut Pairs) {
    move |pairs| {
        let text = String::from_utf8(of(pairs, name).clone()).unwrap();
        *of(pairs, name) = change(&text).into_bytes();
    }
}

#[test]
fn headers_under_another_name_are_named() {
    const NAME: &str = "x-hub-signature-256";
    for other in [
        "HTTP_X_HUB_SIGNATURE_256",
        "x_hub_signature_256",
        "X-Hub_Signature-256",
        "XHubSignature256",
        "X-Forwarded-X-Hub-Signature-256",
        "X-Original-X-Hub-Signature-256",
        "X-Amzn-Remapped-X-Hub-Signature-256",
        "X-Hub-Signature-256:",
    ] {
        let rename = |pairs: &mut Pairs| {
            assert_eq!(pairs[0].0, NAME);
            pairs[0].0 = other.into();
        };
        assert_eq!(named(&providers::GITHUB, SECRET, &[], rename), ["header_missing"], "{other}");
    }
    // One of three, and all.
    let all = |pairs: &mut Pairs| {
        for pair in pairs {
            pair.0 = format!("HTTP_{}", pair.0.to_ascii_uppercase().replace('-', "_"));
        }
    };
    assert_eq!(named(&providers::STANDARD_WEBHOOKS, WHSEC, &[], all), ["header_missing"; 3]);
    for at in 0..3 {
        let one = |pairs: &mut Pairs| pairs[at].0 = pairs[at].0.replace('-', "_");
        assert_eq!(named(&providers::STANDARD_WEBHOOKS, WHSEC, &[], one), ["header_missing"]);
    }
    // One that is signed beside the body, and one of a list.
    const FIELD: Scheme<'static> = Scheme {
        signed: template!("{header:x-tenant}.{body}"),
        signature: header("x-sign"),
        ..Scheme::BASE
    };
    let rename = |pairs: &mut Pairs| pairs[1].0 = "x_tenant".into();
    assert_eq!(named(&FIELD, SECRET, &[("x-tenant", "t-1")], rename), ["header_missing"]);
    const LISTED: Scheme<'static> = Scheme {
        signature: header("x-sign"),
        signed_headers: Some(header("x-list")),
        signed: template!("{headers}.{headers|values}.{body}"),
        admits: &[Weakness::LooseJoins],
        ..Scheme::BASE
    };
    let extra = [("x-list", "x-one x-two"), ("x-one", "1"), ("x-two", "2")];
    let rename = |pairs: &mut Pairs| pairs[3].0 = "X_TWO".into();
    assert_eq!(named(&LISTED, SECRET, &extra, rename), ["header_missing"]);
}

#[test]
fn no_name_of_a_row_is_taken_for_that_of_another() {
    let names = |row: &Scheme<'static>| -> Vec<&'static str> {
        if row.signature.place == crate::Place::Header {
            row.signature.names().collect()
        } else {
            vec![]
        }
    };
    let all: Vec<&str> = providers::ALL.iter().flat_map(|row| names(row)).collect();
    let explainer = Explainer::new(&providers::GITHUB, SECRET);
    for name in &all {
        let others = all.iter().filter(|other| !other.eq_ignore_ascii_case(name));
        let pairs: Vec<(&str, &str)> = others.map(|other| (*other, "x")).collect();
        let request = Request::new(pairs.as_slice(), b"");
        let mut trial = Trial::new(&explainer);
        let mut list = List {
            scheme: &providers::GITHUB,
            request: &request,
            pairs: list::pairs(&request),
            needs: vec![vec![name]],
            trial: &mut trial,
            budget: Budget::new(1, 1),
        };
        // Not even one is tried.
        assert!(names::find(&mut list).is_none() && list.budget.take(), "{name}");
    }
}

#[test]
fn repeated_headers_are_named() {
    let twice = |first: bool, junk: &'static str| {
        move |pairs: &mut Pairs| {
            let (name, _) = pairs[0].clone();
            let at = usize::from(first);
            pairs.insert(at, (name, junk.into()));
        }
    };
    for first in [true, false] {
        for junk in ["sha256=0000", ""] {
            let named = named(&providers::GITHUB, SECRET, &[], twice(first, junk));
            assert_eq!(named, ["header_repeated"]);
        }
    }
    let same = |pairs: &mut Pairs| pairs.extend(pairs.clone());
    assert_eq!(named(&providers::GITHUB, SECRET, &[], same), ["header_repeated"]);
    assert_eq!(named(&providers::STANDARD_WEBHOOKS, WHSEC, &[], same), ["header_repeated"; 3]);
    let time = |pairs: &mut Pairs| pairs.push(("X-Time".into(), b"1600000000".to_vec()));
    assert_eq!(named(&TIMED, SECRET, &[], time), ["header_repeated"]);
    // A list that came in parts.
    let parts = |pairs: &mut Pairs| {
        let text = String::from_utf8(pairs[0].1.clone()).unwrap();
        let (time, signature) = text.split_once(',').unwrap();
        let name = pairs[0].0.clone();
        *pairs = vec![(name.clone(), time.into()), (name, signature.trim().into())];
    };
    let loose = Scheme {
        signature: header("x-sign").item(", ", "v1="),
        timestamp: Some(seconds(header("x-sign").item(", ", "t="))),
        ..TIMED
    };
    assert_eq!(named(&loose, SECRET, &[], parts), ["header_repeated"]);
    for joined in [
        |text: &str| format!("{text}, {text}"),
        |text: &str| format!("{text},sha256=0"),
        |text: &str| format!("sha256=0; {text}"),
    ] {
        let named = named(&providers::GITHUB, SECRET, &[], value("x-hub-signature-256", joined));
        assert_eq!(named, ["header_repeated"]);
    }
    let joined = |text: &str| format!("{text},t=1600000000,v1={}", "0".repeat(64));
    let named = named(&providers::STRIPE, SECRET, &[], value("stripe-signature", joined));
    assert_eq!(named, ["header_repeated"]);
}

#[test]
fn values_with_something_around_them_are_named() {
    const NAME: &str = "x-hub-signature-256";
    for wrap in [
        |text: &str| format!("[\"{text}\"]"),
        |text: &str| format!("['{text}']"),
        |text: &str| format!("[{text}]"),
        |text: &str| format!("b'{text}'"),
        |text: &str| format!("\"{text}\""),
        |text: &str| format!("'{text}'"),
        |text: &str| format!(" {text}\r\n"),
        |text: &str| format!("X-Hub-Signature-256: {text}"),
        |text: &str| text.replace('=', "%3D"),
        |text: &str| format!("sha256=\"{}\"", text.split_once('=').unwrap().1),
    ] {
        let named = named(&providers::GITHUB, SECRET, &[], value(NAME, wrap));
        assert_eq!(named, ["header_truncated"]);
    }
    let all = |pairs: &mut Pairs| {
        for pair in pairs {
            pair.1 = [b"[", pair.1.as_slice(), b"]"].concat();
        }
    };
    assert_eq!(named(&providers::STANDARD_WEBHOOKS, WHSEC, &[], all), ["header_truncated"; 3]);
    let colon = value("box-delivery-timestamp", |text| text.replace(':', "%3A"));
    let boxed = Scheme { checks: &[], ..providers::BOX };
    assert_eq!(named(&boxed, SECRET, &[], colon), ["header_truncated"]);
}

#[test]
fn signatures_that_have_suffered_are_named() {
    type Change = fn(&str) -> String;
    type Case<'c> = (&'c Scheme<'c>, &'c str, &'static str, Change);
    let github = |change: Change| (&providers::GITHUB, SECRET, "x-hub-signature-256", change);
    let base64 = |change: Change| (&BASE64, SECRET, "x-sign", change);
    let stripe = |change: Change| (&providers::STRIPE, SECRET, "stripe-signature", change);
    let listed =
        |change: Change| (&providers::STANDARD_WEBHOOKS, WHSEC, "webhook-signature", change);
    let cases: [Case<'_>; 17] = [
        github(|text| text[7..].into()),
        github(|text| text.replace("sha", "SHA")),
        github(|text| format!("sha256={}", text[7..].to_uppercase())),
        github(|text| text[..70].into()),
        github(|text| text[..39].into()),
        github(|text| text[..23].into()),
        github(|text| format!("{}...", &text[..39])),
        github(|text| text[10..].into()),
        base64(|text| text.trim_end_matches('=').into()),
        base64(|text| text.replace('+', " ")),
        base64(|text| text.replace('+', "%2B").replace('/', "%2F")),
        base64(|text| text[..30].into()),
        stripe(|text| text[..50].into()),
        stripe(|text| text.replace("v1=", "")),
        listed(|text| text.replace("v1,", "")),
        listed(|text| text.replace('+', " ")),
        listed(|text| text.trim_end_matches('=').into()),
    ];
    for (at, (scheme, secret, name, change)) in cases.into_iter().enumerate() {
        assert_eq!(named(scheme, secret, &[], value(name, change)), ["header_truncated"], "{at}");
    }
    const QUOTED: Scheme<'static> =
        Scheme { signature: header("x-sign").item(",", "signature=\""), ..BASE64 };
    let lost = value("x-sign", |text| text.trim_end_matches(['"', '=']).into());
    assert_eq!(named(&QUOTED, SECRET, &[], lost), ["header_truncated"]);
    let token = &providers::GITLAB_SHARED_TOKEN;
    let cut = value("x-gitlab-token", |text| text[..20].into());
    assert_eq!(named(token, SECRET, &[], cut), ["header_truncated"]);
}

#[test]
fn too_little_of_a_signature_proves_nothing() {
    let changes: [fn(&str) -> String; 3] =
        [|text| text[..22].into(), |_| "sha256=".into(), |_| String::new()];
    for change in changes {
        let change = value("x-hub-signature-256", change);
        assert!(named(&providers::GITHUB, SECRET, &[], change).is_empty());
    }
    let none = |pairs: &mut Pairs| pairs.clear();
    assert!(named(&providers::GITHUB, SECRET, &[], none).is_empty());
    let without = value("stripe-signature", |text| text.split(',').next().unwrap().into());
    assert!(named(&providers::STRIPE, SECRET, &[], without).is_empty());
}

#[test]
fn times_in_another_unit_are_named() {
    const MILLIS: Scheme<'static> = Scheme { timestamp: Some(millis(header("x-time"))), ..TIMED };
    const WRITTEN: Scheme<'static> = Scheme { timestamp: Some(rfc3339(header("x-time"))), ..TIMED };
    // Only the header has changed since it was signed.
    for (scheme, other) in [
        (&TIMED, "1700000000000"),
        (&TIMED, "1700000000000000"),
        (&TIMED, "1700000000.123"),
        (&TIMED, "2023-11-14T22:13:20Z"),
        (&TIMED, "Tue, 14 Nov 2023 22:13:20 GMT"),
        (&MILLIS, "1700000000"),
        (&MILLIS, "1700000000000000"),
        (&WRITTEN, "1700000000"),
        (&WRITTEN, "1700000000000"),
    ] {
        let named = named(scheme, SECRET, &[], value("x-time", |_| other.into()));
        assert_eq!(named, ["timestamp_unit"], "{other}");
    }
    let named_ = named(
        &providers::STRIPE,
        SECRET,
        &[],
        value("stripe-signature", |text| text.replace("t=1700000000", "t=1700000000000")),
    );
    assert_eq!(named_, ["timestamp_unit"]);
    // It was signed so.
    for (signs, reads) in [(&MILLIS, &TIMED), (&TIMED, &MILLIS), (&WRITTEN, &TIMED)] {
        let (pairs, body) = signed(signs, SECRET, &[]);
        let explanation = explain_with(reads, SECRET, &pairs, &body);
        assert_eq!(codes(&explanation), ["timestamp_unit"]);
    }
    const IN_BODY: Scheme<'static> = Scheme {
        signature: header("x-sign"),
        timestamp: Some(Timestamp::new(Clock::Seconds, json("at"))),
        ..Scheme::BASE
    };
    const IN_MILLIS: Scheme<'static> =
        Scheme { timestamp: Some(Timestamp::new(Clock::Millis, json("at"))), ..IN_BODY };
    let body = br#"{"at":1700000000000}"#;
    let empty: [(&str, &str); 0] = [];
    let signer = Signer::new(&IN_MILLIS, SECRET).unwrap();
    let made = signer.sign(&Request::new(&empty, body), None, NOW).unwrap();
    let pairs = vec![("x-sign".to_string(), made.signature().to_string().into_bytes())];
    let explanation = explain_with(&IN_BODY, SECRET, &pairs, body);
    assert_eq!(codes(&explanation), ["timestamp_unit"]);
}

#[test]
fn white_space_around_a_time_in_a_list_is_named() {
    let spaced = value("stripe-signature", |text| text.replace("t=1700000000,", "t= 1700000000 ,"));
    assert_eq!(named(&providers::STRIPE, SECRET, &[], spaced), ["header_truncated"]);
}

#[test]
fn junk_proves_nothing_and_costs_little() {
    let junk: Vec<Vec<u8>> = vec![
        b"".to_vec(),
        b",".repeat(9000),
        b", ".repeat(4000),
        b"\xFF\xFE\x80".to_vec(),
        b"%".repeat(9000),
        b"\"[\"".to_vec(),
        b"v1=".repeat(2000),
        vec![b'a'; 1 << 20],
    ];
    for scheme in [&providers::GITHUB, &providers::STRIPE, &providers::STANDARD_WEBHOOKS, &TIMED] {
        let secret = if scheme.name == "standard-webhooks" { WHSEC } else { SECRET };
        let (good, body) = signed(scheme, secret, &[]);
        for junk in &junk {
            let mut broken = good.clone();
            broken.iter_mut().for_each(|pair| pair.1 = junk.clone());
            broken.extend(broken.clone());
            let explanation = explain_with(scheme, secret, &broken, &body);
            assert!(codes(&explanation).is_empty(), "{explanation:?}");
        }
    }
    let (good, body) = signed(&providers::GITHUB, "another-secret-than-this", &[]);
    let many: Pairs = (0..2000).map(|at| (format!("x-{at}"), vec![b'x'; 100])).collect();
    let explanation = explain_with(&providers::GITHUB, SECRET, &[good, many].concat(), &body);
    assert!(codes(&explanation).is_empty());
    let (good, body) = signed(&providers::GITHUB, "another-secret-than-this", &[]);
    let explanation = explain_with(&providers::GITHUB, SECRET, &good, &body);
    assert!(codes(&explanation).is_empty());
    assert!(explanation.excluded().iter().any(|it| it.contains("headers under another name")));
}
