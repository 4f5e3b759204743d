//! Batches of the exchange: at most one is being made, and one that is closed never changes but to say that it was taken.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use platform::Fault;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{IntoActiveModel, QueryOrder, QuerySelect};

/// What stands in the slot of the batch that is being made; of the others nothing.
const OPEN: &str = "open";
/// Who has not been heard of for so long has died: somebody else goes on.
const SILENT_MAX: TimeDelta = TimeDelta::minutes(5);

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "connect_exchange_batch")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// 批次号, `YYYYMMDDNNNN`; none while it is being made.
    pub number: Option<String>,
    pub slot: Option<String>,
    /// Which run works on it.
    pub runner: Uuid,
    pub made_by: String,
    pub made_by_name: String,
    pub begun_at: DateTimeUtc,
    /// When the run was last heard of; none when nobody works on it.
    pub beat_at: Option<DateTimeUtc>,
    pub closed_at: Option<DateTimeUtc>,
    /// Cases with rows in it.
    pub cases: i64,
    /// Cases that were kept back when it was closed.
    pub held: i64,
    /// [`Counts`] as JSON.
    pub counts: String,
    /// When its file was first taken, and by whom.
    pub handed_at: Option<DateTimeUtc>,
    pub handed_by: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Rows by table and operation.
pub(crate) type Counts = BTreeMap<String, BTreeMap<String, i64>>;

/// Begins a batch, or goes on with one whose run has died. None while another run works on one.
pub(crate) async fn batch_begin(
    on: &impl ConnectionTrait,
    (id, runner): (Uuid, Uuid),
    (account, name): (&str, &str),
    now: DateTime<Utc>,
) -> Result<Option<Uuid>, Fault> {
    if let Some(open) = Entity::find().filter(Column::Slot.eq(OPEN)).one(on).await? {
        let dead = Column::BeatAt.is_null().or(Column::BeatAt.lt(now - SILENT_MAX));
        let taken = of(open.id)
            .filter(dead)
            .col_expr(Column::Runner, Expr::value(runner))
            .col_expr(Column::BeatAt, Expr::value(now))
            .exec(on)
            .await?;
        return Ok((taken.rows_affected == 1).then_some(open.id));
    }
    let row = Model {
        id,
        number: None,
        slot: Some(OPEN.to_owned()),
        runner,
        made_by: account.to_owned(),
        made_by_name: name.to_owned(),
        begun_at: now,
        beat_at: Some(now),
        closed_at: None,
        cases: 0,
        held: 0,
        counts: "{}".to_owned(),
        handed_at: None,
        handed_by: None,
    };
    let one = OnConflict::column(Column::Slot).do_nothing().to_owned();
    match Entity::insert(row.into_active_model()).on_conflict(one).exec_without_returning(on).await {
        Ok(rows) => Ok((rows > 0).then_some(id)),
        Err(DbErr::RecordNotInserted) => Ok(None),
        Err(fault) => Err(fault.into()),
    }
}

/// Tells that the run still works on it, and keeps others away until the transaction ends.
///
/// # Errors
/// [`Fault::Conflict`] when it is another's by now.
pub(crate) async fn batch_beat(
    on: &impl ConnectionTrait,
    id: Uuid,
    runner: Uuid,
    at: Option<DateTime<Utc>>,
) -> Result<(), Fault> {
    let own = of(id).filter(Column::Runner.eq(runner)).filter(Column::Slot.eq(OPEN));
    let heard = own.col_expr(Column::BeatAt, Expr::value(at)).exec(on).await?;
    if heard.rows_affected == 1 { Ok(()) } else { Err(Fault::Conflict) }
}

/// Closes it under its number.
pub(crate) async fn batch_close(
    on: &impl ConnectionTrait,
    id: Uuid,
    number: &str,
    (cases, held, counts): (u64, u64, &Counts),
    at: DateTime<Utc>,
) -> Result<(), Fault> {
    of(id)
        .col_expr(Column::Number, Expr::value(number))
        .col_expr(Column::Slot, Expr::value(Option::<String>::None))
        .col_expr(Column::BeatAt, Expr::value(Option::<DateTime<Utc>>::None))
        .col_expr(Column::ClosedAt, Expr::value(at))
        .col_expr(Column::Cases, Expr::value(i64::try_from(cases).map_err(Fault::internal)?))
        .col_expr(Column::Held, Expr::value(i64::try_from(held).map_err(Fault::internal)?))
        .col_expr(Column::Counts, Expr::value(serde_json::to_string(counts)?))
        .exec(on)
        .await?;
    Ok(())
}

/// Takes one away that has no rows.
pub(crate) async fn batch_drop(on: &impl ConnectionTrait, id: Uuid) -> Result<(), Fault> {
    Entity::delete_by_id(id).exec(on).await?;
    Ok(())
}

/// A closed batch by its number.
pub(crate) async fn batch_find(on: &impl ConnectionTrait, number: &str) -> Result<Option<Model>, Fault> {
    Ok(Entity::find().filter(Column::Number.eq(number)).one(on).await?)
}

/// Closed batches, the newest first.
pub(crate) async fn batch_list(on: &impl ConnectionTrait, most: u64) -> Result<Vec<Model>, Fault> {
    let closed = Entity::find().filter(Column::ClosedAt.is_not_null());
    Ok(closed.order_by_desc(Column::Number).limit(most).all(on).await?)
}

/// Closed batches nobody has taken, the oldest first.
pub(crate) async fn batch_waiting(on: &impl ConnectionTrait) -> Result<Vec<Model>, Fault> {
    let waiting = Entity::find().filter(Column::ClosedAt.is_not_null()).filter(Column::HandedAt.is_null());
    Ok(waiting.order_by_asc(Column::Number).all(on).await?)
}

/// Writes down that its file was taken; the first time counts.
pub(crate) async fn batch_handed(
    on: &impl ConnectionTrait,
    id: Uuid,
    account: &str,
    at: DateTime<Utc>,
) -> Result<(), Fault> {
    of(id)
        .filter(Column::HandedAt.is_null())
        .col_expr(Column::HandedAt, Expr::value(at))
        .col_expr(Column::HandedBy, Expr::value(account))
        .exec(on)
        .await?;
    Ok(())
}

fn of(id: Uuid) -> sea_orm::UpdateMany<Entity> {
    Entity::update_many().filter(Column::Id.eq(id))
}
