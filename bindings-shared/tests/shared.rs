//! What every binding relies on.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use hookseal::{Request, UnixTime};
use hookseal_bindings::{Endpoint, Failure, Limits, More, Row, Setup, detect, names, read_capture};

const SECRET: &str = "whsec_test_9f0c1b7a5d3e4f60";
const NONE: &[(&str, &str)] = &[];

fn setup(limits: Limits) -> Setup {
    Setup::new(&Row::named("stripe").unwrap(), [SECRET.into()], limits)
}

fn failure<T>(result: Result<T, Failure>) -> (&'static str, &'static str, String) {
    let Err(failure) = result else { panic!("it did not fail") };
    (failure.class, failure.code, failure.more.to_string())
}

#[test]
fn what_is_signed_verifies_under_the_limits() {
    let (now, late) = (UnixTime::from_secs(1_700_000_000), UnixTime::from_secs(1_700_000_400));
    let (signed, signature) =
        setup(Limits::default()).sign(&Request::new(NONE, b"{}"), None, now).unwrap();
    let headers: Vec<_> = signed.iter().map(|(name, it)| (&**name, &**it)).collect();
    assert!(headers.iter().any(|(_, value)| value.contains(&signature)));
    let request = Request::new(headers.as_slice(), b"{}");
    let code = |limits: Limits, now| {
        let prepared = setup(limits).verifier().unwrap();
        prepared.borrow_dependent().verify(&request, now).map_or_else(|it| it.code(), |_| "ok")
    };
    let limits = Limits::default();
    assert_eq!(code(limits, now), "ok");
    assert_eq!(code(limits, late), "timestamp_too_old");
    assert_eq!(code(Limits { tolerance: Some(400), ..limits }, late), "ok");
    assert_eq!(code(Limits { any_time: true, ..limits }, late), "ok");
    assert_eq!(code(Limits { body_limit: Some(1), ..limits }, now), "body_too_large");
    let early = UnixTime::from_secs(1_699_999_000);
    assert_eq!(code(limits, early), "timestamp_too_new");
    assert_eq!(code(Limits { future_tolerance: Some(1000), ..limits }, early), "ok");
    let asked = (Vec::new(), None, true);
    let (json, [[plain, coloured], _], expected) = setup(limits).explain(&asked, &request, late);
    assert!(json.contains("timestamp_too_old") && plain != coloured);
    assert_eq!(expected.as_deref(), Some(&*signature));
    assert!(!plain.contains(SECRET) && !plain.contains(&signature));
}

#[test]
fn limits_in_turn_are_the_same_limits() {
    let limits = Limits::from((true, false, Some(1), Some(2), Some(3)));
    assert!(limits.is_weak && !limits.any_time);
    let numbers = [limits.tolerance, limits.future_tolerance, limits.body_limit];
    assert_eq!(numbers, [Some(1), Some(2), Some(3)]);
}

#[test]
fn an_error_of_the_core_is_one_failure() {
    let row = Row::named("stripe").unwrap();
    let short = |is_weak| {
        Setup::new(&row, ["short".into()], Limits { is_weak, ..Limits::default() }).verifier()
    };
    assert_eq!(failure(short(false)), ("SecretError", "weak_secret", String::new()));
    assert!(short(true).is_ok());
    let without = Setup::new(&row, [], Limits::default()).verifier();
    assert_eq!(failure(without), ("SecretError", "empty_secret", String::new()));
    let unknown = Row::named("nobody");
    assert_eq!(failure(unknown), ("SchemeError", "unknown_provider", String::new()));
    let (class, code, key) = failure(Row::read("name = 1", true));
    assert_eq!((class, code, &*key), ("SchemeError", "wrong_type", "name"));
    assert_eq!(failure(read_capture(b"")), ("CaptureError", "empty", String::new()));
    let refused = Failure::from(hookseal::Error::BodyTooLarge);
    assert_eq!((refused.class, refused.more), ("VerificationError", More::Status(413)));
    let secretless = Row::named("dropbox").unwrap().enrol(&Request::new(NONE, b""));
    assert_eq!(failure(secretless).0, "VerificationError");
}

#[test]
fn a_row_of_ones_own_lives_as_long_as_what_is_made_of_it() {
    let stripe = Row::named("stripe").unwrap();
    let own = Row::read(&stripe.facts().1[0], true).unwrap();
    assert_eq!(own.facts().0[0], "stripe");
    assert_eq!(own.header_names(), stripe.header_names());
    assert_eq!(own.header_names(), Some(vec!["stripe-signature".to_owned()]));
    let prepared = Setup::new(&own, [SECRET.into()], Limits::default()).verifier().unwrap();
    drop(own);
    assert_eq!(prepared.borrow_dependent().scheme().name, "stripe");
    assert!(prepared.body_is_signed().is_ok());
    let unsigned = names().into_iter().find_map(|name| {
        let row = Row::named(name).unwrap();
        let is_token = row.facts().2.0 == "nothing";
        is_token.then(|| Setup::new(&row, [SECRET.into()], Limits::default()).verifier().ok())?
    });
    assert_eq!(failure(unsigned.unwrap().body_is_signed()).0, "BodyUnsignedError");
}

#[test]
fn an_endpoint_says_which_option_is_at_fault() {
    let row = Row::named("twilio").unwrap();
    let listed = |all: &[&str]| all.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    let url = Some("https://a.example/h");
    let fault = |url, list: &[&str]| failure(Endpoint::new(&row, url, Some(&listed(list)), 0));
    assert_eq!(fault(None, &["::1"]), ("SchemeError", "no_public_url", "url".into()));
    assert_eq!(fault(Some("a"), &["::1"]).1, "malformed_public_url");
    assert_eq!(fault(url, &[]), ("SchemeError", "no_networks", "allow_from".into()));
    let (_, code, key) = fault(url, &["::1", "10.0.0.1/8"]);
    assert_eq!((code, &*key), ("network_host_bits", "allow_from[1]"));
    let open = Endpoint::new(&row, url, None, 0).unwrap();
    assert!(open.is_allowed(None, NONE));
    assert_eq!(open.url("/x?a=1"), "https://a.example/h?a=1");
    let proxied = Endpoint::new(&row, url, Some(&listed(&["192.0.2.0/24"])), 1).unwrap();
    let forwarded = |value| proxied.is_allowed(Some("192.0.2.1"), &[("X-Forwarded-For", value)]);
    assert!(forwarded("1.2.3.4, 192.0.2.7") && !forwarded("192.0.2.7, 1.2.3.4"));
    assert!(!proxied.is_allowed(Some("192.0.2.1"), NONE));
}

#[test]
fn recognised_by_headers() {
    let value = format!("t=1700000000,v1={}", "0".repeat(64));
    assert_eq!(detect(&[("stripe-signature", &*value)]).first(), Some(&"stripe"));
}
