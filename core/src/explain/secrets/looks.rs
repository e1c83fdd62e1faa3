//! What a secret looks like that is none: the shapes of other keys.

/// Prefixes by which keys and tokens of programming interfaces are known, and what they are. A few
/// providers sign with such a key: a sign, no proof.
const PREFIXES: [(&str, &str); 37] = [
    ("sk_live_", "a secret API key"),
    ("sk_test_", "a secret API key of the test mode"),
    ("rk_live_", "a restricted API key"),
    ("rk_test_", "a restricted API key of the test mode"),
    ("pk_live_", "a publishable API key"),
    ("pk_test_", "a publishable API key of the test mode"),
    ("sk-", "an API key"),
    ("xoxb-", "a bot's access token"),
    ("xoxp-", "a user's access token"),
    ("xoxa-", "an access token"),
    ("xoxe.", "an access token"),
    ("xapp-", "an app's access token"),
    ("ghp_", "a personal access token"),
    ("gho_", "an access token"),
    ("ghu_", "an access token"),
    ("ghs_", "an access token"),
    ("ghr_", "a refresh token"),
    ("github_pat_", "a personal access token"),
    ("glpat-", "a personal access token"),
    ("gldt-", "a deploy token"),
    ("shpat_", "an access token"),
    ("shpca_", "an access token"),
    ("shppa_", "an access token"),
    ("SG.", "an API key"),
    ("key-", "an API key"),
    ("AKIA", "the id of an access key"),
    ("ASIA", "the id of an access key"),
    ("AIza", "an API key"),
    ("ya29.", "an access token"),
    ("EAAC", "an access token"),
    ("EAAG", "an access token"),
    ("sq0atp-", "an access token"),
    ("re_", "an API key"),
    ("vca_", "an access token"),
    ("pat-", "an access token"),
    ("CFPAT-", "a personal access token"),
    ("eyJ", "a JSON Web Token"),
];

/// What a secret looks like that is an API key or an access token, in words.
pub(in crate::explain) fn looks_like_api_key(secret: &[u8]) -> Option<&'static str> {
    let secret = secret.trim_ascii();
    let secret = secret.strip_prefix(b"Bearer ").unwrap_or(secret);
    let is = |(prefix, _): &&(&str, &str)| secret.starts_with(prefix.as_bytes());
    let (prefix, what) = PREFIXES.iter().find(is)?;
    // A JWT has three parts. Of the others, what follows is no word.
    let dots = secret.iter().filter(|byte| **byte == b'.').count();
    let tail = secret.get(prefix.len()..).unwrap_or_default();
    let fits = if *prefix == "eyJ" { dots == 2 } else { tail.len() >= 12 };
    fits.then_some(*what)
}

/// Whether a secret looks like a public key: PEM or a certificate, a JWK, the base64 of a
/// SubjectPublicKeyInfo, or with the prefix of one.
pub(in crate::explain) fn looks_like_public_key(secret: &[u8]) -> bool {
    let secret = secret.trim_ascii();
    let begins = |prefix: &str| secret.starts_with(prefix.as_bytes());
    let has = |text: &str| secret.windows(text.len()).any(|window| window == text.as_bytes());
    let is_pem = ["PUBLIC KEY-----", "CERTIFICATE-----"].into_iter().any(has);
    // What the DER of a key of RSA, of P-256 and of Ed25519 begins with.
    let is_der = ["MIIB", "MIGf", "MFkw", "MCow"].into_iter().any(begins) && secret.len() >= 56;
    let is_ssh = begins("ssh-rsa ") || begins("ssh-ed25519 ");
    is_pem || is_der || is_ssh || begins("whpk_") || (begins("{") && has("\"kty\""))
}
