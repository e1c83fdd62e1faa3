//! Feature `jwt`: a JWS made of the claims that a row names.

use alloc::string::String;
use alloc::vec::Vec;

use base64ct::{Base64UrlUnpadded, Encoding as _};

use crate::content::Content;
use crate::error::Error;
use crate::facts::When;
use crate::json_text::quoted;
use crate::jws::Jws;
use crate::request::Request;
use crate::sign::Signer;
use crate::source::Place;
use crate::time::UnixTime;
use crate::word::Word;

/// How long a JWS is good, in milliseconds.
const LIFE: i64 = 300_000;

/// The compact JWS of a delivery. Its payload has the row's claims, and those that say when it is
/// good.
pub(crate) fn sign(
    signer: &Signer<'_>,
    request: &Request<'_>,
    event_id: Option<&str>,
    now: UnixTime,
) -> Result<String, Error> {
    let scheme = signer.scheme();
    let detached = scheme.signed.has(Word::JwsHeader);
    let algorithm = scheme.algorithm.jws_name().unwrap_or_default();
    let unencoded = if detached && scheme.signed.has(Word::Body) {
        r#","b64":false,"crit":["b64"]"#
    } else {
        ""
    };
    let header = alloc::format!(r#"{{"alg":"{algorithm}","typ":"JWT"{unencoded}}}"#);
    let payload = if detached { Vec::new() } else { claims(signer, request, event_id, now)? };
    let encode = Base64UrlUnpadded::encode_string;
    let mut text = alloc::format!("{}.{}.", encode(header.as_bytes()), encode(&payload));
    let tag = {
        let jws = Jws::unsigned(text.as_bytes(), scheme).ok_or(Error::MalformedSignature)?;
        let request = request.with(jws);
        let content = Content::new(scheme, &request, None, None);
        content.check()?;
        signer.tag(&content)
    };
    text.push_str(tag.text());
    Ok(text)
}

/// The payload: each condition that holds for this request, the time, the id.
fn claims(
    signer: &Signer<'_>,
    request: &Request<'_>,
    event_id: Option<&str>,
    now: UnixTime,
) -> Result<Vec<u8>, Error> {
    let scheme = signer.scheme();
    let content = Content::new(scheme, request, None, None);
    let mut claims = Claims { text: Vec::from(*b"{"), join: "" };
    for check in scheme.checks.iter().filter(|check| check.source.place == Place::Claim) {
        if check.equals.binds().url {
            content.check_url()?;
        }
        if check.when != When::WithBody || !request.body.is_empty() {
            let mut value = Vec::new();
            content.for_each_run_of(&check.equals, &signer.ours(), &mut |run| value.extend(run));
            claims.text(check.source.name, &value)?;
        }
    }
    let until = UnixTime::from_millis(now.as_millis().saturating_add(LIFE));
    for (name, moment) in [("iat", now), ("nbf", now), ("exp", until)] {
        // What is not of ten digits no verifier reads.
        if !(1_000_000_000..10_000_000_000).contains(&moment.as_secs()) {
            return Err(Error::MalformedTimestamp);
        }
        claims.number(name, moment.as_secs());
    }
    match (scheme.event_id.filter(|id| id.source.place == Place::Claim), event_id) {
        (Some(id), Some(given)) => claims.text(id.source.name, given.as_bytes())?,
        (Some(_), None) => return Err(Error::MissingEventId),
        (None, _) => {}
    }
    claims.text.push(b'}');
    Ok(claims.text)
}

/// A JSON object while it is written.
struct Claims {
    text: Vec<u8>,
    join: &'static str,
}

impl Claims {
    fn text(&mut self, name: &str, value: &[u8]) -> Result<(), Error> {
        str::from_utf8(value).map_err(|_| Error::MalformedBody)?;
        self.name(name);
        quoted(value, &mut |run| self.text.extend(run));
        Ok(())
    }

    fn number(&mut self, name: &str, value: i64) {
        self.name(name);
        self.text.extend(alloc::format!("{value}").into_bytes());
    }

    fn name(&mut self, name: &str) {
        self.text.extend(self.join.bytes());
        quoted(name.as_bytes(), &mut |run| self.text.extend(run));
        self.text.push(b':');
        self.join = ",";
    }
}
