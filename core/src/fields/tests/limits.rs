//! Long and hostile texts.

use core::time::Duration;
use std::format;
use std::string::String;
use std::time::Instant;
use std::vec::Vec;

use super::received;
use crate::fields::{Fields, Malformed, find, order};

const MIB: usize = 1 << 20;

#[test]
fn the_257th_field_is_refused() {
    let body = |count| (0..count).map(|at| format!("&f{at}={at}")).collect::<String>();
    assert_eq!(received(body(256).as_bytes()).unwrap().len(), 256);
    assert_eq!(Fields::read(body(257).as_bytes()).err(), Some(Malformed));
    // One field is found among more: no table is needed for that.
    assert!(find(body(5000).as_bytes(), "f4999").unwrap().is_some());
}

#[test]
fn sorting_is_the_library_s_and_keeps_what_is_equal() {
    for seed in 0..64_u32 {
        let key = |at: u8| (u32::from(at).wrapping_mul(2_654_435_761) >> (seed % 24)) % (seed + 1);
        let mut order: Vec<u8> =
            (0..=u8::MAX).take(4 * usize::try_from(seed).unwrap() + 4).collect();
        let mut wanted = order.clone();
        wanted.sort_by_key(|at| key(*at));
        order::sort(&mut order, |one, other| key(one).cmp(&key(other)));
        assert_eq!(order, wanted);
    }
}

/// However the compares come out, there are at most eight for each field.
#[test]
fn sorting_compares_each_with_eight() {
    for wanted in [core::cmp::Ordering::Less, core::cmp::Ordering::Greater] {
        let compares = core::cell::Cell::new(0);
        let mut order: Vec<u8> = (0..=u8::MAX).collect();
        order::sort(&mut order, |_, _| {
            compares.set(compares.get() + 1);
            wanted
        });
        assert!(compares.get() <= 8 * 256, "{}", compares.get());
    }
}

/// The worst that 1 MiB can ask: 256 values that differ only at their ends, none of them plain.
fn alike() -> Vec<u8> {
    (0..256)
        .flat_map(|at| format!("&a=%61{}{:03}", "a".repeat(MIB / 256 - 10), at).into_bytes())
        .collect()
}

/// Bounds are loose: a build without optimisation on a busy machine must hold them, and work that
/// is quadratic does not.
#[test]
#[cfg_attr(miri, ignore = "slow")]
fn a_mebibyte_takes_no_more_than_a_few_passes() {
    let hostile: [(&str, Vec<u8>, bool); 6] = [
        ("&a=", b"&a=".repeat(MIB / 3), false),
        ("&", b"&".repeat(MIB), true),
        ("=", b"=".repeat(MIB), true),
        ("%41", b"%41".repeat(MIB / 3), true),
        ("one character", [&b"a="[..], &b"%C3%A9".repeat(MIB / 6)].concat(), true),
        ("alike", alike(), true),
    ];
    for (name, body, reads) in hostile {
        let start = Instant::now();
        assert_eq!(Fields::read(&body).is_ok(), reads, "{name}");
        let took = start.elapsed();
        std::println!("{name}: {} bytes, {took:?}", body.len());
        assert!(took < Duration::from_secs(60), "{name}: {took:?}");
    }
}

#[test]
fn a_table_is_small() {
    assert!(size_of::<Fields<'_>>() <= 3 * 1024 + 256 + 3 * size_of::<usize>());
}
