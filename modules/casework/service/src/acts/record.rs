//! What goes on the record and to those who listen. Topic, journal act and text key of an event share its name.

use access_service::Visit;
use casework::{Event, EventKind};
use kernel::id::{ApplicationId, CaseId, SubjectId};
use platform::{Fault, JournalEntry, OutboxEvent, Tx};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::matter::Handled;
use super::said::said;
use crate::store::application;

/// The first row of an application's chain.
pub(crate) const APPLICATION_OPENED: &str = "casework.application-opened";
/// The first row of a case: its [`casework::Opening`].
pub(crate) const CASE_OPENED: &str = "casework.case-opened";
/// Papers and fields that came with a correction, with the files they replaced.
pub(crate) const PAPERS_CORRECTED: &str = "casework.papers-corrected";
/// Fields that the result of an earlier item filled in.
pub(crate) const FORM_CARRIED: &str = "casework.form-carried";
/// Told, not recorded: results wait to be handed over.
pub(crate) const READY: &str = "casework.application-ready";

/// An event as the journal keeps it: the event itself, and the name of who did it as it was then.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Recorded {
    #[serde(flatten)]
    pub(crate) event: Event,
    #[serde(default)]
    pub(crate) name: String,
}

/// Puts an event of a case on record and tells those who listen.
pub(crate) fn event(
    tx: &Tx,
    visit: &Visit,
    head: &application::Model,
    member: &Handled<'_>,
    event: &Event,
    directly: bool,
) -> Result<(), Fault> {
    let act = format!("casework.{}", event.kind());
    let (actor, name) = if directly { (visit.actor.id.as_str(), visit.actor.name.as_str()) } else { ("system", "") };
    let recorded = serde_json::to_value(Recorded { event: event.clone(), name: name.to_owned() })?;
    let case = CaseId::from_uuid(member.row.id);
    tx.record(JournalEntry::new(head.id, actor, act.clone(), case).holding(&recorded));
    if is_told(event.kind()) {
        let mut facts = said(event, &member.row);
        facts.extend(head_facts(head));
        for (name, value) in
            [("item", &member.row.item), ("item_name", &member.row.item_name), ("authority", &member.row.authority)]
        {
            facts.insert(name.to_owned(), value.as_str().into());
        }
        tx.publish(OutboxEvent::new(act, case).holding(&facts.into()));
    }
    Ok(())
}

/// Steps and licences that arrive are the case's own affair; everything else somebody may wait for.
fn is_told(kind: EventKind) -> bool {
    !matches!(kind, EventKind::StepCompleted | EventKind::PrerequisiteMet)
}

/// Puts something about the whole application on record.
pub(crate) fn about_application(tx: &Tx, visit: &Visit, application: ApplicationId, act: &'static str, facts: Value) {
    about(tx, visit, application, act, application, facts);
}

/// Puts something about a part of an application on record, with the name of who did it.
pub(crate) fn about(
    tx: &Tx,
    visit: &Visit,
    application: ApplicationId,
    act: &'static str,
    subject: impl std::fmt::Display,
    mut facts: Value,
) {
    if let Value::Object(fields) = &mut facts {
        fields.insert("name".to_owned(), visit.actor.name.clone().into());
    }
    tx.record(JournalEntry::new(application, &visit.actor.id, act, subject).holding(&facts));
}

/// Tells that an application was opened.
pub(crate) fn opened(tx: &Tx, head: &application::Model, items: &[&str]) {
    let mut facts = head_facts(head);
    facts.insert("items".to_owned(), items.into());
    if let Some(due) = head.due_on {
        facts.insert("due".to_owned(), due.to_string().into());
    }
    tx.publish(OutboxEvent::new(APPLICATION_OPENED, ApplicationId::from_uuid(head.id)).holding(&facts.into()));
}

/// Tells that results wait to be handed over.
pub(crate) fn ready(tx: &Tx, head: &application::Model) {
    tx.publish(OutboxEvent::new(READY, ApplicationId::from_uuid(head.id)).holding(&head_facts(head).into()));
}

/// What every event says of the application. People by their ids alone.
fn head_facts(head: &application::Model) -> Map<String, Value> {
    let facts = json!({
        "application": ApplicationId::from_uuid(head.id), "number": head.number, "theme": head.theme,
        "theme_name": head.theme_name, "region": head.region, "subject": SubjectId::from_uuid(head.subject),
        "agent": head.agent_subject.map(SubjectId::from_uuid),
    });
    match facts {
        Value::Object(facts) => facts,
        _ => Map::new(),
    }
}
