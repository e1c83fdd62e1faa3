//! HMAC-SHA-512 and HMAC-SHA-384.

use crate::{
    Algorithm,
    Confidence::{Docs, Sdk},
    Encoding, Scheme, header, json, seconds, template,
};

/// The body, in hex. No time is signed: an old delivery verifies for ever.
const SHA512: Scheme<'static> =
    Scheme { algorithm: Algorithm::HmacSha512, confidence: Docs, ..Scheme::BASE };

/// What Convoy's signatures share: hash and encoding are settings of a project, and the header can
/// be renamed.
const CONVOY: Scheme<'static> = Scheme {
    signature: header("x-convoy-signature"),
    confidence: Sdk,
    source: "the sender, frain-dev/convoy pkg/signature and its vectors; November 2026",
    ..SHA512
};

/// With a time, and a signature per secret. The version counts the settings a project has had.
const CONVOY_ADVANCED: Scheme<'static> = Scheme {
    signature: header("x-convoy-signature").item(",", "v1="),
    timestamp: Some(seconds(header("x-convoy-signature").item(",", "t="))),
    signed: template!("{timestamp},{body}"),
    ..CONVOY
};

rows! {
    /// Convoy, advanced signatures, set to SHA-512 in base64.
    CONVOY_ADVANCED_SHA512_BASE64 = Scheme {
        name: "convoy-advanced-sha512-base64",
        encoding: Encoding::Base64,
        ..CONVOY_ADVANCED
    };

    /// Convoy, advanced signatures, set to SHA-512 in hex.
    CONVOY_ADVANCED_SHA512_HEX = Scheme {
        name: "convoy-advanced-sha512-hex",
        ..CONVOY_ADVANCED
    };

    /// Convoy, simple signatures, set to SHA-512 in base64.
    CONVOY_SIMPLE_SHA512_BASE64 = Scheme {
        name: "convoy-simple-sha512-base64",
        encoding: Encoding::Base64,
        ..CONVOY
    };

    /// Convoy, simple signatures, set to SHA-512 in hex.
    CONVOY_SIMPLE_SHA512_HEX = Scheme {
        name: "convoy-simple-sha512-hex",
        ..CONVOY
    };

    /// Oracle CX Commerce. Releases up to about 2017 signed with another hash.
    ORACLE_COMMERCE = Scheme {
        name: "oracle-commerce",
        signature: header("x-oracle-cc-webhook-signature"),
        encoding: Encoding::Base64,
        source: "Oracle's text on securing webhooks; November 2026",
        ..SHA512
    };

    /// Paystack. The key is the account's secret API key. No id of the delivery.
    PAYSTACK = Scheme {
        name: "paystack",
        signature: header("x-paystack-signature"),
        event_type: Some(json("event")),
        source: "PaystackOSS/doc-code-snippets payments/webhooks; November 2026",
        ..SHA512
    };

    /// HCP Terraform and Terraform Enterprise. Unsigned, and so refused, while no token is set.
    TERRAFORM_CLOUD = Scheme {
        name: "terraform-cloud",
        signature: header("x-tfe-notification-signature"),
        source: "hashicorp/terraform-docs-common notification-configurations.mdx; November 2026",
        ..SHA512
    };

    /// WebSub, a hub that signs with SHA-384. The specification does not fix the case of the
    /// digits.
    WEBSUB_SHA384 = Scheme {
        name: "websub-sha384",
        signature: header("x-hub-signature").prefix("sha384="),
        algorithm: Algorithm::HmacSha384,
        handshakes: &[super::handshakes::WEBSUB],
        source: "the W3C's Recommendation WebSub, section 8; November 2026",
        ..SHA512
    };

    /// WebSub, a hub that signs with SHA-512. The specification does not fix the case of the
    /// digits.
    WEBSUB_SHA512 = Scheme {
        name: "websub-sha512",
        signature: header("x-hub-signature").prefix("sha512="),
        handshakes: &[super::handshakes::WEBSUB],
        source: "the W3C's Recommendation WebSub, section 8; November 2026",
        ..SHA512
    };
}
