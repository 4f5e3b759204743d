//! `yimen key`: the key store. What is done to a key is put on the record.

use anyhow::{Context, Result};
use chrono::NaiveDate;
use platform::vault::{self, KeyFault, KeyId, KeysFile, PublicKeyRecord, Purpose, Vault};
use platform::{Clock, World};
use serde_json::json;

use crate::cli::KeyCommand;
use crate::{Ending, WrongArguments, start};

mod sealing;

/// Lists, makes, rotates, revokes, destroys; seals keys and rows anew.
pub async fn run(command: KeyCommand, json: bool) -> Result<Ending> {
    match command {
        KeyCommand::List { purpose } => list(purpose.as_ref(), json),
        KeyCommand::Public => public(),
        KeyCommand::Make { purpose } => {
            change("platform.key-made", json, |vault, world| vault.make(&purpose, world.clock.now_utc())).await
        }
        KeyCommand::Rotate { purpose } => {
            change("platform.key-rotated", json, |vault, world| vault.rotate(&purpose, world.clock.now_utc())).await
        }
        KeyCommand::Destroy { id } => sealing::destroy(id, json).await,
        KeyCommand::Rewrap => sealing::rewrap(json).await,
        KeyCommand::Reseal { check } => sealing::reseal(check, json).await,
        KeyCommand::Revoke { id, day, reason } => revoke(id, day, &reason, json).await,
    }
}

fn list(purpose: Option<&Purpose>, json: bool) -> Result<Ending> {
    let mut keys = vault::list(&start::configuration()?.key_folder())?;
    keys.retain(|key| purpose.is_none_or(|purpose| key.purpose == *purpose));
    if json {
        say!("{}", serde_json::to_string_pretty(&keys)?);
        return Ok(Ending::Good);
    }
    for (at, key) in keys.iter().enumerate() {
        let is_newest = keys.get(at + 1).is_none_or(|next| next.purpose != key.purpose);
        say!("{}", line(key, is_newest));
    }
    Ok(Ending::Good)
}

fn line(key: &PublicKeyRecord, is_newest: bool) -> String {
    let standing = match &key.revoked {
        _ if key.destroyed.is_some() => "destroyed".to_owned(),
        Some(revoked) => format!("revoked from {}: {}", revoked.day, revoked.reason),
        None if is_newest => "in force".to_owned(),
        None => "superseded".to_owned(),
    };
    let made = platform::clock::china_day(key.made);
    format!("{} {} {} {} made {made}, {standing}", key.id, key.purpose, key.version, key.algorithm.as_str())
}

fn public() -> Result<Ending> {
    let keys = KeysFile::of(vault::list(&start::configuration()?.key_folder())?);
    say!("{}", serde_json::to_string_pretty(&keys)?);
    Ok(Ending::Good)
}

async fn revoke(id: KeyId, day: Option<NaiveDate>, reason: &str, json: bool) -> Result<Ending> {
    change("platform.key-revoked", json, |vault, world| {
        vault.revoke(id, day.unwrap_or_else(|| world.clock.today()), reason)
    })
    .await
}

/// Does something to a key and puts it on the record.
async fn change(
    act: &'static str,
    json: bool,
    deed: impl FnOnce(&Vault, &World) -> Result<PublicKeyRecord, KeyFault>,
) -> Result<Ending> {
    let world = start::world(start::configuration()?, Clock::System).await?;
    start::vault(&world).await?;
    let key = match deed(&world.part::<Vault>(), &world) {
        Ok(key) => key,
        Err(
            fault @ (KeyFault::MadeBefore(_)
            | KeyFault::RevokedBefore(_)
            | KeyFault::DestroyedBefore(_)
            | KeyFault::InForce(_)
            | KeyFault::TooSoon(_)
            | KeyFault::Stays(_)),
        ) => {
            eprintln!("{fault}");
            return Ok(Ending::No);
        }
        Err(fault @ KeyFault::Unknown(_)) => return Err(WrongArguments(fault.to_string()).into()),
        Err(fault) => return Err(fault.into()),
    };
    let facts = json!({ "purpose": key.purpose, "version": key.version, "revoked": key.revoked });
    vault::record(&world, "command", act, key.id, &facts).await.context("putting it on the record")?;
    if matches!(key.purpose, Purpose::PersonalData | Purpose::BlindIndex) {
        // A running server takes the rows up; the new key counts for it at once.
        platform::sealed::arrange(&world).await.context("leaving the rows to be sealed anew")?;
    }
    world.db.close().await;
    if json {
        say!("{}", serde_json::to_string_pretty(&key)?);
    } else {
        say!("{}", line(&key, true));
    }
    Ok(Ending::Good)
}
