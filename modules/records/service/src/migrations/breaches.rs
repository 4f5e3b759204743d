//! The table of broken commitments (失信记录).

use sea_orm_migration::prelude::*;

pub(super) struct Breaches;

impl MigrationName for Breaches {
    fn name(&self) -> &str {
        "records_0002_breaches"
    }
}

#[derive(DeriveIden)]
enum RecordsBreach {
    Table,
    Id,
    Subject,
    CaseId,
    Item,
    Words,
    FoundOn,
    RepairedOn,
}

#[async_trait::async_trait]
impl MigrationTrait for Breaches {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        use RecordsBreach as B;
        let table = Table::create()
            .table(B::Table)
            .col(ColumnDef::new(B::Id).uuid().not_null().primary_key())
            .col(ColumnDef::new(B::Subject).uuid().not_null())
            .col(ColumnDef::new(B::CaseId).uuid().not_null().unique_key())
            .col(ColumnDef::new(B::Item).text().not_null())
            .col(ColumnDef::new(B::Words).text().not_null())
            .col(ColumnDef::new(B::FoundOn).date().not_null())
            .col(ColumnDef::new(B::RepairedOn).date())
            .to_owned();
        manager.create_table(table).await?;
        let by_subject = Index::create().name("records_breach_by_subject").table(B::Table).col(B::Subject).to_owned();
        manager.create_index(by_subject).await
    }
}
