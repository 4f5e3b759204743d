//! Deliveries: what was or is to be sent, in the order of its subscription, and how the last try ended.

use chrono::{DateTime, Utc};
use connect::Outcome;
use platform::Fault;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{IntoActiveModel, QueryOrder, QuerySelect};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "connect_delivery")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub subscription: Uuid,
    /// 1, 2, 3 without gaps within the subscription.
    pub number: i64,
    /// The event it tells of.
    pub source: Uuid,
    pub topic: String,
    pub payload: String,
    pub at: DateTimeUtc,
    pub tries: i32,
    pub tried_at: Option<DateTimeUtc>,
    pub outcome: Option<String>,
    pub status: Option<i32>,
    pub took_ms: Option<i32>,
    pub taken_at: Option<DateTimeUtc>,
    pub given_up_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// How one try went.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Try {
    pub(crate) at: DateTime<Utc>,
    pub(crate) outcome: Outcome,
    pub(crate) status: Option<u16>,
    pub(crate) took_ms: i32,
    pub(crate) given_up: bool,
}

/// Adds one.
pub(crate) async fn delivery_insert(on: &impl ConnectionTrait, row: Model) -> Result<(), Fault> {
    Entity::insert(row.into_active_model()).exec_without_returning(on).await?;
    Ok(())
}

/// Whether the event is to be told to the subscription already.
pub(crate) async fn delivery_known(on: &impl ConnectionTrait, subscription: Uuid, source: Uuid) -> Result<bool, Fault> {
    let known = Entity::find().filter(Column::Subscription.eq(subscription)).filter(Column::Source.eq(source));
    Ok(known.one(on).await?.is_some())
}

/// One delivery.
pub(crate) async fn delivery_find(on: &impl ConnectionTrait, id: Uuid) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(id).one(on).await?)
}

/// Deliveries of a subscription, the newest first, before a number.
pub(crate) async fn delivery_list(
    on: &impl ConnectionTrait,
    subscription: Uuid,
    before: Option<i64>,
    most: u64,
) -> Result<Vec<Model>, Fault> {
    let mut asked =
        Entity::find().filter(Column::Subscription.eq(subscription)).order_by_desc(Column::Number).limit(most);
    if let Some(before) = before {
        asked = asked.filter(Column::Number.lt(before));
    }
    Ok(asked.all(on).await?)
}

/// Deliveries of a subscription from a number on, the oldest first; with `open` only those nobody has taken.
pub(crate) async fn delivery_from(
    on: &impl ConnectionTrait,
    subscription: Uuid,
    from: i64,
    open: bool,
    most: u64,
) -> Result<Vec<Model>, Fault> {
    let mut asked = Entity::find()
        .filter(Column::Subscription.eq(subscription))
        .filter(Column::Number.gte(from))
        .order_by_asc(Column::Number)
        .limit(most);
    if open {
        asked = asked.filter(Column::TakenAt.is_null()).filter(Column::GivenUpAt.is_null());
    }
    Ok(asked.all(on).await?)
}

/// Writes down how a try went.
pub(crate) async fn delivery_tried(on: &impl ConnectionTrait, row: &Model, one: Try) -> Result<(), Fault> {
    let taken = (one.outcome == Outcome::Taken).then_some(one.at);
    of(row.id)
        .col_expr(Column::Tries, Expr::value(row.tries + 1))
        .col_expr(Column::TriedAt, Expr::value(one.at))
        .col_expr(Column::Outcome, Expr::value(one.outcome.code()))
        .col_expr(Column::Status, Expr::value(one.status.map(i32::from)))
        .col_expr(Column::TookMs, Expr::value(one.took_ms))
        .col_expr(Column::TakenAt, Expr::value(taken))
        .col_expr(Column::GivenUpAt, Expr::value(one.given_up.then_some(one.at)))
        .exec(on)
        .await?;
    Ok(())
}

/// Has one begin anew.
pub(crate) async fn delivery_anew(on: &impl ConnectionTrait, id: Uuid) -> Result<(), Fault> {
    of(id)
        .col_expr(Column::Tries, Expr::value(0))
        .col_expr(Column::TakenAt, Expr::value(Option::<DateTime<Utc>>::None))
        .col_expr(Column::GivenUpAt, Expr::value(Option::<DateTime<Utc>>::None))
        .exec(on)
        .await?;
    Ok(())
}

fn of(id: Uuid) -> sea_orm::UpdateMany<Entity> {
    Entity::update_many().filter(Column::Id.eq(id))
}
