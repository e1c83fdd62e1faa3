//! A row as TOML.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::fmt;
use core::fmt::Write as _;

use super::owned::prefixes;
use crate::facts::{Check, Confidence, EventId, KeyFormat, Retry, Timestamp, When};
use crate::scheme::Scheme;
use crate::source::{Place, Source};
use crate::vocabulary::{InnerKey, Key};

/// The word for a fact that is not there.
pub(super) const NONE: &str = "none";

impl Scheme<'_> {
    /// The row as TOML, which [`OwnedScheme::from_toml`](crate::OwnedScheme::from_toml) reads as
    /// an equal row; without its [`handshakes`](Scheme::handshakes), which have no text yet.
    ///
    /// ```
    /// let text = hookseal::providers::GITHUB.to_toml();
    /// assert!(text.starts_with("name = \"github\"\n"));
    /// ```
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut text = String::new();
        for key in Key::ALL {
            if let Some(value) = value(self, *key) {
                // Writing to a string does not fail.
                let _ = writeln!(text, "{} = {value}", key.name());
            }
        }
        text
    }
}

/// The value of a key; nothing where it is what a row without the key has, unless the key is one
/// of the few by which a reader knows the scheme.
fn value(scheme: &Scheme<'_>, key: Key) -> Option<String> {
    let word = |word: &str| Some(quoted(word));
    match key {
        Key::Base => None,
        Key::Name => word(scheme.name),
        Key::Signature => Some(table(source(&scheme.signature))),
        Key::Encoding => word(scheme.encoding.name()),
        Key::Signed => word(scheme.signed.text()),
        Key::Algorithm => word(scheme.algorithm.name()),
        Key::Key => Some(key_format(scheme.key)),
        Key::KeyId => scheme.key_id.map(byte),
        Key::Timestamp => scheme.timestamp.as_ref().map(timestamp),
        Key::EventId => scheme.event_id.as_ref().map(event_id),
        Key::EventType => scheme.event_type.as_ref().map(|it| table(source(it))),
        Key::SignedHeaders => scheme.signed_headers.as_ref().map(|it| table(source(it))),
        Key::Checks if scheme.checks.is_empty() => None,
        Key::Checks => Some(checks(scheme.checks)),
        Key::Retry if scheme.retry == Retry::Unknown => None,
        Key::Retry => word(scheme.retry.name()),
        Key::Admits if scheme.admits.is_empty() => None,
        Key::Admits => {
            let words: Vec<String> = scheme.admits.iter().map(|it| quoted(it.name())).collect();
            Some(format!("[{}]", words.join(", ")))
        }
        Key::Confidence if scheme.confidence == Confidence::Custom => None,
        Key::Confidence => word(scheme.confidence.name()),
        Key::Source if scheme.source.is_empty() => None,
        Key::Source => word(scheme.source),
    }
}

/// A key and its value, as text.
type Pair = (&'static str, String);

fn source(source: &Source<'_>) -> Vec<Pair> {
    let name = match source.place {
        Place::Body => "true".into(),
        _ => quoted(source.name),
    };
    let mut pairs = Vec::from([(source.place.name(), name)]);
    pairs.extend(text(InnerKey::Split, source.split));
    pairs.extend(text(InnerKey::Prefix, source.prefix));
    pairs.extend(source.key_mark.map(|mark| (InnerKey::KeyMark.name(), byte(mark))));
    pairs
}

fn timestamp(time: &Timestamp<'_>) -> String {
    let usual = Timestamp::of(time.clock, time.source);
    let mut pairs = source(&time.source);
    pairs.push((InnerKey::Clock.name(), quoted(time.clock.name())));
    let windows =
        [(InnerKey::Past, time.past, usual.past), (InnerKey::Future, time.future, usual.future)];
    for (key, seconds, usual) in windows {
        if seconds != usual {
            pairs.push((key.name(), seconds.to_string()));
        }
    }
    table(pairs)
}

fn event_id(id: &EventId<'_>) -> String {
    let mut pairs = source(&id.source);
    pairs.push((InnerKey::Names.name(), quoted(id.names.name())));
    table(pairs)
}

fn checks(checks: &[Check<'_>]) -> String {
    let mut text = String::from("[\n");
    for check in checks {
        let mut pairs = source(&check.source);
        pairs.push((InnerKey::Equals.name(), quoted(check.equals.text())));
        if check.when != When::Always {
            pairs.push((InnerKey::When.name(), quoted(check.when.name())));
        }
        let _ = writeln!(text, "    {},", table(pairs));
    }
    text.push(']');
    text
}

fn key_format(key: KeyFormat<'_>) -> String {
    let (prefix, private_prefix) = prefixes(&key);
    let format = quoted(key.spelling().name());
    if prefix.is_empty() && private_prefix.is_empty() {
        return format;
    }
    let mut pairs = Vec::from([(InnerKey::Format.name(), format)]);
    pairs.extend(text(InnerKey::Prefix, prefix));
    pairs.extend(text(InnerKey::PrivatePrefix, private_prefix));
    table(pairs)
}

/// A text that is written where there is one.
fn text(key: InnerKey, text: &str) -> Option<Pair> {
    (!text.is_empty()).then(|| (key.name(), quoted(text)))
}

fn table(pairs: Vec<Pair>) -> String {
    let pairs: Vec<String> = pairs.iter().map(|(key, value)| format!("{key} = {value}")).collect();
    format!("{{ {} }}", pairs.join(", "))
}

fn byte(byte: u8) -> String {
    quoted(&char::from(byte).to_string())
}

fn quoted(text: &str) -> String {
    Quoted(text).to_string()
}

/// A TOML basic string.
struct Quoted<'a>(&'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for each in self.0.chars() {
            match each {
                '"' | '\\' => write!(f, "\\{each}")?,
                '\n' => f.write_str("\\n")?,
                '\t' => f.write_str("\\t")?,
                each if each.is_control() => write!(f, "\\u{:04X}", u32::from(each))?,
                each => f.write_char(each)?,
            }
        }
        f.write_char('"')
    }
}
