//! `yimen bench check`: a whole check of the folder, and a check after one edit, for each kind of file.
//!
//! An edit changes a number in the file, and back again; measured is the edit with the diagnostics that come of it.

use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result};
use catalog::SourceFile;
use catalog::sample::Seeded;
use connect::check::Check;

use super::{Order, measure};

/// Whole checks, of which the median counts.
const RUNS: usize = 3;
/// Edits of each kind of file, when the order does not say.
const EDITS: usize = 100;
/// Kinds of files: where they lie, and what they are called.
const KINDS: [(&str, &str); 7] = [
    ("items/", "an item"),
    ("themes/", "a theme"),
    ("materials/", "materials"),
    ("licences/", "licences"),
    ("laws/", "laws"),
    ("elements/", "elements"),
    ("authorities/", "authorities"),
];

/// Prints seconds and milliseconds.
pub fn run(order: &Order) -> Result<()> {
    let files = catalog_service::folder::read(&order.catalog).context("reading the catalogue folder")?;
    let mut whole = Vec::new();
    let mut check = None;
    for _ in 0..RUNS {
        let files = files.clone();
        let begun = Instant::now();
        let made = Check::new(files, Arc::default());
        std::hint::black_box(made.diagnostics().len());
        whole.push(begun.elapsed().as_secs_f64());
        check = Some(made);
    }
    let mut check = check.context("there is at least one run")?;
    let found = check.diagnostics().len();
    let ((items, themes), seconds) = (check.counts(), measure::median(whole));
    if order.json {
        let line = serde_json::json!({
            "bench": "check", "files": files.len(), "items": items, "themes": themes, "found": found, "whole_s": seconds,
            "memory_mb": measure::memory_mb(),
        });
        println!("{line}");
    } else {
        let (files, memory) = (files.len(), measure::memory_mb());
        println!("{files} files, {items} items, {themes} themes: {found} findings in {seconds:.2} s; {memory} MB");
    }
    for (folder, what) in KINDS {
        let of_kind: Vec<&SourceFile> = files.iter().filter(|file| file.path.starts_with(folder)).collect();
        let times = edits(&mut check, &of_kind, order.count.unwrap_or(EDITS));
        print(order, what, times);
    }
    Ok(())
}

/// Milliseconds each edit took.
fn edits(check: &mut Check, files: &[&SourceFile], count: usize) -> Vec<f64> {
    let mut dice = Seeded::new(7);
    let mut times = Vec::with_capacity(count);
    while times.len() < count && !files.is_empty() {
        let file = *dice.pick(files);
        let text = edited(&file.text, &mut dice);
        for text in [text.as_str(), &file.text] {
            let begun = Instant::now();
            check.edit(&file.path, Some(text));
            std::hint::black_box(check.diagnostics().len());
            times.push(begun.elapsed().as_secs_f64() * 1e3);
        }
    }
    times
}

/// The text with another number somewhere, or a line more where it has none.
fn edited(text: &str, dice: &mut Seeded) -> String {
    let numbers: Vec<usize> = text.match_indices("value: ").map(|(at, _)| at + "value: ".len()).collect();
    let digits: Vec<usize> =
        numbers.into_iter().filter(|at| text[*at..].starts_with(|c: char| c.is_ascii_digit())).collect();
    match digits.is_empty() {
        true => format!("{text}\n# {}\n", dice.below(1000)),
        false => {
            let at = *dice.pick(&digits);
            format!("{}{}{}", &text[..at], 1 + dice.below(9), &text[at + 1..])
        }
    }
}

fn print(order: &Order, what: &str, mut times: Vec<f64>) {
    if times.is_empty() {
        return;
    }
    times.sort_by(f64::total_cmp);
    let at = |part: f64| times[((times.len() as f64 * part) as usize).min(times.len() - 1)];
    let (middle, p99, worst) = (at(0.5), at(0.99), at(1.0));
    if order.json {
        let line = serde_json::json!({ "bench": "check", "edit": what, "edits": times.len(), "p50_ms": middle, "p99_ms": p99, "max_ms": worst });
        println!("{line}");
    } else {
        println!(
            "an edit of {what:<12} p50 {middle:>7.1}   p99 {p99:>7.1}   max {worst:>7.1} ms   ({} edits)",
            times.len()
        );
    }
}
