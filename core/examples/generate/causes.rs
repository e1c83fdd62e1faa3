//! The causes that `explain` tells apart, as documentation.

use core::fmt::Write as _;

use hookseal::explain::{CauseCode, Framework, Group, MAX_BODY, MAX_HASHED, MAX_TRIALS};

/// `docs/causes.md`: the causes by group, and how frameworks hand out the raw body.
pub(super) fn causes() -> String {
    let mut text = HEAD
        .replace("{trials}", &MAX_TRIALS.to_string())
        .replace("{hashed}", &(MAX_HASHED >> 20).to_string())
        .replace("{body}", &(MAX_BODY >> 20).to_string());
    for (group, title) in [
        (Group::Body, "The body is not the bytes that were signed"),
        (Group::Secret, "The secret"),
        (Group::Url, "The URL, where it is signed"),
        (Group::Header, "The headers, or the scheme"),
        (Group::Time, "The time, of a delivery that is genuine"),
        (Group::None, "Nothing was found"),
    ] {
        let _ = writeln!(text, "\n## {title}\n| code | what happened | what to do |");
        text.push_str("| --- | --- | --- |\n");
        for cause in CauseCode::ALL.iter().filter(|cause| cause.group() == group) {
            let (code, meaning, fix) = (cause.code(), cause.meaning(), cause.fix());
            let _ = writeln!(text, "| `{code}` | {} | {fix} |", meaning.replace('|', "\\|"));
        }
    }
    text.push_str(FRAMEWORKS);
    for framework in Framework::ALL {
        let _ = writeln!(text, "| `{}` | {} |", framework.name(), framework.raw_body());
    }
    text
}

const HEAD: &str = "\
# Causes
Made by `make generate` from the lists in `core/src/explain`; do not edit.

`hookseal explain`, and `explain` in every language, takes the walk of `verify` step by step. Where
the delivery is refused it changes one thing after the other, as gateways, frameworks and people do,
and verifies again. A cause is **proved** when the delivery verifies with that one thing changed
(two, where two faults of one kind go together); **likely** when there are signs of it; and where
there is neither, the explanation says what was tried in vain.

- At most {trials} changes are tried for one delivery, each for one MAC a secret, over at most
  {hashed} MiB in all; a body above {body} MiB is not changed.
- No text of an explanation holds a byte of a secret, of a key or of a signature. Secrets are told
  apart by a fingerprint: the first four bytes, in hex, of the secret's HMAC-SHA-256 under the key
  `hookseal secret fingerprint 1`.
- An explanation is for the receiver. The sender gets the one line that every refusal gets.
- Codes are frozen: they do not change their name or their meaning.

[confusion.md](explain/confusion.md) shows how well the causes are told apart.
";

const FRAMEWORKS: &str = "
## The raw body in your framework
With `--framework NAME`, or the option of that name, the fix of a cause in the body names the call.

| name | the raw body |
| --- | --- |
";
