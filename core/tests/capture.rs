//! Reads captured requests of every form, as a user of the crate does.
#![cfg(feature = "capture")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::arithmetic_side_effects, clippy::as_conversions)]

#[path = "capture/properties.rs"]
mod properties;
#[path = "capture/refusals.rs"]
mod refusals;
#[path = "capture/samples.rs"]
mod samples;

use hookseal::capture::Captured;

/// A request from text, for comparison.
fn captured(method: &str, url: &str, headers: &[(&str, &str)], body: &str) -> Captured {
    Captured {
        method: Some(method.into()),
        url: (!url.is_empty()).then(|| url.into()),
        headers: headers.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect(),
        body: body.into(),
    }
}
