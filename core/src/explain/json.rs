//! An explanation for programs.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::Explanation;
use super::cause::Cause;
use super::signed::SignedPart;
use super::steps::Step;
use crate::json_text::quoted_text as quoted;

impl Explanation {
    /// One JSON object, on one line:
    ///
    /// | key | value |
    /// | --- | --- |
    /// | `scheme` | the name of the scheme |
    /// | `verdict`, `message` | `verified` or the error's code, and its sentence |
    /// | `steps` | objects of `name`, `outcome` (`ok`, `failed`, `absent`, `not_reached`), `note` |
    /// | `signed` | the parts of the signed content: `name`, `offset`, `length`, in bytes |
    /// | `secrets` | the [fingerprints](super::Fingerprint) of the secrets |
    /// | `causes` | objects of `code`, `confidence` (`proved`, `likely`, `unknown`), `what`, `fix` |
    /// | `excluded` | what was tried in vain |
    /// | `trials` | how many changes were tried |
    ///
    /// It holds no byte of the signed content.
    #[must_use]
    pub fn to_json(&self) -> String {
        let secrets = self.secrets.iter().map(|it| quoted(&it.to_string()));
        let excluded = self.excluded.iter().map(|it| quoted(it));
        object(&[
            ("scheme", quoted(&self.scheme)),
            ("verdict", quoted(self.verdict.code())),
            ("message", quoted(self.verdict.message())),
            ("steps", list(self.steps.iter().map(step))),
            ("signed", list(self.signed.parts().iter().map(part))),
            ("secrets", list(secrets)),
            ("causes", list(self.causes.iter().map(cause))),
            ("excluded", list(excluded)),
            ("trials", self.trials.to_string()),
        ])
    }
}

fn step(step: &Step) -> String {
    object(&[
        ("name", quoted(step.name().name())),
        ("outcome", quoted(step.outcome().name())),
        ("note", quoted(step.note())),
    ])
}

fn part(part: &SignedPart) -> String {
    object(&[
        ("name", quoted(part.name())),
        ("offset", part.offset().to_string()),
        ("length", part.length().to_string()),
    ])
}

fn cause(cause: &Cause) -> String {
    object(&[
        ("code", quoted(cause.code().code())),
        ("confidence", quoted(cause.confidence().name())),
        ("what", quoted(cause.what())),
        ("fix", quoted(cause.fix())),
    ])
}

fn object(members: &[(&str, String)]) -> String {
    let members = members.iter().map(|(name, value)| format!("\"{name}\":{value}"));
    format!("{{{}}}", members.collect::<Vec<_>>().join(","))
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(","))
}
