//! Deliveries of which something was changed on their way.

use hookseal::{Algorithm, Coverage, Weakness};
use serde_json::{Value, json};

use super::{Case, FIRST, NOW, Row};
use crate::reference::Received;
use crate::reference::template::{Piece, parts};
use crate::sender::draft::Body;

impl Row {
    pub(super) fn tampered(&self) -> Vec<Value> {
        let mut other = self.refused("signed under another secret", "signature_mismatch");
        other["secrets"] = json!([self.secret(2).verifier]);
        let mut tests = vec![other];
        let body = self.scheme.bound().body;
        if self.signs_bytes() {
            let comment = "one byte added to the body";
            let mut longer = self.refused(comment, self.tampered_code());
            longer["body"] = json!(format!("{} ", longer["body"].as_str().unwrap()));
            tests.push(longer);
        }
        let changed = self.changed_field();
        // A form of which all is signed, or a body that is minified: there a byte more is nothing.
        if body != Coverage::Nothing && body != Coverage::Fields && !self.body_is_signature() {
            tests.push(self.with(
                "a field of the body is another one",
                &changed,
                Some(self.tampered_code()),
            ));
        }
        if matches!(body, Coverage::Nothing | Coverage::Fields) && !self.signs_all_fields() {
            let comment = "what the signature does not cover is another one: nobody can tell";
            tests.push(self.with(comment, &changed, None));
        }
        tests
    }

    /// A value that the row signs by its name: gone, and empty.
    pub(super) fn fields(&self) -> Vec<Value> {
        let parts = parts(self.scheme.signed.text());
        let mut named = parts.iter().filter(|part| part.group == 0).filter_map(|part| {
            let Piece::Word(word, name) = &part.piece else { return None };
            match word.as_str() {
                "header" => Some(hookseal::header(name)),
                "json" => Some(hookseal::json(name)),
                "form" if !name.is_empty() => Some(hookseal::form(name)),
                "query" => Some(hookseal::query(name)),
                _ => None,
            }
        });
        let Some(source) = named.next() else { return Vec::new() };
        let sent = self.sent(FIRST);
        let mut draft = sent.draft;
        draft.remove(&source);
        let missing = draft.signed(self.scheme, "key1", &sent.signature);
        draft.put(&source, "");
        let empty = draft.signed(self.scheme, "key1", &sent.signature);
        let loose = self.scheme.admits(Weakness::LooseJoins);
        let code = if loose { "signature_mismatch" } else { "malformed_field" };
        vec![
            self.with("a value that is signed is missing", &missing, Some("missing_field")),
            self.with("a value that is signed is empty", &empty, Some(code)),
        ]
    }

    /// Whether every byte of the body is signed as it was received.
    fn signs_bytes(&self) -> bool {
        let of_bytes = |text: &str| {
            ["{body}", "{body|sha", "{body|md5", "{body|quoted}", "{body|base64url}", "{body|crc"]
                .iter()
                .any(|word| text.contains(word))
        };
        of_bytes(self.scheme.signed.text())
            || self.bound_by_condition() && self.conditions().any(of_bytes)
    }

    /// Whether all fields are signed, though not the bytes that they stand in.
    fn signs_all_fields(&self) -> bool {
        ["{form|", "{body|sorted}"].iter().any(|word| self.scheme.signed.text().contains(word))
    }

    fn conditions(&self) -> impl Iterator<Item = &'static str> {
        self.scheme.checks.iter().map(|check| check.equals.text())
    }

    /// Whether it is a condition that binds the body.
    fn bound_by_condition(&self) -> bool {
        let signed = self.scheme.signed.text();
        !signed.contains("{body")
            && !signed.contains("{form")
            && self.scheme.bound().body.is_whole()
    }

    fn tampered_code(&self) -> &'static str {
        match self.scheme.algorithm {
            Algorithm::Token => "verified",
            _ if self.body_is_signature() => "malformed_signature",
            _ if self.bound_by_condition() => "body_hash_mismatch",
            _ => "signature_mismatch",
        }
    }

    fn body_is_signature(&self) -> bool {
        self.scheme.signature.place == hookseal::Place::Body
    }

    /// The genuine delivery with one more field in its body.
    fn changed_field(&self) -> Received {
        let sent = self.sent(Case { ..FIRST });
        let mut draft = sent.draft;
        match &mut draft.body {
            Body::Json(root) => root["added"] = json!(true),
            Body::Form(pairs) => pairs.push(("added".into(), "true".into())),
            Body::Plain(bytes) => bytes.push(b'!'),
        }
        draft.signed(self.scheme, "key1", &sent.signature)
    }

    /// A request as a test. `None`: it verifies.
    fn with(&self, comment: &str, of: &Received, code: Option<&str>) -> Value {
        let mut test = self.test(comment, of, NOW);
        match code {
            Some(code) => test["expect"] = json!(code),
            None => self.expect_verified(&mut test, of, NOW),
        }
        test
    }
}
