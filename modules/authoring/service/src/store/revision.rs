//! Revisions: their facts as JSON, and beside them what lists are read by, derived from the facts alone.

use authoring::{Revision, State};
use platform::Fault;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{IntoActiveModel, QueryOrder, QuerySelect};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "authoring_revision")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub title: String,
    /// The authority whose items it is about; empty for what belongs to the standards office alone.
    pub authority: String,
    /// The release its edits are laid over.
    pub base: Uuid,
    /// JSON of [`authoring::Revision`].
    pub body: String,
    pub state: String,
    /// Last day of its consultation, if the public is or was asked.
    pub last_day: Option<Date>,
    pub opened_at: DateTimeUtc,
    /// The name of whoever opened it.
    pub opened_by: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Its facts.
    pub(crate) fn facts(&self) -> Result<Revision, Fault> {
        Ok(serde_json::from_str(&self.body)?)
    }

    /// Takes over the facts; gives what the row said before.
    pub(crate) fn take(&mut self, facts: &Revision) -> Result<String, Fault> {
        self.state = facts.state().code().to_owned();
        self.last_day = facts.consultation.as_ref().map(|asked| asked.last_day);
        Ok(std::mem::replace(&mut self.body, serde_json::to_string(facts)?))
    }
}

/// Adds one.
pub(crate) async fn revision_add(on: &impl ConnectionTrait, row: Model) -> Result<(), Fault> {
    Entity::insert(row.into_active_model()).exec_without_returning(on).await?;
    Ok(())
}

/// One revision; locked until the transaction ends, where `lock` is.
pub(crate) async fn revision_find(on: &impl ConnectionTrait, id: Uuid, lock: bool) -> Result<Option<Model>, Fault> {
    let mut find = Entity::find_by_id(id);
    if lock {
        find = find.lock_exclusive();
    }
    Ok(find.one(on).await?)
}

/// Those in one of these states, the newest first, before this one; of one authority where it is named.
pub(crate) async fn revision_page(
    on: &impl ConnectionTrait,
    states: &[State],
    authority: Option<&str>,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Model>, Fault> {
    let mut query = Entity::find().filter(Column::State.is_in(states.iter().map(|state| state.code())));
    if let Some(authority) = authority {
        query = query.filter(Column::Authority.eq(authority));
    }
    if let Some(before) = before {
        query = query.filter(Column::Id.lt(before));
    }
    Ok(query.order_by_desc(Column::Id).limit(limit).all(on).await?)
}

/// Those the public is or was asked about, those with the latest last day first.
pub(crate) async fn revision_consulted(on: &impl ConnectionTrait, limit: u64) -> Result<Vec<Model>, Fault> {
    let query = Entity::find().filter(Column::LastDay.is_not_null());
    Ok(query.order_by_desc(Column::LastDay).order_by_desc(Column::Id).limit(limit).all(on).await?)
}

/// Writes its facts as they are now; `false` when somebody changed them meanwhile.
pub(crate) async fn revision_put(on: &impl ConnectionTrait, row: &Model, before: &str) -> Result<bool, Fault> {
    let update = Entity::update_many()
        .filter(Column::Id.eq(row.id))
        .filter(Column::Body.eq(before))
        .col_expr(Column::Body, Expr::value(row.body.clone()))
        .col_expr(Column::State, Expr::value(row.state.clone()))
        .col_expr(Column::Base, Expr::value(row.base))
        .col_expr(Column::LastDay, Expr::value(row.last_day));
    Ok(update.exec(on).await?.rows_affected == 1)
}
