//! Reading and compiling a catalogue folder, for the commands that need no database.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use catalog::diagnostic::{Style, has_errors, render};
use catalog::{Compiled, Diagnostic, SourceFile};
use connect::check::Check;
use themes::Theme;

use crate::WrongArguments;

/// What a folder says: the catalogue and the themes, as far as they compiled, and everything that is wrong.
pub struct Folder {
    pub files: Vec<SourceFile>,
    pub compiled: Option<Compiled>,
    pub themes: Option<Vec<Theme>>,
    pub diagnostics: Vec<Diagnostic>,
}

/// The files of a folder.
pub fn files(folder: &Path) -> Result<Vec<SourceFile>> {
    let files = catalog_service::folder::read(folder).context("reading the catalogue folder")?;
    if files.is_empty() {
        bail!("{} holds no catalogue: no .yaml file was found in it", folder.display());
    }
    Ok(files)
}

/// Checks and compiles the folder.
pub fn open(folder: &Path) -> Result<Folder> {
    let files = files(folder)?;
    let check = Check::new(files.clone(), Arc::default());
    let diagnostics = check.diagnostics();
    let (compiled, themes) = check.into_parts();
    Ok(Folder { files, compiled, themes, diagnostics })
}

/// Prints what is wrong, the way of a compiler.
pub fn print(diagnostics: &[Diagnostic], files: &[SourceFile]) {
    let colour = std::io::IsTerminal::is_terminal(&std::io::stderr());
    eprintln!("{}", render(diagnostics, files, if colour { Style::Colour } else { Style::Plain }));
}

impl Folder {
    /// Prints what is wrong.
    pub fn print(&self) {
        print(&self.diagnostics, &self.files);
    }

    /// Whether it can be used.
    pub fn is_sound(&self) -> bool {
        !has_errors(&self.diagnostics)
    }

    /// The theme of this id; without it, says which there are.
    pub fn theme(&self, id: &str) -> Result<&Theme> {
        let Some(themes) = &self.themes else {
            self.print();
            bail!("the catalogue has errors");
        };
        let found = themes.iter().find(|theme| theme.id.as_str() == id);
        Ok(found.ok_or_else(|| {
            let known: Vec<&str> = themes.iter().map(|theme| theme.id.as_str()).collect();
            WrongArguments(format!("no theme {id}; there are: {}", known.join(", ")))
        })?)
    }
}
