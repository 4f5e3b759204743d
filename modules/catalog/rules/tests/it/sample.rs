//! The sample district compiles: the data everybody copies from must be without fault.

use std::path::Path;

use catalog::diagnostic::has_errors;
use catalog::{Catalog, SourceFile, compile, render};

fn gather(root: &Path, folder: &Path, files: &mut Vec<SourceFile>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            gather(root, &path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "yaml" || ending == "csv") {
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().into_owned();
            files.push(SourceFile::new(name, std::fs::read_to_string(&path)?));
        }
    }
    Ok(())
}

fn files() -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../samples/chancheng");
    let mut files = Vec::new();
    gather(&root, &root, &mut files).expect("the sample can be read");
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// The sample's catalogue.
pub fn catalog() -> Catalog {
    compile(&files()).0.expect("the sample compiles").catalog
}

#[test]
fn the_sample_district_compiles() {
    let files = files();
    let (compiled, diagnostics) = compile(&files);
    assert!(!has_errors(&diagnostics), "{}", render(&diagnostics, &files, Default::default()));
    let compiled = compiled.expect("a catalogue without errors compiles");
    assert!(compiled.catalog.items.len() >= 24);
    assert!(compiled.calendar.is_some());
}
