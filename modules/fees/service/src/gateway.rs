//! Calls to the payment platform (统一支付平台), all safe to repeat: an order is made once for its number, a refund once
//! for its own. Never inside a transaction.

use chrono::{DateTime, NaiveDate, Utc};
use fees::{Entry, EntryKind, Received, Via};
use outside::{Line, LineFault, lines};
use platform::{Fault, World};
use serde::{Deserialize, Serialize};

/// The name of its line in the configuration.
pub(crate) const LINE: &str = "payment";
/// Where it calls back.
pub(crate) const CALLBACK: &str = "/callbacks/payment";

/// An order as the platform is asked to make it.
#[derive(Debug, Serialize)]
pub(crate) struct Wanted {
    pub(crate) order: String,
    pub(crate) fen: i64,
    pub(crate) subject: String,
    pub(crate) payee: String,
    pub(crate) notify: String,
    /// Where the payer is led back to.
    pub(crate) back: String,
}

/// What it made.
#[derive(Debug, Deserialize)]
pub(crate) struct Made {
    pub(crate) order: String,
    pub(crate) fen: i64,
    pub(crate) pay_url: String,
}

/// An order as the platform knows it.
#[derive(Debug, Deserialize)]
pub(crate) struct Known {
    pub(crate) order: String,
    pub(crate) payments: Vec<KnownPayment>,
}

/// A payment as the platform tells it, asked or by itself.
#[derive(Debug, Deserialize)]
pub(crate) struct KnownPayment {
    pub(crate) transaction: String,
    pub(crate) fen: i64,
    pub(crate) at: DateTime<Utc>,
}

#[derive(Debug, Serialize)]
struct BackWanted<'a> {
    refund: &'a str,
    order: &'a str,
    transaction: &'a str,
    fen: i64,
}

/// A refund that was made.
#[derive(Debug, Deserialize)]
struct Back {
    refund: String,
    at: DateTime<Utc>,
}

#[derive(Debug, Deserialize)]
struct Statement {
    day: NaiveDate,
    entries: Vec<StatementEntry>,
}

#[derive(Debug, Deserialize)]
struct StatementEntry {
    kind: EntryKind,
    order: String,
    /// The platform's number of a payment, ours of a refund.
    reference: String,
    fen: i64,
}

impl KnownPayment {
    pub(crate) fn received(self, via: Via) -> Received {
        Received { transaction: self.transaction, fen: self.fen, at: self.at, via }
    }
}

/// The address people and the platform see this server under.
pub(crate) fn own_address(world: &World) -> String {
    let configured = world.config.public_url.as_deref().map(|url| url.trim_end_matches('/').to_owned());
    configured.unwrap_or_else(|| format!("http://{}", world.config.listen))
}

/// Makes an order and gives its pay page. An answer about another order or amount is no answer.
pub(crate) async fn make(world: &World, wanted: &Wanted) -> Result<String, Fault> {
    let lines = lines(world);
    let line = lines.get(LINE)?;
    let made: Made = line.post("/orders", wanted).await?;
    if made.order != wanted.order || made.fen != wanted.fen {
        return Err(garbled(line));
    }
    Ok(made.pay_url)
}

/// What the platform knows of an order. One it has never heard of has no payments.
pub(crate) async fn ask(world: &World, number: &str) -> Result<Vec<KnownPayment>, Fault> {
    let lines = lines(world);
    let line = lines.get(LINE)?;
    match line.get::<Known>(&format!("/orders/{number}")).await {
        Ok(known) if known.order == number => Ok(known.payments),
        Ok(_) => Err(garbled(line)),
        Err(LineFault::Refused { status: 404, .. }) => Ok(Vec::new()),
        Err(fault) => Err(fault.into()),
    }
}

/// Takes no money for an order any more, and says what had come before.
pub(crate) async fn close(world: &World, number: &str) -> Result<Vec<KnownPayment>, Fault> {
    let lines = lines(world);
    let line = lines.get(LINE)?;
    match line.post::<Known>(&format!("/orders/{number}/close"), &serde_json::json!({})).await {
        Ok(known) if known.order == number => Ok(known.payments),
        Ok(_) => Err(garbled(line)),
        Err(LineFault::Refused { status: 404, .. }) => Ok(Vec::new()),
        Err(fault) => Err(fault.into()),
    }
}

/// Gives money back, and says when that was done.
pub(crate) async fn give_back(world: &World, number: &str, refund: &fees::Refund) -> Result<DateTime<Utc>, Fault> {
    let lines = lines(world);
    let line = lines.get(LINE)?;
    let wanted =
        BackWanted { refund: &refund.number, order: number, transaction: &refund.transaction, fen: refund.fen };
    let back: Back = line.post("/refunds", &wanted).await?;
    if back.refund != refund.number { Err(garbled(line)) } else { Ok(back.at) }
}

/// The platform's statement of a day.
pub(crate) async fn statement(world: &World, day: NaiveDate) -> Result<Vec<Entry>, Fault> {
    let lines = lines(world);
    let line = lines.get(LINE)?;
    let statement: Statement = line.get(&format!("/statement?day={day}")).await?;
    if statement.day != day {
        return Err(garbled(line));
    }
    let entry =
        |one: StatementEntry| Entry { kind: one.kind, order: one.order, transaction: one.reference, fen: one.fen };
    Ok(statement.entries.into_iter().map(entry).collect())
}

fn garbled(line: &Line) -> Fault {
    LineFault::Garbled(line.name().to_owned()).into()
}
