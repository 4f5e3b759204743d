//! The job that sends one message by one way. Safe to repeat: the other side knows each by its number.
//!
//! What is asked before every try: the hours of rest, how many the person has had today, how many went out in the last
//! minute. What comes too early waits with its own job; a failure is written down and the queue tries again.

use access_service::Visit;
use chrono::{DateTime, TimeDelta, Utc};
use kernel::id::{ApplicationId, SubjectId};
use messages::{Channel, FaultCode, Sending, sms, tomorrow_morning};
use outside::{LineFault, Mail, lines};
use platform::clock::{china_day, china_time, start_of};
use platform::queue::Delivery;
use platform::{Fault, Job, JobKind, World};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::address::address;
use crate::store::{message, sending, wish};

const SEND: &str = "messages.send";
/// How long waits what would be too many in a minute.
const NEXT_MINUTE: TimeDelta = TimeDelta::seconds(20);

/// The kinds of work.
pub(crate) fn jobs() -> Vec<JobKind> {
    vec![JobKind::new(SEND, work)]
}

/// One sending, to be sent now or at its time.
pub(crate) fn send(id: Uuid, not_before: Option<DateTime<Utc>>) -> Job {
    let job = Job::new(SEND, id);
    match not_before {
        Some(at) => job.due(at),
        None => job,
    }
}

/// Until when the hours of rest last at a moment.
pub(crate) fn rest_until(now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    messages::rest_until(china_time(now).naive_local()).map(in_utc)
}

fn in_utc(local: chrono::NaiveDateTime) -> DateTime<Utc> {
    start_of(local.date()) + (local.time() - chrono::NaiveTime::MIN)
}

/// One sending with what it belongs to.
struct Parcel {
    row: sending::Model,
    message: message::Model,
    wish: Option<wish::Model>,
    way: Channel,
    person: SubjectId,
}

async fn work(world: World, job: Delivery) -> Result<(), Fault> {
    let id: Uuid = job.subject.parse().map_err(Fault::internal)?;
    let reader = world.db.reader();
    let Some(row) = sending::sending_find(reader, id).await? else { return Ok(()) };
    if row.sent_at.is_some() || row.given_up_at.is_some() {
        return Ok(());
    }
    let Some(message) = message::message_find(reader, row.message).await? else { return Ok(()) };
    let (way, person) = (row.way()?, SubjectId::from_uuid(row.subject));
    let wish = wish::wish_find(reader, person).await?;
    let parcel = Parcel { row, message, wish, way, person };
    if let Some(until) = wait_until(&world, &parcel).await? {
        return hold(&world, id, until).await;
    }
    match hand_over(&world, &parcel).await? {
        Ok(reference) => sent(&world, &parcel.row, reference).await,
        Err(fault) => failed(&world, &parcel.row, fault).await,
    }
}

/// Until when it has to wait, if it has to.
async fn wait_until(world: &World, parcel: &Parcel) -> Result<Option<DateTime<Utc>>, Fault> {
    let now = world.clock.now_utc();
    let wishes = parcel.wish.as_ref().map(wish::Model::chosen).transpose()?.unwrap_or_default();
    if wishes.rest_at_night
        && parcel.way.wakes()
        && let Some(until) = rest_until(now)
    {
        return Ok(Some(until));
    }
    // One that was given its place today keeps it, however often it is tried.
    let has_place = parcel.row.claimed_at.is_some_and(|at| china_day(at) == china_day(now));
    if has_place { Ok(None) } else { place(world, parcel).await }
}

/// Gives it a place among those of the day and of the minute, or says until when there is none. The counters serve as locks: two
/// who ask at once are answered one after the other.
async fn place(world: &World, parcel: &Parcel) -> Result<Option<DateTime<Utc>>, Fault> {
    let (limits, way) = (&world.config.limits, parcel.way);
    let locks = [format!("messages/{}", way.code()), format!("messages/{}/{}", way.code(), parcel.person)];
    let locks = &locks;
    world
        .db
        .write(None, async |tx| {
            tx.numbers(&[&locks[0], &locks[1]]).await?;
            let (on, now) = (tx.conn(), tx.now());
            let had = sending::sending_count(on, way, Some(parcel.person), start_of(tx.today())).await?;
            if had >= limits.messages_person_day.into() {
                return Ok(Some(in_utc(tomorrow_morning(china_time(now).naive_local()))));
            }
            let minute = sending::sending_count(on, way, None, now - TimeDelta::minutes(1)).await?;
            if minute >= limits.messages_minute.into() {
                return Ok(Some(now + NEXT_MINUTE));
            }
            sending::sending_claim(on, parcel.row.id, now).await?;
            Ok(None)
        })
        .await
}

async fn hold(world: &World, id: Uuid, until: DateTime<Utc>) -> Result<(), Fault> {
    world
        .db
        .write(None, async |tx| {
            sending::sending_hold(tx.conn(), id, until).await?;
            tx.schedule(send(id, Some(until)));
            Ok(())
        })
        .await
}

/// Hands it to the other side. The outer fault is ours and is tried again without being written down.
async fn hand_over(world: &World, parcel: &Parcel) -> Result<Result<Option<String>, FaultCode>, Fault> {
    if parcel.way == Channel::Sms && sms::check(&parcel.row.words).is_err() {
        return Ok(Err(FaultCode::Unfit));
    }
    let visit = Visit::system(world);
    let application = ApplicationId::from_uuid(parcel.message.application);
    let to = address(&visit, parcel.person, application, parcel.way, parcel.wish.as_ref()).await?;
    let Some(to) = to else { return Ok(Err(FaultCode::NoAddress)) };
    Ok(match parcel.way {
        Channel::Portal => Ok(None),
        Channel::Sms | Channel::Wechat => call(world, parcel, &to).await,
        Channel::Mail => mail(world, parcel, &to).await,
    })
}

/// What the SMS centre and the official account are sent.
#[derive(Serialize)]
struct Call<'a> {
    /// The same however often it is sent: what was taken once is brought once.
    id: String,
    to: &'a str,
    title: &'a str,
    text: &'a str,
    /// The page to open.
    link: String,
    /// Where to report what became of it.
    receipt_to: String,
}

/// What they answer.
#[derive(Deserialize)]
struct Taken {
    reference: String,
}

async fn call(world: &World, parcel: &Parcel, to: &str) -> Result<Option<String>, FaultCode> {
    let lines = lines(world);
    let line = lines.get(parcel.way.code()).map_err(|_| FaultCode::NoLine)?;
    let call = Call {
        id: parcel.row.wish(),
        to,
        title: &parcel.message.title,
        text: &parcel.row.words,
        link: link(world, parcel),
        receipt_to: format!("{}/callbacks/{}", public(world), parcel.way.code()),
    };
    let taken: Taken = line.post("/messages", &call).await.map_err(code)?;
    Ok(Some(taken.reference.chars().take(64).collect()))
}

/// A mail holds the words and where to read on, not the notice itself: it lies on other people's servers, and the notice
/// names the person and their number (个人信息保护法第五十一条).
async fn mail(world: &World, parcel: &Parcel, to: &str) -> Result<Option<String>, FaultCode> {
    let lines = lines(world);
    let line = lines.mail(parcel.way.code()).map_err(|_| FaultCode::NoLine)?;
    let text = format!("{}\n\n{}\n", parcel.row.words, link(world, parcel));
    let id = parcel.row.wish();
    line.send(Mail { id: &id, to, subject: &parcel.message.title, text: &text }).await.map_err(code)?;
    Ok(None)
}

fn link(world: &World, parcel: &Parcel) -> String {
    format!("{}/messages/{}", public(world), parcel.message.id)
}

/// The address people and providers see.
pub(crate) fn public(world: &World) -> String {
    let own = || format!("http://{}", world.config.listen);
    world.config.public_url.as_deref().map_or_else(own, |url| url.trim_end_matches('/').to_owned())
}

pub(crate) fn code(fault: LineFault) -> FaultCode {
    tracing::warn!(%fault, "a message was not taken");
    match fault {
        LineFault::Down(_) | LineFault::Address { .. } => FaultCode::Down,
        LineFault::Slow(_) => FaultCode::Slow,
        LineFault::Garbled(_) => FaultCode::Garbled,
        LineFault::Refused { .. } => FaultCode::Refused,
    }
}

async fn sent(world: &World, row: &sending::Model, reference: Option<String>) -> Result<(), Fault> {
    let reference = &reference;
    world.db.write(None, async |tx| sending::sending_sent(tx.conn(), row.id, tx.now(), reference.clone()).await).await
}

/// Writes the failure down. What may pass is left to the queue to try again; the rest is given up at once.
async fn failed(world: &World, row: &sending::Model, fault: FaultCode) -> Result<(), Fault> {
    let given_up = !fault.may_pass() || row.tries + 1 >= Sending::TRIES_MAX;
    world.db.write(None, async |tx| sending::sending_failed(tx.conn(), row, tx.now(), fault, given_up).await).await?;
    if given_up { Ok(()) } else { Err(Fault::unavailable(format!("line.{}", row.channel))) }
}
