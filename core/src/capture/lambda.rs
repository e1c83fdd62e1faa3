//! The events that AWS hands to a function: API Gateway 1.0 and 2.0, function URLs, and
//! application load balancers.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::text::{from_base64, percent_encoded};
use super::tree::Node;
use super::{CaptureError, Captured};

pub(super) fn read(event: &Node) -> Result<Captured, CaptureError> {
    let context = event.get("requestContext").unwrap_or(&Node::Null);
    let method = match context.get("http") {
        Some(http) => http.text("method")?,
        None => event.text("httpMethod")?,
    };
    let headers = headers(event)?;
    Ok(Captured {
        method: method.map(ToOwned::to_owned),
        url: url(event, context, &headers)?,
        body: body(event)?,
        headers,
    })
}

/// `multiValueHeaders` comes first, since `headers` has only the last of a repeated one.
fn headers(event: &Node) -> Result<Vec<(String, Vec<u8>)>, CaptureError> {
    let mut headers = event.pairs("multiValueHeaders")?;
    if headers.is_empty() {
        headers = event.pairs("headers")?;
    }
    // Format 2.0 takes the cookies out of the headers.
    let cookies = match event.get("cookies") {
        None => &[],
        Some(Node::List(cookies)) => cookies.as_slice(),
        Some(_) => return Err(CaptureError::MalformedField),
    };
    let texts = cookies.iter().map(|cookie| match cookie {
        Node::Text(text) => Ok(text.as_str()),
        _ => Err(CaptureError::MalformedField),
    });
    let cookies = texts.collect::<Result<Vec<_>, _>>()?;
    if !cookies.is_empty() {
        headers.push(("cookie".into(), cookies.join("; ").into_bytes()));
    }
    Ok(headers)
}

fn body(event: &Node) -> Result<Vec<u8>, CaptureError> {
    let text = match event.get("body") {
        None => "",
        Some(Node::Text(text)) => text,
        Some(_) => return Err(CaptureError::BodyNotText),
    };
    match event.get("isBase64Encoded") {
        None | Some(Node::Bool(false)) => Ok(text.as_bytes().to_vec()),
        Some(Node::Bool(true)) => from_base64(text),
        Some(_) => Err(CaptureError::MalformedField),
    }
}

/// The URL as far as the event tells it; the scheme is taken to be https.
fn url(
    event: &Node,
    context: &Node,
    headers: &[(String, Vec<u8>)],
) -> Result<Option<String>, CaptureError> {
    let host = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("host"));
    let host = host.and_then(|(_, value)| core::str::from_utf8(value).ok());
    // The context's path has the stage in it, which the sender's URL has too.
    let path = match (event.text("rawPath")?, context.text("path")?) {
        (Some(path), _) | (None, Some(path)) => Some(path),
        (None, None) => event.text("path")?,
    };
    let (Some(host), Some(path)) = (context.text("domainName")?.or(host), path) else {
        return Ok(None);
    };
    let query = query(event, context)?;
    let mark = if query.is_empty() { "" } else { "?" };
    Ok(Some(format!("https://{host}{path}{mark}{query}")))
}

/// The query: raw in format 2.0, else put together from the parameters, whose order is lost.
/// API Gateway has decoded them, a load balancer has not.
fn query(event: &Node, context: &Node) -> Result<String, CaptureError> {
    if let Some(raw) = event.text("rawQueryString")? {
        return Ok(raw.into());
    }
    let mut parameters = event.pairs("multiValueQueryStringParameters")?;
    if parameters.is_empty() {
        parameters = event.pairs("queryStringParameters")?;
    }
    let raw = context.get("elb").is_some();
    let spelled = |text: &[u8]| {
        if raw { String::from_utf8_lossy(text).into_owned() } else { percent_encoded(text, "%20") }
    };
    let texts = parameters
        .iter()
        .map(|(name, value)| format!("{}={}", spelled(name.as_bytes()), spelled(value)));
    Ok(texts.collect::<Vec<_>>().join("&"))
}
