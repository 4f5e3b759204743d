//! Cases that are to be looked at by the next batch: something has happened to them, or they were kept back.

use chrono::{DateTime, Utc};
use platform::Fault;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{IntoActiveModel, QueryOrder, QuerySelect};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "connect_exchange_touched")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub case_id: Uuid,
    /// New each time something happens: who has looked before that has not seen it.
    pub stamp: Uuid,
    pub at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Marks a case.
pub(crate) async fn touched_put(on: &impl ConnectionTrait, row: Model) -> Result<(), Fault> {
    let again = OnConflict::column(Column::CaseId).update_columns([Column::Stamp, Column::At]).to_owned();
    Entity::insert(row.into_active_model()).on_conflict(again).exec_without_returning(on).await?;
    Ok(())
}

/// Marks cases that are not marked.
pub(crate) async fn touched_add(on: &impl ConnectionTrait, rows: Vec<Model>) -> Result<(), Fault> {
    if rows.is_empty() {
        return Ok(());
    }
    let known = OnConflict::column(Column::CaseId).do_nothing().to_owned();
    let rows = rows.into_iter().map(IntoActiveModel::into_active_model);
    match Entity::insert_many(rows).on_conflict(known).exec_without_returning(on).await {
        Ok(_) | Err(DbErr::RecordNotInserted) => Ok(()),
        Err(fault) => Err(fault.into()),
    }
}

/// Those marked until a moment, by id after one of them.
pub(crate) async fn touched_page(
    on: &impl ConnectionTrait,
    until: DateTime<Utc>,
    after: Option<Uuid>,
    most: u64,
) -> Result<Vec<Model>, Fault> {
    let mut asked = Entity::find().filter(Column::At.lte(until)).order_by_asc(Column::CaseId).limit(most);
    if let Some(after) = after {
        asked = asked.filter(Column::CaseId.gt(after));
    }
    Ok(asked.all(on).await?)
}

/// Takes a mark away. Gives whether it was still the same.
pub(crate) async fn touched_take(on: &impl ConnectionTrait, row: &Model) -> Result<bool, Fault> {
    let same = Entity::delete_many().filter(Column::CaseId.eq(row.case_id)).filter(Column::Stamp.eq(row.stamp));
    Ok(same.exec(on).await?.rows_affected == 1)
}

/// How many there are.
pub(crate) async fn touched_count(on: &impl ConnectionTrait) -> Result<u64, Fault> {
    Ok(Entity::find().count(on).await?)
}
