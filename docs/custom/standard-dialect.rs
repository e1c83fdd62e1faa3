/// Standard Webhooks under other names: the built-in row, and the three headers that differ.
pub const STANDARD_DIALECT: Scheme = Scheme {
    name: "standard-dialect",
    signature: header("acme-hook-signature").item(" ", "v1,"),
    timestamp: Some(seconds(header("acme-hook-timestamp"))),
    event_id: Some(event(header("acme-hook-id"))),
    confidence: Confidence::Custom,
    source: "",
    ..providers::STANDARD_WEBHOOKS
};
