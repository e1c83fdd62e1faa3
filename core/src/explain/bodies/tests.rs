//! Each fault is made to a signed body and has to be named.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

extern crate std;

use core::time::Duration;
use std::string::{String, ToString};
use std::time::Instant;
use std::vec::Vec;
use std::{format, vec};

use super::super::{Certainty, Explainer, Explanation};
use super::{CauseCode, is_rendering};
use crate::providers::GITHUB;
use crate::request::Request;
use crate::sign::Signer;
use crate::time::UnixTime;

const SECRET: &str = "It's a Secret to Everybody";
const NOW: UnixTime = UnixTime::from_secs(1_700_000_000);

/// What is found where one body was signed and another came.
fn explained(signed: &[u8], received: &[u8], others: &[(&str, &str)]) -> Explanation {
    let none: &[(&str, &str)] = &[];
    let signer = Signer::new(&GITHUB, SECRET).unwrap();
    let headers = signer.sign(&Request::new(none, signed), None, NOW).unwrap();
    let mut headers: Vec<(&str, String)> =
        headers.headers().map(|(name, value)| (name, value.to_string())).collect();
    headers.extend(others.iter().map(|(name, value)| (*name, value.to_string())));
    let headers: Vec<(&str, &str)> =
        headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Explainer::new(&GITHUB, SECRET).explain(&Request::new(headers.as_slice(), received), NOW)
}

fn proved(signed: &[u8], received: &[u8]) -> Vec<&'static str> {
    let found = explained(signed, received, &[]);
    let proved = |it: &&super::super::Cause| it.confidence() == Certainty::Proved;
    found.causes().iter().filter(proved).map(|it| it.code().code()).collect()
}

/// Each pair, signed and received, is named so.
fn all_are(code: CauseCode, cases: &[(&[u8], &[u8])]) {
    for (signed, received) in cases {
        let shown = String::from_utf8_lossy(received);
        assert_eq!(proved(signed, received), [code.code()], "{}", &shown[..shown.len().min(200)]);
    }
}

const JSON: &str = r#"{"id":"evt_1","type":"invoice.paid","data":{"url":"https://a.example/b?c=1&d=<2>","name":"Café ☃ 😀","n":1250,"list":[1,{"x":null}],"none":{},"empty":[]}}"#;

fn json() -> serde_json::Value {
    serde_json::from_str(JSON).unwrap()
}

fn form_of(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

#[test]
fn an_empty_body() {
    all_are(CauseCode::BodyEmpty, &[(b"{}", b""), (b"[]", b""), (b"null", b"")]);
    assert!(proved(JSON.as_bytes(), b"").is_empty());
}

#[test]
fn byte_order_marks() {
    let marked = ["\u{feff}", JSON].concat();
    all_are(
        CauseCode::BodyBom,
        &[(JSON.as_bytes(), marked.as_bytes()), (marked.as_bytes(), JSON.as_bytes())],
    );
}

#[test]
fn line_ends() {
    let unix = "{\n \"a\": 1,\n \"b\": \"x\"\n}\n";
    let dos = unix.replace('\n', "\r\n");
    let mac = unix.replace('\n', "\r");
    let last = unix.trim_end().to_string() + "\r\n";
    let (unix, dos, mac, last) = (unix.as_bytes(), dos.as_bytes(), mac.as_bytes(), last.as_bytes());
    all_are(
        CauseCode::BodyLineEndings,
        &[
            (unix, dos),
            (dos, unix),
            (unix, mac),
            (last, unix),
            (unix, last),
            (b"{}\n", b"{}\r\n"),
            (b"{}\r\n", b"{}\n"),
            (b"{}\n", b"{}\r"),
            (b"a b c", b"a \nb \nc"),
            (b"{\"a\":\"b\\nc\"}", b"{\"a\":\"b\nc\"}"),
        ],
    );
}

#[test]
fn bytes_at_the_edges() {
    let json = JSON.as_bytes();
    let mut cases: Vec<(Vec<u8>, Vec<u8>)> = Vec::new();
    for end in ["\n", "\r\n", "\r", " ", "\0", "\n\n", "\t", "\r\n\r\n"] {
        cases.push(([json, end.as_bytes()].concat(), json.to_vec()));
        cases.push((json.to_vec(), [json, end.as_bytes()].concat()));
    }
    cases.push((json.to_vec(), [b"  \n", json, b"\r\n \n"].concat()));
    cases.push((json.to_vec(), [b" ", json].concat()));
    cases.push(([b"\n", json].concat(), json.to_vec()));
    cases.push((json.to_vec(), [json, b"\0\0\0\0\0\0\0\0\0\0\0"].concat()));
    cases.push((json.to_vec(), [json, b"<!-- request 42 served by a.example -->"].concat()));
    cases.push((json.to_vec(), [b"b2\r\n", json, b"\r\n0\r\n\r\n"].concat()));
    cases.push((json.to_vec(), [json, json].concat()));
    for lost in 1..=2 {
        cases.push((json.to_vec(), json[..json.len() - lost].to_vec()));
    }
    cases.push((b"plain text".to_vec(), b"plain text12345678".to_vec()));
    cases.push((b"plain text".to_vec(), b"XYplain text".to_vec()));
    let cases: Vec<(&[u8], &[u8])> =
        cases.iter().map(|(one, other)| (&one[..], &other[..])).collect();
    all_are(CauseCode::BodyTrailingBytes, &cases);
    // Content-Length tells how much of it is the body.
    let longer = [&b"plain text"[..], b" and what was in the buffer before"].concat();
    let found = explained(b"plain text", &longer, &[("Content-Length", "10")]);
    assert_eq!(found.causes()[0].code(), CauseCode::BodyTrailingBytes);
    assert_eq!(found.causes()[0].confidence(), Certainty::Proved);
}

#[test]
fn base64_and_hex() {
    let standard = base64(JSON.as_bytes());
    let url = standard.replace('+', "-").replace('/', "_").replace('=', "");
    let lines = standard.as_bytes().chunks(64).map(|it| String::from_utf8_lossy(it));
    let lines = lines.collect::<Vec<_>>().join("\r\n");
    let data = format!("data:application/json;base64,{standard}");
    let hex: String = JSON.bytes().map(|byte| format!("{byte:02X}")).collect();
    let of = |text: &str| {
        assert_eq!(proved(JSON.as_bytes(), text.as_bytes()), ["body_base64"], "{text}");
    };
    [&standard, &url, &lines, &data, &hex, &hex.to_lowercase()].into_iter().for_each(|it| of(it));
    let back = |text: &str| {
        assert_eq!(proved(text.as_bytes(), JSON.as_bytes()), ["body_base64"], "{text}");
    };
    [&standard, &url, &hex.to_lowercase()].into_iter().for_each(|it| back(it));
    of(&JSON
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;"));
}

fn base64(bytes: &[u8]) -> String {
    use base64ct::Encoding as _;
    base64ct::Base64::encode_string(bytes)
}

#[test]
fn json_in_json() {
    let once = serde_json::to_string(JSON).unwrap();
    let twice = serde_json::to_string(&once).unwrap();
    let bare = &once[1..once.len() - 1];
    let event = serde_json::json!({"httpMethod": "POST", "body": JSON, "isBase64Encoded": false});
    let coded = serde_json::json!({"body": base64(JSON.as_bytes()), "isBase64Encoded": true});
    let records = serde_json::json!({"Records": [{"messageId": "1", "body": JSON}]});
    let raw = format!(r#"{{"received":1, "payload": {JSON}}}"#);
    for text in [once.clone(), twice, bare.into(), raw] {
        assert_eq!(proved(JSON.as_bytes(), text.as_bytes()), ["body_json_string"], "{text}");
    }
    for event in [event, coded, records] {
        let text = event.to_string();
        assert_eq!(proved(JSON.as_bytes(), text.as_bytes()), ["body_json_string"], "{text}");
    }
    assert_eq!(proved(once.as_bytes(), JSON.as_bytes()), ["body_json_string"]);
    assert_eq!(proved(bare.as_bytes(), JSON.as_bytes()), ["body_json_string"]);
}

#[test]
fn forms() {
    let browser = form_of(&[("payload", JSON)]);
    let uri = browser.replace('+', "%20");
    let go = browser.replace('*', "%2A");
    let form = form_of(&[("token", "a b*c~"), ("text", "é & ü"), ("channel", "")]);
    let sorted = form_of(&[("channel", ""), ("text", "é & ü"), ("token", "a b*c~")]);
    let lower = form.replace("%C3%A9", "%c3%a9").replace("%C3%BC", "%c3%bc").replace("%7E", "%7e");
    let decoded = "token=a b*c~&text=é und ü&channel=";
    let encoded = form_of(&[("token", "a b*c~"), ("text", "é und ü"), ("channel", "")]);
    let whole = form_of(&[(JSON, "")]);
    let object = r#"{"token":"a b*c~","text":"é & ü","channel":""}"#;
    let lists = r#"{"token": ["a b*c~"], "text": ["é & ü"], "channel": [""]}"#;
    let nested = form_of(&[("a[b]", "1"), ("a[c]", "2"), ("d", "x"), ("d", "y")]);
    let wrapped = serde_json::json!({ JSON: "" }).to_string();
    for (signed, received) in [
        (browser.as_str(), JSON),
        (&uri, JSON),
        (&go, JSON),
        (JSON, &browser),
        (JSON, &whole),
        (JSON, whole.trim_end_matches('=')),
        (JSON, &format!("{JSON}=")),
        (&sorted, &form),
        (&form, &form.replace('+', "%20")),
        (&form.replace('+', "%20"), &form),
        (&lower, &form),
        (&form, &lower),
        (&encoded, decoded),
        (&form, object),
        (&form, lists),
        (&nested, r#"{"a":{"b":"1","c":"2"},"d":["x","y"]}"#),
        (JSON, &wrapped),
        ("a=1&b=2", r#"{"a":"1","b":"2"}"#),
    ] {
        assert_eq!(
            proved(signed.as_bytes(), received.as_bytes()),
            ["body_form_encoded"],
            "{received}"
        );
    }
}

/// A gzip stream with every part that its header can have.
fn gzip(text: &[u8], flags: u8) -> Vec<u8> {
    let mut out = vec![0x1F, 0x8B, 8, flags, 0, 0, 0, 0, 0, 3];
    for (flag, part) in [(4, &b"\x02\0ab"[..]), (8, b"name\0"), (16, b"comment\0"), (2, b"xx")] {
        out.extend(part.iter().filter(|_| flags & flag != 0));
    }
    out.extend(miniz_oxide::deflate::compress_to_vec(text, 6));
    out.extend([0; 8]);
    out
}

#[test]
fn compressed_bodies() {
    let text = JSON.as_bytes();
    let zlib = miniz_oxide::deflate::compress_to_vec_zlib(text, 6);
    let bare = miniz_oxide::deflate::compress_to_vec(text, 6);
    let all = [gzip(text, 0), gzip(text, 8), gzip(text, 0x1E), zlib, bare];
    let all: Vec<(&[u8], &[u8])> = all.iter().map(|it| (text, &it[..])).collect();
    all_are(CauseCode::BodyCompressed, &all);
    // A bomb, and streams that end early.
    let bomb = gzip(&vec![0; 64 << 20], 0);
    assert!(proved(text, &bomb).is_empty());
    for cut in 0..24 {
        assert!(proved(text, &gzip(text, 0x1E)[..cut]).is_empty());
    }
}

#[test]
fn character_sets() {
    let json = r#"{"name":"Café – “naïve” 10 €"}"#;
    let latin = r#"{"name":"Café naïve"}"#;
    let widened = |text: &str| text.bytes().map(char::from).collect::<String>().into_bytes();
    let narrow = |text: &str| text.chars().map(|it| u8::try_from(it).unwrap()).collect::<Vec<u8>>();
    // As Windows-1252 has the bytes of an é.
    let windows = latin.replace('é', "Ã©").replace('ï', "Ã¯");
    let quotes = br#"{"name":"Caf\u00e9 x"}"#.to_vec();
    let in_windows = b"{\"name\":\"10 \x80 \x93x\x94\"}".to_vec();
    let units = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let big = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    let surrogates = b"{\"e\":\"\xED\xA0\xBD\xED\xB8\x80\"}".to_vec();
    assert_eq!(quotes.len(), 22);
    let cases: [(Vec<u8>, Vec<u8>); 14] = [
        (json.into(), widened(json)),
        (latin.into(), windows.into_bytes()),
        (latin.into(), narrow(latin)),
        (narrow(latin), latin.into()),
        ("{\"name\":\"10 € “x”\"}".into(), in_windows.clone()),
        (in_windows, "{\"name\":\"10 € “x”\"}".into()),
        (json.into(), units(json)),
        (json.into(), units(&["\u{feff}", json].concat())),
        (json.into(), big(json)),
        (json.into(), big(&["\u{feff}", json].concat())),
        (units(json), json.into()),
        (big(&["\u{feff}", json].concat()), json.into()),
        ("{\"e\":\"😀\"}".into(), surrogates.clone()),
        (surrogates, "{\"e\":\"😀\"}".into()),
    ];
    for (signed, received) in cases {
        assert_eq!(proved(&signed, &received), ["body_charset"], "{}", received.escape_ascii());
    }
}

/// A JSON text as Python writes it.
fn python(text: &str) -> String {
    text.chars()
        .map(|it| match it {
            ' '..='~' => it.to_string(),
            _ => it.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect(),
        })
        .collect()
}

#[test]
fn json_written_anew() {
    let compact = JSON.to_string();
    let pretty = serde_json::to_string_pretty(&raw(JSON)).unwrap();
    let four = pretty.lines().map(|line| {
        let text = line.trim_start();
        format!("{}{text}", " ".repeat(2 * (line.len() - text.len())))
    });
    let four = four.collect::<Vec<_>>().join("\n");
    let spaced = r#"{"id": "evt_1", "type": "invoice.paid", "data": {"url": "https://a.example/b?c=1&d=<2>", "name": "Café ☃ 😀", "n": 1250, "list": [1, {"x": null}], "none": {}, "empty": []}}"#.to_string();
    let php = python(&JSON.replace('/', "\\/"));
    let go = JSON.replace('&', "\\u0026").replace('<', "\\u003c").replace('>', "\\u003e");
    let upper = |text: &str| text.replace("003c", "003C").replace("003e", "003E");
    let dot_net = upper(&go).replace("é", "\\u00E9").replace("☃", "\\u2603");
    let dot_net = dot_net.replace("😀", "\\uD83D\\uDE00");
    let jackson = r#"{
  "id" : "evt_1",
  "type" : "invoice.paid",
  "data" : {
    "url" : "https://a.example/b?c=1&d=<2>",
    "name" : "Café ☃ 😀",
    "n" : 1250,
    "list" : [ 1, {
      "x" : null
    } ],
    "none" : { },
    "empty" : [ ]
  }
}"#;
    let jackson = jackson.to_string();
    let sorted = serde_json::to_string(&json()).unwrap();
    let forms = [
        compact.clone(),
        pretty.clone(),
        pretty.clone() + "\n",
        pretty.replace('\n', "\r\n"),
        pretty.replace("  ", "\t"),
        four,
        spaced,
        python(&compact),
        JSON.replace('/', "\\/"),
        php,
        go,
        upper(&dot_net),
        jackson,
        sorted,
    ];
    for (at, signed) in forms.iter().enumerate() {
        for (other, received) in forms.iter().enumerate().filter(|(other, _)| *other != at) {
            let names = proved(signed.as_bytes(), received.as_bytes());
            let text = |code| names == [code];
            let is_edge = signed.trim_end() == received.trim_end();
            let is_end = signed.replace("\r\n", "\n") == received.replace("\r\n", "\n");
            let is_text =
                signed.trim_end().replace('\r', "") == received.trim_end().replace('\r', "");
            // Seven keys in one object, in any order.
            let is_lost = other == forms.len() - 1 && at != other;
            let wanted = match () {
                () if is_edge => text("body_trailing_bytes"),
                () if is_end => text("body_line_endings"),
                () if is_text => names == ["body_line_endings", "body_trailing_bytes"],
                () => text("body_reserialised") || (is_lost && names.is_empty()),
            };
            assert!(wanted, "{names:?}\n{signed}\n{received}");
        }
    }
}

/// A value that keeps the order of its keys.
fn raw(text: &str) -> impl serde::Serialize {
    use serde::ser::{Serialize, SerializeMap, Serializer};
    struct Ordered(serde_json::Value);
    impl Serialize for Ordered {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let serde_json::Value::Object(members) = &self.0 else {
                return self.0.serialize(serializer);
            };
            let order = ["id", "type", "url", "name", "n", "list", "none", "empty", "x", "data"];
            let mut map = serializer.serialize_map(None)?;
            for key in order {
                if let Some(value) = members.get(key) {
                    map.serialize_entry(key, &Ordered(value.clone()))?;
                }
            }
            map.end()
        }
    }
    Ordered(serde_json::from_str(text).unwrap())
}

#[test]
fn spellings_of_numbers_and_orders_of_keys() {
    // More keys than all orders could be tried of.
    const STRIPE: &str = r#"{"id":"evt_1","object":"event","api_version":"1","created":1,"data":{"object":{"id":"in_1","object":"invoice","amount":1,"b":2,"c":3,"d":4,"e":5}},"livemode":false,"pending_webhooks":1,"type":"invoice.paid"}"#;
    let stripe: serde_json::Value = serde_json::from_str(STRIPE).unwrap();
    for (signed, received) in [
        (r#"{"id":5,"amount":10.0}"#, r#"{"id":5,"amount":10}"#),
        (r#"{"id":5,"amount":10.50,"fee":3.00}"#, r#"{"id":5,"amount":10.5,"fee":3}"#),
        (r#"{"id":5,"items":[{"p":1.0},{"p":2.0}]}"#, r#"{"id":5,"items":[{"p":1},{"p":2}]}"#),
        (r#"{"created":1700000000,"n":5}"#, r#"{"created":1.7E9,"n":5.0}"#),
        (r#"{"id": 5, "amount": 10.0}"#, r#"{"id":5,"amount":10}"#),
        (
            r#"{"type":"x","id":"1","data":{"z":1,"a":2}}"#,
            r#"{"data":{"a":2,"z":1},"id":"1","type":"x"}"#,
        ),
        (
            r#"{"id":"1","type":"x","data":{"z":[{"d":1,"c":2},{"d":3,"c":4}]}}"#,
            r#"{"data": {"z": [{"c": 2, "d": 1}, {"c": 4, "d": 3}]}, "id": "1", "type": "x"}"#,
        ),
        (r#"{"f":1,"e":2,"d":3,"c":4,"b":5,"a":6}"#, r#"{"a":6,"b":5,"c":4,"d":3,"e":2,"f":1}"#),
        (STRIPE, &serde_json::to_string(&stripe).unwrap()),
        (r#"{"b": 1, "a": 2}"#, r#"{"a":2,"b":1}"#),
        ("{ \"b\" : 1.0 , \"a\":2 }", "{ \"b\" : 1 , \"a\":2 }"),
    ] {
        assert_eq!(
            proved(signed.as_bytes(), received.as_bytes()),
            ["body_reserialised"],
            "{received}"
        );
    }
}

#[test]
fn renderings() {
    let json = r#"{"id":"evt_1","ok":true,"n":null,"name":"Café \"x\"","list":[1,2.5]}"#;
    let spaced =
        r#"{"id": "evt_1", "ok": true, "n": null, "name": "Caf\u00e9 \"x\"", "list": [1, 2.5]}"#;
    let python = r#"{'id': 'evt_1', 'ok': True, 'n': None, 'name': 'Café "x"', 'list': [1, 2.5]}"#;
    let ruby = r#"{"id"=>"evt_1", "ok"=>true, "n"=>nil, "name"=>"Café \"x\"", "list"=>[1, 2.5]}"#;
    let node = r#"{ id: 'evt_1', ok: true, n: null, name: 'Café "x"', list: [ 1, 2.5 ] }"#;
    let decimals: Vec<String> = json.bytes().map(|byte| byte.to_string()).collect();
    let indexed: Vec<String> =
        json.bytes().enumerate().map(|(at, byte)| format!("\"{at}\":{byte}")).collect();
    let hex: Vec<String> = json.bytes().map(|byte| format!("{byte:02x}")).collect();
    let repr = format!(
        "b'{}'",
        json.bytes()
            .map(|byte| match byte {
                0x80.. => format!("\\x{byte:02x}"),
                b'\\' => "\\\\".into(),
                _ => char::from(byte).to_string(),
            })
            .collect::<String>()
    );
    let text = format!("'{}'", json.replace('\\', "\\\\"));
    for received in [
        python.to_string(),
        ruby.into(),
        node.into(),
        repr.clone(),
        format!("bytearray({repr})"),
        text,
        format!("{{\"type\":\"Buffer\",\"data\":[{}]}}", decimals.join(",")),
        decimals.join(","),
        format!("[{}]", decimals.join(", ")),
        format!("[{}]", decimals.join(" ")),
        format!("Uint8Array({}) [\n  {}\n]", json.len(), decimals.join(", ")),
        format!("{{{}}}", indexed.join(",")),
        format!("<Buffer {}>", hex.join(" ")),
    ] {
        assert_eq!(proved(json.as_bytes(), received.as_bytes()), ["body_parsed"], "{received}");
    }
    assert_eq!(proved(spaced.as_bytes(), python.as_bytes()), ["body_parsed"]);
    assert_eq!(proved(b"a=1&b=2", b"{'a': '1', 'b': '2'}"), ["body_parsed"]);
    for nothing in ["{}", "[]", "null", "[object Object]", "None", "b''"] {
        assert_eq!(proved(b"", nothing.as_bytes()), ["body_parsed"], "{nothing}");
    }
}

#[test]
fn renderings_that_cannot_be_undone() {
    for text in [
        "[object Object]",
        "Array",
        "System.IO.MemoryStream",
        "map[id:1 type:x]",
        "{id=1, type=x}",
        "<built-in method decode of bytes object at 0x7f>",
        "ImmutableMultiDict([('a', '1')])",
        "<QueryDict: {'a': ['1']}>",
        "{'id': 1}",
        "[123, 34, 125]",
        "#<Hash>",
        "b'{}'",
    ] {
        assert!(is_rendering(text.as_bytes()).is_some(), "{text}");
    }
    for text in ["", "{}", "[]", JSON, "a=1&b=2", "<xml>a</xml>", "{a", "Hello"] {
        assert_eq!(is_rendering(text.as_bytes()), None, "{text}");
    }
}

#[test]
fn two_faults() {
    let pretty = "{\n  \"id\": \"evt_1\",\n  \"n\": 1\n}\n";
    let dos = pretty.replace('\n', "\r\n");
    let compact = r#"{"id":"evt_1","n":1}"#;
    let name = r#"{"name":"Café"}"#;
    let twice: String = name.bytes().map(char::from).collect();
    let quoted = serde_json::to_string(compact).unwrap() + "\n";
    for (signed, received, wanted) in [
        (
            pretty.as_bytes(),
            dos.trim_end().as_bytes(),
            ["body_line_endings", "body_trailing_bytes"],
        ),
        (
            compact.as_bytes(),
            (base64((compact.to_string() + "\n").as_bytes())).as_bytes(),
            ["body_base64", "body_trailing_bytes"],
        ),
        (
            pretty.as_bytes(),
            &[b"\xEF\xBB\xBF", dos.as_bytes()].concat(),
            ["body_bom", "body_line_endings"],
        ),
        (
            compact.as_bytes(),
            base64(quoted.as_bytes()).as_bytes(),
            ["body_base64", "body_json_string"],
        ),
        (
            (name.to_string() + "\n").as_bytes(),
            twice.as_bytes(),
            ["body_charset", "body_trailing_bytes"],
        ),
        (
            compact.as_bytes(),
            base64(&gzip(compact.as_bytes(), 0)).as_bytes(),
            ["body_base64", "body_compressed"],
        ),
        (
            compact.as_bytes(),
            base64(pretty.as_bytes()).as_bytes(),
            ["body_base64", "body_reserialised"],
        ),
        (
            compact.as_bytes(),
            &[b"\xEF\xBB\xBF", pretty.as_bytes()].concat(),
            ["body_bom", "body_reserialised"],
        ),
    ] {
        let mut names = proved(signed, received);
        names.sort_unstable();
        assert_eq!(names, wanted, "{}", received.escape_ascii());
    }
}

#[test]
fn the_evidence() {
    let found = explained(b"Hello, World!", b"Hello, World!\n", &[]);
    assert_eq!(
        found.causes()[0].what(),
        "The signature is that of the body without the line end after it: 13 bytes were signed, 14 \
         came, the first difference is at byte 13."
    );
    assert!(found.trials() < 50, "{}", found.trials());
}

#[test]
fn nothing_is_proved_of_another_body() {
    let found = explained(b"something else", JSON.as_bytes(), &[]);
    assert_eq!(found.causes()[0].code(), CauseCode::NoCauseFound);
    let ours = found.excluded().iter().filter(|it| it.starts_with("the body"));
    assert_eq!(ours.count(), 3, "{found:?}");
    assert!(found.trials() > 200, "{}", found.trials());
    let huge = vec![b' '; (4 << 20) + 1];
    let found = explained(b"{}", &huge, &[]);
    let excluded = found.excluded().iter();
    assert_eq!(excluded.filter(|it| it.starts_with("nothing of the body")).count(), 1);
}

/// Bodies that could cost too much or break a reader.
#[test]
fn hostile_bodies_cost_no_more_than_others() {
    const SIZE: usize = 1 << 14;
    let nest = |open: &str, close: &str, depth| [open.repeat(depth), close.repeat(depth)].concat();
    let many: Vec<String> = (0..SIZE / 32).map(|n| format!("\"n{n:05}\":{n}.5")).collect();
    let long = format!("{{\"{}\":{{{}}}}}", "p".repeat(SIZE / 2), many.join(","));
    let mut slowest = Duration::ZERO;
    for body in [
        b"".to_vec(),
        vec![b'x'; SIZE],
        vec![0xFF; SIZE],
        vec![b'\\'; SIZE],
        vec![b'"'; SIZE],
        vec![b'%'; SIZE],
        vec![b'\n'; SIZE],
        "😀é".repeat(SIZE / 8).into_bytes(),
        format!("[{}1]", "1,".repeat(SIZE / 2)).into_bytes(),
        nest("[", "]", SIZE / 2).into_bytes(),
        nest("[", "]", 127).into_bytes(),
        format!("{}1{}", "{\"b\":".repeat(127), ",\"a\":1}".repeat(127)).into_bytes(),
        nest("(", ")", SIZE / 2).into_bytes(),
        format!("{{{}}}", many.join(",")).into_bytes(),
        long.into_bytes(),
        "a=1&".repeat(SIZE / 4).into_bytes(),
        base64(&vec![0; SIZE / 2]).into_bytes(),
        vec![b'x'; 1 << 20],
        vec![0xFF; 1 << 20],
        format!("[\"{}\"]", "a long string ".repeat(1 << 16)).into_bytes(),
        vec![b'['; 1 << 20],
        b"{\"a\":\"\xFF\"}".to_vec(),
        b"\xED\xA0\x80\xED\xA0\x80".to_vec(),
    ] {
        let start = Instant::now();
        assert!(proved(b"something else", &body).is_empty());
        slowest = slowest.max(start.elapsed());
    }
    assert!(slowest < Duration::from_secs(120), "{slowest:?}");
}
