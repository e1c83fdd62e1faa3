//! A JSON document as a tree that keeps the order of its keys and refuses a repeated one.
//!
//! `serde_json::Value` would sort the keys, and let the last of two equal ones win in silence.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde_core::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::CaptureError;
use super::text::from_base64;

pub(super) enum Node {
    Null,
    Bool(bool),
    /// A whole number that is not negative, else nothing: no other is of interest.
    Number(Option<u64>),
    Text(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

pub(super) fn parse(input: &[u8]) -> Result<Node, CaptureError> {
    // The parser refuses more than 127 levels, so the recursion over a tree is bounded as well.
    let node: Node = serde_json::from_slice(input).map_err(|_| CaptureError::MalformedJson)?;
    if node.repeats_a_key() { Err(CaptureError::DuplicateKey) } else { Ok(node) }
}

impl Node {
    /// The field with this key; `null` is as good as absent.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        let Self::Object(fields) = self else { return None };
        let (_, value) = fields.iter().find(|(name, _)| name == key)?;
        (!matches!(value, Self::Null)).then_some(value)
    }

    /// The field with this key, which must be text where it is there.
    pub(super) fn text(&self, key: &str) -> Result<Option<&str>, CaptureError> {
        match self.get(key) {
            None => Ok(None),
            Some(Self::Text(text)) => Ok(Some(text)),
            Some(_) => Err(CaptureError::MalformedField),
        }
    }

    /// The names and values of the field with this key, in any of the shapes that tools write:
    /// `{name: value}`, `{name: [value, …]}`, `[[name, value], …]`, `[{"name", "value"}, …]`.
    pub(super) fn pairs(&self, key: &str) -> Result<Vec<(String, Vec<u8>)>, CaptureError> {
        match self.get(key) {
            None => Ok(Vec::new()),
            Some(Self::List(items)) => items.iter().map(Self::pair).collect(),
            Some(Self::Object(fields)) => fields
                .iter()
                .flat_map(|(name, value)| {
                    let values = match value {
                        Self::List(values) => values.as_slice(),
                        value => core::slice::from_ref(value),
                    };
                    values.iter().map(move |value| Ok((name.clone(), value.bytes()?)))
                })
                .collect(),
            Some(_) => Err(CaptureError::MalformedField),
        }
    }

    fn pair(&self) -> Result<(String, Vec<u8>), CaptureError> {
        let (name, value) = match self {
            Self::List(pair) => match pair.as_slice() {
                [Self::Text(name), value] => (Some(name.as_str()), Some(value)),
                _ => (None, None),
            },
            item => (item.text("name")?, item.get("value")),
        };
        match (name, value) {
            (Some(name), Some(value)) => Ok((name.into(), value.bytes()?)),
            _ => Err(CaptureError::MalformedField),
        }
    }

    /// A value: text, or `{"base64": text}` for bytes that are not UTF-8.
    fn bytes(&self) -> Result<Vec<u8>, CaptureError> {
        match self {
            Self::Text(text) => Ok(text.as_bytes().to_vec()),
            value => from_base64(value.text("base64")?.ok_or(CaptureError::MalformedField)?),
        }
    }

    fn repeats_a_key(&self) -> bool {
        match self {
            Self::List(items) => items.iter().any(Self::repeats_a_key),
            Self::Object(fields) => {
                let mut keys: Vec<&str> = fields.iter().map(|(key, _)| key.as_str()).collect();
                keys.sort_unstable();
                keys.dedup();
                keys.len() != fields.len() || fields.iter().any(|(_, value)| value.repeats_a_key())
            }
            _ => false,
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Number(Some(value)))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Node, E> {
        Ok(Node::Number(None))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Node, E> {
        Ok(Node::Number(None))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Node, A::Error> {
        let mut object = Vec::new();
        while let Some(field) = fields.next_entry()? {
            object.push(field);
        }
        Ok(Node::Object(object))
    }
}
