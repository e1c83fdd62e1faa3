//! A JSON document as a tree that keeps the order of its keys and sees a repeated one.

use alloc::string::String;
use alloc::vec::Vec;

use crate::json_walk::{Visit, walk_to};
use crate::value::Value;

/// A value of the document.
pub(crate) enum Node {
    Null,
    Bool(bool),
    /// A whole number that is not negative, else nothing: no other is of interest.
    Number(Option<u64>),
    Text(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

/// Reads a document: at most 127 levels, so that the recursion over a tree is bounded as well.
///
/// # Errors
/// How many of its bytes come before what is not JSON.
pub(crate) fn parse(input: &[u8]) -> Result<Node, usize> {
    let mut builder = Builder { whole: Node::Null, open: Vec::new(), names: Vec::new() };
    walk_to(input, &mut builder)?;
    Ok(builder.whole)
}

impl Node {
    /// A key that is there twice in one object.
    pub(crate) fn repeated_key(&self) -> Option<&str> {
        match self {
            Self::List(items) => items.iter().find_map(Self::repeated_key),
            Self::Object(fields) => {
                let mut keys: Vec<&str> = fields.iter().map(|(key, _)| key.as_str()).collect();
                keys.sort_unstable();
                let mut pairs = keys.iter().zip(keys.iter().skip(1));
                let own = pairs.find(|(one, next)| one == next).map(|(key, _)| *key);
                own.or_else(|| fields.iter().find_map(|(_, value)| value.repeated_key()))
            }
            _ => None,
        }
    }
}

/// What is there of a tree while its text is read.
struct Builder {
    whole: Node,
    /// The open containers, the outermost first.
    open: Vec<Node>,
    /// The names whose values have not ended.
    names: Vec<String>,
}

impl Builder {
    fn add(&mut self, node: Node) {
        match self.open.last_mut() {
            Some(Node::List(items)) => items.push(node),
            Some(Node::Object(fields)) => fields.extend(self.names.pop().map(|name| (name, node))),
            _ => self.whole = node,
        }
    }
}

impl<'r> Visit<'r> for Builder {
    fn name(&mut self, name: Value<'r>, _: u32) {
        self.names.push(name.to_text());
    }

    fn item(&mut self, _: u32) {}

    fn value(&mut self, raw: &'r [u8], value: Option<Value<'r>>) {
        self.add(match (raw, value) {
            ([b'"', ..], Some(text)) => Node::Text(text.to_text()),
            ([b't' | b'f', ..], _) => Node::Bool(raw == b"true"),
            (_, None) => Node::Null,
            _ => Node::Number(str::from_utf8(raw).ok().and_then(|digits| digits.parse().ok())),
        });
    }

    fn open(&mut self, object: bool, _: &'r [u8], _: u32) {
        self.open.push(if object { Node::Object(Vec::new()) } else { Node::List(Vec::new()) });
    }

    fn close(&mut self, _: bool, _: &'r [u8], _: u32) {
        if let Some(node) = self.open.pop() {
            self.add(node);
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    extern crate std;

    use super::*;
    use proptest::prelude::*;
    use serde_json::Value as Theirs;
    use std::format;
    use std::string::ToString as _;

    /// Whether it is what `serde_json` reads.
    fn is(node: &Node, theirs: &Theirs) -> bool {
        match (node, theirs) {
            (Node::Null, Theirs::Null) => true,
            (Node::Bool(own), Theirs::Bool(theirs)) => own == theirs,
            (Node::Number(own), Theirs::Number(theirs)) => *own == theirs.as_u64(),
            (Node::Text(own), Theirs::String(theirs)) => own == theirs,
            (Node::List(own), Theirs::Array(theirs)) => {
                own.len() == theirs.len() && own.iter().zip(theirs).all(|(one, it)| is(one, it))
            }
            (Node::Object(own), Theirs::Object(theirs)) => {
                let same =
                    |(key, one): &(String, Node)| theirs.get(key).is_some_and(|it| is(one, it));
                own.len() == theirs.len() && own.iter().all(same)
            }
            _ => false,
        }
    }

    fn values() -> impl Strategy<Value = Theirs> {
        let bare = prop_oneof![
            Just(Theirs::Null),
            any::<bool>().prop_map(Theirs::from),
            any::<u64>().prop_map(Theirs::from),
            any::<i64>().prop_map(Theirs::from),
            any::<f64>().prop_filter("JSON has it", |it| it.is_finite()).prop_map(Theirs::from),
            any::<String>().prop_map(Theirs::from),
        ];
        bare.prop_recursive(4, 32, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Theirs::from),
                prop::collection::btree_map(any::<String>(), inner, 0..4)
                    .prop_map(|members| Theirs::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn read_as_serde_json_reads(value in values(), pretty in any::<bool>()) {
            let text = if pretty { format!("{value:#}") } else { value.to_string() };
            prop_assert!(is(&parse(text.as_bytes()).unwrap(), &value), "{}", text);
        }
    }

    #[test]
    fn keys_keep_their_order_and_are_seen_twice() {
        let tree = parse(br#"{"b":{"x":[{"\u0061":1}]},"a":{},"b":null}"#).unwrap();
        let fields = if let Node::Object(fields) = &tree { fields.as_slice() } else { &[] };
        let names: Vec<_> = fields.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["b", "a", "b"]);
        assert_eq!(tree.repeated_key(), Some("b"));
        assert_eq!(parse(br#"[1,{"c":[{"a":1,"\u0061":2}]}]"#).unwrap().repeated_key(), Some("a"));
        assert_eq!(parse(br#"[{"a":1},{"a":2}]"#).unwrap().repeated_key(), None);
    }

    /// What is no JSON begins where the token at fault does.
    #[test]
    fn errors_have_a_place() {
        for (text, at) in [
            ("", 0),
            (" ", 1),
            ("{\"a\": ]", 6),
            ("{\"a\": tru }", 6),
            ("{\"a\" 1}", 5),
            ("{\"a\": 01}", 7),
            ("{\"a\": 1 \"b\"}", 8),
            ("{\"a\": 1, b}", 9),
            ("{\"a\": 1, \"b}", 9),
            ("{\"a\": \"\u{1}\"}", 6),
            ("[1, -]", 4),
            ("[1]]", 3),
            ("[1", 2),
            ("[[", 2),
        ] {
            assert_eq!(parse(text.as_bytes()).err(), Some(at), "{text}");
        }
        assert_eq!(parse("[".repeat(128).as_bytes()).err(), Some(127));
    }
}
