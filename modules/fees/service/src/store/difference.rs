//! Statements that were compared, and what differed. A difference is never removed, only settled with a note.

use chrono::NaiveDate;
use platform::Fault;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{Condition, IntoActiveModel, QueryOrder, QuerySelect, TryInsertResult};

use crate::DifferenceId;

/// Days and differences shown at most.
const DAYS_MAX: u64 = 31;
const DIFFERENCES_MAX: u64 = 200;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "fees_difference")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub day: Date,
    /// [`fees::DifferenceKind`]
    pub kind: String,
    /// [`fees::EntryKind`]
    pub entry: String,
    pub number: String,
    pub reference: String,
    pub ours_fen: Option<i64>,
    pub theirs_fen: Option<i64>,
    pub found_at: DateTimeUtc,
    pub resolved_at: Option<DateTimeUtc>,
    pub resolved_by: Option<String>,
    pub resolved_by_name: Option<String>,
    pub note: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) mod statement {
    //! One row for each day that was compared.

    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "fees_statement")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub day: Date,
        pub fetched_at: DateTimeUtc,
        pub entries: i32,
        pub paid_fen: i64,
        pub refunded_fen: i64,
        pub differences: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Adds one, unless it was found before; tells whether it is new.
pub(crate) async fn difference_insert(on: &impl ConnectionTrait, row: Model) -> Result<bool, Fault> {
    let once = [Column::Day, Column::Entry, Column::Reference];
    let added = Entity::insert(row.into_active_model()).on_conflict_do_nothing_on(once);
    let added = added.exec_without_returning(on).await?;
    Ok(matches!(added, TryInsertResult::Inserted(rows) if rows > 0))
}

/// One.
pub(crate) async fn difference_find(on: &impl ConnectionTrait, id: DifferenceId) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(id.uuid()).one(on).await?)
}

/// Settles one that nobody has settled; tells whether it was this call.
pub(crate) async fn difference_resolve(on: &impl ConnectionTrait, row: &Model) -> Result<bool, Fault> {
    let done = Entity::update_many()
        .col_expr(Column::ResolvedAt, row.resolved_at.into())
        .col_expr(Column::ResolvedBy, row.resolved_by.clone().into())
        .col_expr(Column::ResolvedByName, row.resolved_by_name.clone().into())
        .col_expr(Column::Note, row.note.clone().into())
        .filter(Column::Id.eq(row.id))
        .filter(Column::ResolvedAt.is_null())
        .exec(on)
        .await?;
    Ok(done.rows_affected == 1)
}

/// What is open, and what was found since a day, the newest first.
pub(crate) async fn difference_list(on: &impl ConnectionTrait, since: NaiveDate) -> Result<Vec<Model>, Fault> {
    let which = Condition::any().add(Column::ResolvedAt.is_null()).add(Column::Day.gte(since));
    let found = Entity::find().filter(which).order_by_desc(Column::Day).order_by_asc(Column::Id);
    Ok(found.limit(DIFFERENCES_MAX).all(on).await?)
}

/// Puts down that a day was compared; the newest comparison counts.
pub(crate) async fn statement_put(on: &impl ConnectionTrait, row: statement::Model) -> Result<(), Fault> {
    use statement::Column as S;
    let newest = [S::FetchedAt, S::Entries, S::PaidFen, S::RefundedFen, S::Differences];
    let again = OnConflict::column(S::Day).update_columns(newest).to_owned();
    statement::Entity::insert(row.into_active_model()).on_conflict(again).exec_without_returning(on).await?;
    Ok(())
}

/// The days that were compared, the last first.
pub(crate) async fn statement_list(on: &impl ConnectionTrait) -> Result<Vec<statement::Model>, Fault> {
    let found = statement::Entity::find().order_by_desc(statement::Column::Day).limit(DAYS_MAX);
    Ok(found.all(on).await?)
}
