//! Tables of revisions with their edits and remarks, of change requests, and of what the public said.

use sea_orm_migration::prelude::*;

/// The module's migrations, in order. Names never change once landed.
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(Revisions)]
}

struct Revisions;

impl MigrationName for Revisions {
    fn name(&self) -> &str {
        "authoring_0001_revisions"
    }
}

#[derive(DeriveIden)]
enum AuthoringRevision {
    Table,
    Id,
    Title,
    Authority,
    Base,
    Body,
    State,
    LastDay,
    OpenedAt,
    OpenedBy,
}

#[derive(DeriveIden)]
enum AuthoringEdit {
    Table,
    Revision,
    Path,
    Text,
    Was,
    Item,
    EditedAt,
    EditedBy,
}

#[derive(DeriveIden)]
enum AuthoringRemark {
    Table,
    Id,
    Revision,
    Said,
    By,
    At,
}

#[derive(DeriveIden)]
enum AuthoringRequest {
    Table,
    Id,
    Item,
    ItemName,
    Authority,
    What,
    Why,
    CaseNumber,
    FiledAt,
    FiledBy,
    FiledName,
    Body,
    State,
    AnswerBy,
    Revision,
}

#[derive(DeriveIden)]
enum AuthoringComment {
    Table,
    Id,
    Revision,
    Stance,
    Said,
    Subject,
    Name,
    At,
    Answer,
    AnsweredBy,
    AnsweredAt,
    Shown,
}

#[async_trait::async_trait]
impl MigrationTrait for Revisions {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        use {
            AuthoringComment as C, AuthoringEdit as E, AuthoringRemark as M, AuthoringRequest as Q,
            AuthoringRevision as R,
        };
        let revisions = Table::create()
            .table(R::Table)
            .col(ColumnDef::new(R::Id).uuid().not_null().primary_key())
            .col(ColumnDef::new(R::Title).text().not_null())
            .col(ColumnDef::new(R::Authority).string_len(64).not_null())
            .col(ColumnDef::new(R::Base).uuid().not_null())
            .col(ColumnDef::new(R::Body).text().not_null())
            .col(ColumnDef::new(R::State).string_len(16).not_null())
            .col(ColumnDef::new(R::LastDay).date())
            .col(ColumnDef::new(R::OpenedAt).timestamp_with_time_zone().not_null())
            .col(ColumnDef::new(R::OpenedBy).string_len(64).not_null())
            .to_owned();
        manager.create_table(revisions).await?;
        let edits = Table::create()
            .table(E::Table)
            .col(ColumnDef::new(E::Revision).uuid().not_null())
            .col(ColumnDef::new(E::Path).string_len(128).not_null())
            .col(ColumnDef::new(E::Text).text())
            .col(ColumnDef::new(E::Was).text())
            .col(ColumnDef::new(E::Item).string_len(64))
            .col(ColumnDef::new(E::EditedAt).timestamp_with_time_zone().not_null())
            .col(ColumnDef::new(E::EditedBy).string_len(64).not_null())
            .primary_key(Index::create().col(E::Revision).col(E::Path))
            .to_owned();
        manager.create_table(edits).await?;
        let remarks = Table::create()
            .table(M::Table)
            .col(ColumnDef::new(M::Id).uuid().not_null().primary_key())
            .col(ColumnDef::new(M::Revision).uuid().not_null())
            .col(ColumnDef::new(M::Said).text().not_null())
            .col(ColumnDef::new(M::By).string_len(64).not_null())
            .col(ColumnDef::new(M::At).timestamp_with_time_zone().not_null())
            .to_owned();
        manager.create_table(remarks).await?;
        let requests = Table::create()
            .table(Q::Table)
            .col(ColumnDef::new(Q::Id).uuid().not_null().primary_key())
            .col(ColumnDef::new(Q::Item).string_len(64).not_null())
            .col(ColumnDef::new(Q::ItemName).text().not_null())
            .col(ColumnDef::new(Q::Authority).string_len(64).not_null())
            .col(ColumnDef::new(Q::What).text().not_null())
            .col(ColumnDef::new(Q::Why).text().not_null())
            .col(ColumnDef::new(Q::CaseNumber).string_len(64))
            .col(ColumnDef::new(Q::FiledAt).timestamp_with_time_zone().not_null())
            .col(ColumnDef::new(Q::FiledBy).string_len(64).not_null())
            .col(ColumnDef::new(Q::FiledName).string_len(64).not_null())
            .col(ColumnDef::new(Q::Body).text().not_null())
            .col(ColumnDef::new(Q::State).string_len(16).not_null())
            .col(ColumnDef::new(Q::AnswerBy).date().not_null())
            .col(ColumnDef::new(Q::Revision).uuid())
            .to_owned();
        manager.create_table(requests).await?;
        let comments = Table::create()
            .table(C::Table)
            .col(ColumnDef::new(C::Id).uuid().not_null().primary_key())
            .col(ColumnDef::new(C::Revision).uuid().not_null())
            .col(ColumnDef::new(C::Stance).string_len(16).not_null())
            .col(ColumnDef::new(C::Said).text().not_null())
            .col(ColumnDef::new(C::Subject).uuid())
            .col(ColumnDef::new(C::Name).text())
            .col(ColumnDef::new(C::At).timestamp_with_time_zone().not_null())
            .col(ColumnDef::new(C::Answer).text())
            .col(ColumnDef::new(C::AnsweredBy).string_len(64))
            .col(ColumnDef::new(C::AnsweredAt).timestamp_with_time_zone())
            .col(ColumnDef::new(C::Shown).boolean().not_null().default(false))
            .to_owned();
        manager.create_table(comments).await?;
        let index = |name: &str| Index::create().name(name).to_owned();
        for index in [
            index("authoring_revision_state").table(R::Table).col(R::State).col(R::Id).to_owned(),
            index("authoring_revision_last_day").table(R::Table).col(R::LastDay).to_owned(),
            index("authoring_edit_item").table(E::Table).col(E::Item).to_owned(),
            index("authoring_remark_revision").table(M::Table).col(M::Revision).col(M::Id).to_owned(),
            index("authoring_request_due").table(Q::Table).col(Q::State).col(Q::AnswerBy).col(Q::Id).to_owned(),
            index("authoring_request_revision").table(Q::Table).col(Q::Revision).to_owned(),
            index("authoring_comment_revision").table(C::Table).col(C::Revision).col(C::Id).to_owned(),
        ] {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Migration("revisions are kept for ever; restore a backup instead".into()))
    }
}
