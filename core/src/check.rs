//! Whether a row holds together: the rules that every row, built in or a user's own, must keep.

mod groups;
mod joins;

use crate::bound::Coverage;
use crate::error::SchemeError;
use crate::facts::{Check, Clock, Encoding, KeyFormat, Weakness, When};
use crate::scheme::Scheme;
use crate::source::Place;
use crate::template::Template;
use crate::word::{Part, Word};

impl Scheme<'_> {
    /// Whether the row holds together. Const: `const _: () = assert!(ROW.check().is_ok());`
    ///
    /// # Errors
    /// The first rule that the row breaks.
    pub const fn check(&self) -> Result<(), SchemeError> {
        if let Err(error) = self.check_sources() {
            return Err(error);
        }
        if let Err(error) = self.check_key() {
            return Err(error);
        }
        if self.is_jws()
            && let Err(error) = self.check_jws()
        {
            return Err(error);
        }
        if let Err(error) = self.check_handshakes() {
            return Err(error);
        }
        if self.is_token() || matches!(self.encoding, Encoding::Text) {
            return self.check_token();
        }
        let bound = self.bound();
        if !matches!(bound.body, Coverage::Whole) && !self.admits(Weakness::BodyUnsigned) {
            return Err(SchemeError::ContentUnsigned);
        }
        if let Some(time) = &self.timestamp {
            if !bound.timestamp {
                return Err(SchemeError::TimestampUnsigned);
            }
            if (time.past == 0 || time.future == 0) && !matches!(time.clock, Clock::Expiry) {
                return Err(SchemeError::InvalidTolerance);
            }
        }
        if let Err(error) = self.check_checks(bound.url) {
            return Err(error);
        }
        if let Err(error) = self.check_groups() {
            return Err(error);
        }
        self.check_joins()
    }

    /// A JWS signs its header and its payload, or its header and the body, and nothing else: its
    /// claims are trusted because they are its payload.
    const fn check_jws(&self) -> Result<(), SchemeError> {
        match self.signed.parts() {
            _ if self.algorithm.jws_name().is_none() => Err(SchemeError::WrongKeyFormat),
            [one] if matches!(one.word, Word::Jws) => Ok(()),
            [header, dot, body]
                if header.word.is(Word::JwsHeader)
                    && dot.word.is(Word::Literal)
                    && matches!(body.word, Word::Body | Word::BodyBase64Url) =>
            {
                Ok(())
            }
            _ => Err(SchemeError::ContentUnsigned),
        }
    }

    /// What the row names is there, and this build has what it needs.
    const fn check_sources(&self) -> Result<(), SchemeError> {
        if self.signature.name.is_empty() || !self.has_its_claims() {
            return Err(SchemeError::MissingSource);
        }
        if !self.algorithm.enabled() || (self.is_jws() && !cfg!(feature = "jwt")) {
            return Err(SchemeError::AlgorithmDisabled);
        }
        if let Err(error) = self.check_words(&self.signed) {
            return Err(error);
        }
        let mut rest = self.checks;
        while let [check, tail @ ..] = rest {
            if let Err(error) = self.check_words(&check.equals) {
                return Err(error);
            }
            rest = tail;
        }
        Ok(())
    }

    /// Only a JWS has claims, and what it is made of is none of them.
    const fn has_its_claims(&self) -> bool {
        let time = matches!(&self.timestamp, Some(time) if time.source.is_claim());
        let id = matches!(&self.event_id, Some(id) if id.source.is_claim());
        let kind = matches!(&self.event_type, Some(kind) if kind.is_claim());
        let list = matches!(&self.signed_headers, Some(list) if list.is_claim());
        let mut checked = false;
        let mut rest = self.checks;
        while let [check, tail @ ..] = rest {
            checked = checked || check.source.is_claim();
            rest = tail;
        }
        let read = time || id || kind || checked;
        !(self.signature.is_claim() || list) && (self.is_jws() || !read)
    }

    const fn check_words(&self, template: &Template<'_>) -> Result<(), SchemeError> {
        let mut rest = template.parts();
        while let [Part { word, .. }, tail @ ..] = rest {
            let there = match word {
                Word::Timestamp => self.timestamp.is_some(),
                Word::EventId => self.event_id.is_some(),
                Word::KeyId => self.key_id.is_some(),
                Word::Headers | Word::HeaderValues | Word::HeaderLines => {
                    self.signed_headers.is_some()
                }
                Word::Jws | Word::JwsHeader | Word::Field(Place::Claim) => self.is_jws(),
                Word::Item => !self.signature.split.is_empty(),
                Word::Challenge | Word::Mac => false,
                _ => true,
            };
            if !there {
                return Err(SchemeError::MissingSource);
            }
            if !word.enabled() {
                return Err(SchemeError::AlgorithmDisabled);
            }
            rest = tail;
        }
        Ok(())
    }

    /// The key is of the algorithm's kind, and what is hashed without a key holds the secret.
    const fn check_key(&self) -> Result<(), SchemeError> {
        let public = matches!(self.key, KeyFormat::PublicKey { .. });
        if public != self.algorithm.is_public_key() {
            return Err(SchemeError::WrongKeyFormat);
        }
        if public && matches!(self.encoding, Encoding::Base64OfHex | Encoding::HexOrBase64) {
            return Err(SchemeError::WrongKeyFormat);
        }
        if self.signature.key_mark.is_some() && self.key_id.is_none() {
            return Err(SchemeError::MissingSource);
        }
        if matches!(self.key, KeyFormat::Sha1) && !cfg!(feature = "sha1") {
            return Err(SchemeError::AlgorithmDisabled);
        }
        if matches!(self.key, KeyFormat::AfterTimestamp) && self.timestamp.is_none() {
            return Err(SchemeError::MissingSource);
        }
        let secret = self.signed.has(Word::Secret);
        if self.algorithm.is_plain_hash() && !secret || public && secret {
            return Err(SchemeError::ContentUnsigned);
        }
        Ok(())
    }

    /// A token is the secret as text, and nothing else: no time of it could be trusted.
    const fn check_token(&self) -> Result<(), SchemeError> {
        let only_secret = matches!(self.signed.parts(), [part] if part.word.is(Word::Secret));
        let spelled = matches!(self.encoding, Encoding::Text | Encoding::Base64);
        if !(self.is_token() && only_secret && spelled) {
            Err(SchemeError::ContentUnsigned)
        } else if self.timestamp.is_some() {
            Err(SchemeError::TimestampUnsigned)
        } else {
            Ok(())
        }
    }

    /// A condition that may be absent is one on a signed value.
    const fn check_checks(&self, signs_url: bool) -> Result<(), SchemeError> {
        let mut rest = self.checks;
        while let [Check { source, when, .. }, tail @ ..] = rest {
            if !matches!(when, When::Always) && !self.signs(source, signs_url) {
                return Err(SchemeError::CheckUnsigned);
            }
            rest = tail;
        }
        Ok(())
    }
}
