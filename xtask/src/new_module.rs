//! Lays out a module pair the way the others are laid out, so that nobody copies by hand.

use std::fs;
use std::path::Path;

use anyhow::{Result, bail};

use crate::floors::STAIRS;

/// Writes modules/NAME/{README.md, rules, service} and names the two places a person must still touch.
pub fn run(root: &Path, name: &str) -> Result<()> {
    let Some(step) = STAIRS.iter().position(|module| *module == name) else {
        bail!("{name} has no step on the stairs; give it one in xtask/src/floors.rs first ({})", STAIRS.join(" → "));
    };
    let home = root.join("modules").join(name);
    if home.exists() {
        bail!("{} is there already", home.display());
    }
    let left = &STAIRS[..step];
    write(&home.join("README.md"), &readme(name))?;
    write(&home.join("rules/Cargo.toml"), &manifest(name, name, "Pure rules.", &rules_dependencies(left)))?;
    write(&home.join("rules/src/lib.rs"), &format!("//! {name}: pure rules. Knows no database, no page, no clock.\n"))?;
    let service = format!("{name}-service");
    write(
        &home.join("service/Cargo.toml"),
        &manifest(name, &service, "Acts, reads, store, pages.", &service_dependencies(left, name)),
    )?;
    write(&home.join("service/askama.toml"), "[general]\ndirs = [\"templates\", \"../../../ui/templates\"]\n")?;
    write(&home.join("service/src/lib.rs"), SERVICE)?;
    for part in ["acts", "store", "reads"] {
        write(&home.join(format!("service/src/{part}.rs")), &format!("//! {part} of {name}.\n"))?;
    }
    write(&home.join("service/text/zh.toml"), "")?;
    println!("modules/{name} is laid out. Still to do by hand:");
    println!("  Cargo.toml: add both crates to workspace.dependencies");
    println!("  yimen/src/modules.rs: add the module to the list, in the order of the stairs");
    Ok(())
}

const SERVICE: &str = "//! One act per file in `acts`, one writer of tables in `store`, questions in `reads`.\n\n\
    pub mod acts;\npub mod reads;\nmod store;\n";

fn readme(name: &str) -> String {
    format!(
        "# {name}\n\n- **Keeps**:\n- **Decides**:\n- **Says** (events):\n- **Never**: touches another module's tables.\n"
    )
}

fn rules_dependencies(left: &[&str]) -> Vec<String> {
    let mut names = vec!["kernel".to_owned()];
    names.extend(left.iter().map(|module| (*module).to_owned()));
    names.extend(["serde", "serde_json", "chrono", "thiserror"].map(str::to_owned));
    names
}

fn service_dependencies(left: &[&str], name: &str) -> Vec<String> {
    let mut names: Vec<String> = ["kernel", "platform", "ui"].map(str::to_owned).into();
    for module in left.iter().chain([&name]) {
        names.push((*module).to_owned());
    }
    names.extend(left.iter().map(|module| format!("{module}-service")));
    names
        .extend(["axum", "askama", "sea-orm", "sea-orm-migration", "serde", "serde_json", "chrono"].map(str::to_owned));
    names
}

fn manifest(module: &str, name: &str, about: &str, dependencies: &[String]) -> String {
    let list: String = dependencies.iter().map(|name| format!("{name}.workspace = true\n")).collect();
    format!(
        "[package]\nname = \"{name}\"\ndescription = \"{module}: {about}\"\nversion.workspace = true\n\
         edition.workspace = true\nrust-version.workspace = true\nlicense.workspace = true\npublish.workspace = true\n\n\
         [lints]\nworkspace = true\n\n[dependencies]\n{list}"
    )
}

fn write(path: &Path, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(fs::write(path, text)?)
}
