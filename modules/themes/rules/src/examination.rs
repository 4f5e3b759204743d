//! The themes of a folder under examination: each theme is compiled by itself and kept, so that after an edit of one file,
//! or of something in the catalogue, only the themes that have to do with it are compiled again.
//!
//! Stands on [`catalog::Examination`], which says what an edit changed there. [`compile`](crate::compile()) is this, once.

use std::collections::{BTreeMap, HashMap, HashSet};

use catalog::codes::DUPLICATE_ID;
use catalog::condition::on_parser_stack;
use catalog::diagnostic::{Also, Diagnostic, Place, Report, has_errors};
use catalog::model::Catalog;
use catalog::reader::{Node, load};
use catalog::spelling::closest;
use catalog::{Change, SourceFile, Subject};

use crate::codes::UNKNOWN_THEME;
use crate::compile::{Compiler, folder_of};
use crate::scenario::scenarios;
use crate::theme::Theme;

/// What is known of the themes of a folder.
#[derive(Default)]
pub struct Examination {
    /// By path of `theme.yaml`.
    themes: BTreeMap<String, Kept>,
    /// By path of `scenarios.yaml`.
    scenarios: BTreeMap<String, SourceFile>,
    /// By path of a file of halls: the themes their windows name.
    windows: BTreeMap<String, Vec<(String, Diagnostic)>>,
}

/// One theme, and what it has to do with.
struct Kept {
    file: SourceFile,
    theme: Option<Theme>,
    /// Where its id stands.
    id: Option<Place>,
    findings: Vec<Diagnostic>,
    /// What its scenarios say, where they were run.
    failing: Option<Vec<Diagnostic>>,
    names: HashSet<(Subject, Box<str>)>,
}

impl Examination {
    /// Compiles the themes among these files; the catalogue must itself have compiled without errors.
    pub fn new<'f>(catalog: &Catalog, files: impl IntoIterator<Item = &'f SourceFile>) -> Self {
        let mut examination = Self::default();
        let mut read: Vec<&SourceFile> = Vec::new();
        for file in files {
            match folder_of(&file.path) {
                Some(_) => read.push(file),
                None => examination.put_other(file),
            }
        }
        // The parser of conditions needs a large stack; one thread serves all themes.
        on_parser_stack(|| {
            let mut compiler = Compiler::new(catalog);
            for file in read {
                let kept = Kept::of(file.clone(), &mut compiler, catalog);
                examination.themes.insert(file.path.clone(), kept);
            }
        });
        examination
    }

    /// Takes another text of one file, a new file, or that it is gone. Files that are no theme's are taken no notice of.
    pub fn edit(&mut self, catalog: &Catalog, path: &str, text: Option<&str>) {
        let file = text.map(|text| SourceFile::new(path, text));
        if folder_of(path).is_none() {
            self.windows.remove(path);
            self.scenarios.remove(path);
            file.iter().for_each(|file| self.put_other(file));
            if let Some(kept) = theme_beside(path).and_then(|theme| self.themes.get_mut(&theme)) {
                kept.failing = None;
            }
            return;
        }
        match file {
            Some(file) => {
                let kept = on_parser_stack(|| Kept::of(file, &mut Compiler::new(catalog), catalog));
                self.themes.insert(path.to_owned(), kept);
            }
            None => drop(self.themes.remove(path)),
        }
    }

    /// Compiles again what has to do with what an edit changed in the catalogue.
    pub fn follow(&mut self, catalog: &Catalog, changes: &[Change]) {
        let again: Vec<String> = self
            .themes
            .iter()
            .filter(|(_, kept)| changes.iter().any(|change| kept.heeds(change)))
            .map(|(path, _)| path.clone())
            .collect();
        if changes.iter().any(|change| matches!(change.subject, Subject::Elements | Subject::Licences)) {
            self.forget_failing(changes);
        }
        if again.is_empty() {
            return;
        }
        let themes = &mut self.themes;
        on_parser_stack(|| {
            let mut compiler = Compiler::new(catalog);
            for path in again {
                let Some(kept) = themes.remove(&path) else { continue };
                themes.insert(path, Kept::of(kept.file, &mut compiler, catalog));
            }
        });
    }

    /// Scenarios that tell of something that changed are to be run again.
    fn forget_failing(&mut self, changes: &[Change]) {
        for (path, kept) in &mut self.themes {
            let told = scenarios_of(path).and_then(|path| self.scenarios.get(&path));
            if told.is_some_and(|file| changes.iter().any(|change| tells(&file.text, kept, change))) {
                kept.failing = None;
            }
        }
    }

    /// Runs the scenarios that have not been run since their theme was compiled.
    pub fn run_scenarios(&mut self, catalog: &Catalog) {
        for (path, kept) in self.themes.iter_mut().filter(|(_, kept)| kept.failing.is_none()) {
            let file = scenarios_of(path).and_then(|path| self.scenarios.get(&path));
            let (Some(file), Some(theme)) = (file, kept.theme.as_ref()) else { continue };
            let (_, failing) = scenarios(catalog, std::slice::from_ref(theme), std::slice::from_ref(file));
            kept.failing = Some(failing);
        }
    }

    /// What is wrong with the themes and the windows that name them.
    pub fn findings(&self) -> Vec<Diagnostic> {
        let mut by_path: BTreeMap<&str, Vec<Diagnostic>> = BTreeMap::new();
        let mut first: HashMap<&str, &Place> = HashMap::new();
        for (path, kept) in &self.themes {
            let mut found = kept.findings.clone();
            if let (Some(theme), Some(place)) = (&kept.theme, &kept.id) {
                match first.get(theme.id.as_str()) {
                    Some(first) => found.push(twice(&theme.id, place, first)),
                    None => drop(first.insert(&theme.id, place)),
                }
                found.sort_by_key(|one| (one.place.start, one.code));
            }
            by_path.insert(path, found);
        }
        let ids: Vec<&str> =
            self.themes.values().filter_map(|kept| kept.theme.as_ref()).map(|theme| theme.id.as_str()).collect();
        let known: HashSet<&str> = ids.iter().copied().collect();
        for (path, named) in &self.windows {
            let unknown = named.iter().filter(|(id, _)| !known.contains(id.as_str()));
            let found = unknown.map(|(id, finding)| {
                let mut finding = finding.clone();
                if let Some(near) = closest(id, ids.iter().copied()) {
                    finding.mend = format!("是不是要写“{near}”？");
                }
                finding
            });
            by_path.entry(path).or_default().extend(found);
        }
        by_path.into_values().flatten().collect()
    }

    /// What the scenarios say that were run.
    pub fn failing(&self) -> impl Iterator<Item = &Diagnostic> {
        self.themes.values().filter_map(|kept| kept.failing.as_ref()).flatten()
    }

    /// Whether none has an error.
    pub fn is_sound(&self) -> bool {
        !has_errors(&self.findings())
    }

    /// The themes that compiled.
    pub fn themes(&self) -> impl Iterator<Item = &Theme> {
        self.themes.values().filter_map(|kept| kept.theme.as_ref())
    }

    /// How many themes there are.
    pub fn count(&self) -> usize {
        self.themes.len()
    }

    /// The themes, when none has an error, and all that is wrong with them.
    pub fn into_parts(self) -> (Option<Vec<Theme>>, Vec<Diagnostic>) {
        let findings = self.findings();
        let sound = !has_errors(&findings);
        (sound.then(|| self.themes.into_values().filter_map(|kept| kept.theme).collect()), findings)
    }

    fn put_other(&mut self, file: &SourceFile) {
        if theme_beside(&file.path).is_some() {
            self.scenarios.insert(file.path.clone(), file.clone());
        } else if is_hall(&file.path) {
            self.windows.insert(file.path.clone(), windows(file));
        }
    }
}

impl Kept {
    fn of(file: SourceFile, compiler: &mut Compiler<'_>, catalog: &Catalog) -> Self {
        let files = std::slice::from_ref(&file);
        let mut report = Report::new(files);
        let node = load(0, &mut report);
        let theme =
            node.as_ref().and_then(|node| compiler.theme(node, folder_of(&file.path).unwrap_or_default(), &mut report));
        let id = node.as_ref().map(|node| report.place(node.place(&["id".into()])));
        let findings = report.finish();
        let names = theme.as_ref().map(|theme| names(theme, catalog)).unwrap_or_default();
        Self { theme, id, findings, failing: None, names, file }
    }

    /// Whether a change of the catalogue can matter to it.
    fn heeds(&self, change: &Change) -> bool {
        if change.ids.is_empty() && !change.keys {
            return false;
        }
        // Of one that could not be compiled, or only in part, it is not known what it names.
        if self.theme.is_none() || !self.findings.is_empty() {
            return true;
        }
        // Elements are counted by their places.
        if change.subject == Subject::Elements && change.keys {
            return true;
        }
        change.ids.iter().any(|id| self.names.contains(&(change.subject, id.clone())))
    }
}

/// Everything of the catalogue that compiling a theme looks up.
fn names(theme: &Theme, catalog: &Catalog) -> HashSet<(Subject, Box<str>)> {
    let mut names: HashSet<(Subject, Box<str>)> = HashSet::new();
    let mut name = |subject, id: &str| {
        names.insert((subject, id.into()));
    };
    name(Subject::Authorities, &theme.lead);
    for member in &theme.items {
        name(Subject::Items, &member.id);
        name(Subject::Authorities, &member.authority);
        for material in catalog.items.get(&member.id).iter().flat_map(|item| &item.materials) {
            name(Subject::Materials, &material.material);
            let licence = catalog.materials.get(&material.material).and_then(|material| material.licence.as_ref());
            licence.iter().for_each(|licence| name(Subject::Licences, licence));
        }
    }
    for code in theme.names.keys() {
        name(Subject::Elements, code);
        let from = catalog.elements.get(code).and_then(|element| element.derived.as_ref());
        from.iter().for_each(|derived| name(Subject::Elements, &derived.from));
    }
    names
}

/// Whether the scenarios of a theme tell of something that changed.
fn tells(text: &str, kept: &Kept, change: &Change) -> bool {
    let troubled = kept.failing.as_ref().is_some_and(|failing| !failing.is_empty());
    let of_scenarios = matches!(change.subject, Subject::Elements | Subject::Licences);
    of_scenarios && (troubled || change.ids.iter().any(|id| text.contains(&**id)))
}

/// The path of the theme a file of scenarios belongs to.
fn theme_beside(path: &str) -> Option<String> {
    let theme = format!("{}/theme.yaml", path.strip_suffix("/scenarios.yaml")?);
    folder_of(&theme).is_some().then_some(theme)
}

fn scenarios_of(theme: &str) -> Option<String> {
    Some(format!("{}/scenarios.yaml", theme.strip_suffix("/theme.yaml")?))
}

/// One theme that has the id of another.
fn twice(id: &str, place: &Place, first: &Place) -> Diagnostic {
    Diagnostic {
        code: DUPLICATE_ID.id,
        severity: DUPLICATE_ID.severity,
        place: place.clone(),
        what: format!("主题“{id}”有两个"),
        why: DUPLICATE_ID.why.into(),
        mend: DUPLICATE_ID.mend.into(),
        also: vec![Also { place: first.clone(), what: "第一个在这里".into() }],
        circle: Vec::new(),
        accepted: None,
    }
}

fn is_hall(path: &str) -> bool {
    path.ends_with(".yaml") && (path.starts_with("halls/") || path.contains("/halls/"))
}

/// The themes that windows of halls name, each with what to say if there is no such theme. The catalogue reads the halls;
/// which themes there are is known only here.
fn windows(file: &SourceFile) -> Vec<(String, Diagnostic)> {
    let files = std::slice::from_ref(file);
    // What cannot be read the catalogue has told already.
    let Some(node) = load(0, &mut Report::new(files)) else { return Vec::new() };
    let halls = if node.entries().is_empty() { std::slice::from_ref(&node) } else { node.entries() };
    let windows = halls.iter().filter_map(|hall| hall.get("windows")).flat_map(Node::entries);
    let themes = windows.filter_map(|window| window.get("themes")).flat_map(Node::entries);
    let mut report = Report::new(files);
    let mut ids = Vec::new();
    for (theme, id) in themes.filter_map(|theme| Some((theme, theme.text()?))) {
        report.at(&UNKNOWN_THEME, theme.span, format!("没有主题“{id}”"));
        ids.push((theme.span.start, id.to_owned()));
    }
    // The findings come in the order of their places.
    ids.sort();
    ids.into_iter().map(|(_, id)| id).zip(report.finish()).collect()
}
