//! A row as a text: its facts first, with the keys and words of a scheme file, then their spelling.

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::owned::prefixes;
use super::spell::Fact;
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
        let lines = facts(self).map(|(key, fact)| format!("{key} = {}\n", fact.toml()));
        lines.collect()
    }

    /// The row as JSON on one line, for programs: the keys and words of
    /// [`to_toml`](Self::to_toml), and [`OwnedScheme::from_json`](crate::OwnedScheme::from_json)
    /// reads it as an equal row.
    ///
    /// ```
    /// let text = hookseal::providers::GITHUB.to_json();
    /// assert!(text.starts_with(r#"{"name":"github","signature":{"header":"x-hub-signature-256","#));
    /// ```
    #[must_use]
    pub fn to_json(&self) -> String {
        Fact::Table(facts(self).collect()).json()
    }
}

/// The facts of a row, with their keys.
fn facts(scheme: &Scheme<'_>) -> impl Iterator<Item = (&'static str, Fact)> {
    Key::ALL.iter().filter_map(|key| Some((key.name(), value(scheme, *key)?)))
}

/// The value of a key; nothing where it is what a row without the key has, unless the key is one
/// of the few by which a reader knows the scheme.
fn value(scheme: &Scheme<'_>, key: Key) -> Option<Fact> {
    let word = |word| Some(Fact::text(word));
    match key {
        Key::Base => None,
        Key::Name => word(scheme.name),
        Key::Signature => Some(Fact::Table(source(&scheme.signature))),
        Key::Encoding => word(scheme.encoding.name()),
        Key::Signed => word(scheme.signed.text()),
        Key::Algorithm => word(scheme.algorithm.name()),
        Key::Key => Some(key_format(&scheme.key)),
        Key::KeyId => scheme.key_id.map(Fact::byte),
        Key::Timestamp => scheme.timestamp.as_ref().map(timestamp),
        Key::EventId => scheme.event_id.as_ref().map(event_id),
        Key::EventType => scheme.event_type.as_ref().map(|it| Fact::Table(source(it))),
        Key::SignedHeaders => scheme.signed_headers.as_ref().map(|it| Fact::Table(source(it))),
        Key::Checks if scheme.checks.is_empty() => None,
        Key::Checks => Some(Fact::Lines(scheme.checks.iter().map(check).collect())),
        Key::Retry if scheme.retry == Retry::Unknown => None,
        Key::Retry => word(scheme.retry.name()),
        Key::Admits if scheme.admits.is_empty() => None,
        Key::Admits => {
            Some(Fact::List(scheme.admits.iter().map(|it| Fact::text(it.name())).collect()))
        }
        Key::Confidence if scheme.confidence == Confidence::Custom => None,
        Key::Confidence => word(scheme.confidence.name()),
        Key::Source if scheme.source.is_empty() => None,
        Key::Source => word(scheme.source),
    }
}

/// Keys and values of a table.
type Pairs = Vec<(&'static str, Fact)>;

fn source(source: &Source<'_>) -> Pairs {
    let name = match source.place {
        Place::Body => Fact::Plain("true".into()),
        _ => Fact::text(source.name),
    };
    let mut pairs = Vec::from([(source.place.name(), name)]);
    pairs.extend(text(InnerKey::Split, source.split));
    pairs.extend(text(InnerKey::Prefix, source.prefix));
    pairs.extend(source.key_mark.map(|mark| (InnerKey::KeyMark.name(), Fact::byte(mark))));
    pairs
}

fn timestamp(time: &Timestamp<'_>) -> Fact {
    let usual = Timestamp::of(time.clock, time.source);
    let mut pairs = source(&time.source);
    pairs.push((InnerKey::Clock.name(), Fact::text(time.clock.name())));
    let windows =
        [(InnerKey::Past, time.past, usual.past), (InnerKey::Future, time.future, usual.future)];
    for (key, seconds, usual) in windows {
        if seconds != usual {
            pairs.push((key.name(), Fact::Plain(seconds.to_string())));
        }
    }
    Fact::Table(pairs)
}

fn event_id(id: &EventId<'_>) -> Fact {
    let mut pairs = source(&id.source);
    pairs.push((InnerKey::Names.name(), Fact::text(id.names.name())));
    Fact::Table(pairs)
}

fn check(check: &Check<'_>) -> Fact {
    let mut pairs = source(&check.source);
    pairs.push((InnerKey::Equals.name(), Fact::text(check.equals.text())));
    if check.when != When::Always {
        pairs.push((InnerKey::When.name(), Fact::text(check.when.name())));
    }
    Fact::Table(pairs)
}

fn key_format(key: &KeyFormat<'_>) -> Fact {
    let (prefix, private_prefix) = prefixes(key);
    let format = Fact::text(key.spelling().name());
    if prefix.is_empty() && private_prefix.is_empty() {
        return format;
    }
    let mut pairs = Vec::from([(InnerKey::Format.name(), format)]);
    pairs.extend(text(InnerKey::Prefix, prefix));
    pairs.extend(text(InnerKey::PrivatePrefix, private_prefix));
    Fact::Table(pairs)
}

/// A text that is written where there is one.
fn text(key: InnerKey, text: &str) -> Option<(&'static str, Fact)> {
    (!text.is_empty()).then(|| (key.name(), Fact::text(text)))
}
