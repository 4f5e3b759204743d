//! The plan (办事方案): what this applicant must do, worked out from answers and from what is known.
//!
//! One pass each: facts, questions and items here, then `materials`, `form` and `figures`. Nothing is remembered between
//! two plans; changing an answer means planning again, which takes microseconds.

mod figures;
mod form;
mod materials;

use catalog::condition::{Condition, FactSlots, Verdict};
use catalog::ids::ElementCode;

use chrono::NaiveDate;
use kernel::calendar::{BeyondCalendar, WorkCalendar};

use crate::derive::follow_all;
use crate::facts::{Asking, Sheet};
use crate::item_set::ItemSet;
use crate::known::Known;
use crate::question::{Answers, Question};
use crate::schedule::{Schedule, schedule};
use crate::theme::{Exit, Theme, ThemeItem};

pub use figures::{Change, FieldFigures, Figures, MaterialFigures};
pub use form::{Filled, FormField, FormSection};
pub use materials::{Exemption, PlannedMaterial, Removal, Standing};

/// What one applicant must do.
#[derive(Debug, Clone)]
pub struct Plan<'t> {
    pub theme: &'t Theme,
    /// Where each question stands, in the order of the theme's questions.
    pub asking: Vec<Asking>,
    /// All items of the theme, in its order.
    pub items: Vec<PlannedItem<'t>>,
    /// Numbers of the items that are part of the plan.
    pub running: ItemSet,
    /// One set of materials (一套材料), the form first, then in the order of first mention.
    pub materials: Vec<PlannedMaterial<'t>>,
    /// One form (一张表单), by section.
    pub form: Vec<FormSection<'t>>,
    pub schedule: Schedule,
    pub figures: Figures,
    /// Why the theme does not lead where this applicant wants to go.
    pub out_of_scope: Option<&'t Exit>,
    /// Hints that apply.
    pub notes: Vec<&'t str>,
}

/// An item and whether it is part of the plan.
#[derive(Debug, Clone)]
pub struct PlannedItem<'t> {
    /// Number in the theme.
    pub number: usize,
    pub item: &'t ThemeItem,
    pub inclusion: Inclusion,
}

/// Whether an item is part of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inclusion {
    Included,
    /// The answers say it is not needed.
    Excluded,
    /// The whole matter is out of the theme's scope.
    OutOfScope,
    /// These facts are missing to tell.
    Undecided {
        missing: Vec<ElementCode>,
    },
}

/// Works out the plan.
pub fn plan<'t>(theme: &'t Theme, answers: &Answers, known: &Known) -> Plan<'t> {
    let followed = follow_all(theme, answers, known);
    let sheet = Sheet::lay_out(theme, answers, known, &followed);
    let out_of_scope = theme.exits.iter().find(|exit| exit.when.holds(&sheet.facts) == Some(true));
    let items = include(theme, &sheet.facts, out_of_scope.is_some());
    let running = items.iter().filter(|item| item.is_included()).map(|item| item.number).collect();
    let (materials, material_figures) = materials::gather(theme, running, &sheet.facts, known);
    let (form, field_figures) = form::fill(theme, running, &sheet, answers, &followed);
    let schedule = schedule(&theme.order, &theme.after, &theme.hours, running);
    let figures = figures::count(theme, running, material_figures, field_figures, &schedule);
    let applies = |when: &Option<Condition>| when.as_ref().is_none_or(|when| when.holds(&sheet.facts) == Some(true));
    let notes = theme.notes.iter().filter(|note| applies(&note.when)).map(|note| note.text.as_str()).collect();
    Plan { theme, asking: sheet.asking, items, running, materials, form, schedule, figures, out_of_scope, notes }
}

fn include<'t>(theme: &'t Theme, facts: &FactSlots<'_>, out_of_scope: bool) -> Vec<PlannedItem<'t>> {
    let judge = |item: &ThemeItem| match &item.when {
        _ if out_of_scope => Inclusion::OutOfScope,
        None => Inclusion::Included,
        Some(when) => match when.holds(facts) {
            Some(true) => Inclusion::Included,
            Some(false) => Inclusion::Excluded,
            None => Inclusion::Undecided { missing: missing(when, facts) },
        },
    };
    let items = theme.items.iter().enumerate();
    items.map(|(number, item)| PlannedItem { number, item, inclusion: judge(item) }).collect()
}

/// The facts a condition that cannot be told is waiting for.
fn missing(when: &Condition, facts: &FactSlots<'_>) -> Vec<ElementCode> {
    match when.judge_slots(facts) {
        Verdict::CannotTell { missing } => missing,
        Verdict::Yes | Verdict::No => Vec::new(),
    }
}

impl PlannedItem<'_> {
    /// Whether it is part of the plan.
    pub fn is_included(&self) -> bool {
        self.inclusion == Inclusion::Included
    }
}

impl<'t> Plan<'t> {
    /// Questions the applicant sees now, with their numbers and where they stand.
    pub fn shown_questions(&self) -> impl Iterator<Item = (&'t Question, Asking)> {
        let questions = self.theme.questions.iter().zip(self.asking.iter().copied());
        questions.filter(|(_, asking)| asking.is_shown())
    }

    /// Questions that must still be answered because nothing can be assumed in their place.
    pub fn open_questions(&self) -> impl Iterator<Item = &'t Question> {
        self.shown_questions().filter(|(_, asking)| *asking == Asking::Open).map(|(question, _)| question)
    }

    /// Whether every question that applies is answered or can be assumed, and every item is decided.
    pub fn is_complete(&self) -> bool {
        self.open_questions().next().is_none()
            && self.items.iter().all(|item| !matches!(item.inclusion, Inclusion::Undecided { .. }))
    }

    /// When each item is due if all are accepted on that day: in order of running, an item that waits for others counted
    /// from the day the last of them is due. Exact where the offsets of the schedule are rules of thumb.
    ///
    /// # Errors
    /// [`BeyondCalendar`] when a date lies outside the years whose notices are known.
    pub fn due_dates(
        &self,
        accepted: NaiveDate,
        calendar: &WorkCalendar,
    ) -> Result<Vec<(&'t ThemeItem, NaiveDate)>, BeyondCalendar> {
        let mut due: Vec<(usize, NaiveDate)> = Vec::with_capacity(self.schedule.bars.len());
        for bar in &self.schedule.bars {
            let before = due.iter().filter(|(item, _)| bar.after.contains(*item)).map(|(_, day)| *day);
            let from = before.max().unwrap_or(accepted);
            due.push((bar.item, self.theme.items[bar.item].promise.due(from, calendar)?));
        }
        Ok(due.into_iter().map(|(item, day)| (&self.theme.items[item], day)).collect())
    }

    /// The items that are part of the plan.
    pub fn included(&self) -> impl Iterator<Item = &PlannedItem<'t>> {
        self.items.iter().filter(|item| item.is_included())
    }

    /// The items of a set, such as those that ask for a paper.
    pub fn items_of(&self, set: ItemSet) -> impl Iterator<Item = &'t ThemeItem> {
        let theme = self.theme;
        set.iter().map(move |number| &theme.items[number])
    }

    /// The form as this item's authority gets it back (回填): its own fields only, with its own labels.
    pub fn form_of(&self, item: usize) -> Vec<(&FormField<'t>, &'t str)> {
        let fields = self.form.iter().flat_map(|section| &section.fields);
        let own = fields.filter(|field| field.asked_by.contains(item));
        own.map(|field| (field, field.label_for(self.theme, item))).collect()
    }

    /// The set of materials as this item's authority gets it back: its own rows only, with its own names.
    pub fn materials_of(&self, item: usize) -> Vec<(&PlannedMaterial<'t>, &'t str)> {
        let own = self.materials.iter().filter(|material| material.asked_by.contains(item));
        own.map(|material| (material, material.name_for(self.theme, item))).collect()
    }
}
