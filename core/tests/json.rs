//! The scanner of JSON fields, held against `serde_json`: the two agree on what is JSON and on the
//! field; a name that is there twice is no field.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
#![allow(missing_docs)]

use hookseal::{Request, Scheme, Signer, UnixTime, Verifier, header, json, unconfirmed};
use proptest::prelude::*;
use serde_json::value::RawValue;

const SECRET: &str = "a secret of twenty-six bytes";
const NOW: UnixTime = UnixTime::from_secs(1_700_000_000);

/// What the engine finds at a path, in a body that it has verified.
fn ours(body: &[u8], path: &str) -> Option<String> {
    let row = Scheme {
        name: "acme",
        signature: header("signature"),
        event_id: Some(unconfirmed(json(path))),
        ..Scheme::BASE
    };
    let signer = Signer::new(&row, SECRET).unwrap();
    let none: &[(&str, &str)] = &[];
    let signed = signer.sign(&Request::new(none, body), None, NOW).unwrap();
    let signature = signed.headers().next().unwrap().1.to_string();
    let headers = [("signature", signature.as_str())];
    let verifier = Verifier::new(&row, SECRET).unwrap();
    let request = Request::new(&headers, body);
    let delivery = verifier.verify(&request, NOW).unwrap();
    let found = delivery.event_id()?;
    if let Some(text) = found.as_str() {
        assert_eq!(text, found.to_text());
    }
    Some(found.to_text())
}

/// The same by `serde_json`: every object is read with all its names, numbers stay as written.
fn theirs(body: &[u8], path: &str) -> Option<String> {
    serde_json::from_slice::<serde_json::Value>(body).ok()?;
    let path = path.replace("[]", ".[]");
    let steps: Vec<&str> = path.trim_start_matches('.').split('.').collect();
    look(str::from_utf8(body).unwrap().trim(), &steps).ok()?.filter(|text| !text.is_empty())
}

/// There is no one value: a name is there twice, it is no scalar, or the elements differ.
struct NoOneValue;

fn look(text: &str, steps: &[&str]) -> Result<Option<String>, NoOneValue> {
    match steps {
        [] => match text.as_bytes()[0] {
            b'{' | b'[' => Err(NoOneValue),
            b'n' => Ok(None),
            b'"' => Ok(Some(serde_json::from_str::<String>(text).unwrap())),
            _ => Ok(Some(text.to_owned())),
        },
        ["[]", rest @ ..] => {
            let Ok(elements) = serde_json::from_str::<Vec<Box<RawValue>>>(text) else {
                return Ok(None);
            };
            let found: Vec<_> =
                elements.iter().map(|it| look(it.get(), rest)).collect::<Result<_, _>>()?;
            let same = found.iter().all(|it| *it == found[0]);
            if same { Ok(found.into_iter().next().flatten()) } else { Err(NoOneValue) }
        }
        [name, rest @ ..] => {
            let Ok(Names(members)) = serde_json::from_str(text) else { return Ok(None) };
            let named: Vec<_> = members.iter().filter(|(key, _)| key == name).collect();
            match named[..] {
                [] => Ok(None),
                [(_, value)] => look(value.get(), rest),
                _ => Err(NoOneValue),
            }
        }
    }
}

struct Names(Vec<(String, Box<RawValue>)>);

impl<'de> serde::Deserialize<'de> for Names {
    fn deserialize<D: serde::Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Names;
            fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(
                self,
                mut map: A,
            ) -> Result<Names, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Names(members))
            }
        }
        reader.deserialize_map(Visitor)
    }
}

#[track_caller]
fn agree(body: &[u8], path: &str) -> Option<String> {
    let (ours, theirs) = (ours(body, path), theirs(body, path));
    assert_eq!(ours, theirs, "{path} in {}", String::from_utf8_lossy(body));
    ours
}

#[test]
fn fields_that_are_found() {
    for (body, path, found) in [
        (r#"{"id":"evt_1"}"#, "id", "evt_1"),
        (r#" { "a" : [ 1 , { } ] , "id" : 17 } "#, "id", "17"),
        (r#"{"a":{"id":"no"},"id":"yes"}"#, "id", "yes"),
        (r#"{"id":"yes","a":[{"id":"no"}]}"#, "id", "yes"),
        (r#"{"a":{"b":{"c":-0.5e+10}}}"#, "a.b.c", "-0.5e+10"),
        (r#"{"a":{"x":{"c":1},"b":{"c":2}},"b":{"c":3}}"#, "a.b.c", "2"),
        (r#"{"a":{"b":1},"c":{"b":2,"b":3}}"#, "a.b", "1"),
        (r#"{"\u0069d":"a\u0062\n\ud83e\udd80\/\"\\\b\f\r\t"}"#, "id", "ab\n🦀/\"\\\u{8}\u{c}\r\t"),
        (r#"{"id":true}"#, "id", "true"),
        (r#"{"id":false}"#, "id", "false"),
        (r#"{"id":0}"#, "id", "0"),
        (r#"{"id":1E5}"#, "id", "1E5"),
        (r#"{"id":1e-5}"#, "id", "1e-5"),
        (r#"{"id":"żółć"}"#, "id", "żółć"),
    ] {
        assert_eq!(agree(body.as_bytes(), path).as_deref(), Some(found));
    }
}

#[test]
fn fields_that_are_not() {
    for (body, path) in [
        ("", "id"),
        ("{}", "id"),
        ("[]", "id"),
        (r#"[{"id":1}]"#, "id"),
        (r#""id""#, "id"),
        ("17", "id"),
        (r#"{"id":null}"#, "id"),
        (r#"{"id":""}"#, "id"),
        (r#"{"id":{}}"#, "id"),
        (r#"{"id":[1]}"#, "id"),
        (r#"{"id":{"id":1}}"#, "id"),
        (r#"{"Id":1}"#, "id"),
        (r#"{"id":1,"id":1}"#, "id"),
        (r#"{"id":1,"\u0069d":2}"#, "id"),
        (r#"{"a":{"id":1},"a":{}}"#, "a.id"),
        (r#"{"a":1,"a":{"id":1}}"#, "a.id"),
        (r#"{"a":[{"id":1}]}"#, "a.id"),
        (r#"{"a":{"b":{"id":1}}}"#, "a.id"),
        (r#"{"a":{"id":1,"id":1}}"#, "a.id"),
        (r#"{"a":{}},"id":1}"#, "a.id"),
        (r#"{"a":{},"id":1}"#, "a.id"),
        (r#"{"a":{"x":{}},"b":{"id":1}}"#, "a.id"),
    ] {
        assert_eq!(agree(body.as_bytes(), path), None, "{body}");
    }
}

#[test]
fn texts_that_are_not_json() {
    for tail in [
        "",
        "}",
        "]",
        "{",
        ",",
        ",}",
        r#","a""#,
        r#","a":"#,
        r#","a":}"#,
        r#","a":1,}"#,
        ":1}",
        r#","a":01}"#,
        r#","a":+1}"#,
        r#","a":-}"#,
        r#","a":1.}"#,
        r#","a":.5}"#,
        r#","a":1e}"#,
        r#","a":1e+}"#,
        r#","a":-01}"#,
        r#","a":0x1}"#,
        r#","a":NaN}"#,
        r#","a":tru}"#,
        r#","a":nul}"#,
        r#","a":fals}"#,
        r#","a":True}"#,
        r#","a":'x'}"#,
        r#","a":"x}"#,
        r#","a":"\x"}"#,
        r#","a":"\u12"}"#,
        r#","a":"\u12g4"}"#,
        r#","a":"\ud800"}"#,
        r#","a":"\udc00"}"#,
        r#","a":"\ud800\n"}"#,
        r#","a":"\ud800\u0041"}"#,
        r#","a":"\ud800\ud800"}"#,
        "  ,\"a\":\"\n\"}",
        ",\"a\":\"\t\"}",
        ",\"a\":\"\u{1f}\"}",
        r#","a":[1,]}"#,
        r#","a":[,1]}"#,
        r#","a":[1 2]}"#,
        r#","a":[1}}"#,
        r#","a":{"b"}}"#,
        r#","a":{"b":1]}"#,
        r#","a":{1:1}}"#,
        r#","a":{,}}"#,
        "} x",
        "}{}",
        "}\u{c}",
        "}\u{a0}",
        "} // x",
        r#"/**/}"#,
        ",\"a\":1}\0",
    ] {
        let body = format!(r#"{{"id":"x"{tail}"#);
        if tail == "}" {
            assert_eq!(agree(body.as_bytes(), "id").as_deref(), Some("x"));
        } else {
            assert_eq!(agree(body.as_bytes(), "id"), None, "{body}");
        }
    }
    for body in
        [&b"\xef\xbb\xbf{\"id\":1}"[..], b"{\"id\":1,\"a\":\"\xff\"}", b"{\"\xc0\xaf\":1,\"id\":1}"]
    {
        assert_eq!(agree(body, "id"), None);
    }
}

#[test]
fn depth_is_bounded_as_theirs_is() {
    for depth in [1, 2, 63, 64, 65, 125, 126, 127, 128, 129, 1000, 100_000] {
        let arrays = format!(r#"{{"a":{}{},"id":"x"}}"#, "[".repeat(depth), "]".repeat(depth));
        let found = agree(arrays.as_bytes(), "id");
        assert_eq!(found.is_some(), depth <= 126, "{depth}");
        let objects =
            format!(r#"{{"a":{}1{},"id":"x"}}"#, r#"{"b":"#.repeat(depth), "}".repeat(depth));
        assert_eq!(agree(objects.as_bytes(), "id"), found, "{depth}");
    }
    let path = ["a"; 32].join(".");
    let deep = format!("{}7{}", r#"{"a":"#.repeat(32), "}".repeat(32));
    assert_eq!(agree(deep.as_bytes(), &path).as_deref(), Some("7"));
    // A longer path than 32 names finds nothing, rather than the wrong thing.
    let path = ["a"; 33].join(".");
    let deep = format!("{}7{}", r#"{"a":"#.repeat(33), "}".repeat(33));
    assert_eq!(ours(deep.as_bytes(), &path), None);
}

#[test]
fn elements_vouch_for_nobody_but_themselves() {
    for (body, path, found) in [
        (r#"{"a":[{"id":"x"}]}"#, "a[].id", Some("x")),
        (r#"{"a":[{"id":"x"},{"z":1,"id":"\u0078"}]}"#, "a[].id", Some("x")),
        (r#"{"a":[{"b":{"c":1}},{"b":{"c":1}}]}"#, "a[].b.c", Some("1")),
        (r#"{"a":["x","\u0078","x"]}"#, "a[]", Some("x")),
        (r#"[{"id":7},{"id":7}]"#, "[].id", Some("7")),
        (r#"[[1],[1,1]]"#, "[][]", Some("1")),
        (r#"{"a":[{"b":[{"c":1},{"c":1}]},{"b":[{"c":1}]}]}"#, "a[].b[].c", Some("1")),
        (r#"{"z":[{"id":2}],"a":[{"id":1,"z":[{"id":3}]}]}"#, "a[].id", Some("1")),
        (r#"["\u00e9", "é"]"#, "[]", Some("é")),
        (r#"["🦀", "\ud83e\udd80", "\uD83E\uDD80"]"#, "[]", Some("🦀")),
        // One differs, or lacks it.
        (r#"["\u00e9", "\u00e8"]"#, "[]", None),
        (r#"["\u00e9", "\u00e9x"]"#, "[]", None),
        (r#"["🦀", "\ud83e\udd81"]"#, "[]", None),
        (r#"{"a":[{"id":"x"},{"id":"y"}]}"#, "a[].id", None),
        (r#"{"a":[{"id":"x"},{"id":"x"},{}]}"#, "a[].id", None),
        (r#"{"a":[{},{"id":"x"}]}"#, "a[].id", None),
        (r#"{"a":[{"id":"x"},{"id":null}]}"#, "a[].id", None),
        (r#"{"a":[{"id":"x"},null]}"#, "a[].id", None),
        (r#"{"a":[{"id":"x"},"x"]}"#, "a[].id", None),
        (r#"{"a":[{"id":"x"},[]]}"#, "a[].id", None),
        (r#"{"a":[{"id":"x"},[{"id":"x"}]]}"#, "a[].id", None),
        (r#"{"a":[{"id":"x"},{"id":{}}]}"#, "a[].id", None),
        (r#"{"a":[{"b":[{"c":1}]},{"b":[]}]}"#, "a[].b[].c", None),
        (r#"{"a":[{"b":[{"c":1}]},{"b":{"c":1}}]}"#, "a[].b[].c", None),
        // No element has it, or there is no array.
        (r#"{"a":[]}"#, "a[].id", None),
        (r#"{"a":[{},{}]}"#, "a[].id", None),
        (r#"{"a":{"id":"x"}}"#, "a[].id", None),
        (r#"{"a":{"[]":{"id":"x"}}}"#, "a[].id", None),
        (r#"{"a[]":{"id":"x"}}"#, "a[].id", None),
        (r#"{"a":[{"id":"x"}]}"#, "a.id", None),
        (r#"{"id":"x"}"#, "[].id", None),
        // A name is there twice.
        (r#"{"a":[{"id":1}],"a":[{"id":1}]}"#, "a[].id", None),
        (r#"{"a":[{"id":1}],"a":1}"#, "a[].id", None),
        (r#"{"a":[{"id":1},{"id":1,"id":1}]}"#, "a[].id", None),
        (r#"{"a":[{"b":{"c":1},"b":{}}]}"#, "a[].b.c", None),
    ] {
        assert_eq!(agree(body.as_bytes(), path).as_deref(), found, "{path} in {body}");
    }
}

/// A hundred thousand elements: quadratic work would not come to an end.
#[test]
fn long_arrays_take_time_in_proportion() {
    let path = "a[].b.c";
    let good = vec![r#"{"b":{"x":[1],"c":"\u0076"}}"#; 100_000].join(",");
    assert_eq!(ours(format!(r#"{{"a":[{good}]}}"#).as_bytes(), path).as_deref(), Some("v"));
    for body in [format!(r#"{{"a":[{good},{{}}]}}"#), format!(r#"{{"a":[{{}},{good}]}}"#)] {
        assert_eq!(ours(body.as_bytes(), path), None);
    }
    let blanks = format!(r#"{{"a":[{}"v"]}}"#, " ".repeat(1 << 20));
    assert_eq!(ours(blanks.as_bytes(), "a[]").as_deref(), Some("v"));
    let strings = format!(r#"{{"a":[{}"x"]}}"#, r#""x","#.repeat(1 << 18));
    assert_eq!(ours(strings.as_bytes(), "a[]").as_deref(), Some("x"));
}

/// JSON, nearly: tokens in any order, more often than not in a good one.
fn documents() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec![r#""id""#, r#""a""#, r#""\u0069d""#, r#""b""#, r#""""#]);
    let leaf = prop::sample::select(vec![
        "1",
        "-0",
        "1.5e3",
        "\"x\"",
        "\"\\n\"",
        "\"\\ud83e\\udd80\"",
        "null",
        "true",
        "false",
        "\"\"",
        "01",
        "\"\\ud800\"",
        "tru",
        "\"",
        "[]",
        "{}",
        " 7 ",
    ])
    .prop_map(str::to_owned);
    leaf.prop_recursive(4, 24, 4, move |inner| {
        let member = (name.clone(), inner.clone()).prop_map(|(name, value)| format!("{name}:{value}"));
        prop_oneof![
            3 => prop::collection::vec(member, 0..4).prop_map(|all| format!("{{{}}}", all.join(","))),
            1 => prop::collection::vec(inner, 0..4).prop_map(|all| format!("[ {} ]", all.join(" , "))),
        ]
    })
}

/// Elements that are more often alike than not.
fn elements() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        r#"{"id":1,"a":[{"id":1},{"id":1}]}"#,
        r#"{"a":[{"id":1}],"id":1}"#,
        r#"{"id":1,"a":{"id":1}}"#,
        r#"{"id":1,"a":{"id":1,"id":1}}"#,
        r#"{"id":2,"a":[1,1]}"#,
        r#"{"id":2,"a":[]}"#,
        r#"{"id":2,"a":["1"]}"#,
        "[]",
        "1",
        r#""1""#,
        r#""\u0031""#,
        "null",
    ])
    .prop_map(str::to_owned)
}

const PATHS: &[&str] = &["id", "a.id", "a.b.id", "a[].id", "a[]", "id[]", "[].id", "[].a[].id"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn two_readers_agree(body in documents(), path in prop::sample::select(PATHS)) {
        agree(body.as_bytes(), path);
    }

    #[test]
    fn two_readers_agree_on_damage(body in documents(), at in any::<prop::sample::Index>(), byte in any::<u8>(), path in prop::sample::select(PATHS)) {
        let mut bytes = body.into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        agree(&bytes, path);
    }

    #[test]
    fn two_readers_agree_on_elements(
        elements in prop::collection::vec(elements(), 0..4),
        path in prop::sample::select(vec!["[]", "[].id", "[].a.id", "[].a[]", "[].a[].id"]),
    ) {
        agree(format!("[{}]", elements.join(",")).as_bytes(), path);
    }
}
