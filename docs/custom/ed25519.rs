/// An Ed25519 sender: the receiver has the public key alone, and can sign nothing. The key is 32
/// bytes in hex, base64 or base64url, PEM or a JWK. Needs the feature `ed25519`.
pub const ED25519: Scheme = Scheme {
    name: "ed25519",
    signature: header("x-acme-signature-ed25519"),
    algorithm: Algorithm::Ed25519,
    key: KeyFormat::PublicKey { prefix: "acme_pk_", private_prefix: "acme_sk_" },
    timestamp: Some(seconds(header("x-acme-timestamp"))),
    signed: template!("{timestamp}.{method}.{url}.{body}"),
    ..Scheme::BASE
};
