//! What conditions compare: numbers, texts and dates that may be unknown.
//!
//! Values that are not what the dictionary says (a text where a number belongs) count as missing: we cannot tell, and
//! a fault of ours must not become a "no" for a citizen.

use chrono::NaiveDate;
use kernel::value::Value;

use super::truth::{Kleene, Local, Lookup, Reading, Truth};

/// Something that is a number.
#[derive(Debug, Clone)]
pub(super) enum Number {
    Is(f64),
    Fact(Local),
    Sum(Box<Number>, Box<Number>),
    Difference(Box<Number>, Box<Number>),
    Product(Box<Number>, Box<Number>),
    Negative(Box<Number>),
    If(Box<Truth>, Box<Number>, Box<Number>),
}

/// Something that is a text.
#[derive(Debug, Clone)]
pub(super) enum Text {
    Is(Box<str>),
    Fact(Local),
    If(Box<Truth>, Box<Text>, Box<Text>),
}

/// Something that is a date.
#[derive(Debug, Clone)]
pub(super) enum Day {
    Is(NaiveDate),
    Fact(Local),
}

impl Number {
    pub(super) fn number<L: Lookup>(&self, reads: &[Reading], facts: &L) -> Option<f64> {
        match self {
            Self::Is(number) => Some(*number),
            Self::Fact(at) => match facts.fact(&reads[*at as usize]) {
                Some(Value::Number(number)) if number.is_finite() => Some(*number),
                _ => None,
            },
            Self::Sum(left, right) => Some(left.number(reads, facts)? + right.number(reads, facts)?),
            Self::Difference(left, right) => Some(left.number(reads, facts)? - right.number(reads, facts)?),
            Self::Product(left, right) => Some(left.number(reads, facts)? * right.number(reads, facts)?),
            Self::Negative(inner) => Some(-inner.number(reads, facts)?),
            Self::If(test, yes, no) => match test.judge(reads, facts) {
                Kleene::Yes => yes.number(reads, facts),
                Kleene::No => no.number(reads, facts),
                Kleene::Unknown => None,
            },
        }
    }

    pub(super) fn missing<L: Lookup>(&self, reads: &[Reading], facts: &L, lacks: &mut [bool]) {
        match self {
            Self::Is(_) => {}
            Self::Fact(at) => lacks[*at as usize] |= self.number(reads, facts).is_none(),
            Self::Sum(left, right) | Self::Difference(left, right) | Self::Product(left, right) => {
                left.missing(reads, facts, lacks);
                right.missing(reads, facts, lacks);
            }
            Self::Negative(inner) => inner.missing(reads, facts, lacks),
            Self::If(test, yes, no) => match test.judge(reads, facts) {
                Kleene::Yes => yes.missing(reads, facts, lacks),
                Kleene::No => no.missing(reads, facts, lacks),
                Kleene::Unknown => test.missing(reads, facts, lacks),
            },
        }
    }
}

impl Text {
    pub(super) fn text<'a, L: Lookup>(&'a self, reads: &[Reading], facts: &'a L) -> Option<&'a str> {
        match self {
            Self::Is(text) => Some(text),
            Self::Fact(at) => match facts.fact(&reads[*at as usize]) {
                Some(Value::Text(text)) => Some(text),
                _ => None,
            },
            Self::If(test, yes, no) => match test.judge(reads, facts) {
                Kleene::Yes => yes.text(reads, facts),
                Kleene::No => no.text(reads, facts),
                Kleene::Unknown => None,
            },
        }
    }

    pub(super) fn missing<L: Lookup>(&self, reads: &[Reading], facts: &L, lacks: &mut [bool]) {
        match self {
            Self::Is(_) => {}
            Self::Fact(at) => lacks[*at as usize] |= self.text(reads, facts).is_none(),
            Self::If(test, yes, no) => match test.judge(reads, facts) {
                Kleene::Yes => yes.missing(reads, facts, lacks),
                Kleene::No => no.missing(reads, facts, lacks),
                Kleene::Unknown => test.missing(reads, facts, lacks),
            },
        }
    }
}

impl Day {
    pub(super) fn day<L: Lookup>(&self, reads: &[Reading], facts: &L) -> Option<NaiveDate> {
        match self {
            Self::Is(day) => Some(*day),
            // A date that came through JSON is still a text of the form 2026-11-22.
            Self::Fact(at) => facts.fact(&reads[*at as usize]).and_then(Value::as_date),
        }
    }

    pub(super) fn missing<L: Lookup>(&self, reads: &[Reading], facts: &L, lacks: &mut [bool]) {
        if let Self::Fact(at) = self {
            lacks[*at as usize] |= self.day(reads, facts).is_none();
        }
    }
}
