//! Tables of connectors: parcels, reports, readings.

use sea_orm_migration::prelude::*;

pub(super) struct Connectors;

impl MigrationName for Connectors {
    fn name(&self) -> &str {
        "connect_0002_connectors"
    }
}

#[derive(DeriveIden)]
enum ConnectParcel {
    Table,
    Id,
    Connector,
    CaseId,
    ProjectNo,
    Occasion,
    Document,
    Lacks,
    At,
    Tries,
    TriedAt,
    Outcome,
    Status,
    Reference,
    TakenAt,
    GivenUpAt,
}

#[derive(DeriveIden)]
enum ConnectReport {
    Table,
    Id,
    Connector,
    Number,
    Theirs,
    Digest,
    Row,
    ReadAt,
    CaseId,
    AppliedAt,
    Note,
    ConflictAt,
    Conflict,
    Said,
    Ours,
    AsideAt,
    AsideBy,
    AsideReason,
}

#[derive(DeriveIden)]
enum ConnectReading {
    Table,
    Connector,
    Cursor,
    ReadAt,
    TriedAt,
    Failed,
    Failures,
}

#[async_trait::async_trait]
impl MigrationTrait for Connectors {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(parcels()).await?;
        manager.create_table(reports()).await?;
        manager.create_table(readings()).await?;
        use {ConnectParcel as P, ConnectReport as R};
        let parcels = |name: &str| Index::create().name(name).table(P::Table).to_owned();
        let once = parcels("connect_parcel_once").col(P::Connector).col(P::CaseId).col(P::Occasion).unique().to_owned();
        manager.create_index(once).await?;
        let open = parcels("connect_parcel_open").col(P::Connector).col(P::GivenUpAt).col(P::TakenAt).to_owned();
        manager.create_index(open).await?;
        let reports = |name: &str| Index::create().name(name).table(R::Table).to_owned();
        let once = reports("connect_report_once").col(R::Connector).col(R::Theirs).col(R::Digest).unique().to_owned();
        manager.create_index(once).await?;
        let open = reports("connect_report_open").col(R::Connector).col(R::AppliedAt).col(R::Number).to_owned();
        manager.create_index(open).await
    }
}

fn parcels() -> TableCreateStatement {
    use ConnectParcel as P;
    Table::create()
        .table(P::Table)
        .col(ColumnDef::new(P::Id).uuid().not_null().primary_key())
        .col(ColumnDef::new(P::Connector).string_len(32).not_null())
        .col(ColumnDef::new(P::CaseId).uuid().not_null())
        .col(ColumnDef::new(P::ProjectNo).string_len(64).not_null())
        .col(ColumnDef::new(P::Occasion).string_len(16).not_null())
        .col(ColumnDef::new(P::Document).text())
        .col(ColumnDef::new(P::Lacks).text())
        .col(ColumnDef::new(P::At).timestamp_with_time_zone().not_null())
        .col(ColumnDef::new(P::Tries).integer().not_null())
        .col(ColumnDef::new(P::TriedAt).timestamp_with_time_zone())
        .col(ColumnDef::new(P::Outcome).string_len(16))
        .col(ColumnDef::new(P::Status).integer())
        .col(ColumnDef::new(P::Reference).text())
        .col(ColumnDef::new(P::TakenAt).timestamp_with_time_zone())
        .col(ColumnDef::new(P::GivenUpAt).timestamp_with_time_zone())
        .to_owned()
}

fn reports() -> TableCreateStatement {
    use ConnectReport as R;
    Table::create()
        .table(R::Table)
        .col(ColumnDef::new(R::Id).uuid().not_null().primary_key())
        .col(ColumnDef::new(R::Connector).string_len(32).not_null())
        .col(ColumnDef::new(R::Number).big_integer().not_null())
        .col(ColumnDef::new(R::Theirs).text().not_null())
        .col(ColumnDef::new(R::Digest).string_len(64).not_null())
        .col(ColumnDef::new(R::Row).text().not_null())
        .col(ColumnDef::new(R::ReadAt).timestamp_with_time_zone().not_null())
        .col(ColumnDef::new(R::CaseId).uuid())
        .col(ColumnDef::new(R::AppliedAt).timestamp_with_time_zone())
        .col(ColumnDef::new(R::Note).string_len(16))
        .col(ColumnDef::new(R::ConflictAt).timestamp_with_time_zone())
        .col(ColumnDef::new(R::Conflict).string_len(32))
        .col(ColumnDef::new(R::Said).text())
        .col(ColumnDef::new(R::Ours).string_len(32))
        .col(ColumnDef::new(R::AsideAt).timestamp_with_time_zone())
        .col(ColumnDef::new(R::AsideBy).text())
        .col(ColumnDef::new(R::AsideReason).text())
        .to_owned()
}

fn readings() -> TableCreateStatement {
    use ConnectReading as G;
    Table::create()
        .table(G::Table)
        .col(ColumnDef::new(G::Connector).string_len(32).not_null().primary_key())
        .col(ColumnDef::new(G::Cursor).text())
        .col(ColumnDef::new(G::ReadAt).timestamp_with_time_zone())
        .col(ColumnDef::new(G::TriedAt).timestamp_with_time_zone())
        .col(ColumnDef::new(G::Failed).string_len(16))
        .col(ColumnDef::new(G::Failures).integer().not_null())
        .to_owned()
}
