//! Makes the JavaScript glue of a WebAssembly build, and the module that it loads.
//!
//! ```text
//! hookseal-wasm-build FILE.wasm FOLDER NAME [--names]
//! ```

use std::env;
use std::error::Error;

use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [file, folder, name, more @ ..] = arguments.as_slice() else {
        return Err("usage: hookseal-wasm-build FILE.wasm FOLDER NAME [--names]".into());
    };
    let keeps_names = more.iter().any(|it| it == "--names"); // to see what takes room
    Bindgen::new()
        .input_path(file)
        .out_name(name)
        .web(true)?
        .typescript(false)
        .remove_name_section(!keeps_names)
        .remove_producers_section(true)
        .generate(folder)?;
    Ok(())
}
