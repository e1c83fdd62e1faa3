//! Secrets that must not make a verifier, and a body that is too large.

use hookseal::KeyFormat;
use serde_json::{Value, json};

use super::Row;

impl Row {
    pub(super) fn secrets(&self) -> Vec<Value> {
        let mut tests = match self.scheme.key {
            KeyFormat::PublicKey { .. } => self.public_keys(),
            _ => self.shared_secrets(),
        };
        let five = (1..=5).map(|number| self.secret(number).verifier).collect();
        tests.push(self.with_secrets("five secrets", "too_many_secrets", five));
        let mut large = self.refused("a body over the limit", "body_too_large");
        large["body_limit"] = json!(4);
        tests.push(large);
        tests
    }

    fn shared_secrets(&self) -> Vec<Value> {
        let with = |comment: &str, code: &str, secret: &str| {
            self.with_secrets(comment, code, vec![self.whole(secret)])
        };
        let weak = match self.scheme.key {
            KeyFormat::Base64 { .. } => "c2hvcnQ=",
            KeyFormat::Hex => "73686f7274",
            _ => "short",
        };
        let pem = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----\n";
        let mut tests = vec![
            with("an empty secret", "empty_secret", ""),
            with("a secret of blanks", "empty_secret", " \t\n"),
            with("a secret of 5 bytes, not allowed by name", "weak_secret", weak),
        ];
        // Where the byte between the halves is in a PEM, there is no telling what it is.
        if !self.scheme.key_id.is_some_and(|mark| pem.contains(char::from(mark))) {
            tests.push(with("a public key instead of a secret", "wrong_key_type", pem));
        }
        if self.names_key_id() {
            let secrets = vec!["a secret without the id of its key".into()];
            let comment = "a secret of which one half is missing";
            tests.push(self.with_secrets(comment, "malformed_secret", secrets));
        }
        if let KeyFormat::Hex = self.scheme.key {
            tests.push(with("a secret that is not hex", "malformed_secret", &"0g".repeat(16)));
        }
        if let KeyFormat::Base64 { prefix } = self.scheme.key {
            let secret = format!("{prefix}not base64: {}", "*".repeat(24)).replace(':', "");
            tests.push(with("a secret that is not base64", "malformed_secret", &secret));
            if !prefix.is_empty() {
                tests.push(with("nothing after the secret's prefix", "empty_secret", prefix));
            }
        }
        tests
    }

    fn public_keys(&self) -> Vec<Value> {
        let with = |comment: &str, code: &str, secret: &str| {
            self.with_secrets(comment, code, vec![self.whole(secret)])
        };
        vec![
            with("an empty key", "empty_secret", ""),
            with("a key of blanks", "empty_secret", " \t\n"),
            with("a text that is no key", "malformed_secret", "not a key, whatever it is"),
        ]
    }

    /// The key behind the id that the row's secrets have.
    fn whole(&self, key: &str) -> String {
        self.scheme.key_id.map_or(key.into(), |mark| format!("key1{}{key}", char::from(mark)))
    }

    /// Whether what is signed, or a condition, names the public half of the secret.
    fn names_key_id(&self) -> bool {
        let conditions = self.scheme.checks.iter().map(|check| check.equals.text());
        conditions.chain([self.scheme.signed.text()]).any(|text| text.contains("{key_id}"))
    }

    fn with_secrets(&self, comment: &str, code: &str, secrets: Vec<String>) -> Value {
        let mut test = self.refused(comment, code);
        test["secrets"] = json!(secrets);
        test
    }
}
