//! Scheme, host and port: what stands before the path.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::said::Said;
use super::search::Component;
use crate::explain::cause::CauseCode;

/// A URL cut into its parts, each with the marks that belong to it, so that they join to the whole.
#[derive(Clone, Copy, Default)]
pub(super) struct Parts<'u> {
    /// With its `://`; empty where the URL has none.
    pub(super) scheme: &'u str,
    /// With the user information before it.
    pub(super) host: &'u str,
    /// With its colon.
    pub(super) port: &'u str,
    pub(super) path: &'u str,
    /// With its question mark.
    pub(super) query: &'u str,
    /// With its `#`.
    pub(super) fragment: &'u str,
    /// No URL was given at all.
    pub(super) missing: bool,
}

impl<'u> Parts<'u> {
    pub(super) fn of(url: &'u str) -> Self {
        let (url, fragment) = cut(url, |byte| byte == b'#');
        let (url, query) = cut(url, |byte| byte == b'?');
        let end = ["https://", "http://"].into_iter().find(|scheme| {
            url.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme))
        });
        let (scheme, rest) = url.split_at_checked(end.map_or(0, str::len)).unwrap_or(("", url));
        let (authority, path) = cut(rest, |byte| byte == b'/');
        let (host, port) = split_port(authority);
        Parts { scheme, host, port, path, query, fragment, missing: false }
    }

    /// Query and fragment.
    pub(super) fn tail(&self) -> String {
        [self.query, self.fragment].concat()
    }

    /// What is said of a part that the URL given has otherwise.
    pub(super) const fn another(&self) -> &'static str {
        if self.missing { "no URL was given" } else { "the one given has another" }
    }

    /// The number of the port, to be shown.
    fn port_shown(&self) -> &'u str {
        let number = self.port.trim_start_matches([':']);
        let is_number =
            (1..=5).contains(&number.len()) && number.bytes().all(|it| it.is_ascii_digit());
        if is_number { number } else { "that is no number" }
    }
}

/// The authority up to its port, and the port with its colon.
pub(super) fn split_port(authority: &str) -> (&str, &str) {
    let last = authority.bytes().rposition(|byte| matches!(byte, b':' | b']' | b'@'));
    let split = last.and_then(|at| authority.split_at_checked(at));
    split.filter(|(_, port)| port.starts_with([':'])).unwrap_or((authority, ""))
}

/// A text up to the first byte that is so, and from it on.
pub(super) fn cut(text: &str, is: impl Fn(u8) -> bool) -> (&str, &str) {
    let split = text.bytes().position(is).and_then(|at| text.split_at_checked(at));
    split.unwrap_or((text, ""))
}

/// `http` and `https`.
pub(super) fn scheme(url: &Parts<'_>, said: &Said<'_>) -> Component {
    let mut component = Component { given: url.scheme.into(), choices: Vec::new() };
    // Without a scheme there is no host either: both are given together.
    if url.scheme.is_empty() {
        return component;
    }
    let given = url.scheme.trim_end_matches("://");
    let given = if given.eq_ignore_ascii_case("https") { "https" } else { "http" };
    for (header, scheme) in &said.schemes {
        let what = format!(
            "the signed URL has {scheme}, as header {header} says; the one given has {given}"
        );
        component.add_said(CauseCode::UrlScheme, &format!("{scheme}://"), what);
    }
    for scheme in ["https", "http"] {
        let what = match scheme == given {
            true => format!("the URL that was signed has {scheme} in lower case"),
            false => format!("the URL that was signed has {scheme}, the one given has {given}"),
        };
        component.add(CauseCode::UrlScheme, &format!("{scheme}://"), what);
    }
    component
}

/// The host; with the scheme before it, where the URL that was given has none.
pub(super) fn host(url: &Parts<'_>, said: &Said<'_>) -> Component {
    let mut component = Component { given: url.host.into(), choices: Vec::new() };
    if url.host.is_empty() || url.scheme.is_empty() {
        origins(&mut component, url, said);
        return component;
    }
    let (user, host) = match url.host.rsplit_once(['@']) {
        Some((user, host)) => (Cow::Owned(format!("{user}@")), host),
        None => (Cow::Borrowed(""), url.host),
    };
    for (header, named) in &said.hosts {
        let (name, _) = split_port(named);
        let what = format!(
            "the signed URL has the host that header {header} names; the one given has another"
        );
        component.add_said(CauseCode::UrlHost, &format!("{user}{name}"), what);
    }
    let mut add = |text: &str, what: &str| {
        let what = format!("the URL that was signed has its host {what}");
        component.add(CauseCode::UrlHost, text, what);
    };
    match host.strip_prefix("www.") {
        Some(bare) => add(&format!("{user}{bare}"), "without `www.`"),
        None => add(&format!("{user}www.{host}"), "with `www.`"),
    }
    add(&format!("{user}{}", host.to_ascii_lowercase()), "in lower case");
    add(host, "without the user's name and password before it");
    add(&format!("{user}{}", host.trim_end_matches(['.'])), "without the dot at its end");
    component
}

/// Scheme and host, of which the URL that was given has none, or not both.
fn origins(component: &mut Component, url: &Parts<'_>, said: &Said<'_>) {
    let given = match url.missing {
        true => "no URL was given",
        false if url.host.is_empty() => "the URL that was given is a path alone",
        false => "the URL that was given has no scheme",
    };
    let mut add = |code, scheme: &str, host: &str, what: String| {
        component.add_said(code, &format!("{scheme}://{host}"), what);
    };
    let said_scheme = said.schemes.first().map(|it| it.1);
    let schemes = || said_scheme.into_iter().chain(["https", "http"]);
    if !url.host.is_empty() {
        for scheme in schemes() {
            add(
                CauseCode::UrlScheme,
                scheme,
                url.host,
                format!("{given}; the one that was signed has {scheme}"),
            );
        }
    }
    for (header, named) in &said.hosts {
        for scheme in schemes() {
            let what = format!(
                "{given}; the one signed has {scheme} and the host that header {header} names"
            );
            add(CauseCode::UrlHost, scheme, named, what.clone());
            add(CauseCode::UrlHost, scheme, split_port(named).0, what);
        }
    }
}

/// The port.
pub(super) fn port(url: &Parts<'_>, said: &Said<'_>) -> Component {
    let mut component = Component { given: url.port.into(), choices: Vec::new() };
    // The host then comes with its port.
    if url.host.is_empty() {
        return component;
    }
    let given = match url.port {
        "" => String::from("the one given has none"),
        _ => format!("the one given has {}", url.port_shown()),
    };
    for (header, port) in &said.ports {
        let what = match port.as_str() {
            "" => format!("the URL that was signed has no port, nor has header {header}; {given}"),
            port => format!(
                "the URL that was signed has the port {}, as header {header} says; {given}",
                port.trim_start_matches([':'])
            ),
        };
        component.add_said(CauseCode::UrlPort, port, what);
    }
    let what = format!("the URL that was signed has no port, {given}");
    component.add(CauseCode::UrlPort, "", what);
    let is_https = !url.scheme.eq_ignore_ascii_case("http://");
    for port in if is_https { ["443", "80"] } else { ["80", "443"] } {
        let what = format!("the URL that was signed has the port {port}, {given}");
        component.add(CauseCode::UrlPort, &format!(":{port}"), what);
    }
    component
}
