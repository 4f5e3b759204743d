//! What the compiler cannot prove: floors, purity, table ownership, leftovers. Sizes are warnings.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::floors::{Member, Place, STAIRS, members};

/// Crates a rules crate may not depend on: they know the world.
const WORLDLY: [&str; 12] = [
    "sea-orm",
    "sea-orm-migration",
    "sqlx",
    "tokio",
    "axum",
    "tower",
    "rand",
    "reqwest",
    "askama",
    "tracing",
    "hyper",
    "futures",
];

/// Words that do not belong in a landed file.
const LEFTOVERS: [&str; 5] = ["todo!(", "unimplemented!(", "dbg!(", concat!("FIX", "ME"), concat!("#[ign", "ore")];

/// Lines above which a Rust file deserves a look for a seam. Tables, texts and tests may be longer.
const LONG_FILE: usize = 400;

/// Runs every check and prints what is wrong; warnings do not fail.
pub fn run(root: &Path) -> Result<()> {
    let members = members(root)?;
    let files = rust_files(root);
    let mut faults = Vec::new();
    faults.extend(floors(&members));
    faults.extend(purity(&members));
    faults.extend(tables(root, &files));
    faults.extend(leftovers(root, &files));
    faults.extend(readmes(root, &members));
    for warning in long_files(root, &files) {
        println!("warning: {warning}");
    }
    for fault in &faults {
        println!("error: {fault}");
    }
    if faults.is_empty() {
        println!("tidy: {} crates, {} files, nothing to mend", members.len(), files.len());
        return Ok(());
    }
    println!("{} things to mend", faults.len());
    std::process::exit(1);
}

fn floors(members: &[Member]) -> Vec<String> {
    let places: BTreeMap<&str, Place> = members.iter().map(|member| (member.name.as_str(), member.place)).collect();
    let mut faults = Vec::new();
    for member in members {
        for call in &member.calls {
            if !member.place.may_call(places[call.as_str()]) {
                faults.push(format!("{} may not depend on {call}: down the floors, left on the stairs", member.folder));
            }
        }
    }
    faults
}

fn purity(members: &[Member]) -> Vec<String> {
    let pure = members.iter().filter(|member| matches!(member.place, Place::Ground | Place::Rules(_)));
    pure.flat_map(|member| {
        member
            .dependencies
            .iter()
            .filter(|name| WORLDLY.contains(&name.as_str()))
            .map(|name| format!("{} is pure and may not depend on {name}", member.folder))
    })
    .collect()
}

/// A module's tables are named by its own service only: `casework_case` may stand in modules/casework, nowhere else.
fn tables(root: &Path, files: &[PathBuf]) -> Vec<String> {
    let mut faults = Vec::new();
    for file in files {
        let shown = shown(root, file);
        if shown.starts_with("xtask/") || shown.contains("/tests/") {
            continue;
        }
        let text = std::fs::read_to_string(file).unwrap_or_default();
        for module in STAIRS {
            let named =
                text.contains(&format!("table_name = \"{module}_")) || text.contains(&format!("FROM {module}_"));
            if named && !shown.starts_with(&format!("modules/{module}/service/")) {
                faults.push(format!("{shown} names a table of module {module}; ask that module instead"));
            }
        }
    }
    faults
}

fn leftovers(root: &Path, files: &[PathBuf]) -> Vec<String> {
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| !file.ends_with("xtask/src/tidy.rs")) {
        let text = std::fs::read_to_string(file).unwrap_or_default();
        for (number, line) in text.lines().enumerate() {
            if let Some(word) = LEFTOVERS.iter().find(|word| line.contains(*word)) {
                faults.push(format!("{}:{}: {word} is left over", shown(root, file), number + 1));
            }
        }
    }
    faults
}

fn readmes(root: &Path, members: &[Member]) -> Vec<String> {
    let mut folders: Vec<String> = members
        .iter()
        .map(|member| match member.place {
            Place::Rules(_) | Place::Service(_) => {
                member.folder.rsplit_once('/').map_or_else(String::new, |(parent, _)| parent.to_owned())
            }
            _ => member.folder.clone(),
        })
        .collect();
    folders.sort();
    folders.dedup();
    folders
        .iter()
        .filter(|folder| !root.join(folder).join("README.md").is_file())
        .map(|folder| format!("{folder} has no README.md: what it keeps, decides, says, and never does"))
        .collect()
}

fn long_files(root: &Path, files: &[PathBuf]) -> Vec<String> {
    files
        .iter()
        .filter(|file| !shown(root, file).contains("/tests/"))
        .filter_map(|file| {
            let lines = std::fs::read_to_string(file).unwrap_or_default().lines().count();
            (lines > LONG_FILE).then(|| format!("{} has {lines} lines; look for a seam", shown(root, file)))
        })
        .collect()
}

fn shown(root: &Path, file: &Path) -> String {
    file.strip_prefix(root).unwrap_or(file).to_string_lossy().into_owned()
}

/// Every Rust file of the workspace, sorted, build and package folders left out.
fn rust_files(root: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            let path = entry.path();
            let name = entry.file_name();
            if path.is_dir() {
                if !matches!(name.to_str(), Some("target" | "node_modules" | ".git" | "data" | "dist")) {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
