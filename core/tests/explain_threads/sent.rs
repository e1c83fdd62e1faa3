//! A delivery as it was sent, and what is said of it after something happened to it.

use hookseal::explain::{CauseCode, Certainty, Explainer, Explanation, Verdict};
use hookseal::{Request, Scheme, Signer, UnixTime};

use crate::secrets::{Seed, secret};

pub(crate) const NOW: UnixTime = UnixTime::from_secs(1_767_267_099);

/// A delivery on its way to whoever verifies it. What a test changes is what happened on the way.
pub(crate) struct Sent {
    pub(crate) scheme: Scheme<'static>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) url: Option<String>,
    /// What the verifier has been given.
    pub(crate) secret: String,
    pub(crate) now: UnixTime,
}

/// A delivery of a shared secret.
pub(crate) fn sent(scheme: &Scheme<'static>, secret: &str, body: impl AsRef<[u8]>) -> Sent {
    Sent::new(scheme, (secret, secret), body.as_ref(), None)
}

/// A delivery to a URL that is signed.
pub(crate) fn sent_to(
    url: &str,
    scheme: &Scheme<'static>,
    secret: &str,
    body: impl AsRef<[u8]>,
) -> Sent {
    Sent::new(scheme, (secret, secret), body.as_ref(), Some(url))
}

/// A delivery that is signed with a private key.
pub(crate) fn sent_with_keys(scheme: &Scheme<'static>, body: impl AsRef<[u8]>) -> Sent {
    let seed = Seed { text: String::new(), bytes: Vec::new(), pair: 2 };
    let keys = secret(scheme, &seed, 0);
    Sent::new(scheme, (&keys.signer, &keys.verifier), body.as_ref(), None)
}

impl Sent {
    fn new(
        scheme: &Scheme<'static>,
        (signer, verifier): (&str, &str),
        body: &[u8],
        url: Option<&str>,
    ) -> Self {
        let mut sent = Sent {
            scheme: *scheme,
            headers: Vec::new(),
            body: body.to_vec(),
            url: url.map(str::to_owned),
            secret: verifier.into(),
            now: NOW,
        };
        let kind = match body.first() {
            Some(b'{' | b'[') => "application/json",
            _ => "application/x-www-form-urlencoded",
        };
        sent.put("Content-Type", kind);
        sent.put("Content-Length", &body.len().to_string());
        for (name, value) in sent.signed(signer) {
            sent.put(&name, &value);
        }
        let explanation = sent.explained();
        assert_eq!(explanation.verdict(), Verdict::Verified, "as it was sent");
        assert!(explanation.causes().is_empty());
        sent
    }

    fn signed(&self, secret: &str) -> Vec<(String, String)> {
        let pairs = self.pairs();
        let signer = Signer::new(&self.scheme, secret).unwrap();
        let signed = signer.sign(&self.request(&pairs), Some("msg_2b7c"), NOW).unwrap();
        signed.headers().map(|(name, value)| (name.to_string(), value.to_string())).collect()
    }

    /// Puts a header on, in the place of the one of its name.
    pub(crate) fn put(&mut self, name: &str, value: &str) {
        self.headers.retain(|(it, _)| !it.eq_ignore_ascii_case(name));
        self.headers.push((name.into(), value.into()));
    }

    /// Takes a header off.
    pub(crate) fn take(&mut self, name: &str) -> String {
        let at = self.headers.iter().position(|(it, _)| it.eq_ignore_ascii_case(name)).unwrap();
        self.headers.remove(at).1
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    fn pairs(&self) -> Vec<(&str, &str)> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }

    fn request<'r>(&'r self, pairs: &'r [(&'r str, &'r str)]) -> Request<'r> {
        let request = Request::new(pairs, &self.body).method("POST");
        match &self.url {
            Some(url) => request.url(url),
            None => request,
        }
    }

    pub(crate) fn explained(&self) -> Explanation {
        self.explained_by(|explainer| explainer)
    }

    /// What is said by an explainer that knows more.
    pub(crate) fn explained_by<'a>(
        &'a self,
        more: impl FnOnce(Explainer<'a>) -> Explainer<'a>,
    ) -> Explanation {
        let pairs = self.pairs();
        more(Explainer::new(&self.scheme, &self.secret)).explain(&self.request(&pairs), self.now)
    }

    pub(crate) fn is_proved(&self, code: CauseCode) {
        self.explained().is_proved(code);
    }

    pub(crate) fn is_likely(&self, code: CauseCode) {
        self.explained().is_likely(code);
    }
}

/// What the first cause must be.
pub(crate) trait First {
    fn is_first(&self, code: CauseCode, certainty: Certainty);

    fn is_proved(&self, code: CauseCode) {
        self.is_first(code, Certainty::Proved);
    }

    fn is_likely(&self, code: CauseCode) {
        self.is_first(code, Certainty::Likely);
    }
}

impl First for Explanation {
    fn is_first(&self, code: CauseCode, certainty: Certainty) {
        assert!(!self.verdict().is_verified(), "nothing is wrong");
        let cause = &self.causes()[0];
        let found = (cause.code(), cause.confidence());
        assert_eq!(found, (code, certainty), "{:?} {:?}", self.causes(), self.excluded());
    }
}
