//! The sheet of facts a plan is made from: what the records know, what was answered, what is assumed, what follows.
//!
//! An answer outweighs the records, the records outweigh a question's default. A question that is not asked because its
//! own condition says no leaves "no" (yes-or-no questions) or "none" (multiple choices) behind: who was never asked about
//! the air conditioning of a stall has none. A question whose condition cannot be told yet leaves nothing.

use catalog::condition::{FactSlots, Slot};
use kernel::value::Value;

use crate::known::{Known, KnownFact};
use crate::question::{Answers, Question, QuestionKind};
use crate::theme::Theme;

/// Where a question stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// Asked and answered.
    Answered,
    /// Asked, not answered; the default, or what the records know, is assumed meanwhile.
    Assumed,
    /// Asked, not answered, and nothing can be assumed.
    Open,
    /// Not asked: the records know (一数一源).
    Known,
    /// Not asked yet: whether it applies depends on answers still missing.
    Waiting,
    /// Not asked: it does not apply.
    Hidden,
}

impl Asking {
    /// Whether the applicant sees the question now.
    pub fn is_shown(self) -> bool {
        matches!(self, Self::Answered | Self::Assumed | Self::Open)
    }
}

/// Facts by slot, with where each came from.
pub(crate) struct Sheet<'a> {
    pub facts: FactSlots<'a>,
    known: Vec<Option<&'a KnownFact>>,
    /// By question number.
    pub asking: Vec<Asking>,
}

static NO: Value = Value::Bool(false);
static NONE: Value = Value::List(Vec::new());

impl<'a> Sheet<'a> {
    /// Lays out what is known, then asks every question in order, because a question may depend on the ones before.
    pub fn lay_out(theme: &'a Theme, answers: &'a Answers, known: &'a Known, followed: &'a [(Slot, Value)]) -> Self {
        let mut sheet = Self {
            facts: theme.dictionary.empty_slots(),
            known: vec![None; theme.dictionary.len()],
            asking: Vec::with_capacity(theme.questions.len()),
        };
        for (element, fact) in known.facts() {
            if let Some(slot) = theme.dictionary.slot(element) {
                sheet.facts.set(slot, &fact.value);
                sheet.known[slot.0 as usize] = Some(fact);
            }
        }
        for (slot, value) in followed {
            sheet.facts.set(*slot, value);
        }
        for question in &theme.questions {
            let asking = sheet.ask(question, answers);
            sheet.asking.push(asking);
        }
        sheet
    }

    fn ask(&mut self, question: &'a Question, answers: &'a Answers) -> Asking {
        match question.when.as_ref().map_or(Some(true), |when| when.holds(&self.facts)) {
            Some(true) => {}
            Some(false) => {
                self.leave_unasked(question);
                return Asking::Hidden;
            }
            None => return Asking::Waiting,
        }
        let is_known = self.facts.get(question.slot).is_some();
        if question.derive && is_known {
            return Asking::Known;
        }
        if let Some(answer) = answers.get(&question.id) {
            self.facts.set(question.slot, answer);
            return Asking::Answered;
        }
        match &question.default {
            _ if is_known => Asking::Assumed,
            Some(default) => {
                self.facts.set(question.slot, default);
                Asking::Assumed
            }
            None => Asking::Open,
        }
    }

    fn leave_unasked(&mut self, question: &Question) {
        if self.facts.get(question.slot).is_some() {
            return;
        }
        match question.kind {
            QuestionKind::Bool => self.facts.set(question.slot, &NO),
            QuestionKind::Multi => self.facts.set(question.slot, &NONE),
            QuestionKind::Single | QuestionKind::Number | QuestionKind::Text => {}
        }
    }

    /// The records' fact about an element.
    pub fn known(&self, slot: Slot) -> Option<&'a KnownFact> {
        self.known[slot.0 as usize]
    }
}
