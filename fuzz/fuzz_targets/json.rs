//! The scanner of one field against serde_json, over a signed body: the same texts are JSON, and
//! the field is the same, a number as it is written. A name of the path that is met twice in its
//! object is no value, which a visitor of pairs sees where a map would not; nor is a field that
//! the elements of an array do not all have alike.
#![no_main]

use hookseal::{Request, Scheme, UnixTime, Value, Verifier, event, header, json};
use hookseal_fuzz::{KEY, mac};
use libfuzzer_sys::fuzz_target;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

const fn row(id: &'static str, kind: &'static str) -> Scheme<'static> {
    Scheme {
        name: "fuzz",
        signature: header("signature"),
        event_id: Some(event(json(id))),
        event_type: Some(json(kind)),
        ..Scheme::BASE
    }
}

const ROWS: [Scheme<'static>; 5] = [
    row("id", "type"),
    row("data.id", "a.b.c"),
    row("a.a", "a.a.a"),
    row("a[].id", "[].a"),
    row("a[].a[].a", "a[][]"),
];

fuzz_target!(|data: &[u8]| {
    let is_json = serde_json::from_slice::<Any>(data).is_ok();
    let signature = mac(&[data]);
    let headers = [("signature", signature.as_str())];
    for scheme in &ROWS {
        let verifier = Verifier::new(scheme, KEY).unwrap();
        let request = Request::new(&headers, data);
        let delivery = verifier.verify(&request, UnixTime::from_secs(0)).unwrap();
        let sources = [scheme.event_id.map(|id| id.source), scheme.event_type];
        for (source, found) in sources.iter().zip([delivery.event_id(), delivery.event_type()]) {
            let path = source.unwrap().name.replace("[]", ".[]");
            let path: Vec<&str> = path.trim_start_matches('.').split('.').collect();
            let expected = if is_json { field(data, &path).ok().flatten() } else { None };
            let found: Option<String> = found.map(|value: Value<'_>| value.to_text());
            assert_eq!(found, expected.filter(|text| !text.is_empty()), "{path:?}");
        }
    }
});

/// There is no one value: a name is there twice, it is no scalar, or elements differ.
#[derive(Debug)]
struct NoOneValue;

/// The string, number or boolean at a path; an empty path is the value itself.
fn field(text: &[u8], path: &[&str]) -> Result<Option<String>, NoOneValue> {
    let Some((step, rest)) = path.split_first() else {
        let text = str::from_utf8(text).unwrap();
        return match text.as_bytes()[0] {
            b'"' => Ok(Some(serde_json::from_str(text).unwrap())),
            b'{' | b'[' => Err(NoOneValue),
            b'n' => Ok(None),
            _ => Ok(Some(text.to_owned())),
        };
    };
    if *step == "[]" {
        let Ok(elements) = serde_json::from_slice::<Vec<&RawValue>>(text) else { return Ok(None) };
        let fields = elements.iter().map(|element| field(element.get().as_bytes(), rest));
        let mut fields = fields.collect::<Result<Vec<_>, _>>()?;
        fields.dedup();
        return if fields.len() > 1 { Err(NoOneValue) } else { Ok(fields.pop().flatten()) };
    }
    let Ok(Pairs(pairs)) = serde_json::from_slice(text) else { return Ok(None) };
    let mut named = pairs.iter().filter(|(key, _)| key == step);
    match (named.next(), named.next()) {
        (Some((_, value)), None) => field(value.get().as_bytes(), rest),
        (None, _) => Ok(None),
        _ => Err(NoOneValue),
    }
}

/// An object as the pairs that it was written with.
struct Pairs<'t>(Vec<(String, &'t RawValue)>);

impl<'t> Deserialize<'t> for Pairs<'t> {
    fn deserialize<D: Deserializer<'t>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(PairsVisitor)
    }
}

struct PairsVisitor;

impl<'t> Visitor<'t> for PairsVisitor {
    type Value = Pairs<'t>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<Pairs<'t>, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Pairs(pairs))
    }
}

/// Any JSON text: every string is decoded, so that a lone surrogate is an error.
struct Any;

impl<'t> Deserialize<'t> for Any {
    fn deserialize<D: Deserializer<'t>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(AnyVisitor)
    }
}

struct AnyVisitor;

impl<'t> Visitor<'t> for AnyVisitor {
    type Value = Any;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Any, E> {
        Ok(Any)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Any, E> {
        Ok(Any)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Any, E> {
        Ok(Any)
    }

    fn visit_str<E>(self, _: &str) -> Result<Any, E> {
        Ok(Any)
    }

    fn visit_unit<E>(self) -> Result<Any, E> {
        Ok(Any)
    }

    fn visit_seq<A: SeqAccess<'t>>(self, mut list: A) -> Result<Any, A::Error> {
        while list.next_element::<Any>()?.is_some() {}
        Ok(Any)
    }

    /// Numbers that fit no integer come here too, as a map of one private name.
    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<Any, A::Error> {
        while map.next_entry::<String, Any>()?.is_some() {}
        Ok(Any)
    }
}
