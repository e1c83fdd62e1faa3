//! The document of a captured request: what tools write, in any of their shapes.

use alloc::string::String;
use alloc::vec::Vec;

use super::CaptureError;
use super::text::from_base64;
pub(super) use crate::tree::Node;

pub(super) fn parse(input: &[u8]) -> Result<Node, CaptureError> {
    let node = crate::tree::parse(input).map_err(|_| CaptureError::MalformedJson)?;
    if node.repeated_key().is_some() { Err(CaptureError::DuplicateKey) } else { Ok(node) }
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
}
