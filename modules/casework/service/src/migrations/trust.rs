//! The table of how far each paper can be relied on (材料可信等级), and which licence stands for it.

use sea_orm_migration::prelude::*;

pub(super) struct Trust;

impl MigrationName for Trust {
    fn name(&self) -> &str {
        "casework_0004_paper_trust"
    }
}

#[derive(DeriveIden)]
pub(super) enum CaseworkPaperTrust {
    Table,
    Paper,
    Application,
    Level,
    Licence,
}

#[async_trait::async_trait]
impl MigrationTrait for Trust {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        use CaseworkPaperTrust as T;
        let table = Table::create()
            .table(T::Table)
            .col(ColumnDef::new(T::Paper).uuid().not_null().primary_key())
            .col(ColumnDef::new(T::Application).uuid().not_null())
            .col(ColumnDef::new(T::Level).string_len(1).not_null())
            .col(ColumnDef::new(T::Licence).uuid())
            .to_owned();
        manager.create_table(table).await?;
        let name = "casework_paper_trust_by_application";
        let index = Index::create().name(name).table(T::Table).col(T::Application).to_owned();
        manager.create_index(index).await
    }
}
