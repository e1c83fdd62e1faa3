//! A genuine delivery of any row, made from the row's own facts with a tag of its own: what the
//! tests mutate, and what the wrong implementations are given. Rows of RSA, whose private key nobody
//! here has, take theirs from the vectors.

use std::rc::Rc;

use hookseal::{Algorithm, Delivery, Encoding, Error, Request, Scheme, Source, UnixTime, Verifier};
use serde_json::Value;

use crate::build::{Draft, MARK};
use crate::moment::spell_time;
use crate::published;
use crate::reference::Received;
use crate::reference::words::Reading;
use crate::rows::is_signed_here;
use crate::spell::{private, secret, spell, tag};

/// The moment at which the deliveries are sent and received: 2023-11-14T22:13:20Z.
pub(crate) const NOW: i64 = 1_700_000_000;
pub(crate) const YEAR: i64 = 31_536_000;

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
    /// The time as it is spelled; empty where the row has none.
    pub(crate) time: String,
    /// What was sent, with a mark in the place of the signature.
    pub(crate) sent: Rc<Received>,
    pub(crate) tag: Rc<[u8]>,
    pub(crate) secret: Rc<str>,
    /// Made once: most tests ask the same one thousands of times.
    pub(crate) verifier: Rc<Verifier<'static>>,
}

impl Case {
    /// A delivery sent at [`NOW`]; of a row that is not signed here, a published one.
    pub(crate) fn of(scheme: &'static Scheme<'static>) -> Self {
        if is_signed_here(scheme) {
            return Self::at(scheme, UnixTime::from_secs(NOW));
        }
        let (secret, now, received) = published::delivery(scheme.name);
        let verifier = Rc::new(Verifier::new(scheme, &secret).unwrap());
        let mut case = Case { now, ..Self::unsigned(scheme, "", received, &secret, verifier) };
        let signature = case.ask_signature();
        case.mark(&signature);
        case.put(&signature);
        case
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
        Self::drafted(scheme, time, id, Draft::body(scheme, time, id, fields))
    }

    /// A delivery with this body, rightly signed. The signature must not be in the body.
    pub(crate) fn with_body(
        scheme: &'static Scheme<'static>,
        time: &str,
        id: &str,
        body: Vec<u8>,
    ) -> Self {
        Self::drafted(scheme, time, id, body)
    }

    fn drafted(scheme: &'static Scheme<'static>, time: &str, id: &str, body: Vec<u8>) -> Self {
        let secret = secret(scheme, KEY);
        let verifier = Rc::new(Verifier::new(scheme, &secret).unwrap());
        let sent = Draft::new(scheme, time, id, body).received(&secret);
        let mut case = Self::unsigned(scheme, time, sent, &secret, verifier);
        if scheme.encoding == Encoding::Jws {
            let message = case.jws_message(time, id);
            case.sent = Rc::new(case.with_text(format!("{message}.{MARK}")));
        }
        case.tag = case.tag_under(KEY).into();
        case.signature = case.spelled(&case.tag);
        let signature = case.signature.clone();
        case.put(&signature);
        case
    }

    fn unsigned(
        scheme: &'static Scheme<'static>,
        time: &str,
        sent: Received,
        secret: &str,
        verifier: Rc<Verifier<'static>>,
    ) -> Self {
        Case {
            scheme,
            headers: Vec::new(),
            body: Vec::new(),
            url: String::new(),
            now: UnixTime::from_secs(NOW),
            signature: String::new(),
            time: time.to_owned(),
            sent: Rc::new(sent),
            tag: Rc::new([]),
            secret: secret.into(),
            verifier,
        }
    }

    pub(crate) fn reading<'c>(&'c self, key: &'c [u8], of: &'c Received) -> Reading<'c> {
        let id = self.scheme.key_id.map_or("", |mark| {
            let (id, _) = self.secret.split_once(char::from(mark)).unwrap();
            id
        });
        Reading { row: self.scheme, of, id, secret: key, other: false }
    }

    /// The signed bytes.
    pub(crate) fn content(&self) -> Vec<u8> {
        // What is of the secret has no part in a replay key, and neither has its public half.
        self.content_by(Reading { id: "", ..self.reading(b"", &self.sent) })
    }

    fn content_of(&self, key: &[u8]) -> Vec<u8> {
        self.content_by(self.reading(key, &self.sent))
    }

    /// The time is what the sender took for it, readable or not.
    fn content_by(&self, reading: Reading<'_>) -> Vec<u8> {
        let time = self.time.replace('{', "{{").replace('}', "}}");
        let time = time.replace('[', "[[").replace(']', "]]");
        let template = self.scheme.signed.text().replace("{timestamp}", &time);
        let template = if self.time.is_empty() { self.scheme.signed.text() } else { &template };
        reading.content(template).unwrap_or_else(|| panic!("{}: {template}", self.scheme.name))
    }

    /// The tag that the sender made.
    pub(crate) fn tag(&self) -> Vec<u8> {
        self.tag.to_vec()
    }

    /// A tag of the same content by another algorithm.
    pub(crate) fn tag_by(&self, algorithm: Algorithm) -> Vec<u8> {
        crate::spell::mac(algorithm, KEY, &self.content_of(KEY))
    }

    /// A tag of the same content under another key.
    pub(crate) fn tag_under(&self, key: &[u8]) -> Vec<u8> {
        tag(self.scheme, key, &self.time, &self.content_of(key))
    }

    /// The sender's tag of another content.
    pub(crate) fn tag_of(&self, content: &[u8]) -> Vec<u8> {
        tag(self.scheme, KEY, &self.time, content)
    }

    /// A signature of the same content under another key; of a row that is not signed here, one
    /// that is as long.
    pub(crate) fn forged(&self) -> String {
        if is_signed_here(self.scheme) {
            return self.spelled(&self.tag_under(&[b'x'; 32]));
        }
        let (head, tail) = self.signature.split_at(self.signature.len() / 2);
        let other = if tail.starts_with('A') { "B" } else { "A" };
        format!("{head}{other}{}", &tail[1..])
    }

    /// A tag as it is spelled.
    pub(crate) fn spelled(&self, tag: &[u8]) -> String {
        spell(self.scheme.encoding, tag)
    }

    /// The secret as its user has it.
    pub(crate) fn secret(&self) -> String {
        (*self.secret).to_owned()
    }

    /// The secret as a signer has it: the private key, where keys come in pairs.
    pub(crate) fn private_secret(&self) -> String {
        if is_signed_here(self.scheme) { private(self.scheme) } else { self.secret() }
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
        let request = Request::new(pairs.as_slice(), &self.body).url(&self.url);
        then(verifier.verify(&request.method(&self.sent.method), self.now))
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
        self.text_at_mark().unwrap_or_default()
    }
}
