//! Systems outside and their tokens.

use sea_orm_migration::prelude::*;

pub(super) struct SystemsAndTokens;

impl MigrationName for SystemsAndTokens {
    fn name(&self) -> &str {
        "access_0003_systems_and_tokens"
    }
}

#[derive(DeriveIden)]
enum AccessSystem {
    Table,
    Id,
    Name,
    Roles,
    Region,
    Authority,
    Hall,
    Active,
    MadeAt,
    MadeBy,
}

#[derive(DeriveIden)]
enum AccessToken {
    Table,
    Id,
    System,
    Hash,
    Scopes,
    Region,
    MadeAt,
    MadeBy,
    ExpiresAt,
    RevokedAt,
    LastUsedAt,
    Follows,
}

#[async_trait::async_trait]
impl MigrationTrait for SystemsAndTokens {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        use {AccessSystem as S, AccessToken as T};
        let systems = Table::create()
            .table(S::Table)
            .col(ColumnDef::new(S::Id).uuid().not_null().primary_key())
            .col(ColumnDef::new(S::Name).string_len(64).not_null().unique_key())
            .col(ColumnDef::new(S::Roles).text().not_null())
            .col(ColumnDef::new(S::Region).string_len(12).not_null())
            .col(ColumnDef::new(S::Authority).string_len(64))
            .col(ColumnDef::new(S::Hall).string_len(64))
            .col(ColumnDef::new(S::Active).boolean().not_null())
            .col(ColumnDef::new(S::MadeAt).timestamp_with_time_zone().not_null())
            .col(ColumnDef::new(S::MadeBy).string_len(64).not_null())
            .to_owned();
        manager.create_table(systems).await?;
        let tokens = Table::create()
            .table(T::Table)
            .col(ColumnDef::new(T::Id).uuid().not_null().primary_key())
            .col(ColumnDef::new(T::System).uuid().not_null())
            .col(ColumnDef::new(T::Hash).string_len(64).not_null())
            .col(ColumnDef::new(T::Scopes).text().not_null())
            .col(ColumnDef::new(T::Region).string_len(12))
            .col(ColumnDef::new(T::MadeAt).timestamp_with_time_zone().not_null())
            .col(ColumnDef::new(T::MadeBy).string_len(64).not_null())
            .col(ColumnDef::new(T::ExpiresAt).timestamp_with_time_zone().not_null())
            .col(ColumnDef::new(T::RevokedAt).timestamp_with_time_zone())
            .col(ColumnDef::new(T::LastUsedAt).timestamp_with_time_zone())
            .col(ColumnDef::new(T::Follows).uuid())
            .to_owned();
        manager.create_table(tokens).await?;
        let by_system = Index::create().name("access_token_by_system").table(T::Table).col(T::System).to_owned();
        manager.create_index(by_system).await
    }
}
