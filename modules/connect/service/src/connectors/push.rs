//! Ours to them: what casework says is put down as a parcel for every connector that wants it, and sent until it is taken.

use std::time::Instant;

use access_service::Visit;
use casework::Phase;
use casework_service::reads::{CaseContents, case_contents};
use chrono::{DateTime, Utc};
use connect::connector::{CaseValues, Connector, Document, Occasion, Unmapped, document};
use connect::{Outcome, TRIES_MAX, pause};
use kernel::id::CaseId;
use platform::queue::Delivery;
use platform::{Fault, Job, JobKind, Listener, World};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::officer;
use super::shelf::{ConnectorShelf, current, is_connected};
use super::way::Way;
use crate::store::parcel::{self, Try};

const SEND: &str = "connect.push";

/// What is heard, by whom, and on which occasion it is told.
const HEARD: [(&str, &str, Occasion); 7] = [
    ("casework.accepted", "connect.push-accepted", Occasion::Accepted),
    ("casework.deemed-accepted", "connect.push-deemed-accepted", Occasion::Accepted),
    ("casework.accepted-tolerantly", "connect.push-accepted-tolerantly", Occasion::Accepted),
    ("casework.decided", "connect.push-decided", Occasion::Decided),
    ("casework.withdrawn", "connect.push-withdrawn", Occasion::Ended),
    ("casework.prerequisite-failed", "connect.push-prerequisite-failed", Occasion::Ended),
    ("casework.gap-lapsed", "connect.push-gap-lapsed", Occasion::Ended),
];

/// Everything that is pushed begins with these.
pub(super) fn listeners() -> Vec<Listener> {
    HEARD.into_iter().map(|(topic, name, _)| Listener::new(topic, name, hear)).collect()
}

/// The job that sends one parcel.
pub(super) fn job() -> JobKind {
    JobKind::new(SEND, work)
}

/// One parcel, to be sent now or at its time. At most one job of it waits.
pub(crate) fn sending(id: Uuid, at: Option<DateTime<Utc>>) -> Job {
    let job = Job::new(SEND, id).keyed(format!("{SEND}/{id}"));
    match at {
        Some(at) => job.due(at),
        None => job,
    }
}

async fn hear(world: World, event: Delivery) -> Result<(), Fault> {
    let Some((_, _, occasion)) = HEARD.into_iter().find(|(topic, ..)| *topic == event.topic) else { return Ok(()) };
    let facts: Map<String, Value> = event.facts()?;
    let text = |name: &str| facts.get(name).and_then(Value::as_str).unwrap_or_default();
    let case: CaseId = event.subject.parse().map_err(Fault::internal)?;
    let shelf = current(&world)?;
    // A case that lies with another authority, by a delegation, is not this one's to know.
    let wants = |one: &&Connector| one.pushes(text("item"), occasion) && one.authority == *text("authority");
    for connector in shelf.connectors().iter().filter(wants).filter(|one| is_connected(&world, one)) {
        put_down(&world, &shelf, connector, (case, occasion)).await?;
    }
    Ok(())
}

/// Puts a parcel down, once for a case and an occasion, and leaves the job that sends it. One that cannot be filled in is put
/// down too: somebody has to look.
async fn put_down(
    world: &World,
    shelf: &ConnectorShelf,
    connector: &Connector,
    (case, occasion): (CaseId, Occasion),
) -> Result<(), Fault> {
    let known = parcel::parcels_of_case(world.db.reader(), &connector.id, case.uuid()).await?;
    if known.iter().any(|one| one.occasion == occasion.word()) {
        return Ok(());
    }
    // They cannot be told to forget what they were never told.
    if occasion == Occasion::Ended && known.is_empty() {
        return Ok(());
    }
    let contents = case_contents(&officer::itself(world, connector)?, case).await?;
    if occasion == Occasion::Accepted && contents.status.phase() == Phase::Ended {
        return Ok(());
    }
    let project_no = contents.project_no.clone();
    let filled = document(connector, shelf.catalogue().catalog(), &values(contents), occasion);
    let (project_no, filled) = (&project_no, &filled);
    world
        .db
        .write(None, async |tx| {
            let mut row = parcel::Model {
                id: tx.new_uuid(),
                connector: connector.id.clone(),
                case_id: case.uuid(),
                project_no: project_no.clone(),
                occasion: occasion.word().to_owned(),
                document: None,
                lacks: None,
                at: tx.now(),
                tries: 0,
                tried_at: None,
                outcome: None,
                status: None,
                reference: None,
                taken_at: None,
                given_up_at: None,
            };
            match filled {
                Ok(document) => row.document = Some(serde_json::to_string(document)?),
                Err(unmapped) => (row.lacks, row.given_up_at) = (Some(lacks(unmapped)), Some(tx.now())),
            }
            let (id, sends) = (row.id, row.document.is_some());
            // Heard twice at once, the second comes too late.
            if parcel::parcel_insert(tx.conn(), row).await? && sends {
                tx.schedule(sending(id, None));
            }
            Ok(())
        })
        .await
}

/// What a parcel that could not be filled in says of it: the column and what it lacks.
fn lacks(unmapped: &Unmapped) -> String {
    format!("{} {}", unmapped.lack, unmapped.column)
}

/// The document of a parcel made anew, after the catalogue or the case was put right.
///
/// # Errors
/// As [`case_contents`]; the inner error says which column still cannot be filled.
pub(crate) async fn mapped(
    world: &World,
    connector: &Connector,
    row: &parcel::Model,
) -> Result<Result<Document, String>, Fault> {
    let shelf = current(world)?;
    let visit: Visit = officer::itself(world, connector)?;
    let contents = case_contents(&visit, CaseId::from_uuid(row.case_id)).await?;
    let occasion = Occasion::ALL.iter().copied().find(|one| one.word() == row.occasion);
    let occasion = occasion.ok_or_else(|| Fault::internal("a parcel without an occasion"))?;
    Ok(document(connector, shelf.catalogue().catalog(), &values(contents), occasion).map_err(|fault| lacks(&fault)))
}

fn values(contents: CaseContents) -> CaseValues {
    CaseValues {
        project_no: contents.project_no,
        application_no: contents.number,
        item: contents.item,
        item_code: contents.item_code,
        item_name: contents.item_name,
        region: contents.region,
        applicant: contents.applicant,
        phone: contents.phone,
        agent: contents.agent,
        received_on: Some(contents.received_on),
        accepted_on: contents.accepted_on,
        due_on: contents.due_on,
        decided_on: contents.decided_on,
        outcome: contents.outcome,
        reason: contents.reason,
        form: contents.form,
    }
}

async fn work(world: World, job: Delivery) -> Result<(), Fault> {
    let id: Uuid = job.subject.parse().map_err(Fault::internal)?;
    let reader = world.db.reader();
    let Some(row) = parcel::parcel_find(reader, id).await? else { return Ok(()) };
    if row.taken_at.is_some() || row.given_up_at.is_some() {
        return Ok(());
    }
    let shelf = current(&world)?;
    // Taken out of the catalogue or of the configuration: it stays where it is until somebody puts it back.
    let Some(connector) = shelf.connector(&row.connector).filter(|one| is_connected(&world, one)) else {
        return Ok(());
    };
    // In their order within a case; the earlier one calls for the next when it is through.
    let siblings = parcel::parcels_of_case(reader, &row.connector, row.case_id).await?;
    if siblings.iter().any(|one| one.id < row.id && one.taken_at.is_none() && one.given_up_at.is_none()) {
        return Ok(());
    }
    let document: Document = serde_json::from_str(row.document.as_deref().unwrap_or("{}"))?;
    let begun = Instant::now();
    let outcome = Way::open(&world, connector).await;
    let outcome = match outcome {
        Ok(way) => way.put(connector, id, &document).await,
        Err(trouble) => Err(trouble),
    };
    tracing::debug!(connector = connector.id, took = ?begun.elapsed(), "a case was pushed");
    let (row, outcome, siblings) = (&row, &outcome, &siblings);
    world
        .db
        .write(None, async |tx| {
            let taken = outcome.is_ok();
            let given_up = !taken && row.tries + 1 >= TRIES_MAX;
            let (code, status) = match outcome {
                Ok(_) => (Outcome::Taken, None),
                Err(trouble) => (trouble.outcome, trouble.status),
            };
            let reference = outcome.as_ref().ok().cloned().flatten();
            let one = Try { at: tx.now(), outcome: code, status, reference, given_up };
            parcel::parcel_tried(tx.conn(), row, one).await?;
            if taken || given_up {
                let next = siblings.iter().find(|one| one.id > row.id && one.taken_at.is_none());
                next.into_iter().for_each(|next| tx.schedule(sending(next.id, None)));
            } else {
                tx.schedule(sending(row.id, Some(tx.now() + pause(row.tries + 1))));
            }
            Ok(())
        })
        .await
}
