//! Turns `ui/dist` (made by `make assets`) into a table of embedded files.
//!
//! It does not run npm itself: a compiler that fetches packages surprises people, and two cargo commands at
//! once would write the same folder. It only says what is missing and how to get it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, process};

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets the folder"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets the folder"));
    let dist = root.join("dist");
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed={}", dist.join("manifest.tsv").display());

    let Ok(manifest) = fs::read_to_string(dist.join("manifest.tsv")) else {
        eprintln!("\n  The styles and scripts of the pages are not built yet (ui/dist is missing).");
        eprintln!("  Run `make assets` once (it needs Node 18 or later), then build again.");
        eprintln!("  Without make: cd ui/front && npm ci && npm run build\n");
        process::exit(1);
    };
    fs::write(out.join("assets_table.rs"), table(&dist, &manifest)).expect("writing the asset table");
}

/// One `Asset` literal a line of the manifest, and a constant with the address of each.
fn table(dist: &Path, manifest: &str) -> String {
    let mut files = String::from("pub(crate) static FILES: &[Asset] = &[\n");
    let mut names = String::new();
    for line in manifest.lines() {
        let Some((name, file)) = line.split_once('\t') else { continue };
        let constant = name.to_uppercase().replace(['.', '-'], "_");
        let plain = dist.join(file);
        let small = dist.join(format!("{file}.gz"));
        let _ = writeln!(
            files,
            "    Asset {{ file: {file:?}, kind: {:?}, plain: include_bytes!({plain:?}), gzip: include_bytes!({small:?}) }},",
            kind(name)
        );
        let _ = writeln!(
            names,
            "/// Address of `{name}`; it changes when the content does.\npub const {constant}: &str = \"/assets/{file}\";"
        );
    }
    files.push_str("];\n");
    files + &names
}

fn kind(name: &str) -> &'static str {
    match Path::new(name).extension().and_then(|e| e.to_str()) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}
