//! Items, materials, elements, and the compiler that turns a folder of YAML into them.
//!
//! Pure: files come in as texts, a checked catalogue and diagnostics go out. Reading order: `model` (what a catalogue
//! says), `condition` (expressions over elements), `reader` (YAML that knows its lines), `diagnostic` and `codes` (what
//! can be wrong and how it is said), `address` (where one lies), `compile` with `folder` and `checks` (from files to a catalogue).

pub mod acts;
mod address;
mod checks;
pub mod codes;
pub mod compile;
pub mod condition;
pub mod diagnostic;
mod folder;
pub mod ids;
pub mod model;
pub mod reader;
mod shapes;
pub mod spelling;
pub mod words;

pub use compile::{Compiled, Examined, ItemRules, MaterialRules, compile, examine};
pub use condition::{Condition, ElementDictionary, FactSlots, Problem, Slot, Verdict};
pub use diagnostic::{Diagnostic, Report, Severity, SourceFile, Span, render};
pub use model::{Catalog, Item};
