//! One form: the fields of all items merged by element, each with where its value comes from.

use std::sync::Arc;

use catalog::condition::Slot;
use catalog::model::Trust;
use kernel::value::Value;

use super::figures::FieldFigures;
use crate::compile::section_title;
use crate::facts::{Asking, Sheet};
use crate::item_set::ItemSet;
use crate::question::Answers;
use crate::theme::{Derived, Field, Theme};

/// A section of the form, such as 场所信息.
#[derive(Debug, Clone)]
pub struct FormSection<'t> {
    /// The elements' group, such as `place`.
    pub group: &'t str,
    pub fields: Vec<FormField<'t>>,
}

/// One field of the form.
#[derive(Debug, Clone)]
pub struct FormField<'t> {
    pub field: &'t Field,
    /// Required by at least one item.
    pub required: bool,
    pub asked_by: ItemSet,
    pub filled: Filled,
    /// The value, where there is one already.
    pub value: Option<Value>,
}

/// Where the value of a field comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum Filled {
    /// From the records (预填).
    Prefilled { source: Arc<str>, trust: Trust },
    /// It is the answer to this question, by number.
    Answered { question: usize },
    /// It follows from another field, or from the decision of an earlier item.
    Derived,
    /// The applicant types it.
    ToType,
}

impl Filled {
    /// The word in JSON.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Prefilled { .. } => "prefilled",
            Self::Answered { .. } => "answered",
            Self::Derived => "derived",
            Self::ToType => "to-type",
        }
    }
}

impl FormSection<'_> {
    /// Its heading.
    pub fn title(&self) -> &'static str {
        section_title(self.group)
    }
}

impl<'t> FormField<'t> {
    /// What the one form calls it.
    pub fn label(&self) -> &'t str {
        &self.field.element.name
    }

    /// What that item's own form calls it.
    pub fn label_for(&self, theme: &'t Theme, item: usize) -> &'t str {
        let asks = theme.asks_for(self.field).iter();
        let own = asks.filter(|ask| ask.item == item).find_map(|ask| ask.label.as_deref());
        own.unwrap_or(&self.field.element.name)
    }
}

/// Merges and fills the fields of the running items.
pub(super) fn fill<'t>(
    theme: &'t Theme,
    running: ItemSet,
    sheet: &Sheet<'_>,
    answers: &Answers,
    followed: &[(Slot, Value)],
) -> (Vec<FormSection<'t>>, FieldFigures) {
    let mut figures = FieldFigures::default();
    let mut sections: Vec<FormSection<'t>> = Vec::new();
    for field in &theme.fields {
        let (mut asked_by, mut required, mut undecided) = (ItemSet::EMPTY, false, false);
        for ask in theme.asks_for(field).iter().filter(|ask| running.contains(ask.item)) {
            match ask.when.as_ref().map_or(Some(true), |when| when.holds(&sheet.facts)) {
                Some(true) => {
                    figures.before += 1;
                    asked_by.insert(ask.item);
                    required |= ask.required;
                }
                Some(false) => {}
                None => undecided = true,
            }
        }
        if asked_by.is_empty() {
            figures.undecided += u32::from(undecided);
            continue;
        }
        let waits = asked_by.iter().all(|item| !theme.after[item].intersection(running).is_empty());
        let (filled, value) = value_of(theme, field, sheet, answers, followed, waits);
        figures.count(&filled);
        let field = FormField { field, required, asked_by, filled, value };
        match sections.last_mut() {
            Some(section) if *section.group == *field.field.group => section.fields.push(field),
            _ => sections.push(FormSection { group: &field.field.group, fields: vec![field] }),
        }
    }
    (sections, figures)
}

/// An answer first, then the records, then what follows from something else. `waits`: whether every item that asks for
/// the field waits for another one, whose decision may then bring the value.
fn value_of(
    theme: &Theme,
    field: &Field,
    sheet: &Sheet<'_>,
    answers: &Answers,
    followed: &[(Slot, Value)],
    waits: bool,
) -> (Filled, Option<Value>) {
    let asked = |number: &&usize| sheet.asking[**number].is_shown() || sheet.asking[**number] == Asking::Waiting;
    if let Some(&question) = field.questions.iter().find(asked) {
        let answer = answers.get(&theme.questions[question].id).filter(|_| sheet.asking[question] == Asking::Answered);
        let value = answer.or_else(|| sheet.facts.get(field.slot)).cloned();
        return (Filled::Answered { question }, value);
    }
    if let Some(fact) = sheet.known(field.slot) {
        return (Filled::Prefilled { source: fact.source.clone(), trust: fact.trust }, Some(fact.value.clone()));
    }
    match field.from {
        Derived::From => {
            let value = followed.iter().find(|(slot, _)| *slot == field.slot).map(|(_, value)| value.clone());
            (Filled::Derived, value)
        }
        Derived::Registration if waits => (Filled::Derived, None),
        Derived::Registration | Derived::No => (Filled::ToType, None),
    }
}
