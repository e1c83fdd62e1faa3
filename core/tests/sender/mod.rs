//! A sender: makes a delivery of any row that can be signed, with every value that the row reads,
//! wherever it is. The tag alone is the core's.
#![allow(dead_code, reason = "each program uses a part of it")]

pub(crate) mod clock;
pub(crate) mod draft;
pub(crate) mod secrets;

use hookseal::handshake::Reply;
use hookseal::{
    Error, Place, Request, Scheme, SchemeError, SetupError, Signer, Source, UnixTime, When, header,
    json,
};
use serde_json::{Map, Value};

use self::clock::written;
use self::draft::{Body, Draft, first, text};
use self::secrets::Secret;
use crate::reference::Received;
use crate::reference::template::{Piece, parts, words};
use crate::reference::words::Reading;

/// What happened, and how it is told.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) id: String,
    pub(crate) kind: String,
    /// Unix milliseconds.
    pub(crate) sent: i64,
    /// A value for every field that the row signs and this sender knows nothing of.
    pub(crate) value: String,
    /// The fields of a body that has fields.
    pub(crate) fields: Map<String, Value>,
    /// The body where the row needs no field of it; else, and without one, it is JSON.
    pub(crate) plain: Option<Vec<u8>>,
    pub(crate) url: String,
    /// Whether what may be absent is there: values in groups, conditions.
    pub(crate) whole: bool,
    /// Whether the conditions that may be absent are there.
    pub(crate) conditions: bool,
}

/// A delivery, and what it was before it was signed.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) received: Received,
    /// Without the signature, where that is no header.
    pub(crate) draft: Draft,
    pub(crate) signature: String,
    pub(crate) secret: Secret,
}

/// Whether deliveries of the row can be made: RSA only verifies.
pub(crate) fn is_signable(row: &'static Scheme<'static>) -> bool {
    let refusal = Err(SetupError::Scheme(SchemeError::CannotSign));
    Signer::new(row, "id:a key of whatever kind").map(drop) != refusal
}

/// Makes and signs a delivery.
///
/// # Errors
/// What the signer refuses.
pub(crate) fn send(
    row: &'static Scheme<'static>,
    secret: &Secret,
    event: &Event,
) -> Result<Sent, Error> {
    let mut draft = Draft {
        headers: Vec::new(),
        url: event.url.clone(),
        query: Vec::new(),
        body: body(row, event),
    };
    fill(row, event, &mut draft);
    list_headers(row, event, &mut draft);
    meet_conditions(row, secret, event, &mut draft);
    let received = draft.received();
    let pairs: Vec<(&str, &[u8])> =
        received.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect();
    let request = Request::new(pairs.as_slice(), &received.body);
    let request = request.url(&received.url).method(&received.method);
    let id = (event.whole || !is_optional(row, "event_id")).then_some(event.id.as_str());
    let signer = Signer::new(row, &secret.signer).expect("a secret as the row spells it");
    let signed = signer.sign(&request, id, UnixTime::from_millis(event.sent))?;
    let signature = signed.signature().to_owned();
    for (name, value) in signed.headers() {
        draft.set(name, value.to_string(), row);
    }
    // What a provider sends beside what it signs.
    if let Some(id) = row.event_id.filter(|it| it.source.place == Place::Header && id.is_some()) {
        draft.put(&id.source, event.id.as_str());
    }
    let (id, _) = crate::reference::tag::halves(row, &secret.verifier);
    let received = draft.signed(row, id, &signature);
    Ok(Sent { received, draft, signature, secret: secret.clone() })
}

/// Whether a word is in a group of what is signed.
fn is_optional(row: &Scheme<'_>, wanted: &str) -> bool {
    let is = |piece: &Piece| matches!(piece, Piece::Word(word, _) if word == wanted);
    parts(row.signed.text()).iter().any(|part| part.group != 0 && is(&part.piece))
}

fn body(row: &Scheme<'_>, event: &Event) -> Body {
    let hashed = event.conditions && row.checks.iter().any(|it| it.when == When::IfPresent);
    match &event.plain {
        _ if reads(row, Place::Form, &["{form"]) && !hashed => {
            let pair = |(name, value): (&String, &Value)| (name.clone(), text(value));
            Body::Form(event.fields.iter().map(pair).collect())
        }
        // Bytes that are not text cannot be quoted.
        Some(plain) if row.signed.text().contains("{body|quoted}") => {
            Body::Plain(String::from_utf8_lossy(plain).into_owned().into_bytes())
        }
        // A body that could be a challenge to answer is JSON, or none of the row's.
        Some(plain)
            if !answers_by_mac(row)
                && !reads(row, Place::Json, &["{json", "|minified|", "{body|sorted}"]) =>
        {
            Body::Plain(plain.clone())
        }
        _ => Body::Json(Value::Object(event.fields.clone())),
    }
}

/// Whether a handshake of the row is answered by a MAC, which must be none of a delivery.
fn answers_by_mac(row: &Scheme<'_>) -> bool {
    let is_mac = |template: &hookseal::Template<'_>| template.text().contains("{mac}");
    row.handshakes.iter().any(|it| match &it.reply {
        Reply::Text(text) => is_mac(text),
        Reply::Json(fields) => fields.iter().any(|(_, text)| is_mac(text)),
        _ => false,
    })
}

/// Whether the row needs something that is in a place of the body, or one of these words.
pub(crate) fn reads(row: &Scheme<'_>, place: Place, words: &[&str]) -> bool {
    let is = |source: Option<Source<'_>>| source.is_some_and(|source| source.place == place);
    is(Some(row.signature))
        || is(row.timestamp.map(|it| it.source))
        || is(row.event_id.map(|it| it.source))
        || row.checks.iter().any(|check| is(Some(check.source)))
        || words.iter().any(|word| row.signed.text().contains(word))
}

/// Every value that the row reads, but the signature.
fn fill(row: &'static Scheme<'static>, event: &Event, draft: &mut Draft) {
    if let Some(time) = row.timestamp.filter(|it| it.source.place != Place::Header) {
        draft.put(&time.source, written(&time, event.sent));
    }
    if let Some(id) = row.event_id.filter(|it| it.source.place != Place::Header) {
        draft.put(&id.source, event.id.as_str());
    }
    if let Some(kind) = row.event_type {
        draft.put(&kind, event.kind.as_str());
    }
    for part in parts(row.signed.text()) {
        let Piece::Word(word, name) = part.piece else { continue };
        if part.group != 0 && !event.whole {
            continue;
        }
        let value = Value::from(event.value.as_str());
        let name = name.as_str();
        match word.as_str() {
            "header" if row.timestamp.is_some_and(|it| first(&it.source) == name) => {}
            "header" => draft.put(&header(name), value),
            "json" | "json|text" => draft.put(&json(name), value),
            "json|php" => {
                let note = serde_json::json!({ "note": "naïve a/b", "value": value });
                draft.put(&json(name), note);
            }
            "query" => draft.put(&hookseal::query(name), value),
            "form" | "form|pairs" if !name.is_empty() => draft.put(&hookseal::form(name), value),
            "item" => {
                let item = format!("{name}{}", event.value);
                draft.put_item(first(&row.signature), row.signature.split, &item);
            }
            _ => {}
        }
    }
}

/// The list of the headers that are signed, where the row has one, and the headers on it.
fn list_headers(row: &Scheme<'_>, event: &Event, draft: &mut Draft) {
    let Some(list) = row.signed_headers else { return };
    draft.put(&header("x-note"), event.value.as_str());
    let mut names = vec!["x-note"];
    let time = row.timestamp.filter(|_| !row.signed.text().contains("{timestamp}"));
    let time = time.map(|time| (time.source, text(&written(&time, event.sent))));
    if let Some((source, value)) = time.filter(|(source, _)| source.place == Place::Header) {
        draft.put(&source, value);
        names.push(first(&source));
    }
    let join = if list.split.contains(',') { " " } else { "," };
    draft.put(&list, names.join(join));
}

/// What a condition compares is there, and is as it must be. Claims are the signer's.
fn meet_conditions(row: &Scheme<'_>, secret: &Secret, event: &Event, draft: &mut Draft) {
    let (id, key) = crate::reference::tag::halves(row, &secret.verifier);
    for check in row.checks {
        if check.when == When::IfPresent && !event.conditions || check.source.place == Place::Claim
        {
            continue;
        }
        let received = draft.received();
        let reading = Reading { row, of: &received, id, secret: key.as_bytes(), other: false };
        let value = reading.content(check.equals.text()).expect("a condition that can be met");
        draft.remove(&check.source);
        draft.put(&check.source, String::from_utf8(value).expect("conditions are text"));
    }
}

/// Whether the URL has a part in what is verified.
pub(crate) fn needs_url(row: &Scheme<'_>) -> bool {
    let is = |source: Source<'_>| source.place == Place::Query;
    let named = |text: &str| {
        let starts = |word: &str| ["url", "path", "query"].iter().any(|it| word.starts_with(it));
        words(text).iter().any(|(word, _)| starts(word))
    };
    let signed_id = row.event_id.filter(|_| row.signed.text().contains("{event_id}"));
    named(row.signed.text())
        || row.checks.iter().any(|check| is(check.source) || named(check.equals.text()))
        || is(row.signature)
        || row.timestamp.is_some_and(|time| is(time.source))
        || signed_id.is_some_and(|id| is(id.source))
}

pub(crate) fn needs_method(row: &Scheme<'_>) -> bool {
    row.signed.text().contains("{method")
}
