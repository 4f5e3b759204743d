//! The signed root of each day, with what it was made of.

use sea_orm_migration::prelude::*;

pub(super) struct Roots;

impl MigrationName for Roots {
    fn name(&self) -> &str {
        "platform_0002_roots"
    }
}

#[derive(DeriveIden)]
enum PlatformRoot {
    Table,
    Day,
    Closed,
    Chains,
    RowCount,
    Root,
    Previous,
    KeyId,
    Point,
    Signature,
}

#[derive(DeriveIden)]
enum PlatformRootLeaf {
    Table,
    Chain,
    Day,
    Seq,
    Hash,
}

#[derive(DeriveIden)]
enum PlatformRootBlock {
    Table,
    Day,
    Place,
    First,
    Hash,
}

#[derive(DeriveIden)]
enum PlatformRootOpen {
    Table,
    Name,
    Day,
    After,
    RowCount,
    Tree,
    BlockFirst,
}

#[async_trait::async_trait]
impl MigrationTrait for Roots {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [root(), leaf(), block(), open()] {
            manager.create_table(table).await?;
        }
        Ok(())
    }
}

fn root() -> TableCreateStatement {
    Table::create()
        .table(PlatformRoot::Table)
        .col(ColumnDef::new(PlatformRoot::Day).date().not_null().primary_key())
        .col(ColumnDef::new(PlatformRoot::Closed).timestamp_with_time_zone().not_null())
        .col(ColumnDef::new(PlatformRoot::Chains).big_integer().not_null())
        .col(ColumnDef::new(PlatformRoot::RowCount).big_integer().not_null())
        .col(ColumnDef::new(PlatformRoot::Root).blob().not_null())
        .col(ColumnDef::new(PlatformRoot::Previous).blob().not_null())
        .col(ColumnDef::new(PlatformRoot::KeyId).text().not_null())
        .col(ColumnDef::new(PlatformRoot::Point).blob().not_null())
        .col(ColumnDef::new(PlatformRoot::Signature).blob().not_null())
        .to_owned()
}

fn leaf() -> TableCreateStatement {
    Table::create()
        .table(PlatformRootLeaf::Table)
        .col(ColumnDef::new(PlatformRootLeaf::Chain).uuid().not_null())
        .col(ColumnDef::new(PlatformRootLeaf::Day).date().not_null())
        .col(ColumnDef::new(PlatformRootLeaf::Seq).big_integer().not_null())
        .col(ColumnDef::new(PlatformRootLeaf::Hash).blob().not_null())
        .primary_key(Index::create().col(PlatformRootLeaf::Chain).col(PlatformRootLeaf::Day))
        .to_owned()
}

fn block() -> TableCreateStatement {
    Table::create()
        .table(PlatformRootBlock::Table)
        .col(ColumnDef::new(PlatformRootBlock::Day).date().not_null())
        .col(ColumnDef::new(PlatformRootBlock::Place).big_integer().not_null())
        .col(ColumnDef::new(PlatformRootBlock::First).uuid().not_null())
        .col(ColumnDef::new(PlatformRootBlock::Hash).blob().not_null())
        .primary_key(Index::create().col(PlatformRootBlock::Day).col(PlatformRootBlock::Place))
        .to_owned()
}

fn open() -> TableCreateStatement {
    Table::create()
        .table(PlatformRootOpen::Table)
        .col(ColumnDef::new(PlatformRootOpen::Name).text().not_null().primary_key())
        .col(ColumnDef::new(PlatformRootOpen::Day).date().not_null())
        .col(ColumnDef::new(PlatformRootOpen::After).uuid())
        .col(ColumnDef::new(PlatformRootOpen::RowCount).big_integer().not_null())
        .col(ColumnDef::new(PlatformRootOpen::Tree).blob().not_null())
        .col(ColumnDef::new(PlatformRootOpen::BlockFirst).uuid())
        .to_owned()
}
