//! The URL of a delivery: what is configured, and what a request adds to it.

use hookseal::capture::Captured;
use hookseal::{Error, Place, Scheme};

/// Whether a row reads the URL at all.
pub(crate) fn is_read(scheme: &Scheme<'_>) -> bool {
    scheme.names_origin()
        || texts(scheme).any(|it| it.contains("{path") || it.contains("{query"))
        || reads_query(scheme)
}

fn reads_query(scheme: &Scheme<'_>) -> bool {
    let read = [
        Some(scheme.signature),
        scheme.timestamp.map(|it| it.source),
        scheme.event_id.map(|it| it.source),
    ];
    let checks = scheme.checks.iter().map(|it| it.source);
    read.into_iter().flatten().chain(checks).any(|it| it.place == Place::Query)
}

fn texts<'s>(scheme: &'s Scheme<'_>) -> impl Iterator<Item = &'s str> {
    core::iter::once(scheme.signed.text()).chain(scheme.checks.iter().map(|it| it.equals.text()))
}

/// The query of a URL, without its mark.
pub(crate) fn query(url: &str) -> Option<&str> {
    url.split_once('?').map(|it| it.1)
}

/// The URL to verify a received delivery by: the configured one, with the query of the request,
/// to which some providers add their own. Where nothing is configured, and scheme and host do not
/// matter, it is that of the request.
pub(crate) fn of_request(
    scheme: &Scheme<'_>,
    configured: Option<&str>,
    received: Option<&str>,
) -> Option<String> {
    match (configured, received.and_then(query)) {
        (Some(url), Some(query)) if is_read(scheme) => {
            let base = url.split(['?']).next().unwrap_or_default();
            Some(format!("{base}?{query}"))
        }
        (Some(url), _) => Some(url.to_owned()),
        (None, _) if is_read(scheme) && !scheme.names_origin() => received.map(ToOwned::to_owned),
        (None, _) => None,
    }
}

/// What can be given that a refused delivery lacks.
pub(crate) fn hint(scheme: &Scheme<'_>, error: Error, delivery: &Captured) -> Option<&'static str> {
    let lacks_url = delivery.url.is_none() && is_read(scheme);
    match error {
        Error::MissingMethod => Some("give the method by --method"),
        Error::MissingUrl if reads_query(scheme) => Some(
            "give the URL by --url: the one of the provider's settings, with the query of the \
             request",
        ),
        Error::MissingUrl => Some("give the URL of the provider's settings by --url"),
        Error::MissingSignature
        | Error::MissingTimestamp
        | Error::MissingField
        | Error::MalformedBody
            if lacks_url =>
        {
            Some("this provider reads the URL: give it by --url, with the query of the request")
        }
        Error::MissingField => Some("give each header that is signed by -H"),
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use hookseal::providers::by_name;

    #[test]
    fn the_query_is_that_of_the_request_and_the_origin_never() {
        let of = |row: &str, configured, received| {
            of_request(by_name(row).unwrap(), configured, received)
        };
        let (set, got) = (Some("https://a.example/h?x=1"), Some("http://b.example/g?x=2"));
        assert_eq!(of("twilio", set, got).as_deref(), Some("https://a.example/h?x=2"));
        assert_eq!(of("twilio", set, Some("http://b.example/g")).as_deref(), set);
        assert_eq!(of("twilio", None, got), None, "a sender would choose the host");
        assert_eq!(of("pandadoc", None, got).as_deref(), got);
        assert_eq!(of("midtrans", None, got).as_deref(), got);
        assert_eq!(of("github", None, got), None);
        assert_eq!(of("github", set, got).as_deref(), set);
    }
}
