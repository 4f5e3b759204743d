//! The whole check of a district's folder: catalogue, themes with their scenarios, people's words, connectors, the dictionary
//! of the exchange, and the list of warnings that are let stand. Kept, so that after an edit only what depends on it is checked again.
//!
//! Stands here because this crate sees all that is checked. `yimen check` and a console both hold a [`Check`].

use std::collections::BTreeSet;
use std::sync::Arc;

use catalog::accepted::{self, accept};
use catalog::codes::Code;
use catalog::diagnostic::{Diagnostic, has_errors};
use catalog::model::Catalog;
use catalog::{Change, Compiled, Corpora, SourceFile};
use themes::Theme;

use crate::connector::{self, connector_of};
use crate::exchange;

/// All codes of all crates, by number.
pub fn codes() -> Vec<&'static Code> {
    let themes = themes::codes::all().chain(themes::wording::codes::all());
    let ours = connector::codes::all().chain(exchange::codes::all());
    catalog::codes::all().chain(themes).chain(ours).collect()
}

/// The code of that id, in full; None when there is none.
pub fn explain(id: &str) -> Option<String> {
    codes().into_iter().find(|code| code.id.eq_ignore_ascii_case(id.trim())).map(Code::explain)
}

/// A folder, and what is wrong with it.
pub struct Check {
    catalog: catalog::Examination,
    found: Vec<Diagnostic>,
    /// Made when the catalogue has no error for the first time: themes of a broken catalogue are not worth a word.
    themes: Option<themes::Examination>,
    /// What the themes have not been told yet, because the catalogue had errors.
    changes: Vec<Change>,
    edited: BTreeSet<String>,
    /// What people's words and the names they lead to were when they were checked, and what was found.
    wording: (Option<u64>, Vec<Diagnostic>),
    connectors: Vec<Diagnostic>,
    exchange: Vec<Diagnostic>,
}

impl Check {
    /// Checks everything. `provided` is law beside the folder's own.
    pub fn new(files: Vec<SourceFile>, provided: Arc<Corpora>) -> Self {
        let catalog = catalog::Examination::new(files, provided);
        let mut check = Self {
            catalog,
            found: Vec::new(),
            themes: None,
            changes: Vec::new(),
            edited: BTreeSet::new(),
            wording: (None, Vec::new()),
            connectors: Vec::new(),
            exchange: Vec::new(),
        };
        check.catch_up();
        check
    }

    /// Puts another text in the place of a file's, adds a file, or takes one away (`None`); then checks what depends on it.
    pub fn edit(&mut self, path: &str, text: Option<&str>) {
        self.changes.push(self.catalog.edit(path, text));
        self.edited.insert(path.to_owned());
        self.catch_up();
    }

    /// Brings themes and connectors up to the catalogue, if it has no error.
    fn catch_up(&mut self) {
        self.found = self.catalog.diagnostics();
        if has_errors(&self.found) {
            return;
        }
        let catalog = self.catalog.catalog();
        match &mut self.themes {
            None => self.themes = Some(themes::Examination::new(catalog, self.catalog.files())),
            Some(themes) => {
                themes.follow(catalog, &self.changes);
                for path in &self.edited {
                    let file = self.catalog.files().find(|file| file.path == *path);
                    themes.edit(catalog, path, file.map(|file| file.text.as_str()));
                }
            }
        }
        self.changes.clear();
        self.edited.clear();
        let words = self.files_where(themes::wording::is_wording);
        if let Some(themes) = &mut self.themes
            && themes.is_sound()
        {
            themes.run_scenarios(catalog);
            let ground = Some(themes::wording::ground(catalog, themes.themes(), &words));
            if self.wording.0 != ground {
                self.wording = (ground, themes::wording::compile(catalog, themes.themes(), &words).1);
            }
        }
        let files = self.files_where(|path| connector_of(path).is_some());
        self.connectors = connector::compile(catalog, &files).1;
        self.exchange = exchange::compile(&self.files_where(exchange::is_exchange)).1;
    }

    fn files_where(&self, wanted: impl Fn(&str) -> bool) -> Vec<SourceFile> {
        self.catalog.files().filter(|file| wanted(&file.path)).cloned().collect()
    }

    /// The catalogue as it is now, errors or not.
    pub fn catalog(&self) -> &Catalog {
        self.catalog.catalog()
    }

    /// The files as they are now, by path.
    pub fn files(&self) -> impl Iterator<Item = &SourceFile> {
        self.catalog.files()
    }

    /// Everything that is wrong: the catalogue first, then themes, scenarios, people's words and connectors; what the folder's list lets
    /// stand is marked.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let mut found = self.found.clone();
        let sound = !has_errors(&found);
        let mut whole = sound;
        if let Some(themes) = self.themes.as_ref().filter(|_| sound) {
            found.extend(themes.findings());
            match themes.is_sound() {
                true => found.extend(themes.failing().chain(&self.wording.1).cloned()),
                false => whole = false,
            }
            found.extend(self.connectors.iter().chain(&self.exchange).cloned());
        }
        let list: Vec<SourceFile> = self.catalog.files().filter(|file| file.path == accepted::PATH).cloned().collect();
        accept(&list, found, &codes(), whole)
    }

    /// How many items and themes there are; themes are not counted while the catalogue has errors.
    pub fn counts(&self) -> (usize, usize) {
        let themes = self.themes.as_ref().filter(|_| !has_errors(&self.found));
        (self.catalog.count(), themes.map_or(0, themes::Examination::count))
    }

    /// The catalogue and the themes, as far as they compiled, when nothing more is to be edited.
    pub fn into_parts(self) -> (Option<Compiled>, Option<Vec<Theme>>) {
        if has_errors(&self.found) {
            return (None, None);
        }
        let themes = self.themes.and_then(|themes| themes.into_parts().0);
        (Some(self.catalog.into_examined().compiled), themes)
    }
}
