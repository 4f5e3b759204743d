//! Tables of messages, of what became of each by each way, and of what people chose.

use sea_orm_migration::prelude::*;

/// The module's migrations, in order. Names never change once landed.
pub fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(MessagesAndSendings)]
}

struct MessagesAndSendings;

impl MigrationName for MessagesAndSendings {
    fn name(&self) -> &str {
        "messages_0001_messages_and_sendings"
    }
}

#[derive(DeriveIden)]
enum MessagesMessage {
    Table,
    Id,
    Source,
    Subject,
    Kind,
    Application,
    CaseId,
    Title,
    Words,
    At,
    InPortal,
    ReadAt,
}

#[derive(DeriveIden)]
enum MessagesSending {
    Table,
    Id,
    Message,
    Subject,
    Channel,
    Words,
    QueuedAt,
    NotBefore,
    Tries,
    FailedAt,
    Fault,
    SentAt,
    Reference,
    ReceiptAt,
    Arrived,
    GivenUpAt,
    Trouble,
    Round,
    ClaimedAt,
}

#[derive(DeriveIden)]
enum MessagesWish {
    Table,
    Subject,
    Wishes,
    ChangedAt,
    Mail,
    MailAskedAt,
    MailConfirmedAt,
    Wechat,
    WechatAt,
    WechatCode,
    WechatCodeUntil,
}

#[async_trait::async_trait]
impl MigrationTrait for MessagesAndSendings {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(messages()).await?;
        manager.create_table(sendings()).await?;
        manager.create_table(wishes()).await?;
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn messages() -> TableCreateStatement {
    use MessagesMessage as M;
    Table::create()
        .table(M::Table)
        .col(ColumnDef::new(M::Id).uuid().not_null().primary_key())
        .col(ColumnDef::new(M::Source).uuid().not_null())
        .col(ColumnDef::new(M::Subject).uuid().not_null())
        .col(ColumnDef::new(M::Kind).string_len(32).not_null())
        .col(ColumnDef::new(M::Application).uuid().not_null())
        .col(ColumnDef::new(M::CaseId).uuid())
        .col(ColumnDef::new(M::Title).text().not_null())
        .col(ColumnDef::new(M::Words).text().not_null())
        .col(ColumnDef::new(M::At).timestamp_with_time_zone().not_null())
        .col(ColumnDef::new(M::InPortal).boolean().not_null())
        .col(ColumnDef::new(M::ReadAt).timestamp_with_time_zone())
        .to_owned()
}

fn sendings() -> TableCreateStatement {
    use MessagesSending as S;
    Table::create()
        .table(S::Table)
        .col(ColumnDef::new(S::Id).uuid().not_null().primary_key())
        .col(ColumnDef::new(S::Message).uuid().not_null())
        .col(ColumnDef::new(S::Subject).uuid().not_null())
        .col(ColumnDef::new(S::Channel).string_len(16).not_null())
        .col(ColumnDef::new(S::Words).text().not_null())
        .col(ColumnDef::new(S::QueuedAt).timestamp_with_time_zone().not_null())
        .col(ColumnDef::new(S::NotBefore).timestamp_with_time_zone())
        .col(ColumnDef::new(S::Tries).integer().not_null())
        .col(ColumnDef::new(S::FailedAt).timestamp_with_time_zone())
        .col(ColumnDef::new(S::Fault).string_len(16))
        .col(ColumnDef::new(S::SentAt).timestamp_with_time_zone())
        .col(ColumnDef::new(S::Reference).string_len(64))
        .col(ColumnDef::new(S::ReceiptAt).timestamp_with_time_zone())
        .col(ColumnDef::new(S::Arrived).boolean())
        .col(ColumnDef::new(S::GivenUpAt).timestamp_with_time_zone())
        .col(ColumnDef::new(S::Trouble).boolean().not_null())
        .col(ColumnDef::new(S::Round).integer().not_null())
        .col(ColumnDef::new(S::ClaimedAt).timestamp_with_time_zone())
        .to_owned()
}

fn wishes() -> TableCreateStatement {
    use MessagesWish as W;
    Table::create()
        .table(W::Table)
        .col(ColumnDef::new(W::Subject).uuid().not_null().primary_key())
        .col(ColumnDef::new(W::Wishes).text().not_null())
        .col(ColumnDef::new(W::ChangedAt).timestamp_with_time_zone().not_null())
        .col(ColumnDef::new(W::Mail).text())
        .col(ColumnDef::new(W::MailAskedAt).timestamp_with_time_zone())
        .col(ColumnDef::new(W::MailConfirmedAt).timestamp_with_time_zone())
        .col(ColumnDef::new(W::Wechat).text())
        .col(ColumnDef::new(W::WechatAt).timestamp_with_time_zone())
        .col(ColumnDef::new(W::WechatCode).string_len(64).unique_key())
        .col(ColumnDef::new(W::WechatCodeUntil).timestamp_with_time_zone())
        .to_owned()
}

/// One source is told a person once; lists go by person or by trouble, counts by way and time.
fn indexes() -> Vec<IndexCreateStatement> {
    use {MessagesMessage as M, MessagesSending as S};
    let message = |name: &str| Index::create().name(name).table(M::Table).to_owned();
    let sending = |name: &str| Index::create().name(name).table(S::Table).to_owned();
    vec![
        message("messages_message_once").col(M::Source).col(M::Subject).col(M::Kind).unique().to_owned(),
        message("messages_message_by_person").col(M::Subject).col(M::InPortal).col(M::At).col(M::Id).to_owned(),
        message("messages_message_unread").col(M::Subject).col(M::ReadAt).to_owned(),
        sending("messages_sending_of_message").col(S::Message).to_owned(),
        sending("messages_sending_by_person").col(S::Subject).col(S::Channel).col(S::ClaimedAt).to_owned(),
        sending("messages_sending_by_time").col(S::Channel).col(S::ClaimedAt).to_owned(),
        sending("messages_sending_in_trouble").col(S::Trouble).col(S::Id).to_owned(),
    ]
}
