//! Who may send.

use crate::error::EndpointError;
use crate::request::Headers;

use super::address::of_sender;
use super::network::Network;

/// The header in which a proxy names the address that it serves.
const FORWARDED: &str = "x-forwarded-for";

/// The networks that deliveries may come from: beside the signature, and never in place of it.
///
/// Proxies of your own stand between the sender and you? Say how many: each adds one entry at the
/// end of `X-Forwarded-For`, and the address that counts is the one that the outermost of them
/// added. What stands before it the sender may have written. A request with fewer entries than
/// there are proxies has come past them, and is not allowed; nor is one without an address.
///
/// ```
/// use hookseal::receive::{AllowList, Network};
///
/// let networks = [Network::parse("192.0.2.0/24")?];
/// let direct = AllowList::new(&networks, 0)?;
/// assert!(direct.is_allowed(Some("[::ffff:192.0.2.7]:443"), &[("host", "a.example")]));
/// assert!(!direct.is_allowed(None, &[("x-forwarded-for", "192.0.2.7")]));
///
/// let proxied = AllowList::new(&networks, 1)?;
/// assert!(proxied.is_allowed(Some("10.0.0.1"), &[("x-forwarded-for", "1.2.3.4, 192.0.2.7")]));
/// assert!(!proxied.is_allowed(Some("10.0.0.1"), &[("x-forwarded-for", "192.0.2.7, 1.2.3.4")]));
/// # Ok::<(), hookseal::EndpointError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct AllowList<'n> {
    networks: &'n [Network],
    trusted_proxies: usize,
}

impl<'n> AllowList<'n> {
    /// The networks, and how many proxies of your own stand before you.
    ///
    /// # Errors
    /// [`NoNetworks`](EndpointError::NoNetworks) for an empty list.
    pub const fn new(
        networks: &'n [Network],
        trusted_proxies: usize,
    ) -> Result<Self, EndpointError> {
        if networks.is_empty() {
            return Err(EndpointError::NoNetworks);
        }
        Ok(AllowList { networks, trusted_proxies })
    }

    /// Whether the sender of a request is on the list. `peer` is the address at the other end of
    /// the connection, as the server tells it: it counts where there are no proxies.
    pub fn is_allowed<'r>(&self, peer: Option<&str>, headers: impl Into<Headers<'r>>) -> bool {
        let text = match self.trusted_proxies {
            0 => peer,
            proxies => forwarded(headers.into(), proxies),
        };
        let address = text.and_then(of_sender);
        address.is_some_and(|address| self.networks.iter().any(|it| it.holds(address)))
    }
}

/// The entry that the outermost proxy added: counted from the end, over all such headers.
fn forwarded(headers: Headers<'_>, proxies: usize) -> Option<&str> {
    let mut count: usize = 0;
    headers.values(FORWARDED, |list| count = count.saturating_add(entries(list).count()));
    let wanted = count.checked_sub(proxies)?;
    let (mut at, mut found): (usize, &[u8]) = (0, b"");
    headers.values(FORWARDED, |list| {
        entries(list).for_each(|entry| {
            found = if at == wanted { entry } else { found };
            at = at.saturating_add(1);
        });
    });
    str::from_utf8(found).ok()
}

fn entries(list: &[u8]) -> impl Iterator<Item = &[u8]> {
    list.split(|byte| *byte == b',')
}
