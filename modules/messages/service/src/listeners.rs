//! What casework says, and what people are told of it.

use access_service::Visit;
use catalog_service::Shelf;
use kernel::id::{ApplicationId, CaseId};
use messages::Kind;
use platform::queue::Delivery;
use platform::{Fault, Listener, World};

use crate::acts::{Tell, tell};
use crate::heard::Heard;

/// What is heard, and the name of each listener in the queue's marks.
const TOPICS: &[(&str, &str)] = &[
    ("casework.application-opened", "messages.application-opened"),
    ("casework.application-ready", "messages.application-ready"),
    ("casework.accepted", "messages.accepted"),
    ("casework.deemed-accepted", "messages.deemed-accepted"),
    ("casework.correction-noticed", "messages.correction-noticed"),
    ("casework.correction-answered", "messages.correction-answered"),
    ("casework.correction-lapsed", "messages.correction-lapsed"),
    ("casework.acceptance-refused", "messages.acceptance-refused"),
    ("casework.accepted-tolerantly", "messages.accepted-tolerantly"),
    ("casework.gap-lapsed", "messages.gap-lapsed"),
    ("casework.special-begun", "messages.special-begun"),
    ("casework.special-ended", "messages.special-ended"),
    ("casework.hearing-offered", "messages.hearing-offered"),
    ("casework.hearing-announced", "messages.hearing-announced"),
    ("casework.extended", "messages.extended"),
    ("casework.commitment-withdrawn", "messages.commitment-withdrawn"),
    ("casework.decided", "messages.decided"),
    ("casework.prerequisite-failed", "messages.prerequisite-failed"),
    ("casework.delivered", "messages.delivered"),
    ("casework.deemed-renewed", "messages.deemed-renewed"),
    ("casework.evidence-missed", "messages.evidence-missed"),
    ("casework.commitment-checked", "messages.commitment-checked"),
    ("casework.revoked", "messages.revoked"),
    ("casework.cancelled", "messages.cancelled"),
    ("casework.withdrawn", "messages.withdrawn"),
];

/// Everything this module hears.
pub fn listeners() -> Vec<Listener> {
    TOPICS.iter().map(|(topic, name)| Listener::new(topic, name, hear)).collect()
}

async fn hear(world: World, event: Delivery) -> Result<(), Fault> {
    let heard: Heard = event.facts()?;
    let Some(kind) = Kind::of_event(&event.topic, heard.outcome.as_deref()) else { return Ok(()) };
    let (application, case) = match heard.application {
        Some(application) if !matches!(kind, Kind::Received | Kind::Ready) => {
            (application, Some(event.subject.parse::<CaseId>().map_err(Fault::internal)?))
        }
        Some(application) => (application, None),
        None => (event.subject.parse::<ApplicationId>().map_err(Fault::internal)?, None),
    };
    let visit = Visit::system(&world);
    let facts = heard.facts(&world.part::<Shelf>(), visit.today());
    let (source, at, people, due) = (event.id, event.at, heard.people(), heard.due);
    let order = Tell { source, at, kind, people, application, case, facts, due };
    tell(&visit, order).await
}
