//! A program read the body and wrote it anew.

use super::*;

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
