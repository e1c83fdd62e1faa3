//! Runs under valgrind. Every case must make no report, every control at least one; any other
//! outcome is exit status 1.

mod cases;
mod controls;
mod reveal;
mod valgrind;

use cases::{ALGORITHMS, FORMATS, Sizes};
use hookseal::KeyFormat;

/// Around the edges of the hashes' blocks: 64 and 128 bytes, less 9 and 17 for the padding.
const KEYS: [usize; 9] = [16, 31, 32, 33, 63, 64, 65, 128, 129];
const BODIES: [usize; 9] = [0, 1, 55, 56, 63, 64, 111, 112, 129];

fn main() {
    assert!(valgrind::is_running(), "run under valgrind: without it nothing is watched");
    let full = std::env::args().nth(1).as_deref() == Some("full");
    let mut failed = controls();
    let sizes = sizes(full);
    failed |= macs(&sizes);
    failed |= tokens(&sizes);
    failed |= malformed(full);
    std::process::exit(i32::from(failed));
}

fn controls() -> bool {
    let controls: [(&str, fn() -> u64); 3] = [
        ("compare with an early exit", controls::early_exit),
        ("base64 by table", controls::table_lookup),
        ("search for a byte that is not blank", controls::blank_search),
    ];
    controls.iter().fold(false, |failed, (name, control)| {
        let reports = control();
        println!("control: {name}: {reports} reports");
        failed | (reports == 0)
    })
}

fn macs(sizes: &[Sizes]) -> bool {
    let mut failed = false;
    for (algorithm, encoding) in ALGORITHMS {
        for format in FORMATS {
            let reports: u64 =
                sizes.iter().map(|sizes| cases::mac(algorithm, encoding, format, *sizes)).sum();
            println!(
                "{}, secret as {format:?}, signature as {encoding:?}: {} size pairs, {reports} reports",
                algorithm.name(), sizes.len(),
            );
            failed |= reports != 0;
        }
    }
    failed
}

fn tokens(sizes: &[Sizes]) -> bool {
    let reports: u64 = sizes.iter().map(|sizes| cases::token(*sizes)).sum();
    println!("shared token: {} size pairs, {reports} reports", sizes.len());
    reports != 0
}

fn malformed(full: bool) -> bool {
    let mut failed = false;
    for format in FORMATS.into_iter().filter(|format| *format != KeyFormat::Text) {
        let keys = if full { &KEYS[..] } else { &KEYS[..4] };
        let reports: u64 = keys
            .iter()
            .map(|key| cases::malformed(format, *key, true) + cases::malformed(format, *key, false))
            .sum();
        println!("malformed secret as {format:?}: {} imports, {reports} reports", keys.len() * 2);
        failed |= reports != 0;
    }
    failed
}

/// In full every key with every body, else each key with one body.
fn sizes(full: bool) -> Vec<Sizes> {
    let pairs = KEYS.iter().enumerate().flat_map(|(at, key)| {
        let bodies = if full { &BODIES[..] } else { &BODIES[at..=at] };
        bodies.iter().map(|body| Sizes { key: *key, body: *body })
    });
    pairs.collect()
}
