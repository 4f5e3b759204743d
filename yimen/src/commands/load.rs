//! `yimen load DIR`: publishes the catalogue, creates the accounts, invents the residents.

use std::path::PathBuf;
use std::time::Instant;

use access_service::accounts;
use access_service::{Visit, Words};
use anyhow::{Context, Result};
use catalog_service::acts::{Published, publish};
use platform::{Clock, Fault, World};

use super::catalogue;
use crate::{Ending, start};

pub struct Order {
    pub folder: PathBuf,
    pub residents: u32,
    pub seed: u64,
    pub if_empty: bool,
    /// Other districts to compare with.
    pub peers: Vec<PathBuf>,
    pub json: bool,
}

/// Loads a district. Doing it again adds what is new and leaves the rest.
pub async fn run(order: Order) -> Result<Ending> {
    let world = start::world(start::configuration()?, Clock::System).await?;
    start::vault(&world).await?;
    // What an older program left in clear.
    platform::sealed::seal_all(&world).await.context("sealing the rows about persons")?;
    if order.if_empty && start::shelves(&world).await? {
        if order.json {
            say!("{}", serde_json::json!({ "items": 0, "themes": 0, "accounts": 0, "residents": 0 }));
        } else {
            say!("数据已经在库中，直接使用");
        }
        return Ok(Ending::Good);
    }
    let folder = catalogue::open(&order.folder)?;
    if !folder.is_sound() {
        folder.print();
        return Ok(Ending::No);
    }
    let published = match publish(&Visit::system(&world), &folder.files).await {
        Ok(Published::Released { items, .. }) => items,
        Ok(Published::Unchanged { .. }) => 0,
        Ok(Published::Faulty(_)) => anyhow::bail!("the catalogue has errors"),
        Err(Fault::Refusal(refusal)) => {
            let words = world.part::<Words>();
            eprintln!("{}。{}", words.refusal(&refusal), words.next(&refusal));
            return Ok(Ending::No);
        }
        Err(fault) => return Err(fault.into()),
    };
    start::shelves(&world).await?;
    standards_service::acts::follow_catalogue(&Visit::system(&world)).await.context("bringing the lists up to date")?;
    // A new calendar may tell days that could not be told before.
    casework_service::acts::reindex(&Visit::system(&world)).await?;
    let accounts = world.part::<catalog_service::Shelf>().accounts();
    accounts::put_accounts(&world, &accounts, accounts::FIRST_PASSWORD).await?;
    for path in &order.peers {
        let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let place = super::compare::open(path)?;
        standards_service::acts::keep_place(&Visit::system(&world), None, &place, &file).await?;
    }
    let people = people(&world, &order).await?;
    let summary = serde_json::json!({
        "items": published, "themes": folder.themes.as_ref().map_or(0, Vec::len), "accounts": accounts.len(),
        "residents": people,
    });
    if order.json {
        say!("{summary}");
    } else {
        say!("事项 {published}，主题 {}，账号 {}，居民 {people}", summary["themes"], accounts.len());
    }
    Ok(Ending::Good)
}

async fn people(world: &World, order: &Order) -> Result<usize> {
    if order.residents == 0 {
        return Ok(0);
    }
    let begun = Instant::now();
    let shelf = world.part::<catalog_service::Shelf>();
    let people =
        records_service::sample::people(order.seed, order.residents as usize, shelf.catalog(), world.clock.today());
    let added = records_service::acts::load_people(&world.db, &people).await.context("loading residents")?;
    tracing::info!(added, seconds = begun.elapsed().as_secs_f32(), "residents loaded");
    Ok(added)
}
