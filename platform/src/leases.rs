//! Leases in a table: who may do what only one may do at a time, and which servers are there.
//!
//! A lease runs out by itself, so a process that dies need not say so. Advisory locks are not to be had on every engine.

use chrono::TimeDelta;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
use uuid::Uuid;

use crate::db::Database;
use crate::fault::Fault;
use crate::migrate::store::lock;

/// Takes the lease of this name if nobody has it, or if it has run out. Gives whether it was taken.
pub(crate) async fn take(db: &Database, name: &str, holder: Uuid, length: TimeDelta) -> Result<bool, Fault> {
    let now = db.clock().now_utc();
    let take = Query::insert()
        .into_table(lock::Entity)
        .columns([lock::Column::Name, lock::Column::Holder, lock::Column::Until])
        .values_panic([name.into(), holder.into(), (now + length).into()])
        .on_conflict(
            OnConflict::column(lock::Column::Name)
                .update_columns([lock::Column::Holder, lock::Column::Until])
                .action_and_where(Expr::col((lock::Entity, lock::Column::Until)).lt(now))
                .to_owned(),
        )
        .to_owned();
    Ok(db.schema().execute(&take).await?.rows_affected() == 1)
}

/// Lets it last longer. Gives whether the holder still had it.
pub(crate) async fn hold(db: &Database, name: &str, holder: Uuid, length: TimeDelta) -> Result<bool, Fault> {
    let held = lock::Entity::update_many()
        .col_expr(lock::Column::Until, Expr::value(db.clock().now_utc() + length))
        .filter(lock::Column::Name.eq(name))
        .filter(lock::Column::Holder.eq(holder))
        .exec(db.schema())
        .await?;
    Ok(held.rows_affected == 1)
}

/// Gives it back.
pub(crate) async fn free(db: &Database, name: &str, holder: Uuid) -> Result<(), Fault> {
    lock::Entity::delete_many()
        .filter(lock::Column::Name.eq(name))
        .filter(lock::Column::Holder.eq(holder))
        .exec(db.schema())
        .await?;
    Ok(())
}

/// How many leases whose names begin so have not run out.
pub(crate) async fn count(db: &Database, beginning: &str) -> Result<u64, Fault> {
    Ok(lock::Entity::find()
        .filter(lock::Column::Name.starts_with(beginning))
        .filter(lock::Column::Until.gt(db.clock().now_utc()))
        .count(db.schema())
        .await?)
}
