//! Tables of accounts and sessions.

mod systems;

use sea_orm_migration::prelude::*;

/// The module's migrations, in order. Names never change once landed.
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(AccountsAndSessions), Box::new(FirstPassword), Box::new(systems::SystemsAndTokens)]
}

struct AccountsAndSessions;

impl MigrationName for AccountsAndSessions {
    fn name(&self) -> &str {
        "access_0001_accounts_and_sessions"
    }
}

#[derive(DeriveIden)]
enum AccessAccount {
    Table,
    Id,
    Login,
    Name,
    PasswordHash,
    Roles,
    Region,
    Authority,
    Hall,
    Active,
    FailedSignIns,
    LockedUntil,
    SignedInAt,
    FirstPassword,
}

#[derive(DeriveIden)]
enum AccessSession {
    Table,
    Id,
    ActorId,
    Actor,
    Csrf,
    StartedAt,
    SeenAt,
    ExpiresAt,
}

#[async_trait::async_trait]
impl MigrationTrait for AccountsAndSessions {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(accounts()).await?;
        manager.create_table(sessions()).await?;
        manager
            .create_index(
                Index::create()
                    .name("access_session_by_actor")
                    .table(AccessSession::Table)
                    .col(AccessSession::ActorId)
                    .col(AccessSession::StartedAt)
                    .to_owned(),
            )
            .await
    }
}

/// Accounts know whether their password is one that others know. Until now there was no way to change it, so it is.
struct FirstPassword;

impl MigrationName for FirstPassword {
    fn name(&self) -> &str {
        "access_0002_first_password"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for FirstPassword {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut column = ColumnDef::new(AccessAccount::FirstPassword);
        column.boolean().not_null().default(true);
        manager.alter_table(Table::alter().table(AccessAccount::Table).add_column(column).to_owned()).await
    }
}

fn accounts() -> TableCreateStatement {
    Table::create()
        .table(AccessAccount::Table)
        .col(ColumnDef::new(AccessAccount::Id).uuid().not_null().primary_key())
        .col(ColumnDef::new(AccessAccount::Login).string_len(64).not_null().unique_key())
        .col(ColumnDef::new(AccessAccount::Name).string_len(64).not_null())
        .col(ColumnDef::new(AccessAccount::PasswordHash).text().not_null())
        .col(ColumnDef::new(AccessAccount::Roles).text().not_null())
        .col(ColumnDef::new(AccessAccount::Region).string_len(12).not_null())
        .col(ColumnDef::new(AccessAccount::Authority).string_len(64))
        .col(ColumnDef::new(AccessAccount::Hall).string_len(64))
        .col(ColumnDef::new(AccessAccount::Active).boolean().not_null())
        .col(ColumnDef::new(AccessAccount::FailedSignIns).integer().not_null())
        .col(ColumnDef::new(AccessAccount::LockedUntil).timestamp_with_time_zone())
        .col(ColumnDef::new(AccessAccount::SignedInAt).timestamp_with_time_zone())
        .to_owned()
}

fn sessions() -> TableCreateStatement {
    Table::create()
        .table(AccessSession::Table)
        .col(ColumnDef::new(AccessSession::Id).string_len(64).not_null().primary_key())
        .col(ColumnDef::new(AccessSession::ActorId).string_len(64).not_null())
        .col(ColumnDef::new(AccessSession::Actor).text().not_null())
        .col(ColumnDef::new(AccessSession::Csrf).string_len(64).not_null())
        .col(ColumnDef::new(AccessSession::StartedAt).timestamp_with_time_zone().not_null())
        .col(ColumnDef::new(AccessSession::SeenAt).timestamp_with_time_zone().not_null())
        .col(ColumnDef::new(AccessSession::ExpiresAt).timestamp_with_time_zone().not_null())
        .to_owned()
}
