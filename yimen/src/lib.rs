//! Everything the one binary does, as a library, so that tests can stand before the same router and the same lists.
//!
//! Reads in this order: [`cli`] (what may be asked), [`commands`] (one command, one file), [`start`] (from configuration
//! to a world), [`watch`] and [`health`] (what is noted and told of a running server), [`modules`] (the one list of
//! modules).

pub mod cli;
pub mod commands;
pub mod health;
pub mod modules;
pub mod start;
pub mod watch;

/// How a command ended. The numbers are a contract with scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// 0: done, or the answer is yes.
    Good,
    /// 1: the answer is no: a wrong code, a catalogue with errors, a journal that was tampered with.
    No,
}

/// 2: the arguments are well formed and name something that is not there: a theme, a question, a value.
/// Arguments that are not well formed are clap's to refuse, with the same number.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct WrongArguments(pub String);

/// 0: whoever reads our output has seen enough and closed it, as `| head` does; that is no failure.
#[derive(Debug, thiserror::Error)]
#[error("nobody reads the output any more")]
pub struct NobodyReads;

/// The exit code of a command that came to no ending: 2 for wrong arguments, 3 for what the surroundings did, be it a
/// file, a database or a port.
pub fn exit_code(fault: &anyhow::Error) -> u8 {
    if fault.is::<NobodyReads>() {
        0
    } else if fault.chain().any(|cause| cause.is::<WrongArguments>()) {
        2
    } else {
        3
    }
}
