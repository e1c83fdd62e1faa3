//! Errors: what they are called, what they answer, and that they are small.
#![allow(missing_docs)]

use std::collections::BTreeSet;

use hookseal::{EndpointError, Error, KeyError, SchemeError, SetupError};

#[test]
fn codes_are_frozen() {
    let codes: Vec<&str> = Error::ALL
        .iter()
        .map(|error| error.code())
        .chain(KeyError::ALL.iter().map(|error| error.code()))
        .chain(SchemeError::ALL.iter().map(|error| error.code()))
        .chain(EndpointError::ALL.iter().map(|error| error.code()))
        .collect();
    let frozen = "body_too_large missing_signature malformed_signature too_many_signatures \
                  repeated_header header_too_large missing_timestamp malformed_timestamp \
                  missing_event_id malformed_event_id missing_field malformed_field malformed_body \
                  missing_url missing_method signature_mismatch \
                  body_hash_mismatch claim_mismatch timestamp_too_old \
                  timestamp_too_new empty_secret weak_secret malformed_secret wrong_key_type \
                  too_many_secrets unknown_provider malformed_template missing_source \
                  content_unsigned timestamp_unsigned ambiguous_join too_many_parts \
                  algorithm_disabled wrong_key_format cannot_sign check_unsigned unsafe_handshake \
                  invalid_tolerance no_public_url malformed_public_url no_networks \
                  malformed_network network_host_bits";
    assert_eq!(codes, frozen.split_whitespace().collect::<Vec<&str>>());
    assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), codes.len());
}

/// The sender learns nothing from the status: 413 says what it knows, the size.
#[test]
fn every_refusal_answers_the_same() {
    for error in Error::ALL {
        assert_eq!(error.status(), if *error == Error::BodyTooLarge { 413 } else { 401 });
        assert!(!Error::PUBLIC_MESSAGE.contains(error.message()));
    }
}

#[test]
fn errors_are_sentences() {
    let shown = Error::ALL
        .iter()
        .map(|error| (error.to_string(), error.message()))
        .chain(KeyError::ALL.iter().map(|error| (error.to_string(), error.message())))
        .chain(SchemeError::ALL.iter().map(|error| (error.to_string(), error.message())))
        .chain(EndpointError::ALL.iter().map(|error| (error.to_string(), error.message())));
    for (shown, message) in shown {
        assert_eq!(shown, message);
        assert!(message.len() > 20);
    }
    let key: SetupError = KeyError::WeakSecret.into();
    let scheme: SetupError = SchemeError::AmbiguousJoin.into();
    assert_eq!((key.code(), key.to_string()), ("weak_secret", KeyError::WeakSecret.to_string()));
    assert_eq!(scheme.code(), "ambiguous_join");
    assert_eq!(scheme.to_string(), SchemeError::AmbiguousJoin.to_string());
}
