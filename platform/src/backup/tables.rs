//! What tables there are, from the catalogue of the database itself.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};

use super::value::Kind;
use super::{BackupFault, ColumnLine};

/// Bookkeeping of the schema and leases of processes that run: the one is in the manifest, the other means nothing later.
pub(super) const SCHEMA: &str = "platform_schema";
pub(super) const LOCK: &str = "platform_lock";

/// A table as the database describes it.
pub(super) struct Table {
    pub(super) name: String,
    pub(super) columns: Vec<ColumnLine>,
    /// Columns of the primary key, in its order; empty when there is none.
    key: Vec<String>,
}

/// Names of all tables that belong to one of these modules, whose names begin all names of their tables.
pub(super) async fn names(on: &impl ConnectionTrait, modules: &[String]) -> Result<Vec<String>, DbErr> {
    let sql = match on.get_database_backend() {
        DbBackend::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table'",
        _ => {
            "SELECT table_name::text FROM information_schema.tables \
             WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'"
        }
    };
    let found = on.query_all_raw(Statement::from_string(on.get_database_backend(), sql)).await?;
    let found = found.iter().map(|row| row.try_get_by_index(0)).collect::<Result<Vec<String>, _>>()?;
    let ours = |name: &String| {
        modules.iter().any(|module| name.strip_prefix(module).is_some_and(|rest| rest.starts_with('_')))
    };
    let mut ours: Vec<String> = found.into_iter().filter(ours).collect();
    ours.sort();
    Ok(ours)
}

/// Describes a table.
pub(super) async fn describe(on: &impl ConnectionTrait, name: &str) -> Result<Table, BackupFault> {
    let mut table = Table { name: name.to_owned(), columns: Vec::new(), key: Vec::new() };
    for (column, said) in columns(on, name).await? {
        let kind = Kind::of(&said);
        let kind = kind.ok_or_else(|| BackupFault::Column { table: name.to_owned(), column: column.clone(), said })?;
        table.columns.push(ColumnLine { name: column, kind });
    }
    table.key = key(on, name).await?;
    Ok(table)
}

async fn columns(on: &impl ConnectionTrait, name: &str) -> Result<Vec<(String, String)>, DbErr> {
    let sql = match on.get_database_backend() {
        DbBackend::Sqlite => "SELECT name, type FROM pragma_table_info($1) ORDER BY cid",
        _ => {
            "SELECT column_name::text, data_type::text FROM information_schema.columns \
             WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position"
        }
    };
    let ask = Statement::from_sql_and_values(on.get_database_backend(), sql, [name.into()]);
    let rows = on.query_all_raw(ask).await?;
    rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
}

async fn key(on: &impl ConnectionTrait, name: &str) -> Result<Vec<String>, DbErr> {
    let sql = match on.get_database_backend() {
        DbBackend::Sqlite => "SELECT name FROM pragma_table_info($1) WHERE pk > 0 ORDER BY pk",
        _ => {
            "SELECT k.column_name::text FROM information_schema.key_column_usage k \
             JOIN information_schema.table_constraints c ON c.constraint_name = k.constraint_name \
             AND c.table_schema = k.table_schema AND c.table_name = k.table_name \
             WHERE c.constraint_type = 'PRIMARY KEY' AND c.table_schema = current_schema() AND c.table_name = $1 \
             ORDER BY k.ordinal_position"
        }
    };
    let ask = Statement::from_sql_and_values(on.get_database_backend(), sql, [name.into()]);
    on.query_all_raw(ask).await?.iter().map(|row| row.try_get_by_index(0)).collect()
}

impl Table {
    /// The statement that reads all rows in the order of the key; bytes order text on both engines, so that two backups
    /// of the same rows are the same.
    pub(super) fn select(&self, engine: DbBackend) -> Statement {
        let columns: Vec<String> = self.columns.iter().map(|column| column.kind.read(engine, &column.name)).collect();
        let order: Vec<String> = self.key.iter().map(|name| self.ordered(engine, name)).collect();
        let order = if order.is_empty() { String::new() } else { format!(" ORDER BY {}", order.join(", ")) };
        Statement::from_string(engine, format!("SELECT {} FROM \"{}\"{order}", columns.join(", "), self.name))
    }

    fn ordered(&self, engine: DbBackend, name: &str) -> String {
        let is_text = self.columns.iter().any(|column| column.name == name && column.kind == Kind::Text);
        let bytewise = if is_text && engine == DbBackend::Postgres { " COLLATE \"C\"" } else { "" };
        format!("\"{name}\"{bytewise}")
    }
}

/// Whether a table has any row.
pub(super) async fn has_rows(on: &impl ConnectionTrait, name: &str) -> Result<bool, DbErr> {
    let ask = Statement::from_string(on.get_database_backend(), format!("SELECT 1 FROM \"{name}\" LIMIT 1"));
    Ok(on.query_one_raw(ask).await?.is_some())
}
