//! One command, one file.

mod bench;
mod calendar;
mod catalogue;
mod check;
mod code;
pub mod load;
mod openapi;
mod plan;
pub mod serve;
mod verify;

use anyhow::Result;

use crate::Ending;
use crate::cli::{Arguments, CalendarCommand, CodeCommand, Command};

/// Runs the command. Those that need the database open it themselves; the rest need no world at all.
pub fn run(arguments: Arguments) -> Result<Ending> {
    let json = arguments.json;
    match arguments.command {
        Command::Serve { demo } => asynchronously(serve::run(demo)),
        Command::Load { folder, residents, seed, if_empty } => {
            asynchronously(load::run(load::Order { folder, residents, seed, if_empty, json }))
        }
        Command::Check { folder, explain } => check::run(folder.as_deref(), explain.as_deref(), json),
        Command::Verify => asynchronously(verify::run(json)),
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
