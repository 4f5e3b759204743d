//! Tables of subscriptions and deliveries, of connectors, and of the exchange.

mod connectors;
mod exchange;

use sea_orm_migration::prelude::*;

/// The module's migrations, in order. Names never change once landed.
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(Webhooks), Box::new(connectors::Connectors), Box::new(exchange::Exchange)]
}

struct Webhooks;

impl MigrationName for Webhooks {
    fn name(&self) -> &str {
        "connect_0001_webhooks"
    }
}

#[derive(DeriveIden)]
enum ConnectSubscription {
    Table,
    Id,
    Owner,
    OwnerName,
    Url,
    Topics,
    Region,
    Authority,
    Secret,
    MadeAt,
    PausedAt,
    PauseReason,
    Failures,
    EndedAt,
}

#[derive(DeriveIden)]
enum ConnectDelivery {
    Table,
    Id,
    Subscription,
    Number,
    Source,
    Topic,
    Payload,
    At,
    Tries,
    TriedAt,
    Outcome,
    Status,
    TookMs,
    TakenAt,
    GivenUpAt,
}

#[async_trait::async_trait]
impl MigrationTrait for Webhooks {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        use {ConnectDelivery as D, ConnectSubscription as S};
        let subscriptions = Table::create()
            .table(S::Table)
            .col(ColumnDef::new(S::Id).uuid().not_null().primary_key())
            .col(ColumnDef::new(S::Owner).string_len(64).not_null())
            .col(ColumnDef::new(S::OwnerName).string_len(64).not_null())
            .col(ColumnDef::new(S::Url).text().not_null())
            .col(ColumnDef::new(S::Topics).text().not_null())
            .col(ColumnDef::new(S::Region).string_len(12).not_null())
            .col(ColumnDef::new(S::Authority).string_len(64))
            .col(ColumnDef::new(S::Secret).text().not_null())
            .col(ColumnDef::new(S::MadeAt).timestamp_with_time_zone().not_null())
            .col(ColumnDef::new(S::PausedAt).timestamp_with_time_zone())
            .col(ColumnDef::new(S::PauseReason).string_len(16))
            .col(ColumnDef::new(S::Failures).integer().not_null())
            .col(ColumnDef::new(S::EndedAt).timestamp_with_time_zone())
            .to_owned();
        manager.create_table(subscriptions).await?;
        let deliveries = Table::create()
            .table(D::Table)
            .col(ColumnDef::new(D::Id).uuid().not_null().primary_key())
            .col(ColumnDef::new(D::Subscription).uuid().not_null())
            .col(ColumnDef::new(D::Number).big_integer().not_null())
            .col(ColumnDef::new(D::Source).uuid().not_null())
            .col(ColumnDef::new(D::Topic).string_len(64).not_null())
            .col(ColumnDef::new(D::Payload).text().not_null())
            .col(ColumnDef::new(D::At).timestamp_with_time_zone().not_null())
            .col(ColumnDef::new(D::Tries).integer().not_null())
            .col(ColumnDef::new(D::TriedAt).timestamp_with_time_zone())
            .col(ColumnDef::new(D::Outcome).string_len(16))
            .col(ColumnDef::new(D::Status).integer())
            .col(ColumnDef::new(D::TookMs).integer())
            .col(ColumnDef::new(D::TakenAt).timestamp_with_time_zone())
            .col(ColumnDef::new(D::GivenUpAt).timestamp_with_time_zone())
            .to_owned();
        manager.create_table(deliveries).await?;
        let index = |name: &str| Index::create().name(name).table(D::Table).to_owned();
        let numbered = index("connect_delivery_number").col(D::Subscription).col(D::Number).unique().to_owned();
        manager.create_index(numbered).await?;
        let once = index("connect_delivery_once").col(D::Subscription).col(D::Source).unique().to_owned();
        manager.create_index(once).await
    }
}
