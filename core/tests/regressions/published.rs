//! Deliveries that their providers made, for rows whose private key nobody else has.

use std::path::Path;

use hookseal::UnixTime;
use serde_json::Value;

use crate::reference::Received;
use crate::support::text::unbase64;

/// The first delivery of a row that verifies: its secret, its receiver's clock, the request.
pub(crate) fn delivery(row: &str) -> (String, UnixTime, Received) {
    let vectors = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors");
    let text = std::fs::read(vectors.join(format!("{row}.json"))).unwrap();
    let file: Value = serde_json::from_slice(&text).unwrap();
    let mut tests = file["tests"].as_array().unwrap().iter();
    let test = tests.find(|test| test["expect"] == "verified").unwrap();
    let text = |key: &str| test[key].as_str().unwrap_or_default().to_owned();
    let header = |pair: &Value| {
        let [name, value] = [0, 1].map(|at| pair[at].as_str().unwrap().to_owned());
        (name.to_lowercase(), value.into_bytes())
    };
    let body = test["body_base64"].as_str().map(unbase64);
    let received = Received {
        headers: test["headers"].as_array().unwrap().iter().map(header).collect(),
        url: text("url"),
        method: text("method"),
        body: body.unwrap_or_else(|| text("body").into_bytes()),
    };
    let secret = test["secrets"][0].as_str().unwrap().to_owned();
    (secret, UnixTime::from_secs(test["now"].as_i64().unwrap()), received)
}
