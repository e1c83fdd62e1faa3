//! The files of `core/vectors`, and what stands in them. For the core's own tests too, which have
//! no prelude of `std`.

use std::string::String;
use std::vec::Vec;
use std::{format, fs};

use serde_json::Value;

pub(crate) fn file(path: &str) -> String {
    let path = format!("{}/vectors/{path}", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(&path).expect(&path)
}

pub(crate) fn json(path: &str) -> Value {
    serde_json::from_str(&file(path)).expect(path)
}

pub(crate) fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

pub(crate) fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

pub(crate) fn from_hex(text: &str) -> Vec<u8> {
    let digit = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).unwrap();
    (0..text.len()).step_by(2).map(digit).collect()
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
