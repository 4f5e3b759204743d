//! Comparisons and membership: which values go together, and whether a literal is one of a choice's options.

use std::ops::Range;

use cel::IdedExpr;
use chrono::NaiveDate;

use super::lower::{Lowering, Typed};
use super::operands::{Day, Number, Text};
use super::problem::{Problem, ProblemKind};
use super::truth::{Local, Order, Truth};
use crate::spelling::closest;

impl Lowering<'_> {
    pub fn among(&mut self, node: &IdedExpr, needle: &IdedExpr, hay: &IdedExpr) -> Typed {
        let (sought, list) = (self.typed(needle), self.typed(hay));
        match (sought, list) {
            (Typed::Text(text), Typed::Many(at)) => {
                if let Text::Is(value) = &text {
                    self.option_of(at, value, self.tree.place(needle));
                }
                Typed::Truth(Truth::Holds(at, text))
            }
            (Typed::Text(text), Typed::List(entries)) => {
                let mut values = Vec::with_capacity(entries.len());
                for (entry, place) in entries {
                    match entry {
                        Typed::Text(Text::Is(value)) => {
                            self.option_of_text(&text, &value, place);
                            values.push(value);
                        }
                        other => drop(self.mismatch_at(place, "列表里要是加引号的文字", &[&other])),
                    }
                }
                Typed::Truth(Truth::OneOf(text, values))
            }
            (Typed::Number(number), Typed::List(entries)) => {
                let mut values = Vec::with_capacity(entries.len());
                for (entry, place) in entries {
                    match entry {
                        Typed::Number(Number::Is(value)) => values.push(value),
                        other => drop(self.mismatch_at(place, "列表里要是数", &[&other])),
                    }
                }
                Typed::Truth(Truth::OneOfNumbers(number, values))
            }
            (sought, list) => {
                let what = format!("in 的左边是{}、右边是{}，无法判断包含", sought.name(), list.name());
                self.mismatch(node, &what, &[&sought, &list])
            }
        }
    }

    pub fn compared(&mut self, node: &IdedExpr, order: Order, left: Typed, right: Typed) -> Typed {
        let equality = matches!(order, Order::Equal | Order::Unequal);
        let equal = order == Order::Equal;
        match (left, right) {
            (Typed::Number(left), Typed::Number(right)) => Typed::Truth(Truth::Numbers(order, left, right)),
            (Typed::Day(left), Typed::Day(right)) => Typed::Truth(Truth::Days(order, left, right)),
            (Typed::Day(left), Typed::Text(Text::Is(text))) => match self.date(node, &text) {
                Some(day) => Typed::Truth(Truth::Days(order, left, Day::Is(day))),
                None => Typed::Broken,
            },
            (Typed::Text(Text::Is(text)), Typed::Day(right)) => match self.date(node, &text) {
                Some(day) => Typed::Truth(Truth::Days(order, Day::Is(day), right)),
                None => Typed::Broken,
            },
            (Typed::Text(left), Typed::Text(right)) if equality => {
                for (text, other) in [(&left, &right), (&right, &left)] {
                    if let Text::Is(value) = other {
                        self.option_of_text(text, value, self.tree.place(node));
                    }
                }
                Typed::Truth(Truth::Texts { left, right, equal })
            }
            (Typed::Truth(left), Typed::Truth(right)) if equality => {
                Typed::Truth(Truth::Same { left: Box::new(left), right: Box::new(right), equal })
            }
            (left, right) => {
                let what = format!("{}和{}不能这样比较", left.name(), right.name());
                self.mismatch(node, &what, &[&left, &right])
            }
        }
    }

    /// Checks a literal against the options of the choice it is compared with.
    fn option_of_text(&mut self, text: &Text, value: &str, place: Range<usize>) {
        match text {
            Text::Fact(at) => self.option_of(*at, value, place),
            Text::If(_, yes, no) => {
                self.option_of_text(yes, value, place.clone());
                self.option_of_text(no, value, place);
            }
            Text::Is(_) => {}
        }
    }

    fn option_of(&mut self, at: Local, value: &str, place: Range<usize>) {
        let entry = self.dictionary.entry(self.reads[at as usize].slot);
        if !entry.kind.has_options() || entry.options.iter().any(|option| **option == *value) {
            return;
        }
        let what = format!("“{}”没有“{value}”这个选项", entry.code);
        let mut problem = Problem::new(ProblemKind::NoSuchOption, place, what);
        problem.mend = Some(closest(value, entry.options.iter().map(|option| &**option)).map_or_else(
            || format!("可选的有：{}", entry.options.join("、")),
            |near| format!("是不是要写 '{near}'？"),
        ));
        self.problems.push(problem);
    }

    fn date(&mut self, node: &IdedExpr, text: &str) -> Option<NaiveDate> {
        let day = text.parse().ok();
        if day.is_none() {
            let what = format!("“{text}”不是日期，不能与日期比较");
            let problem = Problem::new(ProblemKind::WrongType, self.tree.place(node), what);
            self.problems.push(problem.mend("日期写作 '2026-01-31'"));
        }
        day
    }
}
