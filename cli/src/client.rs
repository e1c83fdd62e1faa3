//! The sender: one request, one answer. Used by `send` and by `listen --forward`.

use core::time::Duration;
use std::io::Read;

use hookseal::capture::Captured;
use serde::Serialize;
use ureq::Agent;
use ureq::http::{HeaderName, HeaderValue, Request, Uri};

use crate::output::Failure;
use crate::text::printable;

const TIMEOUT: Duration = Duration::from_secs(30);

/// How much of an answer is read: enough for its first line.
const MAX_ANSWER: u64 = 8 << 10;

/// What the receiver answered.
#[derive(Serialize)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) first_line: String,
}

/// Where deliveries are sent.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    uri: Uri,
    agent: Agent,
}

impl Target {
    /// From a URL that begins with `http://` or `https://`.
    pub(crate) fn new(url: &str) -> Result<Self, Failure> {
        let wrong = || Failure::usage("a delivery is sent to an http:// or https:// URL");
        let uri: Uri = url.parse().map_err(|_| wrong())?;
        if !matches!(uri.scheme_str(), Some("http" | "https")) || uri.host().is_none() {
            return Err(wrong());
        }
        let config = Agent::config_builder()
            .timeout_global(Some(TIMEOUT))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .user_agent("")
            .accept("");
        // A proxy of the environment has no way to this machine's own receivers.
        let config = if is_local(&uri) { config.proxy(None) } else { config };
        Ok(Target { uri, agent: config.build().new_agent() })
    }

    /// The same with another query, where there is one.
    pub(crate) fn with_query(self, query: Option<&str>) -> Result<Self, Failure> {
        let Some(query) = query.filter(|it| !it.is_empty()) else { return Ok(self) };
        let (mut parts, path) = (self.uri.clone().into_parts(), self.uri.path());
        parts.path_and_query = Some(format!("{path}?{query}").parse().map_err(|_| unsendable())?);
        let uri = Uri::from_parts(parts).map_err(|_| unsendable())?;
        Ok(Target { uri, ..self })
    }

    /// Whether it was given with a query.
    pub(crate) fn has_query(&self) -> bool {
        self.uri.query().is_some()
    }

    /// Sends a delivery with the headers and the raw body that it has.
    pub(crate) fn deliver(&self, delivery: &Captured) -> Result<Answer, Failure> {
        let method = delivery.method.as_deref().unwrap_or("POST");
        let mut request = Request::builder().method(method).uri(&self.uri);
        for (name, value) in delivery.headers.iter().filter(|(name, _)| is_passed_on(name)) {
            let name = HeaderName::from_bytes(name.as_bytes());
            let value = HeaderValue::from_bytes(value);
            let (Ok(name), Ok(value)) = (name, value) else { return Err(unsendable()) };
            request = request.header(name, value);
        }
        let request = request.body(delivery.body.as_slice()).map_err(|_| unsendable())?;
        let mut answer = self.agent.run(request).map_err(|error| {
            // The library's sentences name no header and no byte of the body.
            Failure { exit: crate::output::Exit::Refused, ..unanswered(&error) }
        })?;
        let mut start = Vec::new();
        // An answer that breaks off has still said its status.
        let _ = answer.body_mut().as_reader().take(MAX_ANSWER).read_to_end(&mut start);
        let line = start.split(|byte| *byte == b'\n').next().unwrap_or_default().trim_ascii_end();
        Ok(Answer {
            status: answer.status().as_u16(),
            first_line: printable(&String::from_utf8_lossy(line), 200),
        })
    }
}

fn unanswered(error: &ureq::Error) -> Failure {
    Failure::new("no_answer", format!("the receiver gave no answer: {error}"))
}

fn unsendable() -> Failure {
    Failure::usage("the delivery has a method or a header that HTTP does not allow")
}

fn is_local(uri: &Uri) -> bool {
    let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
    let address = host.parse::<core::net::IpAddr>();
    host.eq_ignore_ascii_case("localhost") || address.is_ok_and(|it| it.is_loopback())
}

/// Whether a header belongs to the delivery, not to the one connection that it came by.
fn is_passed_on(name: &str) -> bool {
    const CONNECTION: [&str; 11] = [
        "connection",
        "content-length",
        "expect",
        "host",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    ];
    !CONNECTION.iter().any(|it| name.eq_ignore_ascii_case(it))
}
