//! `yimen compare PLACE PLACE…`: the matters of several places side by side. A place is a catalogue folder, or a file that
//! `yimen export place` or the console wrote.

use std::io::Write;
use std::path::{Path, PathBuf};

use access_service::Words;
use anyhow::{Context, Result, bail};
use standards::comparison::{Comparison, Place, Standing};
use standards_service::{places, reads::comparison as reads};

use super::catalogue;
use crate::{Ending, modules};

pub struct Order {
    pub places: Vec<PathBuf>,
    /// Every matter in which the places differ.
    pub all: bool,
    pub json: bool,
}

/// Prints why the counts differ, and what each place asks beyond the common standard.
pub fn run(order: &Order) -> Result<Ending> {
    let places: Vec<Place> = order.places.iter().map(|path| open(path)).collect::<Result<_>>()?;
    let comparison = Comparison::of(places);
    let words = modules::words()?;
    if order.json {
        say!("{}", serde_json::to_string_pretty(&as_json(&comparison, &words))?);
        return Ok(Ending::Good);
    }
    for (place, account) in comparison.places.iter().zip(&comparison.accounts) {
        say!(
            "{}：{} 项 = 共同标准 {} − 缺项 {} − 合并少计 {} + 重复多计 {} + 自设 {}；更名 {}，要求更多 {}",
            place.name,
            account.matters,
            account.common,
            account.missing,
            account.bundled,
            account.twice,
            account.own,
            account.renamed,
            account.heavier
        );
        let beyond = reads::burden(&words, account.beyond);
        if !beyond.is_empty() {
            say!("    每件各办一次：{beyond}");
        }
    }
    if let Some(spread) = reads::spread(&comparison) {
        let name = |place: usize| &comparison.places[place].name;
        let cause =
            |(cause, more): &(standards::comparison::Cause, i64)| format!("{} {more:+}", words.get(cause.text_key()));
        let causes = spread.causes.iter().filter(|(_, more)| *more != 0).map(cause);
        let causes = causes.collect::<Vec<_>>().join("，");
        say!("{}比{}多 {} 项：{causes}", name(spread.most), name(spread.least), spread.more);
    }
    if order.all {
        each(&comparison, &words)?;
    }
    Ok(Ending::Good)
}

/// Every matter that is not the same everywhere.
fn each(comparison: &Comparison, words: &Words) -> Result<()> {
    for strand in &comparison.strands {
        let alike = strand
            .cells
            .iter()
            .all(|cell| cell.standing == Standing::Same && cell.differences.iter().all(Vec::is_empty));
        if alike {
            continue;
        }
        say!("\n{}  {}", strand.key, strand.standard.name);
        for (place, cell) in comparison.places.iter().zip(&strand.cells) {
            let said = cell.differences.iter().flatten().map(|difference| reads::sentence(words, difference));
            let said = said.collect::<Vec<_>>().join("；");
            say!("    {}：{} {said}", place.name, words.get(cell.standing.text_key()));
        }
    }
    Ok(())
}

fn as_json(comparison: &Comparison, words: &Words) -> serde_json::Value {
    let place = |(at, place): (usize, &Place)| {
        let account = &comparison.accounts[at];
        serde_json::json!({
            "code": place.code, "name": place.name, "matters": account.matters, "common": account.common,
            "missing": account.missing, "bundled": account.bundled, "twice": account.twice, "own": account.own,
            "renamed": account.renamed, "heavier": account.heavier, "beyond": account.beyond,
        })
    };
    let matter = |strand: &standards::comparison::Strand| {
        let cell = |cell: &standards::comparison::Cell| {
            let said = cell.differences.iter().flatten().map(|difference| {
                serde_json::json!({ "aspect": difference.aspect, "text": reads::sentence(words, difference) })
            });
            serde_json::json!({ "standing": cell.standing, "beyond": cell.beyond, "differences": said.collect::<Vec<_>>() })
        };
        serde_json::json!({
            "key": strand.key, "name": strand.standard.name, "common": strand.common,
            "places": strand.cells.iter().map(cell).collect::<Vec<_>>(),
        })
    };
    serde_json::json!({
        "places": comparison.places.iter().enumerate().map(place).collect::<Vec<_>>(),
        "matters": comparison.strands.iter().map(matter).collect::<Vec<_>>(),
    })
}

/// A place from a folder or from a file.
pub fn open(path: &Path) -> Result<Place> {
    if !path.is_dir() {
        let bytes = std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
        return places::parse(&bytes).with_context(|| format!("{} is no file of a place", path.display()));
    }
    let folder = catalogue::open(path)?;
    if !folder.is_sound() {
        folder.print();
        bail!("{} has errors", path.display());
    }
    let compiled = folder.compiled.context("a sound folder compiles")?;
    Ok(Place::of(&compiled.catalog))
}

/// `yimen export place FOLDER FILE`: what a catalogue offers, for other places to compare with.
pub fn export(folder: &Path, file: &Path, json: bool) -> Result<Ending> {
    let place = open(folder)?;
    let bytes = places::write(&place)?;
    let mut to = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(file)
        .with_context(|| format!("creating {}", file.display()))?;
    to.write_all(&bytes).with_context(|| format!("writing {}", file.display()))?;
    if json {
        say!("{}", serde_json::json!({ "place": place.name, "offers": place.offers.len() }));
    } else {
        say!("{}：{} 个事项写入 {}", place.name, place.offers.len(), file.display());
    }
    Ok(Ending::Good)
}
