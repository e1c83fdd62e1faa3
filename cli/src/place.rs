//! Puts a signature where its provider puts it: into the headers, the body, the URL.

use core::fmt;

use hookseal::Place;
use hookseal::capture::Captured;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::output::Failure;
use crate::words;

/// Headers as name and value.
pub(crate) type Headers = Vec<(String, String)>;

/// What signs a delivery: headers, and a signature that is elsewhere.
pub(crate) struct Signature {
    pub(crate) headers: Headers,
    pub(crate) elsewhere: Option<Elsewhere>,
}

/// A signature that is no header.
pub(crate) struct Elsewhere {
    pub(crate) place: Place,
    pub(crate) name: String,
    pub(crate) value: String,
}

/// Pairs of name and value; what is no header has its place for a third.
impl Serialize for Signature {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let headers = self.headers.iter().map(|(name, value)| vec![name.as_str(), value]);
        let elsewhere = self.elsewhere.iter();
        let elsewhere = elsewhere.map(|it| vec![it.name.as_str(), &it.value, it.place.name()]);
        serializer.collect_seq(headers.chain(elsewhere))
    }
}

impl Signature {
    /// One line each.
    pub(crate) fn lines(&self) -> String {
        let mut lines: String =
            self.headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
        if let Some(Elsewhere { place, name, value }) = &self.elsewhere {
            let at = match place {
                Place::Body => words::place_name(*place).to_owned(),
                _ => format!("{} {name}", words::place_name(*place)),
            };
            lines.push_str(&format!("{at}: {value}\n"));
        }
        lines
    }

    /// Signs a delivery. What was there in its place is replaced.
    pub(crate) fn put_into(self, delivery: &mut Captured) -> Result<(), Failure> {
        let replaced =
            |name: &str| self.headers.iter().any(|(it, _)| it.eq_ignore_ascii_case(name));
        delivery.headers.retain(|(name, _)| !replaced(name));
        let headers = self.headers.into_iter().map(|(name, value)| (name, value.into_bytes()));
        delivery.headers.extend(headers);
        self.elsewhere.map_or(Ok(()), |it| it.put_into(delivery))
    }
}

impl Elsewhere {
    fn put_into(&self, delivery: &mut Captured) -> Result<(), Failure> {
        let Elsewhere { place, name, value } = self;
        match place {
            Place::Json => {
                let path: Vec<&str> = name.split('.').collect();
                let body = str::from_utf8(&delivery.body).ok();
                let body = body.and_then(|it| in_json(it, &path, value)).ok_or_else(|| {
                    Failure::new(
                        "malformed_body",
                        "the signature has no place in the body: it is a field of JSON objects",
                    )
                })?;
                delivery.body = body.into_bytes();
            }
            Place::Form => delivery.body = in_form(&delivery.body, name, value),
            Place::Query => {
                let url = delivery.url.as_deref().unwrap_or_default();
                delivery.url = Some(in_url(url, name, value));
            }
            Place::Body => delivery.body = value.clone().into_bytes(),
            _ => return Err(Failure::new("cannot_sign", "the signature's place is not known")),
        }
        Ok(())
    }
}

/// A JSON text with a value at a path; all other values stay as they are written. `name[]` is every
/// element of a list.
fn in_json(json: &str, path: &[&str], value: &str) -> Option<String> {
    let Some((step, rest)) = path.split_first() else { return serde_json::to_string(value).ok() };
    let list = step.strip_suffix("[]");
    let name = list.unwrap_or(step);
    let mut members = serde_json::from_str::<Members<'_>>(json).ok()?.0;
    if !members.iter().any(|(key, _)| key == name) {
        let nothing = serde_json::from_str(if rest.is_empty() { "null" } else { "{}" }).ok()?;
        members.push((name.to_owned(), nothing));
    }
    let mut texts = Vec::new();
    for (key, member) in &members {
        let text = match list {
            _ if key != name => member.get().to_owned(),
            Some(_) => in_each(member.get(), rest, value)?,
            None => in_json(member.get(), rest, value)?,
        };
        texts.push(format!("{}:{text}", serde_json::to_string(key).ok()?));
    }
    Some(format!("{{{}}}", texts.join(",")))
}

fn in_each(json: &str, path: &[&str], value: &str) -> Option<String> {
    let elements: Vec<&RawValue> = serde_json::from_str(json).ok()?;
    let texts: Option<Vec<String>> =
        elements.iter().map(|element| in_json(element.get(), path, value)).collect();
    Some(format!("[{}]", texts?.join(",")))
}

/// The members of a JSON object in their order, their values as they are written.
struct Members<'j>(Vec<(String, &'j RawValue)>);

impl<'j> Deserialize<'j> for Members<'j> {
    fn deserialize<D: Deserializer<'j>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;
        impl<'j> Visitor<'j> for Read {
            type Value = Members<'j>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'j>>(self, mut map: A) -> Result<Members<'j>, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Read)
    }
}

/// A form with one field, there once and at the end.
fn in_form(form: &[u8], name: &str, value: &str) -> Vec<u8> {
    let named = |field: &&[u8]| field.split(|byte| *byte == b'=').next() != Some(name.as_bytes());
    let others = form.split(|byte| *byte == b'&').filter(|it| !it.is_empty()).filter(named);
    let field = format!("{}={}", encoded(name), encoded(value)).into_bytes();
    let fields: Vec<&[u8]> = others.chain([field.as_slice()]).collect();
    fields.join(&b'&')
}

/// A URL with one parameter of its query, there once and at the end.
pub(crate) fn in_url(url: &str, name: &str, value: &str) -> String {
    let (base, query) = url.split_once('?').unwrap_or((url, ""));
    let query = in_form(query.as_bytes(), name, value);
    format!("{base}?{}", String::from_utf8_lossy(&query))
}

/// Percent-encoded: all but letters, digits and the four signs that need no code anywhere.
fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_json_value_is_put_at_its_path_and_no_other_is_touched() {
        let put = |json: &str, path: &str| in_json(json, &path.split('.').collect::<Vec<_>>(), "s");
        let cases = [
            ("{}", "a", Some(r#"{"a":"s"}"#)),
            (r#"{"a": 1, "b": [1.0, 2e5 ]}"#, "a", Some(r#"{"a":"s","b":[1.0, 2e5 ]}"#)),
            (
                r#"{"n": 12345678901234567890.10}"#,
                "a.b",
                Some(r#"{"n":12345678901234567890.10,"a":{"b":"s"}}"#),
            ),
            (
                r#"{"i":[{"x":1},{"x":2,"s":"old"}]}"#,
                "i[].s",
                Some(r#"{"i":[{"x":1,"s":"s"},{"x":2,"s":"s"}]}"#),
            ),
            ("{}", "i[].s", None),
            ("[]", "a", None),
            (r#"{"a":1}"#, "a.b", None),
            ("", "a", None),
        ];
        for (json, path, wanted) in cases {
            assert_eq!(put(json, path).as_deref(), wanted, "{json} {path}");
        }
    }

    #[test]
    fn a_form_has_the_field_once_and_encoded() {
        assert_eq!(in_form(b"", "sig", "a+/=|"), b"sig=a%2B%2F%3D%7C");
        assert_eq!(in_form(b"a=1&sig=old&b=%20", "sig", "x"), b"a=1&b=%20&sig=x");
        assert_eq!(in_url("https://a.example/h", "s", "x"), "https://a.example/h?s=x");
        assert_eq!(in_url("https://a.example/h?s=1&t=2", "s", "x"), "https://a.example/h?t=2&s=x");
    }
}
