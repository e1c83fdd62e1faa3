//! Line ends of JSON that were lost: the body was joined from its lines.

use super::layouts::{BY_FOUR, BY_TWO};
use super::tokens::Text;
use super::written::{Layout, Style, write};
use super::{Flow, Take};

/// JSON indented as is usual, where what came is that without its line ends.
pub(super) fn joined(body: &[u8], _: bool, take: &mut Take<'_>) -> Flow {
    let Some(text) = Text::read(body).filter(|_| !body.contains(&b'\n')) else {
        return Flow::Continue(());
    };
    for layout in [BY_TWO, BY_FOUR, Layout { indent: "\t", ..BY_TWO }] {
        let written = write(&text, &text.tokens, &Style { layout, escapes: None, end: "" });
        if written.iter().filter(|byte| **byte != b'\n').eq(body) {
            for end in [&b""[..], b"\n"] {
                take("the body with the ends of its lines", &[&written, end].concat())?;
            }
        }
    }
    Flow::Continue(())
}
