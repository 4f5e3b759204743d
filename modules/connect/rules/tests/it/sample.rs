//! The sample district, and its connector.

use std::path::Path;
use std::sync::LazyLock;

use catalog::{Catalog, SourceFile};
use connect::connector::{Connector, compile};

/// The text of the sample's connector.
pub const TEXT: &str = include_str!("../../../../../samples/chancheng/connectors/signboard.yaml");

/// The file it stands in.
pub const PATH: &str = "connectors/signboard.yaml";

pub static CATALOG: LazyLock<Catalog> =
    LazyLock::new(|| catalog::compile(&files()).0.expect("the sample compiles").catalog);

/// The sample's files, by path.
pub fn files() -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../samples/chancheng");
    let mut files = Vec::new();
    gather(&root, &root, &mut files);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn gather(root: &Path, folder: &Path, files: &mut Vec<SourceFile>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            gather(root, &path, files);
        } else if path.extension().is_some_and(|ending| ending == "yaml" || ending == "csv") {
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().into_owned();
            files.push(SourceFile::new(name, std::fs::read_to_string(&path).expect("a text")));
        }
    }
}

/// The sample's connector.
pub fn connector() -> Connector {
    let (found, diagnostics) = compile(&CATALOG, &[SourceFile::new(PATH, TEXT)]);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    found.expect("it compiles").remove(0)
}
