//! A delivery that is changed: where its signature stands, and what is put there.

use std::rc::Rc;

use hookseal::{Place, UnixTime};
use serde_json::Value;

use crate::build::MARK;
use crate::case::Case;
use crate::reference::Received;
use crate::spell::first;

impl Case {
    /// The same request, received at another moment.
    pub(crate) fn received_at(&self, now: UnixTime) -> Self {
        Case { now, ..self.clone() }
    }

    /// The same request with another body.
    pub(crate) fn with_other_body(&self, body: impl AsRef<[u8]>) -> Self {
        Case { body: body.as_ref().to_vec(), ..self.clone() }
    }

    /// The same request to another URL.
    pub(crate) fn with_url(&self, url: String) -> Self {
        Case { url, ..self.clone() }
    }

    /// The same request with other headers.
    pub(crate) fn with_headers(&self, headers: Vec<(String, Vec<u8>)>) -> Self {
        Case { headers, ..self.clone() }
    }

    /// The same request with a value of this text in the list of its signature's header.
    pub(crate) fn with_list(&self, text: &str) -> Self {
        let mut case = self.clone();
        *case.header_of(self.scheme.signature) = text.as_bytes().to_vec();
        case
    }

    /// Whether the genuine signature is among those that the request carries.
    pub(crate) fn carries_its_signature(&self) -> bool {
        let found = crate::reference::find::all(
            &self.scheme.signature,
            &self.received_whole(),
            self.scheme,
        );
        found.iter().any(|text| text == self.signature.as_bytes())
    }

    /// The genuine request with another text in the place of the signature.
    pub(crate) fn with_signature(&self, text: impl AsRef<[u8]>) -> Self {
        let mut case = self.clone();
        case.put(text);
        case
    }

    pub(crate) fn put(&mut self, text: impl AsRef<[u8]>) {
        let Received { headers, url, body, .. } = self.with_text(text);
        (self.headers, self.url, self.body) = (headers, url, body);
    }

    /// What was sent, with a text where the mark is.
    pub(crate) fn with_text(&self, text: impl AsRef<[u8]>) -> Received {
        let text = text.as_ref();
        let written = match self.scheme.signature.place {
            Place::Json => {
                let text = String::from_utf8_lossy(text);
                let quoted = Value::from(&*text).to_string();
                quoted[1..quoted.len() - 1].to_owned().into_bytes()
            }
            Place::Form | Place::Query => {
                form_urlencoded::byte_serialize(text).collect::<String>().into_bytes()
            }
            _ => text.to_vec(),
        };
        let put = |value: &[u8]| match position(value, MARK.as_bytes()) {
            Some(at) => [&value[..at], &written, &value[at + MARK.len()..]].concat(),
            None => value.to_vec(),
        };
        let Received { headers, url, method, body } = (*self.sent).clone();
        Received {
            headers: headers.into_iter().map(|(name, value)| (name, put(&value))).collect(),
            url: String::from_utf8(put(url.as_bytes())).unwrap(),
            method,
            body: put(&body),
        }
    }

    /// Puts the mark in the place of a signature that is there.
    pub(crate) fn mark(&mut self, signature: &str) {
        let written = match self.scheme.signature.place {
            Place::Form | Place::Query => {
                form_urlencoded::byte_serialize(signature.as_bytes()).collect::<String>()
            }
            _ => signature.to_owned(),
        };
        let put = |value: &[u8]| match position(value, written.as_bytes()) {
            Some(at) => [&value[..at], MARK.as_bytes(), &value[at + written.len()..]].concat(),
            None => value.to_vec(),
        };
        let Received { headers, url, method, body } = (*self.sent).clone();
        self.sent = Rc::new(Received {
            headers: headers.into_iter().map(|(name, value)| (name, put(&value))).collect(),
            url: String::from_utf8(put(url.as_bytes())).unwrap(),
            method,
            body: put(&body),
        });
        self.signature = signature.to_owned();
    }

    /// The signature of a published delivery, by the second reading of the rows.
    pub(crate) fn ask_signature(&self) -> String {
        let found = crate::reference::find::all(&self.scheme.signature, &self.sent, self.scheme);
        String::from_utf8(found.into_iter().next().unwrap()).unwrap()
    }

    /// What stands where the mark was, as it is decoded.
    pub(crate) fn text_at_mark(&self) -> Option<Vec<u8>> {
        let now = self.received_whole();
        let sent = &self.sent;
        let headers = sent.headers.iter().filter_map(|(name, value)| {
            let (_, now) = now.headers.iter().find(|(other, _)| other == name)?;
            between(value, now)
        });
        let text = headers
            .chain(between(sent.url.as_bytes(), now.url.as_bytes()))
            .chain(between(&sent.body, &now.body))
            .next()?;
        Some(match self.scheme.signature.place {
            Place::Form | Place::Query => {
                let pair = [b"x=", &text[..]].concat();
                form_urlencoded::parse(&pair).next()?.1.into_owned().into_bytes()
            }
            Place::Json => {
                let quoted = format!("\"{}\"", String::from_utf8_lossy(&text));
                serde_json::from_str::<String>(&quoted).ok()?.into_bytes()
            }
            _ => text,
        })
    }

    /// The request without its signature: without the header, the field, or the parameter.
    pub(crate) fn without_signature(&self) -> Self {
        let source = self.scheme.signature;
        let named = |name: &str| source.names().any(|own| own.eq_ignore_ascii_case(name));
        let mut case = self.clone();
        match source.place {
            Place::Header => case.headers.retain(|(name, _)| !named(name)),
            Place::Query => case.url = case.url.replace(first(source.name), "nothing"),
            Place::Body => case.body.clear(),
            _ => {
                let last = first(source.name).rsplit('.').next().unwrap();
                let form = format!("{last}=");
                let [from, to] = match source.place {
                    Place::Form => [form, "nothing=".to_owned()],
                    _ => [format!("\"{last}\""), "\"nothing\"".to_owned()],
                };
                let at = position(&case.body, from.as_bytes()).unwrap();
                case.body.splice(at..at + from.len(), to.into_bytes());
            }
        }
        case
    }

    pub(crate) fn received_whole(&self) -> Received {
        let Case { headers, url, body, .. } = self.clone();
        Received { headers, url, body, method: self.sent.method.clone() }
    }
}

pub(crate) fn position(text: &[u8], sought: &[u8]) -> Option<usize> {
    text.windows(sought.len()).position(|window| window == sought)
}

/// What stands where the mark was in a text that is the same around it.
fn between(marked: &[u8], now: &[u8]) -> Option<Vec<u8>> {
    let at = position(marked, MARK.as_bytes())?;
    let (head, tail) = (&marked[..at], &marked[at + MARK.len()..]);
    Some(now.strip_prefix(head)?.strip_suffix(tail)?.to_vec())
}
