//! Opening the two engines. Writers have connections of their own ([`lane`](super::lane)); on SQLite only one, because
//! its lock is not fair and a deferred transaction that reads before it writes loses.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use sea_orm::sqlx::postgres::{PgConnectOptions, PgConnection};
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::sqlx::{self, ConnectOptions as _};
use sea_orm::{ConnectOptions, DatabaseConnection, DbErr, RuntimeErr};

use super::Engine;
use super::lane::{Lane, Way};
use crate::fault::database::{Weight, is_suspect, weigh};

/// How long a statement of one process waits for the writer of another.
const SQLITE_BUSY: Duration = Duration::from_secs(5);
/// How long a request waits for its turn with SQLite's one writer before it is told to come back.
const TURN: Duration = Duration::from_secs(10);
/// The same for a connection to PostgreSQL; also the time until an absent server is told as such.
const POSTGRES_TURN: Duration = Duration::from_secs(5);
/// A connection unused for so long is asked whether it still lives before it is given out; asking every time would
/// cost a round trip an act.
pub(super) const STALE: Duration = Duration::from_secs(5);
/// PostgreSQL drops a transaction whose process went silent for so long, and with it its locks.
const SILENT_MS: u32 = 60_000;
/// Texts a connection keeps prepared.
const STATEMENTS_PREPARED: usize = 256;
const SQLITE_READERS: u32 = 5;
const POSTGRES_CONNECTIONS: u32 = 16;

/// The database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenFault {
    /// Neither `sqlite:` nor `postgres:`.
    #[error("database URL must begin with sqlite: or postgres://, but it is {0:?}")]
    Scheme(String),
    /// Two connections would see two different databases.
    #[error(
        "an in-memory SQLite database cannot be shared by the writer and the readers; name a file, as in sqlite:data/yimen.db?mode=rwc"
    )]
    InMemory,
    /// The engine said no.
    #[error("cannot open the database: {0}")]
    Engine(#[from] DbErr),
    /// The folder of the file could not be made.
    #[error("cannot make the folder of the database: {0}")]
    Folder(#[from] std::io::Error),
}

/// What opening gives.
pub(super) struct Opened {
    pub(super) engine: Engine,
    pub(super) lane: Arc<Lane>,
    pub(super) reader: DatabaseConnection,
    pub(super) schema: DatabaseConnection,
}

/// Opens everything, and at least one connection, so that a wrong URL is told at once.
pub(super) async fn connect(url: &str, connections: Option<u32>) -> Result<Opened, OpenFault> {
    if url.starts_with("sqlite:") {
        sqlite_in_turn(url, connections.unwrap_or(SQLITE_READERS)).await
    } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
        postgres(url, connections.unwrap_or(POSTGRES_CONNECTIONS)).await
    } else {
        // A URL may hold a password, so only its scheme is repeated.
        let scheme = url.split(':').next().unwrap_or_default();
        Err(OpenFault::Scheme(format!("{scheme}:…")))
    }
}

/// One connection that only reads and leaves the file as it is, for looking at a backup.
pub(super) async fn connect_to_read(url: &str) -> Result<DatabaseConnection, OpenFault> {
    let mut options = plain(url, 1);
    if url.starts_with("sqlite:") {
        options.map_sqlx_sqlite_opts(|options| options.create_if_missing(false).pragma("query_only", "ON"));
    } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
        options.map_sqlx_postgres_opts(postgres_options);
    } else {
        return Err(OpenFault::Scheme(format!("{}:…", url.split(':').next().unwrap_or_default())));
    }
    Ok(sea_orm::Database::connect(options).await?)
}

/// Opens the file, waiting for other processes that are opening it too: turning a new file's journal into a write-ahead
/// log needs the file alone, and SQLite tells whoever comes second at once that it is locked, busy time-out or not.
async fn sqlite_in_turn(url: &str, readers: u32) -> Result<Opened, OpenFault> {
    let since = Instant::now();
    loop {
        match sqlite(url, readers).await {
            Err(OpenFault::Engine(error)) if weigh(&error) == Weight::Busy && since.elapsed() < TURN => {
                tokio::time::sleep(Duration::from_millis(rand::random_range(10..50))).await;
            }
            outcome => return outcome,
        }
    }
}

async fn sqlite(url: &str, readers: u32) -> Result<Opened, OpenFault> {
    let path = url.trim_start_matches("sqlite:").trim_start_matches("//").split('?').next().unwrap_or_default();
    if path.is_empty() || path.contains(":memory:") || url.contains("mode=memory") {
        return Err(OpenFault::InMemory);
    }
    if let Some(folder) = Path::new(path).parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    let writing = url.parse::<SqliteConnectOptions>().map_err(refused)?.disable_statement_logging();
    let lane = Lane::new(Way::Sqlite(Box::new(sqlite_options(writing))), 1, TURN);
    // Opening the writer turns the file's journal into a write-ahead log, which readers cannot do.
    drop(lane.lease().await?);

    let mut options = plain(url, 1);
    options.map_sqlx_sqlite_opts(sqlite_options).connect_lazy(true);
    let schema = sea_orm::Database::connect(options).await?;

    let mut options = plain(url, readers);
    // A pragma and not a read-only open, because after a crash the first reader may have to recover the log.
    options.map_sqlx_sqlite_opts(|options| sqlite_options(options).pragma("query_only", "ON"));
    let reader = sea_orm::Database::connect(options).await?;
    Ok(Opened { engine: Engine::Sqlite, lane, reader, schema })
}

fn sqlite_options(options: SqliteConnectOptions) -> SqliteConnectOptions {
    options
        .journal_mode(SqliteJournalMode::Wal)
        // FULL flushes the log at every commit: an acknowledged act survives a power cut.
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(SQLITE_BUSY)
        .foreign_keys(true)
        .pragma("temp_store", "MEMORY")
        .pragma("journal_size_limit", "67108864")
        .statement_cache_capacity(STATEMENTS_PREPARED)
}

async fn postgres(url: &str, connections: u32) -> Result<Opened, OpenFault> {
    let writing = url.parse::<PgConnectOptions>().map_err(refused)?;
    let writing = postgres_options(writing).disable_statement_logging();
    let lane = Lane::new(Way::Postgres(Box::new(writing)), connections, POSTGRES_TURN);
    drop(lane.lease().await?);

    let mut options = plain(url, connections);
    options.acquire_timeout(POSTGRES_TURN).connect_lazy(true);
    options.map_sqlx_postgres_opts(postgres_options);
    options.map_sqlx_postgres_before_acquire(|connection, met| {
        Box::pin(async move {
            if met.idle_for >= STALE || is_suspect(met.idle_for) {
                sqlx::Connection::ping(connection).await?;
            }
            Ok(true)
        })
    });
    options
        .map_sqlx_postgres_pool_opts(|pool| pool.after_connect(|connection, _| Box::pin(prepare_postgres(connection))));
    let reader = sea_orm::Database::connect(options).await?;
    Ok(Opened { engine: Engine::Postgres, lane, schema: reader.clone(), reader })
}

fn postgres_options(options: PgConnectOptions) -> PgConnectOptions {
    options.application_name("yimen").statement_cache_capacity(STATEMENTS_PREPARED)
}

/// What is said to each new connection.
pub(super) async fn prepare_postgres(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    let limit = format!("SET idle_in_transaction_session_timeout = {SILENT_MS}");
    sqlx::Executor::execute(connection, sqlx::AssertSqlSafe(limit)).await.map(|_| ())
}

fn refused(cause: sqlx::Error) -> DbErr {
    DbErr::Conn(RuntimeErr::SqlxError(cause.into()))
}

fn plain(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(0)
        .acquire_timeout(TURN)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .sqlx_logging(false)
        .record_stmt_in_spans(false);
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_wrong_url_is_told_without_its_password() {
        let fault = connect("mysql://root:secret@db/x", None).await.err().unwrap().to_string();
        assert!(fault.contains("mysql:") && !fault.contains("secret"), "{fault}");
        for url in ["sqlite::memory:", "sqlite:x.db?mode=memory", "sqlite:"] {
            assert!(matches!(connect(url, None).await, Err(OpenFault::InMemory)), "{url}");
        }
    }
}
