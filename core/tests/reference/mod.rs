//! A second reading of the rows: what each word of a template stands for, written anew over whole
//! values in memory, and the tags of another implementation. It reads the rows' data; of the engine
//! it calls nothing.
#![allow(dead_code, reason = "each program uses a part of it")]

pub(crate) mod digest;
pub(crate) mod find;
pub(crate) mod tag;
pub(crate) mod template;
pub(crate) mod words;
pub(crate) mod write;

/// One request, as it was received.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Received {
    pub(crate) headers: Vec<(String, Vec<u8>)>,
    pub(crate) url: String,
    pub(crate) method: String,
    pub(crate) body: Vec<u8>,
}
