//! A filing: what follows from a draft now. The plan, every entry of the form with its value and source, every paper with
//! its files, and everything that is still missing. Worked out anew for every page; nothing of it is stored.

mod entry;
mod slot;

use catalog::Catalog;
use catalog::ids::RegionKey;
use catalog::model::How;
use chrono::NaiveDate;
use kernel::value::Value;
use platform::FieldFault;
use themes::{Answers, Asking, Plan, Question, Theme};

use crate::draft::{Draft, Sheet};
use crate::known;

pub(crate) use entry::in_words;
pub use entry::{Entry, Origin, Record, Section};
pub(crate) use slot::anchor;
pub use slot::{Slot, slot_key};

/// The group of elements that stand on the last page, beside the declaration: where the results go, who signs.
pub const HANDOVER_GROUP: &str = "delivery";

/// The element that says where the premises lie (场所所在区划).
const SITE_REGION: &str = "site_region";

/// Which page mends something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    Questions,
    Form,
    Papers,
    Check,
}

impl Page {
    /// The last part of its address.
    pub fn stem(self) -> &'static str {
        match self {
            Self::Questions => "questions",
            Self::Form => "form",
            Self::Papers => "papers",
            Self::Check => "check",
        }
    }
}

/// One thing that keeps a draft from being submitted.
#[derive(Debug, Clone, PartialEq)]
pub struct Missing {
    pub page: Page,
    pub fault: FieldFault,
}

/// A draft, worked out.
pub struct Filing<'t> {
    pub theme: &'t Theme,
    /// Its form has moved into `sections`.
    pub plan: Plan<'t>,
    pub known: records::Known,
    /// The answers that still are answers under the theme in force.
    pub answers: Answers,
    /// Answers of the draft that an updated theme no longer takes.
    pub outdated: usize,
    pub sections: Vec<Section<'t>>,
    /// Papers that count, to hand in or not; the one form is not among them.
    pub slots: Vec<Slot<'t>>,
}

impl<'t> Filing<'t> {
    /// Works a draft out.
    pub fn of(
        theme: &'t Theme,
        draft: &Draft,
        known: records::Known,
        catalog: &Catalog,
        words: &access_service::Words,
        today: NaiveDate,
    ) -> Self {
        let (answers, outdated) = still_sound(theme, &draft.answers);
        let plain = known::for_plan(&known, catalog, words);
        let mut plan = themes::plan(theme, &answers, &plain);
        let form = std::mem::take(&mut plan.form);
        let sections = entry::work_out(form, &draft.form, &known, words, today);
        let slots = slot::work_out(&mut plan, draft);
        Self { theme, plan, known, answers, outdated, sections, slots }
    }

    /// All entries of the form.
    pub fn entries(&self) -> impl Iterator<Item = &Entry<'t>> {
        self.sections.iter().flat_map(|section| &section.entries)
    }

    /// The entries one page shows: those of the hand-over on the last, all others on the form's.
    pub fn entries_on(&self, page: Page) -> impl Iterator<Item = &Entry<'t>> {
        let last = page == Page::Check;
        let sections = self.sections.iter().filter(move |section| (section.group == HANDOVER_GROUP) == last);
        sections.flat_map(|section| &section.entries)
    }

    /// The entry of an element.
    pub fn entry(&self, element: &str) -> Option<&Entry<'t>> {
        self.entries().find(|entry| *entry.field.field.element.code == *element)
    }

    /// The value of an element as it would be submitted.
    pub fn value(&self, element: &str) -> Option<&Value> {
        self.entry(element)?.value.as_ref()
    }

    /// Where the premises of the matter lie, where it has any: as chosen in the form, else as their address says. None for
    /// matters without premises, and where the address names no place of the district.
    pub fn site_region(&self, catalog: &Catalog) -> Option<RegionKey> {
        let chosen = self.value(SITE_REGION).and_then(Value::as_text);
        if let Some(chosen) = chosen.filter(|code| catalog.regions.contains_key(*code)) {
            return Some(chosen.into());
        }
        let rule = catalog.elements.get(SITE_REGION)?.derived.as_ref().filter(|rule| rule.how == How::Region)?;
        let address = self.value(&rule.from)?.as_text()?;
        catalog.region_of_address(address).map(|region| region.code.clone())
    }

    /// The question whose answer is the value of that element.
    pub fn question_about(&self, element: &str) -> Option<&'t Question> {
        self.theme.questions.iter().find(|question| *question.element == *element)
    }

    /// Everything that keeps it from being submitted, in the order of the pages.
    pub fn missing(&self) -> Vec<Missing> {
        let mut missing = Vec::new();
        let mut add = |page, fault| missing.push(Missing { page, fault });
        if let Some(exit) = self.plan.out_of_scope {
            add(Page::Questions, FieldFault::new("_plan", "out-of-scope").fact("reason", &exit.reason));
        } else if self.plan.running.is_empty() && self.plan.is_complete() {
            add(Page::Questions, FieldFault::new("_plan", "nothing-to-do"));
        }
        for question in self.plan.open_questions() {
            add(Page::Questions, FieldFault::new(&question.id, "unanswered").fact("label", &question.text));
        }
        for page in [Page::Form, Page::Check] {
            for entry in self.entries_on(page) {
                if let Some(fault) = entry.fault() {
                    add(if matches!(entry.origin, Origin::Answered(_)) { Page::Questions } else { page }, fault);
                }
            }
            if page == Page::Form {
                for slot in self.slots.iter().filter(|slot| slot.is_missing()) {
                    add(Page::Papers, FieldFault::new(&slot.key, "paper-missing").fact("label", slot.material.name));
                }
            }
        }
        missing
    }

    /// The answers as they count, by question: those given, and the defaults of those shown and left as they were.
    pub fn effective_answers(&self) -> Answers {
        let known = |question: &Question| self.known.fact(&question.element).map(|fact| fact.value.clone());
        let shown = self.plan.shown_questions().filter_map(|(question, asking)| {
            let given = self.answers.get(&question.id).filter(|_| asking == Asking::Answered).cloned();
            let value = given.or_else(|| known(question)).or_else(|| question.default.clone())?;
            Some((question.id.clone(), value))
        });
        shown.collect()
    }
}

/// The answers an updated theme still takes, and how many it does not.
pub(crate) fn still_sound(theme: &Theme, answers: &Answers) -> (Answers, usize) {
    let faults = theme.review(answers);
    let mut sound = answers.clone();
    for fault in &faults {
        sound.forget(&fault.question);
    }
    (sound, faults.len())
}

/// Merges what a page posted into the sheet: every entry of that page that may be typed into, and no other. Returns the
/// elements whose text another saving had changed meanwhile.
pub fn keep_typed(filing: &Filing<'_>, page: Page, sheet: &mut Sheet, posted: &[(String, String)]) {
    for entry in filing.entries_on(page).filter(|entry| entry.is_open()) {
        let code = &entry.field.field.element.code;
        let typed: Vec<String> = posted
            .iter()
            .filter(|(name, text)| *name == **code && !text.trim().is_empty())
            .map(|(_, text)| text.trim().to_owned())
            .collect();
        // What is as the register says is not typed: should the register change, the form follows it.
        if entry.record.as_ref().is_some_and(|record| record.texts() == typed) {
            sheet.forget(code);
        } else {
            sheet.keep(code.as_str(), typed);
        }
    }
}
