//! Path, slash and query.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::parts::{Parts, cut};
use super::said::Said;
use super::search::Component;
use crate::explain::cause::CauseCode;
use crate::explain::secrets::from_percent;

/// Most segments that are taken off the path's front, and most parameters off the query.
const MOST_SEGMENTS: usize = 4;
const MOST_PARAMETERS: usize = 8;

/// The path.
pub(super) fn path(url: &Parts<'_>, said: &Said<'_>) -> Component {
    let given = url.path;
    let mut component = Component { given: given.into(), choices: Vec::new() };
    const CODE: CauseCode = CauseCode::UrlPath;
    for (header, target) in &said.targets {
        let what = format!(
            "the URL that was signed has the path that header {header} names; {}",
            url.another()
        );
        component.add_said(CODE, cut(target, |byte| byte == b'?').0, what);
    }
    for (header, prefix) in &said.prefixes {
        let prefix = prefix.trim_matches(['/']);
        let rest = given.trim_start_matches(['/']);
        let what = format!(
            "the signed path begins with the prefix that header {header} names; the given does not"
        );
        component.add_said(CODE, &format!("/{prefix}/{rest}"), what);
    }
    let mut add = |text: &str, what: &str| {
        component.add(CODE, text, format!("the path that was signed {what}"))
    };
    let mut rest = given;
    for count in 1..=MOST_SEGMENTS {
        let Some(at) = rest.get(1..).and_then(|it| it.find(['/'])) else { break };
        rest = rest.get(at.saturating_add(1)..).unwrap_or_default();
        match count {
            1 => add(rest, "has not the first segment of the one given"),
            _ => add(rest, &format!("has not the first {count} segments of the one given")),
        }
    }
    if let Some(decoded) = decoded(given) {
        add(&decoded, "has its characters unescaped, those of the one given are percent-escaped");
    }
    add(&escaped(given), "has its characters percent-escaped, those of the one given are not");
    add(&cased(given, false), "has its percent-escapes in upper case");
    add(&cased(given, true), "has its percent-escapes in lower case");
    add(&single(given), "has single slashes, the one given has doubled ones");
    add(&given.to_ascii_lowercase(), "is in lower case, the one given is not");
    component
}

/// The slash at the path's end: there or not, as it is not in the one given. What is said of it is
/// found when the path is.
pub(super) fn slash() -> Component {
    let mut component = Component { given: "as given".into(), choices: Vec::new() };
    component.add(CauseCode::UrlTrailingSlash, "the other way", String::new());
    component
}

/// The query, and what follows it.
pub(super) fn query(url: &Parts<'_>, said: &Said<'_>) -> Component {
    const CODE: CauseCode = CauseCode::UrlQuery;
    let given = url.query;
    let mut component = Component { given: url.tail(), choices: Vec::new() };
    for (header, target) in &said.targets {
        let what = format!(
            "the URL that was signed has the query that header {header} names; {}",
            url.another()
        );
        component.add_said(CODE, cut(target, |byte| byte == b'?').1, what);
    }
    let mut add = |text: &str, what: &str| {
        component.add(CODE, text, format!("the URL that was signed has {what}"))
    };
    add(given, "no fragment, the one given has one");
    add("", "no query, the one given has one");
    let Some(pairs) = given.strip_prefix(['?']) else {
        add("?", "a question mark at its end, the one given has none");
        return component;
    };
    add(&given.replace('+', "%20"), "`%20` in its query for `+`");
    add(&given.replace("%20", "+"), "`+` in its query for `%20`");
    if let Some(decoded) = decoded(given) {
        add(&decoded, "its query unescaped, that of the one given is percent-escaped");
    }
    add(&escaped(given), "its query percent-escaped, that of the one given is not");
    add(&cased(given, false), "the percent-escapes of its query in upper case");
    add(&cased(given, true), "the percent-escapes of its query in lower case");
    add(&given.replace("&amp;", "&"), "`&` in its query for `&amp;`");
    let mut sorted: Vec<&str> = pairs.split(['&']).collect();
    sorted.sort_unstable();
    add(&format!("?{}", sorted.join("&")), "its query's parameters sorted");
    for at in 0..sorted.len().min(MOST_PARAMETERS) {
        let others = pairs.split(['&']).enumerate().filter(|it| it.0 != at).map(|it| it.1);
        let others: Vec<&str> = others.collect();
        let mark = if others.is_empty() { "" } else { "?" };
        let what = "a parameter less in its query than the one given, as a router adds one";
        add(&format!("{mark}{}", others.join("&")), what);
    }
    component
}

/// Percent-escapes decoded, where that is text.
fn decoded(text: &str) -> Option<String> {
    from_percent(text.as_bytes()).and_then(|bytes| String::from_utf8(bytes).ok())
}

/// What cannot stand in a URL percent-escaped.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii_graphic() && !"\"<>\\^`{|}".contains([character]) {
            escaped.push(character);
            continue;
        }
        for byte in character.encode_utf8(&mut [0; 4]).bytes() {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

/// Percent-escapes in lower case, or in upper case.
fn cased(text: &str, lower: bool) -> String {
    let mut digits: u8 = 0;
    let case = |character: char| {
        let is_digit = digits > 0;
        digits = if character == '%' { 2 } else { digits.saturating_sub(1) };
        match (is_digit, lower) {
            (false, _) => character,
            (true, true) => character.to_ascii_lowercase(),
            (true, false) => character.to_ascii_uppercase(),
        }
    };
    text.chars().map(case).collect()
}

/// One slash for many.
fn single(path: &str) -> String {
    let mut last = ' ';
    let is_first = |character: &char| {
        let doubled = *character == '/' && last == '/';
        last = *character;
        !doubled
    };
    path.chars().filter(is_first).collect()
}
