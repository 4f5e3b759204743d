//! From theme files to [`Theme`]s: every name resolved, every condition typed, every merge key worked out beforehand.
//!
//! Faults are reported all at once, each with its place, its reason and its remedy. `questions` and `members` resolve,
//! `gather` merges the lists of the items, [`check`](crate::check) then looks for what is sound word by word and still
//! does not work: dead questions, answers without a result.

mod gather;
mod members;
mod questions;
mod sections;

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

use catalog::codes::{PREREQUISITE_CYCLE, UNKNOWN_AUTHORITY};
use catalog::condition::{Condition, ElementDictionary, Problem};
use catalog::diagnostic::{Diagnostic, Report, SourceFile};
use catalog::ids::ElementCode;
use catalog::model::Catalog;
use catalog::reader::{At, Node, Read};

use crate::check;
use crate::codes;
use crate::derive::Derivation;
use crate::examination::Examination;
use crate::schedule::{in_order, working_hours};
use crate::source::ThemeSource;
use crate::theme::Theme;

pub(crate) use sections::section_title;

/// Compiles the themes among the files (`themes/<id>/theme.yaml`); other files are left alone. No themes are returned
/// as long as any of them has an error. The catalogue must itself have compiled without errors.
pub fn compile(catalog: &Catalog, files: &[SourceFile]) -> (Option<Vec<Theme>>, Vec<Diagnostic>) {
    Examination::new(catalog, files).into_parts()
}

/// The folder of a theme file: `open-hair-salon` for `themes/open-hair-salon/theme.yaml`.
pub(crate) fn folder_of(path: &str) -> Option<&str> {
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
pub(crate) struct Compiler<'c> {
    catalog: &'c Catalog,
    dictionary: Arc<ElementDictionary>,
    /// Conditions of items, which many themes share; None for one the catalogue should have refused.
    shared: HashMap<&'c str, Option<Condition>>,
    /// Conditions of theme files: a city asks the same few things again and again.
    own: RefCell<HashMap<Box<str>, Tried>>,
}

/// A condition, or what is wrong with it.
type Tried = Result<Condition, Vec<Problem>>;

impl<'c> Compiler<'c> {
    pub fn new(catalog: &'c Catalog) -> Self {
        let dictionary = Arc::new(ElementDictionary::new(catalog.elements.values()));
        Self { catalog, dictionary, shared: HashMap::new(), own: RefCell::default() }
    }

    /// Compiles one theme; none where its items wait for each other.
    pub fn theme(&mut self, node: &Node, folder: &str, report: &mut Report<'_>) -> Option<Theme> {
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
        let mut own = self.own.borrow_mut();
        let compiled = own.entry(source.into()).or_insert_with(|| Condition::compile_here(source, &self.dictionary));
        match compiled {
            Ok(condition) => Some(condition.clone()),
            Err(problems) => {
                for problem in problems.iter().cloned() {
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
