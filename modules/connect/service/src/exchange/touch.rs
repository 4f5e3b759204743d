//! Which cases the next batch looks at: those casework has said something of since the last one.

use chrono::{DateTime, Utc};
use kernel::id::{CaseId, Uuid};
use platform::queue::Delivery;
use platform::{Fault, Listener, World};

use crate::connectors::current;
use crate::store::exchange_touched::{Model, touched_put};

/// What changes a row of an accepted case, and who hears it.
const HEARD: [(&str, &str); 21] = [
    ("casework.accepted", "connect.exchange-accepted"),
    ("casework.deemed-accepted", "connect.exchange-deemed-accepted"),
    ("casework.accepted-tolerantly", "connect.exchange-accepted-tolerantly"),
    ("casework.supplied", "connect.exchange-supplied"),
    ("casework.gap-lapsed", "connect.exchange-gap-lapsed"),
    ("casework.commitment-withdrawn", "connect.exchange-commitment-withdrawn"),
    ("casework.special-begun", "connect.exchange-special-begun"),
    ("casework.special-ended", "connect.exchange-special-ended"),
    ("casework.hearing-answered", "connect.exchange-hearing-answered"),
    ("casework.hearing-held", "connect.exchange-hearing-held"),
    ("casework.extended", "connect.exchange-extended"),
    ("casework.power-moved", "connect.exchange-power-moved"),
    ("casework.handed-up", "connect.exchange-handed-up"),
    ("casework.decided", "connect.exchange-decided"),
    ("casework.deemed-renewed", "connect.exchange-deemed-renewed"),
    ("casework.prerequisite-failed", "connect.exchange-prerequisite-failed"),
    ("casework.issued", "connect.exchange-issued"),
    ("casework.delivered", "connect.exchange-delivered"),
    ("casework.revoked", "connect.exchange-revoked"),
    ("casework.cancelled", "connect.exchange-cancelled"),
    ("casework.withdrawn", "connect.exchange-withdrawn"),
];

/// Everything that is heard.
pub(super) fn listeners() -> Vec<Listener> {
    HEARD.into_iter().map(|(topic, name)| Listener::new(topic, name, hear)).collect()
}

/// A district that reports nothing keeps no marks.
async fn hear(world: World, event: Delivery) -> Result<(), Fault> {
    if current(&world)?.dictionary().is_none() {
        return Ok(());
    }
    let case: CaseId = event.subject.parse().map_err(Fault::internal)?;
    world.db.write(None, async |tx| touched_put(tx.conn(), mark(case, tx.new_uuid(), tx.now())).await).await
}

/// A mark.
pub(super) fn mark(case: CaseId, stamp: Uuid, at: DateTime<Utc>) -> Model {
    Model { case_id: case.uuid(), stamp, at }
}
