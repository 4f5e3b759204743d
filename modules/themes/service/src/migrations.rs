//! Tables of drafts, of the files handed in with them, and of what was looked for.

mod sought;

use sea_orm_migration::prelude::*;

/// The module's migrations, in order. Names never change once landed.
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(DraftsAndPapers), Box::new(Sealed), Box::new(sought::Sought)]
}

struct DraftsAndPapers;

impl MigrationName for DraftsAndPapers {
    fn name(&self) -> &str {
        "themes_0001_drafts_and_papers"
    }
}

/// Room for sealed text; the rows are sealed after the start, since the keys are not in the database.
struct Sealed;

impl MigrationName for Sealed {
    fn name(&self) -> &str {
        "themes_0002_sealed"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Sealed {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        platform::migrate::lengthen(manager, "themes_draft", &["subject_name"]).await?;
        platform::migrate::lengthen(manager, "themes_paper", &["name"]).await
    }
}

#[derive(DeriveIden)]
enum ThemesDraft {
    Table,
    Id,
    Theme,
    Subject,
    SubjectName,
    Organisation,
    OpenedBy,
    Answers,
    Form,
    Version,
    Tab,
    CreatedAt,
    UpdatedAt,
    Application,
}

#[derive(DeriveIden)]
enum ThemesPaper {
    Table,
    Id,
    Draft,
    Slot,
    Blob,
    Name,
    Kind,
    Bytes,
    At,
}

#[async_trait::async_trait]
impl MigrationTrait for DraftsAndPapers {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(drafts()).await?;
        manager.create_table(papers()).await?;
        let by_subject = Index::create()
            .name("themes_draft_by_subject")
            .table(ThemesDraft::Table)
            .col(ThemesDraft::Subject)
            .col(ThemesDraft::UpdatedAt)
            .to_owned();
        manager.create_index(by_subject).await?;
        let by_draft = Index::create()
            .name("themes_paper_by_draft")
            .table(ThemesPaper::Table)
            .col(ThemesPaper::Draft)
            .col(ThemesPaper::At)
            .to_owned();
        manager.create_index(by_draft).await
    }
}

fn drafts() -> TableCreateStatement {
    Table::create()
        .table(ThemesDraft::Table)
        .col(ColumnDef::new(ThemesDraft::Id).uuid().not_null().primary_key())
        .col(ColumnDef::new(ThemesDraft::Theme).string_len(64).not_null())
        .col(ColumnDef::new(ThemesDraft::Subject).uuid().not_null())
        .col(ColumnDef::new(ThemesDraft::SubjectName).string_len(64).not_null())
        .col(ColumnDef::new(ThemesDraft::Organisation).uuid())
        .col(ColumnDef::new(ThemesDraft::OpenedBy).string_len(64))
        .col(ColumnDef::new(ThemesDraft::Answers).text().not_null())
        .col(ColumnDef::new(ThemesDraft::Form).text().not_null())
        .col(ColumnDef::new(ThemesDraft::Version).integer().not_null())
        .col(ColumnDef::new(ThemesDraft::Tab).string_len(64).not_null())
        .col(ColumnDef::new(ThemesDraft::CreatedAt).timestamp_with_time_zone().not_null())
        .col(ColumnDef::new(ThemesDraft::UpdatedAt).timestamp_with_time_zone().not_null())
        .col(ColumnDef::new(ThemesDraft::Application).uuid())
        .to_owned()
}

fn papers() -> TableCreateStatement {
    Table::create()
        .table(ThemesPaper::Table)
        .col(ColumnDef::new(ThemesPaper::Id).uuid().not_null().primary_key())
        .col(ColumnDef::new(ThemesPaper::Draft).uuid().not_null())
        .col(ColumnDef::new(ThemesPaper::Slot).string_len(255).not_null())
        .col(ColumnDef::new(ThemesPaper::Blob).string_len(64).not_null())
        .col(ColumnDef::new(ThemesPaper::Name).string_len(255).not_null())
        .col(ColumnDef::new(ThemesPaper::Kind).string_len(8).not_null())
        .col(ColumnDef::new(ThemesPaper::Bytes).big_integer().not_null())
        .col(ColumnDef::new(ThemesPaper::At).timestamp_with_time_zone().not_null())
        .to_owned()
}
