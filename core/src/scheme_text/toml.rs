//! TOML: its tree, and the line and column of a key.

use alloc::borrow::ToOwned as _;
use alloc::string::String;
use alloc::vec::Vec;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::{SchemeTextError, Step};
use super::position;
use crate::error::TextError;
use crate::tree::Node;

/// A document that knows where its keys are. The parser refuses what is nested too deeply, so the
/// recursion over a document is bounded.
pub(super) struct Document<'t> {
    text: &'t str,
    table: Spanned<DeTable<'t>>,
}

impl<'t> Document<'t> {
    pub(super) fn parse(text: &'t str) -> Result<Self, SchemeTextError> {
        match DeTable::parse(text) {
            Ok(table) => Ok(Document { text, table }),
            Err(error) => {
                // The parser's own sentence says what it waited for, and quotes nothing.
                let reason = SchemeTextError::from(TextError::MalformedText).hint(error.message());
                let at = error.span().map_or(text.len(), |it| it.start);
                Err(reason.at(position(text, at)))
            }
        }
    }

    pub(super) fn tree(&self) -> Node {
        table(self.table.get_ref())
    }

    /// The same error with the place of its key; of a key that is missing, that of the table or
    /// the item which it should be in.
    pub(super) fn place(&self, error: SchemeTextError) -> SchemeTextError {
        let mut at = None;
        let mut value: Option<&DeValue<'_>> = None;
        for step in error.steps() {
            let next = match (step, value) {
                (Step::Key(key), None) => entry(self.table.get_ref(), key),
                (Step::Key(key), Some(DeValue::Table(table))) => entry(table, key),
                (Step::Item(item), Some(DeValue::Array(items))) => {
                    items.get(*item).map(|it| (it.span().start, it.get_ref()))
                }
                _ => None,
            };
            let Some((start, inner)) = next else { break };
            (at, value) = (Some(start), Some(inner));
        }
        match at {
            Some(at) => error.at(position(self.text, at)),
            None => error,
        }
    }
}

/// Where a key begins, and its value.
fn entry<'d, 't>(table: &'d DeTable<'t>, key: &str) -> Option<(usize, &'d DeValue<'t>)> {
    let (key, value) = table.iter().find(|(name, _)| name.get_ref() == key)?;
    Some((key.span().start, value.get_ref()))
}

fn table(table: &DeTable<'_>) -> Node {
    let mut fields: Vec<(usize, String, Node)> = table
        .iter()
        .map(|(key, value)| {
            (key.span().start, key.get_ref().as_ref().to_owned(), node(value.get_ref()))
        })
        .collect();
    // In the order of the text, so that the first mistake of it is the one that is told.
    fields.sort_by_key(|(start, ..)| *start);
    Node::Object(fields.into_iter().map(|(_, key, value)| (key, value)).collect())
}

fn node(value: &DeValue<'_>) -> Node {
    match value {
        DeValue::String(text) => Node::Text(text.as_ref().into()),
        DeValue::Boolean(value) => Node::Bool(*value),
        DeValue::Integer(number) => {
            Node::Number(u64::from_str_radix(number.as_str(), number.radix()).ok())
        }
        DeValue::Float(_) | DeValue::Datetime(_) => Node::Number(None),
        DeValue::Array(items) => {
            Node::List(items.iter().map(|item| node(item.get_ref())).collect())
        }
        DeValue::Table(inner) => table(inner),
    }
}
