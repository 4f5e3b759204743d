//! The platform's own tables.

use sea_orm_migration::prelude::*;

mod roots;

/// All migrations, oldest first.
pub(crate) fn list() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(Ground), Box::new(DeliveryTroubles), Box::new(roots::Roots)]
}

/// Journal, counters and queue.
struct Ground;

impl MigrationName for Ground {
    fn name(&self) -> &str {
        "platform_0001_ground"
    }
}

/// What went wrong with deliveries, try by try.
struct DeliveryTroubles;

impl MigrationName for DeliveryTroubles {
    fn name(&self) -> &str {
        "platform_0002_delivery_troubles"
    }
}

#[derive(DeriveIden)]
enum PlatformDeliveryTrouble {
    Table,
    Delivery,
    At,
    Tries,
    Reason,
}

#[async_trait::async_trait]
impl MigrationTrait for DeliveryTroubles {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        use PlatformDeliveryTrouble as T;
        let table = Table::create()
            .table(T::Table)
            .col(ColumnDef::new(T::Delivery).uuid().not_null())
            .col(ColumnDef::new(T::At).timestamp_with_time_zone().not_null())
            .col(ColumnDef::new(T::Tries).integer().not_null())
            .col(ColumnDef::new(T::Reason).text().not_null())
            .primary_key(Index::create().col(T::Delivery).col(T::At).col(T::Tries))
            .to_owned();
        manager.create_table(table).await
    }
}

#[derive(DeriveIden)]
enum PlatformJournal {
    Table,
    Chain,
    Seq,
    At,
    Actor,
    Act,
    Subject,
    Payload,
    RequestKey,
    Prev,
    Hash,
}

#[derive(DeriveIden)]
enum PlatformJournalHead {
    Table,
    Chain,
    Seq,
    Hash,
}

#[derive(DeriveIden)]
enum PlatformCounter {
    Table,
    Name,
    Value,
}

/// What a delivery is, waiting or dead.
#[derive(DeriveIden)]
enum Delivery {
    Id,
    Lane,
    Topic,
    Subject,
    Payload,
    At,
}

#[derive(DeriveIden)]
enum PlatformQueue {
    Table,
    Id,
    Due,
    Tries,
    JobKey,
}

#[derive(DeriveIden)]
enum PlatformDeadLetter {
    Table,
    Died,
    Reason,
}

#[derive(DeriveIden)]
enum PlatformHandled {
    Table,
    Listener,
    Delivery,
    At,
}

#[async_trait::async_trait]
impl MigrationTrait for Ground {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [journal(), journal_head(), counter(), queue(), dead_letter(), handled()] {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn indexes() -> [IndexCreateStatement; 5] {
    [
        Index::create()
            .name("platform_journal_by_request_key")
            .table(PlatformJournal::Table)
            .col(PlatformJournal::RequestKey)
            .unique()
            // Most rows have no key and need no entry.
            .and_where(Expr::col(PlatformJournal::RequestKey).is_not_null())
            .to_owned(),
        Index::create()
            .name("platform_queue_by_due")
            .table(PlatformQueue::Table)
            .col(PlatformQueue::Due)
            .col(PlatformQueue::Id)
            .to_owned(),
        Index::create()
            .name("platform_queue_by_job_key")
            .table(PlatformQueue::Table)
            .col(PlatformQueue::JobKey)
            .unique()
            .and_where(Expr::col(PlatformQueue::JobKey).is_not_null())
            .to_owned(),
        Index::create()
            .name("platform_dead_letter_by_died")
            .table(PlatformDeadLetter::Table)
            .col(PlatformDeadLetter::Died)
            .to_owned(),
        Index::create()
            .name("platform_handled_by_at")
            .table(PlatformHandled::Table)
            .col(PlatformHandled::At)
            .to_owned(),
    ]
}

fn journal() -> TableCreateStatement {
    Table::create()
        .table(PlatformJournal::Table)
        .col(ColumnDef::new(PlatformJournal::Chain).uuid().not_null())
        .col(ColumnDef::new(PlatformJournal::Seq).big_integer().not_null())
        .col(ColumnDef::new(PlatformJournal::At).timestamp_with_time_zone().not_null())
        .col(ColumnDef::new(PlatformJournal::Actor).text().not_null())
        .col(ColumnDef::new(PlatformJournal::Act).text().not_null())
        .col(ColumnDef::new(PlatformJournal::Subject).text().not_null())
        .col(ColumnDef::new(PlatformJournal::Payload).text().not_null())
        .col(ColumnDef::new(PlatformJournal::RequestKey).text())
        .col(ColumnDef::new(PlatformJournal::Prev).blob().not_null())
        .col(ColumnDef::new(PlatformJournal::Hash).blob().not_null())
        .primary_key(Index::create().col(PlatformJournal::Chain).col(PlatformJournal::Seq))
        .to_owned()
}

fn journal_head() -> TableCreateStatement {
    Table::create()
        .table(PlatformJournalHead::Table)
        .col(ColumnDef::new(PlatformJournalHead::Chain).uuid().not_null().primary_key())
        .col(ColumnDef::new(PlatformJournalHead::Seq).big_integer().not_null())
        .col(ColumnDef::new(PlatformJournalHead::Hash).blob().not_null())
        .to_owned()
}

fn counter() -> TableCreateStatement {
    Table::create()
        .table(PlatformCounter::Table)
        .col(ColumnDef::new(PlatformCounter::Name).text().not_null().primary_key())
        .col(ColumnDef::new(PlatformCounter::Value).big_integer().not_null())
        .to_owned()
}

fn queue() -> TableCreateStatement {
    deliveries(PlatformQueue::Table)
        .col(ColumnDef::new(PlatformQueue::Due).timestamp_with_time_zone().not_null())
        .col(ColumnDef::new(PlatformQueue::Tries).integer().not_null())
        .col(ColumnDef::new(PlatformQueue::JobKey).text())
        .to_owned()
}

fn dead_letter() -> TableCreateStatement {
    deliveries(PlatformDeadLetter::Table)
        .col(ColumnDef::new(PlatformDeadLetter::Died).timestamp_with_time_zone().not_null())
        .col(ColumnDef::new(PlatformDeadLetter::Reason).text().not_null())
        .to_owned()
}

/// A table of deliveries, before the columns of its own.
fn deliveries(table: impl IntoTableRef) -> TableCreateStatement {
    Table::create()
        .table(table)
        .col(ColumnDef::new(Delivery::Id).uuid().not_null().primary_key())
        .col(ColumnDef::new(Delivery::Lane).small_integer().not_null())
        .col(ColumnDef::new(Delivery::Topic).text().not_null())
        .col(ColumnDef::new(Delivery::Subject).text().not_null())
        .col(ColumnDef::new(Delivery::Payload).text().not_null())
        .col(ColumnDef::new(Delivery::At).timestamp_with_time_zone().not_null())
        .to_owned()
}

fn handled() -> TableCreateStatement {
    Table::create()
        .table(PlatformHandled::Table)
        .col(ColumnDef::new(PlatformHandled::Listener).text().not_null())
        .col(ColumnDef::new(PlatformHandled::Delivery).uuid().not_null())
        .col(ColumnDef::new(PlatformHandled::At).timestamp_with_time_zone().not_null())
        .primary_key(Index::create().col(PlatformHandled::Listener).col(PlatformHandled::Delivery))
        .to_owned()
}
