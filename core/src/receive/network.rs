//! CIDR blocks.

use core::net::IpAddr;

use crate::error::EndpointError;

use super::address::{BEFORE_IPV4, WIDTH, ipv4, ipv6, is_ipv4, number};

/// A CIDR block, or a single address.
///
/// ```
/// use hookseal::receive::Network;
///
/// let network = Network::parse("192.0.2.0/24")?;
/// assert!(network.contains([192, 0, 2, 7].into()));
/// assert_eq!(network, Network::parse("::ffff:192.0.2.0/120")?); // the same, written as IPv6
/// # Ok::<(), hookseal::EndpointError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Network {
    /// IPv4 in its IPv6 form.
    first: u128,
    /// How many bits all of its addresses begin with: at most 128.
    prefix: u8,
}

impl Network {
    /// Reads `192.0.2.0/24`, `2001:db8::/32`, or an address alone.
    ///
    /// # Errors
    /// [`MalformedNetwork`](EndpointError::MalformedNetwork), and
    /// [`NetworkHostBits`](EndpointError::NetworkHostBits) for an address within a block in place
    /// of the block, as `192.0.2.7/24`.
    pub fn parse(text: &str) -> Result<Self, EndpointError> {
        let network = Network::read(text).ok_or(EndpointError::MalformedNetwork)?;
        if network.host(network.first) == 0 {
            Ok(network)
        } else {
            Err(EndpointError::NetworkHostBits)
        }
    }

    fn read(text: &str) -> Option<Self> {
        let slash = text.bytes().position(|byte| byte == b'/');
        let (address, length) = text.split_at_checked(slash.unwrap_or(text.len()))?;
        let (first, before) = match ipv4(address) {
            Some(first) => (first, BEFORE_IPV4),
            None => (ipv6(address)?, 0),
        };
        let prefix = if length.is_empty() {
            WIDTH
        } else {
            decimal(length.get(1..)?)?.checked_add(before)?
        };
        (prefix <= WIDTH).then_some(Network { first, prefix })
    }

    /// Whether an address is one of these. An IPv4 address is in no IPv6 block, but for those in
    /// which there is nothing else.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        self.holds(number(address))
    }

    pub(super) fn holds(&self, address: u128) -> bool {
        let is_of_version = self.prefix >= BEFORE_IPV4 || !is_ipv4(address);
        is_of_version && address ^ self.host(address) == self.first
    }

    /// The bits of an address behind the prefix.
    fn host(&self, address: u128) -> u128 {
        address & u128::MAX.checked_shr(self.prefix.into()).unwrap_or_default()
    }
}

/// A number as everybody writes it: no sign, no zero before it.
fn decimal(digits: &str) -> Option<u8> {
    let is_plain = digits == "0" || !digits.starts_with(['0', '+']);
    digits.parse().ok().filter(|_| is_plain)
}
