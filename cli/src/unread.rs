//! The body of a delivery that `listen` receives, read up to its limit.

use hookseal::DEFAULT_BODY_LIMIT;
use http_body_util::BodyExt;
use hyper::body::{Body, Incoming};

/// How much of a body that is too large is read, so that its sender gets to see the answer.
const DRAINED: usize = DEFAULT_BODY_LIMIT * 4;

/// Why a body was not read.
pub(crate) enum Unread {
    TooLarge,
    Late,
    BrokenOff,
}

/// Reads a body up to the limit. A sender that waits for leave is refused at once; any other is
/// read on for a while, because it looks for an answer only when it has sent all.
pub(crate) async fn read(mut body: Incoming, waits: bool) -> Result<Vec<u8>, Unread> {
    let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    let mut too_large = announced > DEFAULT_BODY_LIMIT;
    if too_large && (waits || announced > DRAINED) {
        return Err(Unread::TooLarge);
    }
    let (mut bytes, mut drained) = (Vec::new(), 0usize);
    while let Some(frame) = body.frame().await {
        let frame =
            frame.map_err(|_| if too_large { Unread::TooLarge } else { Unread::BrokenOff })?;
        let Ok(data) = frame.into_data() else { continue };
        drained = drained.saturating_add(data.len());
        too_large |= drained > DEFAULT_BODY_LIMIT;
        match (too_large, drained > DRAINED) {
            (true, true) => return Err(Unread::TooLarge),
            (true, false) => bytes = Vec::new(),
            (false, _) => bytes.extend_from_slice(&data),
        }
    }
    if too_large { Err(Unread::TooLarge) } else { Ok(bytes) }
}
