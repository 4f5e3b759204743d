//! What a database's error means for the one who asked. Kept apart because it is the only place that knows SQLSTATEs.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use sea_orm::sqlx;
use sea_orm::{DbErr, RuntimeErr};

/// What to do about an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    /// The transaction lost a race; doing all of it again may work.
    Busy,
    /// The database cannot be reached or has gone away.
    Lost,
    /// It is there and answers, but has no room to write.
    Full,
    /// Neither.
    Other,
}

/// When a connection was last found to be dead.
static LAST_LOSS: Mutex<Option<Instant>> = Mutex::new(None);

/// Whether a connection that has been idle for so long was already there when another was found to be dead, and is
/// therefore likely dead itself.
pub(crate) fn is_suspect(idle: Duration) -> bool {
    LAST_LOSS.lock().unwrap_or_else(PoisonError::into_inner).is_some_and(|loss| idle >= loss.elapsed())
}

pub(crate) fn weigh(error: &DbErr) -> Weight {
    let weight = by_error(error);
    if weight == Weight::Lost {
        *LAST_LOSS.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }
    weight
}

fn by_error(error: &DbErr) -> Weight {
    match error {
        DbErr::ConnectionAcquire(_) => Weight::Lost,
        DbErr::Conn(RuntimeErr::SqlxError(cause)) => match weigh_sqlx(cause) {
            Weight::Other => Weight::Lost,
            known => known,
        },
        DbErr::Conn(_) => Weight::Lost,
        DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause)) => weigh_sqlx(cause),
        _ => Weight::Other,
    }
}

fn weigh_sqlx(error: &sqlx::Error) -> Weight {
    match error {
        sqlx::Error::Database(database) => {
            let code = database.code().unwrap_or_default();
            if database.try_downcast_ref::<sqlx::postgres::PgDatabaseError>().is_some() {
                weigh_sqlstate(&code)
            } else {
                weigh_sqlite(&code)
            }
        }
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::BeginFailed => Weight::Lost,
        _ => Weight::Other,
    }
}

/// SQLSTATE, PostgreSQL Appendix A. 40001 is an everyday answer of distributed engines.
fn weigh_sqlstate(code: &str) -> Weight {
    match code {
        // serialization_failure, deadlock_detected, lock_not_available
        "40001" | "40P01" | "55P03" => Weight::Busy,
        // shutdown in its three forms, idle session ended, too many connections, standby that cannot write
        "53100" => Weight::Full, // disk_full
        "57P01" | "57P02" | "57P03" | "57P05" | "25P03" | "53300" | "25006" => Weight::Lost,
        _ if code.starts_with("08") => Weight::Lost,
        _ => Weight::Other,
    }
}

/// Result codes of SQLite; the low byte is the family, the rest says more.
fn weigh_sqlite(code: &str) -> Weight {
    match code.parse::<u32>().map(|code| code & 0xff) {
        // SQLITE_BUSY, SQLITE_LOCKED
        Ok(5 | 6) => Weight::Busy,
        // SQLITE_FULL
        Ok(13) => Weight::Full,
        // SQLITE_IOERR, SQLITE_CANTOPEN
        Ok(10 | 14) => Weight::Lost,
        _ => Weight::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_weighed_as_documented() {
        assert_eq!(weigh_sqlstate("40001"), Weight::Busy);
        assert_eq!(weigh_sqlstate("08006"), Weight::Lost);
        assert_eq!(weigh_sqlstate("53100"), Weight::Full);
        assert_eq!(weigh_sqlstate("23505"), Weight::Other);
        assert_eq!(weigh_sqlite("517"), Weight::Busy, "SQLITE_BUSY_SNAPSHOT");
        assert_eq!(weigh_sqlite("13"), Weight::Full);
        assert_eq!(weigh_sqlite("2067"), Weight::Other, "SQLITE_CONSTRAINT_UNIQUE");
        assert_eq!(weigh_sqlite("778"), Weight::Lost, "SQLITE_IOERR_WRITE");
    }
}
