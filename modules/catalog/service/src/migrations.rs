//! Tables of releases and item versions.

use sea_orm_migration::prelude::*;

/// The module's migrations, in order. Names never change once landed.
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(ReleasesAndItems)]
}

struct ReleasesAndItems;

impl MigrationName for ReleasesAndItems {
    fn name(&self) -> &str {
        "catalog_0001_releases_and_items"
    }
}

#[derive(DeriveIden)]
enum CatalogRelease {
    Table,
    Id,
    PublishedAt,
    PublishedBy,
    Digest,
    Items,
}

#[derive(DeriveIden)]
enum CatalogSource {
    Table,
    Release,
    Path,
    Text,
}

#[derive(DeriveIden)]
enum CatalogItem {
    Table,
    Code,
    Version,
    Release,
    Digest,
    Body,
}

#[async_trait::async_trait]
impl MigrationTrait for ReleasesAndItems {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(releases()).await?;
        manager.create_table(sources()).await?;
        manager.create_table(items()).await
    }
}

fn releases() -> TableCreateStatement {
    Table::create()
        .table(CatalogRelease::Table)
        .col(ColumnDef::new(CatalogRelease::Id).uuid().not_null().primary_key())
        .col(ColumnDef::new(CatalogRelease::PublishedAt).timestamp_with_time_zone().not_null())
        .col(ColumnDef::new(CatalogRelease::PublishedBy).string_len(64).not_null())
        .col(ColumnDef::new(CatalogRelease::Digest).string_len(64).not_null())
        .col(ColumnDef::new(CatalogRelease::Items).integer().not_null())
        .to_owned()
}

fn sources() -> TableCreateStatement {
    Table::create()
        .table(CatalogSource::Table)
        .col(ColumnDef::new(CatalogSource::Release).uuid().not_null())
        .col(ColumnDef::new(CatalogSource::Path).string_len(255).not_null())
        .col(ColumnDef::new(CatalogSource::Text).text().not_null())
        .primary_key(Index::create().col(CatalogSource::Release).col(CatalogSource::Path))
        .to_owned()
}

fn items() -> TableCreateStatement {
    Table::create()
        .table(CatalogItem::Table)
        .col(ColumnDef::new(CatalogItem::Code).string_len(64).not_null())
        .col(ColumnDef::new(CatalogItem::Version).integer().not_null())
        .col(ColumnDef::new(CatalogItem::Release).uuid().not_null())
        .col(ColumnDef::new(CatalogItem::Digest).string_len(64).not_null())
        .col(ColumnDef::new(CatalogItem::Body).text().not_null())
        .primary_key(Index::create().col(CatalogItem::Code).col(CatalogItem::Version))
        .to_owned()
}
