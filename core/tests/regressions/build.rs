//! A delivery while it is put together: every value that the row reads, wherever it is, and a mark
//! in the place of the signature.

use hookseal::{Place, Scheme, Source, When};
use serde_json::{Value, json};

use crate::reference::Received;
use crate::reference::template::words;
use crate::reference::words::Reading;
use crate::rows::reads_form;
use crate::spell::{fields, first, form, key_id, set};

/// What stands in the place of a signature before there is one.
pub(crate) const MARK: &str = "SIGNATURESTANDSHERE";

/// A header that is on each list of signed headers.
pub(crate) const LISTED: &str = "x-note";

const URL: &str = "https://hooks.example.com/in?tenant=1";

pub(crate) struct Draft<'s> {
    row: &'s Scheme<'static>,
    of: Received,
}

impl<'s> Draft<'s> {
    /// The body of a delivery.
    pub(crate) fn body(row: &Scheme<'_>, time: &str, id: &str, more: &[(&str, Value)]) -> Vec<u8> {
        let place = if reads_form(row) { Place::Form } else { Place::Json };
        let mut body = fields(row, place, time, id, more);
        if row.signature.place == place {
            set(&mut body, first(row.signature.name), json!(marked(row)));
        }
        if place == Place::Form { form(&body).into_bytes() } else { body.to_string().into_bytes() }
    }

    /// The delivery of a body.
    pub(crate) fn new(row: &'s Scheme<'static>, time: &str, id: &str, body: Vec<u8>) -> Self {
        let of = Received { headers: Vec::new(), url: URL.into(), method: "POST".into(), body };
        let mut draft = Draft { row, of };
        let sources = [
            (row.event_id.map(|id| id.source), id),
            (row.event_type, "thing.made"),
            (row.timestamp.map(|time| time.source), time),
        ];
        draft.named(&sources.map(|(source, _)| source));
        for (source, text) in sources {
            source.iter().for_each(|source| draft.put(source, text));
        }
        draft.list(&sources.map(|(source, _)| source));
        draft
    }

    /// The request, but for its signature.
    pub(crate) fn received(mut self, secret: &str) -> Received {
        self.meet_conditions(secret);
        let row = self.row;
        if row.signature.place == Place::Body {
            self.of.body = marked(row).into_bytes();
        } else {
            // Its prefix is in it already.
            self.put(&row.signature.prefix(""), &marked(row));
        }
        self.of
    }

    /// What the template names, and no source beside it.
    fn named(&mut self, sources: &[Option<Source<'_>>]) {
        let row = self.row;
        for (word, name) in words(row.signed.text()) {
            let place = match word.as_str() {
                "header" => hookseal::header(&name),
                "query" => hookseal::query(&name),
                "item" => {
                    self.put(&row.signature.prefix(""), &format!("{name}acme"));
                    continue;
                }
                _ => continue,
            };
            let same = |other: &Source<'_>| {
                other.place == place.place && other.names().any(|it| it == name)
            };
            let mut known = sources.iter().flatten().chain(row.checks.iter().map(|it| &it.source));
            if !known.any(same) && !self.has(&place) {
                self.put(&place, "acme");
            }
        }
    }

    fn has(&self, source: &Source<'_>) -> bool {
        self.of.headers.iter().any(|(name, _)| name == source.name)
    }

    /// The list of the headers that are signed, where the row has one.
    fn list(&mut self, sources: &[Option<Source<'_>>]) {
        let Some(list) = self.row.signed_headers else { return };
        self.put(&hookseal::header(LISTED), "acme");
        let signed_by_name = self.row.signed.text().contains("{timestamp}");
        let time = self.row.timestamp.map(|time| time.source).filter(|_| signed_by_name);
        let headers = sources.iter().flatten().filter(|source| source.place == Place::Header);
        let own = headers.filter(|source| source.split.is_empty() && Some(**source) != time);
        let names: Vec<&str> = own.map(|source| first(source.name)).chain([LISTED]).collect();
        self.put(&list, &names.join(if list.split.contains(',') { " " } else { "," }));
    }

    /// What a condition compares is there, and is as it must be. Claims are the signer's.
    fn meet_conditions(&mut self, secret: &str) {
        let (id, key) = crate::reference::tag::halves(self.row, secret);
        for check in self.row.checks {
            let outside = [Place::Header, Place::Query].contains(&check.source.place);
            if outside && check.when != When::IfPresent {
                let of = &self.of;
                let reading =
                    Reading { row: self.row, of, id, secret: key.as_bytes(), other: false };
                let value = reading.content(check.equals.text()).unwrap();
                self.put(&check.source, str::from_utf8(&value).unwrap());
            }
        }
    }

    /// Writes a value to its place: into a list behind the other items, or a header or parameter of
    /// its own. What is in the body is there already.
    fn put(&mut self, source: &Source<'_>, text: &str) {
        let name = first(source.name);
        let item = format!("{}{text}", first(source.prefix));
        match source.place {
            Place::Header => match self.of.headers.iter_mut().find(|(other, _)| other == name) {
                Some((_, value)) => value.extend(format!("{}{item}", source.split).bytes()),
                None => self.of.headers.push((name.to_owned(), item.into_bytes())),
            },
            Place::Query => {
                let mut pair = form_urlencoded::Serializer::new(String::new());
                let pair = pair.append_pair(name, &item).finish();
                self.of.url = format!("{}&{pair}", self.of.url);
            }
            _ => {}
        }
    }
}

/// The mark with all that stands around a signature.
fn marked(row: &Scheme<'_>) -> String {
    let prefix = first(row.signature.prefix);
    let close = if prefix.ends_with('"') { "\"" } else { "" };
    let filed = row.signature.key_mark.map_or_else(String::new, |mark| {
        let mut id = key_id(row);
        id.pop();
        format!("{id}{}", char::from(mark))
    });
    format!("{prefix}{filed}{MARK}{close}")
}
