//! A test body on SQLite and on PostgreSQL, each time with a database of its own.

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use futures::FutureExt;
use sea_orm::{ConnectOptions, ConnectionTrait, Database};
use tempfile::TempDir;
use tokio::sync::OnceCell;
use uuid::Uuid;

use crate::postgres::{Durability, PrivatePostgres};

/// Runs `body` with the URL of an empty SQLite file, then with that of an empty PostgreSQL database.
///
/// # Panics
/// When the body does, and when PostgreSQL is missing, saying how to get it: half a test would be taken for a whole one.
pub async fn each_engine(body: impl AsyncFn(String)) {
    on_sqlite(None, &body).await;
    on_postgres(None, &body).await;
}

/// As [`each_engine`], but with copies of a database that `prepare` (migrations, say) has filled once in this process.
/// Preparations of the same name must be the same. `prepare` should close its connections when it is done.
pub async fn each_engine_from(name: &str, prepare: impl AsyncFn(String), body: impl AsyncFn(String)) {
    let template = sqlite_template(name, &prepare).await;
    on_sqlite(Some(&template), &body).await;
    let template = postgres_template(name, &prepare).await;
    on_postgres(Some(&template), &body).await;
}

/// The folder of the keys that seal what tests write: one for all of this user's tests, since copies of a prepared
/// database are opened with the keys it was prepared with. It stays, and nothing is kept under its keys.
pub fn key_folder() -> PathBuf {
    use std::os::unix::fs::MetadataExt;
    let user = std::fs::metadata("/proc/self").map_or(0, |own| own.uid());
    std::env::temp_dir().join(format!("yimen-test-keys-{user}"))
}

/// Prepared databases of this process: the file or the database name, by engine and name.
static TEMPLATES: LazyLock<Mutex<HashMap<String, Arc<OnceCell<String>>>>> = LazyLock::new(Mutex::default);

fn template_cell(name: String) -> Arc<OnceCell<String>> {
    // A test that panicked while another waited does not make the map worse.
    let mut templates = TEMPLATES.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    templates.entry(name).or_default().clone()
}

async fn on_sqlite(template: Option<&str>, body: &impl AsyncFn(String)) {
    let folder = TempDir::with_prefix("yimen-sqlite-").expect("a folder for the SQLite file");
    let file = folder.path().join("test.db");
    if let Some(template) = template {
        for ending in ["", "-wal"] {
            let from = PathBuf::from(format!("{template}{ending}"));
            if from.exists() {
                std::fs::copy(&from, format!("{}{ending}", file.display())).expect("a copy of the prepared file");
            }
        }
    }
    run("SQLite", body, sqlite_url(&file)).await;
}

async fn on_postgres(template: Option<&str>, body: &impl AsyncFn(String)) {
    let server = PrivatePostgres::shared();
    let name = format!("t{}", Uuid::new_v4().simple());
    create(server, &name, template).await;
    run("PostgreSQL", body, server.url(&name)).await;
    // Only after success: what a failed test left behind stays until the process ends.
    statement(server, &format!("DROP DATABASE {name} WITH (FORCE)")).await.expect("the test's database can be dropped");
}

/// Says on which engine the body failed; the panic itself cannot know.
async fn run(engine: &str, body: &impl AsyncFn(String), url: String) {
    if let Err(panic) = AssertUnwindSafe(body(url)).catch_unwind().await {
        eprintln!("this failed on {engine}");
        std::panic::resume_unwind(panic);
    }
}

async fn sqlite_template(name: &str, prepare: &impl AsyncFn(String)) -> String {
    let cell = template_cell(format!("sqlite/{name}"));
    let file = cell.get_or_init(async || {
        // In the server's folder, because that one is cleared when the process has ended.
        let file = PrivatePostgres::shared().socket_folder().join(format!("{}.db", Uuid::new_v4().simple()));
        prepare(sqlite_url(&file)).await;
        file.display().to_string()
    });
    file.await.clone()
}

async fn postgres_template(name: &str, prepare: &impl AsyncFn(String)) -> String {
    let server = PrivatePostgres::shared();
    let cell = template_cell(format!("postgres/{name}"));
    let database = cell.get_or_init(async || {
        let database = format!("p{}", Uuid::new_v4().simple());
        create(server, &database, None).await;
        prepare(server.url(&database)).await;
        database
    });
    database.await.clone()
}

fn sqlite_url(file: &Path) -> String {
    format!("sqlite:{}?mode=rwc", file.display())
}

async fn create(server: &PrivatePostgres, name: &str, template: Option<&str>) {
    let sql = format!("CREATE DATABASE {name} TEMPLATE {}", template.unwrap_or("template0"));
    // A connection that was just closed may still be seen by the server for a moment.
    for _ in 0..100 {
        match statement(server, &sql).await {
            Ok(()) => return,
            Err(error) if error.to_string().contains("being accessed by other users") => {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            Err(error) => panic!("cannot create a database for the test: {error}"),
        }
    }
    panic!("the preparation did not close its connections to the prepared database");
}

async fn statement(server: &PrivatePostgres, sql: &str) -> Result<(), sea_orm::DbErr> {
    // A connection for each statement, because every test has its own runtime and a connection belongs to one.
    let mut options = ConnectOptions::new(server.url("postgres"));
    options.max_connections(1).sqlx_logging(false);
    let connection = Database::connect(options).await?;
    let outcome = connection.execute_unprepared(sql).await;
    connection.close().await?;
    outcome.map(|_| ())
}

impl PrivatePostgres {
    /// The server of this process for tests: fast, not durable, started at the first call.
    ///
    /// # Panics
    /// When it cannot be started, saying why and what to do.
    pub fn shared() -> &'static Self {
        static SHARED: LazyLock<PrivatePostgres> =
            LazyLock::new(|| PrivatePostgres::start(Durability::Forgetful).unwrap_or_else(|fault| panic!("{fault:#}")));
        &SHARED
    }
}
