//! The register of notices (文书登记): every number that was ever given, void ones too.

use sea_orm_migration::prelude::*;

pub(super) struct Notices;

impl MigrationName for Notices {
    fn name(&self) -> &str {
        "casework_0002_notices"
    }
}

#[derive(DeriveIden)]
enum CaseworkNotice {
    Table,
    Id,
    Application,
    CaseId,
    Kind,
    Authority,
    Year,
    Serial,
    Number,
    Code,
    Body,
    IssuedAt,
    IssuedBy,
    VoidedAt,
    VoidReason,
    VoidedBy,
    VoidedByName,
}

#[async_trait::async_trait]
impl MigrationTrait for Notices {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(notices()).await?;
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn notices() -> TableCreateStatement {
    use CaseworkNotice as N;
    Table::create()
        .table(N::Table)
        .col(ColumnDef::new(N::Id).uuid().not_null().primary_key())
        .col(ColumnDef::new(N::Application).uuid().not_null())
        .col(ColumnDef::new(N::CaseId).uuid())
        .col(ColumnDef::new(N::Kind).string_len(32).not_null())
        .col(ColumnDef::new(N::Authority).string_len(64).not_null())
        .col(ColumnDef::new(N::Year).integer().not_null())
        .col(ColumnDef::new(N::Serial).big_integer().not_null())
        .col(ColumnDef::new(N::Number).string_len(64).not_null())
        .col(ColumnDef::new(N::Code).string_len(16).not_null().unique_key())
        .col(ColumnDef::new(N::Body).text().not_null())
        .col(ColumnDef::new(N::IssuedAt).timestamp_with_time_zone().not_null())
        .col(ColumnDef::new(N::IssuedBy).string_len(64).not_null())
        .col(ColumnDef::new(N::VoidedAt).timestamp_with_time_zone())
        .col(ColumnDef::new(N::VoidReason).text())
        .col(ColumnDef::new(N::VoidedBy).string_len(64))
        .col(ColumnDef::new(N::VoidedByName).text())
        .to_owned()
}

/// A number is given once: the counter sees to it, and this index would refuse the second all the same.
fn indexes() -> Vec<IndexCreateStatement> {
    use CaseworkNotice as N;
    let index = |name: &str| Index::create().name(name).table(N::Table).to_owned();
    vec![
        index("casework_notice_serial").col(N::Authority).col(N::Kind).col(N::Year).col(N::Serial).unique().to_owned(),
        index("casework_notice_application").col(N::Application).to_owned(),
    ]
}
