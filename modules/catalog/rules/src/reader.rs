//! Reading YAML so that every value knows where it stands.
//!
//! `node` is the tree, `load` makes it from text, `shape` turns it into typed records and reports everything that does
//! not fit at once: unknown keys (with the nearest known one), missing keys, wrong types, words outside a vocabulary.
//! Reading never stops at a fault: what is missing is replaced by a stand-in, after it has been reported, so that the
//! checks that come later can still say what else is wrong.

mod load;
mod node;
mod shape;

pub use load::load;
pub use node::{At, Key, Node, Yaml};
pub use shape::{Fields, Read, Word};
