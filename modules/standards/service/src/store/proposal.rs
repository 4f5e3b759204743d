//! Proposals: their facts as JSON, and beside them what lists are read by, derived from the facts alone.

use platform::Fault;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{IntoActiveModel, QueryOrder, QuerySelect};
use standards::proposal::State;

/// Rows a statement: both engines bound the number of parameters.
const BATCH: usize = 500;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "standards_proposal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: String,
    pub item: String,
    /// The item's name and version when it was made.
    pub item_name: String,
    pub version: i32,
    /// A row of the item's materials or a field of its form; empty for the item itself.
    pub part: String,
    pub authority: String,
    /// What the sentence fills in, as JSON.
    pub facts: String,
    /// [`standards::proposal::effect::Effect`] as JSON, of one case.
    pub effect: String,
    /// Cases of the year before.
    pub cases: i64,
    /// [`standards::proposal::Proposal`] as JSON.
    pub body: String,
    pub state: String,
    pub confirm_by: Option<Date>,
    pub implement_by: Option<Date>,
    pub made_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Adds some.
pub(crate) async fn proposal_add(on: &impl ConnectionTrait, rows: Vec<Model>) -> Result<(), Fault> {
    for some in rows.chunks(BATCH) {
        let some = some.iter().cloned().map(IntoActiveModel::into_active_model);
        Entity::insert_many(some).exec_without_returning(on).await?;
    }
    Ok(())
}

/// One proposal; locked until the transaction ends, where `lock` is.
pub(crate) async fn proposal_find(on: &impl ConnectionTrait, id: Uuid, lock: bool) -> Result<Option<Model>, Fault> {
    let mut find = Entity::find_by_id(id);
    if lock {
        find = find.lock_exclusive();
    }
    Ok(find.one(on).await?)
}

/// Which proposals are asked for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wanted<'w> {
    pub authority: Option<&'w str>,
    pub states: &'w [State],
    pub kind: Option<&'w str>,
}

fn wanted(asked: &Wanted<'_>) -> Select<Entity> {
    let mut query = Entity::find();
    if let Some(authority) = asked.authority {
        query = query.filter(Column::Authority.eq(authority));
    }
    if let Some(kind) = asked.kind {
        query = query.filter(Column::Kind.eq(kind));
    }
    if !asked.states.is_empty() {
        query = query.filter(Column::State.is_in(asked.states.iter().map(|state| state.code())));
    }
    query
}

/// A page, oldest first, after this one.
pub(crate) async fn proposal_page(
    on: &impl ConnectionTrait,
    asked: &Wanted<'_>,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Model>, Fault> {
    let mut query = wanted(asked);
    if let Some(after) = after {
        query = query.filter(Column::Id.gt(after));
    }
    Ok(query.order_by_asc(Column::Id).limit(limit).all(on).await?)
}

/// All of them.
pub(crate) async fn proposal_all(on: &impl ConnectionTrait, asked: &Wanted<'_>) -> Result<Vec<Model>, Fault> {
    Ok(wanted(asked).order_by_asc(Column::Id).all(on).await?)
}

/// How many there are, by authority and state.
pub(crate) async fn proposal_totals(on: &impl ConnectionTrait) -> Result<Vec<(String, String, i64)>, Fault> {
    let query = Entity::find()
        .select_only()
        .columns([Column::Authority, Column::State])
        .column_as(Column::Id.count(), "proposals")
        .group_by(Column::Authority)
        .group_by(Column::State);
    Ok(query.into_tuple().all(on).await?)
}

/// Writes its facts as they are now; `false` when somebody changed them meanwhile.
pub(crate) async fn proposal_put(on: &impl ConnectionTrait, row: &Model, before: &str) -> Result<bool, Fault> {
    let update = Entity::update_many()
        .filter(Column::Id.eq(row.id))
        .filter(Column::Body.eq(before))
        .col_expr(Column::Body, Expr::value(row.body.clone()))
        .col_expr(Column::State, Expr::value(row.state.clone()))
        .col_expr(Column::ConfirmBy, Expr::value(row.confirm_by))
        .col_expr(Column::ImplementBy, Expr::value(row.implement_by));
    Ok(update.exec(on).await?.rows_affected == 1)
}
