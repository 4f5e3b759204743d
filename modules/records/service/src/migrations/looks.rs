//! What the person concerned is told of a look: authority and post. And the table of objections (异议).

use sea_orm_migration::prelude::*;

pub(super) struct Looks;

impl MigrationName for Looks {
    fn name(&self) -> &str {
        "records_0004_looks"
    }
}

#[derive(DeriveIden)]
enum RecordsLookup {
    Table,
    Authority,
    Posts,
}

#[derive(DeriveIden)]
enum RecordsObjection {
    Table,
    Id,
    Look,
    Subject,
    Region,
    Words,
    MadeAt,
    Answer,
    AnsweredBy,
    AnsweredAt,
}

#[async_trait::async_trait]
impl MigrationTrait for Looks {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        use RecordsObjection as O;
        let mut authority = ColumnDef::new(RecordsLookup::Authority);
        authority.string_len(64);
        let mut posts = ColumnDef::new(RecordsLookup::Posts);
        posts.text();
        for column in [authority, posts] {
            manager.alter_table(Table::alter().table(RecordsLookup::Table).add_column(column).to_owned()).await?;
        }
        let table = Table::create()
            .table(O::Table)
            .col(ColumnDef::new(O::Id).uuid().not_null().primary_key())
            .col(ColumnDef::new(O::Look).uuid().not_null().unique_key())
            .col(ColumnDef::new(O::Subject).uuid().not_null())
            .col(ColumnDef::new(O::Region).string_len(12).not_null())
            .col(ColumnDef::new(O::Words).text().not_null())
            .col(ColumnDef::new(O::MadeAt).timestamp_with_time_zone().not_null())
            .col(ColumnDef::new(O::Answer).text())
            .col(ColumnDef::new(O::AnsweredBy).string_len(64))
            .col(ColumnDef::new(O::AnsweredAt).timestamp_with_time_zone())
            .to_owned();
        manager.create_table(table).await?;
        let by_region = Index::create().name("records_objection_by_region").table(O::Table).col(O::Region).to_owned();
        manager.create_index(by_region).await
    }
}
