//! Where an act sends its statements.
//!
//! On PostgreSQL the transaction begins with the first statement that writes or locks. Before that a read sees what was
//! committed when it was asked, and inside a transaction at the usual level it would see the same; so an act that reads a
//! case, decides, and leaves its update to the commit needs no BEGIN and no COMMIT of its own: two round trips in all.
//! On SQLite the first statement of any kind begins it, in the same text, because there a read that is followed by a
//! write must hold the lock from the start; and the last text ends with COMMIT.

use std::sync::Arc;

use sea_orm::{ConnAcquireErr, ConnectionTrait, DbBackend, DbErr, ExecResult, QueryResult, Statement};
use sea_orm_migration::async_trait::async_trait;
use tokio::sync::Mutex;

use super::Engine;
use super::lane::{Lane, Lease, Outcome};
use crate::fault::database::{Weight, weigh};
use crate::sealed::{Sealer, Sealing};

/// Dead connections passed over by a first statement; after a restart of the database all of them are dead.
const DEAD_MAX: u32 = 40;
const SQLITE_BEGIN: &str = "BEGIN IMMEDIATE; ";
const SQLITE_COMMIT: &str = "; COMMIT";

/// The connection of one write; see [`Tx::conn`](super::Tx::conn). Any SeaORM query or statement runs on it, one at a time.
pub struct Conn {
    engine: Engine,
    lane: Arc<Lane>,
    sealer: Sealer,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    lease: Option<Lease>,
    begun: bool,
    /// The statement that should have begun the transaction failed, so nobody knows whether there is one.
    spoiled: bool,
}

impl Conn {
    pub(super) fn new(engine: Engine, lane: &Arc<Lane>, sealer: Sealer) -> Self {
        Self { engine, lane: lane.clone(), sealer, state: Mutex::default() }
    }

    /// Whether anything has begun the transaction.
    pub(super) async fn is_begun(&self) -> bool {
        self.state.lock().await.begun
    }

    /// Sends a statement that is a transaction by itself; PostgreSQL only, when nothing has begun one.
    pub(super) async fn run_alone(&self, statement: Statement) -> Result<(), DbErr> {
        let mut state = self.state.lock().await;
        state.lease(&self.lane).await?;
        state.run(statement).await.map(|_| ())
    }

    /// Commits, after a last text if one is given. If that fails nothing is kept, unless the connection was lost.
    pub(super) async fn commit(self, last: Option<Statement>) -> Result<(), DbErr> {
        let text = match (self.engine, last) {
            // In the last text itself, which saves a hop to the thread of the connection.
            (Engine::Sqlite, Some(last)) => Statement { sql: [&last.sql, SQLITE_COMMIT].concat(), ..last },
            (Engine::Postgres, Some(last)) => {
                self.run(last).await?;
                plain(Engine::Postgres, "COMMIT")
            }
            (engine, None) if self.is_begun().await => plain(engine, "COMMIT"),
            (_, None) => return Ok(()),
        };
        let committed = self.run(text).await;
        let mut state = self.state.into_inner();
        match committed {
            Ok(_) => {
                state.begun = false;
                state.set_fit(true);
                Ok(())
            }
            Err(error) => {
                state.rollback().await;
                Err(error)
            }
        }
    }

    /// Undoes what was begun, if anything was.
    pub(super) async fn rollback(self) {
        self.state.into_inner().rollback().await;
    }

    async fn run(&self, statement: Statement) -> Result<Outcome, DbErr> {
        let mut state = self.state.lock().await;
        if state.spoiled {
            return Err(DbErr::Custom("the transaction could not be begun".to_owned()));
        }
        match (self.engine, state.begun) {
            (_, true) => state.run(statement).await,
            (Engine::Sqlite, false) => {
                state.lease(&self.lane).await?;
                state.run_beginning(statement).await
            }
            (Engine::Postgres, false) if is_free(&statement) => self.run_on_a_living_one(&mut state, statement).await,
            (Engine::Postgres, false) => {
                self.begin(&mut state).await?;
                state.run(statement).await
            }
        }
    }

    /// Begins the transaction on PostgreSQL, if nothing has.
    async fn begin(&self, state: &mut State) -> Result<(), DbErr> {
        if !state.begun {
            self.run_on_a_living_one(state, plain(Engine::Postgres, "BEGIN")).await?;
            state.begun = true;
            state.set_fit(false);
        }
        Ok(())
    }

    /// Sends what changes nothing, to another connection if the first turns out to be dead. A server that cannot be
    /// reached at all is told at once: then no connection can be leased.
    async fn run_on_a_living_one(&self, state: &mut State, statement: Statement) -> Result<Outcome, DbErr> {
        let mut dead = 0;
        loop {
            state.lease(&self.lane).await?;
            match state.run(statement.clone()).await {
                Err(error) if dead < DEAD_MAX && weigh(&error) == Weight::Lost => {
                    dead += 1;
                    state.lease = None;
                }
                outcome => return outcome,
            }
        }
    }
}

impl State {
    async fn lease(&mut self, lane: &Arc<Lane>) -> Result<(), DbErr> {
        if self.lease.is_none() {
            self.lease = Some(lane.lease().await?);
        }
        Ok(())
    }

    async fn run(&mut self, statement: Statement) -> Result<Outcome, DbErr> {
        let Some(lease) = &mut self.lease else {
            return Err(DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed));
        };
        let outcome = lease.run(statement).await;
        // What goes back to the lane has certainly no transaction and is certainly alive.
        let lost = outcome.as_ref().err().is_some_and(|error| weigh(error) == Weight::Lost);
        lease.fit = !self.begun && !lost;
        outcome
    }

    /// On SQLite, with the first statement of the act.
    async fn run_beginning(&mut self, statement: Statement) -> Result<Outcome, DbErr> {
        let outcome = self.run(Statement { sql: [SQLITE_BEGIN, &statement.sql].concat(), ..statement }).await;
        self.begun = outcome.is_ok();
        self.spoiled = outcome.is_err();
        self.set_fit(false);
        outcome
    }

    async fn rollback(mut self) {
        if let Some(lease) = &mut self.lease
            && (self.begun || self.spoiled)
        {
            let undone = lease.run_unprepared("ROLLBACK").await;
            // Where beginning itself had failed there is nothing to undo, and SQLite says so. If it fails for another
            // reason the connection is closed, and with it the transaction.
            lease.fit = undone.is_ok();
        }
    }

    fn set_fit(&mut self, fit: bool) {
        self.lease.iter_mut().for_each(|lease| lease.fit = fit);
    }
}

/// Whether a statement for PostgreSQL neither writes nor locks. Anything in doubt does.
fn is_free(statement: &Statement) -> bool {
    let sql = &statement.sql;
    sql.starts_with("SELECT ") && !sql.contains(" FOR ") && !sql.contains(" INTO ")
}

/// A text without values, prepared once like any other.
fn plain(engine: Engine, sql: &str) -> Statement {
    Statement::from_string(engine.backend(), sql)
}

impl Sealing for Conn {
    fn sealer(&self) -> &Sealer {
        &self.sealer
    }
}

#[async_trait]
impl ConnectionTrait for Conn {
    fn get_database_backend(&self) -> DbBackend {
        self.engine.backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        Ok(self.run(statement).await?.done)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        if self.engine == Engine::Sqlite {
            // SQLite prepares anything, several statements in one text as well.
            return self.execute_raw(plain(Engine::Sqlite, sql)).await;
        }
        let mut state = self.state.lock().await;
        self.begin(&mut state).await?;
        match &mut state.lease {
            Some(lease) => lease.run_unprepared(sql).await,
            None => Err(DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed)),
        }
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        Ok(self.run(statement).await?.rows.into_iter().next())
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        Ok(self.run(statement).await?.rows)
    }
}

impl std::fmt::Debug for Conn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Conn")
    }
}
