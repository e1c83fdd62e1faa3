//! Shared tokens: the secret itself is sent, and it covers neither body nor time. Whoever sees one
//! delivery can write any other.

use crate::{Algorithm, Confidence, Encoding, Scheme, event, header, template};

rows! {
    /// GitLab's secret token. Prefer [`GITLAB`](super::GITLAB), the signing token, where there is one.
    GITLAB_SHARED_TOKEN = Scheme {
        name: "gitlab-shared-token",
        signature: header("x-gitlab-token"),
        encoding: Encoding::Text,
        signed: template!("{secret}"),
        algorithm: Algorithm::Token,
        event_id: Some(event(header("idempotency-key"))),
        event_type: Some(header("x-gitlab-event")),
        confidence: Confidence::Sdk,
        source: "the sender, gitlabhq app/services/web_hook_service.rb; November 2026",
        ..Scheme::BASE
    };
}
