//! 待监管接收: who has to receive a decision, as long as it has not been received.

use sea_orm_migration::prelude::*;

use super::CaseworkCase;

pub(super) struct Supervision;

impl MigrationName for Supervision {
    fn name(&self) -> &str {
        "casework_0005_supervision"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Supervision {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let supervisor = Alias::new("supervisor");
        let column = ColumnDef::new(supervisor.clone()).string_len(64).to_owned();
        manager.alter_table(Table::alter().table(CaseworkCase::Table).add_column(column).to_owned()).await?;
        let index = Index::create()
            .name("casework_case_supervisor")
            .table(CaseworkCase::Table)
            .col(supervisor)
            .col(CaseworkCase::Id)
            .to_owned();
        manager.create_index(index).await
    }
}
