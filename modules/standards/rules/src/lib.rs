//! Standards (政务服务标准): the four lists, and what offices bring in.
//!
//! Reads in this order: [`list`] (a row of a list and its parts), [`item_code`] (what an official code says), [`sheet`] and
//! [`column`] (a table as an office has it), [`mapping`] (which of its columns is what), [`defect`] and [`reading`] (its rows as
//! rows of ours, with everything that is wrong), [`writing`] (the way back), [`following`] (the rows a catalogue implies),
//! [`flow`] (the chart of a row's steps); then [`proposal`] (what could be asked no longer, 四免), [`practice`] (what cases
//! really were) and [`comparison`] (the same matter in several places).

pub mod acts;
pub mod cells;
pub mod column;
pub mod comparison;
pub mod defect;
pub mod flow;
pub mod following;
pub mod item_code;
pub mod list;
pub mod mapping;
pub mod practice;
pub mod proposal;
pub mod reading;
pub mod sheet;
pub mod writing;

pub use list::{ListKind, Row};
pub use sheet::Sheet;
