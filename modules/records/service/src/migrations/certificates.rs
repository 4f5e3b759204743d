//! The tables of licences' files (证照文件) and of what licences were used for (用证记录).

use sea_orm_migration::prelude::*;

pub(super) struct Certificates;

impl MigrationName for Certificates {
    fn name(&self) -> &str {
        "records_0005_certificates"
    }
}

#[derive(DeriveIden)]
enum RecordsCertificate {
    Table,
    Id,
    Licence,
    Code,
    State,
    Purpose,
    Recipient,
    Until,
    MadeAt,
    MadeBy,
    Blob,
    KeyId,
    SealedAt,
}

#[derive(DeriveIden)]
enum RecordsLicenceUse {
    Table,
    Id,
    Licence,
    At,
    How,
    Matter,
    Application,
}

#[async_trait::async_trait]
impl MigrationTrait for Certificates {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        use {RecordsCertificate as C, RecordsLicenceUse as U};
        let certificates = Table::create()
            .table(C::Table)
            .col(ColumnDef::new(C::Id).uuid().not_null().primary_key())
            .col(ColumnDef::new(C::Licence).uuid().not_null())
            .col(ColumnDef::new(C::Code).string_len(16).not_null().unique_key())
            .col(ColumnDef::new(C::State).string_len(16).not_null())
            .col(ColumnDef::new(C::Purpose).text())
            .col(ColumnDef::new(C::Recipient).text())
            .col(ColumnDef::new(C::Until).date())
            .col(ColumnDef::new(C::MadeAt).timestamp_with_time_zone().not_null())
            .col(ColumnDef::new(C::MadeBy).string_len(64).not_null())
            .col(ColumnDef::new(C::Blob).string_len(64))
            .col(ColumnDef::new(C::KeyId).string_len(32))
            .col(ColumnDef::new(C::SealedAt).timestamp_with_time_zone())
            .to_owned();
        let uses = Table::create()
            .table(U::Table)
            .col(ColumnDef::new(U::Id).uuid().not_null().primary_key())
            .col(ColumnDef::new(U::Licence).uuid().not_null())
            .col(ColumnDef::new(U::At).timestamp_with_time_zone().not_null())
            .col(ColumnDef::new(U::How).string_len(16).not_null())
            .col(ColumnDef::new(U::Matter).text().not_null())
            .col(ColumnDef::new(U::Application).uuid())
            .to_owned();
        manager.create_table(certificates).await?;
        manager.create_table(uses).await?;
        let by_licence =
            Index::create().name("records_certificate_by_licence").table(C::Table).col(C::Licence).to_owned();
        manager.create_index(by_licence).await?;
        let used = Index::create().name("records_licence_use_by_licence").table(U::Table).col(U::Licence).to_owned();
        manager.create_index(used).await
    }
}
