//! `yimen bench plan`: the plan of every theme of the catalogue, over the answers of its own scenarios.

use std::time::Instant;

use anyhow::{Context, Result};
use themes::bench::Workload;

use super::{Order, measure};
use crate::commands::catalogue;

/// Runs a theme is measured; the middle one counts.
const RUNS: usize = 9;

/// Prints microseconds a plan for each theme.
pub fn run(order: &Order) -> Result<()> {
    let folder = catalogue::open(&order.catalog)?;
    let themes = folder.themes.as_deref().context("the catalogue has errors; `yimen check` shows them")?;
    let compiled = folder.compiled.as_ref().context("the catalogue has errors")?;
    let (scenarios, _) = themes::scenarios(&compiled.catalog, themes, &folder.files);
    let plans = order.count.unwrap_or(5_000);
    for theme in themes {
        let Some(work) = Workload::new(theme, &scenarios) else { continue };
        let time = |run: &dyn Fn(usize) -> u64| {
            let micros = (0..RUNS).map(|_| {
                let begun = Instant::now();
                std::hint::black_box(run(plans));
                begun.elapsed().as_secs_f64() * 1e6 / plans as f64
            });
            measure::median(micros.collect())
        };
        let (plan, written) = (time(&|n| work.plan(n)), time(&|n| work.plan_and_write(n)));
        if order.json {
            let line =
                serde_json::json!({ "bench": "plan", "theme": theme.id, "plan_us": plan, "plan_and_json_us": written });
            println!("{line}");
        } else {
            println!("{:<24} {plan:>8.1} µs a plan   {written:>8.1} µs with its JSON", theme.id.to_string());
        }
    }
    Ok(())
}
