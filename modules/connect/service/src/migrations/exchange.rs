//! Tables of the exchange: batches, their rows, what keeps cases back, and which cases are to be looked at.

use sea_orm_migration::prelude::*;

pub(super) struct Exchange;

impl MigrationName for Exchange {
    fn name(&self) -> &str {
        "connect_0003_exchange"
    }
}

#[derive(DeriveIden)]
enum ConnectExchangeBatch {
    Table,
    Id,
    Number,
    Slot,
    Runner,
    MadeBy,
    MadeByName,
    BegunAt,
    BeatAt,
    ClosedAt,
    Cases,
    Held,
    Counts,
    HandedAt,
    HandedBy,
}

#[derive(DeriveIden)]
enum ConnectExchangeRow {
    Table,
    Id,
    Batch,
    TableName,
    Guid,
    CaseId,
    Operation,
    Cells,
    Digest,
}

#[derive(DeriveIden)]
enum ConnectExchangeDefect {
    Table,
    Id,
    CaseId,
    ProjectNo,
    TableName,
    ColumnName,
    Why,
    FoundAt,
    MendedAt,
}

#[derive(DeriveIden)]
enum ConnectExchangeTouched {
    Table,
    CaseId,
    Stamp,
    At,
}

#[async_trait::async_trait]
impl MigrationTrait for Exchange {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [batches(), rows(), defects(), touched()] {
            manager.create_table(table).await?;
        }
        use {ConnectExchangeBatch as B, ConnectExchangeDefect as D, ConnectExchangeRow as R};
        let batches = |name: &str| Index::create().name(name).table(B::Table).unique().to_owned();
        manager.create_index(batches("connect_exchange_batch_number").col(B::Number).to_owned()).await?;
        // At most one batch is being made.
        manager.create_index(batches("connect_exchange_batch_slot").col(B::Slot).to_owned()).await?;
        let rows = |name: &str| Index::create().name(name).table(R::Table).to_owned();
        manager.create_index(rows("connect_exchange_row_case").col(R::CaseId).col(R::Id).to_owned()).await?;
        let file = rows("connect_exchange_row_file").col(R::Batch).col(R::TableName).col(R::Id).to_owned();
        manager.create_index(file).await?;
        let open = Index::create()
            .name("connect_exchange_defect_open")
            .table(D::Table)
            .col(D::MendedAt)
            .col(D::CaseId)
            .to_owned();
        manager.create_index(open).await
    }
}

fn batches() -> TableCreateStatement {
    use ConnectExchangeBatch as B;
    Table::create()
        .table(B::Table)
        .col(ColumnDef::new(B::Id).uuid().not_null().primary_key())
        .col(ColumnDef::new(B::Number).string_len(16))
        .col(ColumnDef::new(B::Slot).string_len(8))
        .col(ColumnDef::new(B::Runner).uuid().not_null())
        .col(ColumnDef::new(B::MadeBy).string_len(64).not_null())
        .col(ColumnDef::new(B::MadeByName).string_len(64).not_null())
        .col(ColumnDef::new(B::BegunAt).timestamp_with_time_zone().not_null())
        .col(ColumnDef::new(B::BeatAt).timestamp_with_time_zone())
        .col(ColumnDef::new(B::ClosedAt).timestamp_with_time_zone())
        .col(ColumnDef::new(B::Cases).big_integer().not_null())
        .col(ColumnDef::new(B::Held).big_integer().not_null())
        .col(ColumnDef::new(B::Counts).text().not_null())
        .col(ColumnDef::new(B::HandedAt).timestamp_with_time_zone())
        .col(ColumnDef::new(B::HandedBy).string_len(64))
        .to_owned()
}

fn rows() -> TableCreateStatement {
    use ConnectExchangeRow as R;
    Table::create()
        .table(R::Table)
        .col(ColumnDef::new(R::Id).uuid().not_null().primary_key())
        .col(ColumnDef::new(R::Batch).uuid().not_null())
        .col(ColumnDef::new(R::TableName).string_len(32).not_null())
        .col(ColumnDef::new(R::Guid).uuid().not_null())
        .col(ColumnDef::new(R::CaseId).uuid().not_null())
        .col(ColumnDef::new(R::Operation).string_len(1).not_null())
        .col(ColumnDef::new(R::Cells).text().not_null())
        .col(ColumnDef::new(R::Digest).string_len(64).not_null())
        .to_owned()
}

fn defects() -> TableCreateStatement {
    use ConnectExchangeDefect as D;
    Table::create()
        .table(D::Table)
        .col(ColumnDef::new(D::Id).uuid().not_null().primary_key())
        .col(ColumnDef::new(D::CaseId).uuid().not_null())
        .col(ColumnDef::new(D::ProjectNo).string_len(64).not_null())
        .col(ColumnDef::new(D::TableName).string_len(32).not_null())
        .col(ColumnDef::new(D::ColumnName).string_len(32).not_null())
        .col(ColumnDef::new(D::Why).string_len(16).not_null())
        .col(ColumnDef::new(D::FoundAt).timestamp_with_time_zone().not_null())
        .col(ColumnDef::new(D::MendedAt).timestamp_with_time_zone())
        .to_owned()
}

fn touched() -> TableCreateStatement {
    use ConnectExchangeTouched as T;
    Table::create()
        .table(T::Table)
        .col(ColumnDef::new(T::CaseId).uuid().not_null().primary_key())
        .col(ColumnDef::new(T::Stamp).uuid().not_null())
        .col(ColumnDef::new(T::At).timestamp_with_time_zone().not_null())
        .to_owned()
}
