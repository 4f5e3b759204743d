//! `yimen`: the one binary. Reads its arguments and hands over to the command; exit codes are given here.

use std::process::ExitCode;

use clap::Parser;
use yimen::{Ending, cli, commands, exit_code};

fn main() -> ExitCode {
    match commands::run(cli::Arguments::parse()) {
        Ok(Ending::Good) => ExitCode::SUCCESS,
        Ok(Ending::No) => ExitCode::from(1),
        Err(fault) => {
            let code = exit_code(&fault);
            if code != 0 {
                eprintln!("yimen: {fault:#}");
            }
            ExitCode::from(code)
        }
    }
}
