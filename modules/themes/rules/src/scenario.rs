//! Scenarios (情形用例) beside a theme: answers in, the expected plan out. They are what the lead authority signs, and
//! run whenever the theme is checked.

use std::collections::HashMap;

use catalog::codes::{UNKNOWN_ELEMENT, UNKNOWN_LICENCE};
use catalog::diagnostic::{Diagnostic, Report, SourceFile, Span};
use catalog::ids::{ElementCode, LicenceTypeId};
use catalog::model::{Catalog, ElementKind, HolderRole};
use catalog::reader::{At, Fields, Node, Read, Yaml, load};
use kernel::value::{Value, ValueKind};

use crate::codes;
use crate::known::{Known, KnownFact};
use crate::plan::{Plan, plan};
use crate::question::Answers;
use crate::source::Raw;
use crate::theme::Theme;

/// One scenario.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// Id of the theme.
    pub theme: String,
    pub name: String,
    pub answers: Answers,
    pub known: Known,
    pub expect: Expectation,
}

/// What is expected; what is not mentioned may be anything.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Expectation {
    /// Ids of exactly the items that are part of the plan, in any order.
    pub items: Option<Vec<String>>,
    /// Ids of items that are not, among others.
    pub excluded: Vec<String>,
    pub out_of_scope: Option<bool>,
    /// Figures by name, such as `materials.after`.
    pub figures: Vec<(&'static str, u32)>,
}

/// One thing that is not as expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// Such as `materials.after`.
    pub what: String,
    pub expected: String,
    pub got: String,
}

/// The figures a scenario may name, and where to find them.
const FIGURES: [(&str, &str, &str); 12] = [
    ("materials.before", "materials", "before"),
    ("materials.after", "materials", "after"),
    ("materials.to_submit", "materials", "to_submit"),
    ("fields.before", "fields", "before"),
    ("fields.after", "fields", "after"),
    ("fields.prefilled", "fields", "prefilled"),
    ("fields.answered", "fields", "answered"),
    ("fields.to_type", "fields", "to_type"),
    ("days.before", "days", "before"),
    ("days.after", "days", "after"),
    ("trips.before", "trips", "before"),
    ("trips.after", "trips", "after"),
];

fn figure(plan: &Plan<'_>, name: &str) -> u32 {
    let figures = &plan.figures;
    match name {
        "materials.before" => figures.materials.before,
        "materials.after" => figures.materials.after,
        "materials.to_submit" => figures.materials.to_submit,
        "fields.before" => figures.fields.before,
        "fields.after" => figures.fields.after,
        "fields.prefilled" => figures.fields.prefilled,
        "fields.answered" => figures.fields.answered,
        "fields.to_type" => figures.fields.to_type,
        "days.before" => figures.days.before,
        "days.after" => figures.days.after,
        "trips.before" => figures.trips.before,
        _ => figures.trips.after,
    }
}

impl Scenario {
    /// Plans, and tells everything that is not as expected.
    pub fn run(&self, theme: &Theme) -> Vec<Mismatch> {
        let plan = plan(theme, &self.answers, &self.known);
        let mut mismatches = Vec::new();
        let mut compare = |what: &str, expected: String, got: String| {
            if expected != got {
                mismatches.push(Mismatch { what: what.to_owned(), expected, got });
            }
        };
        let mut included: Vec<&str> = plan.included().map(|item| item.item.id.as_str()).collect();
        if let Some(items) = &self.expect.items {
            let mut items: Vec<&str> = items.iter().map(String::as_str).collect();
            items.sort_unstable();
            included.sort_unstable();
            compare("items", items.join(" "), included.join(" "));
        }
        for item in self.expect.excluded.iter().filter(|item| included.contains(&item.as_str())) {
            compare("excluded", item.clone(), "included".to_owned());
        }
        if let Some(expected) = self.expect.out_of_scope {
            compare("out_of_scope", expected.to_string(), plan.out_of_scope.is_some().to_string());
        }
        for (name, expected) in &self.expect.figures {
            compare(name, expected.to_string(), figure(&plan, name).to_string());
        }
        mismatches
    }
}

/// Reads the scenarios of these themes (`themes/<id>/scenarios.yaml`) and runs them; what fails is a diagnostic at the
/// expectation that is not met.
pub fn scenarios(catalog: &Catalog, themes: &[Theme], files: &[SourceFile]) -> (Vec<Scenario>, Vec<Diagnostic>) {
    let mut report = Report::new(files);
    let mut scenarios = Vec::new();
    let by_id: HashMap<&str, &Theme> = themes.iter().map(|theme| (theme.id.as_str(), theme)).collect();
    for (number, file) in files.iter().enumerate() {
        let Some(theme) = theme_of(&file.path).and_then(|id| by_id.get(id)) else { continue };
        let Some(node) = load(number, &mut report) else { continue };
        for (entry, source) in Vec::<ScenarioSource>::read(&node, &mut report).into_iter().enumerate() {
            let reader = Reader { catalog, theme, node: &node, entry };
            let before = report.count();
            let scenario = reader.scenario(source, &mut report);
            if report.count() == before {
                reader.report_mismatches(&scenario, &mut report);
            }
            scenarios.push(scenario);
        }
    }
    (scenarios, report.finish())
}

/// The id of the theme whose scenarios stand at this path.
fn theme_of(path: &str) -> Option<&str> {
    let folder = path.strip_suffix("/scenarios.yaml")?;
    folder.strip_prefix("themes/").or_else(|| folder.rsplit_once("/themes/").map(|(_, id)| id))
}

/// One entry of a scenarios file.
struct ScenarioSource {
    name: String,
    answers: Option<Raw>,
    subject: Option<Raw>,
    licences: Vec<String>,
    expect: Option<Raw>,
}

impl Read for ScenarioSource {
    fn read(node: &Node, report: &mut Report<'_>) -> Self {
        let fields = Fields::of(node, &["name", "answers", "subject", "licences", "expect"], report);
        Self {
            name: fields.need("name", report),
            answers: fields.may("answers", report),
            subject: fields.may("subject", report),
            licences: fields.may("licences", report).unwrap_or_default(),
            expect: fields.may("expect", report),
        }
    }

    fn stand_in() -> Self {
        Self { name: String::new(), answers: None, subject: None, licences: Vec::new(), expect: None }
    }
}

struct Reader<'a> {
    catalog: &'a Catalog,
    theme: &'a Theme,
    node: &'a Node,
    entry: usize,
}

impl Reader<'_> {
    fn place(&self, path: &[&str]) -> Span {
        let steps: Vec<At<'_>> = [self.entry.into()].into_iter().chain(path.iter().map(|&key| key.into())).collect();
        self.node.place(&steps)
    }

    fn scenario(&self, source: ScenarioSource, report: &mut Report<'_>) -> Scenario {
        let mut known = Known::nothing();
        for (code, raw) in entries(source.subject.as_ref()) {
            self.learn(&mut known, code, raw, report);
        }
        for licence in &source.licences {
            self.hold(&mut known, licence, report);
        }
        let expect = source.expect.map(|expect| self.expectation(&expect.0, report)).unwrap_or_default();
        Scenario {
            theme: self.theme.id.clone(),
            name: source.name,
            answers: self.answers(source.answers.as_ref(), report),
            known,
            expect,
        }
    }

    fn answers(&self, raw: Option<&Raw>, report: &mut Report<'_>) -> Answers {
        let mut answers = Answers::new();
        for (id, node) in entries(raw) {
            let raw = Raw(node.clone());
            // An empty list is an answer: none of them.
            let texts =
                if matches!(node.yaml, Yaml::List(_)) && raw.texts().is_empty() { vec![""] } else { raw.texts() };
            let (sound, faults) = self.theme.read_sound(texts.into_iter().map(|text| (id, text)));
            sound.iter().for_each(|(id, value)| answers.give(id, value.clone()));
            for fault in faults {
                report.at(&codes::SCENARIO_ANSWER, self.place(&["answers", id]), fault.to_string());
            }
        }
        answers
    }

    fn learn(&self, known: &mut Known, code: &str, node: &Node, report: &mut Report<'_>) {
        let Some(element) = self.catalog.elements.get(code) else {
            report.at(&UNKNOWN_ELEMENT, self.place(&["subject", code]), format!("没有数据元“{code}”"));
            return;
        };
        let kind = match element.kind {
            ElementKind::Bool => ValueKind::Bool,
            ElementKind::Number => ValueKind::Number,
            ElementKind::Date => ValueKind::Date,
            ElementKind::Multi => ValueKind::List,
            _ => ValueKind::Text,
        };
        let text = Raw(node.clone()).texts().join(",");
        let Ok(value) = Value::parse(&text, kind) else {
            let what = format!("“{text}”不是数据元“{code}”的值");
            report.at(&codes::SCENARIO_ANSWER, self.place(&["subject", code]), what);
            return;
        };
        let source = element.source.as_ref();
        let authority = source.and_then(|source| self.catalog.authorities.get(&source.authority));
        let fact = KnownFact {
            value,
            source: authority.map_or("基础信息库", |authority| &authority.short).into(),
            trust: source.map_or(catalog::model::Trust::C, |source| source.trust),
        };
        known.learn(ElementCode::from(code), fact);
    }

    /// `id-card` is the applicant's own; `agent:id-card` is the agent's.
    fn hold(&self, known: &mut Known, written: &str, report: &mut Report<'_>) {
        let (holder, licence) = match written.split_once(':') {
            Some((role, licence)) => (Some(role.trim()), licence.trim()),
            None => (None, written),
        };
        let role = holder.map(|word| HolderRole::ALL.iter().find(|role| role.word() == word));
        if !self.catalog.licences.contains_key(licence) || role == Some(None) {
            report.at(&UNKNOWN_LICENCE, self.place(&["licences"]), format!("没有“{written}”这种证照"));
            return;
        }
        match role.flatten() {
            Some(role) => known.hold_as(LicenceTypeId::from(licence), *role),
            None => known.hold(LicenceTypeId::from(licence)),
        }
    }

    fn expectation(&self, node: &Node, report: &mut Report<'_>) -> Expectation {
        let keys = ["items", "excluded", "out_of_scope", "materials", "fields", "days", "trips"];
        let fields = Fields::of(node, &keys, report);
        let mut figures = Vec::new();
        for key in ["materials", "fields", "days", "trips"] {
            let Some(group) = node.get(key) else { continue };
            let named: Vec<_> = FIGURES.iter().filter(|(_, group, _)| *group == key).collect();
            let names: Vec<&str> = named.iter().map(|(.., name)| *name).collect();
            let fields = Fields::of(group, &names, report);
            for (figure, _, name) in named {
                figures.extend(fields.may::<u32>(name, report).map(|expected| (*figure, expected)));
            }
        }
        Expectation {
            items: fields.may("items", report),
            excluded: fields.may("excluded", report).unwrap_or_default(),
            out_of_scope: fields.may("out_of_scope", report),
            figures,
        }
    }

    fn report_mismatches(&self, scenario: &Scenario, report: &mut Report<'_>) {
        for mismatch in scenario.run(self.theme) {
            let path: Vec<&str> = ["expect"].into_iter().chain(mismatch.what.split('.')).collect();
            let Mismatch { what, expected, got } = &mismatch;
            let words = format!("场景“{}”：{what} 应为 {expected}，方案得出 {got}", scenario.name);
            report.at(&codes::SCENARIO_FAILS, self.place(&path), words);
        }
    }
}

/// The entries of a map with keys of the writer's own.
fn entries(raw: Option<&Raw>) -> impl Iterator<Item = (&str, &Node)> {
    let entries = match raw.map(|raw| &raw.0.yaml) {
        Some(Yaml::Map(entries)) => &entries[..],
        _ => &[],
    };
    entries.iter().map(|(key, node)| (&*key.name, node))
}
