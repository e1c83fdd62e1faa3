//! The generated files, as path and text.

#[path = "causes.rs"]
mod causes;
#[path = "docs.rs"]
mod docs;
#[path = "python.rs"]
mod python;
#[path = "schemes.rs"]
mod schemes;
#[path = "typescript.rs"]
mod typescript;
#[path = "vectors.rs"]
mod vectors;

/// Every generated file: its path from the top of the tree, and its text.
pub(crate) fn all() -> Vec<(String, String)> {
    let mut files = vectors::files();
    files.push(("docs/providers.md".into(), docs::providers()));
    files.push(("docs/errors.md".into(), docs::errors()));
    files.push(("docs/schemes.md".into(), schemes::schemes()));
    files.push(("docs/causes.md".into(), causes::causes()));
    files.push(("bindings-python/python/hookseal/_names.py".into(), python::names()));
    files.push(("bindings-node/types/names.d.ts".into(), typescript::names()));
    files
}
