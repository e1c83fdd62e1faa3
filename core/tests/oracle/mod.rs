//! An oracle that knows the providers' schemes and nothing of the rows: recipes make genuine
//! deliveries, mutations spoil them, and both say what has to come of it.

pub(crate) mod genuine;
pub(crate) mod judge;
pub(crate) mod mutation;
pub(crate) mod order;
pub(crate) mod recipes;
pub(crate) mod rich;
mod richer;
pub(crate) mod spell;
pub(crate) mod tally;
pub(crate) mod trial;
pub(crate) mod vocabulary;
