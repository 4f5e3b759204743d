//! Who compared an uploaded paper with its original (核对原件), and when.

use sea_orm_migration::prelude::*;

use super::trust::CaseworkPaperTrust;

pub(super) struct Compared;

impl MigrationName for Compared {
    fn name(&self) -> &str {
        "casework_0007_paper_compared"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Compared {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds one column a statement.
        for column in [
            ColumnDef::new(Alias::new("compared_by")).string_len(64).to_owned(),
            ColumnDef::new(Alias::new("compared_by_name")).string_len(64).to_owned(),
            ColumnDef::new(Alias::new("compared_at")).timestamp_with_time_zone().to_owned(),
        ] {
            let table = Table::alter().table(CaseworkPaperTrust::Table).add_column(column).to_owned();
            manager.alter_table(table).await?;
        }
        Ok(())
    }
}
