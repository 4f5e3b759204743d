//! The typed form of a condition, and judging it.

use kernel::value::{Facts, Value};

use super::dictionary::{FactSlots, Slot};
use super::operands::{Day, Number, Text};
use crate::ids::ElementCode;

/// Yes, no, unknown (strong Kleene logic).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kleene {
    Yes,
    No,
    Unknown,
}

impl From<bool> for Kleene {
    fn from(answer: bool) -> Self {
        if answer { Self::Yes } else { Self::No }
    }
}

impl From<Option<bool>> for Kleene {
    fn from(answer: Option<bool>) -> Self {
        answer.map_or(Self::Unknown, Self::from)
    }
}

/// An element the condition reads.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    pub code: ElementCode,
    pub slot: Slot,
}

/// Index into the condition's own list of readings.
pub(super) type Local = u16;

/// Where facts come from.
pub(super) trait Lookup {
    fn fact(&self, reading: &Reading) -> Option<&Value>;
}

impl Lookup for Facts {
    fn fact(&self, reading: &Reading) -> Option<&Value> {
        self.get(reading.code.as_str())
    }
}

impl Lookup for FactSlots<'_> {
    fn fact(&self, reading: &Reading) -> Option<&Value> {
        self.get(reading.slot)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Equal,
    Unequal,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

impl Order {
    fn holds<T: PartialOrd>(self, left: T, right: T) -> bool {
        match self {
            Self::Equal => left == right,
            Self::Unequal => left != right,
            Self::Less => left < right,
            Self::AtMost => left <= right,
            Self::Greater => left > right,
            Self::AtLeast => left >= right,
        }
    }
}

/// Something that is yes, no or unknown.
#[derive(Debug, Clone)]
pub(super) enum Truth {
    Always(bool),
    Fact(Local),
    Not(Box<Truth>),
    All(Vec<Truth>),
    Any(Vec<Truth>),
    Same {
        left: Box<Truth>,
        right: Box<Truth>,
        equal: bool,
    },
    Numbers(Order, Number, Number),
    Days(Order, Day, Day),
    Texts {
        left: Text,
        right: Text,
        equal: bool,
    },
    OneOf(Text, Vec<Box<str>>),
    OneOfNumbers(Number, Vec<f64>),
    /// The text is among the values of a multiple choice.
    Holds(Local, Text),
    If(Box<Truth>, Box<Truth>, Box<Truth>),
}

impl Truth {
    pub(super) fn judge<L: Lookup>(&self, reads: &[Reading], facts: &L) -> Kleene {
        match self {
            Self::Always(answer) => (*answer).into(),
            Self::Fact(at) => match facts.fact(&reads[*at as usize]) {
                Some(Value::Bool(answer)) => (*answer).into(),
                _ => Kleene::Unknown,
            },
            Self::Not(inner) => match inner.judge(reads, facts) {
                Kleene::Yes => Kleene::No,
                Kleene::No => Kleene::Yes,
                Kleene::Unknown => Kleene::Unknown,
            },
            Self::All(parts) => join(parts, reads, facts, Kleene::No, Kleene::Yes),
            Self::Any(parts) => join(parts, reads, facts, Kleene::Yes, Kleene::No),
            Self::Same { left, right, equal } => match (left.judge(reads, facts), right.judge(reads, facts)) {
                (Kleene::Unknown, _) | (_, Kleene::Unknown) => Kleene::Unknown,
                (left, right) => ((left == right) == *equal).into(),
            },
            Self::Numbers(order, left, right) => {
                let pair = left.number(reads, facts).zip(right.number(reads, facts));
                pair.map(|(left, right)| order.holds(left, right)).into()
            }
            Self::Days(order, left, right) => {
                let pair = left.day(reads, facts).zip(right.day(reads, facts));
                pair.map(|(left, right)| order.holds(left, right)).into()
            }
            Self::Texts { left, right, equal } => {
                let pair = left.text(reads, facts).zip(right.text(reads, facts));
                pair.map(|(left, right)| (left == right) == *equal).into()
            }
            Self::OneOf(text, list) => {
                text.text(reads, facts).map(|text| list.iter().any(|entry| **entry == *text)).into()
            }
            Self::OneOfNumbers(number, list) => number.number(reads, facts).map(|number| list.contains(&number)).into(),
            Self::Holds(at, text) => {
                let Some(Value::List(values)) = facts.fact(&reads[*at as usize]) else { return Kleene::Unknown };
                let sought = text.text(reads, facts);
                sought.map(|sought| values.iter().any(|v| matches!(v, Value::Text(v) if v == sought))).into()
            }
            Self::If(test, yes, no) => match test.judge(reads, facts) {
                Kleene::Yes => yes.judge(reads, facts),
                Kleene::No => no.judge(reads, facts),
                Kleene::Unknown => {
                    // Both branches agreeing, the test does not matter.
                    let yes = yes.judge(reads, facts);
                    if yes == no.judge(reads, facts) { yes } else { Kleene::Unknown }
                }
            },
        }
    }

    /// Marks the readings whose absence makes this unknown.
    pub(super) fn missing<L: Lookup>(&self, reads: &[Reading], facts: &L, lacks: &mut [bool]) {
        if self.judge(reads, facts) != Kleene::Unknown {
            return;
        }
        match self {
            Self::Always(_) => {}
            Self::Fact(at) => lacks[*at as usize] = true,
            Self::Not(inner) => inner.missing(reads, facts, lacks),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.missing(reads, facts, lacks)),
            Self::Same { left, right, .. } => {
                left.missing(reads, facts, lacks);
                right.missing(reads, facts, lacks);
            }
            Self::Numbers(_, left, right) => {
                left.missing(reads, facts, lacks);
                right.missing(reads, facts, lacks);
            }
            Self::Days(_, left, right) => {
                left.missing(reads, facts, lacks);
                right.missing(reads, facts, lacks);
            }
            Self::Texts { left, right, .. } => {
                left.missing(reads, facts, lacks);
                right.missing(reads, facts, lacks);
            }
            Self::OneOf(text, _) => text.missing(reads, facts, lacks),
            Self::OneOfNumbers(number, _) => number.missing(reads, facts, lacks),
            Self::Holds(at, text) => {
                lacks[*at as usize] |= !matches!(facts.fact(&reads[*at as usize]), Some(Value::List(_)));
                text.missing(reads, facts, lacks);
            }
            Self::If(test, yes, no) => match test.judge(reads, facts) {
                Kleene::Yes => yes.missing(reads, facts, lacks),
                Kleene::No => no.missing(reads, facts, lacks),
                Kleene::Unknown => test.missing(reads, facts, lacks),
            },
        }
    }
}

/// `&&` and `||`: one part that settles the matter is enough, otherwise an unknown part leaves it unknown.
fn join<L: Lookup>(parts: &[Truth], reads: &[Reading], facts: &L, settles: Kleene, otherwise: Kleene) -> Kleene {
    let mut answer = otherwise;
    for part in parts {
        match part.judge(reads, facts) {
            settled if settled == settles => return settles,
            Kleene::Unknown => answer = Kleene::Unknown,
            _ => {}
        }
    }
    answer
}
