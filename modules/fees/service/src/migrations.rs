//! Tables of orders, movements of money, statements and differences.

use sea_orm_migration::prelude::*;

/// The module's migrations, in order. Names never change once landed.
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(Orders)]
}

struct Orders;

impl MigrationName for Orders {
    fn name(&self) -> &str {
        "fees_0001_orders"
    }
}

#[derive(DeriveIden)]
enum FeesOrder {
    Table,
    Id,
    Number,
    CaseId,
    Application,
    Subject,
    AgentSubject,
    Authority,
    Payee,
    Region,
    ItemName,
    Payer,
    Stage,
    Lines,
    Facts,
    Fen,
    IssuedAt,
    PayUrl,
}

#[derive(DeriveIden)]
enum FeesEntry {
    Table,
    Id,
    Kind,
    OrderId,
    Number,
    Reference,
    Fen,
    Day,
    At,
}

#[derive(DeriveIden)]
enum FeesStatement {
    Table,
    Day,
    FetchedAt,
    Entries,
    PaidFen,
    RefundedFen,
    Differences,
}

#[derive(DeriveIden)]
enum FeesDifference {
    Table,
    Id,
    Day,
    Kind,
    Entry,
    Number,
    Reference,
    OursFen,
    TheirsFen,
    FoundAt,
    ResolvedAt,
    ResolvedBy,
    ResolvedByName,
    Note,
}

#[async_trait::async_trait]
impl MigrationTrait for Orders {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [orders(), entries(), statements(), differences()] {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn orders() -> TableCreateStatement {
    use FeesOrder as O;
    Table::create()
        .table(O::Table)
        .col(ColumnDef::new(O::Id).uuid().not_null().primary_key())
        .col(ColumnDef::new(O::Number).string_len(32).not_null().unique_key())
        .col(ColumnDef::new(O::CaseId).uuid().not_null())
        .col(ColumnDef::new(O::Application).uuid().not_null())
        .col(ColumnDef::new(O::Subject).uuid().not_null())
        .col(ColumnDef::new(O::AgentSubject).uuid())
        .col(ColumnDef::new(O::Authority).string_len(64).not_null())
        .col(ColumnDef::new(O::Payee).string_len(64).not_null())
        .col(ColumnDef::new(O::Region).string_len(16).not_null())
        .col(ColumnDef::new(O::ItemName).text().not_null())
        .col(ColumnDef::new(O::Payer).text().not_null())
        .col(ColumnDef::new(O::Stage).string_len(32).not_null())
        .col(ColumnDef::new(O::Lines).text().not_null())
        .col(ColumnDef::new(O::Facts).text().not_null())
        .col(ColumnDef::new(O::Fen).big_integer().not_null())
        .col(ColumnDef::new(O::IssuedAt).timestamp_with_time_zone().not_null())
        .col(ColumnDef::new(O::PayUrl).text())
        .to_owned()
}

fn entries() -> TableCreateStatement {
    use FeesEntry as E;
    Table::create()
        .table(E::Table)
        .col(ColumnDef::new(E::Id).uuid().not_null().primary_key())
        .col(ColumnDef::new(E::Kind).string_len(16).not_null())
        .col(ColumnDef::new(E::OrderId).uuid().not_null())
        .col(ColumnDef::new(E::Number).string_len(32).not_null())
        .col(ColumnDef::new(E::Reference).string_len(64).not_null())
        .col(ColumnDef::new(E::Fen).big_integer().not_null())
        .col(ColumnDef::new(E::Day).date().not_null())
        .col(ColumnDef::new(E::At).timestamp_with_time_zone().not_null())
        .to_owned()
}

fn statements() -> TableCreateStatement {
    use FeesStatement as S;
    Table::create()
        .table(S::Table)
        .col(ColumnDef::new(S::Day).date().not_null().primary_key())
        .col(ColumnDef::new(S::FetchedAt).timestamp_with_time_zone().not_null())
        .col(ColumnDef::new(S::Entries).integer().not_null())
        .col(ColumnDef::new(S::PaidFen).big_integer().not_null())
        .col(ColumnDef::new(S::RefundedFen).big_integer().not_null())
        .col(ColumnDef::new(S::Differences).integer().not_null())
        .to_owned()
}

fn differences() -> TableCreateStatement {
    use FeesDifference as D;
    Table::create()
        .table(D::Table)
        .col(ColumnDef::new(D::Id).uuid().not_null().primary_key())
        .col(ColumnDef::new(D::Day).date().not_null())
        .col(ColumnDef::new(D::Kind).string_len(16).not_null())
        .col(ColumnDef::new(D::Entry).string_len(16).not_null())
        .col(ColumnDef::new(D::Number).string_len(32).not_null())
        .col(ColumnDef::new(D::Reference).string_len(64).not_null())
        .col(ColumnDef::new(D::OursFen).big_integer())
        .col(ColumnDef::new(D::TheirsFen).big_integer())
        .col(ColumnDef::new(D::FoundAt).timestamp_with_time_zone().not_null())
        .col(ColumnDef::new(D::ResolvedAt).timestamp_with_time_zone())
        .col(ColumnDef::new(D::ResolvedBy).string_len(64))
        .col(ColumnDef::new(D::ResolvedByName).text())
        .col(ColumnDef::new(D::Note).text())
        .to_owned()
}

/// A case has one order a stage, and one movement of money stands in the book once: the indexes see to it whoever asks.
fn indexes() -> Vec<IndexCreateStatement> {
    use {FeesDifference as D, FeesEntry as E, FeesOrder as O};
    let index = |name: &str| Index::create().name(name).to_owned();
    vec![
        index("fees_order_case").table(O::Table).col(O::CaseId).col(O::Stage).unique().to_owned(),
        index("fees_order_application").table(O::Table).col(O::Application).to_owned(),
        index("fees_entry_reference").table(E::Table).col(E::Kind).col(E::Reference).unique().to_owned(),
        index("fees_entry_day").table(E::Table).col(E::Day).to_owned(),
        index("fees_difference_once").table(D::Table).col(D::Day).col(D::Entry).col(D::Reference).unique().to_owned(),
    ]
}
