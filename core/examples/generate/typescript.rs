//! `bindings-node/types/names.d.ts`: every name that a TypeScript type can be of.

use core::fmt::Write as _;

use hookseal::capture::CaptureError;
use hookseal::explain::{CauseCode, Certainty, Framework, Outcome, StepName};
use hookseal::providers::ALL;
use hookseal::{
    Algorithm, Clock, Confidence, Coverage, Encoding, EndpointError, Error, Finding, Identity,
    InnerKey, Key, KeyError, KeySpelling, Place, ReceiverOutcome, Retry, SchemeError, Severity,
    TextError, Weakness, When,
};

/// The module.
pub(super) fn names() -> String {
    use {Certainty as C, Coverage as B, Severity as S};
    let mut text = String::from(HEAD);
    let scheme = SchemeError::ALL.iter().map(|it| it.code());
    let scheme = scheme.chain(TextError::ALL.iter().map(|it| it.code()));
    let scheme = scheme.chain(EndpointError::ALL.iter().map(|it| it.code()));
    union(&mut text, "Provider", "The name of a provider.", ALL.iter().map(|it| it.name));
    let mut words = |name: &str, about: &str, words: Vec<&str>| {
        union(&mut text, name, about, words.into_iter());
    };
    words("DeliveryCode", "Why a delivery is refused.", of(Error::ALL, Error::code));
    words("SecretCode", "Why a secret cannot be used.", of(KeyError::ALL, KeyError::code));
    let outcomes = of(ReceiverOutcome::ALL, ReceiverOutcome::code);
    words("ReceiverCode", "What becomes of a delivery beside that.", outcomes);
    words("SchemeCode", "What is wrong with a scheme, its text, or an endpoint.", scheme.collect());
    words("FindingCode", "What is weak about a scheme.", of(Finding::ALL, Finding::code));
    words("CaptureCode", "Why a capture fails.", of(CaptureError::ALL, CaptureError::code));
    words("Severity", "How much that weighs.", of(&[S::Weak, S::Note], S::name));
    words("CauseCode", "Why a delivery fails.", of(CauseCode::ALL, CauseCode::code));
    words("Certainty", "How sure that is.", of(&[C::Proved, C::Likely, C::Unknown], C::name));
    words("StepName", "A step of the walk.", of(StepName::ALL, StepName::name));
    words("Outcome", "What became of a step.", of(Outcome::ALL, Outcome::name));
    words("Framework", "What receives a delivery.", of(Framework::ALL, Framework::name));
    let coverage = of(&[B::Whole, B::Fields, B::Checksum, B::Nothing], B::name);
    words("Coverage", "How much of the body is signed.", coverage);
    words("SchemeKey", "A key of a scheme.", of(Key::ALL, Key::name));
    words("InnerKey", "A key of a table in it.", of(InnerKey::ALL, InnerKey::name));
    words("Place", "Where a value is.", of(Place::ALL, Place::name));
    words("Encoding", "How a signature is spelled.", of(Encoding::ALL, Encoding::name));
    words("Algorithm", "The algorithm of a signature.", of(Algorithm::ALL, Algorithm::name));
    words("KeyFormat", "How a secret is spelled.", of(KeySpelling::ALL, KeySpelling::name));
    words("Clock", "How a time is spelled.", of(Clock::ALL, Clock::name));
    words("Identity", "What an event id names.", of(Identity::ALL, Identity::name));
    words("When", "When a check is made.", of(When::ALL, When::name));
    words("Retry", "What a retry looks like.", of(Retry::ALL, Retry::name));
    words("Weakness", "What a scheme admits.", of(Weakness::ALL, Weakness::name));
    words("Confidence", "How well facts are known.", of(Confidence::ALL, Confidence::name));
    text
}

fn of<W: Copy>(all: &[W], name: fn(W) -> &'static str) -> Vec<&'static str> {
    all.iter().copied().map(name).collect()
}

fn union<'w>(text: &mut String, name: &str, about: &str, words: impl Iterator<Item = &'w str>) {
    let _ = write!(text, "\n/** {about} */\nexport type {name} =");
    for word in words {
        let _ = write!(text, "\n  | \"{word}\"");
    }
    text.push_str(";\n");
}

const HEAD: &str = "// Made by `make generate` from the core's lists; do not edit.\n";
