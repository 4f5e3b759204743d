//! The table of parcels.

use sea_orm_migration::prelude::*;

/// The module's migrations, in order. Names never change once landed.
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(Shipments), Box::new(Incoming)]
}

struct Shipments;

impl MigrationName for Shipments {
    fn name(&self) -> &str {
        "courier_0001_shipments"
    }
}

#[derive(DeriveIden)]
enum CourierShipment {
    Table,
    Id,
    Number,
    Application,
    Subject,
    AgentSubject,
    Region,
    Direction,
    Sender,
    Recipient,
    Phone,
    Address,
    Contents,
    Cases,
    Payer,
    Facts,
    Troubled,
    CreatedAt,
    Hall,
}

#[async_trait::async_trait]
impl MigrationTrait for Shipments {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        use CourierShipment as S;
        let table = Table::create()
            .table(S::Table)
            .col(ColumnDef::new(S::Id).uuid().not_null().primary_key())
            .col(ColumnDef::new(S::Number).string_len(32).not_null().unique_key())
            .col(ColumnDef::new(S::Application).uuid().not_null())
            .col(ColumnDef::new(S::Subject).uuid().not_null())
            .col(ColumnDef::new(S::AgentSubject).uuid())
            .col(ColumnDef::new(S::Region).string_len(16).not_null())
            .col(ColumnDef::new(S::Direction).string_len(8).not_null())
            .col(ColumnDef::new(S::Sender).text().not_null())
            .col(ColumnDef::new(S::Recipient).text().not_null())
            .col(ColumnDef::new(S::Phone).text().not_null())
            .col(ColumnDef::new(S::Address).text().not_null())
            .col(ColumnDef::new(S::Contents).text().not_null())
            .col(ColumnDef::new(S::Cases).text().not_null())
            .col(ColumnDef::new(S::Payer).string_len(16).not_null())
            .col(ColumnDef::new(S::Facts).text().not_null())
            .col(ColumnDef::new(S::Troubled).boolean().not_null())
            .col(ColumnDef::new(S::CreatedAt).timestamp_with_time_zone().not_null())
            .to_owned();
        manager.create_table(table).await?;
        let by_application =
            Index::create().name("courier_shipment_application").table(S::Table).col(S::Application).to_owned();
        manager.create_index(by_application).await?;
        let troubled = Index::create().name("courier_shipment_troubled").table(S::Table).col(S::Troubled).to_owned();
        manager.create_index(troubled).await
    }
}

/// The hall that opens what comes in.
struct Incoming;

impl MigrationName for Incoming {
    fn name(&self) -> &str {
        "courier_0002_incoming"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Incoming {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        use CourierShipment as S;
        let column = ColumnDef::new(S::Hall).string_len(64).to_owned();
        manager.alter_table(Table::alter().table(S::Table).add_column(column).to_owned()).await?;
        let by_hall = Index::create().name("courier_shipment_hall").table(S::Table).col(S::Hall).col(S::Id).to_owned();
        manager.create_index(by_hall).await
    }
}
