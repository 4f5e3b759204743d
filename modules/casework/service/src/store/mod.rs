//! The only code that names the tables of this module.

pub(crate) mod application;
pub(crate) mod case;
pub(crate) mod experience;
pub(crate) mod form;
pub(crate) mod notice;
pub(crate) mod paper;
pub(crate) mod paper_trust;
pub(crate) mod paper_use;
pub(crate) mod todo;

mod statements;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use kernel::id::{ApplicationId, CaseId, SubjectId};
use kernel::value::Facts;
use platform::sealed::{self, SealedTable, Sealing};
use platform::{Engine, Fault};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::{FormEntry, NoticeId, PaperId};

pub(crate) use paper_trust::{trust_find, trust_list, trust_put};
pub(crate) use statements::{
    application_insert, application_update, case_insert, case_update, form_insert, form_update, notice_insert,
    notice_void, paper_insert, paper_update, paper_use_insert,
};

/// Most applications of one person that are listed.
const APPLICATIONS_MAX: u64 = 200;
/// Most applications of one day that a clerk is shown as filed.
const FILED_MAX: u64 = 50;

/// Which application: by its own id, or as the one a case belongs to.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Which {
    Application(ApplicationId),
    Case(CaseId),
}

/// An application with its cases in order; none when there is no such thing. One round trip.
///
/// With `lock`, PostgreSQL locks the application's row first and then those of its cases, and gives them as they stand
/// after the lock was had; SQLite's write transaction is a lock already.
pub(crate) async fn matter(
    on: &impl Sealing,
    which: Which,
    lock: Option<Engine>,
) -> Result<Option<(application::Model, Vec<case::Model>)>, Fault> {
    let found = application::Entity::find().find_both_related(case::Entity).order_by_asc(case::Column::Place);
    let mut found = match which {
        Which::Application(id) => found.filter(application::Column::Id.eq(id.uuid())),
        Which::Case(id) => {
            let its = case::Entity::find().select_only().column(case::Column::Application);
            let its = sea_orm::QueryTrait::into_query(its.filter(case::Column::Id.eq(id.uuid())));
            found.filter(application::Column::Id.in_subquery(its))
        }
    };
    if lock == Some(Engine::Postgres) {
        found = found.lock_exclusive();
    }
    let rows = found.all(on).await?;
    let Some((head, _)) = rows.first() else { return Ok(None) };
    // The same head stands beside each of its cases; it is opened once.
    let head = sealed::open::<application::Entity>(on.sealer(), head.clone())?;
    Ok(Some((head, rows.into_iter().map(|(_, case)| case).collect())))
}

/// Applications with open cases, in the order of ids after one of them.
pub(crate) async fn open_applications(
    on: &impl ConnectionTrait,
    after: Option<Uuid>,
    most: u64,
) -> Result<Vec<Uuid>, Fault> {
    let mut asked = case::Entity::find()
        .select_only()
        .distinct()
        .column(case::Column::Application)
        .filter(case::Column::SortOn.lt(crate::index::ENDED))
        .order_by_asc(case::Column::Application)
        .limit(most);
    if let Some(after) = after {
        asked = asked.filter(case::Column::Application.gt(after));
    }
    Ok(asked.into_tuple().all(on).await?)
}

/// Cases by id after one of them, ended or not.
pub(crate) async fn case_ids(on: &impl ConnectionTrait, after: Option<Uuid>, most: u64) -> Result<Vec<Uuid>, Fault> {
    let mut asked =
        case::Entity::find().select_only().column(case::Column::Id).order_by_asc(case::Column::Id).limit(most);
    if let Some(after) = after {
        asked = asked.filter(case::Column::Id.gt(after));
    }
    Ok(asked.into_tuple().all(on).await?)
}

/// Answers and form of an application.
pub(crate) async fn form_find(on: &impl Sealing, application: Uuid) -> Result<BTreeMap<String, FormEntry>, Fault> {
    let row = form::Entity::find_by_id(application).one(on).await?.ok_or(Fault::NotFound)?;
    let row = sealed::open::<form::Entity>(on.sealer(), row)?;
    Ok(serde_json::from_str(&row.form)?)
}

/// The values of the form alone, by element code.
pub(crate) async fn form_values(on: &impl Sealing, application: Uuid) -> Result<Facts, Fault> {
    Ok(form_find(on, application).await?.into_iter().map(|(element, entry)| (element, entry.value)).collect())
}

/// The papers of an application, in order.
pub(crate) async fn paper_list(on: &impl Sealing, application: Uuid) -> Result<Vec<paper::Model>, Fault> {
    let rows = paper::Entity::find()
        .filter(paper::Column::Application.eq(application))
        .order_by_asc(paper::Column::Place)
        .all(on)
        .await?;
    sealed::open_all::<paper::Entity>(on.sealer(), rows)
}

/// One paper.
pub(crate) async fn paper_find(on: &impl Sealing, id: PaperId) -> Result<Option<paper::Model>, Fault> {
    let found = paper::Entity::find_by_id(id.uuid()).one(on).await?;
    sealed::open_one::<paper::Entity>(on.sealer(), found)
}

/// Which cases of an application use which papers.
pub(crate) async fn paper_use_list(
    on: &impl ConnectionTrait,
    application: Uuid,
) -> Result<Vec<paper_use::Model>, Fault> {
    Ok(paper_use::Entity::find().filter(paper_use::Column::Application.eq(application)).all(on).await?)
}

/// The notices of an application, in the order they were issued; void ones too.
pub(crate) async fn notice_list(on: &impl Sealing, application: Uuid) -> Result<Vec<notice::Model>, Fault> {
    let rows = notice::Entity::find()
        .filter(notice::Column::Application.eq(application))
        .order_by_asc(notice::Column::IssuedAt)
        .order_by_asc(notice::Column::Id)
        .all(on)
        .await?;
    sealed::open_all::<notice::Entity>(on.sealer(), rows)
}

/// One notice.
pub(crate) async fn notice_find(on: &impl Sealing, id: NoticeId) -> Result<Option<notice::Model>, Fault> {
    notice_opened(on, notice::Entity::find_by_id(id.uuid()).one(on).await?)
}

fn notice_opened(on: &impl Sealing, found: Option<notice::Model>) -> Result<Option<notice::Model>, Fault> {
    sealed::open_one::<notice::Entity>(on.sealer(), found)
}

/// The notice of that code.
pub(crate) async fn notice_by_code(on: &impl Sealing, code: &str) -> Result<Option<notice::Model>, Fault> {
    notice_opened(on, notice::Entity::find().filter(notice::Column::Code.eq(code)).one(on).await?)
}

/// Applications with their cases in which this person is applicant or agent, newest first.
pub(crate) async fn matters_of(
    on: &impl Sealing,
    subject: SubjectId,
) -> Result<Vec<(application::Model, Vec<case::Model>)>, Fault> {
    let own = Condition::any()
        .add(application::Column::Subject.eq(subject.uuid()))
        .add(application::Column::AgentSubject.eq(subject.uuid()));
    matters_where(on, own, APPLICATIONS_MAX).await
}

/// Applications with their cases that this account filed for somebody since a moment, newest first.
pub(crate) async fn matters_filed(
    on: &impl Sealing,
    account: &str,
    since: DateTime<Utc>,
) -> Result<Vec<(application::Model, Vec<case::Model>)>, Fault> {
    let filed =
        Condition::all().add(application::Column::OpenedBy.eq(account)).add(application::Column::ReceivedAt.gte(since));
    matters_where(on, filed, FILED_MAX).await
}

async fn matters_where(
    on: &impl Sealing,
    which: Condition,
    most: u64,
) -> Result<Vec<(application::Model, Vec<case::Model>)>, Fault> {
    let heads =
        application::Entity::find().filter(which).order_by_desc(application::Column::Id).limit(most).all(on).await?;
    let heads = sealed::open_all::<application::Entity>(on.sealer(), heads)?;
    let ids = heads.iter().map(|head| head.id);
    let cases = case::Entity::find()
        .filter(case::Column::Application.is_in(ids))
        .order_by_asc(case::Column::Place)
        .all(on)
        .await?;
    let mut by_application: BTreeMap<Uuid, Vec<case::Model>> = BTreeMap::new();
    for case in cases {
        by_application.entry(case.application).or_default().push(case);
    }
    Ok(heads.into_iter().map(|head| (by_application.remove(&head.id).unwrap_or_default(), head)).map(swap).collect())
}

fn swap<A, B>((a, b): (A, B)) -> (B, A) {
    (b, a)
}

/// Cases whose decision this authority has still to receive, by id after one of them, each with its application.
pub(crate) async fn cases_to_supervise(
    on: &impl Sealing,
    authority: &str,
    after: Option<Uuid>,
    most: u64,
) -> Result<Vec<(case::Model, Option<application::Model>)>, Fault> {
    let mut asked = case::Entity::find()
        .find_also_related(application::Entity)
        .filter(case::Column::Supervisor.eq(authority))
        .order_by_asc(case::Column::Id)
        .limit(most);
    if let Some(after) = after {
        asked = asked.filter(case::Column::Id.gt(after));
    }
    let opened = |(row, head): (case::Model, Option<application::Model>)| {
        let head = sealed::open_one::<application::Entity>(on.sealer(), head)?;
        Ok((row, head))
    };
    asked.all(on).await?.into_iter().map(opened).collect()
}

/// The application of that number, or the one whose case bears it.
pub(crate) async fn by_number(on: &impl ConnectionTrait, number: &str) -> Result<Option<Which>, Fault> {
    let application = application::Entity::find().filter(application::Column::Number.eq(number)).one(on).await?;
    if let Some(found) = application {
        return Ok(Some(Which::Application(ApplicationId::from_uuid(found.id))));
    }
    let case = case::Entity::find().filter(case::Column::ProjectNo.eq(number)).one(on).await?;
    Ok(case.map(|found| Which::Case(CaseId::from_uuid(found.id))))
}

/// The tables with sealed columns. What a case itself keeps speaks of officers and papers; the one who received its result
/// is sealed within.
pub(crate) fn sealed() -> Vec<SealedTable> {
    vec![
        SealedTable::of::<application::Entity>(),
        SealedTable::of::<form::Entity>(),
        SealedTable::of::<paper::Entity>(),
        SealedTable::of::<notice::Entity>(),
    ]
}
