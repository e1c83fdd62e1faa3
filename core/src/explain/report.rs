//! An explanation for people: the steps as a ladder, the signed content, the causes with their fix.

use alloc::string::{String, ToString};
use core::fmt::{self, Write};

use super::cause::Certainty;
use super::signed::{SignedPart, Visible};
use super::steps::Outcome;
use super::wording::Bytes;
use super::{Explanation, Verdict};

/// Columns of a report.
const WIDTH: usize = 80;

/// Columns before the text of a step or a cause.
const INDENT: usize = 14;

/// Bytes of one part of the signed content that are shown: its first, and its last.
const SHOWN: (usize, usize) = (400, 80);

/// An explanation as text of 80 columns, by its `Display`.
#[derive(Clone, Copy)]
pub struct Report<'e> {
    explanation: &'e Explanation,
    colours: bool,
    content: bool,
}

impl Explanation {
    /// A report for people. As it is it holds no byte of the signed content.
    #[must_use]
    pub const fn report(&self) -> Report<'_> {
        Report { explanation: self, colours: false, content: false }
    }
}

impl Report<'_> {
    /// With the colours of a terminal.
    #[must_use]
    pub const fn coloured(self, colours: bool) -> Self {
        Report { colours, ..self }
    }

    /// With the bytes of the signed content, which are the delivery's own: for the holder of the
    /// secret, not for a log.
    #[must_use]
    pub const fn with_content(self) -> Self {
        Report { content: true, ..self }
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.report().fmt(f)
    }
}

impl fmt::Debug for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.explanation.fmt(f)
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let it = self.explanation;
        let (paint, word) = match it.verdict {
            Verdict::Verified => (Paint::Good, "verified".to_string()),
            verdict => (Paint::Bad, ["refused: ", verdict.code()].concat()),
        };
        writeln!(f, "{}  {}", self.painted(paint, &word), it.scheme)?;
        self.steps(f)?;
        self.content(f)?;
        self.secrets(f)?;
        self.causes(f)
    }
}

impl Report<'_> {
    fn steps(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('\n')?;
        for step in self.explanation.steps() {
            let (paint, sign) = match step.outcome() {
                Outcome::Ok => (Paint::Good, "✓"),
                Outcome::Failed => (Paint::Bad, "✗"),
                Outcome::Absent | Outcome::NotReached => (Paint::Dim, "·"),
            };
            let note = match step.outcome() {
                Outcome::Absent => "none in this scheme",
                Outcome::NotReached => "not reached",
                Outcome::Ok | Outcome::Failed => step.note(),
            };
            let head = [" ", &self.painted(paint, sign), " ", step.name().name()].concat();
            let width = step.name().name().len().saturating_add(3);
            paragraph(f, &head, width, note)?;
        }
        Ok(())
    }

    fn content(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let signed = self.explanation.signed();
        if !self.content || signed.parts().is_empty() {
            return Ok(());
        }
        writeln!(f, "\nSigned content, {}", Bytes(signed.length()))?;
        for part in signed.parts() {
            let name = if part.is_literal() { "text" } else { part.name() };
            let offset = part.offset().to_string();
            writeln!(f, " {}", self.painted(Paint::Dim, &[name, " at ", &offset].concat()))?;
            for line in pieces(&shown(part), WIDTH.saturating_sub(INDENT)) {
                writeln!(f, "{:INDENT$}{line}", "")?;
            }
        }
        Ok(())
    }

    fn secrets(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\nSecrets       ")?;
        for (at, secret) in self.explanation.secrets().iter().enumerate() {
            write!(f, "{}{secret}", if at == 0 { "" } else { ", " })?;
        }
        f.write_str(" (fingerprints)\n")
    }

    fn causes(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for cause in self.explanation.causes() {
            let paint = match cause.confidence() {
                Certainty::Proved => Paint::Bold,
                Certainty::Likely | Certainty::Unknown => Paint::Plain,
            };
            let code = self.painted(paint, cause.code().code());
            writeln!(f, "\nCause         {code} ({})", cause.confidence().name())?;
            paragraph(f, "", 0, cause.what())?;
            paragraph(f, "Fix", 3, cause.fix())?;
        }
        let excluded = self.explanation.excluded();
        if !excluded.is_empty() {
            writeln!(f, "\nTried in vain ({} trials)", self.explanation.trials())?;
        }
        excluded.iter().try_for_each(|text| paragraph(f, "", 0, &["- ", text].concat()))
    }

    fn painted(&self, paint: Paint, text: &str) -> String {
        let code = match paint {
            _ if !self.colours => return text.to_string(),
            Paint::Plain => return text.to_string(),
            Paint::Good => "1;32",
            Paint::Bad => "1;31",
            Paint::Bold => "1",
            Paint::Dim => "2",
        };
        ["\x1b[", code, "m", text, "\x1b[0m"].concat()
    }
}

#[derive(Clone, Copy)]
enum Paint {
    Plain,
    Good,
    Bad,
    Bold,
    Dim,
}

/// A head in the margin, of so many columns, and a text beside it, line by line.
fn paragraph(f: &mut fmt::Formatter<'_>, head: &str, width: usize, text: &str) -> fmt::Result {
    write!(f, "{head}{:1$}", "", INDENT.saturating_sub(width))?;
    let mut column = INDENT;
    for (at, word) in text.split([' ']).enumerate() {
        let length = word.chars().count();
        let end = column.saturating_add(length).saturating_add(1);
        if at > 0 && end > WIDTH {
            write!(f, "\n{:INDENT$}", "")?;
            column = INDENT;
        } else if at > 0 {
            f.write_char(' ')?;
            column = column.saturating_add(1);
        }
        f.write_str(word)?;
        column = column.saturating_add(length);
    }
    f.write_char('\n')
}

/// A part of the content as it can be seen: its first bytes and its last.
fn shown(part: &SignedPart) -> String {
    if part.is_secret() {
        return "(of the secret: not shown)".into();
    }
    let (head, tail) = SHOWN;
    let bytes = part.bytes();
    let is_short = bytes.len() <= head.saturating_add(tail);
    let (first, last) = match bytes.split_at_checked(bytes.len().saturating_sub(tail)) {
        Some((before, last)) if !is_short => (before.get(..head).unwrap_or_default(), last),
        _ => (bytes, &b""[..]),
    };
    let mut text = Visible::of(first).to_string();
    let hidden = bytes.len().saturating_sub(first.len()).saturating_sub(last.len());
    if hidden > 0 {
        text.push_str(&[" … ", &Bytes(hidden).to_string(), " … "].concat());
        text.push_str(&Visible::of(last).to_string());
    }
    let beyond = part.length().saturating_sub(bytes.len());
    if beyond > 0 {
        text.push_str(&[" … and ", &Bytes(beyond).to_string(), " more"].concat());
    }
    text
}

/// A text cut into lines of so many characters; an empty one is one empty line.
fn pieces(text: &str, width: usize) -> impl Iterator<Item = String> + '_ {
    let mut rest = text.chars().peekable();
    let mut first = true;
    core::iter::from_fn(move || {
        if rest.peek().is_none() && !first {
            return None;
        }
        first = false;
        Some(rest.by_ref().take(width).collect())
    })
}
