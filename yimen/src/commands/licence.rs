//! `yimen licence verify FILE`: whether a licence's file is as it was sealed, and what became of the licence.

use std::io::BufReader;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use platform::clock::china_day;
use platform::seal::{Checked, SealedFile, check};
use platform::vault::{KeyRing, KeysFile};
use platform::{Clock, World};
use records::{Judgement, SealFound, Statement, Verdict, judge_alone};
use records_service::verify::examine_file;
use serde_json::json;

use crate::{Ending, start};

/// Larger than any of ours.
const FILE_BYTES: u64 = 16 << 20;

pub struct Order {
    pub file: PathBuf,
    /// Public keys to trust, without a database.
    pub keys: Option<PathBuf>,
    pub json: bool,
}

/// What is told of a file.
struct Told {
    judgement: Judgement,
    sealed: Option<SealedFile>,
    statement: Option<Statement>,
    /// The register was asked.
    asked: bool,
}

/// Verifies a file against the configured database, or against named keys alone.
pub async fn verify(order: Order) -> Result<Ending> {
    let size = std::fs::metadata(&order.file).with_context(|| format!("reading {}", order.file.display()))?.len();
    ensure!(size <= FILE_BYTES, "{} has {size} bytes; no licence of ours is that large", order.file.display());
    let file = std::fs::read(&order.file).with_context(|| format!("reading {}", order.file.display()))?;
    let told = match &order.keys {
        Some(keys) => alone(&file, keys)?,
        None => with_register(file).await?,
    };
    tell(&told, order.json)
}

fn alone(file: &[u8], keys: &Path) -> Result<Told> {
    let reading = || format!("reading {}", keys.display());
    let open = std::fs::File::open(keys).with_context(reading)?;
    let kept: KeysFile = serde_json::from_reader(BufReader::new(open)).with_context(reading)?;
    let (seal, sealed) = match check(file, &KeyRing::of(kept.keys)) {
        Checked::Whole(sealed) => (SealFound::Whole, Some(sealed)),
        Checked::RevokedKey(sealed, revoked) => {
            (SealFound::RevokedKey { on: revoked.day, was_before: false }, Some(sealed))
        }
        Checked::Changed => (SealFound::Changed, None),
        Checked::Foreign => (SealFound::Foreign, None),
    };
    let statement = sealed.as_ref().and_then(|sealed| Statement::read(&sealed.statement));
    let judgement = judge_alone(&seal, statement.as_ref(), Clock::System.today());
    Ok(Told { judgement, sealed, statement, asked: false })
}

async fn with_register(file: Vec<u8>) -> Result<Told> {
    let config = start::configuration()?;
    start::there(&config.database_url)?;
    let world = World::open(config, Clock::System).await?;
    let found = examine_file(&world, file).await?;
    world.db.close().await;
    Ok(Told { judgement: found.judgement, sealed: found.sealed, statement: found.statement, asked: true })
}

fn tell(told: &Told, as_json: bool) -> Result<Ending> {
    let Judgement { verdict, since, newer } = &told.judgement;
    if as_json {
        let sealed = told.sealed.as_ref().map(
            |sealed| json!({ "authority": sealed.authority, "name": sealed.name, "key": sealed.key, "at": sealed.at }),
        );
        let told = json!({
            "verdict": verdict, "since": since, "newer": newer, "register": told.asked,
            "sealed": sealed, "statement": told.statement,
        });
        say!("{}", serde_json::to_string_pretty(&told)?);
    } else {
        say!("{}", sentence(&told.judgement));
        if let Some(newer) = newer {
            say!("the newest version is {newer}");
        }
        if let Some(statement) = &told.statement {
            say!("licence {} version {}, code {}", statement.mark, statement.version, statement.code);
            if let Some(copy) = &statement.copy {
                say!("a copy for {} before {}, until {}", copy.purpose, copy.recipient, copy.until);
            }
        }
        if let Some(sealed) = &told.sealed {
            say!("sealed on {} by {} with key {}", china_day(sealed.at), sealed.name, sealed.key);
        }
        if !told.asked && *verdict == Verdict::Sealed {
            say!("the register was not asked whether it has ended since; its code can be looked up on the portal");
        }
    }
    Ok(if matches!(verdict, Verdict::Genuine | Verdict::Sealed) { Ending::Good } else { Ending::No })
}

fn sentence(judgement: &Judgement) -> String {
    let day = judgement.since.map(|day| day.to_string()).unwrap_or_default();
    match judgement.verdict {
        Verdict::Genuine => "genuine and in force".to_owned(),
        Verdict::Sealed => "unchanged since it was sealed".to_owned(),
        Verdict::NotYet => "genuine, not yet in force".to_owned(),
        Verdict::Expired => format!("genuine, but expired from {day}"),
        Verdict::Cancelled => format!("genuine, but cancelled on {day}"),
        Verdict::Withdrawn => format!("genuine, but withdrawn on {day}"),
        Verdict::Revoked => format!("genuine, but revoked on {day}"),
        Verdict::Replaced => format!("genuine, but replaced by a newer version on {day}"),
        Verdict::CopyLapsed => format!("genuine, but the time this copy was made for is over from {day}"),
        Verdict::Changed => "changed since it was sealed".to_owned(),
        Verdict::RevokedKey => format!("sealed with a key that is revoked from {day}"),
        Verdict::NotOnRecord => "sealed by us, but not in the register".to_owned(),
        Verdict::Foreign => "no seal of ours".to_owned(),
    }
}
