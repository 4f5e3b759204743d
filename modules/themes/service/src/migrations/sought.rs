//! The table of what was looked for: a number a day, and nobody's name.

use sea_orm_migration::prelude::*;

pub(super) struct Sought;

impl MigrationName for Sought {
    fn name(&self) -> &str {
        "themes_0003_sought"
    }
}

#[derive(DeriveIden)]
enum ThemesSought {
    Table,
    Day,
    Kind,
    Id,
    Count,
}

#[async_trait::async_trait]
impl MigrationTrait for Sought {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table(ThemesSought::Table)
            .col(ColumnDef::new(ThemesSought::Day).date().not_null())
            .col(ColumnDef::new(ThemesSought::Kind).string_len(8).not_null())
            .col(ColumnDef::new(ThemesSought::Id).string_len(64).not_null())
            .col(ColumnDef::new(ThemesSought::Count).big_integer().not_null())
            .primary_key(Index::create().col(ThemesSought::Day).col(ThemesSought::Kind).col(ThemesSought::Id))
            .to_owned();
        manager.create_table(table).await
    }
}
