//! A value put into a JSON text, in one walk over it.

use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::fmt;

use serde_core::de::{
    Deserialize as _, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess,
    Visitor,
};
use serde_json::value::RawValue;

/// The text with a value at a path of members, parted by dots; `name[]` is every element of a list.
/// All other values stay as they are written: `1.0` is not `1`. Nothing where there are no objects
/// on the way, or more than 127.
pub(super) fn with(json: &[u8], path: &str, value: &str) -> Option<String> {
    let path: Vec<&str> = path.split(['.']).collect();
    let mut made = String::new();
    let put = Put { path: &path, value: &quoted(value), to: &mut made };
    let mut reader = serde_json::Deserializer::from_str(str::from_utf8(json).ok()?);
    put.deserialize(&mut reader).ok()?;
    reader.end().ok()?;
    Some(made)
}

/// Reads a value, and writes it with the other one in it, or that one in its stead.
struct Put<'p, 't> {
    /// What is left of the path.
    path: &'p [&'p str],
    /// As JSON.
    value: &'p str,
    to: &'t mut String,
}

impl Put<'_, '_> {
    /// A part of what is read.
    fn within(&mut self) -> Put<'_, '_> {
        let path = self.path.split_first().map_or(&[][..], |(_, rest)| rest);
        Put { path, value: self.value, to: self.to }
    }

    fn key(&mut self, name: &str) {
        let comma = if self.to.ends_with('{') { "" } else { "," };
        self.to.extend([comma, &quoted(name), ":"]);
    }

    /// Writes what was not there. Of a list, nobody knows how many elements there were.
    fn missing(&mut self) -> Option<()> {
        for step in self.path {
            self.to.push('{');
            self.key(if step.ends_with("[]") { return None } else { step });
        }
        self.to.push_str(self.value);
        self.to.extend(self.path.iter().map(|_| '}'));
        Some(())
    }
}

impl<'j> DeserializeSeed<'j> for Put<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'j>>(self, reader: D) -> Result<(), D::Error> {
        if !self.path.is_empty() {
            return reader.deserialize_map(self);
        }
        self.to.push_str(self.value);
        IgnoredAny::deserialize(reader).map(|_| ())
    }
}

impl<'j> Visitor<'j> for Put<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'j>>(mut self, mut members: A) -> Result<(), A::Error> {
        let step = self.path.first().copied().unwrap_or_default();
        let name = step.strip_suffix("[]").unwrap_or(step);
        let mut is_there = false;
        self.to.push('{');
        while let Some(key) = members.next_key::<String>()? {
            self.key(&key);
            if key != name {
                self.to.push_str(members.next_value::<&RawValue>()?.get());
                continue;
            }
            is_there = true;
            if step == name {
                members.next_value_seed(self.within())?;
            } else {
                members.next_value_seed(Each(self.within()))?;
            }
        }
        if !is_there {
            self.key(name);
            let made = self.within().missing().filter(|()| step == name);
            made.ok_or_else(|| A::Error::custom("no list"))?;
        }
        self.to.push('}');
        Ok(())
    }
}

/// Every element of a list.
struct Each<'p, 't>(Put<'p, 't>);

impl<'j> DeserializeSeed<'j> for Each<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'j>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_seq(self)
    }
}

impl<'j> Visitor<'j> for Each<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'j>>(self, mut elements: A) -> Result<(), A::Error> {
        let Put { path, value, to } = self.0;
        let mut comma = "[";
        loop {
            let start = to.len();
            to.push_str(comma);
            if elements.next_element_seed(Put { path, value, to })?.is_none() {
                to.truncate(start);
                break;
            }
            comma = ",";
        }
        to.push_str(if comma == "[" { "[]" } else { "]" });
        Ok(())
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    extern crate std;

    use std::format;

    use super::*;

    fn put(json: &str, path: &str) -> Option<String> {
        with(json.as_bytes(), path, "s")
    }

    #[test]
    fn a_value_is_put_at_its_path_and_no_other_is_touched() {
        let cases = [
            ("{}", "a", Some(r#"{"a":"s"}"#)),
            (r#"{"a": 1, "b": [1.0, 2e5 ]}"#, "a", Some(r#"{"a":"s","b":[1.0, 2e5 ]}"#)),
            (
                r#"{"n": 12345678901234567890.10}"#,
                "a.b",
                Some(r#"{"n":12345678901234567890.10,"a":{"b":"s"}}"#),
            ),
            (r#"{"a":{"x":{ }}}"#, "a.b.c", Some(r#"{"a":{"x":{ },"b":{"c":"s"}}}"#)),
            (
                r#"{"i":[{"x":1},{"x":2,"s":"old"}]}"#,
                "i[].s",
                Some(r#"{"i":[{"x":1,"s":"s"},{"x":2,"s":"s"}]}"#),
            ),
            (r#" {"i":[ ] } "#, "i[].s", Some(r#"{"i":[]}"#)),
            (r#"{"i":[1 , {}]}"#, "i[]", Some(r#"{"i":["s","s"]}"#)),
            (r#"{"i":[[{}]]}"#, "i[].a", None),
            (r#"{"a\n":{"b":[]}, "c":"}"}"#, "a\n.b", Some(r#"{"a\n":{"b":"s"},"c":"}"}"#)),
            (
                r#" {"a" : {} , "__proto__":[ ],"q":"\"," }"#,
                "a.x",
                Some(r#"{"a":{"x":"s"},"__proto__":[ ],"q":"\","}"#),
            ),
            (r#"{"a":1,"a":{"a":"\u00e9"}}"#, "a", Some(r#"{"a":"s","a":"s"}"#)),
            ("{}", "i[].s", None),
            ("{}", "a.i[]", None),
            ("[]", "a", None),
            (r#"{"a":1}"#, "a.b", None),
            (r#"{"i":{}}"#, "i[].s", None),
            ("", "a", None),
            (r#"{"a""#, "a", None),
            (r#""{}""#, "a", None),
            ("{} {}", "a", None),
            ("{} 1", "a", None),
        ];
        for (json, path, wanted) in cases {
            assert_eq!(put(json, path).as_deref(), wanted, "{json} {path}");
        }
        assert_eq!(with(b"{\"a\":\"\xff\"}", "a", "s"), None);
        assert_eq!(with(b"{}", "a", "\"\\\n").unwrap(), r#"{"a":"\"\\\n"}"#);
    }

    /// A walk for each level would take minutes.
    #[test]
    fn deep_and_large_texts_take_time_in_proportion() {
        let nest = |levels: usize, inside: &str| {
            format!("{}{inside}{}", "{\"a\":".repeat(levels), "}".repeat(levels))
        };
        let path = |steps: usize| ["a"].repeat(steps).join(".");
        assert_eq!(put(&nest(120, "{}"), &path(121)), Some(nest(121, "\"s\"")));
        assert_eq!(put(&nest(200, "{}"), &path(201)), None);
        let deep = nest(100_000, "1");
        let beside = format!("{},\"b\":\"s\"}}", deep.strip_suffix('}').unwrap());
        assert!(put(&deep, "b") == Some(beside), "what is passed over may have any depth");
        let wide = format!("{{{}\"z\": 0}}", "\"b\": [1],".repeat(200_000));
        let made = put(&nest(100, &wide), &format!("{}.z", path(100))).unwrap();
        assert_eq!(made, nest(100, &wide).replace(": [", ":[").replace(": 0", ":\"s\""));
        assert_eq!(put("{}", &path(100_000)).unwrap().len(), 100_000 * 6 + 3);
    }
}
