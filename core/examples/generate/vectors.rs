//! The generated vectors: for every row that can be signed, genuine deliveries and what can be done
//! to them, with the code that the walk must answer.

#[path = "vectors/secrets.rs"]
mod secrets;
#[path = "vectors/spoilt.rs"]
mod spoilt;
#[path = "vectors/tampered.rs"]
mod tampered;

use hookseal::{Place, Request, Scheme, UnixTime, Verifier, When, providers};
use serde_json::{Value, json};

use crate::reference::Received;
use crate::sender::secrets::{Secret, Seed, secret};
use crate::sender::{self, Event, Sent, is_signable, needs_method, needs_url};

const NOW: i64 = 1_700_000_000;
const URL: &str = "https://example.com/hooks?tenant=7";

const ANOTHER: &str = "another event of the same object has another replay key";
/// Of a row that signs neither an id nor the body.
const ALIKE: &str =
    "another event of the same second: what is signed does not tell it from the first";

/// One file a row.
pub(super) fn files() -> Vec<(String, String)> {
    let rows = providers::ALL.iter().copied().filter(|row| is_signable(row));
    rows.map(|scheme| {
        let file = json!({
            "scheme": scheme.name,
            "about": "Made by `make generate`; the format is in README.md of the folder above.",
            "licence": "CC0-1.0",
            "tests": Row { scheme }.tests(),
        });
        (format!("core/vectors/generated/{}.json", scheme.name), format!("{file:#}\n"))
    })
    .collect()
}

/// What is delivered, of one object: which event, at what time.
#[derive(Clone, Copy)]
struct Case {
    number: u32,
    sent: i64,
    /// Whether values are there that may be absent.
    whole: bool,
    /// Whether conditions are there that may be absent.
    conditions: bool,
}

const FIRST: Case = Case { number: 1, sent: NOW, whole: true, conditions: false };

struct Row {
    scheme: &'static Scheme<'static>,
}

impl Row {
    fn tests(&self) -> Vec<Value> {
        let mut tests = self.genuine();
        tests.extend(self.tampered());
        tests.extend(self.signatures());
        tests.extend(self.times());
        tests.extend(self.ids());
        tests.extend(self.fields());
        tests.extend(self.request_line());
        tests.extend(self.secrets());
        for (at, test) in tests.iter_mut().enumerate() {
            test["id"] = json!(at + 1);
            test["origin"] = json!("generated");
        }
        tests
    }

    fn genuine(&self) -> Vec<Value> {
        let second = Case { number: 2, ..FIRST };
        let later = Case { sent: NOW + 20, ..FIRST };
        let mut rotated = self.verified("rotation: the second secret matches", FIRST);
        rotated["secrets"] = json!([self.secret(2).verifier, self.secret(1).verifier]);
        rotated["secret_index"] = json!(1);
        let mut tests = vec![
            self.verified("a genuine delivery", FIRST),
            self.verified(ANOTHER, second),
            rotated,
        ];
        if tests[0]["replay_key"] == tests[1]["replay_key"] {
            tests[1]["comment"] = json!(ALIKE);
        }
        let mut recased = self.verified("header names in upper case", FIRST);
        for header in recased["headers"].as_array_mut().unwrap() {
            header[0] = json!(header[0].as_str().unwrap().to_ascii_uppercase());
        }
        if recased["headers"].as_array().is_some_and(|headers| !headers.is_empty()) {
            tests.push(recased);
        }
        if self.scheme.timestamp.is_some() {
            let comment = "the same event delivered again 20 seconds later";
            let mut again = self.verified(comment, later);
            again["now"] = json!(later.sent);
            tests.push(again);
        }
        if self.scheme.signed.text().replace("[[", "").contains('[') {
            let bare = Case { whole: false, ..FIRST };
            tests.push(self.verified("without the values that may be absent", bare));
        }
        if self.scheme.checks.iter().any(|check| check.when == When::IfPresent) {
            let bound = Case { conditions: true, ..FIRST };
            tests.push(self.verified("with the values that may be absent", bound));
        }
        tests
    }

    /// A delivery that verifies, with all that is known of it.
    fn verified(&self, comment: &str, case: Case) -> Value {
        let mut test = self.delivery(comment, case);
        self.expect_verified(&mut test, &self.sent(case).received, case.sent);
        test
    }

    /// What a request, that must verify, says.
    fn expect_verified(&self, test: &mut Value, of: &Received, now: i64) {
        let verifier = Verifier::new(self.scheme, self.secret(1).verifier).unwrap();
        let pairs: Vec<(&str, &[u8])> =
            of.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect();
        let request = Request::new(pairs.as_slice(), &of.body).url(&of.url).method(&of.method);
        let delivery = verifier.verify(&request, UnixTime::from_secs(now));
        let delivery =
            delivery.unwrap_or_else(|error| panic!("{}: {error:?}: {test:#}", self.scheme.name));
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
    }

    /// The genuine delivery, to be spoilt by the caller.
    fn refused(&self, comment: &str, code: &str) -> Value {
        let mut test = self.delivery(comment, FIRST);
        test["expect"] = json!(code);
        test
    }

    fn delivery(&self, comment: &str, case: Case) -> Value {
        self.test(comment, &self.sent(case).received, case.sent)
    }

    /// A request as a test.
    fn test(&self, comment: &str, of: &Received, now: i64) -> Value {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("text");
        let headers: Vec<Value> =
            of.headers.iter().map(|(name, value)| json!([name, text(value)])).collect();
        let mut test = json!({
            "comment": comment, "secrets": [self.secret(1).verifier], "headers": headers,
            "body": text(&of.body), "now": now,
        });
        if needs_url(self.scheme) {
            test["url"] = json!(of.url);
        }
        if needs_method(self.scheme) {
            test["method"] = json!(of.method);
        }
        test
    }

    fn sent(&self, case: Case) -> Sent {
        let sent = sender::send(self.scheme, &self.secret(1), &event(case));
        sent.unwrap_or_else(|error| panic!("{}: {error:?}", self.scheme.name))
    }

    /// A secret in the provider's form.
    fn secret(&self, number: usize) -> Secret {
        let text = format!("hookseal test secret number {number}");
        let bytes = match self.scheme.key {
            hookseal::KeyFormat::Hex => vec![u8::try_from(number).unwrap(); 32],
            _ => format!("hookseal test secret # 0{number}").into_bytes(),
        };
        secret(self.scheme, &Seed { text, bytes, pair: number - 1 }, 1)
    }

    fn signature_is_header(&self) -> bool {
        self.scheme.signature.place == Place::Header
    }
}

fn event(case: Case) -> Event {
    let Case { number, sent, whole, conditions } = case;
    let subject = json!({ "subject": { "id": "obj_1", "state": number } });
    Event {
        id: format!("evt_{number}"),
        kind: "thing.changed".into(),
        sent: sent * 1000,
        value: format!("v{number}"),
        fields: subject.as_object().unwrap().clone(),
        plain: None,
        url: URL.into(),
        whole,
        conditions,
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
