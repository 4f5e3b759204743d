//! Tables of the lists (rows in all their versions, the files they came in), of proposals, and of places to compare with.

use sea_orm_migration::prelude::*;

/// The module's migrations, in order. Names never change once landed.
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(Lists), Box::new(Proposals), Box::new(Places), Box::new(BatchAuthority)]
}

struct Lists;

impl MigrationName for Lists {
    fn name(&self) -> &str {
        "standards_0001_lists"
    }
}

#[derive(DeriveIden)]
enum StandardsRow {
    Table,
    Id,
    Row,
    Version,
    List,
    Identity,
    Digest,
    Authority,
    Unit,
    Level,
    Matter,
    Code,
    Name,
    Item,
    Body,
    Batch,
    Line,
    Since,
    PublishedBy,
    Until,
    Ended,
    Reason,
    EndedBy,
}

#[derive(DeriveIden)]
enum StandardsBatch {
    Table,
    Id,
    File,
    List,
    Sheet,
    Mapping,
    Rows,
    BroughtAt,
    BroughtBy,
    PublishedAt,
    PublishedBy,
    Added,
    Changed,
    Unchanged,
    LeftOut,
    DroppedAt,
    Authority,
}

#[async_trait::async_trait]
impl MigrationTrait for Lists {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        use {StandardsBatch as B, StandardsRow as R};
        let rows = Table::create()
            .table(R::Table)
            .col(ColumnDef::new(R::Id).uuid().not_null().primary_key())
            .col(ColumnDef::new(R::Row).uuid().not_null())
            .col(ColumnDef::new(R::Version).integer().not_null())
            .col(ColumnDef::new(R::List).string_len(16).not_null())
            .col(ColumnDef::new(R::Identity).string_len(64).not_null())
            .col(ColumnDef::new(R::Digest).string_len(64).not_null())
            .col(ColumnDef::new(R::Authority).string_len(64))
            .col(ColumnDef::new(R::Unit).string_len(128).not_null())
            .col(ColumnDef::new(R::Level).string_len(16))
            .col(ColumnDef::new(R::Matter).string_len(2))
            .col(ColumnDef::new(R::Code).string_len(128).not_null())
            .col(ColumnDef::new(R::Name).text().not_null())
            .col(ColumnDef::new(R::Item).string_len(64))
            .col(ColumnDef::new(R::Body).text().not_null())
            .col(ColumnDef::new(R::Batch).uuid())
            .col(ColumnDef::new(R::Line).integer())
            .col(ColumnDef::new(R::Since).timestamp_with_time_zone().not_null())
            .col(ColumnDef::new(R::PublishedBy).string_len(64).not_null())
            .col(ColumnDef::new(R::Until).timestamp_with_time_zone())
            .col(ColumnDef::new(R::Ended).string_len(16))
            .col(ColumnDef::new(R::Reason).text())
            .col(ColumnDef::new(R::EndedBy).string_len(64))
            .to_owned();
        manager.create_table(rows).await?;
        let index = |name: &str| Index::create().name(name).table(R::Table).to_owned();
        for index in [
            index("standards_row_version").col(R::Row).col(R::Version).unique().to_owned(),
            index("standards_row_list").col(R::List).col(R::Until).col(R::Row).to_owned(),
            index("standards_row_unit").col(R::List).col(R::Unit).col(R::Until).to_owned(),
            index("standards_row_item").col(R::Item).to_owned(),
        ] {
            manager.create_index(index).await?;
        }
        let batches = Table::create()
            .table(B::Table)
            .col(ColumnDef::new(B::Id).uuid().not_null().primary_key())
            .col(ColumnDef::new(B::File).string_len(255).not_null())
            .col(ColumnDef::new(B::List).string_len(16).not_null())
            .col(ColumnDef::new(B::Sheet).text().not_null())
            .col(ColumnDef::new(B::Mapping).text().not_null())
            .col(ColumnDef::new(B::Rows).integer().not_null())
            .col(ColumnDef::new(B::BroughtAt).timestamp_with_time_zone().not_null())
            .col(ColumnDef::new(B::BroughtBy).string_len(64).not_null())
            .col(ColumnDef::new(B::PublishedAt).timestamp_with_time_zone())
            .col(ColumnDef::new(B::PublishedBy).string_len(64))
            .col(ColumnDef::new(B::Added).integer())
            .col(ColumnDef::new(B::Changed).integer())
            .col(ColumnDef::new(B::Unchanged).integer())
            .col(ColumnDef::new(B::LeftOut).integer())
            .col(ColumnDef::new(B::DroppedAt).timestamp_with_time_zone())
            .to_owned();
        manager.create_table(batches).await
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Migration("list rows are kept for ever; restore a backup instead".into()))
    }
}

struct Proposals;

impl MigrationName for Proposals {
    fn name(&self) -> &str {
        "standards_0002_proposals"
    }
}

#[derive(DeriveIden)]
enum StandardsProposal {
    Table,
    Id,
    Kind,
    Item,
    ItemName,
    Version,
    Part,
    Authority,
    Facts,
    Effect,
    Cases,
    Body,
    State,
    ConfirmBy,
    ImplementBy,
    MadeAt,
}

#[async_trait::async_trait]
impl MigrationTrait for Proposals {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        use StandardsProposal as P;
        let proposals = Table::create()
            .table(P::Table)
            .col(ColumnDef::new(P::Id).uuid().not_null().primary_key())
            .col(ColumnDef::new(P::Kind).string_len(4).not_null())
            .col(ColumnDef::new(P::Item).string_len(64).not_null())
            .col(ColumnDef::new(P::ItemName).text().not_null())
            .col(ColumnDef::new(P::Version).integer().not_null())
            .col(ColumnDef::new(P::Part).string_len(64).not_null())
            .col(ColumnDef::new(P::Authority).string_len(64).not_null())
            .col(ColumnDef::new(P::Facts).text().not_null())
            .col(ColumnDef::new(P::Effect).text().not_null())
            .col(ColumnDef::new(P::Cases).big_integer().not_null())
            .col(ColumnDef::new(P::Body).text().not_null())
            .col(ColumnDef::new(P::State).string_len(16).not_null())
            .col(ColumnDef::new(P::ConfirmBy).date())
            .col(ColumnDef::new(P::ImplementBy).date())
            .col(ColumnDef::new(P::MadeAt).timestamp_with_time_zone().not_null())
            .to_owned();
        manager.create_table(proposals).await?;
        let index = |name: &str| Index::create().name(name).table(P::Table).to_owned();
        let by_authority = index("standards_proposal_authority").col(P::Authority).col(P::State).col(P::Id).to_owned();
        manager.create_index(by_authority).await?;
        let by_target = index("standards_proposal_target").col(P::Item).col(P::Part).col(P::Kind).to_owned();
        manager.create_index(by_target).await
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Migration("proposals are kept for ever; restore a backup instead".into()))
    }
}

struct Places;

impl MigrationName for Places {
    fn name(&self) -> &str {
        "standards_0003_places"
    }
}

#[derive(DeriveIden)]
enum StandardsPlace {
    Table,
    Code,
    Name,
    Body,
    Offers,
    File,
    BroughtAt,
    BroughtBy,
}

#[async_trait::async_trait]
impl MigrationTrait for Places {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        use StandardsPlace as P;
        let places = Table::create()
            .table(P::Table)
            .col(ColumnDef::new(P::Code).string_len(6).not_null().primary_key())
            .col(ColumnDef::new(P::Name).string_len(64).not_null())
            .col(ColumnDef::new(P::Body).text().not_null())
            .col(ColumnDef::new(P::Offers).integer().not_null())
            .col(ColumnDef::new(P::File).string_len(255).not_null())
            .col(ColumnDef::new(P::BroughtAt).timestamp_with_time_zone().not_null())
            .col(ColumnDef::new(P::BroughtBy).string_len(64).not_null())
            .to_owned();
        manager.create_table(places).await
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Migration("places may be brought in again; restore a backup to go back".into()))
    }
}

/// Whose file it is: an authority sees its own only; files from before are the standards office's.
struct BatchAuthority;

impl MigrationName for BatchAuthority {
    fn name(&self) -> &str {
        "standards_0004_batch_authority"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for BatchAuthority {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        use StandardsBatch as B;
        let column = ColumnDef::new(B::Authority).string_len(64).to_owned();
        manager.alter_table(Table::alter().table(B::Table).add_column(column).to_owned()).await
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Migration("whose file it is cannot be told again; restore a backup instead".into()))
    }
}
