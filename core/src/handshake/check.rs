//! What a handshake may be: of a row, when it is made; of a challenge, when it is asked.
//!
//! The one danger is a MAC over what a stranger chose. `{mac}` is made only over a challenge of a
//! strict grammar, and [`Content::is_challenge`] refuses every delivery whose signed content is of
//! that grammar, in verifying and in signing. So no answer can be the signature of a delivery that
//! is taken, whatever the row's template is: the two sets of texts have nothing in common.

use super::{Grammar, Guard, Handshake, Proof, Purpose, Reply};
use crate::content::{Content, Ours};
use crate::error::SchemeError;
use crate::facts::{Encoding, KeyFormat};
use crate::scheme::Scheme;
use crate::template::Template;
use crate::value::Value;
use crate::word::Word;

impl Grammar {
    const fn takes(self, byte: u8) -> bool {
        match self {
            Self::Printable => matches!(byte, b' '..=b'~'),
            Self::Token => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'),
            Self::Hex { .. } => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
        }
    }

    fn spans(self, length: usize) -> bool {
        match self {
            Self::Printable => (1..=1024).contains(&length),
            Self::Token => (1..=MAX_TOKEN).contains(&length),
            Self::Hex { least, most } => {
                length > 0 && (usize::from(least)..=usize::from(most)).contains(&length)
            }
        }
    }

    const fn is_strict(self) -> bool {
        matches!(self, Self::Token | Self::Hex { .. })
    }
}

/// Longest challenge over which a MAC is made.
pub(super) const MAX_TOKEN: usize = 256;

/// A text that comes in runs, of which it is asked whether it is of a grammar.
struct Reading {
    grammar: Grammar,
    length: usize,
    fits: bool,
}

impl Reading {
    const fn new(grammar: Grammar) -> Self {
        Reading { grammar, length: 0, fits: true }
    }

    fn add(&mut self, run: &[u8]) {
        self.length = self.length.saturating_add(run.len());
        self.fits = self.fits && run.iter().all(|byte| self.grammar.takes(*byte));
    }

    fn is_whole(&self) -> bool {
        self.fits && self.grammar.spans(self.length)
    }
}

impl Handshake<'_> {
    /// Whether a challenge may be answered.
    pub(super) fn fits(&self, challenge: Value<'_>) -> bool {
        let (json, header) = match self.reply {
            Reply::Json(_) => (true, false),
            Reply::Headers(_) => (false, true),
            _ => (false, false),
        };
        let mut reading = Reading::new(self.grammar);
        challenge.for_each_run(&mut |run| {
            reading.add(run);
            reading.fits &= !(json && run.iter().any(|byte| matches!(byte, b'"' | b'\\')));
            reading.fits &= !(header && run.contains(&b' '));
        });
        reading.is_whole()
    }

    const fn makes_mac(&self) -> bool {
        matches!(self.proof, Proof::Mac)
    }
}

impl Content<'_> {
    /// Whether what is signed could be a challenge of the row over which a MAC is handed out.
    #[inline(always)] // most rows have no handshake
    pub(crate) fn is_challenge(&self) -> bool {
        !self.scheme().handshakes.is_empty() && self.spells_challenge()
    }

    #[inline(never)]
    fn spells_challenge(&self) -> bool {
        let handshakes = self.scheme().handshakes.iter().filter(|it| it.makes_mac());
        handshakes.map(|it| it.grammar).any(|grammar| {
            let mut reading = Reading::new(grammar);
            self.for_each_run(&Ours::NONE, &mut |run| reading.add(run));
            reading.is_whole()
        })
    }
}

impl Scheme<'_> {
    /// Whether the row's handshakes hold together.
    pub(crate) const fn check_handshakes(&self) -> Result<(), SchemeError> {
        let mut rest = self.handshakes;
        while let [handshake, tail @ ..] = rest {
            if let Err(error) = self.check_handshake(handshake) {
                return Err(error);
            }
            rest = tail;
        }
        Ok(())
    }

    const fn check_handshake(&self, it: &Handshake<'_>) -> Result<(), SchemeError> {
        let is_asked = !matches!(it.purpose, Purpose::Acknowledgement);
        let brings = matches!(it.purpose, Purpose::BringsKey | Purpose::BringsToken);
        if is_asked && it.method.is_empty() || brings && it.challenge.is_none() {
            return Err(SchemeError::MissingSource);
        }
        // Who brings the key cannot sign with it, or shows only that he has what he brings; and
        // of what no request asks, nobody is kept.
        if (brings || !is_asked) && !matches!(it.guard, Guard::Open) {
            return Err(SchemeError::UnsafeHandshake);
        }
        if it.makes_mac() && !(it.grammar.is_strict() && self.can_prove()) {
            return Err(SchemeError::UnsafeHandshake);
        }
        if let Err(error) = self.check_reply(it) {
            return Err(error);
        }
        match &it.proof {
            Proof::Sha256(template) => check_hashed(it, template),
            Proof::None | Proof::Mac => Ok(()),
        }
    }

    /// Whether a MAC over a challenge can be made with the row's key alone, and what deliveries
    /// sign can be told from it.
    const fn can_prove(&self) -> bool {
        let is_hmac =
            !(self.is_token() || self.algorithm.is_public_key() || self.algorithm.is_plain_hash());
        let is_plain = matches!(
            self.encoding,
            Encoding::Hex | Encoding::Base64 | Encoding::Base64Url | Encoding::Base64UrlPadded
        );
        let is_fixed = !matches!(self.key, KeyFormat::AfterTimestamp);
        is_hmac && is_plain && is_fixed && self.signs_the_request_alone()
    }

    /// Whether what is signed is known from the request: none of it depends on the secret, nor on
    /// which of several contents is tried.
    const fn signs_the_request_alone(&self) -> bool {
        let mut parts = self.signed.parts();
        while let [part, tail @ ..] = parts {
            match part.word {
                Word::Literal | Word::Body | Word::Timestamp | Word::EventId => {}
                Word::Field(_) | Word::Method | Word::Url => {}
                _ => return false,
            }
            parts = tail;
        }
        true
    }

    const fn check_reply(&self, it: &Handshake<'_>) -> Result<(), SchemeError> {
        let (mut members, is_json) = match &it.reply {
            Reply::Text(template) => return self.check_template(it, template, false),
            Reply::Nothing | Reply::FixedJson(_) => return Ok(()),
            Reply::Json(members) => (*members, true),
            Reply::Headers(headers) => (*headers, false),
        };
        while let [(name, template), tail @ ..] = members {
            if name.is_empty() || is_json && !is_clean(name.as_bytes()) {
                return Err(SchemeError::MalformedTemplate);
            }
            if let Err(error) = self.check_template(it, template, is_json) {
                return Err(error);
            }
            members = tail;
        }
        Ok(())
    }

    /// A template of a reply names what a reply has, and no more.
    const fn check_template(
        &self,
        it: &Handshake<'_>,
        template: &Template<'_>,
        is_json: bool,
    ) -> Result<(), SchemeError> {
        if is_json && !is_clean(template.text().as_bytes()) {
            return Err(SchemeError::MalformedTemplate);
        }
        let mut parts = template.parts();
        while let [part, tail @ ..] = parts {
            let there = match part.word {
                Word::Literal => part.group == 0,
                Word::Challenge => it.challenge.is_some(),
                Word::Mac => it.challenge.is_some() && !matches!(it.proof, Proof::None),
                Word::KeyId => self.key_id.is_some() && it.makes_mac(),
                _ => false,
            };
            if !there {
                return Err(SchemeError::MissingSource);
            }
            parts = tail;
        }
        Ok(())
    }
}

/// What is hashed holds the value that the user was asked for, or it would prove nothing.
const fn check_hashed(it: &Handshake<'_>, template: &Template<'_>) -> Result<(), SchemeError> {
    let (mut parts, mut secret) = (template.parts(), false);
    while let [part, tail @ ..] = parts {
        match part.word {
            Word::Literal | Word::UrlBase => {}
            Word::Challenge if it.challenge.is_some() => {}
            Word::Secret => secret = true,
            _ => return Err(SchemeError::MissingSource),
        }
        parts = tail;
    }
    if secret && it.grammar.is_strict() { Ok(()) } else { Err(SchemeError::UnsafeHandshake) }
}

/// Whether a text can stand in a JSON string as it is.
const fn is_clean(mut text: &[u8]) -> bool {
    while let [byte, tail @ ..] = text {
        if !matches!(byte, b' '..=b'~') || matches!(byte, b'"' | b'\\') {
            return false;
        }
        text = tail;
    }
    true
}
