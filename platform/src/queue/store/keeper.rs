//! What the keeper of the queue asks: counts, lists by keyset, one row with its troubles, and what is done about it.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement};
use uuid::Uuid;

use super::{dead, forget_troubles, row, trouble};
use crate::fault::Fault;
use crate::queue::{Item, Lane, Load, Place, TRIES_MAX, Trouble};

/// How much there is of each lane.
pub(in crate::queue) async fn loads(on: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<Load>, Fault> {
    let empty = |lane| Load { lane, waiting: 0, due: 0, oldest_due: None, dead: 0, oldest_dead: None };
    let mut loads = vec![empty(Lane::Event), empty(Lane::Job)];
    let waiting = "SELECT lane, count(*), count(CASE WHEN due <= $1 THEN 1 END), min(CASE WHEN due <= $1 THEN due END) \
        FROM platform_queue GROUP BY lane";
    for row in
        on.query_all_raw(Statement::from_sql_and_values(on.get_database_backend(), waiting, [now.into()])).await?
    {
        let load = &mut loads[usize::from(row.try_get_by_index::<i16>(0)? != Lane::Event.code())];
        load.waiting = counted(row.try_get_by_index(1)?);
        load.due = counted(row.try_get_by_index(2)?);
        load.oldest_due = row.try_get_by_index(3)?;
    }
    let dead = "SELECT lane, count(*), min(died) FROM platform_dead_letter GROUP BY lane";
    for row in on.query_all_raw(Statement::from_string(on.get_database_backend(), dead)).await? {
        let load = &mut loads[usize::from(row.try_get_by_index::<i16>(0)? != Lane::Event.code())];
        load.dead = counted(row.try_get_by_index(1)?);
        load.oldest_dead = row.try_get_by_index(2)?;
    }
    Ok(loads)
}

fn counted(number: i64) -> u64 {
    number.unsigned_abs()
}

/// What waits, from the most overdue.
pub(in crate::queue) async fn waiting_items(
    on: &impl ConnectionTrait,
    after: Option<(DateTime<Utc>, Uuid)>,
    limit: u64,
) -> Result<Vec<Item>, Fault> {
    let mut asked = row::Entity::find().order_by_asc(row::Column::Due).order_by_asc(row::Column::Id).limit(limit);
    if let Some((due, id)) = after {
        let further = row::Column::Due.eq(due).and(row::Column::Id.gt(id));
        asked = asked.filter(row::Column::Due.gte(due).and(row::Column::Due.gt(due).or(further)));
    }
    Ok(asked.all(on).await?.into_iter().map(waiting_item).collect())
}

/// What was given up, the newest first.
pub(in crate::queue) async fn dead_items(
    on: &impl ConnectionTrait,
    after: Option<(DateTime<Utc>, Uuid)>,
    limit: u64,
) -> Result<Vec<Item>, Fault> {
    let mut asked = dead::Entity::find().order_by_desc(dead::Column::Died).order_by_desc(dead::Column::Id).limit(limit);
    if let Some((died, id)) = after {
        let further = dead::Column::Died.eq(died).and(dead::Column::Id.lt(id));
        asked = asked.filter(dead::Column::Died.lte(died).and(dead::Column::Died.lt(died).or(further)));
    }
    Ok(asked.all(on).await?.into_iter().map(dead_item).collect())
}

/// One row, wherever it lies.
pub(in crate::queue) async fn item(on: &impl ConnectionTrait, id: Uuid) -> Result<Option<Item>, Fault> {
    if let Some(found) = row::Entity::find_by_id(id).one(on).await? {
        return Ok(Some(waiting_item(found)));
    }
    Ok(dead::Entity::find_by_id(id).one(on).await?.map(dead_item))
}

/// What went wrong with it, the last first.
pub(in crate::queue) async fn troubles(on: &impl ConnectionTrait, id: Uuid) -> Result<Vec<Trouble>, Fault> {
    let found = trouble::Entity::find()
        .filter(trouble::Column::Delivery.eq(id))
        .order_by_desc(trouble::Column::At)
        .limit(100)
        .all(on)
        .await?;
    let as_trouble = |row: trouble::Model| Trouble { tries: row.tries.abs(), at: row.at, reason: row.reason };
    Ok(found.into_iter().map(as_trouble).collect())
}

/// Makes a row due now if its last try is known to have failed.
pub(in crate::queue) async fn hurry(on: &impl ConnectionTrait, id: Uuid, now: DateTime<Utc>) -> Result<bool, Fault> {
    let sql = "UPDATE platform_queue SET due = $1 WHERE id = $2 AND EXISTS (SELECT 1 FROM platform_delivery_trouble t \
        WHERE t.delivery = platform_queue.id AND t.tries = platform_queue.tries)";
    let hurry = Statement::from_sql_and_values(on.get_database_backend(), sql, [now.into(), id.into()]);
    Ok(on.execute_raw(hurry).await?.rows_affected() == 1)
}

/// Takes a dead letter away.
pub(in crate::queue) async fn forget_dead(on: &impl ConnectionTrait, id: Uuid) -> Result<bool, Fault> {
    let removed = dead::Entity::delete_by_id(id).exec(on).await?;
    forget_troubles(on, vec![id]).await?;
    Ok(removed.rows_affected == 1)
}

fn waiting_item(row: row::Model) -> Item {
    Item {
        id: row.id,
        lane: Lane::from_code(row.lane),
        place: Place::Waiting,
        topic: row.topic,
        subject: row.subject,
        at: row.at,
        when: row.due,
        tries: row.tries,
        reason: None,
    }
}

fn dead_item(letter: dead::Model) -> Item {
    Item {
        id: letter.id,
        lane: Lane::from_code(letter.lane),
        place: Place::Dead,
        topic: letter.topic,
        subject: letter.subject,
        at: letter.at,
        when: letter.died,
        tries: TRIES_MAX,
        reason: Some(letter.reason),
    }
}
