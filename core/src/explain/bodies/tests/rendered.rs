//! The body went through a text of another language.

use super::*;

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
