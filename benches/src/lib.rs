//! Measurements of hookseal, on one machine, in one run: what a verification costs above the MAC
//! that it cannot do without, and what it costs elsewhere.

pub mod after;
pub mod allocations;
pub mod contestants;
pub mod delivery;
pub mod hostile;
pub mod plot;
pub mod report;
pub mod rounds;
