//! Faults: what may be broken, and what it is called.

use hookseal::explain::CauseCode;

use crate::delivery::Scene;
use crate::provider::{Event, Provider, Sent};

/// A pair that is not tried, and why.
pub(crate) type Inapplicable = &'static str;

/// The delivery as it was sent, and as it was received.
pub(crate) struct Broken {
    pub(crate) sent: Scene,
    pub(crate) received: Scene,
}

type Make = dyn Fn(&'static Provider) -> Result<Broken, Inapplicable> + Send + Sync;

/// One thing that is broken, in one way.
pub(crate) struct Fault {
    pub(crate) code: CauseCode,
    /// Other names that are as true of the same bytes, and why.
    pub(crate) also: Vec<(CauseCode, &'static str)>,
    pub(crate) name: String,
    make: Box<Make>,
}

impl Fault {
    /// A fault in a delivery of the provider's usual event.
    pub(crate) fn new(
        code: CauseCode,
        name: impl Into<String>,
        change: impl Fn(&Sent, &mut Scene) -> Result<(), Inapplicable> + Send + Sync + 'static,
    ) -> Self {
        Self::of(code, name, |provider| Ok(provider.event()), change)
    }

    /// The same of another event.
    pub(crate) fn of(
        code: CauseCode,
        name: impl Into<String>,
        event: impl Fn(&Provider) -> Result<Event, Inapplicable> + Send + Sync + 'static,
        change: impl Fn(&Sent, &mut Scene) -> Result<(), Inapplicable> + Send + Sync + 'static,
    ) -> Self {
        Self::made(code, name, move |provider| {
            let sent = provider.send(event(provider)?, None)?;
            let mut received = sent.scene.clone();
            change(&sent, &mut received)?;
            Ok(Broken { sent: sent.scene, received })
        })
    }

    /// The same of a delivery that is sent in a way of its own.
    pub(crate) fn made(
        code: CauseCode,
        name: impl Into<String>,
        make: impl Fn(&'static Provider) -> Result<Broken, Inapplicable> + Send + Sync + 'static,
    ) -> Self {
        Fault { code, also: Vec::new(), name: name.into(), make: Box::new(make) }
    }

    /// Another name that is as true of the same bytes.
    pub(crate) fn or(mut self, code: CauseCode, why: &'static str) -> Self {
        self.also.push((code, why));
        self
    }

    /// Whether a name is a right one.
    pub(crate) fn allows(&self, code: CauseCode) -> bool {
        self.code == code || self.also.iter().any(|(also, _)| *also == code)
    }

    /// Breaks a delivery of a provider.
    ///
    /// # Errors
    /// Why this cannot be broken there.
    pub(crate) fn make(&self, provider: &'static Provider) -> Result<Broken, Inapplicable> {
        let broken = (self.make)(provider)?;
        assert!(broken.sent.verifies(), "{} before {}", provider.name, self.name);
        if broken.sent == broken.received {
            return Err("there is nothing in this provider's deliveries that it would change");
        }
        if broken.received.verifies() {
            return Err("the delivery verifies all the same");
        }
        Ok(broken)
    }
}
