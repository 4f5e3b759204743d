//! Automation: `cargo xtask tidy` proves what the compiler cannot; `cargo xtask new-module NAME` lays out a module pair.

mod floors;
mod new_module;
mod tidy;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about = "Yimen's automation")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Check floors, stairs, table ownership, texts and sizes.
    Tidy,
    /// Lay out modules/NAME with rules/, service/ and a README.
    NewModule { name: String },
}

fn main() -> anyhow::Result<()> {
    let root = root();
    match Arguments::parse().command {
        Command::Tidy => tidy::run(&root),
        Command::NewModule { name } => new_module::run(&root, &name),
    }
}

/// The workspace's folder: the parent of this crate's.
fn root() -> PathBuf {
    let mut root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    root.pop();
    root
}
