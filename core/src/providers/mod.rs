//! The table of providers: a row of facts each, and nothing else.
//!
//! A row says what a receiver must know: what the signature covers ([`Scheme::bound`]), what the
//! event id is worth ([`Identity`](crate::Identity)), how well the facts are known
//! ([`Confidence`]) and where they were read ([`Scheme::source`]). A second
//! scheme of one provider is a row of its own, and no row falls back to another.

mod base64;
mod hex;
#[cfg(feature = "sha1")]
mod sha1;
mod standard_webhooks;
mod timed;
mod tokens;

pub use self::base64::*;
pub use self::hex::*;
#[cfg(feature = "sha1")]
pub use self::sha1::*;
pub use self::standard_webhooks::*;
pub use self::timed::*;
pub use self::tokens::*;

use crate::{Confidence, Scheme, SchemeError};

/// Every row that this build can run, sorted by name.
pub const ALL: &[&Scheme<'static>] = &[
    &BITBUCKET,
    &CALENDLY,
    &CIRCLECI,
    &CLERK,
    &COINBASE_COMMERCE,
    &DROPBOX,
    &GITHUB,
    #[cfg(feature = "sha1")]
    &GITHUB_LEGACY_SHA1,
    &GITLAB,
    &GITLAB_SHARED_TOKEN,
    &HUBSPOT,
    #[cfg(feature = "sha1")]
    &INTERCOM,
    &LEMON_SQUEEZY,
    &LINEAR,
    &MERGE,
    &META,
    &MICROSOFT_TEAMS,
    &MUX,
    &OPENAI,
    &PADDLE,
    &PAGERDUTY,
    &QUICKBOOKS,
    &RAZORPAY,
    &RESEND,
    &SENTRY,
    &SHOPIFY,
    &SLACK,
    &SQUARE,
    &STANDARD_WEBHOOKS,
    &STRIPE,
    &SVIX,
    &TWITCH,
    &TYPEFORM,
    #[cfg(feature = "sha1")]
    &VERCEL,
    &WOOCOMMERCE,
    &WORKOS,
    &X_TWITTER,
    &XERO,
    &ZENDESK,
    &ZOOM,
];

/// The row of a name, as `"stripe"`.
///
/// # Errors
/// [`SchemeError::UnknownProvider`] where [`ALL`] has no row of this name.
pub fn by_name(name: &str) -> Result<&'static Scheme<'static>, SchemeError> {
    let at = ALL.binary_search_by(|row| row.name.cmp(name));
    at.ok().and_then(|at| ALL.get(at)).copied().ok_or(SchemeError::UnknownProvider)
}

const _: () = assert!(rows_hold_together(), "a row breaks a rule, or does not say its source");
const _: () = assert!(names_rise(), "the rows are not sorted by name, or two share one");

#[allow(dead_code, reason = "Rust 1.88 does not see that a const uses it")]
const fn rows_hold_together() -> bool {
    let mut rest = ALL;
    while let [row, tail @ ..] = rest {
        let is_builtin = !matches!(row.confidence, Confidence::Custom) && !row.source.is_empty();
        if row.check().is_err() || !is_builtin {
            return false;
        }
        rest = tail;
    }
    true
}

#[allow(dead_code, reason = "Rust 1.88 does not see that a const uses it")]
const fn names_rise() -> bool {
    let mut rest = ALL;
    while let [first, tail @ ..] = rest {
        if let [second, ..] = tail
            && !precedes(first.name.as_bytes(), second.name.as_bytes())
        {
            return false;
        }
        rest = tail;
    }
    true
}

/// `<` of two names, which a const fn cannot use.
#[allow(dead_code, reason = "Rust 1.88 does not see that a const uses it")]
const fn precedes(mut left: &[u8], mut right: &[u8]) -> bool {
    while let ([a, more_left @ ..], [b, more_right @ ..]) = (left, right) {
        if *a != *b {
            return *a < *b;
        }
        (left, right) = (more_left, more_right);
    }
    left.len() < right.len()
}
