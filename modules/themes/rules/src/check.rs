//! What is sound word by word and still does not work: questions nobody ever sees or nobody needs, items nobody ever
//! gets, answers that lead nowhere.
//!
//! `sweep` tries answers; this file says what must be true of all of them.

mod sweep;

use catalog::condition::{Condition, FactSlots};
use catalog::diagnostic::{Report, Span};
use catalog::ids::ElementCode;
use catalog::model::Catalog;
use catalog::reader::{At, Node};

use crate::codes;
use crate::compile::Sound;
use crate::derive::is_worked_out;
use crate::theme::{Theme, Way};
use sweep::{End, Sweep};

/// Reports what does not work in a theme. `node` is its file, to point into.
pub(crate) fn theme(theme: &Theme, catalog: &Catalog, sound: Sound, node: &Node, report: &mut Report<'_>) {
    let check = Check { theme, catalog, node };
    let before = report.count();
    if sound.questions {
        check.dead_questions(report);
    }
    if sound.whole {
        check.unread_questions(report);
        check.nobody_answers(report);
        check.dead_items(report);
        check.elements_without_field(report);
    }
    // An answer without a result is often only the echo of one of the faults above.
    if sound.whole && report.count() == before {
        check.every_answer_has_a_result(report);
    }
    check.visits(report);
}

struct Check<'t> {
    theme: &'t Theme,
    catalog: &'t Catalog,
    node: &'t Node,
}

impl Check<'_> {
    fn question_place(&self, number: usize, key: &str) -> Span {
        let entry = self.theme.questions[number].entry;
        self.node.place(&["questions".into(), entry.into(), key.into()])
    }

    fn item_place(&self, number: usize, key: &str) -> Span {
        let path: [At<'_>; 3] = ["items".into(), self.theme.items[number].entry.into(), key.into()];
        self.node.place(&path)
    }

    /// Questions whose condition no answers to the questions before can make true.
    fn dead_questions(&self, report: &mut Report<'_>) {
        for (number, question) in self.theme.questions.iter().enumerate() {
            let Some(when) = &question.when else { continue };
            match self.can_hold(when, number) {
                Some(true) => {}
                Some(false) => {
                    let what = format!("问题“{}”永远不会出现：“{}”不可能成立", question.id, when.source());
                    report.at(&codes::DEAD_QUESTION, self.question_place(number, "when"), what);
                }
                None => self.too_many(self.question_place(number, "when"), report),
            }
        }
    }

    /// Items whose condition no answers can make true.
    fn dead_items(&self, report: &mut Report<'_>) {
        for (number, item) in self.theme.items.iter().enumerate() {
            let Some(when) = &item.when else { continue };
            match self.can_hold(when, self.theme.questions.len()) {
                Some(true) => {}
                Some(false) => {
                    let what = format!("事项“{}”永远用不上：“{}”不可能成立", item.id, when.source());
                    report.at(&codes::DEAD_ITEM, self.item_place(number, "when"), what);
                }
                None => self.too_many(self.item_place(number, "when"), report),
            }
        }
    }

    /// Whether a condition holds for some answers to the first questions; None when there are too many to try.
    fn can_hold(&self, when: &Condition, questions: usize) -> Option<bool> {
        let mut sweep = Sweep::new(self.theme, self.catalog, questions, std::slice::from_ref(when));
        let judge = |facts: &FactSlots<'_>| when.holds(facts).map(|holds| if holds { End::Found } else { End::Leave });
        // Where nothing is left in the dark, what is undecided in the end waits for a question that is never asked.
        let undecided = if sweep.sees_everything { End::Leave } else { End::Found };
        match sweep.find(judge, undecided) {
            Ok(found) => Some(found.is_some()),
            Err(sweep::TooMany) => None,
        }
    }

    /// Questions whose answer nothing reads.
    fn unread_questions(&self, report: &mut Report<'_>) {
        for (number, question) in self.theme.questions.iter().enumerate() {
            let element = &question.element;
            let own = question.when.as_ref();
            let is_read =
                self.theme.conditions().filter(|when| Some(*when) != own).any(|when| when.reads().contains(element));
            let is_field = self.theme.fields.iter().any(|field| field.element.code == *element);
            let is_source = self.theme.derivations.iter().any(|derivation| derivation.from == *element);
            if !is_read && !is_field && !is_source {
                let what = format!("问题“{}”的回答没有用处：没有条件依据它，表单里也没有这一栏", question.id);
                report.at(&codes::UNREAD_QUESTION, self.question_place(number, "id"), what);
            }
        }
    }

    /// Conditions that read what nobody asks and no source knows.
    fn nobody_answers(&self, report: &mut Report<'_>) {
        let theme = self.theme;
        let mut complain = |when: &Condition, place: Span| {
            for element in when.reads().iter().filter(|element| !self.is_known_somehow(element)) {
                let what = format!("没有问题问“{}”（{element}），也没有数据源提供它", theme.name_of(element));
                report.at(&codes::NOBODY_ANSWERS, place, what);
            }
        };
        for (number, question) in theme.questions.iter().enumerate() {
            question.when.iter().for_each(|when| complain(when, self.question_place(number, "when")));
        }
        for (number, item) in theme.items.iter().enumerate() {
            item.when.iter().for_each(|when| complain(when, self.item_place(number, "when")));
        }
        for (number, exit) in theme.exits.iter().enumerate() {
            complain(&exit.when, self.node.place(&["out_of_scope".into(), number.into(), "when".into()]));
        }
        let mut told: Vec<(usize, &ElementCode)> = Vec::new();
        for (item, when) in theme.item_conditions() {
            for element in when.reads().iter().filter(|element| !self.is_known_somehow(element)) {
                if told.contains(&(item, element)) {
                    continue;
                }
                told.push((item, element));
                let name = theme.name_of(element);
                let what = format!("事项“{}”要看“{name}”（{element}），主题没有问", theme.items[item].plain);
                report.at(&codes::ITEM_ASKS_UNASKED, self.item_place(item, "item"), what);
            }
        }
    }

    /// Whether the value of an element can be known before the form is filled in: asked, on record, or following from
    /// something that is.
    fn is_known_somehow(&self, code: &ElementCode) -> bool {
        let is_asked = |code: &ElementCode| self.theme.questions.iter().any(|question| question.element == *code);
        let is_on_record = |code: &ElementCode| self.catalog.elements.get(code).is_some_and(|e| e.source.is_some());
        let derived = self.catalog.elements.get(code).and_then(|element| element.derived.as_ref());
        let follows = derived.filter(|derived| is_worked_out(derived.how));
        is_asked(code) || is_on_record(code) || follows.is_some_and(|d| is_asked(&d.from) || is_on_record(&d.from))
    }

    /// Every sheet of answers leads to an item, or to a place to go instead.
    fn every_answer_has_a_result(&self, report: &mut Report<'_>) {
        let theme = self.theme;
        if theme.items.iter().any(|item| item.when.is_none()) {
            return;
        }
        let conditions: Vec<Condition> = theme.items.iter().filter_map(|item| item.when.clone()).collect();
        let exits = theme.exits.iter().map(|exit| exit.when.clone());
        let all: Vec<Condition> = conditions.iter().cloned().chain(exits).collect();
        let mut sweep = Sweep::new(theme, self.catalog, theme.questions.len(), &all);
        let judge = |facts: &FactSlots<'_>| {
            let answers: Vec<Option<bool>> = all.iter().map(|when| when.holds(facts)).collect();
            match answers.contains(&Some(true)) {
                true => Some(End::Leave),
                false => (!answers.contains(&None)).then_some(End::Found),
            }
        };
        let undecided = if sweep.sees_everything { End::Found } else { End::Leave };
        let found = sweep.find(judge, undecided);
        let place = self.node.place(&["items".into(), 0.into(), "item".into()]);
        match found {
            Ok(None) => {}
            Ok(Some(path)) if path.is_decided => {
                report.at(&codes::NO_RESULT, place, format!("这样回答没有结果：{}", path.answers));
            }
            Ok(Some(path)) => {
                report.at(&codes::NEVER_DECIDED, place, format!("这样回答得不出结果：{}", path.answers));
            }
            Err(sweep::TooMany) => self.too_many(place, report),
        }
    }

    /// Papers whose content is said to be a field that no form has.
    fn elements_without_field(&self, report: &mut Report<'_>) {
        for demand in &self.theme.demands {
            for way in &demand.ways {
                let Way::Element(element) = way else { continue };
                let fields = self.theme.fields.iter().filter(|field| *field.element.code == **element);
                let is_asked = fields.flat_map(|field| self.theme.asks_for(field)).any(|ask| ask.item == demand.item);
                if !is_asked {
                    let item = &self.theme.items[demand.item];
                    let what = format!("“{}”的材料“{}”并入“{element}”一栏，表单里没有这一栏", item.plain, demand.name);
                    report.at(&codes::ELEMENT_NOT_ASKED, self.item_place(demand.item, "item"), what);
                }
            }
        }
    }

    /// Items that cannot be done with as few visits as the theme promises.
    fn visits(&self, report: &mut Report<'_>) {
        for (number, item) in self.theme.items.iter().enumerate() {
            if item.visits > self.theme.trips {
                let what = format!("“{}”要到现场 {} 次，主题只承诺跑 {} 次", item.plain, item.visits, self.theme.trips);
                report.at(&codes::VISITS_ABOVE_TRIPS, self.item_place(number, "item"), what);
            }
        }
    }

    fn too_many(&self, place: Span, report: &mut Report<'_>) {
        report.at(&codes::UNCHECKED, place, "回答的组合太多，这里没有全部检查");
    }
}
