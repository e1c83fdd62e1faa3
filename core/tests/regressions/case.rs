//! A genuine delivery of any row, made from the row's own facts with a MAC of its own: what the
//! tests mutate, and what the wrong implementations are given.

use std::rc::Rc;

use hookseal::{Algorithm, Delivery, Error, Place, Request, Scheme, Source, UnixTime, Verifier};
use serde_json::Value;

use crate::spell::{body, mac, secret, spell, spell_time, words};

/// The moment at which the deliveries are sent and received: 2023-11-14T22:13:20Z.
pub(crate) const NOW: i64 = 1_700_000_000;
pub(crate) const YEAR: i64 = 31_536_000;

const URL: &str = "https://hooks.example.com/in?tenant=1";
pub(crate) const ID: &str = "evt_2KWPBgLlAfxdpx2AI54pPJ85f4W";
pub(crate) const KEY: &[u8; 32] = b"kQ7#xW2!mZ9$vB4%nJ6^rT1&yU8*pL3+";

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
    id: String,
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
            id: id.to_owned(),
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
        case.signature = spell(scheme.encoding, &mac(scheme.algorithm, KEY, &case.content()));
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
    pub(crate) fn content(&self) -> Vec<u8> {
        let mut content = Vec::new();
        for (word, name) in words(self.scheme) {
            content.extend_from_slice(match word {
                "" => name.as_bytes(),
                "body" => &self.body,
                "timestamp" => self.time.as_bytes(),
                "event_id" => self.id.as_bytes(),
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
        mac(algorithm, KEY, &self.content())
    }

    /// A tag of the same content under another key.
    pub(crate) fn tag_under(&self, key: &[u8]) -> Vec<u8> {
        mac(self.scheme.algorithm, key, &self.content())
    }

    /// The secret as its user has it.
    pub(crate) fn secret(&self) -> String {
        secret(self.scheme.key, KEY)
    }

    pub(crate) fn verifier(&self) -> Verifier<'static> {
        Verifier::new(self.scheme, self.secret()).unwrap()
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
        let found =
            headers.find(|(name, _)| source.names().any(|own| own.eq_ignore_ascii_case(name)));
        &mut found.unwrap().1
    }

    /// What stands in the place of the signature.
    pub(crate) fn received(&self) -> Vec<u8> {
        let source = self.scheme.signature;
        let named = |name: &String| source.names().any(|other| other == name);
        let (_, value) = self.headers.iter().find(|(name, _)| named(name)).unwrap();
        value[self.signature_at..].to_vec()
    }

    /// The same request, received at another moment.
    pub(crate) fn received_at(&self, now: UnixTime) -> Self {
        Case { now, ..self.clone() }
    }

    /// The same request with another body.
    pub(crate) fn with_other_body(&self, body: &str) -> Self {
        Case { body: body.as_bytes().to_vec(), ..self.clone() }
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
