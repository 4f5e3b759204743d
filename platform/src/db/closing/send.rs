//! Sending the closing statement, and finding out what had moved when it does not fit.

use sea_orm::{ConnectionTrait, DbErr, RuntimeErr, sqlx};
use uuid::Uuid;

use super::{Batch, Heads, Link, sql};
use crate::db::Conn;
use crate::fault::{DATABASE_BUSY, Fault};
use crate::journal::{self, Head};

/// The closing statement as its own transaction. If it fails because something has moved, it is sent again inside
/// one, which tells what.
pub(super) async fn at_once(conn: Conn, batches: Vec<Batch>) -> Result<Heads, Fault> {
    let Some(batch) = batches.first() else { return Ok(Heads::new()) };
    match conn.run_alone(sql::all_or_nothing(batch)).await {
        Ok(()) => Ok(batch.heads()),
        Err(error) if has_moved(&error) => commit_to_postgres(conn, &batches).await,
        Err(error) => Err(error.into()),
    }
}

/// A place in a chain was taken, or the closing statement failed on purpose because a head or a guarded row had moved:
/// by a division by zero on PostgreSQL, by an overflow on SQLite.
fn has_moved(error: &DbErr) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause))) = error else {
        return false;
    };
    let sqlx::Error::Database(cause) = cause.as_ref() else { return false };
    match cause.code().as_deref() {
        Some("22012") => true,
        Some("23505") => cause.constraint() == Some("platform_journal_pkey"),
        Some("1") => cause.message().contains("integer overflow"),
        Some("1555" | "2067") => cause.message().contains("platform_journal.chain"),
        _ => false,
    }
}

/// Another process may have been there since our last commit to a chain; then the act is done again.
pub(super) async fn commit_to_sqlite(conn: Conn, batches: Vec<Batch>) -> Result<Heads, Fault> {
    let moved = |error: DbErr| if has_moved(&error) { busy() } else { error.into() };
    let heads = batches.iter().flat_map(Batch::heads).collect();
    let Some((last, others)) = batches.split_last() else {
        conn.commit(None).await?;
        return Ok(heads);
    };
    for batch in others {
        if let Err(error) = conn.execute_raw(sql::one_by_one(batch)).await {
            conn.rollback().await;
            return Err(moved(error));
        }
    }
    conn.commit(Some(sql::one_by_one(last))).await.map_err(moved)?;
    Ok(heads)
}

pub(super) async fn commit_to_postgres(conn: Conn, batches: &[Batch]) -> Result<Heads, Fault> {
    let mut heads = Heads::new();
    for batch in batches {
        match send_to_postgres(&conn, batch).await {
            Ok(sent) => heads.extend(sent),
            Err(fault) => {
                conn.rollback().await;
                return Err(fault);
            }
        }
    }
    conn.commit(None).await?;
    Ok(heads)
}

/// Chains that stood elsewhere than we thought are locked, linked anew and sent once more.
async fn send_to_postgres(conn: &Conn, batch: &Batch) -> Result<Heads, Fault> {
    let stood = stood(conn, batch).await?;
    let mut heads = batch.heads();
    if stood.iter().all(|stood| *stood) {
        return Ok(heads);
    }
    let moved: Vec<&Link> = batch.links.iter().zip(stood).filter(|(_, stood)| !stood).map(|(link, _)| link).collect();
    let chains: Vec<Uuid> = moved.iter().map(|link| link.chain).collect();
    let after = journal::store::heads(conn, &chains, true).await?;
    let relinked = moved.into_iter().map(|link| {
        let head = after.get(&link.chain).copied().unwrap_or(Head::START);
        Link::new(link.chain, head, link.rows.clone())
    });
    let again = Batch { links: relinked.collect(), ..Batch::default() };
    if !self::stood(conn, &again).await?.iter().all(|stood| *stood) {
        // Somebody began the same new chain between our two statements.
        return Err(busy());
    }
    heads.retain(|(chain, _)| !chains.contains(chain));
    heads.extend(again.heads());
    Ok(heads)
}

/// Whether each chain stood where we thought, in the order of the links.
async fn stood(conn: &Conn, batch: &Batch) -> Result<Vec<bool>, Fault> {
    let answer = conn.query_one_raw(sql::telling(batch)).await?;
    let answer = answer.ok_or_else(|| Fault::internal("the closing statement answered nothing"))?;
    let touched = |place: usize| answer.try_get_by_index::<i32>(place).map(|touched| touched == 1);
    let guarded = batch.closing.iter().filter(|waiting| waiting.guarded).count();
    for place in 0..guarded {
        if !touched(place)? {
            return Err(busy());
        }
    }
    (guarded..guarded + batch.links.len()).map(|place| Ok(touched(place)?)).collect()
}

fn busy() -> Fault {
    Fault::unavailable(DATABASE_BUSY)
}
