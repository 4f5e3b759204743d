//! What casework says, put down for every subscription that wants it.

use connect::{TOPICS, told};
use platform::queue::Delivery;
use platform::{Fault, Listener, Tx, World};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::deliver;
use crate::store::{delivery, subscription};

/// The names of the listeners, beside the topics they hear.
const NAMES: [&str; TOPICS.len()] = [
    "connect.application-opened",
    "connect.application-ready",
    "connect.accepted",
    "connect.deemed-accepted",
    "connect.correction-noticed",
    "connect.correction-answered",
    "connect.correction-lapsed",
    "connect.acceptance-refused",
    "connect.accepted-tolerantly",
    "connect.gap-lapsed",
    "connect.supplied",
    "connect.special-begun",
    "connect.special-ended",
    "connect.hearing-offered",
    "connect.hearing-announced",
    "connect.hearing-held",
    "connect.extended",
    "connect.decided",
    "connect.prerequisite-failed",
    "connect.issued",
    "connect.delivered",
    "connect.deemed-renewed",
    "connect.revoked",
    "connect.cancelled",
    "connect.withdrawn",
];

/// Everything this module hears.
pub fn listeners() -> Vec<Listener> {
    TOPICS.iter().zip(NAMES).map(|(topic, name)| Listener::new(topic, name, hear)).collect()
}

async fn hear(world: World, event: Delivery) -> Result<(), Fault> {
    let facts: Map<String, Value> = event.facts()?;
    let text = |name: &str| facts.get(name).and_then(Value::as_str);
    let (region, authority) = (text("region").unwrap_or_default(), text("authority"));
    let all = subscription::subscription_list(world.db.reader()).await?;
    let wanting: Vec<Uuid> =
        all.iter().filter(|one| one.wants(&event.topic, region, authority)).map(|one| one.id).collect();
    if wanting.is_empty() {
        return Ok(());
    }
    let (wanting, event, facts) = (&wanting, &event, &told(&facts));
    world
        .db
        .write(None, async |tx| {
            for subscription in wanting {
                put_down(&tx, *subscription, event.id, (&event.topic, &event.subject), facts).await?;
            }
            Ok(())
        })
        .await
}

/// Puts a delivery down with the next number of its subscription, and leaves the job that sends it. Once an event.
pub(crate) async fn put_down(
    tx: &Tx,
    subscription: Uuid,
    source: Uuid,
    (topic, subject): (&str, &str),
    facts: &Map<String, Value>,
) -> Result<Option<Uuid>, Fault> {
    if delivery::delivery_known(tx.conn(), subscription, source).await? {
        return Ok(None);
    }
    let number = tx.number(&format!("connect/{subscription}")).await?;
    let number = i64::try_from(number).map_err(Fault::internal)?;
    let id = tx.new_uuid();
    let mut payload = Map::from_iter([
        ("event".to_owned(), source.to_string().into()),
        ("topic".to_owned(), topic.into()),
        ("subject".to_owned(), subject.into()),
        ("order".to_owned(), number.into()),
        ("at".to_owned(), tx.now().to_rfc3339().into()),
    ]);
    payload.insert("facts".to_owned(), facts.clone().into());
    let row = delivery::Model {
        id,
        subscription,
        number,
        source,
        topic: topic.to_owned(),
        payload: Value::from(payload).to_string(),
        at: tx.now(),
        tries: 0,
        tried_at: None,
        outcome: None,
        status: None,
        took_ms: None,
        taken_at: None,
        given_up_at: None,
    };
    delivery::delivery_insert(tx.conn(), row).await?;
    tx.schedule(deliver::send(id, None));
    Ok(Some(id))
}
