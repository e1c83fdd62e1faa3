//! What a receiver has: a request, a row, secrets, a clock; and what explains it.

use hookseal::explain::{Explainer, Explanation};
use hookseal::{Error, Request, Scheme, SetupError, UnixTime, Verifier};

/// A delivery as it was received, and how the receiver is set up.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Scene {
    pub(crate) row: Row,
    pub(crate) headers: Vec<(String, Vec<u8>)>,
    pub(crate) body: Vec<u8>,
    pub(crate) url: Option<String>,
    pub(crate) method: Option<String>,
    pub(crate) secrets: Vec<Vec<u8>>,
    pub(crate) others: Vec<Vec<u8>>,
    pub(crate) now: UnixTime,
    pub(crate) setup: Setup,
}

/// What a receiver may set beside the secrets.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Setup {
    pub(crate) weak: bool,
    pub(crate) any_time: bool,
    pub(crate) tolerance: Option<u32>,
    pub(crate) future_tolerance: Option<u32>,
    pub(crate) body_limit: Option<usize>,
}

/// A row, compared by its place in memory.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row(pub(crate) &'static Scheme<'static>);

impl PartialEq for Row {
    fn eq(&self, other: &Self) -> bool {
        core::ptr::eq(self.0, other.0)
    }
}

/// How a verifier judges.
pub(crate) type Judged = Result<Result<(), Error>, SetupError>;

impl Scene {
    /// Hands the request over.
    pub(crate) fn with<T>(&self, run: impl FnOnce(&Request<'_>) -> T) -> T {
        let pairs: Vec<(&str, &[u8])> =
            self.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect();
        let mut request = Request::new(pairs.as_slice(), &self.body);
        if let Some(url) = &self.url {
            request = request.url(url);
        }
        if let Some(method) = &self.method {
            request = request.method(method);
        }
        run(&request)
    }

    pub(crate) fn explainer(&self) -> Explainer<'_> {
        let setup = &self.setup;
        let mut explainer = Explainer::new(self.row.0, &self.secrets[0]);
        for secret in &self.secrets[1..] {
            explainer = explainer.and_secret(secret);
        }
        for other in &self.others {
            explainer = explainer.other_secret(other);
        }
        if setup.weak {
            explainer = explainer.danger_weak_secrets();
        }
        if let Some(seconds) = setup.tolerance {
            explainer = explainer.tolerance(seconds);
        }
        if let Some(seconds) = setup.future_tolerance {
            explainer = explainer.future_tolerance(seconds);
        }
        if setup.any_time {
            explainer = explainer.danger_any_time();
        }
        if let Some(bytes) = setup.body_limit {
            explainer = explainer.body_limit(bytes);
        }
        explainer
    }

    pub(crate) fn explain(&self) -> Explanation {
        let explainer = self.explainer();
        self.with(|request| explainer.explain(request, self.now))
    }

    fn verifier(&self) -> Result<Verifier<'_>, SetupError> {
        let setup = &self.setup;
        let mut secrets = self.secrets.iter();
        let first = secrets.next().unwrap();
        let mut verifier = match setup.weak {
            true => Verifier::danger_weak_secret(self.row.0, first)?,
            false => Verifier::new(self.row.0, first)?,
        };
        for secret in secrets {
            verifier = match setup.weak {
                true => verifier.and_danger_weak_secret(secret)?,
                false => verifier.and_secret(secret)?,
            };
        }
        if let Some(seconds) = setup.tolerance {
            verifier = verifier.tolerance(seconds)?;
        }
        if let Some(seconds) = setup.future_tolerance {
            verifier = verifier.future_tolerance(seconds)?;
        }
        if setup.any_time {
            verifier = verifier.danger_any_time();
        }
        if let Some(bytes) = setup.body_limit {
            verifier = verifier.body_limit(bytes);
        }
        Ok(verifier)
    }

    /// What the verifier itself says.
    pub(crate) fn judge(&self) -> Judged {
        let verifier = self.verifier()?;
        Ok(self.with(|request| verifier.verify(request, self.now).map(drop)))
    }

    pub(crate) fn verifies(&self) -> bool {
        self.judge() == Ok(Ok(()))
    }

    /// The value of a header that is there.
    pub(crate) fn header(&mut self, name: &str) -> Option<&mut Vec<u8>> {
        let mut headers = self.headers.iter_mut();
        headers.find(|(it, _)| it.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// The same as text.
    pub(crate) fn header_text(&self, name: &str) -> Option<String> {
        let header = self.headers.iter().find(|(it, _)| it.eq_ignore_ascii_case(name));
        header.map(|(_, value)| String::from_utf8_lossy(value).into_owned())
    }

    pub(crate) fn add_header(&mut self, name: &str, value: &str) {
        self.headers.push((name.into(), value.into()));
    }
}
