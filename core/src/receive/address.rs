//! Addresses of both versions as numbers of 128 bits: IPv4 in its IPv6 form, `::ffff:a.b.c.d`, so
//! that an address is the same however it is written.

use core::net::{IpAddr, Ipv4Addr};

/// The bits of an IPv6 address.
pub(super) const WIDTH: u8 = 128;

/// The bits that stand before an IPv4 address in its IPv6 form.
pub(super) const BEFORE_IPV4: u8 = 96;

/// What these bits are.
const IPV4: u128 = 0xffff;

/// The groups of an IPv6 address, and the bits of one.
const GROUPS: u32 = 8;
const GROUP: u32 = 16;

pub(super) const fn is_ipv4(address: u128) -> bool {
    address >> (WIDTH - BEFORE_IPV4) == IPV4
}

pub(super) fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => address.to_ipv6_mapped().to_bits(),
        IpAddr::V6(address) => address.to_bits(),
    }
}

/// An address as a server or a proxy writes it: with a port, in brackets, with a zone, or none of
/// these.
pub(super) fn of_sender(text: &str) -> Option<u128> {
    let text = text.trim_ascii();
    let colons = text.bytes().filter(|byte| *byte == b':').take(2).count();
    let bare = match text.strip_prefix('[') {
        Some(inner) => until(inner, b']'),
        None if colons == 1 => until(text, b':'),
        None => text,
    };
    let address = until(bare, b'%');
    match bare.len().saturating_sub(address.len()) {
        0 => ipv4(address).or_else(|| ipv6(address)),
        1 => None,
        _ => ipv6(address),
    }
}

pub(super) fn ipv4(text: &str) -> Option<u128> {
    text.parse().ok().map(|it: Ipv4Addr| it.to_ipv6_mapped().to_bits())
}

/// As `Ipv6Addr` reads it, in which the compiler leaves a way to a panic.
pub(super) fn ipv6(text: &str) -> Option<u128> {
    let Some(gap) = text.as_bytes().windows(2).position(|it| it == b"::") else {
        return groups(text).filter(|it| it.count == GROUPS).map(|it| it.bits);
    };
    let (head, tail) = (text.get(..gap)?, text.get(gap.checked_add(2)?..)?);
    let (head, tail) = (groups(head).filter(|it| !it.has_ipv4)?, groups(tail)?);
    let is_short = head.count.saturating_add(tail.count) < GROUPS;
    let shift = GROUPS.saturating_sub(head.count).saturating_mul(GROUP);
    is_short.then(|| head.bits.checked_shl(shift).unwrap_or_default() | tail.bits)
}

#[derive(Default)]
struct Groups {
    bits: u128,
    count: u32,
    /// Whether the last two are written as an IPv4 address.
    has_ipv4: bool,
}

/// Groups that are parted by colons; nothing is none.
fn groups(text: &str) -> Option<Groups> {
    let mut found = Groups::default();
    for group in text.split([':']).filter(|_| !text.is_empty()) {
        let ipv4: Option<Ipv4Addr> = group.parse().ok();
        let (bits, count) = match ipv4 {
            Some(ipv4) => (ipv4.to_bits(), 2),
            None => (hex(group)?.into(), 1),
        };
        found.count = found.count.saturating_add(count);
        if found.has_ipv4 || found.count > GROUPS {
            return None;
        }
        found.has_ipv4 = ipv4.is_some();
        found.bits = found.bits << (count.saturating_mul(GROUP)) | u128::from(bits);
    }
    Some(found)
}

fn hex(group: &str) -> Option<u16> {
    let is_hex = group.bytes().all(|byte| byte.is_ascii_hexdigit()) && group.len() <= 4;
    u16::from_str_radix(group, 16).ok().filter(|_| is_hex)
}

fn until(text: &str, end: u8) -> &str {
    let end = text.bytes().position(|byte| byte == end);
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}
