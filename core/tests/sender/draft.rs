//! A delivery while it is put together.

use form_urlencoded::Serializer;
use hookseal::{Place, Scheme, Source};
use serde_json::{Map, Value, json};

use crate::reference::Received;
use crate::reference::find::Pairs;

/// The body before it is written.
#[derive(Clone, Debug)]
pub(crate) enum Body {
    Plain(Vec<u8>),
    Json(Value),
    Form(Pairs),
}

#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) url: String,
    pub(crate) query: Pairs,
    pub(crate) body: Body,
}

impl Draft {
    pub(crate) fn received(&self) -> Received {
        let headers =
            self.headers.iter().map(|(name, value)| (name.clone(), value.clone().into_bytes()));
        Received {
            headers: headers.collect(),
            url: self.full_url(),
            method: "POST".into(),
            body: match &self.body {
                Body::Plain(bytes) => bytes.clone(),
                Body::Json(value) => value.to_string().into_bytes(),
                Body::Form(pairs) => encoded(pairs).into_bytes(),
            },
        }
    }

    fn full_url(&self) -> String {
        let join = if self.url.contains('?') { "&" } else { "?" };
        match self.query.is_empty() {
            true => self.url.clone(),
            false => format!("{}{join}{}", self.url, encoded(&self.query)),
        }
    }

    /// Puts a value to where a source names it, unless there is one already.
    pub(crate) fn put(&mut self, source: &Source<'_>, value: impl Into<Value>) {
        let (name, value) = (first(source), value.into());
        let text = format!("{}{}", first_of(source.prefix), text(&value));
        let free = |pairs: &Pairs| !pairs.iter().any(|(it, _)| it.eq_ignore_ascii_case(name));
        match source.place {
            Place::Header if !source.split.is_empty() => self.put_item(name, source.split, &text),
            Place::Header if free(&self.headers) => self.headers.push((name.into(), text)),
            Place::Query if free(&self.query) => self.query.push((name.into(), text)),
            Place::Form => match &mut self.body {
                Body::Form(pairs) if free(pairs) => pairs.push((name.into(), text)),
                _ => {}
            },
            Place::Json => {
                let value = if source.prefix.is_empty() { value } else { text.into() };
                if let Body::Json(root) = &mut self.body {
                    put_json(root, name, value);
                }
            }
            _ => {}
        }
    }

    /// Takes away what a source names, so that it is missing, or another value can be put there.
    pub(crate) fn remove(&mut self, source: &Source<'_>) {
        let name = first(source);
        match (source.place, &mut self.body) {
            (Place::Header, _) => self.headers.retain(|(it, _)| !it.eq_ignore_ascii_case(name)),
            (Place::Query, _) => self.query.retain(|(it, _)| it != name),
            (Place::Form, Body::Form(pairs)) => pairs.retain(|(it, _)| it != name),
            (Place::Json, Body::Json(root)) => {
                let (path, last) = name.rsplit_once('.').unwrap_or(("", name));
                let steps = path.split('.').filter(|step| !step.is_empty());
                let inner = steps.fold(root, |at, step| match step.strip_suffix("[]") {
                    Some("") => &mut at[0],
                    Some(step) => &mut at[step][0],
                    None => &mut at[step],
                });
                inner.as_object_mut().unwrap().remove(last);
            }
            _ => {}
        }
    }

    /// An item of a list in a header, behind those that are there.
    pub(crate) fn put_item(&mut self, name: &str, split: &str, item: &str) {
        match self.headers.iter_mut().find(|(it, _)| it == name) {
            Some((_, list)) => *list = format!("{list}{split}{item}"),
            None => self.headers.push((name.into(), item.into())),
        }
    }

    /// A header that the signer wrote: in place of the draft's, or beside the items of its list.
    pub(crate) fn set(&mut self, name: &str, value: String, row: &Scheme<'_>) {
        let split = row.signature.split;
        match self.headers.iter_mut().find(|(it, _)| it == name) {
            Some((_, list)) if !split.is_empty() && name == first(&row.signature) => {
                *list = format!("{value}{split}{list}");
            }
            Some((_, there)) => *there = value,
            None => self.headers.push((name.into(), value)),
        }
    }

    /// The delivery with this text in the place of its signature; `id`: that of the key, which
    /// stands before it where the row files signatures under keys.
    pub(crate) fn signed(&self, row: &Scheme<'_>, id: &str, signature: &str) -> Received {
        let mut draft = self.clone();
        let under = row.signature.key_mark.map(|mark| format!("{id}{}", char::from(mark)));
        let signature = &format!("{}{signature}", under.unwrap_or_default());
        draft.put(&row.signature, signature.as_str());
        match row.signature.place {
            Place::Body => {
                draft.body = Body::Plain(format!("{}{signature}", row.signature.prefix).into());
                draft.received()
            }
            Place::Header => self.received(),
            _ => draft.received(),
        }
    }
}

fn encoded(pairs: &Pairs) -> String {
    Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// The first name of a source: the one that the provider sends by default.
pub(crate) fn first<'s>(source: &Source<'s>) -> &'s str {
    first_of(source.name)
}

fn first_of(alternatives: &str) -> &str {
    alternatives.split('|').next().unwrap()
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Puts a value under a path, through objects and the one element of arrays.
fn put_json(at: &mut Value, path: &str, value: Value) {
    let (step, rest) = path.split_once('.').map_or((path, None), |(step, rest)| (step, Some(rest)));
    let name = step.trim_end_matches("[]");
    let mut at = match name {
        "" => at,
        _ => at.as_object_mut().unwrap().entry(name).or_insert(Value::Null),
    };
    if step.ends_with("[]") {
        if at.is_null() {
            *at = json!([null]);
        }
        at = &mut at[0];
    }
    match rest {
        Some(rest) => {
            if at.is_null() {
                *at = Value::Object(Map::new());
            }
            put_json(at, rest, value);
        }
        None if at.is_null() => *at = value,
        None => {}
    }
}
