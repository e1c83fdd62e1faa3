//! The JSON form of the project's own: what vectors are written in, and captures are kept in.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::text::{from_base64, to_base64};
use super::tree::Node;
use super::{CaptureError, Captured};
use crate::json_text::quoted_text as quoted;

pub(super) fn read(request: &Node) -> Result<Captured, CaptureError> {
    let body = match (request.get("body"), request.text("body_base64")?) {
        (Some(_), Some(_)) => return Err(CaptureError::TwoBodies),
        (Some(Node::Text(text)), None) => text.as_bytes().to_vec(),
        (Some(_), None) => return Err(CaptureError::BodyNotText),
        (None, Some(text)) => from_base64(text)?,
        (None, None) => Vec::new(),
    };
    Ok(Captured {
        method: request.text("method")?.map(ToOwned::to_owned),
        url: request.text("url")?.map(ToOwned::to_owned),
        headers: request.pairs("headers")?,
        body,
    })
}

impl Captured {
    /// Writes the request in the JSON form, one header on a line; [`read`](super::read) takes it
    /// back to the same request. A header value that is not UTF-8 becomes `{"base64": "…"}`, and
    /// such a body `body_base64`.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut fields = Vec::new();
        fields.extend(self.method.as_ref().map(|method| format!("\"method\": {}", quoted(method))));
        fields.extend(self.url.as_ref().map(|url| format!("\"url\": {}", quoted(url))));
        fields.push(format!("\"headers\": [{}]", self.header_lines()));
        fields.push(match core::str::from_utf8(&self.body) {
            Ok(text) => format!("\"body\": {}", quoted(text)),
            Err(_) => format!("\"body_base64\": \"{}\"", to_base64(&self.body)),
        });
        format!("{{\n  {}\n}}\n", fields.join(",\n  "))
    }

    fn header_lines(&self) -> String {
        let line = |(name, value): &(String, Vec<u8>)| match core::str::from_utf8(value) {
            Ok(text) => format!("\n    [{}, {}]", quoted(name), quoted(text)),
            Err(_) => {
                format!("\n    [{}, {{\"base64\": \"{}\"}}]", quoted(name), to_base64(value))
            }
        };
        let mut lines = self.headers.iter().map(line).collect::<Vec<_>>().join(",");
        if !lines.is_empty() {
            lines.push_str("\n  ");
        }
        lines
    }
}
