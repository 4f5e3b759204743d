//! What concerns the sealed columns: rows under the key in force, the end of an old key, another master key.

use anyhow::{Context, Result};
use platform::sealed;
use platform::vault::{self, KeyId, MASTER_KEY_VARIABLE, NEXT_MASTER_KEY_VARIABLE, Vault};
use platform::{Clock, World};
use serde_json::json;

use crate::{Ending, start};

async fn world() -> Result<World> {
    let world = start::world(start::configuration()?, Clock::System).await?;
    start::vault(&world).await?;
    Ok(world)
}

/// Seals what is left, or only counts it.
pub(super) async fn reseal(check: bool, json: bool) -> Result<Ending> {
    let world = world().await?;
    let done = if check { 0 } else { sealed::seal_all(&world).await.context("sealing the rows")? };
    let standing = sealed::standing(&world).await?;
    let left: u64 = standing.iter().map(|one| one.left).sum();
    if json {
        say!("{}", json!({ "sealed": done, "left": left, "tables": standing }));
    } else {
        for one in &standing {
            say!("{:<24} {:>10} rows, {:>10} left", one.table, one.rows, one.left);
        }
        say!("{done} rows sealed, {left} left");
    }
    world.db.close().await;
    Ok(if left == 0 { Ending::Good } else { Ending::No })
}

/// Destroys an old key, unless a row needs it.
pub(super) async fn destroy(id: KeyId, json: bool) -> Result<Ending> {
    let world = world().await?;
    let uses = sealed::uses(&world, id).await?;
    if !uses.is_empty() {
        let list: Vec<String> = uses.iter().map(|(table, rows)| format!("{table} ({rows})")).collect();
        eprintln!("key {id} is still used by rows of {}; `yimen key reseal` seals them anew", list.join(", "));
        return Ok(Ending::No);
    }
    world.db.close().await;
    super::change("platform.key-destroyed", json, |vault, world| vault.destroy(id, world.clock.now_utc())).await
}

/// Changes the master key.
pub(super) async fn rewrap(json: bool) -> Result<Ending> {
    let world = world().await?;
    let done = world.part::<Vault>().rewrap().context("sealing the keys anew")?;
    let newest = world.part::<Vault>().list()?.last().map(|key| key.id).context("there are no keys")?;
    let facts = json!({ "keys": done.keys, "in_file": done.in_file });
    vault::record(&world, "command", "platform.master-key-changed", newest, &facts).await?;
    world.db.close().await;
    if json {
        say!("{facts}");
    } else if done.in_file {
        say!("{} keys are sealed under a new master key; keep a copy of its file in another place", done.keys);
    } else {
        say!(
            "{} keys are sealed under the next master key; put it into {MASTER_KEY_VARIABLE} and take {NEXT_MASTER_KEY_VARIABLE} away at the next start",
            done.keys
        );
    }
    Ok(Ending::Good)
}
