//! Providers without a row, each with its reason.

/// A provider that has no row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Out {
    /// The name that its row would have.
    pub name: &'static str,
    /// Why there is none, in one sentence.
    pub reason: &'static str,
}

const fn out(name: &'static str, reason: &'static str) -> Out {
    Out { name, reason }
}

const URL_ONLY: &str = "signs nothing and sends no token: only a secret in the URL tells its \
                        requests from others, and whoever sees the URL can write any body";

/// Every provider that was looked at and has no row, sorted by name: those that sign nothing, and
/// those that sign by what this crate does not have.
///
/// A secret that the receiver puts into the URL, or into a header that can be configured, is a
/// token: a [`Scheme`](crate::Scheme) of your own with [`Algorithm::Token`](crate::Algorithm::Token)
/// compares it, and says that the body is not signed.
pub const OUT: &[Out] = &[
    out("activecampaign", URL_ONLY),
    out(
        "azure-event-grid",
        "signs nothing: it makes sure of the endpoint once, by a code, and can send a secret in the \
         URL or a Microsoft Entra token, of which neither covers the body",
    ),
    out("codecov", URL_ONLY),
    out("docker-hub", URL_ONLY),
    out(
        "ebay",
        "signs by ECDSA with SHA-1, in JSON that is base64 in a header; the key has to be fetched \
         under an OAuth token, by an id that the request names",
    ),
    out(
        "eventbrite",
        "signs nothing: the body is a URL, from which the object has to be fetched under a token",
    ),
    out(
        "fillout",
        "signs nothing that it documents: headers can be configured, so a token of your own can be \
         one",
    ),
    out("jotform", URL_ONLY),
    out("mailchimp", URL_ONLY),
    out(
        "truelayer",
        "signs by ECDSA over P-521, and a list of headers that stands inside the signature's own \
         header",
    ),
];

const _: () = assert!(names_rise(), "the names are not sorted, or two are one");

#[allow(dead_code, reason = "Rust 1.88 does not see that a const uses it")]
const fn names_rise() -> bool {
    let mut rest = OUT;
    while let [first, tail @ ..] = rest {
        if let [second, ..] = tail
            && !super::precedes(first.name.as_bytes(), second.name.as_bytes())
        {
            return false;
        }
        rest = tail;
    }
    true
}
