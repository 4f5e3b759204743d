//! One command, one file.

/// Prints a line, and ends the command when nobody reads on.
macro_rules! say {
    ($($line:tt)*) => {
        $crate::commands::print(format_args!($($line)*))?
    };
}

mod account;
mod backup;
mod bench;
mod calendar;
mod catalogue;
mod check;
mod code;
mod compare;
mod config;
mod exchange;
mod export;
mod generate;
mod key;
mod licence;
pub mod load;
mod openapi;
mod plan;
mod receipt;
pub mod serve;
mod token;
mod twins;
mod verify;

use std::fmt::Arguments as Line;
use std::io::{ErrorKind, Write};

use anyhow::Result;

use crate::cli::{Arguments, CalendarCommand, CodeCommand, Command, ExportCommand, LicenceCommand};
use crate::{Ending, NobodyReads};

/// Runs the command. Those that need the database open it themselves; the rest need no world at all.
pub fn run(arguments: Arguments) -> Result<Ending> {
    let json = arguments.json;
    match arguments.command {
        Command::Serve { demo } => asynchronously(serve::run(demo)),
        Command::Load { folder, residents, seed, if_empty, peers } => {
            asynchronously(load::run(load::Order { folder, residents, seed, if_empty, peers, json }))
        }
        Command::Check { folder, explain, laws, severity, codes, strict } => {
            let severity = severity.map(Into::into);
            check::run(check::Order { folder, explain, laws, severity, codes, strict, json })
        }
        Command::Generate { folder, seed, themes, authorities, items, sample } => {
            generate::run(&generate::Order { folder, sample, seed, authorities, items, themes, json })
        }
        Command::Verify { database, file, receipt, roots, keys } => {
            asynchronously(verify::run(verify::Order { database, file, receipt, roots, keys, json }))
        }
        Command::Receipt { number } => asynchronously(receipt::run(&number)),
        Command::Compare { places, all } => compare::run(&compare::Order { places, all, json }),
        Command::Export { command: ExportCommand::Place { folder, file } } => compare::export(&folder, &file, json),
        Command::Export { command: ExportCommand::Journal { file } } => asynchronously(export::journal(&file, json)),
        Command::Exchange { folder } => asynchronously(exchange::run(&folder, json)),
        Command::Key { command } => asynchronously(key::run(command, json)),
        Command::Licence { command: LicenceCommand::Verify { file, keys } } => {
            asynchronously(licence::verify(licence::Order { file, keys, json }))
        }
        Command::Account { command } => asynchronously(account::run(command, json)),
        Command::Token { command } => asynchronously(token::run(command, json)),
        Command::Backup { file } => asynchronously(backup::take(&file, json)),
        Command::Restore { file, replace, without_files, check } => {
            let target = platform::backup::Target { replace, without_files };
            asynchronously(backup::restore(backup::Order { file, target, check, json }))
        }
        Command::Twins { listen, secret } => asynchronously(twins::run(listen, secret)),
        Command::Config => config::run(json),
        Command::Plan { theme, catalog, answers, subject } => {
            asynchronously(plan::run(theme, catalog, answers, subject, json))
        }
        Command::Questions { theme, catalog } => plan::questions(&theme, &catalog, json),
        Command::Calendar { command: CalendarCommand::Add { date, n, unit, batch, file } } => {
            calendar::add(calendar::Order { date, n, unit: unit.into(), batch, file }, json)
        }
        Command::Code { command: CodeCommand::Check { kind, value } } => code::check(kind, &value, json),
        Command::Openapi => openapi::run(),
        Command::Bench { name, clients, count, catalog } => {
            asynchronously(bench::run(bench::Order { name, clients, count, catalog, json }))
        }
    }
}

fn asynchronously(work: impl Future<Output = Result<Ending>>) -> Result<Ending> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}

/// Prints a line; what `say!` says.
fn print(line: Line<'_>) -> Result<()> {
    read(writeln!(std::io::stdout(), "{line}"))
}

/// Tells a reader who has gone from output that cannot be written.
fn read(written: std::io::Result<()>) -> Result<()> {
    match written {
        Err(fault) if fault.kind() == ErrorKind::BrokenPipe => Err(NobodyReads.into()),
        other => Ok(other?),
    }
}
