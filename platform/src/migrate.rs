//! How the tables come to be: each module's migrations in order, once, by one process at a time.
//!
//! A lock row with a lease keeps two starting processes apart; advisory locks are not to be had on every engine. Each
//! migration and its bookkeeping row commit together. A database that is newer than the program, or has had other
//! migrations than the program knows, is refused: guessing there would lose somebody's data.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::{ColumnDef, Table};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, EntityTrait, QueryFilter,
    QueryOrder, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::{MigrationTrait, SchemaManager};
use uuid::Uuid;

use crate::db::{Database, Engine};
use crate::fault::Fault;
use crate::leases;

pub(crate) mod store;

use store::applied;

/// The lock's lease; renewed between migrations and, on PostgreSQL, also during one.
const LEASE: TimeDelta = TimeDelta::seconds(30);
/// How long to wait for another process that is migrating.
const WAIT: Duration = Duration::from_secs(120);
const LOCK: &str = "migrate";

/// The migrations of one module, oldest first. Landed ones never change name, place or content.
pub struct Migrations {
    /// The module, as its folder is called.
    pub module: &'static str,
    /// All of them.
    pub list: Vec<Box<dyn MigrationTrait>>,
}

impl Migrations {
    /// The migrations of a module.
    pub fn new(module: &'static str, list: Vec<Box<dyn MigrationTrait>>) -> Self {
        Self { module, list }
    }

    /// The platform's own; [`Database::migrate`] runs them first by itself.
    pub fn platform() -> Self {
        Self::new("platform", crate::migrations::list())
    }
}

/// Makes columns that had a length as long as any text, for a migration. SQLite keeps to no length in the first place.
///
/// # Errors
/// What the engine says.
pub async fn lengthen(manager: &SchemaManager<'_>, table: &'static str, columns: &[&'static str]) -> Result<(), DbErr> {
    if manager.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    let mut change = Table::alter();
    change.table(table);
    for column in columns {
        change.modify_column(ColumnDef::new(*column).text());
    }
    manager.alter_table(change).await
}

/// Why the schema was not brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrateFault {
    /// The database has a migration this program does not know.
    #[error(
        "the database is newer than this program: module {module} has migration {name}, which this program does not know; start the newer program, or restore the older database"
    )]
    Newer {
        /// The module.
        module: String,
        /// The migration.
        name: String,
    },
    /// A migration stands before one that has been run already.
    #[error(
        "module {module}: migration {name} comes before {applied}, which has been run; migrations are only added at the end"
    )]
    Skipped {
        /// The module.
        module: String,
        /// The migration that would be skipped.
        name: String,
        /// The one already run.
        applied: String,
    },
    /// Two migrations of a module, or two modules, bear one name.
    #[error("the name {0} is used twice")]
    Twice(String),
    /// Another process holds the lock and does not finish.
    #[error("another process is changing the schema and has not finished within two minutes")]
    Locked,
    /// Somebody else took the lock because we were too slow.
    #[error("the migration lock was lost; start again")]
    LockLost,
    /// A migration failed; nothing of it was kept.
    #[error("migration {name} of module {module} failed: {cause}")]
    Failed {
        /// The module.
        module: String,
        /// The migration.
        name: String,
        /// What the engine said.
        cause: DbErr,
    },
    /// The database.
    #[error(transparent)]
    Database(#[from] Fault),
}

impl From<DbErr> for MigrateFault {
    fn from(error: DbErr) -> Self {
        Self::Database(error.into())
    }
}

impl Database {
    /// Runs what has not been run, the platform's own first, then set by set as given. Gives the names of what was run.
    ///
    /// # Errors
    /// [`MigrateFault`], in words for the person who starts the server.
    pub async fn migrate(&self, modules: &[Migrations]) -> Result<Vec<String>, MigrateFault> {
        let platform = Migrations::platform();
        let modules: Vec<&Migrations> = std::iter::once(&platform).chain(modules).collect();
        unique(&modules)?;
        store::install(self).await?;
        let holder = self.lock_schema().await?;
        let outcome = self.run_pending(&modules, holder).await;
        let freed = self.free_schema(holder).await;
        let done = outcome?;
        freed?;
        Ok(done)
    }

    /// What has not been run yet, as `module/name`, without running it; for a server that must not change the schema.
    ///
    /// # Errors
    /// [`MigrateFault::Newer`] and [`MigrateFault::Skipped`] as in [`Database::migrate`].
    pub async fn pending_migrations(&self, modules: &[Migrations]) -> Result<Vec<String>, MigrateFault> {
        let platform = Migrations::platform();
        let modules: Vec<&Migrations> = std::iter::once(&platform).chain(modules).collect();
        let installed = store::installed(self.reader()).await?;
        if installed {
            known(&modules, self.reader()).await?;
        }
        let mut names = Vec::new();
        for set in modules {
            let run = if installed { run_names(self.reader(), set.module).await? } else { Vec::new() };
            let pending = pending(set, &run)?;
            names.extend(pending.iter().map(|migration| format!("{}/{}", set.module, migration.name())));
        }
        Ok(names)
    }

    async fn run_pending(&self, modules: &[&Migrations], holder: Uuid) -> Result<Vec<String>, MigrateFault> {
        // All sets are checked before the first is touched, so that a refusal leaves everything as it was.
        known(modules, self.schema()).await?;
        for set in modules {
            pending(set, &run_names(self.schema(), set.module).await?)?;
        }
        let mut done = Vec::new();
        for set in modules {
            let run = run_names(self.schema(), set.module).await?;
            for (place, migration) in (run.len()..).zip(pending(set, &run)?) {
                self.hold_schema(holder).await?;
                self.run_one(set.module, place, migration.as_ref(), holder).await?;
                tracing::info!(module = set.module, name = migration.name(), "migrated");
                done.push(format!("{}/{}", set.module, migration.name()));
            }
        }
        Ok(done)
    }

    /// One migration with its bookkeeping in one transaction, or, for those that ask for it, outside one.
    async fn run_one(
        &self,
        module: &str,
        place: usize,
        migration: &dyn MigrationTrait,
        holder: Uuid,
    ) -> Result<(), MigrateFault> {
        let failed =
            |cause| MigrateFault::Failed { module: module.to_owned(), name: migration.name().to_owned(), cause };
        let work = async {
            if migration.use_transaction() == Some(false) {
                let record = record(module, place, migration, self.clock().now_utc());
                migration.up(&SchemaManager::new(self.schema())).await.map_err(failed)?;
                applied::Entity::insert(record).exec_without_returning(self.schema()).await.map_err(failed)?;
                return Ok(());
            }
            let tx = self.begin_schema().await.map_err(failed)?;
            run_on(&tx, module, place, migration, self.clock().now_utc()).await?;
            tx.commit().await.map_err(failed)
        };
        match self.engine() {
            // The migration holds SQLite's one lock, and with it everybody else out.
            Engine::Sqlite => work.await,
            Engine::Postgres => self.while_holding(holder, work).await,
        }
    }

    pub(crate) async fn begin_schema(&self) -> Result<DatabaseTransaction, DbErr> {
        let sqlite_transaction_mode = match self.engine() {
            Engine::Sqlite => Some(SqliteTransactionMode::Immediate),
            Engine::Postgres => None,
        };
        let options = TransactionOptions { sqlite_transaction_mode, ..TransactionOptions::default() };
        self.schema().begin_with_options(options).await
    }

    /// Does work while no other process changes the schema. [`install`] comes before it.
    pub(crate) async fn alone<T, E: From<MigrateFault>>(
        &self,
        work: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E> {
        let holder = self.lock_schema().await?;
        let outcome = match self.engine() {
            Engine::Sqlite => work.await,
            Engine::Postgres => self.while_holding(holder, work).await,
        };
        let freed = self.free_schema(holder).await;
        let done = outcome?;
        freed?;
        Ok(done)
    }

    /// Renews the lease while the work goes on.
    async fn while_holding<T, E: From<MigrateFault>>(
        &self,
        holder: Uuid,
        work: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E> {
        tokio::pin!(work);
        loop {
            tokio::select! {
                outcome = &mut work => return outcome,
                () = tokio::time::sleep(LEASE.to_std().unwrap_or(WAIT) / 3) => self.hold_schema(holder).await?,
            }
        }
    }

    /// Takes the lock, waiting for another holder's lease to end.
    async fn lock_schema(&self) -> Result<Uuid, MigrateFault> {
        let holder = self.ids.next(self.clock().now_utc());
        let waiting_since = tokio::time::Instant::now();
        loop {
            match leases::take(self, LOCK, holder, LEASE).await {
                Ok(true) => return Ok(holder),
                Ok(false) => {}
                // A long migration of another process holds SQLite's file lock.
                Err(fault) if fault.is_busy() => {}
                Err(fault) => return Err(fault.into()),
            }
            if waiting_since.elapsed() > WAIT {
                return Err(MigrateFault::Locked);
            }
            tokio::time::sleep(Duration::from_millis(rand::random_range(100..200))).await;
        }
    }

    async fn hold_schema(&self, holder: Uuid) -> Result<(), MigrateFault> {
        if leases::hold(self, LOCK, holder, LEASE).await? { Ok(()) } else { Err(MigrateFault::LockLost) }
    }

    async fn free_schema(&self, holder: Uuid) -> Result<(), MigrateFault> {
        Ok(leases::free(self, LOCK, holder).await?)
    }
}

/// Makes the two tables every database has.
pub(crate) async fn install(db: &Database) -> Result<(), Fault> {
    store::install(db).await
}

/// Whether they are there.
pub(crate) async fn installed(db: &Database) -> Result<bool, Fault> {
    store::installed(db.reader()).await
}

/// The same as [`install`] within a transaction.
pub(crate) async fn install_on(on: &impl ConnectionTrait) -> Result<(), DbErr> {
    store::install_on(on).await
}

/// Every migration that has been run: module, name and when, by module and in order.
pub(crate) async fn applied_rows(on: &impl ConnectionTrait) -> Result<Vec<(String, String, DateTime<Utc>)>, DbErr> {
    let run = applied::Entity::find()
        .order_by_asc(applied::Column::Module)
        .order_by_asc(applied::Column::Place)
        .all(on)
        .await?;
    Ok(run.into_iter().map(|row| (row.module, row.name, row.at)).collect())
}

/// One migration and its bookkeeping, in a transaction of the caller's.
pub(crate) async fn run_on(
    tx: &DatabaseTransaction,
    module: &str,
    place: usize,
    migration: &dyn MigrationTrait,
    at: DateTime<Utc>,
) -> Result<(), MigrateFault> {
    let failed = |cause| MigrateFault::Failed { module: module.to_owned(), name: migration.name().to_owned(), cause };
    migration.up(&SchemaManager::new(tx)).await.map_err(failed)?;
    applied::Entity::insert(record(module, place, migration, at)).exec_without_returning(tx).await.map_err(failed)?;
    Ok(())
}

fn record(module: &str, place: usize, migration: &dyn MigrationTrait, at: DateTime<Utc>) -> applied::ActiveModel {
    applied::ActiveModel {
        module: Set(module.to_owned()),
        name: Set(migration.name().to_owned()),
        place: Set(i32::try_from(place).unwrap_or(i32::MAX)),
        at: Set(at),
    }
}

fn unique(modules: &[&Migrations]) -> Result<(), MigrateFault> {
    let mut seen = std::collections::BTreeSet::new();
    for set in modules {
        if !seen.insert(set.module.to_owned()) {
            return Err(MigrateFault::Twice(set.module.to_owned()));
        }
        for migration in &set.list {
            let name = format!("{}/{}", set.module, migration.name());
            if !seen.insert(name.clone()) {
                return Err(MigrateFault::Twice(name));
            }
        }
    }
    Ok(())
}

/// Refuses a database in which a module has been at work that this program does not have: its rows would be left
/// behind by everything this program does.
async fn known(modules: &[&Migrations], on: &impl ConnectionTrait) -> Result<(), MigrateFault> {
    let stranger =
        applied_rows(on).await?.into_iter().find(|(module, ..)| modules.iter().all(|set| set.module != module));
    match stranger {
        Some((module, name, _)) => Err(MigrateFault::Newer { module, name }),
        None => Ok(()),
    }
}

async fn run_names(on: &impl ConnectionTrait, module: &str) -> Result<Vec<String>, DbErr> {
    let run = applied::Entity::find()
        .filter(applied::Column::Module.eq(module))
        .order_by_asc(applied::Column::Place)
        .all(on)
        .await?;
    Ok(run.into_iter().map(|row| row.name).collect())
}

/// The migrations after those run, provided that those run are the first of the list in the same order.
pub(crate) fn pending<'a>(set: &'a Migrations, run: &[String]) -> Result<&'a [Box<dyn MigrationTrait>], MigrateFault> {
    for (place, applied) in run.iter().enumerate() {
        let known = set.list.iter().position(|migration| migration.name() == applied);
        let module = set.module.to_owned();
        match known {
            None => return Err(MigrateFault::Newer { module, name: applied.clone() }),
            Some(position) if position != place => {
                let name = set.list[place.min(position)].name().to_owned();
                return Err(MigrateFault::Skipped { module, name, applied: applied.clone() });
            }
            Some(_) => {}
        }
    }
    Ok(&set.list[run.len()..])
}
