//! What goes on the record and to those who listen. Topic, journal act and text key of an event share its name.

use std::collections::BTreeMap;

use access_service::Visit;
use casework::{Event, EventKind};
use kernel::id::{ApplicationId, CaseId, SubjectId};
use platform::sealed::{Sealer, Sealing};
use platform::{Fault, JournalEntry, OutboxEvent, Tx};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use uuid::Uuid;

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
/// 核对原件: an uploaded paper was compared with its original.
pub(crate) const PAPER_COMPARED: &str = "casework.paper-compared";
/// 注销: a licence ended with the result of an item.
pub(crate) const LICENCE_STRUCK_OFF: &str = "casework.licence-struck-off";
/// The common limit of an application was extended.
pub(crate) const JOINT_EXTENDED: &str = "casework.joint-extended";
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
    let (actor, name) = if directly { (visit.actor.id.as_str(), name_of(visit)) } else { ("system", "") };
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
        fields.insert("name".to_owned(), name_of(visit).into());
    }
    tx.record(JournalEntry::new(application, &visit.actor.id, act, subject).holding(&facts));
}

/// The name that goes on record: an officer's, who answers for what was done (首问负责、责任追究). A resident is known by the
/// subject alone, and whoever may read the case finds the name there.
pub(crate) fn name_of(visit: &Visit) -> &str {
    if visit.actor.subject().is_some() { "" } else { &visit.actor.name }
}

/// Fields as the record names them: each with a mark of its value, so that it can be proved which value it was without
/// the record telling it.
pub(crate) fn marks(tx: &Tx, fields: &BTreeMap<String, kernel::value::Value>) -> Result<Value, Fault> {
    let marked = fields.iter().map(|(element, value)| {
        let column = format!("casework.field/{element}");
        Ok((element.clone(), tx.conn().sealer().mark(&column, &serde_json::to_string(value)?)?.into()))
    });
    Ok(Value::Object(marked.collect::<Result<_, Fault>>()?))
}

/// The one who received the results, sealed for the record of this application.
pub(crate) fn seal_receiver(on: &impl Sealing, application: Uuid, name: &str) -> Result<String, Fault> {
    if name.is_empty() {
        return Ok(String::new());
    }
    on.sealer().seal_for_record(&receiver(application), name)
}

/// The same in clear again; what was recorded before it was sealed is clear already.
pub(crate) fn open_receiver(sealer: &Sealer, application: Uuid, sealed: &str) -> Result<String, Fault> {
    sealer.open(&receiver(application), sealed.to_owned())
}

fn receiver(application: Uuid) -> String {
    format!("casework.delivered/{application}")
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
