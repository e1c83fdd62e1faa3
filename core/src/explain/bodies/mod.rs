//! Changes to the body: what gateways, frameworks and people do to a body, undone.
//!
//! A generator makes candidates of what came, one after the other and only while they are wanted;
//! each is a few passes over the body. The search goes in rounds: the usual small changes, all of
//! them, two at the edges; JSON written anew as is usual, in all ways; then two changes of any kind.

mod anew;
mod charset;
mod coded;
mod compressed;
mod edges;
mod evidence;
mod fields;
mod form;
mod layouts;
mod lines;
mod literal;
mod orders;
mod rendered;
mod search;
#[cfg(test)]
mod tests;
mod tokens;
mod written;

use alloc::format;
use core::ops::ControlFlow;

pub(super) use rendered::is_rendering;

use super::cause::CauseCode;
use super::trial::{MAX_BODY, Trial};
use super::{Explanation, wording::Bytes};
use crate::request::Request;
use search::Search;

/// What the rounds up to each leave of them for those that follow.
const LEFT_BY: [usize; 6] = [76 << 20, 68 << 20, 60 << 20, 24 << 20, 16 << 20, 0];

/// Whether another candidate is wanted.
type Flow = ControlFlow<()>;

/// Takes a candidate: in a few words what it is, and its bytes.
type Take<'t> = dyn FnMut(&str, &[u8]) -> Flow + 't;

/// Makes candidates of a body: the usual ones, or all.
type Generator = fn(&[u8], bool, &mut Take<'_>) -> Flow;

/// A generator, and the name of what it undoes.
type Named = (CauseCode, Generator);

const BOM: Named = (CauseCode::BodyBom, edges::bom);
const LINE_ENDS: Named = (CauseCode::BodyLineEndings, edges::line_ends);
const EDGES: Named = (CauseCode::BodyTrailingBytes, edges::edges);
const BASE64: Named = (CauseCode::BodyBase64, coded::base64);
const WRAPPED: Named = (CauseCode::BodyJsonString, coded::wrapped);
const COMPRESSED: Named = (CauseCode::BodyCompressed, compressed::each);
const CHARSET: Named = (CauseCode::BodyCharset, charset::each);

/// Small changes, in the order in which they are tried: of two names of the same bytes the first
/// counts.
const SMALL: [Named; 10] = [
    (CauseCode::BodyEmpty, edges::empty),
    BOM,
    LINE_ENDS,
    (CauseCode::BodyLineEndings, lines::joined),
    EDGES,
    BASE64,
    WRAPPED,
    (CauseCode::BodyFormEncoded, form::each),
    COMPRESSED,
    CHARSET,
];

/// What reads the body as an object and writes it.
const LARGE: [Named; 2] =
    [(CauseCode::BodyReserialised, anew::each), (CauseCode::BodyParsed, rendered::each)];

/// Changes of which two are tried: to a text file, and of any kind.
const OF_FILES: [Named; 3] = [BOM, LINE_ENDS, EDGES];
const FIRST: [Named; 7] = [BASE64, WRAPPED, COMPRESSED, BOM, LINE_ENDS, EDGES, CHARSET];
const SECOND: [Named; 9] = [
    BASE64,
    WRAPPED,
    COMPRESSED,
    BOM,
    LINE_ENDS,
    EDGES,
    CHARSET,
    (CauseCode::BodyReserialised, anew::plain),
    (CauseCode::BodyParsed, rendered::plain),
];

/// Tries the changes that gateways and frameworks make to a body. Whether one is proved.
pub(super) fn prove(
    request: &Request<'_>,
    trial: &mut Trial<'_, '_>,
    found: &mut Explanation,
) -> bool {
    if request.body.len() > MAX_BODY {
        found.excluded.push(format!(
            "nothing of the body: it has {}, and changes are tried up to {} only",
            Bytes(request.body.len()),
            Bytes(MAX_BODY)
        ));
        return false;
    }
    let mut search = Search::new(request, trial);
    let rounds: [fn(&mut Search<'_, '_, '_>) -> Flow; 6] = [
        |it| it.singles(&SMALL, false),
        |it| it.singles(&SMALL, true),
        |it| it.pairs(&OF_FILES, &OF_FILES),
        |it| it.singles(&LARGE, false),
        |it| it.singles(&LARGE, true),
        |it| it.pairs(&FIRST, &SECOND),
    ];
    let _ = rounds.into_iter().zip(LEFT_BY).any(|(round, left)| search.round(left, round));
    match search.proved.take() {
        Some(change) => {
            found.prove(change);
            true
        }
        None => {
            search.exclude(found);
            false
        }
    }
}
