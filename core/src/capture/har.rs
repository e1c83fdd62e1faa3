//! HAR 1.2, as browsers and proxies export it.

use alloc::borrow::ToOwned;
use alloc::vec::Vec;

use super::text::from_base64;
use super::tree::Node;
use super::{CaptureError, Captured};

pub(super) fn read(document: &Node) -> Result<Captured, CaptureError> {
    let request = request(document)?;
    let mut headers = request.pairs("headers")?;
    // Browsers list the pseudo-headers of HTTP/2, which no receiver sees as headers.
    headers.retain(|(name, _)| !name.starts_with(':'));
    Ok(Captured {
        method: request.text("method")?.map(ToOwned::to_owned),
        url: request.text("url")?.map(ToOwned::to_owned),
        headers,
        body: body(request)?,
    })
}

/// The request of a whole log, of an entry, or itself.
fn request(document: &Node) -> Result<&Node, CaptureError> {
    let entry = match document.get("log").and_then(|log| log.get("entries")) {
        None => return Ok(document.get("request").unwrap_or(document)),
        Some(Node::List(entries)) => match entries.as_slice() {
            [] => return Err(CaptureError::NoRequest),
            [entry] => entry,
            _ => return Err(CaptureError::SeveralEntries),
        },
        Some(_) => return Err(CaptureError::MalformedField),
    };
    entry.get("request").ok_or(CaptureError::NoRequest)
}

fn body(request: &Node) -> Result<Vec<u8>, CaptureError> {
    let data = request.get("postData").unwrap_or(&Node::Null);
    let text = match data.get("text") {
        None => "",
        Some(Node::Text(text)) => text,
        Some(_) => return Err(CaptureError::BodyNotText),
    };
    if text.is_empty() && tells_of_a_body(request, data) {
        return Err(CaptureError::NoBodyText);
    }
    match data.text("encoding")? {
        None => Ok(text.as_bytes().to_vec()),
        Some("base64") => from_base64(text),
        Some(_) => Err(CaptureError::UnsupportedEncoding),
    }
}

/// Parsed parameters cannot be put back into the bytes that were sent, nor can a size.
fn tells_of_a_body(request: &Node, data: &Node) -> bool {
    let parameters = matches!(data.get("params"), Some(Node::List(list)) if !list.is_empty());
    let size = matches!(request.get("bodySize"), Some(Node::Number(Some(1..))));
    parameters || size
}
