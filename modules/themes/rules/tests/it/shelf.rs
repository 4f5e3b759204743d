//! Files for tests.

use std::fs;
use std::path::{Path, PathBuf};

use catalog::SourceFile;
use themes::{Scenario, Theme};

/// The sample district, read from the folder anybody can edit.
pub fn chancheng() -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../samples/chancheng");
    let mut paths = Vec::new();
    walk(&root, &mut paths);
    paths.sort();
    let file = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("a readable sample file");
        let name = path.strip_prefix(&root).expect("below the root").to_string_lossy().replace('\\', "/");
        SourceFile::new(name, text)
    };
    paths.into_iter().map(file).collect()
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a readable sample folder") {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true => walk(&path, paths),
            false => paths.push(path),
        }
    }
}

/// A district with its themes and their scenarios.
pub struct District {
    pub themes: Vec<Theme>,
    pub scenarios: Vec<Scenario>,
}

impl District {
    /// Compiles everything; what is wrong is printed as `yimen check` prints it, and fails the test.
    pub fn of(files: &[SourceFile]) -> Self {
        let (compiled, mut faults) = catalog::compile(files);
        let compiled = compiled.unwrap_or_else(|| panic!("{}", print(&faults, files)));
        let (themes, found) = themes::compile(&compiled.catalog, files);
        faults = found;
        let themes = themes.unwrap_or_else(|| panic!("{}", print(&faults, files)));
        let (scenarios, found) = themes::scenarios(&compiled.catalog, &themes, files);
        assert!(!catalog::diagnostic::has_errors(&found), "{}", print(&found, files));
        Self { themes, scenarios }
    }

    pub fn theme(&self, id: &str) -> &Theme {
        self.themes.iter().find(|theme| theme.id == id).unwrap_or_else(|| panic!("no theme {id}"))
    }
}

/// Diagnostics as `yimen check` prints them.
pub fn print(diagnostics: &[catalog::Diagnostic], files: &[SourceFile]) -> String {
    catalog::render(diagnostics, files, catalog::diagnostic::Style::Plain)
}
