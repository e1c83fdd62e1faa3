/// A sender in your own house: id, time and body are signed, and a retry has the id of its event.
pub const IN_HOUSE: Scheme = Scheme {
    name: "in-house",
    signature: header("x-acme-signature").prefix("sha256="),
    timestamp: Some(seconds(header("x-acme-timestamp"))),
    event_id: Some(event(header("x-acme-event-id"))),
    event_type: Some(header("x-acme-event-type")),
    signed: template!("{event_id}.{timestamp}.{body}"),
    retry: Retry::Resigned,
    ..Scheme::BASE
};
