//! Rows of the exchange as they were put into batches. What they say names people and is sealed.

use platform::Fault;
use platform::sealed::{self, Sealed, Sealing};
use sea_orm::entity::prelude::*;
use sea_orm::{IntoActiveModel, QueryOrder, QuerySelect};

/// Rows a statement: both engines bound the number of parameters.
const BATCH: usize = 100;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "connect_exchange_row")]
pub struct Model {
    /// Grows: of two rows with one guid, the later counts.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub batch: Uuid,
    /// Word of [`connect::exchange::Table`].
    pub table_name: String,
    pub guid: Uuid,
    pub case_id: Uuid,
    /// Word of [`connect::exchange::Operation`].
    pub operation: String,
    /// The cells as JSON.
    pub cells: String,
    pub digest: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Sealed for Entity {
    const SEALED: &'static [Column] = &[Column::Cells];
}

/// A row that was put into a batch, without what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) id: Uuid,
    pub(crate) case: Uuid,
    pub(crate) guid: Uuid,
    pub(crate) table: String,
    pub(crate) operation: String,
    pub(crate) digest: String,
}

/// Adds some.
pub(crate) async fn row_insert(on: &impl Sealing, mut rows: Vec<Model>) -> Result<(), Fault> {
    for row in &mut rows {
        sealed::seal::<Entity>(on.sealer(), row)?;
    }
    for some in rows.chunks(BATCH) {
        let some = some.iter().cloned().map(IntoActiveModel::into_active_model);
        Entity::insert_many(some).exec_without_returning(on).await?;
    }
    Ok(())
}

/// What was told of these cases, in order.
pub(crate) async fn rows_of_cases(on: &impl ConnectionTrait, cases: &[Uuid]) -> Result<Vec<Told>, Fault> {
    let asked = Entity::find()
        .select_only()
        .columns([Column::Id, Column::CaseId, Column::Guid, Column::TableName, Column::Operation, Column::Digest])
        .filter(Column::CaseId.is_in(cases.iter().copied()))
        .order_by_asc(Column::Id);
    let rows: Vec<(Uuid, Uuid, Uuid, String, String, String)> = asked.into_tuple().all(on).await?;
    let told = |(id, case, guid, table, operation, digest)| Told { id, case, guid, table, operation, digest };
    Ok(rows.into_iter().map(told).collect())
}

/// One row, whole.
pub(crate) async fn row_find(on: &impl Sealing, id: Uuid) -> Result<Option<Model>, Fault> {
    let found = Entity::find_by_id(id).one(on).await?;
    sealed::open_one::<Entity>(on.sealer(), found)
}

/// The rows of a table of a batch, by id after one of them.
pub(crate) async fn row_page(
    on: &impl Sealing,
    batch: Uuid,
    table: &str,
    after: Option<Uuid>,
    most: u64,
) -> Result<Vec<Model>, Fault> {
    let own = Entity::find().filter(Column::Batch.eq(batch)).filter(Column::TableName.eq(table));
    let mut asked = own.order_by_asc(Column::Id).limit(most);
    if let Some(after) = after {
        asked = asked.filter(Column::Id.gt(after));
    }
    sealed::open_all::<Entity>(on.sealer(), asked.all(on).await?)
}

/// How many rows of each table and operation a batch has.
pub(crate) async fn row_counts(on: &impl ConnectionTrait, batch: Uuid) -> Result<Vec<(String, String, i64)>, Fault> {
    let counted = Entity::find()
        .select_only()
        .columns([Column::TableName, Column::Operation])
        .column_as(Column::Id.count(), "many")
        .filter(Column::Batch.eq(batch))
        .group_by(Column::TableName)
        .group_by(Column::Operation);
    Ok(counted.into_tuple().all(on).await?)
}

/// How many cases a batch speaks of.
pub(crate) async fn row_cases(on: &impl ConnectionTrait, batch: Uuid) -> Result<u64, Fault> {
    let cases = Entity::find().select_only().column(Column::CaseId).distinct().filter(Column::Batch.eq(batch));
    Ok(cases.into_tuple::<Uuid>().all(on).await?.len() as u64)
}
