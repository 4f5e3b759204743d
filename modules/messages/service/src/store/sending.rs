//! What became of a message by one way. No address stands here.

use chrono::{DateTime, Utc};
use kernel::id::SubjectId;
use messages::{Became, Channel, FaultCode, Sending};
use platform::Fault;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{IntoActiveModel, QueryOrder, QuerySelect};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "messages_sending")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub message: Uuid,
    pub subject: Uuid,
    pub channel: String,
    /// As it travels.
    pub words: String,
    pub queued_at: DateTimeUtc,
    pub not_before: Option<DateTimeUtc>,
    pub tries: i32,
    pub failed_at: Option<DateTimeUtc>,
    pub fault: Option<String>,
    pub sent_at: Option<DateTimeUtc>,
    /// The provider's own number of it.
    pub reference: Option<String>,
    pub receipt_at: Option<DateTimeUtc>,
    pub arrived: Option<bool>,
    pub given_up_at: Option<DateTimeUtc>,
    /// Somebody should look at it: given up for another reason than a missing address, or lost on the way.
    pub trouble: bool,
    /// How often the provider took it and could not bring it: each time it is another wish to the provider.
    pub round: i32,
    /// When it was given its place among those of the day and of the minute.
    pub claimed_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// The way it goes.
    pub(crate) fn way(&self) -> Result<Channel, Fault> {
        Channel::parse(&self.channel)
            .ok_or_else(|| Fault::internal(format_args!("messages_sending.channel of {} cannot be read", self.id)))
    }

    /// What the provider knows it by, however often it is asked.
    pub(crate) fn wish(&self) -> String {
        format!("{}.{}", self.id.simple(), self.round)
    }

    /// What the rules look at.
    pub(crate) fn facts(&self) -> Sending {
        let receipt = self.receipt_at.zip(self.arrived).map(|(at, arrived)| Became { at, arrived });
        Sending {
            queued_at: self.queued_at,
            not_before: self.not_before,
            failed_at: self.failed_at,
            sent_at: self.sent_at,
            receipt,
            given_up_at: self.given_up_at,
        }
    }
}

/// Adds one.
pub(crate) async fn sending_insert(on: &impl ConnectionTrait, row: Model) -> Result<(), Fault> {
    Entity::insert(row.into_active_model()).exec_without_returning(on).await?;
    Ok(())
}

/// One sending.
pub(crate) async fn sending_find(on: &impl ConnectionTrait, id: Uuid) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(id).one(on).await?)
}

/// The sendings of one message.
pub(crate) async fn sending_of_message(on: &impl ConnectionTrait, message: Uuid) -> Result<Vec<Model>, Fault> {
    Ok(Entity::find().filter(Column::Message.eq(message)).order_by_asc(Column::Id).all(on).await?)
}

/// Sendings, the newest first, older than one of them; with `trouble` those somebody should look at.
pub(crate) async fn sending_list(
    on: &impl ConnectionTrait,
    trouble: bool,
    before: Option<Uuid>,
    most: u64,
) -> Result<Vec<Model>, Fault> {
    let mut asked = Entity::find().order_by_desc(Column::Id).limit(most);
    if trouble {
        asked = asked.filter(Column::Trouble.eq(true));
    }
    if let Some(before) = before {
        asked = asked.filter(Column::Id.lt(before));
    }
    Ok(asked.all(on).await?)
}

/// How many somebody should look at, `most` at most.
pub(crate) async fn sending_troubles(on: &impl ConnectionTrait, most: u64) -> Result<u64, Fault> {
    let ids = Entity::find().select_only().column(Column::Id).filter(Column::Trouble.eq(true)).limit(most);
    Ok(ids.into_tuple::<Uuid>().all(on).await?.len() as u64)
}

/// How many were given a place by this way since a moment: to one person, or to all.
pub(crate) async fn sending_count(
    on: &impl ConnectionTrait,
    channel: Channel,
    to: Option<SubjectId>,
    since: DateTime<Utc>,
) -> Result<u64, Fault> {
    let mut asked = Entity::find().filter(Column::Channel.eq(channel.code())).filter(Column::ClaimedAt.gte(since));
    if let Some(subject) = to {
        asked = asked.filter(Column::Subject.eq(subject.uuid()));
    }
    Ok(asked.count(on).await?)
}

/// Gives it its place.
pub(crate) async fn sending_claim(on: &impl ConnectionTrait, id: Uuid, at: DateTime<Utc>) -> Result<(), Fault> {
    of(id).col_expr(Column::ClaimedAt, Expr::value(at)).exec(on).await?;
    Ok(())
}

/// Moves it on to a later moment.
pub(crate) async fn sending_hold(on: &impl ConnectionTrait, id: Uuid, until: DateTime<Utc>) -> Result<(), Fault> {
    of(id).col_expr(Column::NotBefore, Expr::value(until)).exec(on).await?;
    Ok(())
}

/// The other side has taken it.
pub(crate) async fn sending_sent(
    on: &impl ConnectionTrait,
    id: Uuid,
    at: DateTime<Utc>,
    reference: Option<String>,
) -> Result<(), Fault> {
    of(id)
        .col_expr(Column::SentAt, Expr::value(at))
        .col_expr(Column::Reference, Expr::value(reference))
        .col_expr(Column::GivenUpAt, Expr::value(Option::<DateTime<Utc>>::None))
        .exec(on)
        .await?;
    Ok(())
}

/// A try has failed; with `given_up` it was the last.
pub(crate) async fn sending_failed(
    on: &impl ConnectionTrait,
    row: &Model,
    at: DateTime<Utc>,
    fault: FaultCode,
    given_up: bool,
) -> Result<(), Fault> {
    of(row.id)
        .col_expr(Column::Tries, Expr::value(row.tries + 1))
        .col_expr(Column::FailedAt, Expr::value(at))
        .col_expr(Column::Fault, Expr::value(fault.code()))
        .col_expr(Column::GivenUpAt, Expr::value(given_up.then_some(at)))
        .col_expr(Column::Trouble, Expr::value(given_up && fault != FaultCode::NoAddress))
        .exec(on)
        .await?;
    Ok(())
}

/// What the provider reported; a report that it arrived is not taken back by a later one.
pub(crate) async fn sending_receipt(on: &impl ConnectionTrait, id: Uuid, receipt: Became) -> Result<(), Fault> {
    of(id)
        .col_expr(Column::ReceiptAt, Expr::value(receipt.at))
        .col_expr(Column::Arrived, Expr::value(receipt.arrived))
        .col_expr(Column::Trouble, Expr::value(!receipt.arrived))
        .filter(Column::Arrived.is_null().or(Column::Arrived.eq(false)))
        .exec(on)
        .await?;
    Ok(())
}

/// It is to be tried from the beginning.
pub(crate) async fn sending_anew(on: &impl ConnectionTrait, row: &Model, at: DateTime<Utc>) -> Result<(), Fault> {
    of(row.id)
        .col_expr(Column::Round, Expr::value(row.round + i32::from(row.arrived == Some(false))))
        .col_expr(Column::QueuedAt, Expr::value(at))
        .col_expr(Column::Tries, Expr::value(0))
        .col_expr(Column::NotBefore, Expr::value(Option::<DateTime<Utc>>::None))
        .col_expr(Column::FailedAt, Expr::value(Option::<DateTime<Utc>>::None))
        .col_expr(Column::GivenUpAt, Expr::value(Option::<DateTime<Utc>>::None))
        .col_expr(Column::SentAt, Expr::value(Option::<DateTime<Utc>>::None))
        .col_expr(Column::ReceiptAt, Expr::value(Option::<DateTime<Utc>>::None))
        .col_expr(Column::Arrived, Expr::value(Option::<bool>::None))
        .col_expr(Column::Trouble, Expr::value(false))
        .exec(on)
        .await?;
    Ok(())
}

fn of(id: Uuid) -> sea_orm::UpdateMany<Entity> {
    Entity::update_many().filter(Column::Id.eq(id))
}
