//! What a delivery is signed with.

use alloc::borrow::ToOwned as _;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::{Added, Elsewhere, OutgoingError};
use crate::error::Error;
use crate::request::Request;
use crate::scheme::Scheme;
use crate::sign::Signer;
use crate::source::Place;
use crate::time::UnixTime;
use crate::verifier::DEFAULT_BODY_LIMIT;

/// Headers that are lent.
type Pairs<'r> = Vec<(&'r str, &'r [u8])>;

impl Signer<'_> {
    /// Signs a delivery as its provider sends it: the headers that the scheme signs by, the
    /// signature where it is elsewhere, and the event id where it is sent in a header that is not
    /// signed. A token is the secret itself: what is added has it.
    ///
    /// ```
    /// use hookseal::{Request, Signer, UnixTime, providers};
    ///
    /// let signer = Signer::new(&providers::GITHUB, "a secret of 16 bytes or more")?;
    /// let request = Request::new(&[] as &[(&str, &str)], b"{}");
    /// let added = signer.sign_outgoing(&request, Some("72d3162e"), UnixTime::from_secs(0))?;
    /// assert_eq!(added.headers[0], ("x-github-delivery".into(), "72d3162e".into()));
    /// assert_eq!(added.headers[1].0, "x-hub-signature-256");
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`sign`](Signer::sign); `body_too_large` above
    /// [`DEFAULT_BODY_LIMIT`]; and `missing_field` where the hash of the
    /// body has to be in the URL and is not.
    pub fn sign_outgoing(
        &self,
        request: &Request<'_>,
        event_id: Option<&str>,
        now: UnixTime,
    ) -> Result<Added, OutgoingError> {
        check(self.scheme(), request, event_id)?;
        let Some((list, time)) = listed_time(self.scheme()) else {
            return self.sign_once(request, event_id, now);
        };
        // The time's header is among those that are signed, so it has to be there before them.
        let own = format!("{list},{time}");
        let mut pairs = Pairs::new();
        request.headers.each(|name, value| pairs.push((name, value)));
        if !pairs.iter().any(|(name, _)| name.eq_ignore_ascii_case(list)) {
            pairs.push((list, own.as_bytes()));
        }
        let lists = pairs.iter().filter(|(name, _)| name.eq_ignore_ascii_case(list));
        let lists: Vec<_> = lists.filter_map(text).collect();
        pairs.retain(|(name, _)| !name.eq_ignore_ascii_case(time));
        let first = self.sign_timed(request, (&pairs, time, "0"), event_id, now)?;
        let written = first.headers.iter().find(|(name, _)| name == time);
        let written = written.map_or("", |(_, value)| value);
        let mut added = self.sign_timed(request, (&pairs, time, written), event_id, now)?;
        added.headers.splice(..0, lists);
        Ok(added)
    }

    /// Signs with these headers and one for the time.
    fn sign_timed(
        &self,
        request: &Request<'_>,
        (headers, time, written): (&[(&str, &[u8])], &str, &str),
        event_id: Option<&str>,
        now: UnixTime,
    ) -> Result<Added, OutgoingError> {
        let timed = [headers, &[(time, written.as_bytes())]].concat();
        self.sign_once(&Request { headers: timed.as_slice().into(), ..*request }, event_id, now)
    }

    fn sign_once(
        &self,
        request: &Request<'_>,
        event_id: Option<&str>,
        now: UnixTime,
    ) -> Result<Added, OutgoingError> {
        let signed = self.sign(request, event_id, now)?;
        let mut headers: Vec<(String, String)> =
            signed.headers().map(|(name, value)| (name.to_owned(), value.to_string())).collect();
        if let (Some(name), Some(id)) = (self.scheme().event_id_header(), event_id)
            && !headers.iter().any(|(it, _)| it == name)
        {
            headers.insert(0, (name.to_owned(), id.to_owned()));
        }
        let is_elsewhere = self.scheme().signature.place != Place::Header;
        let elsewhere = is_elsewhere.then(|| self.elsewhere(signed.signature()));
        Ok(Added { headers, elsewhere })
    }

    /// A signature that is no header, with what stands before it.
    fn elsewhere(&self, signature: &str) -> Elsewhere {
        let source = self.scheme().signature;
        let prefix = source.prefix.split(['|']).next().unwrap_or_default();
        let id = match source.key_mark {
            Some(mark) => format!("{}{}", self.id.text(), char::from(mark)),
            None => String::new(),
        };
        Elsewhere {
            place: source.place,
            name: source.names().next().unwrap_or_default().to_owned(),
            value: format!("{prefix}{id}{signature}"),
        }
    }
}

/// What signing does not look at, and sending needs.
fn check(
    scheme: &Scheme<'_>,
    request: &Request<'_>,
    event_id: Option<&str>,
) -> Result<(), OutgoingError> {
    if request.body.len() > DEFAULT_BODY_LIMIT {
        return Err(Error::BodyTooLarge.into());
    }
    let is_plain = |id: &str| !id.is_empty() && id.bytes().all(|it| matches!(it, b' '..=b'~'));
    if event_id.is_some_and(|id| !is_plain(id)) {
        return Err(OutgoingError::EventIdNotPlain);
    }
    let is_json = request.body.trim_ascii_start().starts_with(b"{");
    let url = request.url.unwrap_or_default();
    let mut hashes = scheme.checks.iter().filter(|it| it.source.place == Place::Query);
    match hashes.find(|it| is_json && !url.contains(it.source.name)) {
        None => Ok(()),
        Some(missing) => Err(OutgoingError::MissingHash {
            parameter: missing.source.name.to_owned(),
            equals: missing.equals.text().to_owned(),
        }),
    }
}

/// The headers of the list of those that are signed, and of the time, where the delivery names
/// them.
fn listed_time<'s>(scheme: &Scheme<'s>) -> Option<(&'s str, &'s str)> {
    let list = scheme.signed_headers?;
    let time = scheme.timestamp?.source;
    let apart = list.name != scheme.signature.name && time.place == Place::Header;
    Some((list.names().next()?, time.names().next()?)).filter(|_| apart)
}

fn text((name, value): &(&str, &[u8])) -> Option<(String, String)> {
    Some(((*name).to_owned(), str::from_utf8(value).ok()?.to_owned()))
}
