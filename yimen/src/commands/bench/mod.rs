//! `yimen bench NAME`: figures for docs/performance.md. Meant for a release build on a quiet machine.

mod casework;
mod check;
mod compare;
mod lists;
mod measure;
mod plan;
mod portal;
mod proof;
mod rules;
mod search;

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::Ending;

pub struct Order {
    pub name: String,
    pub clients: usize,
    pub count: Option<usize>,
    pub catalog: PathBuf,
    pub json: bool,
}

/// Runs one measurement and prints it.
pub async fn run(order: Order) -> Result<Ending> {
    if cfg!(debug_assertions) {
        eprintln!("note: this is not a release build; the figures mean little");
    }
    match order.name.as_str() {
        "plan" => plan::run(&order)?,
        "check" => check::run(&order)?,
        "compare" => compare::run(&order)?,
        "casework" => casework::run(&order).await?,
        "lists" => lists::run(&order).await?,
        "rules" => rules::run(&order)?,
        "proof" => proof::run(&order).await?,
        "portal" => {
            let kept = portal::run(&order).await?;
            return Ok(if kept { Ending::Good } else { Ending::No });
        }
        "search" => {
            let kept = search::run(&order).await?;
            return Ok(if kept { Ending::Good } else { Ending::No });
        }
        other => {
            bail!(
                "no measurement {other}; there are: plan, check, compare, casework, lists, proof, portal, rules, search"
            )
        }
    }
    Ok(Ending::Good)
}
