//! From theme files to [`Theme`]s: every name resolved, every condition typed, every merge key worked out beforehand.
//!
//! Faults are reported all at once, each with its place, its reason and its remedy. `questions` and `members` resolve,
//! `gather` merges the lists of the items, [`check`](crate::check) then looks for what is sound word by word and still
//! does not work: dead questions, answers without a result.

mod gather;
mod members;
mod questions;
mod sections;

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

use catalog::codes::{DUPLICATE_ID, PREREQUISITE_CYCLE, UNKNOWN_AUTHORITY};
use catalog::condition::{Condition, ElementDictionary};
use catalog::diagnostic::{Diagnostic, Report, SourceFile, Span};
use catalog::ids::ElementCode;
use catalog::model::Catalog;
use catalog::reader::{At, Node, Read, load};
use catalog::spelling::closest;

use crate::check;
use crate::codes;
use crate::derive::Derivation;
use crate::schedule::{in_order, working_hours};
use crate::source::ThemeSource;
use crate::theme::Theme;

pub(crate) use sections::section_title;

/// Compiles the themes among the files (`themes/<id>/theme.yaml`); other files are left alone. No themes are returned
/// as long as any of them has an error. The catalogue must itself have compiled without errors.
pub fn compile(catalog: &Catalog, files: &[SourceFile]) -> (Option<Vec<Theme>>, Vec<Diagnostic>) {
    // The parser of conditions needs a large stack; one thread serves all themes.
    catalog::condition::on_parser_stack(|| {
        let mut report = Report::new(files);
        let mut compiler = Compiler::new(catalog);
        let mut themes: Vec<(Theme, Span)> = Vec::new();
        for (number, file) in files.iter().enumerate().filter(|(_, file)| folder_of(&file.path).is_some()) {
            let Some(node) = load(number, &mut report) else { continue };
            let Some(theme) = compiler.theme(&node, folder_of(&file.path).unwrap_or_default(), &mut report) else {
                continue;
            };
            let place = node.place(&["id".into()]);
            if let Some((_, first)) = themes.iter().find(|(other, _)| other.id == theme.id) {
                let finding = report.at(&DUPLICATE_ID, place, format!("主题“{}”有两个", theme.id));
                finding.also(*first, "第一个在这里");
            }
            themes.push((theme, place));
        }
        let ids: Vec<&str> = themes.iter().map(|(theme, _)| theme.id.as_str()).collect();
        windows(files, &ids, &mut report);
        let diagnostics = report.finish();
        let sound = !catalog::diagnostic::has_errors(&diagnostics);
        (sound.then(|| themes.into_iter().map(|(theme, _)| theme).collect()), diagnostics)
    })
}

/// Windows of halls that take themes nobody has written. The catalogue reads the halls; which themes there are is known
/// only here.
fn windows(files: &[SourceFile], themes: &[&str], report: &mut Report<'_>) {
    for (number, _) in files.iter().enumerate().filter(|(_, file)| is_hall(&file.path)) {
        // What cannot be read the catalogue has told already.
        let Some(node) = load(number, &mut Report::new(files)) else { continue };
        let halls = if node.entries().is_empty() { std::slice::from_ref(&node) } else { node.entries() };
        let windows = halls.iter().filter_map(|hall| hall.get("windows")).flat_map(Node::entries);
        for theme in windows.filter_map(|window| window.get("themes")).flat_map(Node::entries) {
            let Some(id) = theme.text().filter(|id| !themes.contains(id)) else { continue };
            let finding = report.at(&codes::UNKNOWN_THEME, theme.span, format!("没有主题“{id}”"));
            if let Some(near) = closest(id, themes.iter().copied()) {
                finding.mend(format!("是不是要写“{near}”？"));
            }
        }
    }
}

fn is_hall(path: &str) -> bool {
    path.ends_with(".yaml") && (path.starts_with("halls/") || path.contains("/halls/"))
}

/// The folder of a theme file: `open-hair-salon` for `themes/open-hair-salon/theme.yaml`.
fn folder_of(path: &str) -> Option<&str> {
    let folder = path.strip_suffix("/theme.yaml")?;
    let name = folder.strip_prefix("themes/").or_else(|| folder.rsplit_once("/themes/").map(|(_, name)| name))?;
    (Path::new(name).components().count() == 1).then_some(name)
}

/// Title of the one form: 理发店开办“一件事”申请表.
fn form_name(source: &ThemeSource) -> String {
    match &source.official {
        Some(official) => format!("{official}申请表"),
        None => format!("“{}”一件事申请表", source.name),
    }
}

/// Which parts of a theme are sound word by word; only those are worth asking what they lead to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sound {
    pub questions: bool,
    pub whole: bool,
}

/// What all themes share while they are compiled.
struct Compiler<'c> {
    catalog: &'c Catalog,
    dictionary: Arc<ElementDictionary>,
    /// Conditions of items, which many themes share; None for one the catalogue should have refused.
    shared: HashMap<&'c str, Option<Condition>>,
}

impl<'c> Compiler<'c> {
    fn new(catalog: &'c Catalog) -> Self {
        let dictionary = Arc::new(ElementDictionary::new(catalog.elements.values()));
        Self { catalog, dictionary, shared: HashMap::new() }
    }

    fn theme(&mut self, node: &Node, folder: &str, report: &mut Report<'_>) -> Option<Theme> {
        let source = ThemeSource::read(node, report);
        self.headings(&source, node, folder, report);
        let before = report.count();
        let questions = self.questions(node, &source.questions, report);
        let sound_questions = report.count() == before;
        let items = self.members(node, &source.items, report);
        let exits = self.exits(node, &source.out_of_scope, report);
        let notes = self.notes(node, &source.notes, report);
        let sound = Sound { questions: sound_questions, whole: report.count() == before };
        let gathered = self.gather(&items, &questions);
        let order = in_order(&gathered.after).map_err(|circle| {
            let names: Vec<&str> = circle.iter().map(|&item| &*items[item].plain).collect();
            let place = node.place(&["items".into(), items[circle[0]].entry.into(), "item".into()]);
            report.at(&PREREQUISITE_CYCLE, place, format!("这些事项互为前置：{}", names.join(" → ")));
        });
        let mut theme = Theme {
            form_name: form_name(&source),
            official: source.official.unwrap_or_else(|| source.name.clone()),
            id: source.id,
            name: source.name,
            summary: source.summary,
            audience: source.audience,
            say: source.say,
            hue: source.hue.filter(|hue| hue != "none"),
            lead: source.lead.as_str().into(),
            lead_name: self.catalog.authorities.get(source.lead.as_str()).map_or("", |lead| &lead.short).into(),
            baseline: source.baseline.unwrap_or_default(),
            trips: source.trips,
            handover: source.handover,
            hours: items.iter().map(|item| working_hours(item.promise)).collect(),
            order: order.ok()?,
            after: gathered.after,
            questions,
            items,
            exits,
            notes,
            papers: gathered.papers,
            demands: gathered.demands,
            fields: gathered.fields,
            asks: gathered.asks,
            derivations: Vec::new(),
            names: BTreeMap::new(),
            dictionary: self.dictionary.clone(),
        };
        self.name_what_is_read(&mut theme);
        check::theme(&theme, self.catalog, sound, node, report);
        Some(theme)
    }

    /// What can be said of a theme without its questions and items.
    fn headings(&self, source: &ThemeSource, node: &Node, folder: &str, report: &mut Report<'_>) {
        if source.id != folder && !source.id.is_empty() {
            let what = format!("主题“{}”放在文件夹“{folder}”里", source.id);
            report.at(&codes::WRONG_FOLDER, node.place(&["id".into()]), what);
        }
        if source.baseline.is_none() && node.get("baseline").is_none_or(Node::is_null) {
            let what = format!("主题“{}”没有写改革前的基线", source.name);
            report.at(&codes::MISSING_BASELINE, node.place(&["name".into()]), what);
        }
        if source.say.is_empty() {
            let what = format!("主题“{}”没有写 say", source.name);
            report.at(&codes::NO_SAYINGS, node.place(&["name".into()]), what);
        }
        if source.trips > 1 {
            let what = format!("主题要跑 {} 次", source.trips);
            report.at(&codes::TRIPS_TOO_MANY, node.place(&["trips".into()]), what);
        }
        if !source.lead.is_empty() && !self.catalog.authorities.contains_key(source.lead.as_str()) {
            let what = format!("没有机关“{}”", source.lead);
            report.at(&UNKNOWN_AUTHORITY, node.place(&["lead".into()]), what);
        }
    }

    /// Notes the names of all elements that conditions and forms of the theme read, and what they follow from.
    fn name_what_is_read(&self, theme: &mut Theme) {
        let mut read: Vec<ElementCode> = theme.fields.iter().map(|field| field.element.code.clone()).collect();
        read.extend(theme.questions.iter().map(|question| question.element.clone()));
        read.extend(theme.conditions().flat_map(|condition| condition.reads().iter().cloned()));
        for code in read {
            let Some(element) = self.catalog.elements.get(&code) else { continue };
            if theme.names.insert(code.clone(), element.name.as_str().into()).is_some() {
                continue;
            }
            let derivation = element.derived.as_ref().zip(self.dictionary.slot(&code));
            if let Some((derived, slot)) = derivation {
                let (from, how) = (derived.from.clone(), derived.how);
                theme.derivations.push(Derivation { slot, element: code, from, how });
            }
        }
    }

    /// Compiles a condition of the theme file and reports its problems at their places.
    fn condition(&self, source: &str, node: &Node, path: &[At<'_>], report: &mut Report<'_>) -> Option<Condition> {
        match Condition::compile_here(source, &self.dictionary) {
            Ok(condition) => Some(condition),
            Err(problems) => {
                for problem in problems {
                    let finding = report.at(problem.kind.code(), node.place(path), problem.what);
                    finding.part(source, problem.at);
                    if let Some(mend) = problem.mend {
                        finding.mend(mend);
                    }
                }
                None
            }
        }
    }

    /// A condition of an item, compiled once. The catalogue has reported its problems already.
    fn shared(&mut self, source: &'c str) -> Option<Condition> {
        let dictionary = &self.dictionary;
        self.shared.entry(source).or_insert_with(|| Condition::compile_here(source, dictionary).ok()).clone()
    }
}
