//! What was said about revisions inside the office.

use platform::Fault;
use sea_orm::entity::prelude::*;
use sea_orm::{IntoActiveModel, PaginatorTrait, QueryOrder, QuerySelect};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "authoring_remark")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub revision: Uuid,
    pub said: String,
    /// The name of whoever said it.
    pub by: String,
    pub at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Adds one.
pub(crate) async fn remark_add(on: &impl ConnectionTrait, row: Model) -> Result<(), Fault> {
    Entity::insert(row.into_active_model()).exec_without_returning(on).await?;
    Ok(())
}

/// Those about a revision, the oldest first.
pub(crate) async fn remark_list(on: &impl ConnectionTrait, revision: Uuid, limit: u64) -> Result<Vec<Model>, Fault> {
    let query = Entity::find().filter(Column::Revision.eq(revision));
    Ok(query.order_by_asc(Column::Id).limit(limit).all(on).await?)
}

/// How many there are about a revision.
pub(crate) async fn remark_count(on: &impl ConnectionTrait, revision: Uuid) -> Result<u64, Fault> {
    Ok(Entity::find().filter(Column::Revision.eq(revision)).count(on).await?)
}
