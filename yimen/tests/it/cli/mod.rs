//! The command line: a contract with scripts. Exit codes: 0 done or yes, 1 no, 2 wrong arguments, 3 surroundings failed.

mod account;
mod calendar;
mod check;
mod code;
mod exchange;
mod generate;
mod licence;
mod load;
mod plan;
mod proof;
mod questions;
mod usage;
mod verify;
