//! Calls to the courier, safe to repeat: a parcel is ordered once for its number. Never inside a transaction.

use courier::Scan;
use outside::{LineFault, lines};
use platform::{Fault, World};
use serde::{Deserialize, Serialize};

/// The name of its line in the configuration.
pub(crate) const LINE: &str = "courier";
/// Where it calls back.
pub(crate) const CALLBACK: &str = "/callbacks/courier";

/// A parcel as the courier is asked to fetch it.
#[derive(Debug, Serialize)]
pub(crate) struct Wanted<'a> {
    pub(crate) number: &'a str,
    pub(crate) direction: &'a str,
    pub(crate) sender: &'a str,
    pub(crate) recipient: &'a str,
    pub(crate) phone: &'a str,
    pub(crate) address: &'a str,
    pub(crate) contents: &'a [String],
    pub(crate) payer: &'a str,
    pub(crate) notify: String,
    /// Where it is fetched, when that is not at the sender's own door.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) fetch: Option<Fetch<'a>>,
}

/// Where a parcel is fetched.
#[derive(Debug, Serialize)]
pub(crate) struct Fetch<'a> {
    pub(crate) phone: &'a str,
    pub(crate) address: &'a str,
}

/// A parcel somebody has sent by themselves, as the courier is asked to tell of it.
#[derive(Debug, Serialize)]
struct Followed<'a> {
    number: &'a str,
    tracking: &'a str,
    recipient: &'a str,
    notify: String,
}

#[derive(Debug, Deserialize)]
struct Taken {
    number: String,
    tracking: String,
}

/// What the courier knows, asked or by itself.
#[derive(Debug, Deserialize)]
pub(crate) struct Track {
    pub(crate) number: String,
    pub(crate) scans: Vec<Scan>,
}

/// The address the courier sees this server under.
pub(crate) fn notify(world: &World) -> String {
    let configured = world.config.public_url.as_deref().map(|url| url.trim_end_matches('/').to_owned());
    format!("{}{CALLBACK}", configured.unwrap_or_else(|| format!("http://{}", world.config.listen)))
}

/// Orders a parcel and gives the courier's number of it.
pub(crate) async fn order(world: &World, wanted: &Wanted<'_>) -> Result<String, Fault> {
    let lines = lines(world);
    let line = lines.get(LINE)?;
    let taken: Taken = line.post("/shipments", wanted).await?;
    if taken.number == wanted.number { Ok(taken.tracking) } else { Err(garbled()) }
}

/// Asks to be told of a parcel that was sent by somebody else; `false` when the courier does not know its number, which may be
/// another courier's.
pub(crate) async fn follow(world: &World, number: &str, tracking: &str, recipient: &str) -> Result<bool, Fault> {
    let lines = lines(world);
    let line = lines.get(LINE)?;
    let wanted = Followed { number, tracking, recipient, notify: notify(world) };
    match line.post::<Taken>("/followed", &wanted).await {
        Ok(taken) if taken.number == number => Ok(true),
        Ok(_) => Err(garbled()),
        Err(LineFault::Refused { status: 404, .. }) => Ok(false),
        Err(fault) => Err(fault.into()),
    }
}

/// Where a parcel has been.
pub(crate) async fn track(world: &World, number: &str) -> Result<Vec<Scan>, Fault> {
    let lines = lines(world);
    let line = lines.get(LINE)?;
    match line.get::<Track>(&format!("/shipments/{number}")).await {
        Ok(track) if track.number == number => Ok(track.scans),
        Ok(_) => Err(garbled()),
        Err(LineFault::Refused { status: 404, .. }) => Ok(Vec::new()),
        Err(fault) => Err(fault.into()),
    }
}

fn garbled() -> Fault {
    LineFault::Garbled(LINE.to_owned()).into()
}
