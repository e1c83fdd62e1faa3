//! The rules of addresses, and the same rules written down a second time, with text and lists.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::borrow::ToOwned;
use std::format;
use std::string::String;
use std::vec::Vec;

use proptest::collection::vec;
use proptest::prelude::*;

use crate::error::EndpointError::{MalformedNetwork, NetworkHostBits, NoNetworks};
use crate::receive::address::ipv6;
use crate::receive::{AllowList, Network};

const NONE: &[(&str, &str)] = &[];

fn networks(texts: &[&str]) -> Vec<Network> {
    texts.iter().map(|text| Network::parse(text).unwrap()).collect()
}

fn is_peer_allowed(networks: &[Network], peer: &str) -> bool {
    AllowList::new(networks, 0).unwrap().is_allowed(Some(peer), NONE)
}

#[test]
fn addresses_in_all_their_spellings() {
    let listed = networks(&["192.0.2.0/24", "2001:db8::1", "fe80::/10", "203.0.113.9"]);
    for peer in [
        "192.0.2.0",
        "192.0.2.255",
        " 192.0.2.7\t",
        "192.0.2.7:80",
        "::ffff:192.0.2.7",
        "[::ffff:c000:207]:443",
        "2001:db8::1",
        "2001:0DB8:0:0::1",
        "[2001:db8::1]",
        "[2001:db8::1]:443",
        "fe80::7%eth0",
        "203.0.113.9",
    ] {
        assert!(is_peer_allowed(&listed, peer), "{peer}");
    }
    for peer in [
        "192.0.3.0",
        "192.0.1.255",
        "2001:db8::2",
        "2001:db8::1:443",
        "203.0.113.8",
        "",
        " ",
        "unix:",
        "unknown",
        "192.0.2.7, 192.0.2.7",
        "192.0.2.7:80:80",
        "192.0.2.07",
        "192.0.2",
        "192.0.2.7%eth0",
        "fe80::7%",
        "192.0.2.0/24",
        "[",
        "[]",
        ":",
        "%",
    ] {
        assert!(!is_peer_allowed(&listed, peer), "{peer}");
    }
}

#[test]
fn a_version_is_not_the_other() {
    for peer in ["192.0.2.7", "::ffff:192.0.2.7"] {
        assert!(!is_peer_allowed(&networks(&["::/0"]), peer));
        assert!(!is_peer_allowed(&networks(&["::/80", "::/95"]), peer));
        assert!(is_peer_allowed(&networks(&["0.0.0.0/0"]), peer));
        assert!(is_peer_allowed(&networks(&["::ffff:0:0/96"]), peer));
        assert!(
            networks(&["192.0.2.0/30", "192.0.2.4/30"])[1]
                .contains(IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7)))
        );
    }
    assert!(is_peer_allowed(&networks(&["::/0"]), "::1"));
    assert!(!is_peer_allowed(&networks(&["0.0.0.0/0"]), "::1"));
}

#[test]
fn networks_that_cannot_be_meant() {
    for text in [
        "",
        "/",
        "/8",
        "nonsense",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/08",
        "10.0.0.0/+8",
        "10.0.0.0/-8",
        "10.0.0.0/8/8",
        "10.0.0.0/255.0.0.0",
        "10.0.0.0/260",
        "10.0.0.0/99999999999999999999",
        "10.0.0.0/é",
        "::/129",
        "10.0.0.0 ",
        "[::]",
        "10.0.0.1:80",
        "10.0.0.1, 10.0.0.2",
    ] {
        assert_eq!(Network::parse(text), Err(MalformedNetwork), "{text}");
    }
    for text in ["10.0.0.1/8", "10.0.0.1/0", "2001:db8::1/64", "::ffff:10.0.0.1/104"] {
        assert_eq!(Network::parse(text), Err(NetworkHostBits), "{text}");
    }
    for text in ["10.0.0.1/32", "::1/128", "::/0", "0.0.0.0/0", "10.0.0.0/31"] {
        assert!(Network::parse(text).is_ok(), "{text}");
    }
    assert_eq!(AllowList::new(&[], 0).unwrap_err(), NoNetworks);
}

#[test]
fn without_an_address_nobody_is_allowed() {
    let everybody = networks(&["0.0.0.0/0", "::/0"]);
    for proxies in [0, 1, 2, usize::MAX] {
        let list = AllowList::new(&everybody, proxies).unwrap();
        assert!(!list.is_allowed(None, NONE));
        assert!(!list.is_allowed(Some(""), &[("x-forwarded-for", "")]));
        assert!(!list.is_allowed(None, &[("x-forwarded-for", &[0xff_u8, 0xfe][..])]));
    }
}

#[test]
fn what_the_outermost_trusted_proxy_saw() {
    let listed = networks(&["192.0.2.7"]);
    let list = AllowList::new(&listed, 2).unwrap();
    let is_allowed = |lists: &[&str]| {
        let headers: Vec<_> = lists.iter().map(|it| ("X-Forwarded-For", *it)).collect();
        list.is_allowed(Some("192.0.2.7"), headers.as_slice())
    };
    assert!(is_allowed(&["192.0.2.7, 10.0.0.1"]));
    assert!(is_allowed(&["192.0.2.7", "10.0.0.1"]));
    assert!(is_allowed(&["192.0.2.7:443,"]));
    assert!(is_allowed(&["1.2.3.4, 192.0.2.7", "10.0.0.1"]));
    assert!(!is_allowed(&["192.0.2.7, 1.2.3.4, 10.0.0.1"]));
    assert!(!is_allowed(&["192.0.2.7", "1.2.3.4", "10.0.0.1"]));
    assert!(!is_allowed(&["192.0.2.7"]));
    assert!(!is_allowed(&["192.0.2.7", "1.2.3.4, 10.0.0.1"]));
    assert!(!is_allowed(&[]));
}

/// The rules as one would write them down with strings, and with a `0` or `1` for each bit.
mod twice {
    use super::*;

    fn bits(address: IpAddr) -> String {
        match address {
            IpAddr::V4(it) => format!("4{:032b}", u32::from(it)),
            IpAddr::V6(it) => match it.to_ipv4_mapped() {
                Some(it) => bits(IpAddr::V4(it)),
                None => format!("6{:0128b}", u128::from(it)),
            },
        }
    }

    pub(super) fn network(text: &str) -> Option<String> {
        let (address, length) = text.split_once('/').unwrap_or((text, ""));
        let written: IpAddr = address.parse().ok()?;
        let is_ipv6_form = written.is_ipv6() && bits(written).starts_with('4');
        let mut length: usize = match length {
            "" => bits(written).len() - 1,
            length => length.parse().ok()?,
        };
        if is_ipv6_form && text.contains('/') {
            length = length.checked_sub(96)?;
        }
        let (prefix, rest) = bits(written).split_at_checked(length + 1).map(owned)?;
        (!rest.contains('1')).then_some(prefix)
    }

    fn owned((one, other): (&str, &str)) -> (String, String) {
        (one.to_owned(), other.to_owned())
    }

    pub(super) fn is_allowed(
        networks: &[String],
        proxies: usize,
        peer: Option<&str>,
        lists: &[&str],
    ) -> bool {
        let all = lists.join(",");
        let entries: Vec<&str> = all.split(',').collect();
        let text = match proxies {
            0 => peer,
            _ if entries.len() < proxies => None,
            _ => Some(entries[entries.len() - proxies]),
        };
        let address = text.and_then(address).map(bits);
        address.is_some_and(|it| networks.iter().any(|network| it.starts_with(network.as_str())))
    }

    fn address(text: &str) -> Option<IpAddr> {
        let text = text.trim_matches([' ', '\t']);
        let inner = match text.strip_prefix('[') {
            Some(inner) => inner.split(']').next()?,
            None if text.matches(':').count() == 1 => text.split(':').next()?,
            None => text,
        };
        match inner.split_once('%') {
            Some((address, zone)) if !zone.is_empty() => address.parse().ok().map(IpAddr::V6),
            _ => inner.parse().ok(),
        }
    }
}

/// Few addresses that are near each other, so that many are within a block.
fn addresses() -> impl Strategy<Value = String> {
    let four =
        (prop_oneof![Just(10_u8), Just(11)], 0_u8..4).prop_map(|(a, d)| Ipv4Addr::new(a, 0, 0, d));
    let six = (0_u16..3, 0_u16..4).prop_map(|(a, h)| Ipv6Addr::new(a, 0, 0, 0, 0, 0, 0, h));
    prop_oneof![
        four.clone().prop_map(|it| format!("{it}")),
        four.prop_map(|it| format!("{}", it.to_ipv6_mapped())),
        six.prop_map(|it| format!("{it}")),
    ]
}

fn blocks() -> impl Strategy<Value = String> {
    let length = prop_oneof![
        Just(String::new()),
        (0_u8..=130).prop_map(|it| format!("/{it}")),
        prop_oneof![Just(30_u8), Just(31), Just(96), Just(126), Just(127)]
            .prop_map(|it| format!("/{it}")),
    ];
    (addresses(), length).prop_map(|(address, length)| address + &length)
}

fn entries() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => addresses(),
        2 => addresses().prop_map(|it| format!(" {it}\t")),
        1 => addresses().prop_map(|it| format!("[{it}]:80")),
        1 => addresses().prop_map(|it| format!("{it}:80")),
        1 => addresses().prop_map(|it| format!("{it}%eth0")),
        1 => "[0-9a-f:.%,/ \\[\\]]{0,12}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2048))]

    #[test]
    fn a_network_is_read_as_by_text(text in prop_oneof![blocks(), "[0-9a-f:./]{0,12}"]) {
        let is_spelled = !text.contains("/0") || text.ends_with("/0");
        let second = twice::network(&text).filter(|_| is_spelled && !text.ends_with('/'));
        prop_assert_eq!(Network::parse(&text).is_ok(), second.is_some());
    }

    #[test]
    fn an_ipv6_address_is_read_as_the_library_reads_it(
        text in prop_oneof![
            any::<Ipv6Addr>().prop_map(|it| format!("{it}")),
            "[0-2a]{0,4}(:[0-2A]{1,4}|::){4,9}([01].1.2.3)?",
            "[0-2f+]{0,2}:{1,3}([0-2f]{0,5}:{0,2}){0,8}([0-9]{1,3}[.]1.2.3)?:{0,2}",
        ],
    ) {
        let library: Option<Ipv6Addr> = text.parse().ok();
        prop_assert_eq!(ipv6(&text), library.map(Ipv6Addr::to_bits), "{}", text);
    }

    #[test]
    fn who_is_allowed_is_as_by_text(
        blocks in vec(blocks(), 1..4),
        proxies in 0_usize..4,
        peer in proptest::option::of(entries()),
        lists in vec(vec(entries(), 0..3), 0..3),
    ) {
        let blocks = [blocks, ["10.0.0.2/31".to_owned()].into()].concat();
        let listed: Vec<Network> = blocks.iter().filter_map(|it| Network::parse(it).ok()).collect();
        let second: Vec<String> = blocks.iter().filter_map(|it| twice::network(it)).collect();
        let lists: Vec<String> = lists.iter().map(|it| it.join(",")).collect();
        let lists: Vec<&str> = lists.iter().map(String::as_str).collect();
        let headers: Vec<_> = lists.iter().map(|it| ("x-forwarded-for", *it)).collect();
        let allowed = AllowList::new(&listed, proxies).unwrap();
        prop_assert_eq!(
            allowed.is_allowed(peer.as_deref(), headers.as_slice()),
            twice::is_allowed(&second, proxies, peer.as_deref(), &lists)
        );
    }
}
