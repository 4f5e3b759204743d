//! When the payment platform is called: to make an order, to ask about one when no callback comes, to close and to give
//! back, and every night for the statement of the day before.

use chrono::{NaiveDate, TimeDelta};
use fees::Via;
use kernel::id::Uuid;
use platform::clock::start_of;
use platform::queue::Delivery;
use platform::{Fault, Job, JobKind, World};
use serde::Deserialize;
use serde_json::json;

use crate::gateway::{self, Wanted};
use crate::store::{difference, order};
use crate::{OrderId, acts};

const MAKE: &str = "fees.make";
const ASK: &str = "fees.ask";
const CLOSE: &str = "fees.close";
const GIVE_BACK: &str = "fees.give-back";
const COMPARE: &str = "fees.compare";

/// Pauses in minutes between asking about an order that stays unpaid; the last one is repeated.
const PAUSES_MIN: [i64; 6] = [2, 5, 15, 60, 240, 720];
/// Asked about for so long after its due day; then only a callback or a statement can tell.
const ASKED_DAYS: i64 = 30;
/// The statement of a day is there at two o'clock in the night.
const STATEMENT_HOUR: i64 = 2;

/// The kinds of work this module does later.
pub fn jobs() -> Vec<JobKind> {
    vec![
        JobKind::new(MAKE, |world, job| async move { make(&world, &job).await }),
        JobKind::new(ASK, |world, job| async move { ask(&world, &job).await }),
        JobKind::new(CLOSE, |world, job| async move { close(&world, &job).await }),
        JobKind::new(GIVE_BACK, |world, job| async move { give_back(&world, &job).await }),
        JobKind::new(COMPARE, |world, _| async move { compare(&world).await }),
    ]
}

/// Leaves the nightly comparison, at the start of a server with a line to the platform.
pub async fn arrange(world: &World) -> Result<(), Fault> {
    if !outside::lines(world).has(gateway::LINE) {
        return Ok(());
    }
    leave(world, Job::new(COMPARE, "statement").keyed(COMPARE)).await
}

pub(crate) fn making(id: OrderId) -> Job {
    Job::new(MAKE, id)
}

/// Asking again, after so many tries that brought nothing.
pub(crate) fn asking(world_now: chrono::DateTime<chrono::Utc>, id: OrderId, tries: usize) -> Job {
    let pause = PAUSES_MIN[tries.min(PAUSES_MIN.len() - 1)];
    asking_now(id).holding(&json!({ "tries": tries })).due(world_now + TimeDelta::minutes(pause))
}

/// Asking at once.
pub(crate) fn asking_now(id: OrderId) -> Job {
    Job::new(ASK, id).keyed(ask_key(id))
}

pub(crate) fn ask_key(id: OrderId) -> String {
    format!("{ASK}/{id}")
}

pub(crate) fn closing(id: OrderId) -> Job {
    Job::new(CLOSE, id)
}

pub(crate) fn giving_back(id: OrderId, refund: &str) -> Job {
    Job::new(GIVE_BACK, id).holding(&json!({ "refund": refund }))
}

async fn find(world: &World, job: &Delivery) -> Result<(OrderId, order::Model), Fault> {
    let id: OrderId = job.subject.parse().map_err(Fault::internal)?;
    let row = order::order_find(world.db.reader(), id).await?;
    Ok((id, row.ok_or_else(|| Fault::internal(format_args!("order {id} is gone")))?))
}

async fn make(world: &World, job: &Delivery) -> Result<(), Fault> {
    let (id, row) = find(world, job).await?;
    // Cancelled before the platform ever heard of it.
    if !row.order()?.is_open() {
        return Ok(());
    }
    let address = gateway::own_address(world);
    let wanted = Wanted {
        order: row.number.clone(),
        fen: row.fen,
        subject: row.item_name.clone(),
        payee: row.payee.clone(),
        notify: format!("{address}{}", gateway::CALLBACK),
        back: format!("{address}/applications/{}/fees/{id}", Uuid::from_bytes(*row.application.as_bytes())),
    };
    let url = gateway::make(world, &wanted).await?;
    acts::note_made(world, id, &url).await
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    tries: usize,
}

async fn ask(world: &World, job: &Delivery) -> Result<(), Fault> {
    let (id, row) = find(world, job).await?;
    for payment in gateway::ask(world, &row.number).await? {
        acts::take_payment(world, &row.number, payment.received(Via::Query)).await?;
    }
    let Some(now) = order::order_find(world.db.reader(), id).await? else { return Ok(()) };
    let order = now.order()?;
    if !order.is_open() || world.clock.today() > order.due + TimeDelta::days(ASKED_DAYS) {
        return Ok(());
    }
    let asked: Asked = job.facts()?;
    leave(world, asking(world.clock.now_utc(), id, asked.tries + 1)).await
}

async fn close(world: &World, job: &Delivery) -> Result<(), Fault> {
    let (_, row) = find(world, job).await?;
    for payment in gateway::close(world, &row.number).await? {
        acts::take_payment(world, &row.number, payment.received(Via::Query)).await?;
    }
    Ok(())
}

#[derive(Debug, Deserialize)]
struct BackFact {
    refund: String,
}

async fn give_back(world: &World, job: &Delivery) -> Result<(), Fault> {
    let (_, row) = find(world, job).await?;
    let fact: BackFact = job.facts()?;
    let order = row.order()?;
    let Some(refund) = order.owed(&fact.refund) else { return Ok(()) };
    let at = gateway::give_back(world, &row.number, refund).await?;
    acts::note_refunded(world, &row.number, &refund.number, at).await
}

/// Compares every day that has ended and was not compared, and leaves the next night.
async fn compare(world: &World) -> Result<(), Fault> {
    let now = world.clock.now_utc();
    let Some(yesterday) = world.clock.today().pred_opt() else { return Ok(()) };
    let last = difference::statement_list(world.db.reader()).await?.first().map(|row| row.day);
    let mut day = last.and_then(|day| day.succ_opt()).unwrap_or(yesterday);
    while day <= yesterday && ready(day) <= now {
        let theirs = gateway::statement(world, day).await?;
        acts::take_statement(world, day, &theirs).await?;
        let Some(next) = day.succ_opt() else { break };
        day = next;
    }
    leave(world, Job::new(COMPARE, "statement").keyed(COMPARE).due(ready(day))).await
}

/// When the statement of a day can be fetched.
fn ready(day: NaiveDate) -> chrono::DateTime<chrono::Utc> {
    start_of(day) + TimeDelta::days(1) + TimeDelta::hours(STATEMENT_HOUR)
}

async fn leave(world: &World, job: Job) -> Result<(), Fault> {
    let work = async |tx: platform::Tx| {
        tx.schedule(job.clone());
        Ok(())
    };
    world.db.write(None, work).await
}
