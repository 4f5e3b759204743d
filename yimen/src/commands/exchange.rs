//! `yimen exchange FOLDER`: the batches of the exchange that nobody has taken yet, as files for whatever carries them on.

use std::fs::File;
use std::path::Path;

use access_service::Visit;
use anyhow::{Context, Result};
use connect_service::acts::{take_batch, write_batch};
use connect_service::reads::exchange::{BatchLine, waiting};
use platform::Clock;
use serde_json::json;

use crate::{Ending, WrongArguments, start};

/// Writes them, the oldest first. Whoever watches the folder sees a file whole or not at all.
pub async fn run(folder: &Path, json: bool) -> Result<Ending> {
    if !folder.is_dir() {
        return Err(WrongArguments(format!("there is no folder {}", folder.display())).into());
    }
    let config = start::configuration()?;
    start::there(&config.database_url)?;
    let world = start::world(config, Clock::System).await?;
    start::shelves(&world).await?;
    let visit = Visit::system(&world);
    let batches = waiting(&visit).await?;
    for batch in &batches {
        hand_over(&visit, batch, folder).await?;
        if !json {
            say!("{}：办件 {} 件，暂缓 {} 件", batch.number, batch.cases, batch.held);
        }
    }
    if json {
        let lines: Vec<_> = batches
            .iter()
            .map(|batch| json!({ "batch": batch.number, "cases": batch.cases, "held": batch.held }))
            .collect();
        say!("{}", json!({ "folder": folder, "batches": lines }));
    } else if batches.is_empty() {
        say!("没有待取走的批次");
    }
    world.db.close().await;
    Ok(Ending::Good)
}

/// Marked as taken only when the file is there under its name: broken off in between, it is written once more.
async fn hand_over(visit: &Visit, batch: &BatchLine, folder: &Path) -> Result<()> {
    let file = folder.join(format!("{}.zip", batch.number));
    let part = folder.join(format!(".{}.zip.part", batch.number));
    let to = File::create(&part).with_context(|| format!("creating {}", part.display()))?;
    let written = write_batch(visit, &batch.number, to).await?;
    written.sync_all().with_context(|| format!("writing {}", part.display()))?;
    drop(written);
    std::fs::rename(&part, &file).with_context(|| format!("naming {}", file.display()))?;
    take_batch(visit, None, &batch.number).await?;
    Ok(())
}
