//! An endpoint: who may send to it, and under which URL.

use hookseal::receive::{AllowList, Network, PublicUrl};
use hookseal::{EndpointError, Headers};
use self_cell::self_cell;

use crate::failure::Failure;
use crate::row::Row;
use crate::setup::size;

// A URL, and what was read of it.
self_cell! { struct OwnUrl { owner: Option<String>, #[covariant] dependent: PublicUrl, } }

/// What a receiver asks beside its verifier.
pub struct Endpoint {
    url: OwnUrl,
    networks: Option<Vec<Network>>,
    trusted_proxies: usize,
}

impl Endpoint {
    /// `url` is the one that is configured at the provider; `allow_from` lists the networks that
    /// may send, and without it there is no such list; `trusted_proxies` are one's own.
    ///
    /// # Errors
    /// What cannot be meant, with the option's name as the key.
    pub fn new(
        row: &Row,
        url: Option<&str>,
        allow_from: Option<&[String]>,
        trusted_proxies: u32,
    ) -> Result<Self, Failure> {
        let url = url.map(str::to_owned);
        let public = OwnUrl::try_new(url, |url| PublicUrl::new(url.as_deref(), row.scheme()));
        let url = public.map_err(|it| Failure::of_option(it, "url".to_owned()))?;
        let networks = allow_from.map(networks).transpose()?;
        Ok(Endpoint { url, networks, trusted_proxies: size(trusted_proxies) })
    }

    /// Whether the sender of a request is on the list, or there is none.
    pub fn is_allowed<'r>(&self, peer: Option<&str>, headers: impl Into<Headers<'r>>) -> bool {
        self.networks.as_ref().is_none_or(|networks| {
            let list = AllowList::new(networks, self.trusted_proxies);
            list.is_ok_and(|list| list.is_allowed(peer, headers))
        })
    }

    /// The URL of a request whose target this is.
    #[must_use]
    pub fn url(&self, target: &str) -> String {
        self.url.borrow_dependent().of(target).parts().concat()
    }
}

fn networks(listed: &[String]) -> Result<Vec<Network>, Failure> {
    let read = |(at, text): (usize, &String)| {
        Network::parse(text).map_err(|it| Failure::of_option(it, format!("allow_from[{at}]")))
    };
    let networks = listed.iter().enumerate().map(read).collect::<Result<Vec<_>, _>>()?;
    if networks.is_empty() {
        return Err(Failure::of_option(EndpointError::NoNetworks, "allow_from".to_owned()));
    }
    Ok(networks)
}
