//! Connections for reading, with what opens sealed columns.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, ExecResult, QueryResult, Statement};
use sea_orm_migration::async_trait::async_trait;

use crate::sealed::{Sealer, Sealing};

/// Any SeaORM query runs on it. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Reader {
    connection: DatabaseConnection,
    sealer: Sealer,
}

impl Reader {
    pub(super) fn new(connection: DatabaseConnection) -> Self {
        Self { connection, sealer: Sealer::default() }
    }

    pub(super) fn with_sealer(self, sealer: Sealer) -> Self {
        Self { sealer, ..self }
    }

    /// SeaORM's own handle, for what is not a query: transactions that see one moment.
    pub(crate) fn connection(&self) -> &DatabaseConnection {
        &self.connection
    }
}

impl Sealing for Reader {
    fn sealer(&self) -> &Sealer {
        &self.sealer
    }
}

#[async_trait]
impl ConnectionTrait for Reader {
    fn get_database_backend(&self) -> DbBackend {
        self.connection.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.connection.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.connection.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.connection.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.connection.query_all_raw(statement).await
    }
}
