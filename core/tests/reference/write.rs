//! Values written anew: as a form, a query, a URL, JSON, PHP.

use core::fmt::Write as _;

use super::find::Pairs;

/// Sorted by name, then by value.
fn sorted(pairs: &Pairs) -> Pairs {
    let mut pairs = pairs.clone();
    pairs.sort_by(|a, b| {
        a.0.as_bytes().cmp(b.0.as_bytes()).then(a.1.as_bytes().cmp(b.1.as_bytes()))
    });
    pairs
}

pub(crate) fn without(pairs: &Pairs, names: &[&str]) -> Pairs {
    // No name stands for no field, and not for the one that has none.
    let is_dropped = |name: &str| !name.is_empty() && names.contains(&name);
    pairs.iter().filter(|(name, _)| !is_dropped(name)).cloned().collect()
}

pub(crate) fn run_together(pairs: &Pairs, once: bool) -> String {
    let mut pairs = sorted(pairs);
    if once {
        pairs.dedup();
    }
    pairs.iter().map(|(name, value)| format!("{name}{value}")).collect()
}

pub(crate) fn joined(pairs: &Pairs) -> String {
    let pairs: Vec<String> =
        sorted(pairs).iter().map(|(name, value)| format!("{name}={value}")).collect();
    pairs.join("&")
}

pub(crate) fn marked(pairs: &Pairs) -> String {
    let plain = |value: &str| value.replace(['&', '='], "_");
    sorted(pairs).iter().map(|(name, value)| format!("&{name}={}", plain(value))).collect()
}

/// `json.dumps` of a dictionary.
pub(crate) fn python(pairs: &Pairs) -> String {
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(name, value)| {
            format!("{}: {}", ascii_string(name, false), ascii_string(value, false))
        })
        .collect();
    format!("{{{}}}", pairs.join(", "))
}

/// `serialize` of an array.
pub(crate) fn php_array(pairs: &Pairs) -> String {
    let string = |text: &str| format!("s:{}:\"{text}\";", text.len());
    let fields: String =
        sorted(pairs).iter().map(|(name, value)| string(name) + &string(value)).collect();
    format!("a:{}:{{{fields}}}", pairs.len())
}

pub(crate) fn query(pairs: &Pairs) -> String {
    let one = |text: &str| percent(text, "-._~").replace("%20", "+");
    let pairs: Vec<String> =
        sorted(pairs).iter().map(|(name, value)| format!("{}={}", one(name), one(value))).collect();
    pairs.join("&")
}

/// All but letters, digits and those of `keep`, escaped.
pub(crate) fn percent(text: &str, keep: &str) -> String {
    let escape = |byte: u8| match char::from(byte) {
        it if it.is_ascii_alphanumeric() || keep.contains(it) && it.is_ascii() => it.to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(escape).collect()
}

const COMPONENT: &str = "-_.!~*'()";
const URI: &str = "-_.!~*'();,/?:@&=+$#";

/// `encodeURI` of the path, and of what `encodeURIComponent` makes of the query.
pub(crate) fn quoted_path(path: &str, query: Option<&str>) -> String {
    let query = query.map(|query| query.split('?').next().unwrap()).filter(|it| !it.is_empty());
    let query = query.map(|query| format!("?{}", percent(&percent(query, COMPONENT), URI)));
    percent(path, URI) + &query.unwrap_or_default()
}

/// A string of ASCII JSON.
fn ascii_string(text: &str, slash: bool) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            '/' if slash => out.push_str("\\/"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            // PHP leaves a DEL as it is.
            ' '..='~' => out.push(character),
            '\u{7f}' if slash => out.push(character),
            _ => {
                let mut units = [0; 2];
                for unit in character.encode_utf16(&mut units) {
                    write!(out, "\\u{unit:04x}").unwrap();
                }
            }
        }
    }
    out + "\""
}

/// JSON without the blanks between its tokens; its strings as PHP writes them, or as they are.
pub(crate) fn compact(text: &str, php: bool) -> Option<String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if first != '"' {
            if !" \t\r\n".contains(first) {
                out.push(first);
            }
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let mut escaped = false;
        let end = rest.char_indices().skip(1).find(|(_, it)| {
            let ends = *it == '"' && !escaped;
            escaped = *it == '\\' && !escaped;
            ends
        });
        let (string, tail) = rest.split_at(end?.0 + 1);
        match php {
            true => {
                out.push_str(&ascii_string(&serde_json::from_str::<String>(string).ok()?, true))
            }
            false => out.push_str(string),
        }
        rest = tail;
    }
    Some(out)
}
