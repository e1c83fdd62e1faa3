# How a module is built and made small. Sourced by what builds one.

# What Rust's own target has, and every browser since 2022.
features=(--enable-bulk-memory --enable-reference-types --enable-multivalue
    --enable-mutable-globals --enable-sign-ext --enable-nontrapping-float-to-int)

# The standard library is built with the package: for size, and without what a panic would say,
# which nobody reads here. That takes the component `rust-src`, and options of the compiler that are
# not stable yet; the compiler itself is the stable one.
small=(-Zunstable-options -Cpanic=immediate-abort)
# An address is then a byte shorter. No call goes as deep as that.
small+=(-Clink-arg=-zstack-size=524288)
std=(-Zbuild-std=std,panic_abort -Zbuild-std-features=optimize_for_size)

# OPTION …: a release build for WebAssembly.
wasm_build() {
    RUSTC_BOOTSTRAP=1 RUSTFLAGS="${RUSTFLAGS:-} ${small[*]}" cargo build --quiet --release --locked \
        --target wasm32-unknown-unknown "${std[@]}" "$@"
}

# FROM TO [OPTION …]
wasm_shrink() {
    local from=$1 to=$2
    node_modules/.bin/wasm-opt "${features[@]}" -Oz "${@:3}" "$from" -o "$to"
}
