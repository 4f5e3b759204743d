//! What keeps cases back from the exchange: which cell, and why; never what stands in it.

use chrono::{DateTime, Utc};
use platform::Fault;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{IntoActiveModel, QueryOrder, QuerySelect};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "connect_exchange_defect")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub case_id: Uuid,
    pub project_no: String,
    pub table_name: String,
    pub column_name: String,
    /// Word of [`connect::exchange::Why`].
    pub why: String,
    pub found_at: DateTimeUtc,
    /// When the case was read again without it.
    pub mended_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Adds some.
pub(crate) async fn defect_insert(on: &impl ConnectionTrait, rows: Vec<Model>) -> Result<(), Fault> {
    if !rows.is_empty() {
        let rows = rows.into_iter().map(IntoActiveModel::into_active_model);
        Entity::insert_many(rows).exec_without_returning(on).await?;
    }
    Ok(())
}

/// What keeps a case back now.
pub(crate) async fn defects_of_case(on: &impl ConnectionTrait, case: Uuid) -> Result<Vec<Model>, Fault> {
    let open = Entity::find().filter(Column::CaseId.eq(case)).filter(Column::MendedAt.is_null());
    Ok(open.all(on).await?)
}

/// Writes down that these are mended.
pub(crate) async fn defects_mended(on: &impl ConnectionTrait, ids: Vec<Uuid>, at: DateTime<Utc>) -> Result<(), Fault> {
    if !ids.is_empty() {
        let mended = Entity::update_many().filter(Column::Id.is_in(ids)).col_expr(Column::MendedAt, Expr::value(at));
        mended.exec(on).await?;
    }
    Ok(())
}

/// What keeps cases back now, case by case.
pub(crate) async fn defects_open(on: &impl ConnectionTrait, most: u64) -> Result<Vec<Model>, Fault> {
    let open = Entity::find().filter(Column::MendedAt.is_null());
    Ok(open.order_by_asc(Column::ProjectNo).order_by_asc(Column::Id).limit(most).all(on).await?)
}

/// What kept cases back at a moment, case by case, by id after one of them.
pub(crate) async fn defects_at(
    on: &impl ConnectionTrait,
    at: DateTime<Utc>,
    after: Option<Uuid>,
    most: u64,
) -> Result<Vec<Model>, Fault> {
    let mut asked = Entity::find()
        .filter(Column::FoundAt.lte(at))
        .filter(Column::MendedAt.is_null().or(Column::MendedAt.gt(at)))
        .order_by_asc(Column::Id)
        .limit(most);
    if let Some(after) = after {
        asked = asked.filter(Column::Id.gt(after));
    }
    Ok(asked.all(on).await?)
}

/// How many cases are kept back.
pub(crate) async fn cases_held(on: &impl ConnectionTrait) -> Result<u64, Fault> {
    let open = Entity::find().select_only().column(Column::CaseId).distinct().filter(Column::MendedAt.is_null());
    Ok(open.into_tuple::<Uuid>().all(on).await?.len() as u64)
}
