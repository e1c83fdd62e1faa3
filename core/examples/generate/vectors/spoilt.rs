//! Deliveries that are spoilt in one place: signature, time, event id, request line.

use hookseal::{Clock, Encoding, EventId, Place, Source, Weakness};
use serde_json::{Value, json};

use super::{FIRST, NOW, Row};
use crate::reference::Received;
use crate::sender::clock::{LIFE, written};
use crate::sender::draft::{first, text};
use crate::sender::{needs_method, needs_url, reads};

impl Row {
    /// The signature: gone, twice, empty, huge, too many of them.
    pub(super) fn signatures(&self) -> Vec<Value> {
        if self.signature_is_header() { self.header() } else { self.field() }
    }

    fn header(&self) -> Vec<Value> {
        let name = first(&self.scheme.signature);
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
        let prefix = prefix.split('|').next().unwrap();
        let close = if prefix.ends_with('"') { "\"" } else { "" };
        if !split.is_empty() {
            tests.push(change("17 signatures", "too_many_signatures", &|value| {
                vec![format!("{value}{}", format!("{split}{prefix}A{close}").repeat(16))]
            }));
        }
        if !split.is_empty() && !prefix.is_empty() {
            tests.push(change("only an unknown version", "malformed_signature", &|value| {
                vec![value.replace(prefix, "v77")]
            }));
        }
        tests
    }

    /// A signature that is a field of the body, a parameter of the URL, or the body itself.
    fn field(&self) -> Vec<Value> {
        let sent = self.sent(FIRST);
        let test = |comment: &str, of: &Received, code: &str| {
            let mut test = self.test(comment, of, NOW);
            test["expect"] = json!(code);
            test
        };
        let mut bare = sent.draft.received();
        if self.scheme.signature.place == Place::Body {
            bare.body.clear();
        }
        let empty = sent.draft.signed(self.scheme, "key1", "");
        let mut tests = vec![test("no signature", &bare, "missing_signature")];
        if self.scheme.signature.place != Place::Body {
            tests.push(test("an empty signature", &empty, "malformed_signature"));
        }
        tests
    }

    pub(super) fn times(&self) -> Vec<Value> {
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
        // A signer's JWS says itself until when it is good, and then is no longer.
        let is_jws = self.scheme.encoding == Encoding::Jws;
        let oldest = if is_jws { past.min(LIFE / 1000 - 1) } else { past };
        let mut tests = match time.clock {
            Clock::Expiry => {
                let last = LIFE / 1000 + past;
                vec![
                    at("the last second in which it is good", last - 1, "verified"),
                    at("one second later", last + 1, "timestamp_too_old"),
                ]
            }
            _ => vec![
                at("as old as the window allows", oldest, "verified"),
                at("one second older than the window allows", past + 1, "timestamp_too_old"),
                at("as far ahead as the window allows", -future, "verified"),
                at(
                    "one second further ahead than the window allows",
                    -future - 1,
                    "timestamp_too_new",
                ),
            ],
        };
        if time.source.place != Place::Claim {
            tests.extend(self.spelled_times());
        }
        let needs_json =
            [self.scheme.signature, time.source].iter().any(|it| it.place == Place::Json);
        if needs_json || reads(self.scheme, Place::Body, &["{json"]) {
            let mut test = self.refused("a body that is not JSON", "malformed_body");
            test["body"] = json!("{");
            tests.push(test);
        }
        tests
    }

    fn spelled_times(&self) -> Vec<Value> {
        let time = self.scheme.timestamp.unwrap();
        let text = text(&written(&time, NOW * 1000));
        let bad = match time.clock {
            Clock::HttpDate => ["Tue, 14 Nov 2023 22:13:20 UTC", "Mon, 14 Nov 2023 22:13:20 GMT"],
            Clock::Rfc3339 | Clock::Iso8601 => {
                ["2023-11-14 22:13:20.000Z", "2023-02-30T22:13:20.000Z"]
            }
            Clock::Millis => ["17000000000000", "170000000000"],
            _ => ["17000000000", "170000000"],
        };
        let signed = format!("+{text}");
        let header = (time.source.place == Place::Header).then_some(signed.as_str());
        let spoilt = |with: &str| {
            let mut test = self.refused("a time in another spelling", "malformed_timestamp");
            let found = ["headers", "body", "url"]
                .map(|part| test.get_mut(part).is_some_and(|part| replace(part, &text, with)));
            assert!(found.contains(&true), "{}: {text}", self.scheme.name);
            test
        };
        bad.into_iter().chain(header).map(spoilt).collect()
    }

    /// An id that the scheme signs: gone, empty, with the separator in it.
    pub(super) fn ids(&self) -> Vec<Value> {
        let signed = self.scheme.signed.text();
        let Some(EventId { source, .. }) = self.scheme.event_id else { return Vec::new() };
        if !signed.contains("{event_id}") || source.place != Place::Header {
            return Vec::new();
        }
        let name = first(&source);
        let change = |comment: &str, code: &str, value: Option<&str>| {
            let mut test = self.refused(comment, code);
            let headers = test["headers"].as_array_mut().unwrap();
            headers.retain(|header| header[0] != name);
            headers.extend(value.map(|value| json!([name, value])));
            test
        };
        // A group falls away without its value; and free text is not looked at.
        let grouped = signed
            .split('[')
            .skip(1)
            .any(|it| it.split(']').next().is_some_and(|group| group.contains("{event_id}")));
        let loose = self.scheme.admits(Weakness::LooseJoins);
        let listed = self.scheme.signed_headers.is_some();
        let code = |code| if grouped || loose { "signature_mismatch" } else { code };
        let missing = if grouped && !listed { "signature_mismatch" } else { "missing_event_id" };
        let mut tests = vec![
            change("no event id", missing, None),
            change("an empty event id", code("malformed_event_id"), Some("")),
        ];
        if signed.contains("{event_id}.") {
            let comment = "the separator in the event id";
            tests.push(change(comment, code("malformed_event_id"), Some("evt.1")));
        }
        tests
    }

    pub(super) fn request_line(&self) -> Vec<Value> {
        let without = |comment: &str, code: &str, key: &str| {
            let mut test = self.refused(comment, code);
            test.as_object_mut().unwrap().remove(key);
            test
        };
        let url = needs_url(self.scheme).then(|| without("no URL given", "missing_url", "url"));
        let signs_method = needs_method(self.scheme);
        let method = signs_method.then(|| without("no method given", "missing_method", "method"));
        let lower = signs_method.then(|| {
            let mut test = self.refused("a method in lower case", "missing_method");
            test["method"] = json!("post");
            test
        });
        [url, method, lower].into_iter().flatten().collect()
    }
}

/// Replaces a text in every string below a value, and says whether it was there.
fn replace(value: &mut Value, text: &str, with: &str) -> bool {
    match value {
        Value::String(string) => {
            let encoded = text.replace(':', "%3A").replace('+', "%2B");
            let found = string.contains(text) || string.contains(&encoded);
            *string = string.replace(text, with).replace(&encoded, with);
            found
        }
        Value::Array(items) => {
            let found: Vec<bool> = items.iter_mut().map(|item| replace(item, text, with)).collect();
            found.contains(&true)
        }
        _ => false,
    }
}
