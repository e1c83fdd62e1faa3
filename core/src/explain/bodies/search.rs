//! The search for the body that was signed.

use alloc::collections::BTreeSet;

use super::super::Explanation;
use super::super::cause::{CauseCode, Change};
use super::super::trial::{MAX_BODY, Trial};
use super::evidence::{half, hash, sentence};
use super::{Flow, Named};
use crate::json::is_json;
use crate::request::Request;

/// Most candidates that are tried; the rest of the trials is left to others.
const MAX_CANDIDATES: u32 = 3600;

/// Most bytes that all candidates have together.
const MAX_BYTES: usize = 116 << 20;

/// Largest body to which two changes are tried.
const MAX_PAIRED: usize = 256 << 10;

/// A search for the body that was signed.
pub(super) struct Search<'a, 'e, 's> {
    request: Request<'a>,
    trial: &'a mut Trial<'e, 's>,
    /// What was tried. Two bodies of one hash would cost the second its trial, no more.
    tried: BTreeSet<u64>,
    left: u32,
    /// How many bytes the candidates may still have, and how many of them are for later rounds.
    bytes: usize,
    kept: usize,
    /// A round has ended before its generators did.
    cut_short: bool,
    pub(super) proved: Option<Change>,
}

impl<'a, 'e, 's> Search<'a, 'e, 's> {
    pub(super) fn new(request: &Request<'a>, trial: &'a mut Trial<'e, 's>) -> Self {
        Search {
            request: *request,
            trial,
            tried: [hash(request.body)].into(),
            left: MAX_CANDIDATES,
            bytes: MAX_BYTES,
            kept: 0,
            cut_short: false,
            proved: None,
        }
    }

    /// One round, which leaves so many bytes to others. Whether it has proved something.
    pub(super) fn round(&mut self, kept: usize, search: impl FnOnce(&mut Self) -> Flow) -> bool {
        self.kept = kept;
        let ended = search(self).is_break();
        self.cut_short |= ended && self.proved.is_none();
        self.proved.is_some()
    }

    pub(super) fn singles(&mut self, generators: &[Named], all: bool) -> Flow {
        let received = self.request.body;
        for (code, generator) in generators {
            generator(received, all, &mut |what, body| {
                self.try_body(body, || Change::new(*code, sentence(what, received, body)))
            })?;
            if *code == CauseCode::BodyTrailingBytes {
                self.cut_to_length()?;
            }
        }
        Flow::Continue(())
    }

    /// The body cut to the length that its header names.
    fn cut_to_length(&mut self) -> Flow {
        let received = self.request.body;
        let mut length = None;
        let number = |value: &[u8]| str::from_utf8(value).ok()?.trim().parse::<usize>().ok();
        self.request.headers.values("content-length", |value| length = number(value));
        let Some(body) = length.and_then(|length| received.get(..length)) else {
            return Flow::Continue(());
        };
        let what = "as many bytes of the body as Content-Length says";
        let code = CauseCode::BodyTrailingBytes;
        self.try_body(body, || Change::new(code, sentence(what, received, body)))
    }

    /// Two changes, one after the other.
    pub(super) fn pairs(&mut self, firsts: &[Named], seconds: &[Named]) -> Flow {
        let received = self.request.body;
        if received.len() > MAX_PAIRED {
            return Flow::Continue(());
        }
        let mut seen = BTreeSet::from([hash(received)]);
        for (code, generator) in firsts {
            generator(received, false, &mut |first, middle| {
                if middle.len() > MAX_PAIRED || !seen.insert(hash(middle)) {
                    return Flow::Continue(());
                }
                for (other, generator) in seconds {
                    generator(middle, false, &mut |second, body| {
                        self.try_body(body, || Change {
                            faults: [
                                Some((*code, half(first, received, middle))),
                                Some((*other, half(second, middle, body))),
                                None,
                                None,
                            ],
                        })
                    })?;
                }
                Flow::Continue(())
            })?;
        }
        Flow::Continue(())
    }

    /// Tries a body that was not tried yet.
    fn try_body(&mut self, body: &[u8], change: impl FnOnce() -> Change) -> Flow {
        let left = self.bytes.saturating_sub(self.kept);
        if self.left == 0 || left < body.len() || self.trial.is_spent() {
            return Flow::Break(());
        }
        if body.len() > MAX_BODY || !self.tried.insert(hash(body)) {
            return Flow::Continue(());
        }
        self.left = self.left.saturating_sub(1);
        self.bytes = self.bytes.saturating_sub(body.len());
        if !self.trial.accepts(&Request { body, ..self.request }) {
            return Flow::Continue(());
        }
        self.proved = Some(change());
        Flow::Break(())
    }

    /// Says what the cause is not.
    pub(super) fn exclude(&self, found: &mut Explanation) {
        let body = self.request.body;
        let mut note = |text: &str| found.excluded.push(text.into());
        note(
            "the body with or without a byte order mark, with other line ends, with white space or \
             a few bytes at its edges added or taken away",
        );
        note(
            "the body taken out of base64, hex, a JSON string, a field of JSON or of a form, gzip or \
             deflate, UTF-16, Latin-1 or Windows-1252, or put into them",
        );
        if is_json(body) {
            note(
                "the body's JSON written compactly, with blanks, indented, with sorted keys, with \
                 other escapes, with other spellings of its numbers",
            );
        }
        if self.cut_short {
            note("not every change to the body was tried: the bound of the work was reached");
        }
        if body.len() > MAX_PAIRED {
            note("no two changes at once: the body is too large for that");
        }
    }
}
