//! The two tables that must exist before any migration.

use std::time::Duration;

use sea_orm::sea_query::TableCreateStatement;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, EntityTrait, PaginatorTrait, Schema};

use crate::db::Database;
use crate::fault::Fault;

/// Which migrations have been run.
pub(super) mod applied {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "platform_schema")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub module: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub name: String,
        pub place: i32,
        pub at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Who may do what only one may do at a time, and who is there: [`leases`](crate::leases).
pub(crate) mod lock {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "platform_lock")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub name: String,
        pub holder: Uuid,
        pub until: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Makes the two tables if they are not there. Several processes may try at once, and on PostgreSQL even
/// `IF NOT EXISTS` then fails for all but one of them, with several different codes; by the next try the table is there.
pub(super) async fn install(db: &Database) -> Result<(), Fault> {
    const TRIES_MAX: u32 = 10;
    for table in tables(db.engine().backend()) {
        let mut tries = 1;
        while let Err(error) = db.schema().execute(&table).await {
            if tries == TRIES_MAX {
                return Err(error.into());
            }
            tries += 1;
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
    Ok(())
}

/// The same within a transaction that has the database to itself.
pub(super) async fn install_on(on: &impl ConnectionTrait) -> Result<(), DbErr> {
    for table in tables(on.get_database_backend()) {
        on.execute(&table).await?;
    }
    Ok(())
}

fn tables(engine: DbBackend) -> [TableCreateStatement; 2] {
    let schema = Schema::new(engine);
    let mut tables = [schema.create_table_from_entity(applied::Entity), schema.create_table_from_entity(lock::Entity)];
    for table in &mut tables {
        table.if_not_exists();
    }
    tables
}

/// Whether the two tables are there.
pub(super) async fn installed(on: &impl ConnectionTrait) -> Result<bool, Fault> {
    for query in [applied::Entity::find().count(on).await, lock::Entity::find().count(on).await] {
        if let Err(error) = query {
            let fault = Fault::from(error);
            return if matches!(fault, Fault::Unavailable(_)) { Err(fault) } else { Ok(false) };
        }
    }
    Ok(true)
}
