//! Rows of the lists in all their versions. The one in force has no `until`; nothing is ever deleted.

use std::collections::HashMap;

use platform::Fault;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, LikeExpr};
use sea_orm::{FromQueryResult, IntoActiveModel, QueryOrder, QuerySelect};
use standards::ListKind;

/// Rows a statement: both engines bound the number of parameters.
const BATCH: usize = 500;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "standards_row")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The row, whatever its version; in the order in which rows came to the list.
    pub row: Uuid,
    /// 1, 2, 3 within the row.
    pub version: i32,
    pub list: String,
    /// SM3 of what makes two rows the same matter of the same unit.
    pub identity: String,
    /// SM3 of the body.
    pub digest: String,
    pub authority: Option<String>,
    pub unit: String,
    pub level: Option<String>,
    pub matter: Option<String>,
    pub code: String,
    pub name: String,
    /// The item of the catalogue.
    pub item: Option<String>,
    /// JSON of [`standards::Row`].
    pub body: String,
    /// The file it came in, and the line there; nothing where it follows the catalogue.
    pub batch: Option<Uuid>,
    pub line: Option<i32>,
    pub since: DateTimeUtc,
    pub published_by: String,
    pub until: Option<DateTimeUtc>,
    /// How it ended: `changed` or `withdrawn`.
    pub ended: Option<String>,
    pub reason: Option<String>,
    pub ended_by: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// How a version ended.
pub(crate) const CHANGED: &str = "changed";
pub(crate) const WITHDRAWN: &str = "withdrawn";

/// What publishing must know of a row in force.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct InForce {
    pub id: Uuid,
    pub row: Uuid,
    pub version: i32,
    pub identity: String,
    pub digest: String,
    pub batch: Option<Uuid>,
}

/// What is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub list: Option<ListKind>,
    pub unit: Option<String>,
    pub level: Option<String>,
    pub matter: Option<String>,
    /// Words in name, code or unit.
    pub words: Option<String>,
    pub item: Option<String>,
}

/// Everything in force, by identity.
pub(crate) async fn in_force(on: &impl ConnectionTrait) -> Result<HashMap<String, InForce>, Fault> {
    let columns = [Column::Id, Column::Row, Column::Version, Column::Identity, Column::Digest, Column::Batch];
    let query = Entity::find().filter(Column::Until.is_null()).select_only().columns(columns);
    let rows = query.into_model::<InForce>().all(on).await?;
    Ok(rows.into_iter().map(|row| (row.identity.clone(), row)).collect())
}

/// Adds versions.
pub(crate) async fn row_add(on: &impl ConnectionTrait, rows: Vec<Model>) -> Result<(), Fault> {
    for some in rows.chunks(BATCH) {
        let some = some.iter().cloned().map(IntoActiveModel::into_active_model);
        Entity::insert_many(some).exec_without_returning(on).await?;
    }
    Ok(())
}

/// How versions end.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ending<'e> {
    pub at: DateTimeUtc,
    pub how: &'static str,
    pub by: &'e str,
    pub reason: Option<&'e str>,
}

/// Ends versions that are in force; gives how many were.
pub(crate) async fn row_end(on: &impl ConnectionTrait, ids: &[Uuid], ending: Ending<'_>) -> Result<u64, Fault> {
    let mut ended = 0;
    for some in ids.chunks(BATCH) {
        let update = Entity::update_many()
            .filter(Column::Id.is_in(some.iter().copied()))
            .filter(Column::Until.is_null())
            .col_expr(Column::Until, Expr::value(ending.at))
            .col_expr(Column::Ended, Expr::value(ending.how))
            .col_expr(Column::EndedBy, Expr::value(ending.by))
            .col_expr(Column::Reason, Expr::value(ending.reason));
        ended += update.exec(on).await?.rows_affected;
    }
    Ok(ended)
}

fn wanted(wanted: &Wanted) -> Select<Entity> {
    let mut query = Entity::find().filter(Column::Until.is_null());
    if let Some(list) = wanted.list {
        query = query.filter(Column::List.eq(list.code()));
    }
    let filters = [
        (Column::Unit, &wanted.unit),
        (Column::Level, &wanted.level),
        (Column::Matter, &wanted.matter),
        (Column::Item, &wanted.item),
    ];
    for (column, value) in filters {
        if let Some(value) = value {
            query = query.filter(column.eq(value));
        }
    }
    if let Some(words) = &wanted.words {
        let like = || LikeExpr::new(format!("%{}%", words.replace(['\\', '%', '_'], " ").trim()));
        let any = Column::Name.like(like()).or(Column::Code.like(like())).or(Column::Unit.like(like()));
        query = query.filter(any);
    }
    query
}

/// A page of rows in force, in the order in which they came, after this row.
pub(crate) async fn row_page(
    on: &impl ConnectionTrait,
    asked: &Wanted,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Model>, Fault> {
    let mut query = wanted(asked);
    if let Some(after) = after {
        query = query.filter(Column::Row.gt(after));
    }
    Ok(query.order_by_asc(Column::Row).limit(limit).all(on).await?)
}

/// How many rows in force there are of what is asked for.
pub(crate) async fn row_count(on: &impl ConnectionTrait, asked: &Wanted) -> Result<u64, Fault> {
    Ok(wanted(asked).count(on).await?)
}

/// How many rows in force there are, by list, unit and level.
pub(crate) async fn row_totals(on: &impl ConnectionTrait) -> Result<Vec<(String, String, Option<String>, i64)>, Fault> {
    let query = Entity::find()
        .filter(Column::Until.is_null())
        .select_only()
        .columns([Column::List, Column::Unit, Column::Level])
        .column_as(Column::Id.count(), "rows")
        .group_by(Column::List)
        .group_by(Column::Unit)
        .group_by(Column::Level);
    Ok(query.into_tuple().all(on).await?)
}

/// All versions of a row, newest first.
pub(crate) async fn row_versions(on: &impl ConnectionTrait, row: Uuid) -> Result<Vec<Model>, Fault> {
    Ok(Entity::find().filter(Column::Row.eq(row)).order_by_desc(Column::Version).all(on).await?)
}
