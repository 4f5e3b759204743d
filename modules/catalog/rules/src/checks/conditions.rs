//! Compiling the conditions of items, each distinct expression once.

use std::collections::HashMap;
use std::sync::Arc;

use super::at;
use crate::codes;
use crate::compile::{ItemRules, Spot};
use crate::condition::{Condition, ElementDictionary, Problem, ProblemKind};
use crate::diagnostic::{Report, Span};
use crate::folder::Entry;
use crate::model::Item;

/// Compiles conditions over one dictionary. Large catalogues repeat few expressions often, so each is parsed once.
pub(crate) struct Conditions {
    dictionary: Arc<ElementDictionary>,
    /// Whether all elements are known; if not, an unknown one is nobody's fault.
    complete: bool,
    compiled: HashMap<String, Result<Condition, Vec<Problem>>>,
}

impl Conditions {
    pub fn new(dictionary: Arc<ElementDictionary>, complete: bool) -> Self {
        Self { dictionary, complete, compiled: HashMap::new() }
    }

    /// The compiled form, from memory when the expression was seen before.
    pub fn compile(&mut self, source: &str) -> &Result<Condition, Vec<Problem>> {
        if !self.compiled.contains_key(source) {
            let compiled = Condition::compile_here(source, &self.dictionary);
            self.compiled.insert(source.to_owned(), compiled);
        }
        &self.compiled[source]
    }

    /// All conditions of an item, with what is wrong with them reported.
    pub fn of_item(&mut self, entry: &Entry<Item>, report: &mut Report<'_>) -> ItemRules {
        ItemRules::of(&entry.value, |source, spot| self.reported(source, place(entry, spot), report))
    }

    fn reported(&mut self, source: &str, span: Span, report: &mut Report<'_>) -> Option<Condition> {
        let complete = self.complete;
        match self.compile(source) {
            Ok(condition) => {
                if let Some(answer) = condition.constant() {
                    let answer = if answer { "是" } else { "否" };
                    report.at(&codes::CONDITION_CONSTANT, span, format!("条件的结果总是“{answer}”"));
                }
                Some(condition.clone())
            }
            Err(problems) => {
                let blamed = problems.iter().filter(|problem| complete || problem.kind != ProblemKind::UnknownElement);
                blamed.for_each(|problem| problem.report(source, span, report));
                None
            }
        }
    }
}

fn place(entry: &Entry<Item>, spot: Spot) -> Span {
    match spot {
        Spot::Condition(row) => entry.place(at!["conditions", row, "when"]),
        Spot::Material(row) => entry.place(at!["materials", row, "when"]),
        Spot::Waiver(row, waiver) => entry.place(at!["materials", row, "waive", waiver, "when"]),
        Spot::Field(row) => entry.place(at!["fields", row, "when"]),
        Spot::Fee(row) => entry.place(at!["fees", row, "when"]),
        Spot::Exemption(row, one) => entry.place(at!["fees", row, "exemptions", one, "when"]),
    }
}
