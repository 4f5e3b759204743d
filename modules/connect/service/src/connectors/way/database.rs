//! Over their database, SQLite or PostgreSQL: we insert into a table with a unique key, and select from a view in the order of
//! a number that grows. Both sides write text; what they cast it to is theirs.

use std::collections::BTreeSet;
use std::time::Duration;

use connect::Outcome;
use connect::connector::{Connector, Document, Row, Tables};
use platform::config::ConnectorConfig;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, OnConflict, Order, Query, TableRef};
use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection, DbErr};
use serde_json::Value;
use uuid::Uuid;

use super::{Batch, ROWS_MAX, Trouble};

/// Seconds one statement may take where the configuration does not say.
const PATIENCE_S: u64 = 10;
/// What the selected cursor is called.
const CURSOR: &str = "cell_cursor";
/// Numbers before the cursor that are read once more: a row whose number was drawn early may be committed late.
const LOOK_BACK: i64 = 100;

pub(in super::super) struct Database {
    connection: DatabaseConnection,
    tables: Tables,
    patience: Duration,
}

impl Database {
    pub(super) async fn open(own: &ConnectorConfig, connector: &Connector) -> Result<Self, Trouble> {
        let (Some(url), Some(tables)) = (&own.database_url, &connector.tables) else {
            return Err(Outcome::Down.into());
        };
        let patience = Duration::from_secs(Ord::max(own.timeout_s.unwrap_or(PATIENCE_S), 1));
        let mut options = ConnectOptions::new(url.clone());
        options.max_connections(1).connect_timeout(patience).acquire_timeout(patience).sqlx_logging(false);
        let connection = in_time(patience, sea_orm::Database::connect(options)).await?;
        Ok(Self { connection, tables: tables.clone(), patience })
    }

    pub(super) async fn put(&self, key: Uuid, document: &Document) -> Result<(), Trouble> {
        let columns = std::iter::once(&self.tables.key).chain(document.keys()).map(Alias::new);
        let values = std::iter::once(Some(key.to_string())).chain(document.values().map(text)).map(Expr::value);
        let mut insert = Query::insert();
        insert.into_table(table(&self.tables.inbox)).columns(columns);
        insert.values(values).map_err(|_| Outcome::Refused)?;
        insert.on_conflict(OnConflict::column(Alias::new(&self.tables.key)).do_nothing().to_owned());
        in_time(self.patience, self.connection.execute(&insert)).await.map(|_| ())
    }

    pub(super) async fn fetch(&self, connector: &Connector, after: Option<&str>) -> Result<Batch, Trouble> {
        let after: Option<i64> = after.and_then(|after| after.parse().ok());
        let (names, cursor) = (columns(connector), Alias::new(&self.tables.cursor));
        let mut select = Query::select();
        select.from(table(&self.tables.reports));
        // Under names of our own: ORDER BY means the selected text where it bears the column's name.
        for (place, name) in names.iter().enumerate() {
            select.expr_as(as_text(name), Alias::new(cell_name(place)));
        }
        select.expr_as(as_text(&self.tables.cursor), Alias::new(CURSOR));
        if let Some(after) = after {
            select.and_where(Expr::col(cursor.clone()).gt(after.saturating_sub(LOOK_BACK)));
        }
        select.order_by(cursor, Order::Asc).limit(ROWS_MAX as u64);
        let found = in_time(self.patience, self.connection.query_all(&select)).await?;
        let mut batch = Batch::default();
        let mut newest = after;
        for row in &found {
            let cell =
                |name: &str| row.try_get::<Option<String>>("", name).map_err(|_| Trouble::from(Outcome::Garbled));
            let number = cell(CURSOR)?.and_then(|number| number.trim().parse::<i64>().ok());
            newest = Ord::max(newest, Some(number.ok_or(Outcome::Garbled)?));
            let cells = names.iter().enumerate().map(|(place, name)| {
                Ok(((*name).to_owned(), cell(&cell_name(place))?.map_or(Value::Null, Value::from)))
            });
            batch.rows.push(cells.collect::<Result<Row, Trouble>>()?);
        }
        batch.more = found.len() == ROWS_MAX && newest != after;
        batch.cursor = newest.map(|newest| newest.to_string());
        Ok(batch)
    }
}

/// What a selected column is called.
fn cell_name(place: usize) -> String {
    format!("cell_{place}")
}

fn as_text(column: &str) -> Expr {
    Expr::col(Alias::new(column)).cast_as(Alias::new("text"))
}

/// The columns the mapping reads.
fn columns(connector: &Connector) -> BTreeSet<&str> {
    let Some(pull) = &connector.pull else { return BTreeSet::new() };
    let own = &pull.columns;
    let needed = [&own.id, &own.case, &own.state, &own.officer, &own.officer_name];
    let optional = [&own.words, &own.on, &own.reference, &own.handler, &own.handler_name];
    needed.into_iter().chain(optional.into_iter().flatten()).map(String::as_str).collect()
}

/// A table, perhaps in a schema of its own.
fn table(name: &str) -> TableRef {
    use sea_orm::sea_query::IntoTableRef;
    match name.split_once('.') {
        Some((schema, name)) => (Alias::new(schema), Alias::new(name)).into_table_ref(),
        None => Alias::new(name).into_table_ref(),
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// Waits so long and no longer. What went wrong is told without the statement, which holds what was sent.
async fn in_time<T>(patience: Duration, work: impl Future<Output = Result<T, DbErr>>) -> Result<T, Trouble> {
    match tokio::time::timeout(patience, work).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(DbErr::Conn(_) | DbErr::ConnectionAcquire(_))) => Err(Outcome::Down.into()),
        Ok(Err(_)) => Err(Outcome::Refused.into()),
        Err(_) => Err(Outcome::Slow.into()),
    }
}
