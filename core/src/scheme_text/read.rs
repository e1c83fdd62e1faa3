//! From a tree to a row: every key of it known, every word one of the list.

use alloc::string::String;
use alloc::vec::Vec;

use super::error::SchemeTextError;
use super::owned::{OwnedKey, OwnedScheme, OwnedTemplate};
use super::source;
use crate::error::TextError;
use crate::facts::{Algorithm, Confidence, Encoding, KeySpelling, Retry, Weakness};
use crate::providers;
use crate::scheme::Scheme;
use crate::tree::Node;
use crate::vocabulary::{InnerKey, Key};

pub(super) type Read<T> = Result<T, SchemeTextError>;

/// Longest name of a scheme, in bytes.
const MAX_NAME: usize = 64;

/// Reads a row.
pub(super) fn scheme(node: &Node) -> Read<OwnedScheme> {
    let fields = object(node)?;
    let of = |key: Key| fields.iter().find(|(name, _)| name == key.name()).map(|(_, node)| node);
    let based = of(Key::Base);
    let mut scheme = match based {
        Some(node) => base(node).map_err(|error| error.within(Key::Base.name()))?,
        None => OwnedScheme::from(&Scheme::BASE),
    };
    for (name, node) in fields {
        let key =
            Key::by_name(name).ok_or_else(|| unknown(name, Key::ALL.iter().map(|it| it.name())))?;
        set(&mut scheme, key, node).map_err(|error| error.within(name))?;
    }
    // Last, since what is missing may be there under another spelling.
    let required = if based.is_some() { &[Key::Name][..] } else { &[Key::Signature, Key::Name] };
    match required.iter().find(|key| of(**key).is_none()) {
        Some(key) => Err(missing(key.name())),
        None => Ok(scheme),
    }
}

/// A built-in row, of which nobody says yet how well the changed facts are known.
fn base(node: &Node) -> Read<OwnedScheme> {
    let row = providers::by_name(text(node)?)?;
    Ok(OwnedScheme {
        confidence: Confidence::Custom,
        source: String::new(),
        ..OwnedScheme::from(row)
    })
}

fn set(scheme: &mut OwnedScheme, key: Key, node: &Node) -> Read<()> {
    match key {
        Key::Base => {}
        Key::Name => scheme.name = name(node)?,
        Key::Signature => scheme.signature = source::signature(node)?,
        Key::Encoding => scheme.encoding = word(node, Encoding::ALL, Encoding::name)?,
        Key::Signed => scheme.signed = template(node)?,
        Key::Algorithm => scheme.algorithm = word(node, Algorithm::ALL, Algorithm::name)?,
        Key::Key => scheme.key = key_format(node)?,
        Key::KeyId => scheme.key_id = optional(node, byte)?,
        Key::Timestamp => scheme.timestamp = optional(node, source::timestamp)?,
        Key::EventId => scheme.event_id = optional(node, source::event_id)?,
        Key::EventType => scheme.event_type = optional(node, source::plain)?,
        Key::SignedHeaders => scheme.signed_headers = optional(node, source::plain)?,
        Key::Checks => scheme.checks = list(node, source::check)?,
        Key::Retry => scheme.retry = word(node, Retry::ALL, Retry::name)?,
        Key::Admits => {
            scheme.admits = list(node, |item| word(item, Weakness::ALL, Weakness::name))?;
        }
        Key::Confidence => scheme.confidence = word(node, Confidence::ALL, Confidence::name)?,
        Key::Source => scheme.source = text(node)?.into(),
    }
    Ok(())
}

/// A name is shown in lists and logs.
fn name(node: &Node) -> Read<String> {
    let name = text(node)?;
    let fits = !name.is_empty() && name.len() <= MAX_NAME && !name.chars().any(char::is_control);
    let hint = "a name has 1 to 64 bytes, and no control character";
    fits.then(|| name.into()).ok_or_else(|| SchemeTextError::from(TextError::WrongValue).hint(hint))
}

/// One byte of ASCII.
pub(super) fn byte(node: &Node) -> Read<u8> {
    match text(node)?.as_bytes() {
        [byte] if byte.is_ascii_graphic() => Ok(*byte),
        _ => Err(SchemeTextError::from(TextError::WrongValue).hint("it takes one ASCII character")),
    }
}

/// `"base64"`, or `{ format = "base64", prefix = "whsec_" }`.
fn key_format(node: &Node) -> Read<OwnedKey> {
    let spelling = |node| word(node, KeySpelling::ALL, KeySpelling::name);
    let none = String::new;
    if matches!(node, Node::Text(_)) {
        let spelling = spelling(node)?;
        return Ok(OwnedKey { spelling, prefix: none(), private_prefix: none() });
    }
    let (mut format, mut prefix, mut private_prefix) = (None, none(), none());
    for (name, node) in object(node)? {
        let inner = match InnerKey::by_name(name) {
            Some(InnerKey::Format) => spelling(node).map(|it| format = Some(it)),
            Some(InnerKey::Prefix) => text(node).map(|it| prefix = it.into()),
            Some(InnerKey::PrivatePrefix) => text(node).map(|it| private_prefix = it.into()),
            _ => {
                let known = [InnerKey::Format, InnerKey::Prefix, InnerKey::PrivatePrefix];
                return Err(unknown(name, known.iter().map(|it| it.name())));
            }
        };
        inner.map_err(|error| error.within(name))?;
    }
    let spelling = format.ok_or_else(|| missing(InnerKey::Format.name()))?;
    takes(spelling, &prefix, InnerKey::Prefix)?;
    takes(spelling, &private_prefix, InnerKey::PrivatePrefix)?;
    Ok(OwnedKey { spelling, prefix, private_prefix })
}

/// A prefix that the spelling has no use for would be ignored, so it is refused.
fn takes(spelling: KeySpelling, prefix: &str, key: InnerKey) -> Read<()> {
    let taken = match spelling {
        KeySpelling::PublicKey => true,
        KeySpelling::Base64 => key == InnerKey::Prefix,
        _ => false,
    };
    if taken || prefix.is_empty() {
        return Ok(());
    }
    Err(SchemeTextError::from(TextError::WrongValue)
        .hint("keys of this format have no such prefix")
        .within(key.name()))
}

pub(super) fn template(node: &Node) -> Read<OwnedTemplate> {
    Ok(OwnedTemplate::parse(text(node)?)?)
}

/// One word of a list.
pub(super) fn word<W: Copy>(node: &Node, all: &[W], name: fn(W) -> &'static str) -> Read<W> {
    let text = text(node)?;
    all.iter().copied().find(|word| name(*word) == text).ok_or_else(|| {
        let hint = known(all.iter().map(|word| name(*word)));
        SchemeTextError::from(TextError::UnknownWord).hint(hint)
    })
}

/// A value, or the word `none`, which takes a fact of the base away.
fn optional<T>(node: &Node, read: impl Fn(&Node) -> Read<T>) -> Read<Option<T>> {
    match node {
        Node::Null => Ok(None),
        Node::Text(text) if text == super::write::NONE => Ok(None),
        node => read(node).map(Some),
    }
}

fn list<T>(node: &Node, read: impl Fn(&Node) -> Read<T>) -> Read<Vec<T>> {
    let Node::List(items) = node else { return Err(wrong("a list")) };
    let items = items.iter().enumerate();
    items.map(|(at, item)| read(item).map_err(|error| error.within_item(at))).collect()
}

pub(super) fn text(node: &Node) -> Read<&str> {
    if let Node::Text(text) = node { Ok(text) } else { Err(wrong("a text")) }
}

pub(super) fn seconds(node: &Node) -> Read<u32> {
    let Node::Number(number) = node else { return Err(wrong("a number of seconds")) };
    number.and_then(|it| u32::try_from(it).ok()).ok_or_else(|| {
        SchemeTextError::from(TextError::WrongValue).hint("it takes whole seconds, not negative")
    })
}

pub(super) fn object(node: &Node) -> Read<&[(String, Node)]> {
    if let Node::Object(fields) = node { Ok(fields) } else { Err(wrong("a table")) }
}

pub(super) fn missing(key: &str) -> SchemeTextError {
    SchemeTextError::from(TextError::MissingKey).within(key)
}

pub(super) fn unknown(key: &str, all: impl Iterator<Item = &'static str>) -> SchemeTextError {
    SchemeTextError::from(TextError::UnknownKey).hint(known(all)).within(key)
}

fn wrong(wanted: &str) -> SchemeTextError {
    SchemeTextError::from(TextError::WrongType).hint(alloc::format!("it takes {wanted}"))
}

/// What there is.
pub(super) fn known(all: impl Iterator<Item = &'static str>) -> String {
    let all: Vec<&str> = all.collect();
    alloc::format!("there are {}", all.join(", "))
}
