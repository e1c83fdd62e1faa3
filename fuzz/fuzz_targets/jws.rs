//! Any header and payload as a JWS, with a tag that is right: it verifies only where another reader
//! of JSON finds the row's algorithm and claims; and any text as a JWS never does.
#![no_main]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hookseal::{
    Encoding, Request, Scheme, UnixTime, Verifier, Weakness, check, claim, event, header, seconds,
    template,
};
use hookseal_fuzz::{KEY, mac_bytes};
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

#[derive(Arbitrary, Debug)]
enum Input<'a> {
    /// A header and a payload, as they are.
    Signed { header: Option<&'a [u8]>, payload: &'a [u8] },
    /// Claims that mostly fit.
    Claims { id: &'a str, late: i16, more: Vec<(&'a str, i64)>, hash: bool },
    /// Any text.
    Raw(&'a [u8]),
}

const NOW: i64 = 1_700_000_000;
const BODY: &[u8] = b"{}";
const HASH: &str = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

const ROW: Scheme<'static> = Scheme {
    name: "fuzz",
    signature: header("authorization").prefix("Bearer "),
    encoding: Encoding::Jws,
    signed: template!("{jws}"),
    checks: &[check(claim("hash"), template!("{body|sha256|hex}"))],
    timestamp: Some(seconds(claim("iat"))),
    event_id: Some(event(claim("jti"))),
    admits: &[Weakness::BodyUnsigned],
    ..Scheme::BASE
};

fuzz_target!(|input: Input<'_>| {
    match input {
        Input::Raw(text) => {
            let value = [b"Bearer ", text].concat();
            assert!(verify(&value).is_none(), "a tag that nobody made");
        }
        Input::Signed { header, payload } => judge(header.unwrap_or(HEADER), payload),
        Input::Claims { id, late, more, hash } => {
            let mut claims = serde_json::json!({ "iat": NOW + i64::from(late), "jti": id });
            claims["hash"] = if hash { HASH.into() } else { id.into() };
            for (name, value) in more.iter().take(8) {
                claims[*name] = (*value).into();
            }
            judge(HEADER, claims.to_string().as_bytes());
        }
    }
});

const HEADER: &[u8] = br#"{"alg":"HS256","typ":"JWT"}"#;

fn judge(header: &[u8], payload: &[u8]) {
    let message = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload));
    let tag = URL_SAFE_NO_PAD.encode(mac_bytes(&[message.as_bytes()]));
    let found = verify(format!("Bearer {message}.{tag}").as_bytes());
    let second = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).ok();
    let (header, claims) = (second(header), second(payload));
    let Some((id, sent)) = found else { return };
    let (header, claims) = (header.expect("JSON"), claims.expect("JSON"));
    assert_eq!(header["alg"], "HS256");
    assert!(header.get("crit").is_none(), "a demand that nobody meets");
    assert_eq!(claims["hash"], HASH);
    assert_eq!(claims["iat"].as_i64().or_else(|| claims["iat"].as_str()?.parse().ok()), Some(sent));
    assert!((NOW - sent).abs() <= 300, "outside of its window");
    if let (Some(id), Some(text)) = (id, claims["jti"].as_str()) {
        assert_eq!(id, text);
    }
    if let Some(end) = claims["exp"].as_i64() {
        assert!(NOW <= end, "after its end");
    }
    if let Some(start) = claims["nbf"].as_i64() {
        assert!(start <= NOW + 300, "before its start");
    }
}

/// The id and the time, where it verifies.
fn verify(value: &[u8]) -> Option<(Option<String>, i64)> {
    let verifier = Verifier::new(&ROW, KEY).expect("a row that holds together");
    let headers: [(&str, &[u8]); 1] = [("authorization", value)];
    let request = Request::new(&headers, BODY);
    let delivery = verifier.verify(&request, UnixTime::from_secs(NOW)).ok()?;
    let id = delivery.event_id().map(|id| id.to_text());
    Some((id, delivery.sent_at().expect("a time").as_secs()))
}
