/// A time in the body: the signature covers the body, and so the time and the id in it. The window
/// is wider, since the time is that of the event, and retries repeat it.
pub const TIME_IN_BODY: Scheme = Scheme {
    name: "time-in-body",
    signature: header("x-acme-signature"),
    encoding: Encoding::Base64,
    timestamp: Some(rfc3339(json("meta.sent_at")).window(3600, 300)),
    event_id: Some(event(json("meta.id"))),
    event_type: Some(json("type")),
    signed: template!("{body}"),
    retry: Retry::Repeated,
    ..Scheme::BASE
};
