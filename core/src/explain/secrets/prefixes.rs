//! Prefixes of a secret: one that is not its own, or its own, lost.

use alloc::format;
use alloc::vec::Vec;

use super::Spelling;
use crate::explain::cause::CauseCode;
use crate::facts::KeyFormat;
use crate::scheme::Scheme;

/// What is often written before a secret, or before a signature. None is secret.
const KNOWN: [&str; 12] = [
    "v1,whsec_",
    "whsec_",
    "v1,",
    "v1=",
    "v0=",
    "Bearer ",
    "bearer ",
    "Basic ",
    "HMAC ",
    "hmac ",
    "sha256=",
    "sha1=",
];

/// Longest name of a setting.
const MAX_NAME: usize = 64;

/// Most values of a JSON object that are looked at, and the shortest.
const MOST_VALUES: usize = 8;
const MIN_VALUE: usize = 4;

/// The secret without what stands before it.
pub(super) fn off(secret: &[u8], to: &mut Vec<Spelling>) {
    setting(secret, to);
    fields(secret, to);
    for prefix in KNOWN {
        if let Some(rest) = secret.strip_prefix(prefix.as_bytes()) {
            let how = format!("without its prefix `{prefix}`");
            to.push(Spelling::new(CauseCode::SecretPrefix, how, rest.into()));
        }
    }
    let mut rest = secret;
    for how in ["without its first part", "without its first two parts"] {
        let Some(tail) = after_mark(rest) else { return };
        to.push(Spelling::new(CauseCode::SecretPrefix, how, tail.into()));
        rest = tail;
    }
}

/// The secret with a prefix that it may have lost: the scheme's own, those of signing secrets,
/// those of tokens.
pub(super) fn on(scheme: &Scheme<'_>, secret: &[u8], to: &mut Vec<Spelling>) {
    let own = match scheme.key {
        KeyFormat::Base64 { prefix } | KeyFormat::PublicKey { prefix, .. } => prefix,
        _ => "",
    };
    let token: &[&str] = if scheme.is_token() { &["Bearer ", "Token ", "Basic "] } else { &[] };
    let all = [own, "whsec_", "v1,whsec_"].into_iter().chain(token.iter().copied());
    for prefix in all.filter(|prefix| !prefix.is_empty()) {
        if secret.starts_with(prefix.as_bytes()) {
            continue;
        }
        let bytes = [prefix.as_bytes(), secret].concat();
        let how = format!("with the prefix `{prefix}` before it");
        to.push(Spelling::new(CauseCode::SecretPrefix, how, bytes));
    }
}

/// The value of a line `NAME=value`, `export NAME=value` or `NAME: value`, with its quotes and
/// without.
fn setting(secret: &[u8], to: &mut Vec<Spelling>) {
    let line = secret.strip_prefix(b"export ").unwrap_or(secret);
    let is_mark = |byte: &u8| matches!(byte, b'=' | b':');
    let Some((name, value)) =
        line.iter().position(is_mark).and_then(|at| line.split_at_checked(at))
    else {
        return;
    };
    let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let name = name.trim_ascii();
    if name.is_empty() || name.len() > MAX_NAME || !name.iter().all(is_of_name) {
        return;
    }
    let value = value.get(1..).unwrap_or_default().trim_ascii_start();
    let unquoted = [b'"', b'\'']
        .into_iter()
        .find_map(|quote| value.trim_ascii_end().strip_prefix(&[quote])?.strip_suffix(&[quote]));
    for value in [Some(value), unquoted].into_iter().flatten() {
        let how = "without the name of the setting before it";
        to.push(Spelling::new(CauseCode::SecretPrefix, how, value.into()));
    }
}

/// The values of a JSON object, as a store of secrets hands out all of an entry.
fn fields(secret: &[u8], to: &mut Vec<Spelling>) {
    if !secret.trim_ascii_start().starts_with(b"{") {
        return;
    }
    let texts = secret.split(|byte| *byte == b'"').skip(1).step_by(2);
    for text in texts.filter(|text| text.len() >= MIN_VALUE).take(MOST_VALUES) {
        let how = "taken out of the JSON object that is stored in its place";
        to.push(Spelling::new(CauseCode::SecretPrefix, how, text.into()));
    }
}

/// What follows a first part of 2 to 12 letters or digits and its mark.
fn after_mark(secret: &[u8]) -> Option<&[u8]> {
    let end = secret.iter().position(|byte| !byte.is_ascii_alphanumeric())?;
    let (_, rest) = secret.split_at_checked(end).filter(|_| (2..=12).contains(&end))?;
    let (mark, rest) = rest.split_first()?;
    let is_mark = matches!(mark, b'_' | b':' | b',' | b' ' | b'-' | b'=' | b'.' | b'|');
    Some(rest).filter(|rest| is_mark && !rest.is_empty())
}
