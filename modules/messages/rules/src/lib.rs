//! What people are told about their matters, by which ways, in which words, and when. Pure.
//!
//! Reads in this order: `kind` (what is told, and what of it nobody can turn off), `channel`, `wishes` (what a person
//! chose), `template` (the words, a data file), `sms` (what may travel in one, and how long it is), `quiet` (the hours of
//! rest), `sending` (what became of one), `acts`.

pub mod acts;

mod channel;
mod kind;
mod quiet;
mod sending;
pub mod sms;
mod template;
mod wishes;

pub use channel::Channel;
pub use kind::{Group, Kind};
pub use quiet::{rest_until, tomorrow_morning};
pub use sending::{Became, FaultCode, Sending, State};
pub use template::{FACTS, TemplateFault, Templates, Told};
pub use wishes::Wishes;
