//! Conditions: small CEL expressions over data elements that answer yes, no or cannot tell.
//!
//! Only the parser of the `cel` crate is used. Its tree is lowered, once, into our own typed form (`lower`), which is
//! judged in nanoseconds (`truth`) by three-valued logic after Kleene: a missing fact is never taken for a "no". What
//! an expression may read comes from the element dictionary (`dictionary`), so unknown elements, wrong types and
//! values that are no option of a choice are problems when the catalogue is compiled and cannot arise later.

mod compare;
mod dictionary;
mod lower;
mod operands;
mod operators;
mod parse;
mod problem;
mod truth;

use std::fmt;
use std::sync::Arc;

use kernel::value::Facts;

pub use dictionary::{ElementDictionary, FactSlots, Slot};
pub use parse::on_parser_stack;
pub use problem::{Problem, ProblemKind};

use crate::ids::ElementCode;
use truth::{Kleene, Lookup, Reading, Truth};

/// The answer of a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Yes,
    No,
    /// Not decidable yet: these facts are missing, in the order the condition reads them.
    CannotTell {
        missing: Vec<ElementCode>,
    },
}

impl Verdict {
    /// Whether it is a clear yes.
    pub fn is_yes(&self) -> bool {
        matches!(self, Self::Yes)
    }

    /// Whether it is a clear no.
    pub fn is_no(&self) -> bool {
        matches!(self, Self::No)
    }
}

/// A compiled condition. Cheap to clone.
#[derive(Clone)]
pub struct Condition(Arc<Compiled>);

struct Compiled {
    source: Box<str>,
    truth: Truth,
    reads: Box<[Reading]>,
    codes: Box<[ElementCode]>,
}

impl Condition {
    /// Longest expression, in bytes.
    pub const MAX_BYTES: usize = 4096;
    /// Deepest nesting of brackets.
    pub const MAX_NESTING: usize = 24;

    /// Parses and type-checks an expression. All problems found are returned, each with its place in the expression.
    ///
    /// Runs on a thread of its own with a large stack, because the parser needs much of it; to compile many, wrap
    /// the loop in [`on_parser_stack`] and call [`Condition::compile_here`].
    pub fn compile(source: &str, dictionary: &ElementDictionary) -> Result<Self, Vec<Problem>> {
        on_parser_stack(|| Self::compile_here(source, dictionary))
    }

    /// As [`Condition::compile`], on the caller's stack. Only inside [`on_parser_stack`].
    pub fn compile_here(source: &str, dictionary: &ElementDictionary) -> Result<Self, Vec<Problem>> {
        let tree = parse::parse(source)?;
        let lowered = lower::lower(&tree, source, dictionary)?;
        let codes = lowered.reads.iter().map(|read| read.code.clone()).collect();
        Ok(Self(Arc::new(Compiled { source: source.into(), truth: lowered.truth, reads: lowered.reads, codes })))
    }

    /// Judges over named facts.
    pub fn judge(&self, facts: &Facts) -> Verdict {
        self.verdict(facts)
    }

    /// Judges over facts laid out by slot, the fast form for plans.
    pub fn judge_slots(&self, facts: &FactSlots<'_>) -> Verdict {
        self.verdict(facts)
    }

    /// Whether it holds; None when it cannot be told. Never allocates.
    pub fn holds(&self, facts: &FactSlots<'_>) -> Option<bool> {
        match self.0.truth.judge(&self.0.reads, facts) {
            Kleene::Yes => Some(true),
            Kleene::No => Some(false),
            Kleene::Unknown => None,
        }
    }

    /// The expression as written.
    pub fn source(&self) -> &str {
        &self.0.source
    }

    /// The elements it reads, each once, in order of first mention.
    pub fn reads(&self) -> &[ElementCode] {
        &self.0.codes
    }

    /// The slots it reads, in the same order.
    pub fn slots(&self) -> impl Iterator<Item = Slot> + '_ {
        self.0.reads.iter().map(|read| read.slot)
    }

    /// The answer, when it is the same whatever the facts are (such as `true` or `1 > 2`).
    pub fn constant(&self) -> Option<bool> {
        match self.0.truth {
            Truth::Always(answer) => Some(answer),
            _ => None,
        }
    }

    fn verdict(&self, facts: &impl Lookup) -> Verdict {
        match self.0.truth.judge(&self.0.reads, facts) {
            Kleene::Yes => Verdict::Yes,
            Kleene::No => Verdict::No,
            Kleene::Unknown => {
                let mut missing = vec![false; self.0.reads.len()];
                self.0.truth.missing(&self.0.reads, facts, &mut missing);
                let named = missing.iter().zip(self.0.codes.iter()).filter(|(lacks, _)| **lacks);
                Verdict::CannotTell { missing: named.map(|(_, code)| code.clone()).collect() }
            }
        }
    }
}

/// Two conditions are the same when they say the same.
impl PartialEq for Condition {
    fn eq(&self, other: &Self) -> bool {
        self.source() == other.source()
    }
}

impl fmt::Debug for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Condition({:?})", self.source())
    }
}
