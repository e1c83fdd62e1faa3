//! What the linker has to know of a Node addon.

fn main() {
    napi_build::setup();
}
