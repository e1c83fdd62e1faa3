//! The deliveries that vendors published, from `core/vectors`, each at its own time.

use std::path::{Path, PathBuf};

use base64ct::{Base64, Encoding};
use serde_json::Value;

use crate::Failure;
use crate::cases::{Case, Endpoint, Sender};
use crate::http::Headers;

/// The last second that `hookseal` takes. One vendor's test calls a time in milliseconds seconds.
const MAX_NOW: i64 = 100_000_000_000;

/// Every test of the vectors whose origin is `published`.
pub(crate) fn cases() -> Result<Vec<Case>, Failure> {
    let mut cases = Vec::new();
    for path in files()? {
        let file: Value = serde_json::from_slice(&std::fs::read(path)?)?;
        let scheme = text(&file, "scheme")?;
        for test in list(&file, "tests")? {
            if text(test, "origin")? == "published" {
                cases.push(case(&scheme, test)?);
            }
        }
    }
    if cases.is_empty() {
        Err("core/vectors has no published deliveries".into())
    } else {
        Ok(cases)
    }
}

fn files() -> Result<Vec<PathBuf>, Failure> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/vectors");
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        files.push(entry?.path());
    }
    files.retain(|path| path.extension().is_some_and(|it| it == "json"));
    files.sort();
    Ok(files)
}

fn case(scheme: &str, test: &Value) -> Result<Case, Failure> {
    let strings = |value: &Value| value.as_str().map(ToOwned::to_owned);
    let secrets: Option<Vec<String>> = list(test, "secrets")?.iter().map(strings).collect();
    let pair = |pair: &Value| Some((strings(pair.get(0)?)?, strings(pair.get(1)?)?));
    let headers: Option<Headers> = list(test, "headers")?.iter().map(pair).collect();
    let id = test.get("id").and_then(Value::as_u64).unwrap_or_default();
    let now = test.get("now").and_then(Value::as_i64).ok_or("a vector has no time")?;
    Ok(Case {
        name: format!("{scheme}: published, vector {id}"),
        endpoint: Endpoint {
            provider: scheme.to_owned(),
            secrets: secrets.ok_or("a secret is not text")?,
            allow_weak: test.get("allow_weak_secret") == Some(&Value::Bool(true)),
            now: Some(now.min(MAX_NOW)),
            url: text(test, "url").ok(),
        },
        target: text(test, "url").map_or_else(|_| "/hook".to_owned(), |url| target(&url)),
        method: text(test, "method").unwrap_or_else(|_| "POST".to_owned()),
        sender: Sender::Demo(headers.ok_or("a header is not text")?),
        body: match text(test, "body_base64") {
            Ok(body) => Base64::decode_vec(&body).map_err(|_| "a body is not base64")?,
            Err(_) => text(test, "body").unwrap_or_default().into_bytes(),
        },
        expected: text(test, "expect")?,
        secret_index: test.get("secret_index").and_then(Value::as_u64),
        is_repeat: None,
    })
}

/// Path and query of a URL.
fn target(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |it| it.1);
    let at = rest.find(['/', '?']).unwrap_or(rest.len());
    let (_, target) = rest.split_at(at);
    if target.starts_with('/') { target.to_owned() } else { format!("/{target}") }
}

fn text(value: &Value, key: &str) -> Result<String, Failure> {
    let text = value.get(key).and_then(Value::as_str);
    Ok(text.ok_or_else(|| format!("a vector has no {key}"))?.to_owned())
}

fn list<'v>(value: &'v Value, key: &str) -> Result<&'v Vec<Value>, Failure> {
    let list = value.get(key).and_then(Value::as_array);
    Ok(list.ok_or_else(|| format!("a vector has no {key}"))?)
}
