//! The generated vectors: for every row one genuine delivery and what can be done to it, with the
//! code that the walk must answer.

use hookseal::{
    Algorithm, Clock, EventId, KeyFormat, Place, Request, Scheme, Signer, Source, UnixTime,
    Verifier, providers,
};
use serde_json::{Value, json};

const NOW: i64 = 1_700_000_000;
const URL: &str = "https://example.com/hooks?tenant=7";

/// One file a row.
pub(super) fn files() -> Vec<(String, String)> {
    providers::ALL
        .iter()
        .map(|scheme| {
            let tests = Row { scheme }.tests();
            let file = json!({
                "scheme": scheme.name,
                "about": "Made by `make generate`; the format is in README.md of the folder above.",
                "licence": "CC0-1.0",
                "tests": tests,
            });
            (format!("core/vectors/generated/{}.json", scheme.name), format!("{file:#}\n"))
        })
        .collect()
}

/// A delivery before it is signed: which event of one object, at what time.
#[derive(Clone, Copy)]
struct Event {
    number: u32,
    sent: i64,
}

const FIRST: Event = Event { number: 1, sent: NOW };

struct Row<'s> {
    scheme: &'s Scheme<'static>,
}

impl Row<'_> {
    fn tests(&self) -> Vec<Value> {
        let mut tests = self.genuine();
        tests.extend(self.forged());
        tests.extend(self.headers());
        tests.extend(self.times());
        tests.extend(self.ids());
        tests.extend(self.request_line());
        tests.extend(self.secrets());
        for (at, test) in tests.iter_mut().enumerate() {
            test["id"] = json!(at + 1);
            test["origin"] = json!("generated");
        }
        tests
    }

    fn genuine(&self) -> Vec<Value> {
        let second = Event { number: 2, ..FIRST };
        let later = Event { sent: NOW + 20, ..FIRST };
        let mut rotated = self.verified("rotation: the second secret matches", FIRST);
        rotated["secrets"] = json!([self.secret(2), self.secret(1)]);
        rotated["secret_index"] = json!(1);
        let mut recased = self.verified("header names in upper case", FIRST);
        for header in recased["headers"].as_array_mut().unwrap() {
            header[0] = json!(header[0].as_str().unwrap().to_ascii_uppercase());
        }
        let mut tests = vec![
            self.verified("a genuine delivery", FIRST),
            self.verified("another event of the same object has another replay key", second),
            rotated,
            recased,
        ];
        if self.scheme.timestamp.is_some() {
            let comment = "the same event delivered again 20 seconds later";
            let mut again = self.verified(comment, later);
            again["now"] = json!(later.sent);
            tests.push(again);
        }
        tests
    }

    fn forged(&self) -> Vec<Value> {
        let mut other = self.refused("signed under another secret", "signature_mismatch");
        other["secrets"] = json!([self.secret(2)]);
        let mut tests = vec![other];
        if self.scheme.algorithm != Algorithm::Token {
            let mut tampered = self.refused("one byte added to the body", "signature_mismatch");
            tampered["body"] = json!(format!("{} ", self.body(FIRST)));
            tests.push(tampered);
        }
        tests
    }

    /// The signature's header: gone, twice, empty, huge, with too many signatures.
    fn headers(&self) -> Vec<Value> {
        let name = self.scheme.signature.names().next().unwrap();
        let change = |comment: &str, code: &str, change: &dyn Fn(&str) -> Vec<String>| {
            let mut test = self.refused(comment, code);
            let headers = test["headers"].as_array().unwrap().clone();
            let (changed, kept): (Vec<Value>, Vec<Value>) =
                headers.into_iter().partition(|header| header[0] == name);
            let value = changed[0][1].as_str().unwrap();
            let values = change(value).into_iter().map(|value| json!([name, value]));
            test["headers"] = kept.into_iter().chain(values).collect();
            test
        };
        let mut tests = vec![
            change("no signature header", "missing_signature", &|_| Vec::new()),
            change("the signature header twice", "repeated_header", &|value| {
                vec![value.into(), value.into()]
            }),
            change("an empty signature header", "malformed_signature", &|_| vec![String::new()]),
            change("a signature header of 8193 bytes", "header_too_large", &|value| {
                vec![format!("{value:x<8193}")]
            }),
        ];
        let Source { split, prefix, .. } = self.scheme.signature;
        if !split.is_empty() {
            tests.push(change("17 signatures", "too_many_signatures", &|value| {
                vec![format!("{value}{}", format!("{split}{prefix}A").repeat(16))]
            }));
            tests.push(change("only an unknown version", "malformed_signature", &|value| {
                vec![value.replace(prefix, "v77")]
            }));
        }
        tests
    }

    fn times(&self) -> Vec<Value> {
        let Some(time) = self.scheme.timestamp else { return Vec::new() };
        let at = |comment: &str, offset: i64, expect: &str| {
            let mut test = self.verified(comment, FIRST);
            if expect != "verified" {
                test = self.refused(comment, expect);
            }
            test["now"] = json!(NOW + offset);
            test
        };
        let (past, future) = (i64::from(time.past), i64::from(time.future));
        let mut tests = vec![
            at("as old as the window allows", past, "verified"),
            at("one second older than the window allows", past + 1, "timestamp_too_old"),
            at("as far ahead as the window allows", -future, "verified"),
            at("one second further ahead than the window allows", -future - 1, "timestamp_too_new"),
        ];
        let (text, bad) = match time.clock {
            Clock::Seconds => ("1700000000", ["17000000000", "170000000"]),
            Clock::Millis => ("1700000000000", ["17000000000000", "170000000000"]),
            _ => ("2023-11-14T22:13:20", ["2023-11-14 22:13:20", "2023-02-30T22:13:20"]),
        };
        let signed = format!("+{text}");
        let header = (time.source.place == Place::Header).then_some(signed.as_str());
        for with in bad.into_iter().chain(header) {
            let mut test = self.refused("a time in another spelling", "malformed_timestamp");
            let found = ["headers", "body"].map(|part| replace(&mut test[part], text, with));
            assert!(found.contains(&true), "{}", self.scheme.name);
            tests.push(test);
        }
        if time.source.place == Place::Json {
            let mut test = self.refused("a body that is not JSON", "malformed_body");
            test["body"] = json!("{");
            tests.push(test);
        }
        tests
    }

    /// An id that the scheme signs: gone, empty, with the separator in it.
    fn ids(&self) -> Vec<Value> {
        let signed = self.scheme.signed.text();
        let Some(EventId { source, .. }) = self.scheme.event_id else { return Vec::new() };
        if !signed.contains("{event_id}") {
            return Vec::new();
        }
        let name = source.names().next().unwrap();
        let change = |comment: &str, code: &str, value: Option<&str>| {
            let mut test = self.refused(comment, code);
            let headers = test["headers"].as_array_mut().unwrap();
            headers.retain(|header| header[0] != name);
            headers.extend(value.map(|value| json!([name, value])));
            test
        };
        let mut tests = vec![
            change("no event id", "missing_event_id", None),
            change("an empty event id", "malformed_event_id", Some("")),
        ];
        if signed.contains("{event_id}.") {
            let comment = "the separator in the event id";
            tests.push(change(comment, "malformed_event_id", Some("evt.1")));
        }
        tests
    }

    fn request_line(&self) -> Vec<Value> {
        let bound = self.scheme.bound();
        let without = |comment: &str, code: &str, key: &str| {
            let mut test = self.refused(comment, code);
            test.as_object_mut().unwrap().remove(key);
            test
        };
        let url = bound.url.then(|| without("no URL given", "missing_url", "url"));
        let method = bound.method.then(|| without("no method given", "missing_method", "method"));
        let lower = bound.method.then(|| {
            let mut test = self.refused("a method in lower case", "missing_method");
            test["method"] = json!("post");
            test
        });
        [url, method, lower].into_iter().flatten().collect()
    }

    /// Secrets that must not make a verifier.
    fn secrets(&self) -> Vec<Value> {
        let with = |comment: &str, code: &str, secrets: Vec<String>| {
            let mut test = self.refused(comment, code);
            test["secrets"] = json!(secrets);
            test
        };
        let weak = match self.scheme.key {
            KeyFormat::Base64 { .. } => "c2hvcnQ=".into(),
            _ => "short".into(),
        };
        let pem = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----\n";
        let mut tests = vec![
            with("an empty secret", "empty_secret", vec![String::new()]),
            with("a secret of blanks", "empty_secret", vec![" \t\n".into()]),
            with("a secret of 5 bytes, not allowed by name", "weak_secret", vec![weak]),
            with("a public key instead of a secret", "wrong_key_type", vec![pem.into()]),
            with("five secrets", "too_many_secrets", (1..=5).map(|n| self.secret(n)).collect()),
        ];
        if let KeyFormat::Base64 { prefix } = self.scheme.key {
            let secret = format!("{prefix}not base64: {}", "*".repeat(24));
            tests.push(with("a secret that is not base64", "malformed_secret", vec![secret]));
            if !prefix.is_empty() {
                let secret = vec![prefix.into()];
                tests.push(with("nothing after the secret's prefix", "empty_secret", secret));
            }
        }
        let mut large = self.refused("a body over the limit", "body_too_large");
        large["body_limit"] = json!(4);
        tests.push(large);
        tests
    }

    /// A delivery that verifies, with all that is known of it.
    fn verified(&self, comment: &str, event: Event) -> Value {
        let mut test = self.delivery(comment, event);
        let secret = self.secret(1);
        let verifier = Verifier::new(self.scheme, &secret).unwrap();
        let headers: Vec<(&str, &str)> = test["headers"]
            .as_array()
            .unwrap()
            .iter()
            .map(|pair| (pair[0].as_str().unwrap(), pair[1].as_str().unwrap()))
            .collect();
        let body = self.body(event);
        let request = Request::new(headers.as_slice(), body.as_bytes()).url(URL).method("POST");
        let delivery = verifier.verify(&request, UnixTime::from_secs(event.sent)).unwrap();
        let text = |value: Option<hookseal::Value<'_>>| value.map(|value| value.to_text());
        let known = [
            ("event_id", json!(text(delivery.event_id()))),
            ("event_type", json!(text(delivery.event_type()))),
            ("replay_key", json!(hex(&delivery.replay_key(b"vectors")))),
            ("secret_index", json!(delivery.secret_index())),
            ("sent_at_ms", json!(delivery.sent_at().map(UnixTime::as_millis))),
            ("expect", json!("verified")),
        ];
        for (key, value) in known.into_iter().filter(|(_, value)| !value.is_null()) {
            test[key] = value;
        }
        test
    }

    /// The genuine delivery, to be spoilt by the caller.
    fn refused(&self, comment: &str, code: &str) -> Value {
        let mut test = self.delivery(comment, FIRST);
        test["expect"] = json!(code);
        test
    }

    fn delivery(&self, comment: &str, event: Event) -> Value {
        let secret = self.secret(1);
        let body = self.body(event);
        let id = format!("evt_{}", event.number);
        let signer = Signer::new(self.scheme, &secret).unwrap();
        let none: &[(&str, &str)] = &[];
        let request = Request::new(none, body.as_bytes()).url(URL).method("POST");
        let signed = signer.sign(&request, Some(&id), UnixTime::from_secs(event.sent)).unwrap();
        let mut headers: Vec<Value> =
            signed.headers().map(|(name, value)| json!([name, value.to_string()])).collect();
        headers.extend(self.unsigned_headers(event));
        let mut test = json!({
            "comment": comment, "secrets": [secret], "headers": headers, "body": body,
            "now": event.sent,
        });
        let bound = self.scheme.bound();
        if bound.url {
            test["url"] = json!(URL);
        }
        if bound.method {
            test["method"] = json!("POST");
        }
        test
    }

    /// What the provider sends beside the signature, and what is not signed.
    fn unsigned_headers(&self, event: Event) -> Vec<Value> {
        let id = self.scheme.event_id.map(|id| id.source);
        let id = id.filter(|_| !self.scheme.signed.text().contains("{event_id}"));
        let id = header(id, format!("evt_{}", event.number));
        let kind = header(self.scheme.event_type, "thing.changed".into());
        id.into_iter().chain(kind).collect()
    }

    /// One object, changed: the fields that the row reads, and the object.
    fn body(&self, event: Event) -> String {
        let mut body = json!({ "subject": { "id": "obj_1", "state": event.number } });
        let id = self.scheme.event_id.map(|id| id.source);
        put(&mut body, id, json!(format!("evt_{}", event.number)));
        put(&mut body, self.scheme.event_type, json!("thing.changed"));
        let time = self.scheme.timestamp.map(|time| time.source);
        put(&mut body, time, json!(event.sent * 1000));
        body.to_string()
    }

    /// A secret in the provider's form.
    fn secret(&self, number: u32) -> String {
        match self.scheme.key {
            KeyFormat::Base64 { prefix } => {
                format!("{prefix}aG9va3NlYWwgdGVzdCBzZWNyZXQgIyAw{number}A==")
            }
            _ => format!("hookseal test secret number {number}"),
        }
    }
}

/// A header, if the source is one.
fn header(source: Option<Source<'_>>, value: String) -> Option<Value> {
    let source = source.filter(|source| source.place == Place::Header)?;
    Some(json!([source.names().next()?, format!("{}{value}", source.prefix)]))
}

/// Puts a field into the body, if the source is one.
fn put(body: &mut Value, source: Option<Source<'_>>, value: Value) {
    let Some(source) = source.filter(|source| source.place == Place::Json) else { return };
    let path = source.names().next().unwrap();
    *path.split('.').fold(body, |at, name| &mut at[name]) = value;
}

/// Replaces a text in every string below a value, and says whether it was there.
fn replace(value: &mut Value, text: &str, with: &str) -> bool {
    match value {
        Value::String(string) => {
            let found = string.contains(text);
            *string = string.replace(text, with);
            found
        }
        Value::Array(items) => {
            let found: Vec<bool> = items.iter_mut().map(|item| replace(item, text, with)).collect();
            found.contains(&true)
        }
        _ => false,
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
