//! The targets give up on what a row refuses to sign: so every row must sign something, or a
//! target would run and test nothing of it.

use hookseal::{UnixTime, Verifier, providers};
use hookseal_fuzz::{Facts, genuine, secret};

#[test]
fn every_row_makes_a_delivery_that_verifies() {
    let now = UnixTime::from_secs(1_700_000_000);
    let facts = Facts { body: b"{}", event_id: "evt_1", now, url: "https://example.com/" };
    let mut made = 0;
    for scheme in providers::ALL {
        let sent = genuine(scheme, &facts).unwrap_or_else(|| panic!("{}", scheme.name));
        let verifier = Verifier::new(scheme, secret(scheme)).unwrap();
        sent.with(|request| {
            let delivery = verifier.verify(request, now).expect(scheme.name);
            let id = delivery.event_id().map(|id| id.to_text());
            assert_eq!(id.as_deref(), scheme.event_id.map(|_| "evt_1"), "{}", scheme.name);
        });
        made += 1;
    }
    assert!(made >= 3, "{made} rows");
}
