//! Subscriptions and what became of their deliveries; [`connectors`], [`exchange`]. Every read asks whether it is allowed.

pub mod connectors;
pub mod exchange;

use access::Resource;
use access_service::Visit;
use chrono::{DateTime, Utc};
use connect::acts::READ_WEBHOOKS;
use connect::{State, state};
use platform::Fault;
use uuid::Uuid;

use crate::acts::resource;
use crate::store::{delivery, subscription};

/// One subscription; its secret is not among what can be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    pub id: Uuid,
    pub owner: String,
    pub url: String,
    pub topics: Vec<String>,
    pub region: String,
    pub authority: Option<String>,
    pub made_at: DateTime<Utc>,
    pub paused_at: Option<DateTime<Utc>>,
    /// `owner` or `failures`.
    pub pause_reason: Option<String>,
    pub failures: i32,
}

/// One delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryLine {
    pub id: Uuid,
    pub order: i64,
    pub topic: String,
    pub at: DateTime<Utc>,
    pub state: State,
    pub tries: i32,
    pub tried_at: Option<DateTime<Utc>>,
    /// Code of [`connect::Outcome`].
    pub outcome: Option<String>,
    pub status: Option<i32>,
    pub took_ms: Option<i32>,
}

/// The subscriptions the visitor may see, in the order they were made.
///
/// # Errors
/// [`Fault::NotAllowed`].
pub async fn subscriptions(visit: &Visit) -> Result<Vec<Subscription>, Fault> {
    let region = visit.actor.region().unwrap_or_default();
    visit.allow(READ_WEBHOOKS, &Resource::of("webhook").in_region(region).opened_by(visit.actor.id.as_str()))?;
    let all = subscription::subscription_list(visit.world.db.reader()).await?;
    Ok(all.into_iter().filter(|row| visit.may(READ_WEBHOOKS, &resource(row))).map(shown).collect())
}

/// One subscription.
///
/// # Errors
/// [`Fault::NotFound`] also for what the visitor may not see.
pub async fn one(visit: &Visit, id: Uuid) -> Result<Subscription, Fault> {
    let row = subscription::subscription_find(visit.world.db.reader(), id).await?.ok_or(Fault::NotFound)?;
    if visit.may(READ_WEBHOOKS, &resource(&row)) { Ok(shown(row)) } else { Err(Fault::NotFound) }
}

/// What was sent to it, the newest first, before an order number; and the number the next page begins before.
///
/// # Errors
/// As [`one`].
pub async fn deliveries(
    visit: &Visit,
    id: Uuid,
    before: Option<i64>,
    rows: u32,
) -> Result<(Vec<DeliveryLine>, Option<i64>), Fault> {
    one(visit, id).await?;
    let mut found = delivery::delivery_list(visit.world.db.reader(), id, before, u64::from(rows) + 1).await?;
    let more = found.len() > rows as usize;
    found.truncate(rows as usize);
    let next = found.last().filter(|_| more).map(|last| last.number);
    Ok((found.into_iter().map(line).collect(), next))
}

fn shown(row: subscription::Model) -> Subscription {
    Subscription {
        id: row.id,
        owner: row.owner_name,
        url: row.url,
        topics: row.topics.split(' ').map(str::to_owned).collect(),
        region: row.region,
        authority: row.authority,
        made_at: row.made_at,
        paused_at: row.paused_at,
        pause_reason: row.pause_reason,
        failures: row.failures,
    }
}

fn line(row: delivery::Model) -> DeliveryLine {
    DeliveryLine {
        id: row.id,
        order: row.number,
        topic: row.topic,
        at: row.at,
        state: state(row.taken_at, row.given_up_at),
        tries: row.tries,
        tried_at: row.tried_at,
        outcome: row.outcome,
        status: row.status,
        took_ms: row.took_ms,
    }
}
