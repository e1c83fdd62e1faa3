//! The other end of `oracles/`: signs and verifies what it is told on stdin, one JSON value a line.
//!
//! ```text
//! {"op": "rows"}                                          → {"rows": ["ably", …]}
//! {"op": "sign", "row", "secrets", "body", "now_ms", "event_id"?, "url"?, "method"?, "headers"?}
//!                                             → {"headers": [[name, value], …], "signature"}
//! {"op": "verify", "row", "secrets", "body", "now_ms", "headers", "url"?, "method"?}
//!                                                         → {"verdict": "verified" or a code}
//! ```
//! `body` is base64, `now_ms` is Unix time in milliseconds. What cannot be done is answered by
//! `{"refused": code}`. Secrets shorter than 16 bytes are taken: vendors' examples are.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::io::{BufRead, Write, stdin, stdout};

use base64ct::{Base64, Encoding};
use hookseal::{Request, SetupError, Signer, UnixTime, Verifier, providers};
use serde_json::{Value, json};

fn main() {
    let mut answers = stdout().lock();
    for line in stdin().lock().lines() {
        let command = Command(serde_json::from_str(&line.unwrap()).unwrap());
        let answer = command.answer().unwrap_or_else(|code| json!({ "refused": code }));
        writeln!(answers, "{answer}").unwrap();
    }
}

struct Command(Value);

impl Command {
    /// The answer, or the code of why there is none.
    fn answer(&self) -> Result<Value, &'static str> {
        let mut memory = vec![0; self.text("body").unwrap_or_default().len()];
        let body = Base64::decode(self.text("body").unwrap_or_default(), &mut memory).unwrap();
        let headers = self.headers();
        let mut request = Request::new(headers.as_slice(), body);
        if let Some(url) = self.text("url") {
            request = request.url(url);
        }
        if let Some(method) = self.text("method") {
            request = request.method(method);
        }
        match self.text("op").unwrap() {
            "rows" => {
                Ok(json!({ "rows": providers::ALL.iter().map(|it| it.name).collect::<Vec<_>>() }))
            }
            "sign" => self.sign(&request),
            "verify" => self.verify(&request),
            other => panic!("no such op: {other}"),
        }
    }

    fn sign(&self, request: &Request<'_>) -> Result<Value, &'static str> {
        let row = providers::by_name(self.text("row").unwrap()).map_err(|error| error.code())?;
        let [secret] = self.secrets()[..] else { return Err("one_secret_signs") };
        let signer = Signer::danger_weak_secret(row, secret).map_err(SetupError::code)?;
        let signed = signer.sign(request, self.text("event_id"), self.now());
        let signed = signed.map_err(|error| error.code())?;
        let headers = signed.headers().map(|(name, value)| json!([name, value.to_string()]));
        let headers = headers.collect::<Vec<_>>();
        Ok(json!({ "headers": headers, "signature": signed.signature() }))
    }

    fn verify(&self, request: &Request<'_>) -> Result<Value, &'static str> {
        let row = providers::by_name(self.text("row").unwrap()).map_err(|error| error.code())?;
        let secrets = self.secrets();
        let (first, others) = secrets.split_first().ok_or("no_secret")?;
        let mut verifier = Verifier::danger_weak_secret(row, first).map_err(SetupError::code)?;
        for secret in others {
            verifier = verifier.and_danger_weak_secret(secret).map_err(SetupError::code)?;
        }
        let verdict = verifier.verify(request, self.now());
        Ok(json!({ "verdict": verdict.map_or_else(|error| error.code(), |_| "verified") }))
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.0[name].as_str()
    }

    fn now(&self) -> UnixTime {
        UnixTime::from_millis(self.0["now_ms"].as_i64().unwrap())
    }

    fn secrets(&self) -> Vec<&str> {
        self.0["secrets"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect()
    }

    fn headers(&self) -> Vec<(&str, &str)> {
        let pairs = self.0["headers"].as_array().into_iter().flatten();
        pairs.map(|pair| (pair[0].as_str().unwrap(), pair[1].as_str().unwrap())).collect()
    }
}
