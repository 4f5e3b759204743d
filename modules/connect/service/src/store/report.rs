//! Reports: rows of an authority's own system as they were read, and what came of each. The row is sealed, and so is why it
//! was set aside; codes and days lie open.

use chrono::{DateTime, Utc};
use kernel::id::CaseId;
use platform::Fault;
use platform::sealed::{self, Sealed, Sealing};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{IntoActiveModel, QueryOrder, QuerySelect};

/// Rows a statement: both engines bound the number of parameters.
const BATCH: usize = 100;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "connect_report")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub connector: String,
    /// 1, 2, 3 within the connector: reports are done in this order.
    pub number: i64,
    /// Their name of the row.
    pub theirs: String,
    /// SM3 of what it says; with the name it is unique.
    pub digest: String,
    /// JSON, or the text of a file that could not be read.
    pub row: String,
    pub read_at: DateTimeUtc,
    /// The case it is about, where one was found.
    pub case_id: Option<Uuid>,
    pub applied_at: Option<DateTimeUtc>,
    /// What it did: `done`, `already`, `nothing`.
    pub note: Option<String>,
    pub conflict_at: Option<DateTimeUtc>,
    /// Why it was not followed.
    pub conflict: Option<String>,
    /// What was said to it: a refusal as JSON, or a column.
    pub said: Option<String>,
    /// The status of the case then.
    pub ours: Option<String>,
    pub aside_at: Option<DateTimeUtc>,
    pub aside_by: Option<String>,
    pub aside_reason: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Sealed for Entity {
    const SEALED: &'static [Column] = &[Column::Row, Column::Said, Column::AsideReason];
}

/// What came of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ended {
    Applied(&'static str),
    Conflict { code: &'static str, said: Option<String>, ours: Option<&'static str> },
}

impl Ended {
    /// A conflict of this kind.
    pub(crate) fn conflict(code: &'static str) -> Self {
        Self::Conflict { code, said: None, ours: None }
    }

    /// With what was said.
    pub(crate) fn saying(self, words: String) -> Self {
        match self {
            Self::Conflict { code, ours, .. } => Self::Conflict { code, said: Some(words), ours },
            applied @ Self::Applied(_) => applied,
        }
    }

    /// With where our case stood.
    pub(crate) fn ours(self, status: &'static str) -> Self {
        match self {
            Self::Conflict { code, said, .. } => Self::Conflict { code, said, ours: Some(status) },
            applied @ Self::Applied(_) => applied,
        }
    }
}

/// Adds some.
pub(crate) async fn report_insert(on: &impl Sealing, mut rows: Vec<Model>) -> Result<(), Fault> {
    for row in &mut rows {
        sealed::seal::<Entity>(on.sealer(), row)?;
    }
    for some in rows.chunks(BATCH) {
        let some = some.iter().cloned().map(IntoActiveModel::into_active_model);
        Entity::insert_many(some).exec_without_returning(on).await?;
    }
    Ok(())
}

/// Which of these names are known, each with what it said.
pub(crate) async fn known(
    on: &impl ConnectionTrait,
    connector: &str,
    names: &[&str],
) -> Result<Vec<(String, String)>, Fault> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let known = Entity::find()
        .select_only()
        .columns([Column::Theirs, Column::Digest])
        .filter(Column::Connector.eq(connector))
        .filter(Column::Theirs.is_in(names.iter().copied()));
    Ok(known.into_tuple().all(on).await?)
}

/// One report.
pub(crate) async fn report_find(on: &impl Sealing, id: Uuid) -> Result<Option<Model>, Fault> {
    let found = Entity::find_by_id(id).one(on).await?;
    sealed::open_one::<Entity>(on.sealer(), found)
}

/// Those that are still to be done, in their order.
pub(crate) async fn report_waiting(on: &impl Sealing, connector: &str, most: u64) -> Result<Vec<Model>, Fault> {
    let waiting = Entity::find()
        .filter(Column::Connector.eq(connector))
        .filter(Column::AppliedAt.is_null())
        .filter(Column::ConflictAt.is_null())
        .filter(Column::AsideAt.is_null());
    let rows = waiting.order_by_asc(Column::Number).limit(most).all(on).await?;
    sealed::open_all::<Entity>(on.sealer(), rows)
}

/// Conflicts nobody has settled, the newest first.
pub(crate) async fn report_conflicts(on: &impl Sealing, connector: &str, most: u64) -> Result<Vec<Model>, Fault> {
    let open = Entity::find()
        .filter(Column::Connector.eq(connector))
        .filter(Column::ConflictAt.is_not_null())
        .filter(Column::AsideAt.is_null());
    let rows = open.order_by_desc(Column::Number).limit(most).all(on).await?;
    sealed::open_all::<Entity>(on.sealer(), rows)
}

/// What was done lately or set aside, the newest first.
pub(crate) async fn report_settled(on: &impl Sealing, connector: &str, most: u64) -> Result<Vec<Model>, Fault> {
    let settled = Entity::find()
        .filter(Column::Connector.eq(connector))
        .filter(Column::AppliedAt.is_not_null().or(Column::AsideAt.is_not_null()));
    let rows = settled.order_by_desc(Column::Number).limit(most).all(on).await?;
    sealed::open_all::<Entity>(on.sealer(), rows)
}

/// How many conflicts nobody has settled.
pub(crate) async fn report_open_conflicts(on: &impl ConnectionTrait, connector: &str) -> Result<u64, Fault> {
    let open = Entity::find()
        .filter(Column::Connector.eq(connector))
        .filter(Column::ConflictAt.is_not_null())
        .filter(Column::AsideAt.is_null());
    Ok(open.count(on).await?)
}

/// Writes down what came of one.
pub(crate) async fn report_ended(
    on: &impl Sealing,
    row: &Model,
    (case, ended): (Option<CaseId>, Ended),
    at: DateTime<Utc>,
) -> Result<(), Fault> {
    let update = of(row.id).col_expr(Column::CaseId, Expr::value(case.map(|case| case.uuid())));
    let update = match ended {
        Ended::Applied(note) => {
            update.col_expr(Column::AppliedAt, Expr::value(at)).col_expr(Column::Note, Expr::value(note))
        }
        Ended::Conflict { code, said, ours } => {
            let seal = |said: String| sealed::seal_value::<Entity>(on.sealer(), Column::Said, row.id, &said);
            let said = said.map(seal).transpose()?;
            update
                .col_expr(Column::ConflictAt, Expr::value(at))
                .col_expr(Column::Conflict, Expr::value(code))
                .col_expr(Column::Said, Expr::value(said))
                .col_expr(Column::Ours, Expr::value(ours))
        }
    };
    update.exec(on).await?;
    Ok(())
}

/// Has an open conflict be done once more. Gives whether it was one.
pub(crate) async fn report_anew(on: &impl ConnectionTrait, id: Uuid) -> Result<bool, Fault> {
    let none = || Expr::value(Option::<String>::None);
    let anew = open_conflict(id)
        .col_expr(Column::ConflictAt, Expr::value(Option::<DateTime<Utc>>::None))
        .col_expr(Column::Conflict, none())
        .col_expr(Column::Said, none())
        .col_expr(Column::Ours, none());
    Ok(anew.exec(on).await?.rows_affected == 1)
}

/// Sets an open conflict aside. Gives whether it was one.
pub(crate) async fn report_aside(
    on: &impl Sealing,
    id: Uuid,
    (by, reason): (&str, &str),
    at: DateTime<Utc>,
) -> Result<bool, Fault> {
    let reason = sealed::seal_value::<Entity>(on.sealer(), Column::AsideReason, id, reason)?;
    let aside = open_conflict(id)
        .col_expr(Column::AsideAt, Expr::value(at))
        .col_expr(Column::AsideBy, Expr::value(by))
        .col_expr(Column::AsideReason, Expr::value(reason));
    Ok(aside.exec(on).await?.rows_affected == 1)
}

fn open_conflict(id: Uuid) -> sea_orm::UpdateMany<Entity> {
    of(id).filter(Column::ConflictAt.is_not_null()).filter(Column::AsideAt.is_null())
}

fn of(id: Uuid) -> sea_orm::UpdateMany<Entity> {
    Entity::update_many().filter(Column::Id.eq(id))
}
