//! The queue's tables: what waits, what was given up, and what listeners have handled.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Statement, Value,
};
use uuid::Uuid;

use super::{DeadLetter, Delivery, Lane, NewRow};
use crate::db::Engine;
use crate::fault::Fault;

pub(super) mod keeper;

/// What waits.
pub(crate) mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "platform_queue")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub lane: i16,
        pub topic: String,
        pub subject: String,
        pub payload: String,
        pub at: DateTimeUtc,
        /// When it may be claimed; a claimed row is due again when its lease ends.
        pub due: DateTimeUtc,
        pub tries: i32,
        pub job_key: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What was given up.
pub(crate) mod dead {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "platform_dead_letter")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub lane: i16,
        pub topic: String,
        pub subject: String,
        pub payload: String,
        pub at: DateTimeUtc,
        pub died: DateTimeUtc,
        pub reason: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What listeners have handled.
pub(crate) mod handled {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "platform_handled")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub listener: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub delivery: Uuid,
        pub at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What went wrong with rows that are still here, try by try.
pub(crate) mod trouble {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "platform_delivery_trouble")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub delivery: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub at: DateTimeUtc,
        /// Which try; negative for tries before it was revived.
        #[sea_orm(primary_key, auto_increment = false)]
        pub tries: i32,
        pub reason: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Beginning of the statement that adds rows; [`values`] gives them in this order.
pub(crate) const INSERT: &str =
    "INSERT INTO platform_queue (id, lane, topic, subject, payload, at, due, tries, job_key)";

/// Its end: a job with the key of a waiting one takes its place, under a new id, so that a worker
/// busy with the old one cannot settle the new one.
pub(crate) const REPLACE: &str = "ON CONFLICT (job_key) WHERE job_key IS NOT NULL DO UPDATE SET id = excluded.id, topic = excluded.topic, \
    subject = excluded.subject, payload = excluded.payload, at = excluded.at, due = excluded.due, tries = 0";

/// One row's values in the order of [`INSERT`].
pub(crate) fn values(row: &NewRow) -> Vec<Value> {
    vec![
        row.id.into(),
        row.lane.code().into(),
        row.topic.clone().into(),
        row.subject.clone().into(),
        row.payload.clone().into(),
        row.at.into(),
        row.due.into(),
        0i32.into(),
        row.key.clone().into(),
    ]
}

/// Claims up to `limit` due rows until `until`.
pub(crate) async fn claim(
    on: &impl ConnectionTrait,
    engine: Engine,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Delivery>, Fault> {
    let skip = match engine {
        Engine::Sqlite => "",
        Engine::Postgres => " FOR UPDATE SKIP LOCKED",
    };
    let sql = format!(
        "UPDATE platform_queue SET due = $1, tries = tries + 1 WHERE id IN \
         (SELECT id FROM platform_queue WHERE due <= $2 ORDER BY due, id LIMIT $3{skip}) \
         RETURNING id, lane, topic, subject, payload, at, due, tries, job_key"
    );
    let claim = Statement::from_sql_and_values(engine.backend(), sql, [until.into(), now.into(), limit.into()]);
    let rows = on.query_all_raw(claim).await?;
    let mut rows = rows.iter().map(|row| row::Model::from_query_result(row, "")).collect::<Result<Vec<_>, _>>()?;
    // RETURNING promises no order; ids grow with time, so this is the order of the commits as far as one knows it.
    rows.sort_by_key(|row| row.id);
    Ok(rows.into_iter().map(as_delivery).collect())
}

/// Takes away rows that are done, each only if it has not been claimed by another since.
pub(crate) async fn settle(on: &impl ConnectionTrait, done: &[(Uuid, i32)]) -> Result<(), Fault> {
    let mine = done.iter().fold(sea_orm::Condition::any(), |any, (id, tries)| {
        any.add(row::Column::Id.eq(*id).and(row::Column::Tries.eq(*tries)))
    });
    if !done.is_empty() {
        row::Entity::delete_many().filter(mine).exec(on).await?;
    }
    // Nearly everything goes well the first time and has left no trouble.
    let troubled: Vec<Uuid> = done.iter().filter(|(_, tries)| *tries > 1).map(|(id, _)| *id).collect();
    if !troubled.is_empty() {
        forget_troubles(on, troubled).await?;
    }
    Ok(())
}

/// Gives rows back that were claimed and not begun: they are due as before, and the try does not count.
pub(crate) async fn give_back(
    on: &impl ConnectionTrait,
    claimed: &[(Uuid, i32)],
    due: DateTime<Utc>,
) -> Result<(), Fault> {
    for (id, tries) in claimed {
        row::Entity::update_many()
            .col_expr(row::Column::Due, Expr::value(due))
            .col_expr(row::Column::Tries, Expr::value(tries - 1))
            .filter(row::Column::Id.eq(*id))
            .filter(row::Column::Tries.eq(*tries))
            .exec(on)
            .await?;
    }
    Ok(())
}

/// Writes down what went wrong, if the row is still ours.
pub(crate) async fn note_trouble(
    on: &impl ConnectionTrait,
    failed: &Delivery,
    at: DateTime<Utc>,
    reason: String,
) -> Result<(), Fault> {
    let mark = Query::insert()
        .into_table(trouble::Entity)
        .columns([trouble::Column::Delivery, trouble::Column::At, trouble::Column::Tries, trouble::Column::Reason])
        .values_panic([failed.id.into(), at.into(), failed.tries.into(), reason.into()])
        .on_conflict(
            OnConflict::columns([trouble::Column::Delivery, trouble::Column::At, trouble::Column::Tries])
                .do_nothing()
                .to_owned(),
        )
        .to_owned();
    on.execute(&mark).await?;
    Ok(())
}

async fn forget_troubles(on: &impl ConnectionTrait, of: Vec<Uuid>) -> Result<(), Fault> {
    trouble::Entity::delete_many().filter(trouble::Column::Delivery.is_in(of)).exec(on).await?;
    Ok(())
}

/// Puts a failed row back, to be tried again at `due`.
pub(crate) async fn put_back(on: &impl ConnectionTrait, failed: &Delivery, due: DateTime<Utc>) -> Result<(), Fault> {
    row::Entity::update_many()
        .col_expr(row::Column::Due, Expr::value(due))
        .filter(row::Column::Id.eq(failed.id))
        .filter(row::Column::Tries.eq(failed.tries))
        .exec(on)
        .await?;
    Ok(())
}

/// Moves a row that was tried too often to the dead letters, if it is still ours.
pub(crate) async fn give_up(
    on: &impl ConnectionTrait,
    failed: &Delivery,
    died: DateTime<Utc>,
    reason: String,
) -> Result<(), Fault> {
    let removed = row::Entity::delete_many()
        .filter(row::Column::Id.eq(failed.id))
        .filter(row::Column::Tries.eq(failed.tries))
        .exec(on)
        .await?;
    if removed.rows_affected == 0 {
        return Ok(());
    }
    let letter = dead::ActiveModel {
        id: Set(failed.id),
        lane: Set(failed.lane.code()),
        topic: Set(failed.topic.clone()),
        subject: Set(failed.subject.clone()),
        payload: Set(failed.payload.clone()),
        at: Set(failed.at),
        died: Set(died),
        reason: Set(reason),
    };
    dead::Entity::insert(letter).exec_without_returning(on).await?;
    Ok(())
}

/// The dead letters, the newest first.
pub(super) async fn dead_letters(on: &impl ConnectionTrait, limit: u64) -> Result<Vec<DeadLetter>, Fault> {
    let found = dead::Entity::find()
        .order_by_desc(dead::Column::Died)
        .order_by_desc(dead::Column::Id)
        .limit(limit)
        .all(on)
        .await?;
    Ok(found
        .into_iter()
        .map(|letter| DeadLetter {
            id: letter.id,
            lane: Lane::from_code(letter.lane),
            topic: letter.topic,
            subject: letter.subject,
            payload: letter.payload,
            at: letter.at,
            died: letter.died,
            reason: letter.reason,
        })
        .collect())
}

/// Puts a dead letter back into the queue.
pub(super) async fn revive(on: &impl ConnectionTrait, id: Uuid, now: DateTime<Utc>) -> Result<(), Fault> {
    let letter = dead::Entity::find_by_id(id).one(on).await?.ok_or(Fault::NotFound)?;
    dead::Entity::delete_by_id(id).exec(on).await?;
    trouble::Entity::update_many()
        .col_expr(trouble::Column::Tries, Expr::col(trouble::Column::Tries).mul(-1))
        .filter(trouble::Column::Delivery.eq(id))
        .filter(trouble::Column::Tries.gt(0))
        .exec(on)
        .await?;
    let row = row::ActiveModel {
        id: Set(letter.id),
        lane: Set(letter.lane),
        topic: Set(letter.topic),
        subject: Set(letter.subject),
        payload: Set(letter.payload),
        at: Set(letter.at),
        due: Set(now),
        tries: Set(0),
        job_key: Set(None),
    };
    row::Entity::insert(row).exec_without_returning(on).await?;
    Ok(())
}

/// Rows waiting.
pub(super) async fn waiting(on: &impl ConnectionTrait) -> Result<u64, Fault> {
    Ok(row::Entity::find().count(on).await?)
}

/// When the next row falls due.
pub(crate) async fn next_due(on: &impl ConnectionTrait) -> Result<Option<DateTime<Utc>>, Fault> {
    let next = row::Entity::find().order_by_asc(row::Column::Due).limit(1).one(on).await?;
    Ok(next.map(|row| row.due))
}

/// Takes a job back.
pub(crate) async fn remove_by_key(on: &impl ConnectionTrait, key: &str) -> Result<(), Fault> {
    row::Entity::delete_many().filter(row::Column::JobKey.eq(key)).exec(on).await?;
    Ok(())
}

/// Marks a delivery as handled; false if it was marked before.
pub(crate) async fn mark_handled(
    on: &impl ConnectionTrait,
    listener: &str,
    delivery: Uuid,
    at: DateTime<Utc>,
) -> Result<bool, Fault> {
    let mark = Query::insert()
        .into_table(handled::Entity)
        .columns([handled::Column::Listener, handled::Column::Delivery, handled::Column::At])
        .values_panic([listener.into(), delivery.into(), at.into()])
        .on_conflict(
            OnConflict::columns([handled::Column::Listener, handled::Column::Delivery]).do_nothing().to_owned(),
        )
        .to_owned();
    Ok(on.execute(&mark).await?.rows_affected() == 1)
}

/// Forgets marks of deliveries so old that they cannot come again.
pub(crate) async fn forget_marks(on: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<u64, Fault> {
    let forgotten = handled::Entity::delete_many().filter(handled::Column::At.lt(before)).exec(on).await?;
    Ok(forgotten.rows_affected)
}

fn as_delivery(row: row::Model) -> Delivery {
    Delivery {
        id: row.id,
        lane: Lane::from_code(row.lane),
        topic: row.topic,
        subject: row.subject,
        payload: row.payload,
        at: row.at,
        tries: row.tries,
    }
}
