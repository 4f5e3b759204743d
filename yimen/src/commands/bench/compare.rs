//! `yimen bench compare`: four counties grown from a city, compared; and the places read from their files.

use std::time::Instant;

use anyhow::{Context, Result};
use standards::comparison::sample::counties;
use standards::comparison::{Comparison, Place};
use standards_service::places;

use super::{Order, measure};
use crate::commands::catalogue;

/// Comparisons, of which the median counts.
const RUNS: usize = 5;
const COUNTIES: usize = 4;
const SEED: u64 = 20_260_101;

/// Prints seconds.
pub fn run(order: &Order) -> Result<()> {
    let folder = catalogue::open(&order.catalog)?;
    let base = Place::of(&folder.compiled.context("the catalogue has errors")?.catalog);
    let grown: Vec<Place> = counties(&base, SEED, COUNTIES).into_iter().map(|(place, _)| place).collect();
    let offers: usize = grown.iter().map(|place| place.offers.len()).sum();
    let files: Vec<Vec<u8>> = grown.iter().map(places::write).collect::<Result<_, _>>()?;
    let bytes: usize = files.iter().map(Vec::len).sum();
    let (mut read, mut compared, mut matters) = (Vec::new(), Vec::new(), 0);
    for _ in 0..RUNS {
        let begun = Instant::now();
        let all: Vec<Place> = files.iter().map(|file| places::parse(file)).collect::<Result<_, _>>()?;
        read.push(begun.elapsed().as_secs_f64());
        let begun = Instant::now();
        let comparison = Comparison::of(all);
        compared.push(begun.elapsed().as_secs_f64());
        matters = comparison.strands.len();
    }
    let (read, compared, memory) = (measure::median(read), measure::median(compared), measure::memory_mb());
    if order.json {
        let line = serde_json::json!({
            "bench": "compare", "places": COUNTIES, "offers": offers, "matters": matters, "read_s": read,
            "compare_s": compared, "memory_mb": memory,
        });
        println!("{line}");
    } else {
        println!(
            "{COUNTIES} counties, {offers} implemented items, {matters} matters: compared in {compared:.3} s; files of {} MB read in {read:.3} s; {memory} MB",
            bytes >> 20
        );
    }
    Ok(())
}
