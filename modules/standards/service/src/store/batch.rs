//! Files that were brought in: the table as it was, which of its columns is what, and what became of it.

use platform::Fault;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{FromQueryResult, IntoActiveModel, Iterable, QueryOrder, QuerySelect};
use standards::Sheet;
use standards::mapping::Mapping;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "standards_batch")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The file's name.
    pub file: String,
    /// On which list rows are that do not say it.
    pub list: String,
    /// JSON of [`standards::Sheet`].
    pub sheet: String,
    /// JSON of [`standards::mapping::Mapping`].
    pub mapping: String,
    pub rows: i32,
    pub brought_at: DateTimeUtc,
    /// The name of whoever brought it.
    pub brought_by: String,
    pub published_at: Option<DateTimeUtc>,
    pub published_by: Option<String>,
    /// What publishing did, in rows.
    pub added: Option<i32>,
    pub changed: Option<i32>,
    pub unchanged: Option<i32>,
    /// Rows with errors, which stayed behind.
    pub left_out: Option<i32>,
    pub dropped_at: Option<DateTimeUtc>,
    /// The authority that brought it; the standards office's where there is none.
    pub authority: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A batch as it stands: all but its table.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Line {
    pub id: Uuid,
    pub file: String,
    pub list: String,
    pub rows: i32,
    pub brought_at: DateTimeUtc,
    pub brought_by: String,
    pub published_at: Option<DateTimeUtc>,
    pub published_by: Option<String>,
    pub added: Option<i32>,
    pub changed: Option<i32>,
    pub unchanged: Option<i32>,
    pub left_out: Option<i32>,
    pub dropped_at: Option<DateTimeUtc>,
    pub authority: Option<String>,
}

impl Line {
    /// Whether it is this authority's; whoever sees all has none.
    pub(crate) fn is_of(&self, own: Option<&str>) -> bool {
        own.is_none() || self.authority.as_deref() == own
    }

    /// Whether nothing has become of it yet.
    pub(crate) fn is_open(&self) -> bool {
        self.published_at.is_none() && self.dropped_at.is_none()
    }
}

/// Adds one.
pub(crate) async fn batch_add(on: &impl ConnectionTrait, batch: Model) -> Result<(), Fault> {
    Entity::insert(batch.into_active_model()).exec_without_returning(on).await?;
    Ok(())
}

/// One batch, without its table.
pub(crate) async fn batch_find(on: &impl ConnectionTrait, id: Uuid) -> Result<Option<Line>, Fault> {
    Ok(lines().filter(Column::Id.eq(id)).into_model::<Line>().one(on).await?)
}

/// The newest ones of an authority, or of all, without their tables.
pub(crate) async fn batch_list(on: &impl ConnectionTrait, own: Option<&str>, limit: u64) -> Result<Vec<Line>, Fault> {
    let lines = own.map_or_else(lines, |own| lines().filter(Column::Authority.eq(own)));
    Ok(lines.order_by_desc(Column::Id).limit(limit).into_model::<Line>().all(on).await?)
}

fn lines() -> Select<Entity> {
    let columns = Column::iter().filter(|column| !matches!(column, Column::Sheet | Column::Mapping));
    Entity::find().select_only().columns(columns)
}

/// The table of a batch, and which of its columns is what.
pub(crate) async fn batch_table(on: &impl ConnectionTrait, id: Uuid) -> Result<Option<(Sheet, Mapping)>, Fault> {
    let columns = [Column::Sheet, Column::Mapping];
    let found = Entity::find_by_id(id).select_only().columns(columns).into_tuple::<(String, String)>().one(on).await?;
    let Some((sheet, mapping)) = found else { return Ok(None) };
    Ok(Some((serde_json::from_str(&sheet)?, serde_json::from_str(&mapping)?)))
}

/// Says anew which column is what; `false` when something became of the batch meanwhile.
pub(crate) async fn batch_map(on: &impl ConnectionTrait, id: Uuid, list: &str, mapping: String) -> Result<bool, Fault> {
    let update = open(id).col_expr(Column::Mapping, Expr::value(mapping)).col_expr(Column::List, Expr::value(list));
    Ok(update.exec(on).await?.rows_affected == 1)
}

/// Drops it; `false` when something became of it already.
pub(crate) async fn batch_drop(on: &impl ConnectionTrait, id: Uuid, at: DateTimeUtc) -> Result<bool, Fault> {
    Ok(open(id).col_expr(Column::DroppedAt, Expr::value(at)).exec(on).await?.rows_affected == 1)
}

/// What publishing did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub added: usize,
    pub changed: usize,
    pub unchanged: usize,
    pub left_out: usize,
}

/// Notes that it is published; `false` when something became of it already.
pub(crate) async fn batch_published(
    on: &impl ConnectionTrait,
    id: Uuid,
    (at, by): (DateTimeUtc, &str),
    counts: Counts,
) -> Result<bool, Fault> {
    let number = |count: usize| Expr::value(i32::try_from(count).unwrap_or(i32::MAX));
    let update = open(id)
        .col_expr(Column::PublishedAt, Expr::value(at))
        .col_expr(Column::PublishedBy, Expr::value(by))
        .col_expr(Column::Added, number(counts.added))
        .col_expr(Column::Changed, number(counts.changed))
        .col_expr(Column::Unchanged, number(counts.unchanged))
        .col_expr(Column::LeftOut, number(counts.left_out));
    Ok(update.exec(on).await?.rows_affected == 1)
}

/// An update of a batch of which nothing has become yet.
fn open(id: Uuid) -> sea_orm::UpdateMany<Entity> {
    Entity::update_many()
        .filter(Column::Id.eq(id))
        .filter(Column::PublishedAt.is_null())
        .filter(Column::DroppedAt.is_null())
}
