//! Everything that is broken here.

mod body;
mod header;
mod json;
mod rendering;
mod scheme;
mod secret;
mod time;
mod url;

use crate::fault::Fault;

/// Every fault.
pub(crate) fn all() -> Vec<Fault> {
    [
        body::faults(),
        json::faults(),
        rendering::faults(),
        secret::faults(),
        url::faults(),
        header::faults(),
        scheme::faults(),
        time::faults(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
