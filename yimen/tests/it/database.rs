//! A look into the database beside the program: one connection, and counts.

use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, Statement};

/// A connection of our own.
pub async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await.expect("a connection")
}

/// What a statement counts.
pub async fn count(db: &DatabaseConnection, sql: &str) -> i64 {
    let ask = Statement::from_string(db.get_database_backend(), sql);
    let row = db.query_one_raw(ask).await.unwrap_or_else(|fault| panic!("{sql}: {fault}"));
    row.expect("one row").try_get_by_index(0).expect("a number")
}

/// A count, or nothing where the table is not there.
pub async fn count_or_none(db: &DatabaseConnection, sql: &str) -> Option<i64> {
    let ask = Statement::from_string(db.get_database_backend(), sql);
    db.query_one_raw(ask).await.ok().flatten().and_then(|row| row.try_get_by_index(0).ok())
}
