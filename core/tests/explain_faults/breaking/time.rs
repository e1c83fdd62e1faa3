//! Clocks that differ, times in another unit, deliveries that come late.

use hookseal::explain::CauseCode::{ClockSkew, OldRetry, TimestampUnit, WrongScheme};
use hookseal::{Clock, Place, Scheme, Timestamp, UnixTime};

use crate::delivery::{Row, Scene};
use crate::fault::{Broken, Fault};
use crate::provider::{NOW, Provider};

const HOUR: i64 = 3600;
const SAME: &str = "a clock two hours ahead and a delivery two hours late are the same bytes; both \
                    are named";
const DAY: i64 = 24 * HOUR;

pub(super) fn faults() -> Vec<Fault> {
    let mut all = Vec::new();
    for (name, ahead) in [
        ("this machine is an hour behind", -HOUR),
        ("this machine is ten minutes behind", -600),
        ("this machine is two days behind", -2 * DAY),
        ("this machine is years behind", -20 * 365 * DAY),
        ("this machine counts local time, 2 h behind", -2 * HOUR),
        ("this machine counts local time, 2 h ahead", 2 * HOUR),
        ("this machine counts local time, 5.5 h ahead", 5 * HOUR + HOUR / 2),
        ("this machine counts local time, 9 h ahead", 9 * HOUR),
    ] {
        let fault = Fault::new(ClockSkew, name, move |_, scene| {
            scene.now = UnixTime::from_secs(NOW + 2 + ahead);
            Ok(())
        });
        // Both must be named then.
        all.push(if ahead > 0 { fault.or(OldRetry, SAME) } else { fault });
    }
    for (name, late) in [
        ("three days late", 3 * DAY + 4 * HOUR + 13 * 60),
        ("a week late", 7 * DAY + 1021),
        ("twenty hours late", 20 * HOUR + 17 * 60),
        ("a month late", 30 * DAY + 77),
    ] {
        all.push(Fault::new(OldRetry, name, move |_, scene| {
            scene.now = UnixTime::from_secs(NOW + late);
            Ok(())
        }));
    }
    for (name, factor) in [("now in milliseconds", 1000), ("now in microseconds", 1_000_000)] {
        all.push(Fault::new(TimestampUnit, name, move |_, scene| {
            scene.now = UnixTime::from_secs(scene.now.as_secs() * factor);
            Ok(())
        }));
    }
    all.push(Fault::new(TimestampUnit, "now in seconds, taken for milliseconds", |_, scene| {
        scene.now = UnixTime::from_millis(scene.now.as_secs());
        Ok(())
    }));
    all.push(Fault::new(TimestampUnit, "the header rewritten in the other unit", |sent, scene| {
        let row = sent.provider.row;
        let time = row.timestamp.ok_or("its row has no time")?;
        if time.source.place != Place::Header || sent.provider.name == "contentful" {
            return Err("its time has no header of its own");
        }
        let (from, to) = match time.clock {
            Clock::Seconds => (NOW.to_string(), (NOW * 1000).to_string()),
            Clock::Millis => ((NOW * 1000).to_string(), NOW.to_string()),
            _ => return Err("its time is a date"),
        };
        let name = time.source.names().next().unwrap();
        let value = scene.header_text(name).unwrap();
        *scene.header(name).unwrap() = value.replacen(&from, &to, 1).into();
        Ok(())
    }));
    // The receiver's own row counts in the other unit.
    let own = |provider: &'static Provider| {
        let time = provider.row.timestamp.ok_or("its row has no time")?;
        let clock = match time.clock {
            Clock::Seconds => Clock::Millis,
            Clock::Millis => Clock::Seconds,
            _ => return Err("its time is a date"),
        };
        let sent = provider.send(provider.event(), None)?.scene;
        let timestamp = Some(Timestamp { clock, ..time });
        let row = Box::leak(Box::new(Scheme { name: "own", timestamp, ..*provider.row }));
        let received = Scene { row: Row(row), ..sent.clone() };
        Ok(Broken { sent, received })
    };
    all.push(
        Fault::made(TimestampUnit, "a row that counts in the other unit", own)
            .or(WrongScheme, "a row of one's own that is wrong in one fact is another scheme"),
    );
    all
}
