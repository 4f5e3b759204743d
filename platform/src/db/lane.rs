//! Connections kept for writing.
//!
//! The pool of sqlx asks a connection whether it lives every time it is given back, which costs an act a round trip and
//! a task. Here a connection is given back by putting it on a stack, if nothing was going on on it; otherwise it is
//! closed, and the server undoes what was not committed. On SQLite there is one, so writers take turns in the order
//! they came.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures::{Stream, StreamExt};
use sea_orm::sea_query::Values;
use sea_orm::sqlx::postgres::{PgConnectOptions, PgConnection};
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sea_orm::sqlx::{self, Connection, Either};
use sea_orm::{ConnAcquireErr, DbErr, ExecResult, QueryResult, RuntimeErr, Statement};
use sea_query_sqlx::SqlxValues;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::open::{STALE, prepare_postgres};
use crate::fault::database::is_suspect;
use crate::telemetry::figures;

/// Where new connections come from.
pub(super) enum Way {
    Postgres(Box<PgConnectOptions>),
    Sqlite(Box<SqliteConnectOptions>),
}

pub(super) struct Lane {
    way: Way,
    turns: Arc<Semaphore>,
    idle: Mutex<Vec<Idle>>,
    /// Longest wait for a turn, and then for a connection.
    patience: Duration,
}

enum Raw {
    Postgres(Box<PgConnection>),
    Sqlite(Box<SqliteConnection>),
}

struct Idle {
    raw: Raw,
    since: Instant,
}

impl Lane {
    pub(super) fn new(way: Way, connections: u32, patience: Duration) -> Arc<Self> {
        let turns = Arc::new(Semaphore::new(connections as usize));
        Arc::new(Self { way, turns, idle: Mutex::default(), patience })
    }

    /// A connection, when it is one's turn: the one given back last, if it lives, or a new one.
    pub(super) async fn lease(self: &Arc<Self>) -> Result<Lease, DbErr> {
        let waiting = Instant::now();
        let lease = self.next_lease().await;
        figures::took(figures::WRITE_WAIT, waiting.elapsed());
        lease
    }

    async fn next_lease(self: &Arc<Self>) -> Result<Lease, DbErr> {
        let turn = tokio::time::timeout(self.patience, self.turns.clone().acquire_owned()).await;
        let turn = turn.map_err(|_| timeout())?.map_err(|_| closed())?;
        loop {
            let idle = self.idle().pop();
            let Some(mut idle) = idle else { break };
            let rested = idle.since.elapsed();
            if (rested < STALE && !is_suspect(rested)) || idle.raw.lives().await {
                return Ok(Lease { raw: Some(idle.raw), lane: self.clone(), fit: true, _turn: turn });
            }
        }
        let raw = tokio::time::timeout(self.patience, self.connect()).await;
        let raw = raw.map_err(|_| timeout())?.map_err(|cause| DbErr::Conn(RuntimeErr::SqlxError(cause.into())))?;
        Ok(Lease { raw: Some(raw), lane: self.clone(), fit: true, _turn: turn })
    }

    async fn connect(&self) -> Result<Raw, sqlx::Error> {
        match &self.way {
            Way::Sqlite(options) => Ok(Raw::Sqlite(Box::new(SqliteConnection::connect_with(options).await?))),
            Way::Postgres(options) => {
                let mut connection = PgConnection::connect_with(options).await?;
                prepare_postgres(&mut connection).await?;
                Ok(Raw::Postgres(Box::new(connection)))
            }
        }
    }

    /// Waits until every connection has been given back, closes them, and gives out no more.
    pub(super) async fn close(&self) {
        self.turns.close();
        let idle = std::mem::take(&mut *self.idle());
        for connection in idle {
            // Every commit was durable when it was acknowledged; a failure to say goodbye changes nothing.
            let _ = match connection.raw {
                Raw::Postgres(connection) => connection.close().await,
                Raw::Sqlite(connection) => connection.close().await,
            };
        }
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Idle>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Raw {
    async fn lives(&mut self) -> bool {
        match self {
            Self::Postgres(connection) => connection.ping().await.is_ok(),
            Self::Sqlite(connection) => connection.ping().await.is_ok(),
        }
    }
}

/// A connection on loan.
pub(super) struct Lease {
    raw: Option<Raw>,
    lane: Arc<Lane>,
    /// Nothing is going on on it: no statement under way, no transaction open.
    pub(super) fit: bool,
    _turn: OwnedSemaphorePermit,
}

impl Lease {
    fn raw(&mut self) -> &mut Raw {
        self.raw.as_mut().expect("a lease has its connection until it is dropped")
    }

    /// Sends a statement and waits for its answer. Meanwhile the connection is not fit: if the act is dropped in the
    /// middle, it is closed. Whether it is fit afterwards is the caller's to say.
    pub(super) async fn run(&mut self, statement: Statement) -> Result<Outcome, DbErr> {
        self.fit = false;
        // SQL comes from query builders and constants of this program; values are bound, never written into it.
        let sql = sqlx::AssertSqlSafe(statement.sql);
        let values = SqlxValues(statement.values.unwrap_or(Values(Vec::new())));
        match self.raw() {
            Raw::Postgres(on) => {
                let answer = sqlx::Executor::fetch_many(&mut **on, sqlx::query_with(sql, values));
                gather::<sqlx::Postgres, _>(answer).await
            }
            Raw::Sqlite(on) => {
                let answer = sqlx::Executor::fetch_many(&mut **on, sqlx::query_with(sql, values));
                gather::<sqlx::Sqlite, _>(answer).await
            }
        }
        .map_err(|cause| DbErr::Query(RuntimeErr::SqlxError(cause.into())))
    }

    /// The same without preparing it; several statements may stand in the text.
    pub(super) async fn run_unprepared(&mut self, sql: &str) -> Result<ExecResult, DbErr> {
        self.fit = false;
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        match self.raw() {
            Raw::Postgres(on) => sqlx::Executor::execute(&mut **on, sql).await.map(Into::into),
            Raw::Sqlite(on) => sqlx::Executor::execute(&mut **on, sql).await.map(Into::into),
        }
        .map_err(|cause| DbErr::Exec(RuntimeErr::SqlxError(cause.into())))
    }
}

/// What a statement did and gave.
pub(super) struct Outcome {
    pub(super) done: ExecResult,
    pub(super) rows: Vec<QueryResult>,
}

async fn gather<DB, S>(mut answer: S) -> Result<Outcome, sqlx::Error>
where
    DB: sqlx::Database,
    DB::QueryResult: Into<ExecResult>,
    DB::Row: Into<QueryResult>,
    S: Stream<Item = Result<Either<DB::QueryResult, DB::Row>, sqlx::Error>> + Unpin,
{
    let mut done = DB::QueryResult::default();
    let mut rows = Vec::new();
    while let Some(part) = answer.next().await {
        match part? {
            // The last one's: SQLite answers a BEGIN with the number of rows of whatever was before it.
            Either::Left(last) => done = last,
            Either::Right(row) => rows.push(row.into()),
        }
    }
    Ok(Outcome { done: done.into(), rows })
}

impl Drop for Lease {
    fn drop(&mut self) {
        if let Some(raw) = self.raw.take().filter(|_| self.fit && !self.lane.turns.is_closed()) {
            self.lane.idle().push(Idle { raw, since: Instant::now() });
        }
    }
}

fn timeout() -> DbErr {
    DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)
}

fn closed() -> DbErr {
    DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed)
}
