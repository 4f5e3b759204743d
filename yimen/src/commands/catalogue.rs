//! Reading and compiling a catalogue folder, for the commands that need no database.

use std::path::Path;

use anyhow::{Context, Result, bail};
use catalog::diagnostic::{Style, has_errors, render};
use catalog::{Compiled, Diagnostic, SourceFile};
use themes::Theme;

use crate::WrongArguments;

/// What a folder says: the catalogue and the themes, as far as they compiled, and everything that is wrong.
pub struct Folder {
    pub files: Vec<SourceFile>,
    pub compiled: Option<Compiled>,
    pub themes: Option<Vec<Theme>>,
    pub diagnostics: Vec<Diagnostic>,
}

/// Compiles the folder; catalogue first, then its themes, people's words and connectors.
pub fn open(folder: &Path) -> Result<Folder> {
    let files = catalog_service::folder::read(folder).context("reading the catalogue folder")?;
    if files.is_empty() {
        bail!("{} holds no catalogue: no .yaml file was found in it", folder.display());
    }
    let (compiled, mut diagnostics) = catalog::compile(&files);
    let mut themes = None;
    if let Some(compiled) = &compiled {
        let (found, more) = themes::compile(&compiled.catalog, &files);
        diagnostics.extend(more);
        if let Some(found) = &found {
            let (_, failing) = themes::scenarios(&compiled.catalog, found, &files);
            diagnostics.extend(failing);
            diagnostics.extend(themes::wording::compile(&compiled.catalog, found, &files).1);
        }
        themes = found;
        diagnostics.extend(connect::connector::compile(&compiled.catalog, &files).1);
    }
    let whole = !has_errors(&diagnostics);
    let diagnostics = catalog::accepted::accept(&files, diagnostics, &connect::check::codes(), whole);
    Ok(Folder { files, compiled, themes, diagnostics })
}

impl Folder {
    /// Prints what is wrong, the way of a compiler.
    pub fn print(&self) {
        let colour = std::io::IsTerminal::is_terminal(&std::io::stderr());
        eprintln!("{}", render(&self.diagnostics, &self.files, if colour { Style::Colour } else { Style::Plain }));
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
