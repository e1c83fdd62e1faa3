//! The tables of a row that say where a value is, and the facts that stand in them.

use alloc::string::String;
use alloc::vec::Vec;

use super::error::SchemeTextError;
use super::owned::{OwnedCheck, OwnedSource, OwnedTimestamp};
use super::read::{Read, byte, known, missing, object, seconds, template, text, unknown, word};
use crate::error::TextError;
use crate::facts::{Clock, Identity, Timestamp, When};
use crate::source::{Place, body, header};
use crate::tree::Node;
use crate::vocabulary::InnerKey;

/// `{ header = "acme-signature", split = ",", prefix = "v1=" }`.
pub(super) fn plain(node: &Node) -> Read<OwnedSource> {
    read(node, &[]).map(|table| table.source)
}

/// A source of signatures, which may be filed under the ids of their keys.
pub(super) fn signature(node: &Node) -> Read<OwnedSource> {
    let table = read(node, &[InnerKey::KeyMark])?;
    let key_mark = table.optional(InnerKey::KeyMark, byte)?;
    Ok(OwnedSource { key_mark, ..table.source })
}

/// A source with the facts of a time.
pub(super) fn timestamp(node: &Node) -> Read<OwnedTimestamp> {
    let table = read(node, &[InnerKey::Clock, InnerKey::Past, InnerKey::Future])?;
    let clock = table.required(InnerKey::Clock, |it| word(it, Clock::ALL, Clock::name))?;
    let usual = Timestamp::of(clock, header(""));
    Ok(OwnedTimestamp {
        clock,
        past: table.optional(InnerKey::Past, seconds)?.unwrap_or(usual.past),
        future: table.optional(InnerKey::Future, seconds)?.unwrap_or(usual.future),
        source: table.source,
    })
}

/// A source with what the id names.
pub(super) fn event_id(node: &Node) -> Read<(OwnedSource, Identity)> {
    let table = read(node, &[InnerKey::Names])?;
    let names = table.optional(InnerKey::Names, |it| word(it, Identity::ALL, Identity::name))?;
    Ok((table.source, names.unwrap_or(Identity::Unconfirmed)))
}

/// A source with what its value must be.
pub(super) fn check(node: &Node) -> Read<OwnedCheck> {
    let table = read(node, &[InnerKey::Equals, InnerKey::When])?;
    let when = table.optional(InnerKey::When, |it| word(it, When::ALL, When::name))?;
    Ok(OwnedCheck {
        equals: table.required(InnerKey::Equals, template)?,
        when: when.unwrap_or(When::Always),
        source: table.source,
    })
}

/// A source, and the keys beside it.
struct Table<'n> {
    source: OwnedSource,
    facts: Vec<(InnerKey, &'n Node)>,
}

impl<'n> Table<'n> {
    fn optional<T>(&self, key: InnerKey, read: impl Fn(&'n Node) -> Read<T>) -> Read<Option<T>> {
        let found = self.facts.iter().find(|(it, _)| *it == key);
        found.map(|(_, node)| read(node).map_err(|error| error.within(key.name()))).transpose()
    }

    fn required<T>(&self, key: InnerKey, read: impl Fn(&'n Node) -> Read<T>) -> Read<T> {
        self.optional(key, read)?.ok_or_else(|| missing(key.name()))
    }
}

/// Reads a table with one place, and of the other keys only those that belong there.
fn read<'n>(node: &'n Node, own: &[InnerKey]) -> Read<Table<'n>> {
    let mut found: Option<(Place, String)> = None;
    let mut facts = Vec::new();
    for (key, node) in object(node)? {
        if let Some(place) = Place::by_name(key) {
            if found.is_some() {
                return Err(SchemeTextError::from(TextError::TwoPlaces).within(key));
            }
            found = Some((place, name(place, node).map_err(|error| error.within(key))?));
            continue;
        }
        let takes = |it: &InnerKey| OF_SOURCE.contains(it) || own.contains(it);
        match InnerKey::by_name(key).filter(takes) {
            Some(key) => facts.push((key, node)),
            None => {
                let inner = OF_SOURCE.iter().chain(own).map(|it| it.name());
                return Err(unknown(key, places().chain(inner)));
            }
        }
    }
    let Some((place, name)) = found else {
        return Err(SchemeTextError::from(TextError::MissingKey).hint(known(places())));
    };
    let source =
        OwnedSource { place, name, split: String::new(), prefix: String::new(), key_mark: None };
    let mut table = Table { source, facts };
    table.source.split = table.optional(InnerKey::Split, text)?.unwrap_or_default().into();
    table.source.prefix = table.optional(InnerKey::Prefix, text)?.unwrap_or_default().into();
    Ok(table)
}

/// The keys of every source, beside its place.
const OF_SOURCE: [InnerKey; 2] = [InnerKey::Split, InnerKey::Prefix];

fn places() -> impl Iterator<Item = &'static str> {
    Place::ALL.iter().map(|it| it.name())
}

/// The name in a place; of the body, which has none, that it is meant: `body = true`.
fn name(place: Place, node: &Node) -> Read<String> {
    let wrong = |hint| Err(SchemeTextError::from(TextError::WrongValue).hint(hint));
    match (place, node) {
        (Place::Body, Node::Bool(true)) => Ok(body().name.into()),
        (Place::Body, _) => wrong("it takes `true`"),
        _ => match text(node)? {
            "" => wrong("it takes a name"),
            name => Ok(name.into()),
        },
    }
}
