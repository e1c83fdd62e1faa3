//! What the receiving side decides beside the signature: which addresses may send, and which URL
//! was signed. A framework's adapter in any language asks here, and keeps no rule of its own.
//!
//! ```
//! use hookseal::providers::TWILIO;
//! use hookseal::receive::{AllowList, Network, PublicUrl};
//!
//! // Once, when the service starts.
//! let networks = [Network::parse("192.0.2.0/24")?, Network::parse("2001:db8::7")?];
//! let allowed = AllowList::new(&networks, 0)?;
//! let public = PublicUrl::new(Some("https://hooks.example.com"), &TWILIO)?;
//!
//! // For every request: the other end of the connection, the headers, and the request's target.
//! assert!(allowed.is_allowed(Some("192.0.2.7"), &[("host", "whatever it says")]));
//! assert_eq!(public.of("/sms?a=1").to_string(), "https://hooks.example.com/sms?a=1");
//! # Ok::<(), hookseal::EndpointError>(())
//! ```

mod address;
mod allow_list;
mod network;
mod public_url;

pub use allow_list::AllowList;
pub use network::Network;
pub use public_url::{PublicUrl, RequestUrl};

#[cfg(test)]
mod tests;
