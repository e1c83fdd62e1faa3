//! The walk of one delivery: values found, signed bytes streamed into the MAC, tag compared in
//! constant time, window judged.

use crate::content::{Content, Ours};
use crate::delivery::Delivery;
use crate::error::Error;
use crate::facts::{Clock, Timestamp};
#[cfg(feature = "jwt")]
use crate::jws::Jws;
use crate::request::Request;
use crate::signatures::Signatures;
use crate::source::Place;
use crate::spelled::Spelled;
use crate::time::{MAX_TIME, UnixTime};
use crate::value::Value;
use crate::verifier::Verifier;

/// What watches a walk. `()` watches nothing, and costs nothing.
pub(crate) trait Probe {
    /// The signatures were found, as many.
    #[inline(always)]
    fn signatures(&mut self, _count: usize) {}

    /// The time was read, where the scheme has one that is no claim.
    #[inline(always)]
    fn time(&mut self, _sent_at: Option<UnixTime>) {}

    /// The event id was found, where it is signed; now the content is looked at.
    #[inline(always)]
    fn event_id(&mut self) {}

    /// The content can be hashed.
    #[inline(always)]
    fn hashable(&mut self) {}

    /// So many bytes went into MACs.
    #[inline(always)]
    fn hashed(&mut self, _bytes: usize) {}

    /// A signature is that of the content under this secret.
    #[inline(always)]
    fn matched(&mut self, _secret_index: usize) {}

    /// The conditions hold; now the window is judged.
    #[inline(always)]
    fn judged(&mut self, _sent_at: Option<UnixTime>) {}
}

impl Probe for () {}

impl<'s> Verifier<'s> {
    /// The walk. Cheap and bounded first; then one MAC a secret; the window is judged last, so
    /// that "too old" is only ever said of an authentic delivery.
    pub(crate) fn walk<'r>(
        &self,
        request: &Request<'r>,
        now: UnixTime,
        probe: &mut (impl Probe + ?Sized),
    ) -> Result<Delivery<'r>, Error>
    where
        's: 'r,
    {
        if request.body.len() > self.body_limit {
            return Err(Error::BodyTooLarge);
        }
        let mut signatures = Signatures::none();
        signatures.find(self.scheme, request)?;
        #[cfg(feature = "jwt")]
        if self.scheme.is_jws() {
            let jws = signatures.only().and_then(|text| Jws::read(text, self.scheme));
            let jws = jws.ok_or(Error::MalformedSignature)?;
            let request = request.with(jws);
            probe.signatures(1);
            return self.judge(&Signatures::of_tag(jws.tag()), &request, now, probe);
        }
        probe.signatures(signatures.count());
        self.judge(&signatures, request, now, probe)
    }

    /// The walk from the signatures on.
    #[inline(always)]
    fn judge<'r>(
        &self,
        signatures: &Signatures<'r>,
        request: &Request<'r>,
        now: UnixTime,
        probe: &mut (impl Probe + ?Sized),
    ) -> Result<Delivery<'r>, Error>
    where
        's: 'r,
    {
        let (timestamp, mut sent_at) = self.timestamp(request)?;
        probe.time(sent_at);
        let event_id = self.signed_event_id(request)?;
        probe.event_id();
        let content = Content::new(self.scheme, request, timestamp, event_id);
        if self.has_values {
            content.check()?;
        }
        probe.hashable();
        let mut hashed = 0;
        let mut matching = self.matching(signatures, &content, false, &mut hashed);
        if matching.is_none() && self.scheme.signed.has_second_reading() {
            matching = self.matching_second(signatures, &content, &mut hashed);
        }
        probe.hashed(hashed);
        let secret_index = matching.ok_or(Error::SignatureMismatch)?;
        probe.matched(secret_index);
        if self.has_afterthoughts {
            sent_at = self.afterthoughts(&content, secret_index, now)?.or(sent_at);
        }
        probe.judged(sent_at);
        if let (Some(time), Some(moment)) = (&self.scheme.timestamp, sent_at) {
            self.window.judge(time.clock, moment, now)?;
            // When a delivery ends is not when it was sent.
            if self.has_afterthoughts {
                sent_at = sent_at.filter(|_| time.clock != Clock::Expiry);
            }
        }
        Ok(Delivery::new(content, sent_at, secret_index))
    }

    /// The content of a request whose signature need not be there.
    #[cfg(feature = "explain")]
    pub(crate) fn content<'r>(&self, request: &Request<'r>) -> Result<Content<'r>, Error>
    where
        's: 'r,
    {
        let (timestamp, _) = self.timestamp(request)?;
        let event_id = self.signed_event_id(request)?;
        let content = Content::new(self.scheme, request, timestamp, event_id);
        content.check()?;
        Ok(content)
    }

    /// The first secret under which a signature is that of the content.
    #[inline(always)]
    fn matching(
        &self,
        signatures: &Signatures<'_>,
        content: &Content<'_>,
        second: bool,
        hashed: &mut usize,
    ) -> Option<usize> {
        // A loop, as `position` becomes a call.
        for (index, (key, id)) in self.keys.iter().zip(&self.ids).take(self.secrets).enumerate() {
            let ours = &Ours { second, ..Ours::id(id.bytes()) };
            if key.matches(ours, content, signatures, hashed) {
                return Some(index);
            }
        }
        None
    }

    /// The same with the content's second reading.
    #[inline(never)] // few schemes have two
    fn matching_second(
        &self,
        signatures: &Signatures<'_>,
        content: &Content<'_>,
        hashed: &mut usize,
    ) -> Option<usize> {
        self.matching(signatures, content, true, hashed)
    }

    /// What is asked of an authentic delivery only: the conditions of the row, and the claims of a
    /// JWS. Answers the time, where that is a claim.
    #[inline(never)] // most schemes have none of it
    fn afterthoughts(
        &self,
        content: &Content<'_>,
        secret_index: usize,
        now: UnixTime,
    ) -> Result<Option<UnixTime>, Error> {
        let id = self.ids.get(secret_index).map_or(&b""[..], Spelled::bytes);
        content.check_conditions(&Ours::id(id))?;
        let mut sent_at = None;
        if let Some(time) = self.scheme.timestamp.filter(|it| it.source.place == Place::Claim) {
            sent_at = self.read_time(&time, content.request())?.1;
        }
        #[cfg(feature = "jwt")]
        if let Some(jws) = content.request().jws {
            jws.judge(self.scheme, self.window, now)?;
        }
        #[cfg(not(feature = "jwt"))]
        let _ = now;
        Ok(sent_at)
    }

    /// The time's text, which is what is signed, and its meaning. A claim is read when the tag
    /// has matched.
    #[inline(always)] // else its nested result goes through memory
    fn timestamp<'r>(
        &self,
        request: &Request<'r>,
    ) -> Result<(Option<Value<'r>>, Option<UnixTime>), Error> {
        match &self.scheme.timestamp {
            Some(time) if time.source.place != Place::Claim => self.read_time(time, request),
            _ => Ok((None, None)),
        }
    }

    #[inline(always)]
    fn read_time<'r>(
        &self,
        time: &Timestamp<'_>,
        request: &Request<'r>,
    ) -> Result<(Option<Value<'r>>, Option<UnixTime>), Error> {
        let is_time = |text: &[u8]| time.clock.read(text).is_some();
        let text = time.source.one_of(request, Error::MalformedTimestamp, &is_time)?;
        let text = text.ok_or(Error::MissingTimestamp)?;
        let sent_at = match text.as_bytes() {
            Some(text) => time.clock.read(text),
            None => read_decoded(time.clock, &text),
        };
        Ok((Some(text), Some(sent_at.ok_or(Error::MalformedTimestamp)?)))
    }

    /// The event id, where the template names it. One that is only inside the signed body is
    /// read when the delivery is asked for it.
    #[inline(always)]
    fn signed_event_id<'r>(&self, request: &Request<'r>) -> Result<Option<Value<'r>>, Error> {
        match &self.scheme.event_id {
            Some(id) if self.scheme.signs_event_id() => {
                let value = id.source.one(request, Error::MalformedEventId)?;
                if value.is_none() && !self.scheme.signed.has_optional_event_id() {
                    return Err(Error::MissingEventId);
                }
                Ok(value)
            }
            _ => Ok(None),
        }
    }
}

#[inline(never)] // of a form or of a claim, or of a JSON string that has escapes
fn read_decoded(clock: Clock, text: &Value<'_>) -> Option<UnixTime> {
    clock.read(Spelled::<MAX_TIME>::of(text).bytes())
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::format;
    use std::string::String;
    use std::vec;

    use super::*;
    use crate::providers::STANDARD_WEBHOOKS;

    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const NOW: UnixTime = UnixTime::from_secs(1_700_000_000);

    /// The verdict, and how many bytes went into MACs.
    fn cost(secrets: usize, signature: &str, body: &[u8]) -> (Option<Error>, usize) {
        let mut verifier = Verifier::new(&STANDARD_WEBHOOKS, SECRET);
        for _ in 1..secrets {
            verifier = verifier.and_then(|verifier| verifier.and_secret(SECRET));
        }
        let headers = [
            ("webhook-id", "msg_1"),
            ("webhook-timestamp", "1700000000"),
            ("webhook-signature", signature),
        ];
        let mut hashed = Hashed(0);
        let verdict = verifier.map(|verifier| {
            let request = Request::new(&headers, body);
            verifier.walk(&request, NOW, &mut hashed).err()
        });
        (verdict.unwrap_or_default(), hashed.0)
    }

    /// How many bytes went into MACs.
    struct Hashed(usize);

    impl Probe for Hashed {
        fn hashed(&mut self, bytes: usize) {
            self.0 = self.0.saturating_add(bytes);
        }
    }

    #[test]
    fn a_hostile_request_costs_one_mac_of_the_body() {
        let body = vec![b'x'; 1 << 20];
        let content = "msg_1.1700000000.".len() + body.len();
        let wrong = format!("v1,{}= ", "A".repeat(43));
        let cases: [(usize, String, Option<Error>, usize); 5] = [
            (1, wrong.clone(), Some(Error::SignatureMismatch), content),
            (1, wrong.repeat(16), Some(Error::SignatureMismatch), content),
            (4, wrong.repeat(16), Some(Error::SignatureMismatch), 4 * content),
            (1, wrong.repeat(17), Some(Error::TooManySignatures), 0),
            (1, wrong.repeat(341), Some(Error::HeaderTooLarge), 0),
        ];
        for (secrets, signature, verdict, hashed) in cases {
            assert_eq!(cost(secrets, &signature, &body), (verdict, hashed));
        }
    }
}
