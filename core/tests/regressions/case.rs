//! A genuine delivery of any row, made from the row's own facts with a MAC of its own: what the
//! tests mutate, and what the wrong implementations are given.

use std::rc::Rc;

use hookseal::{
    Algorithm, Delivery, Encoding, Error, KeyFormat, Place, Request, Scheme, Source, Timestamp,
    UnixTime, Verifier, event, header, json, providers, seconds, template,
};
use serde_json::Value;

use crate::spell::{body, mac, secret, spell, spell_time, words};

/// The moment at which the deliveries are sent and received: 2023-11-14T22:13:20Z.
pub(crate) const NOW: i64 = 1_700_000_000;
pub(crate) const YEAR: i64 = 31_536_000;

const URL: &str = "https://hooks.example.com/in?tenant=1";
const ID: &str = "evt_2KWPBgLlAfxdpx2AI54pPJ85f4W";
const KEY: &[u8; 32] = b"a secret of thirty-two bytes, so";

/// Rows that no provider has: longer tags, URL-safe base64, a hex key, signed fields.
const CUSTOM: [&Scheme<'static>; 2] = [
    &Scheme {
        name: "custom-sha512",
        signature: header("custom-signature").item(" ", "v2,"),
        encoding: Encoding::Base64Url,
        algorithm: Algorithm::HmacSha512,
        key: KeyFormat::Hex,
        timestamp: Some(seconds(header("custom-time"))),
        signed: template!("{header:custom-tenant}|{timestamp}|{body}"),
        event_id: Some(event(json("id"))),
        ..Scheme::BASE
    },
    &Scheme {
        name: "custom-sha384",
        signature: header("custom-signature").prefix("sha384="),
        algorithm: Algorithm::HmacSha384,
        signed: template!("{json:account.id}|{body}"),
        ..Scheme::BASE
    },
];

/// Every row of the table, and the custom ones.
pub(crate) fn rows() -> impl Iterator<Item = &'static Scheme<'static>> {
    providers::ALL.iter().copied().chain(CUSTOM)
}

/// The rows that sign.
pub(crate) fn signing_rows() -> impl Iterator<Item = &'static Scheme<'static>> {
    rows().filter(|row| row.algorithm != Algorithm::Token)
}

/// The rows that sign a time.
pub(crate) fn timed_rows() -> impl Iterator<Item = (&'static Scheme<'static>, Timestamp<'static>)> {
    rows().filter_map(|row| row.timestamp.map(|time| (row, time)))
}

/// What a test asks of a verifier, ours or a wrong one.
pub(crate) type Verify<'v> = &'v dyn Fn(&Case) -> bool;

/// One delivery, with what its sender knows.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) scheme: &'static Scheme<'static>,
    pub(crate) headers: Vec<(String, Vec<u8>)>,
    pub(crate) body: Vec<u8>,
    pub(crate) url: String,
    pub(crate) now: UnixTime,
    /// The signature that the sender made, as it is spelled.
    pub(crate) signature: String,
    /// Where in its header it stands; nothing follows it there.
    signature_at: usize,
    /// The time as it is spelled; empty where the row has none.
    pub(crate) time: String,
    /// Made once: most tests ask the same one thousands of times.
    verifier: Rc<Verifier<'static>>,
}

impl Case {
    /// A delivery sent at [`NOW`].
    pub(crate) fn of(scheme: &'static Scheme<'static>) -> Self {
        Self::at(scheme, UnixTime::from_secs(NOW))
    }

    /// A delivery sent, and received, at this moment.
    pub(crate) fn at(scheme: &'static Scheme<'static>, sent: UnixTime) -> Self {
        let time = scheme.timestamp.map_or(String::new(), |time| spell_time(time.clock, sent));
        Case { now: sent, ..Self::signed(scheme, &time, ID, &[]) }
    }

    /// A delivery with this text as its time, rightly signed, whatever the text is. `fields` are
    /// further fields of the body.
    pub(crate) fn signed(
        scheme: &'static Scheme<'static>,
        time: &str,
        id: &str,
        fields: &[(&str, Value)],
    ) -> Self {
        let body = body(scheme, time, id, fields).to_string().into_bytes();
        Self::with_body(scheme, time, id, body)
    }

    /// A delivery with this body, rightly signed.
    pub(crate) fn with_body(
        scheme: &'static Scheme<'static>,
        time: &str,
        id: &str,
        body: Vec<u8>,
    ) -> Self {
        let mut case = Case {
            scheme,
            headers: Vec::new(),
            body,
            url: URL.to_owned(),
            now: UnixTime::from_secs(NOW),
            signature: String::new(),
            signature_at: 0,
            time: time.to_owned(),
            verifier: Rc::new(Verifier::new(scheme, secret(scheme.key, KEY)).unwrap()),
        };
        for (word, name) in words(scheme) {
            if word == "header" {
                case.headers.push((name.to_owned(), b"acme".to_vec()));
            }
        }
        let mut add = |source: Option<Source<'_>>, text: &str| {
            if let Some(source) = source.filter(|source| source.place == Place::Header) {
                case.add(source, text);
            }
        };
        add(scheme.event_id.map(|id| id.source), id);
        add(scheme.event_type, "thing.made");
        add(scheme.timestamp.map(|time| time.source), time);
        case.signature = spell(scheme.encoding, &mac(scheme.algorithm, KEY, &case.content(id)));
        let signature = case.signature.clone();
        case.add(scheme.signature, &signature);
        case.signature_at = case.header_of(scheme.signature).len() - signature.len();
        case
    }

    /// Writes a value into its header: an item behind the others, or a header of its own.
    fn add(&mut self, source: Source<'_>, text: &str) {
        let name = source.names().next().unwrap();
        let item = format!("{}{text}", source.prefix);
        match self.headers.iter_mut().find(|(other, _)| other == name) {
            Some((_, value)) => value.extend(format!("{}{item}", source.split).bytes()),
            None => self.headers.push((name.to_owned(), item.into_bytes())),
        }
    }

    /// The signed bytes.
    fn content(&self, id: &str) -> Vec<u8> {
        let mut content = Vec::new();
        for (word, name) in words(self.scheme) {
            content.extend_from_slice(match word {
                "" => name.as_bytes(),
                "body" => &self.body,
                "timestamp" => self.time.as_bytes(),
                "event_id" => id.as_bytes(),
                "url" | "url|unescaped" => self.url.as_bytes(),
                "method" => b"POST",
                "header" | "json" => b"acme",
                "secret" => KEY,
                other => panic!("a word that this test does not know: {other}"),
            });
        }
        content
    }

    /// The tag that the sender made.
    pub(crate) fn tag(&self) -> Vec<u8> {
        self.tag_by(self.scheme.algorithm)
    }

    /// A tag of the same content by another algorithm.
    pub(crate) fn tag_by(&self, algorithm: Algorithm) -> Vec<u8> {
        mac(algorithm, KEY, &self.content(ID))
    }

    /// A tag of the same content under another key.
    pub(crate) fn tag_under(&self, key: &[u8]) -> Vec<u8> {
        mac(self.scheme.algorithm, key, &self.content(ID))
    }

    /// The secret as its user has it.
    pub(crate) fn secret(&self) -> String {
        secret(self.scheme.key, KEY)
    }

    /// Hands the verdict on.
    pub(crate) fn ask<T>(&self, then: impl FnOnce(Result<Delivery<'_>, Error>) -> T) -> T {
        self.ask_of(&self.verifier, then)
    }

    /// The same of another verifier.
    pub(crate) fn ask_of<T>(
        &self,
        verifier: &Verifier<'static>,
        then: impl FnOnce(Result<Delivery<'_>, Error>) -> T,
    ) -> T {
        let pairs: Vec<(&str, &[u8])> =
            self.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect();
        let request = Request::new(pairs.as_slice(), &self.body).url(&self.url).method("POST");
        then(verifier.verify(&request, self.now))
    }

    /// `verified`, or the code of the refusal.
    pub(crate) fn code(&self) -> &'static str {
        self.ask(|verdict| verdict.map_or_else(Error::code, |_| "verified"))
    }

    /// Whether it verifies.
    pub(crate) fn accepted(&self) -> bool {
        self.code() == "verified"
    }

    /// The value of the header in which a source is.
    pub(crate) fn header_of(&mut self, source: Source<'_>) -> &mut Vec<u8> {
        let mut headers = self.headers.iter_mut();
        let found = headers.find(|(name, _)| source.names().any(|other| other == name));
        &mut found.unwrap().1
    }

    /// What stands in the place of the signature.
    pub(crate) fn received(&self) -> Vec<u8> {
        let source = self.scheme.signature;
        let named = |name: &String| source.names().any(|other| other == name);
        let (_, value) = self.headers.iter().find(|(name, _)| named(name)).unwrap();
        value[self.signature_at..].to_vec()
    }

    /// The same request with other headers.
    pub(crate) fn with_headers(&self, headers: Vec<(String, Vec<u8>)>) -> Self {
        Case { headers, ..self.clone() }
    }

    /// The same request with another text in the place of the signature.
    pub(crate) fn with_signature(&self, text: impl AsRef<[u8]>) -> Self {
        let mut case = self.clone();
        let value = case.header_of(self.scheme.signature);
        value.truncate(self.signature_at);
        value.extend_from_slice(text.as_ref());
        case
    }
}
