//! 订阅: an address is to be told of these topics, as far as the posts of whoever subscribes may see.

use std::collections::BTreeSet;

use access::{Resource, Role};
use access_service::Visit;
use connect::acts::KEEP_WEBHOOK;
use connect::is_topic;
use platform::journal::named_chain;
use platform::{Fault, FieldFault, JournalEntry, RequestKey};
use serde_json::json;
use uuid::Uuid;

use crate::store::subscription::{Model, subscription_insert, subscription_list};
use crate::{guard, secret};

/// A subscription to be made.
#[derive(Debug, Clone)]
pub struct Subscribe {
    pub url: String,
    pub topics: BTreeSet<String>,
}

/// A subscription just made. Its secret is seen here and never again.
#[derive(Clone)]
pub struct Made {
    pub id: Uuid,
    pub secret: String,
}

impl std::fmt::Debug for Made {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Made").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Makes it.
///
/// # Errors
/// [`Fault::Invalid`] of `url` and `topics`; [`Fault::TooMany`]; [`Fault::NotAllowed`].
pub async fn subscribe(visit: &Visit, key: Option<&RequestKey>, order: Subscribe) -> Result<Made, Fault> {
    let region = visit.actor.region().unwrap_or_default();
    let own = Resource::of("webhook").in_region(region).opened_by(visit.actor.id.as_str());
    visit.allow(KEEP_WEBHOOK, &own)?;
    let url = check(visit, &order)?;
    let known = subscription_list(visit.world.db.reader()).await?.len() as u64;
    if known >= u64::from(visit.world.config.limits.webhooks) {
        return Err(Fault::TooMany);
    }
    let (secret, order) = (&secret::make(), &order);
    let authority = if sees_the_region(visit) { None } else { visit.actor.authority().map(str::to_owned) };
    visit
        .write(key, async |tx| {
            let id = tx.new_uuid();
            let row = Model {
                id,
                owner: visit.actor.id.clone(),
                owner_name: visit.actor.name.clone(),
                url: url.clone(),
                topics: order.topics.iter().cloned().collect::<Vec<_>>().join(" "),
                region: region.to_owned(),
                authority: authority.clone(),
                secret: secret::seal(&visit.world, id, secret)?,
                made_at: tx.now(),
                paused_at: None,
                pause_reason: None,
                failures: 0,
                ended_at: None,
            };
            let facts =
                json!({ "url": row.url, "topics": row.topics, "region": row.region, "authority": row.authority });
            subscription_insert(tx.conn(), row).await?;
            let entry = JournalEntry::new(named_chain("access"), &visit.actor.id, KEEP_WEBHOOK.name(), id);
            tx.record(entry.holding(&facts));
            Ok(Made { id, secret: secret.clone() })
        })
        .await
}

/// The posts whose cases are those of a region, not of one authority.
fn sees_the_region(visit: &Visit) -> bool {
    let posts = [Role::Admin, Role::Clerk, Role::Supervisor, Role::HallManager];
    posts.into_iter().any(|post| visit.actor.has_role(post))
}

/// All that is wrong at once; the address as it will be called.
fn check(visit: &Visit, order: &Subscribe) -> Result<String, Fault> {
    let mut faults = Vec::new();
    let url = match guard::read(&visit.world.config, &order.url) {
        Ok(url) => url.to_string(),
        Err(Fault::Invalid(found)) => {
            faults.extend(found);
            String::new()
        }
        Err(fault) => return Err(fault),
    };
    let strangers: Vec<&str> = order.topics.iter().map(String::as_str).filter(|topic| !is_topic(topic)).collect();
    if order.topics.is_empty() {
        faults.push(FieldFault::new("topics", "webhook-topics"));
    } else if !strangers.is_empty() {
        faults.push(FieldFault::new("topics", "webhook-topic").fact("given", strangers.join(", ")));
    }
    if faults.is_empty() { Ok(url) } else { Err(Fault::Invalid(faults)) }
}
