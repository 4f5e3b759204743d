//! The database: SQLite in a file, or PostgreSQL by URL; one code base, one way to write.
//!
//! Reading goes through [`Database::reader`]. Writing goes through [`Database::write`] and nothing else: it begins the
//! transaction rightly on both engines, does the act again when the database asks for that, and puts journal, events
//! and work for later into the same commit.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, IsolationLevel, Statement,
    TransactionOptions, TransactionTrait,
};
use tokio::sync::Notify;

use crate::clock::Clock;
use crate::fault::Fault;
use crate::ids::Ids;
use crate::sealed::Sealer;

mod closing;
mod conn;
mod heads;
mod lane;
mod open;
mod reader;
mod tx;
mod write;

pub use closing::Closing;
pub use conn::Conn;
pub use open::OpenFault;
pub use reader::Reader;
pub use tx::Tx;
pub use write::Patience;

/// Which of the two engines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// SQLite, embedded.
    Sqlite,
    /// PostgreSQL 15 or later, or an engine that speaks like it.
    Postgres,
}

impl Engine {
    /// The name SeaORM has for it.
    pub fn backend(self) -> DbBackend {
        match self {
            Self::Sqlite => DbBackend::Sqlite,
            Self::Postgres => DbBackend::Postgres,
        }
    }
}

/// An open database. Cheap to clone; clones share the connections.
#[derive(Clone)]
pub struct Database {
    pub(crate) inner: Arc<Inner>,
    pub(crate) clock: Clock,
    pub(crate) ids: Ids,
    reader: Reader,
    patience: Patience,
}

pub(crate) struct Inner {
    engine: Engine,
    lane: Arc<lane::Lane>,
    /// For migrations, which want a connection of SeaORM's own.
    schema: DatabaseConnection,
    pub(crate) heads: heads::Heads,
    /// Rung after a commit that left events or work that is due, so that the dispatcher need not wait for its next round.
    pub(crate) left_work: Notify,
}

impl Database {
    /// Opens `sqlite:PATH?mode=rwc` or `postgres://…` with the machine's clock. SQLite gets one writer and five readers,
    /// PostgreSQL up to sixteen of each. Runs no migrations.
    ///
    /// # Errors
    /// [`OpenFault`], in words for the person who starts the server.
    pub async fn open(url: &str) -> Result<Self, OpenFault> {
        Self::open_with(url, None).await
    }

    /// As [`Database::open`], with so many readers, and on PostgreSQL so many writers.
    pub async fn open_with(url: &str, connections: Option<u32>) -> Result<Self, OpenFault> {
        let open::Opened { engine, lane, reader, schema } = open::connect(url, connections).await?;
        let inner = Inner { engine, lane, schema, heads: heads::Heads::default(), left_work: Notify::new() };
        let reader = Reader::new(reader);
        let (clock, ids, patience) = (Clock::System, Ids::random(), Patience::default());
        Ok(Self { inner: Arc::new(inner), clock, ids, reader, patience })
    }

    /// One connection to a database that nothing is done to: no migration, no change of a file, for looking at a backup.
    ///
    /// # Errors
    /// [`OpenFault`].
    pub async fn connect_to_read(url: &str) -> Result<DatabaseConnection, OpenFault> {
        open::connect_to_read(url).await
    }

    /// The same database with another clock.
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// The same database with another source of identifiers.
    pub fn with_ids(mut self, ids: Ids) -> Self {
        self.ids = ids;
        self
    }

    /// The same database with what seals and opens what it keeps about persons.
    pub fn with_sealer(mut self, sealer: Sealer) -> Self {
        self.reader = self.reader.with_sealer(sealer);
        self
    }

    /// The same database with more or less patience for lost races.
    pub fn with_patience(mut self, patience: Patience) -> Self {
        self.patience = patience;
        self
    }

    /// Which engine.
    pub fn engine(&self) -> Engine {
        self.inner.engine
    }

    /// The clock it stamps rows with.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Connections for reading. On SQLite they refuse to write.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// A transaction that sees one moment and changes nothing. SQLite's readers do so by nature, from their first look on.
    ///
    /// # Errors
    /// [`Fault::Unavailable`] when the database is away.
    pub(crate) async fn snapshot(&self) -> Result<DatabaseTransaction, Fault> {
        snapshot(self.reader.connection()).await
    }

    /// A connection that may change the schema.
    pub(crate) fn schema(&self) -> &DatabaseConnection {
        &self.inner.schema
    }

    /// Asks the database whether it is there, for the health page.
    ///
    /// # Errors
    /// [`Fault::Unavailable`] when it is not, within two seconds.
    pub async fn ping(&self) -> Result<(), Fault> {
        let ask = Statement::from_string(self.engine().backend(), "SELECT 1");
        match tokio::time::timeout(Duration::from_secs(2), self.reader().query_one_raw(ask)).await {
            Ok(answer) => answer.map(|_| ()).map_err(Fault::from),
            Err(_) => Err(Fault::unavailable(crate::fault::DATABASE)),
        }
    }

    /// Closes all connections; on SQLite this also folds the write-ahead log into the file.
    pub async fn close(&self) {
        // A failure to close is of no use to anybody any more: every commit was durable when it was acknowledged.
        let _ = self.reader.connection().clone().close().await;
        let _ = self.inner.schema.clone().close().await;
        self.inner.lane.close().await;
    }
}

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Database({:?})", self.engine())
    }
}

/// A transaction of this connection that sees one moment. SQLite's readers do so by nature.
///
/// # Errors
/// [`Fault::Unavailable`] when the database is away.
pub(crate) async fn snapshot(reader: &DatabaseConnection) -> Result<DatabaseTransaction, Fault> {
    let options = match reader.get_database_backend() {
        DbBackend::Postgres => TransactionOptions {
            isolation_level: Some(IsolationLevel::RepeatableRead),
            access_mode: Some(AccessMode::ReadOnly),
            ..TransactionOptions::default()
        },
        _ => TransactionOptions::default(),
    };
    Ok(reader.begin_with_options(options).await?)
}
