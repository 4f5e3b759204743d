//! `yimen bench plan`: the plan of every theme of the catalogue, over the answers of its own scenarios.

use std::time::Instant;

use anyhow::{Context, Result};
use themes::bench::Workload;

use super::{Order, measure};
use crate::commands::catalogue;

/// More themes than this are a whole city.
const CITY: usize = 100;
/// Runs a theme is measured; the middle one counts.
const RUNS: usize = 9;

/// Prints microseconds a plan for each theme.
pub fn run(order: &Order) -> Result<()> {
    let folder = catalogue::open(&order.catalog)?;
    let themes = folder.themes.as_deref().context("the catalogue has errors; `yimen check` shows them")?;
    let compiled = folder.compiled.as_ref().context("the catalogue has errors")?;
    let (scenarios, _) = themes::scenarios(&compiled.catalog, themes, &folder.files);
    // Of a whole city only the figures over all themes are of interest, and fewer plans of each are enough.
    let city = themes.len() > CITY;
    let (plans, runs) = (order.count.unwrap_or(if city { 200 } else { 5_000 }), if city { 3 } else { RUNS });
    let mut all = Vec::new();
    for theme in themes {
        let Some(work) = Workload::new(theme, &scenarios) else { continue };
        let time = |run: &dyn Fn(usize) -> u64| {
            let micros = (0..runs).map(|_| {
                let begun = Instant::now();
                std::hint::black_box(run(plans));
                begun.elapsed().as_secs_f64() * 1e6 / plans as f64
            });
            measure::median(micros.collect())
        };
        let (plan, written) = (time(&|n| work.plan(n)), time(&|n| work.plan_and_write(n)));
        if city {
            all.push((plan, theme.id.as_str()));
        } else if order.json {
            let line =
                serde_json::json!({ "bench": "plan", "theme": theme.id, "plan_us": plan, "plan_and_json_us": written });
            println!("{line}");
        } else {
            println!("{:<24} {plan:>8.1} µs a plan   {written:>8.1} µs with its JSON", theme.id.to_string());
        }
    }
    all.sort_by(|one, other| one.0.total_cmp(&other.0));
    if let (Some((middle, _)), Some((worst, slowest))) = (all.get(all.len() / 2), all.last()) {
        let count = all.len();
        if order.json {
            let line = serde_json::json!({ "bench": "plan", "themes": count, "p50_us": middle, "max_us": worst, "slowest": slowest });
            println!("{line}");
        } else {
            println!("{count} themes: p50 {middle:.1} µs a plan, the slowest {worst:.1} µs ({slowest})");
        }
    }
    Ok(())
}
