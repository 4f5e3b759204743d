//! The job that sends one delivery. It keeps its own pauses, so that its log says what will happen when; the queue's are for
//! trouble of our own.

use std::time::Duration;

use chrono::{DateTime, Utc};
use connect::{Outcome, PAUSED_AFTER, TRIES_MAX, pause};
use outside::client_to;
use outside::signature::{SIGNATURE, Signed, TIME};
use platform::queue::Delivery;
use platform::{Clock, Fault, Job, JobKind, World};
use reqwest::Url;
use uuid::Uuid;

use crate::store::delivery::{self, Try};
use crate::store::subscription;
use crate::{guard, secret};

const SEND: &str = "connect.deliver";
/// Header with the number within the subscription.
const ORDER: &str = "yimen-order";
/// Header with the delivery's id: the same however often it is sent.
const DELIVERY: &str = "yimen-delivery";

/// The kinds of work this module does later.
pub fn jobs() -> Vec<JobKind> {
    vec![JobKind::new(SEND, work)]
}

/// One delivery, to be sent now or at its time. At most one job of it waits.
pub(crate) fn send(id: Uuid, at: Option<DateTime<Utc>>) -> Job {
    let job = Job::new(SEND, id).keyed(format!("{SEND}/{id}"));
    match at {
        Some(at) => job.due(at),
        None => job,
    }
}

async fn work(world: World, job: Delivery) -> Result<(), Fault> {
    let id: Uuid = job.subject.parse().map_err(Fault::internal)?;
    let reader = world.db.reader();
    let Some(row) = delivery::delivery_find(reader, id).await? else { return Ok(()) };
    if row.taken_at.is_some() || row.given_up_at.is_some() {
        return Ok(());
    }
    let Some(to) = subscription::subscription_find(reader, row.subscription).await? else { return Ok(()) };
    // A paused subscription keeps its deliveries; they go on when it does.
    if to.paused_at.is_some() {
        return Ok(());
    }
    let begun = std::time::Instant::now();
    let (outcome, status) = attempt(&world, &to, &row).await?;
    let took_ms = i32::try_from(begun.elapsed().as_millis()).unwrap_or(i32::MAX);
    let given_up = outcome != Outcome::Taken && row.tries + 1 >= TRIES_MAX;
    let (row, to) = (&row, &to);
    world
        .db
        .write(None, async |tx| {
            let one = Try { at: tx.now(), outcome, status, took_ms, given_up };
            delivery::delivery_tried(tx.conn(), row, one).await?;
            let failed = outcome != Outcome::Taken;
            let failures = subscription::subscription_failures(tx.conn(), to.id, failed).await?;
            if failures >= PAUSED_AFTER {
                subscription::subscription_pause(tx.conn(), to.id, tx.now(), "failures").await?;
            } else if failed && !given_up {
                tx.schedule(send(row.id, Some(tx.now() + pause(row.tries + 1))));
            }
            Ok(())
        })
        .await
}

/// One try. Whatever the other side does is an outcome; a fault is ours.
async fn attempt(
    world: &World,
    to: &subscription::Model,
    row: &delivery::Model,
) -> Result<(Outcome, Option<u16>), Fault> {
    // Rules may have become stricter since it was subscribed.
    let Ok(url) = guard::read(&world.config, &to.url) else { return Ok((Outcome::Forbidden, None)) };
    let addresses = match guard::addresses(&world.config, &url).await {
        Ok(addresses) => addresses,
        Err(guard::Blocked::Inside) => return Ok((Outcome::Forbidden, None)),
        Err(guard::Blocked::Nowhere) => return Ok((Outcome::Down, None)),
    };
    let secret = secret::open(world, to.id, &to.secret)?;
    let host = url.host_str().unwrap_or_default().to_owned();
    let client = client_to(&host, &addresses).map_err(Fault::from)?;
    let path = request_line(&url);
    let now = Clock::System.now_utc();
    let signature = Signed { method: "POST", path: &path, body: row.payload.as_bytes() }.sign(&secret, now);
    let request = client
        .post(url)
        .timeout(Duration::from_secs(world.config.limits.webhook_s.clamp(1, 20)))
        .header("content-type", "application/json")
        .header(TIME, now.timestamp())
        .header(SIGNATURE, signature)
        .header(ORDER, row.number)
        .header(DELIVERY, row.id.to_string())
        .body(row.payload.clone());
    // The answer's body is not read: nothing in it is wanted, and it may be endless.
    Ok(match request.send().await {
        Ok(answer) if answer.status().is_success() => (Outcome::Taken, Some(answer.status().as_u16())),
        Ok(answer) => (Outcome::Refused, Some(answer.status().as_u16())),
        Err(error) if error.is_timeout() => (Outcome::Slow, None),
        Err(_) => (Outcome::Down, None),
    })
}

/// Path and query, as they stand in the request line.
fn request_line(url: &Url) -> String {
    url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()))
}
