//! Items, materials, elements, and the compiler that turns a folder of YAML into them.
//!
//! Pure: files come in as texts, a checked catalogue and diagnostics go out. Reading order: `model` (what a catalogue
//! says), `condition` (expressions over elements), `reader` (YAML that knows its lines), `diagnostic` and `codes` (what
//! can be wrong and how it is said), `address` (where one lies), `compile` with `folder`, `checks` and `examination` (from files
//! to a catalogue, and again after an edit), `corpora` (law the operator provides).

pub mod accepted;
pub mod acts;
mod address;
mod article;
mod checks;
pub mod codes;
pub mod compile;
pub mod condition;
pub mod corpora;
pub mod diagnostic;
pub mod examination;
mod folder;
pub mod ids;
pub mod model;
pub mod reader;
pub mod sample;
mod shapes;
pub mod spelling;
pub mod words;

pub use compile::{Compiled, Examined, ItemRules, MaterialRules, compile, examine, examine_with};
pub use condition::{Condition, ElementDictionary, FactSlots, Problem, Slot, Verdict};
pub use corpora::{Corpora, LawLine};
pub use diagnostic::{Diagnostic, Report, Severity, SourceFile, Span, render};
pub use examination::{Change, Examination};
pub use folder::Subject;
pub use model::{Catalog, Item};
