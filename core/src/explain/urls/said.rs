//! What the headers of a request say of the URL at which it came in. They are the sender's, or a
//! proxy's: hints for what to try, and nothing more.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::parts::{Parts, split_port};
use crate::request::Request;

/// The header that says it, and what.
type Hint<'h, T> = (&'h str, T);

/// The hints, the most telling first.
#[derive(Default)]
pub(super) struct Said<'h> {
    pub(super) schemes: Vec<Hint<'h, &'static str>>,
    /// With a port, where one is named.
    pub(super) hosts: Vec<Hint<'h, String>>,
    /// With a colon; empty: a host was named without one.
    pub(super) ports: Vec<Hint<'h, String>>,
    /// What may be the path, with its query.
    pub(super) targets: Vec<Hint<'h, String>>,
    /// What a proxy has taken off the path.
    pub(super) prefixes: Vec<Hint<'h, String>>,
}

/// Headers by what they name, in the order in which they are believed.
const SCHEMES: [&str; 8] = [
    "x-forwarded-proto",
    "x-forwarded-protocol",
    "x-forwarded-scheme",
    "x-original-proto",
    "x-url-scheme",
    "cloudfront-forwarded-proto",
    "x-scheme",
    "cf-visitor",
];
const SWITCHES: [&str; 3] = ["front-end-https", "x-forwarded-ssl", "x-forwarded-https"];
const HOSTS: [&str; 6] =
    ["x-forwarded-host", "x-original-host", "x-host", "x-forwarded-server", ":authority", "host"];
const PORTS: [&str; 2] = ["x-forwarded-port", "x-original-port"];
const TARGETS: [&str; 10] = [
    "x-original-url",
    "x-original-uri",
    "x-rewrite-url",
    "x-envoy-original-path",
    "x-forwarded-uri",
    "x-forwarded-path",
    "x-original-path",
    "x-replaced-path",
    "x-request-uri",
    ":path",
];
const PREFIXES: [&str; 4] =
    ["x-forwarded-prefix", "x-script-name", "x-original-prefix", "x-ingress-path"];

/// Most values of one header, and the longest.
const MOST: usize = 4;
const MAX_LENGTH: usize = 2048;

impl Said<'static> {
    pub(super) fn by(request: &Request<'_>) -> Self {
        let mut said = Said::default();
        said.forwarded(request);
        for name in SCHEMES {
            each(request, name, &mut |text| said.scheme(name, text));
        }
        for name in SWITCHES {
            each(request, name, &mut |text| {
                let is_on = text.eq_ignore_ascii_case("on") || text == "1";
                said.schemes.push((name, if is_on { "https" } else { "http" }));
            });
        }
        for name in TARGETS {
            whole(request, name, &mut |text| said.target(name, text));
        }
        for name in HOSTS {
            each(request, name, &mut |text| said.host(name, text));
        }
        for name in PORTS {
            each(request, name, &mut |text| said.port(name, text));
        }
        for name in PREFIXES {
            each(request, name, &mut |text| said.prefixes.push((name, text.to_string())));
        }
        said
    }

    /// The header of RFC 7239.
    fn forwarded(&mut self, request: &Request<'_>) {
        const NAME: &str = "forwarded";
        each(request, NAME, &mut |element| {
            for pair in element.split([';']) {
                let (key, value) = pair.split_once(['=']).unwrap_or((pair, ""));
                let value = value.trim().trim_matches(['"']);
                match key.trim() {
                    key if key.eq_ignore_ascii_case("proto") => self.scheme(NAME, value),
                    key if key.eq_ignore_ascii_case("host") => self.host(NAME, value),
                    _ => {}
                }
            }
        });
    }

    /// A scheme by its name, in whatever it stands.
    fn scheme(&mut self, name: &'static str, text: &str) {
        let text = text.to_ascii_lowercase();
        let is = |scheme| text == scheme || text.contains(&["\"", scheme, "\""].concat());
        if is("https") || text == "wss" {
            self.schemes.push((name, "https"));
        } else if is("http") {
            self.schemes.push((name, "http"));
        }
    }

    fn host(&mut self, name: &'static str, text: &str) {
        if text.is_empty() || text.bytes().any(|byte| b"/?#@ ".contains(&byte)) {
            return;
        }
        self.hosts.push((name, text.into()));
        self.ports.push((name, split_port(text).1.into()));
    }

    fn port(&mut self, name: &'static str, text: &str) {
        if (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) {
            self.ports.push((name, [":", text].concat()));
        }
    }

    /// A path, or a whole URL.
    fn target(&mut self, name: &'static str, text: &str) {
        let parts = Parts::of(text);
        if !parts.scheme.is_empty() {
            self.scheme(name, parts.scheme.trim_end_matches("://"));
            self.host(name, &[parts.host, parts.port].concat());
        }
        let path = if parts.path.is_empty() { "/" } else { parts.path };
        if text.starts_with(['/']) || !parts.scheme.is_empty() {
            self.targets.push((name, [path, parts.query].concat()));
        }
    }
}

/// Every value of a header, which may be a list.
fn each(request: &Request<'_>, name: &str, each: &mut dyn FnMut(&str)) {
    whole(request, name, &mut |text| text.split([',']).take(MOST).for_each(|it| each(it.trim())));
}

/// The values of a header as they are.
fn whole(request: &Request<'_>, name: &str, each: &mut dyn FnMut(&str)) {
    let mut left = MOST;
    request.headers.values(name, |value| {
        if let Ok(text) = str::from_utf8(value)
            && text.len() <= MAX_LENGTH
            && left > 0
        {
            left = left.saturating_sub(1);
            each(text.trim());
        }
    });
}
