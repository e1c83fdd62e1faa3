//! The targets give up on what a row refuses to sign: so every row must sign something, or a
//! target would run and test nothing of it.

use hookseal::{UnixTime, Verifier, providers};
use hookseal_fuzz::{Facts, genuine, row, rows, secret};

#[test]
fn every_row_makes_a_delivery_that_verifies() {
    let now = UnixTime::from_secs(1_700_000_000);
    let facts = Facts { body: b"{}", event_id: "evt_1", now, url: "https://example.com/a?b=c%3Ad" };
    for scheme in (0..rows()).map(|pick| row(u16::try_from(pick).unwrap())) {
        let sent = genuine(scheme, &facts).unwrap_or_else(|| panic!("{}", scheme.name));
        let verifier = Verifier::new(scheme, secret(scheme)).unwrap();
        assert!(sent.holds(scheme, secret(scheme)), "{}", scheme.name);
        sent.with(|request| {
            let delivery = verifier.verify(request, now).expect(scheme.name);
            let id = delivery.event_id().map(|id| id.to_text());
            assert_eq!(id.as_deref(), scheme.event_id.map(|_| "evt_1"), "{}", scheme.name);
        });
    }
    assert!(rows() * 10 > providers::ALL.len() * 9, "{} rows", rows());
}
