//! A row that owns its strings.

use alloc::string::String;
use alloc::vec::Vec;

use crate::error::SchemeError;
use crate::facts::{
    Algorithm, Check, Clock, Confidence, Encoding, EventId, Identity, KeyFormat, KeySpelling,
    Retry, Timestamp, Weakness, When,
};
use crate::handshake::Handshake;
use crate::scheme::Scheme;
use crate::source::{Place, Source};
use crate::template::Template;
use crate::word::{MAX_PARTS, Part};

/// A scheme made at run time: [`from_toml`](Self::from_toml), [`from_json`](Self::from_json).
#[derive(Clone, Debug)]
pub struct OwnedScheme {
    pub(super) name: String,
    pub(super) signature: OwnedSource,
    pub(super) encoding: Encoding,
    pub(super) signed: OwnedTemplate,
    pub(super) checks: Vec<OwnedCheck>,
    pub(super) signed_headers: Option<OwnedSource>,
    pub(super) key: OwnedKey,
    pub(super) key_id: Option<u8>,
    pub(super) algorithm: Algorithm,
    pub(super) timestamp: Option<OwnedTimestamp>,
    pub(super) event_id: Option<(OwnedSource, Identity)>,
    pub(super) event_type: Option<OwnedSource>,
    pub(super) retry: Retry,
    pub(super) admits: Vec<Weakness>,
    pub(super) handshakes: &'static [Handshake<'static>],
    pub(super) confidence: Confidence,
    pub(super) source: String,
}

#[derive(Clone, Debug)]
pub(super) struct OwnedSource {
    pub(super) place: Place,
    pub(super) name: String,
    pub(super) split: String,
    pub(super) prefix: String,
    pub(super) key_mark: Option<u8>,
}

#[derive(Clone, Debug)]
pub(super) struct OwnedTemplate {
    text: String,
    parts: Vec<Part>,
}

#[derive(Clone, Debug)]
pub(super) struct OwnedCheck {
    pub(super) source: OwnedSource,
    pub(super) equals: OwnedTemplate,
    pub(super) when: When,
}

#[derive(Clone, Debug)]
pub(super) struct OwnedKey {
    pub(super) spelling: KeySpelling,
    pub(super) prefix: String,
    pub(super) private_prefix: String,
}

#[derive(Clone, Debug)]
pub(super) struct OwnedTimestamp {
    pub(super) source: OwnedSource,
    pub(super) clock: Clock,
    pub(super) past: u32,
    pub(super) future: u32,
}

impl OwnedScheme {
    /// The name of the scheme.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The row without its conditions, which need a list of their own.
    pub(super) fn without_checks(&self) -> Scheme<'_> {
        Scheme {
            name: &self.name,
            signature: self.signature.borrow(),
            encoding: self.encoding,
            signed: self.signed.borrow(),
            checks: &[],
            signed_headers: self.signed_headers.as_ref().map(OwnedSource::borrow),
            key: self.key.borrow(),
            key_id: self.key_id,
            algorithm: self.algorithm,
            timestamp: self.timestamp.as_ref().map(OwnedTimestamp::borrow),
            event_id: self
                .event_id
                .as_ref()
                .map(|(source, names)| EventId { source: source.borrow(), names: *names }),
            event_type: self.event_type.as_ref().map(OwnedSource::borrow),
            retry: self.retry,
            admits: &self.admits,
            handshakes: self.handshakes,
            confidence: self.confidence,
            source: &self.source,
        }
    }

    pub(super) fn checks(&self) -> Vec<Check<'_>> {
        self.checks.iter().map(OwnedCheck::borrow).collect()
    }
}

impl From<&Scheme<'static>> for OwnedScheme {
    fn from(row: &Scheme<'static>) -> Self {
        OwnedScheme {
            name: row.name.into(),
            signature: row.signature.into(),
            encoding: row.encoding,
            signed: row.signed.into(),
            checks: row.checks.iter().map(OwnedCheck::from).collect(),
            signed_headers: row.signed_headers.map(OwnedSource::from),
            key: row.key.into(),
            key_id: row.key_id,
            algorithm: row.algorithm,
            timestamp: row.timestamp.map(OwnedTimestamp::from),
            event_id: row.event_id.map(|id| (id.source.into(), id.names)),
            event_type: row.event_type.map(OwnedSource::from),
            retry: row.retry,
            admits: row.admits.into(),
            handshakes: row.handshakes,
            confidence: row.confidence,
            source: row.source.into(),
        }
    }
}

impl OwnedSource {
    fn borrow(&self) -> Source<'_> {
        let source = Source::at(self.place, &self.name).item(&self.split, &self.prefix);
        self.key_mark.map_or(source, |mark| source.under_key_id(mark))
    }
}

impl From<Source<'_>> for OwnedSource {
    fn from(source: Source<'_>) -> Self {
        let Source { place, name, split, prefix, key_mark, .. } = source;
        let [name, split, prefix] = [name, split, prefix].map(String::from);
        OwnedSource { place, name, split, prefix, key_mark }
    }
}

impl OwnedTemplate {
    pub(super) fn parse(text: &str) -> Result<Self, SchemeError> {
        Template::parse(text, &mut [Part::NONE; MAX_PARTS]).map(Self::from)
    }

    fn borrow(&self) -> Template<'_> {
        Template::new(&self.text, &self.parts)
    }
}

impl From<Template<'_>> for OwnedTemplate {
    fn from(template: Template<'_>) -> Self {
        OwnedTemplate { text: template.text().into(), parts: template.parts().into() }
    }
}

impl OwnedCheck {
    fn borrow(&self) -> Check<'_> {
        Check { source: self.source.borrow(), equals: self.equals.borrow(), when: self.when }
    }
}

impl From<&Check<'_>> for OwnedCheck {
    fn from(check: &Check<'_>) -> Self {
        OwnedCheck { source: check.source.into(), equals: check.equals.into(), when: check.when }
    }
}

impl OwnedKey {
    fn borrow(&self) -> KeyFormat<'_> {
        match self.spelling {
            KeySpelling::Text => KeyFormat::Text,
            KeySpelling::Hex => KeyFormat::Hex,
            KeySpelling::Base64 => KeyFormat::Base64 { prefix: &self.prefix },
            KeySpelling::Sha1 => KeyFormat::Sha1,
            KeySpelling::AfterTimestamp => KeyFormat::AfterTimestamp,
            KeySpelling::PublicKey => {
                KeyFormat::PublicKey { prefix: &self.prefix, private_prefix: &self.private_prefix }
            }
        }
    }
}

impl From<KeyFormat<'_>> for OwnedKey {
    fn from(key: KeyFormat<'_>) -> Self {
        let (prefix, private_prefix) = prefixes(&key);
        OwnedKey {
            spelling: key.spelling(),
            prefix: prefix.into(),
            private_prefix: private_prefix.into(),
        }
    }
}

/// What is dropped from the front of a secret, and of a private key.
pub(super) const fn prefixes<'k>(key: &KeyFormat<'k>) -> (&'k str, &'k str) {
    match key {
        KeyFormat::Base64 { prefix } => (prefix, ""),
        KeyFormat::PublicKey { prefix, private_prefix } => (prefix, private_prefix),
        KeyFormat::Text | KeyFormat::Hex | KeyFormat::Sha1 | KeyFormat::AfterTimestamp => ("", ""),
    }
}

impl OwnedTimestamp {
    fn borrow(&self) -> Timestamp<'_> {
        Timestamp::new(self.clock, self.source.borrow()).window(self.past, self.future)
    }
}

impl From<Timestamp<'_>> for OwnedTimestamp {
    fn from(time: Timestamp<'_>) -> Self {
        let Timestamp { source, clock, past, future } = time;
        OwnedTimestamp { source: source.into(), clock, past, future }
    }
}
