//! Compressed bodies.

use alloc::vec::Vec;

use miniz_oxide::inflate::{decompress_to_vec_with_limit, decompress_to_vec_zlib_with_limit};

use super::super::trial::MAX_BODY;
use super::{Flow, Take};

/// What was compressed. The other way there is no one answer: each program writes other bytes.
pub(super) fn each(body: &[u8], _: bool, take: &mut Take<'_>) -> Flow {
    if let Some(text) = gunzipped(body) {
        return take("the body taken out of gzip", &text);
    }
    // A text is no deflate stream; where it is read as one it ends at once.
    if body.is_ascii() {
        return Flow::Continue(());
    }
    if let Ok(text) = decompress_to_vec_zlib_with_limit(body, MAX_BODY) {
        return take("the body taken out of deflate, with the frame of zlib", &text);
    }
    match decompress_to_vec_with_limit(body, MAX_BODY) {
        Ok(text) if !text.is_empty() => take("the body taken out of bare deflate", &text),
        _ => Flow::Continue(()),
    }
}

/// The content of a gzip stream (RFC 1952), of one member. Its checksum is not needed: the signature
/// is one.
fn gunzipped(body: &[u8]) -> Option<Vec<u8>> {
    const HAS_CHECKSUM: u8 = 2;
    const HAS_EXTRA: u8 = 4;
    const HAS_NAME: u8 = 8;
    const HAS_COMMENT: u8 = 16;
    let (head, mut rest) = body.split_first_chunk::<10>()?;
    let [0x1F, 0x8B, 8, flags, ..] = *head else { return None };
    if flags & HAS_EXTRA != 0 {
        let (length, after) = rest.split_first_chunk::<2>()?;
        rest = after.get(usize::from(u16::from_le_bytes(*length))..)?;
    }
    for text in [HAS_NAME, HAS_COMMENT] {
        if flags & text != 0 {
            let end = rest.iter().position(|byte| *byte == 0)?;
            rest = rest.get(end..)?.strip_prefix(&[0])?;
        }
    }
    if flags & HAS_CHECKSUM != 0 {
        rest = rest.get(2..)?;
    }
    decompress_to_vec_with_limit(rest, MAX_BODY).ok()
}
