//! Exchange (办件数据上报、数据交换): a case as rows of the tables in which the national platform takes it, what of them is new
//! since it was last told, and what keeps a case back. Pure.
//!
//! Reads in this order: `table` (the six tables and their columns), `words` and `dictionary` (our words in a province's codes,
//! `exchange.yaml` of a district's folder) with `codes`, `values` (a case as it is when it is read), `rows` (the case in their
//! columns), `compare` (what is new, changed, gone), `defect` (what keeps a case back).

pub mod codes;
mod compare;
mod defect;
mod dictionary;
mod rows;
mod table;
mod values;
mod words;

pub use compare::{Change, Known, Operation, changes};
pub use defect::{Defect, Why, defects};
pub use dictionary::{Codes, Dictionary, compile, is_exchange};
pub use rows::{Row, rows};
pub use table::{Column, Head, Table};
pub use values::{
    Contact, Ended, LicenceValues, Office, PaperValues, Party, ProcessValues, ReportedCase, SpecialValues,
};
pub use words::{Answer, Deed, GetWay, IdKind, ResultWord, SpecialWord};
