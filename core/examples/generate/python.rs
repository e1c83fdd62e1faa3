//! `bindings-python/python/hookseal/_names.py`: every name that a Python type can be of.

use core::fmt::Write as _;

use hookseal::capture::CaptureError;
use hookseal::explain::{CauseCode, Framework};
use hookseal::providers::ALL;
use hookseal::{EndpointError, Error, Finding, KeyError, ReceiverOutcome, SchemeError, TextError};

/// The module.
pub(super) fn names() -> String {
    let mut text = String::from(HEAD);
    let scheme = SchemeError::ALL.iter().map(|it| it.code());
    let scheme = scheme.chain(TextError::ALL.iter().map(|it| it.code()));
    let scheme = scheme.chain(EndpointError::ALL.iter().map(|it| it.code()));
    union(&mut text, "Provider", "The name of a provider.", ALL.iter().map(|it| it.name));
    union(
        &mut text,
        "DeliveryCode",
        "Why a delivery is refused, or cannot be signed.",
        Error::ALL.iter().map(|it| it.code()),
    );
    union(
        &mut text,
        "SecretCode",
        "Why a secret cannot be used.",
        KeyError::ALL.iter().map(|it| it.code()),
    );
    union(
        &mut text,
        "SchemeCode",
        "What is wrong with a scheme, with its text, or with how an endpoint is set up.",
        scheme,
    );
    union(
        &mut text,
        "ReceiverCode",
        "What becomes of a delivery at a receiver, beside the codes of refusals.",
        ReceiverOutcome::ALL.iter().map(|it| it.code()),
    );
    union(
        &mut text,
        "FindingCode",
        "What is weak about a scheme.",
        Finding::ALL.iter().map(|it| it.code()),
    );
    union(
        &mut text,
        "CauseCode",
        "Why a genuine delivery may be refused.",
        CauseCode::ALL.iter().map(|it| it.code()),
    );
    union(
        &mut text,
        "Framework",
        "What receives a delivery.",
        Framework::ALL.iter().map(|it| it.name()),
    );
    union(
        &mut text,
        "CaptureCode",
        "Why a captured request cannot be read.",
        CaptureError::ALL.iter().map(|it| it.code()),
    );
    text
}

fn union(text: &mut String, name: &str, about: &str, words: impl Iterator<Item = &'static str>) {
    let _ = writeln!(text, "\n{name}: TypeAlias = Literal[");
    for word in words {
        let _ = writeln!(text, "    \"{word}\",");
    }
    let _ = writeln!(text, "]\n\"\"\"{about}\"\"\"");
}

const HEAD: &str = "\
\"\"\"Made by `make generate` from the core's lists; do not edit.\"\"\"

from typing import Literal, TypeAlias
";
