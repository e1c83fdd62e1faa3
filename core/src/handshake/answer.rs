//! What is sent for an answer, written where it goes.

use core::fmt::{self, Write as _};

use super::{Handshake, Reply};
use crate::encoding::MAX_SPELLED;
use crate::spelled::Spelled;
use crate::template;
use crate::template::Template;
use crate::value::Value;
use crate::word::Word;

/// A header of an answer, or a member of its JSON.
type Named<'a> = (&'a str, Template<'a>);

const PLAIN: &[Named<'static>] = &[("content-type", template!("text/plain")), NO_SNIFF];
const JSON: &[Named<'static>] = &[("content-type", template!("application/json")), NO_SNIFF];

/// A challenge is what anyone may have written: no browser is to take it for a page.
const NO_SNIFF: Named<'static> = ("x-content-type-options", template!("nosniff"));

/// The answer to a handshake: status, headers and body, for any HTTP server. It borrows from the
/// request; nothing is allocated. No delivery came with it.
#[derive(Clone)]
pub struct Answer<'r> {
    pub(super) handshake: &'r Handshake<'r>,
    pub(super) challenge: Value<'r>,
    pub(super) proof: Spelled<MAX_SPELLED>,
    /// The public half of the secret.
    pub(super) id: &'r [u8],
}

impl<'r> Answer<'r> {
    /// The HTTP status.
    #[must_use]
    pub const fn status(&self) -> u16 {
        self.handshake.status
    }

    /// The headers, as name and value; a value is written by its `Display`.
    pub fn headers(&self) -> impl Iterator<Item = (&'r str, Written<'_>)> {
        let (kind, own): (&'r [Named<'r>], &'r [Named<'r>]) = match self.handshake.reply {
            Reply::Nothing => (&[], &[]),
            Reply::Text(_) => (PLAIN, &[]),
            Reply::Json(_) | Reply::FixedJson(_) => (JSON, &[]),
            Reply::Headers(headers) => (&[], headers),
        };
        let value = |template| Written { answer: self, what: Reply::Text(template) };
        kind.iter().chain(own).map(move |(name, template)| (*name, value(*template)))
    }

    /// The body, written by its `Display`.
    #[must_use]
    pub const fn body(&self) -> Written<'_> {
        let what = match self.handshake.reply {
            Reply::Headers(_) => Reply::Nothing,
            reply => reply,
        };
        Written { answer: self, what }
    }

    fn write(&self, template: &Template<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in template.parts() {
            match part.word {
                Word::Literal => f.write_str(template.text_of(part))?,
                Word::Challenge => write_value(self.challenge, f)?,
                Word::Mac => f.write_str(self.proof.text())?,
                Word::KeyId => f.write_str(str::from_utf8(self.id).unwrap_or_default())?,
                _ => {} // refused by `Scheme::check`
            }
        }
        Ok(())
    }
}

/// A challenge is ASCII, so each of its runs is text.
fn write_value(value: Value<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut written = Ok(());
    value.for_each_run(&mut |run| {
        written = written.and_then(|()| f.write_str(str::from_utf8(run).unwrap_or_default()));
    });
    written
}

/// What a request holds, and a proof that is nobody else's, have no place in a log.
impl fmt::Debug for Answer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer").field("status", &self.status()).finish_non_exhaustive()
    }
}

/// A header's value, or the body, of an [`Answer`]: written by its `Display`.
#[derive(Clone, Copy)]
pub struct Written<'s> {
    answer: &'s Answer<'s>,
    what: Reply<'s>,
}

impl Written<'_> {
    /// The length in bytes: for `content-length`, which some providers insist on.
    #[must_use]
    pub fn length(&self) -> usize {
        let mut counted = Counted(0);
        // Counting does not fail.
        if write!(counted, "{self}").is_err() { 0 } else { counted.0 }
    }
}

impl fmt::Display for Written<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.what {
            Reply::Nothing | Reply::Headers(_) => Ok(()),
            Reply::Text(template) => self.answer.write(&template, f),
            Reply::FixedJson(text) => f.write_str(text),
            Reply::Json(members) => {
                let mut join = '{';
                for (name, template) in members {
                    write!(f, "{join}\"{name}\":\"")?;
                    self.answer.write(template, f)?;
                    f.write_char('"')?;
                    join = ',';
                }
                f.write_str(if join == '{' { "{}" } else { "}" })
            }
        }
    }
}

impl fmt::Debug for Written<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Written { .. }")
    }
}

/// How many bytes were written.
struct Counted(usize);

impl fmt::Write for Counted {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 = self.0.saturating_add(text.len());
        Ok(())
    }
}
