//! The house's shape: which crate stands on which floor, and which may call which.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};

/// The stairs, left to right. A module may depend on those to its left.
pub const STAIRS: [&str; 16] = [
    "access",
    "catalog",
    "records",
    "fees",
    "courier",
    "casework",
    "themes",
    "standards",
    "messages",
    "connect",
    "authoring",
    "hall",
    "market",
    "projects",
    "outreach",
    "oversight",
];

/// Where a crate stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Floor 0: kernel.
    Ground,
    /// Floor 1: pure rules of the module with this number on the stairs.
    Rules(usize),
    /// Floor 2: platform, ui, documents and search.
    Base,
    /// Floor 2, beside documents: the press, which is heavy to build. Nobody but the binary may know it.
    Press,
    /// Floor 2, on the platform: the lines to systems outside.
    Outside,
    /// Floor 3: a module's service.
    Service(usize),
    /// Floor 4: doors.
    Door,
    /// Floor 5: the binary.
    Binary,
    /// Beside the house: the twins of outside systems. Only the binary, for demonstrations, and tests know them.
    Twins,
    /// Beside the house: testkit and what stands in it, xtask.
    Beside,
}

impl Place {
    /// The place of a crate in this folder, relative to the root.
    pub fn of(folder: &str) -> Option<Place> {
        let parts: Vec<&str> = folder.split('/').collect();
        match parts.as_slice() {
            ["kernel"] => Some(Place::Ground),
            ["platform" | "ui" | "documents" | "search"] => Some(Place::Base),
            ["documents", "press"] => Some(Place::Press),
            ["outside"] => Some(Place::Outside),
            ["twins"] => Some(Place::Twins),
            ["modules", module, kind] => {
                let step = STAIRS.iter().position(|name| name == module)?;
                Some(if *kind == "rules" { Place::Rules(step) } else { Place::Service(step) })
            }
            ["doors", _] => Some(Place::Door),
            ["yimen"] => Some(Place::Binary),
            ["testkit" | "xtask"] | ["testkit", _] => Some(Place::Beside),
            _ => None,
        }
    }

    /// Whether a crate standing here may depend on a crate standing there.
    pub fn may_call(self, other: Place) -> bool {
        match (self, other) {
            (Place::Beside, _) => true,
            (_, Place::Beside) => false,
            (_, Place::Ground) => self != Place::Ground,
            (Place::Press | Place::Outside, Place::Base) => true,
            (Place::Twins, Place::Base | Place::Outside) => true,
            (Place::Rules(own), Place::Rules(theirs)) => theirs < own,
            (Place::Service(own), Place::Rules(theirs)) => theirs <= own,
            (Place::Service(own), Place::Service(theirs)) => theirs < own,
            (Place::Service(_), Place::Base | Place::Outside) => true,
            (Place::Door, Place::Rules(_) | Place::Base | Place::Service(_)) => true,
            (Place::Binary, other) => other != Place::Binary,
            _ => false,
        }
    }
}

/// One crate of the workspace: its name, folder, place, and the workspace crates its `[dependencies]` name.
#[derive(Debug)]
pub struct Member {
    pub name: String,
    pub folder: String,
    pub place: Place,
    pub calls: Vec<String>,
    /// All normal dependencies, for the purity check of rules crates.
    pub dependencies: Vec<String>,
}

/// Reads every member's manifest.
pub fn members(root: &Path) -> Result<Vec<Member>> {
    let workspace: toml::Table = read(&root.join("Cargo.toml"))?;
    let patterns = workspace["workspace"]["members"].as_array().context("workspace.members is a list")?;
    let mut folders = Vec::new();
    for pattern in patterns.iter().filter_map(toml::Value::as_str) {
        folders.extend(matching(root, pattern));
    }
    let mut manifests = BTreeMap::new();
    for folder in &folders {
        manifests.insert(folder.clone(), read(&root.join(folder).join("Cargo.toml"))?);
    }
    let names: Vec<String> = manifests.values().map(name_of).collect();
    let mut members = Vec::new();
    for (folder, manifest) in &manifests {
        let dependencies: Vec<String> = manifest
            .get("dependencies")
            .and_then(toml::Value::as_table)
            .map(|table| table.keys().cloned().collect())
            .unwrap_or_default();
        members.push(Member {
            name: name_of(manifest),
            folder: folder.clone(),
            place: Place::of(folder)
                .with_context(|| format!("{folder} stands on no floor; see xtask/src/floors.rs"))?,
            calls: dependencies.iter().filter(|name| names.contains(name)).cloned().collect(),
            dependencies,
        });
    }
    Ok(members)
}

/// The folders with a manifest that a member pattern means; `*` stands for one folder name.
fn matching(root: &Path, pattern: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    for part in pattern.split('/') {
        let below = |parent: &String| match part {
            "*" => children(&root.join(parent)),
            name => vec![name.to_owned()],
        };
        let join = |parent: &str, child: String| if parent.is_empty() { child } else { format!("{parent}/{child}") };
        found =
            found.iter().flat_map(|parent| below(parent).into_iter().map(move |child| join(parent, child))).collect();
    }
    found.retain(|folder| root.join(folder).join("Cargo.toml").is_file());
    found
}

fn children(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    names
}

fn read(path: &Path) -> Result<toml::Table> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    text.parse().with_context(|| format!("parsing {}", path.display()))
}

fn name_of(manifest: &toml::Table) -> String {
    manifest["package"]["name"].as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::Place::{self, Base, Binary, Door, Ground, Outside, Press, Rules, Service, Twins};

    #[test]
    fn down_the_floors_and_left_on_the_stairs() {
        for (from, to, allowed) in [
            (Rules(2), Rules(1), true),
            (Rules(1), Rules(2), false),
            (Rules(1), Base, false),
            (Rules(1), Ground, true),
            (Service(3), Rules(3), true),
            (Service(3), Service(2), true),
            (Service(2), Service(3), false),
            (Service(3), Rules(4), false),
            (Base, Rules(0), false),
            (Door, Service(4), true),
            (Door, Door, false),
            (Binary, Door, true),
            (Press, Base, true),
            (Binary, Press, true),
            (Service(3), Press, false),
            (Door, Press, false),
            (Outside, Base, true),
            (Service(3), Outside, true),
            (Rules(3), Outside, false),
            (Twins, Outside, true),
            (Binary, Twins, true),
            (Service(3), Twins, false),
        ] {
            assert_eq!(from.may_call(to), allowed, "{from:?} → {to:?}");
        }
    }

    #[test]
    fn folders_have_places() {
        assert_eq!(Place::of("modules/casework/rules"), Some(Rules(5)));
        assert_eq!(Place::of("doors/desk"), Some(Door));
        assert_eq!(Place::of("testkit/district"), Some(Place::Beside));
        assert_eq!(Place::of("modules/surprise/rules"), None);
    }
}
