/// A header that names the key: the secret is `id:key`, and a delivery that names another id is
/// refused. The id is signed, and checked in its header. While keys are changed, a verifier holds
/// the old secret and the new one.
pub const KEY_ID: Scheme = Scheme {
    name: "key-id",
    signature: header("x-acme-signature"),
    timestamp: Some(millis(header("x-acme-timestamp"))),
    key_id: Some(b':'),
    signed: template!("{header:x-acme-key-id}.{timestamp}.{body}"),
    checks: &[check(header("x-acme-key-id"), template!("{key_id}"))],
    ..Scheme::BASE
};
