//! The command line, as people and scripts see it.

mod below;

use std::path::PathBuf;

use catalog::Severity;
use clap::{Parser, Subcommand, ValueEnum};

pub use below::{
    AccountCommand, CalendarCommand, CodeCommand, DayUnit, ExportCommand, KeyCommand, LicenceCommand, TokenCommand,
};

/// 一门：one-stop government service. Exit codes: 0 done or yes, 1 no, 2 wrong arguments, 3 surroundings failed.
#[derive(Debug, Parser)]
#[command(version, about)]
pub struct Arguments {
    /// Print JSON instead of text.
    #[arg(long, global = true)]
    pub json: bool,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the portal, the desk and the REST interface, and do the work that is due.
    Serve {
        /// Print the address and one account for every role, and offer the demo sign-in.
        #[arg(long)]
        demo: bool,
    },
    /// Load a district: publish its catalogue, create its accounts, and invent its residents.
    Load {
        folder: PathBuf,
        /// How many residents to invent; 0 for none.
        #[arg(long, default_value_t = 5_000)]
        residents: u32,
        /// The same seed invents the same people.
        #[arg(long, default_value_t = 20_260_101)]
        seed: u64,
        /// Do nothing when a catalogue has been published already.
        #[arg(long)]
        if_empty: bool,
        /// Another district to compare with, a folder or a file of `yimen export place`; may be named several times.
        #[arg(long = "peer", value_name = "PLACE")]
        peers: Vec<PathBuf>,
    },
    /// Compare the matters of several places: what is missing, bundled, renamed, made up, and what each asks beyond the least.
    Compare {
        /// Catalogue folders, or files of `yimen export place`.
        #[arg(required = true, num_args = 2..)]
        places: Vec<PathBuf>,
        /// Print every matter in which they differ.
        #[arg(long)]
        all: bool,
    },
    /// Check a catalogue folder as a compiler would. Exit code 1 when it has errors.
    Check {
        #[arg(required_unless_present = "explain")]
        folder: Option<PathBuf>,
        /// Explain a diagnostic code instead, such as E0101.
        #[arg(long)]
        explain: Option<String>,
        /// Law beside the folder's own laws/: one article a line, as JSON with law, article, text and in_force.
        #[arg(long, value_name = "FILE")]
        laws: Option<PathBuf>,
        /// Show errors only, or warnings too. The exit code minds all of them.
        #[arg(long, value_enum)]
        severity: Option<Shown>,
        /// Show only this code; may be named several times.
        #[arg(long = "code", value_name = "CODE")]
        codes: Vec<String>,
        /// Exit code 1 for warnings, too, unless accepted.yaml lets them stand.
        #[arg(long)]
        strict: bool,
    },
    /// Grow the sample district into a city of generated items and themes, to try and to measure on.
    Generate {
        /// Must be empty, or not there yet.
        folder: PathBuf,
        /// The same seed grows the same city.
        #[arg(long, default_value_t = 20_260_101)]
        seed: u64,
        /// Themes altogether.
        #[arg(long, default_value_t = 2_356)]
        themes: usize,
        /// Authorities altogether.
        #[arg(long, default_value_t = catalog::sample::AUTHORITIES)]
        authorities: usize,
        /// Items at most, beside the sample's.
        #[arg(long, default_value_t = 5_000)]
        items: usize,
        /// The district it grows from.
        #[arg(long, default_value = "samples/chancheng")]
        sample: PathBuf,
    },
    /// Verify the journal and the roots of closed days; name every changed, removed, reordered or rewritten row.
    /// Exit code 1 when something was found. Without --file or --receipt it reads the configured database.
    Verify {
        /// Another database, such as a backup: sqlite:PATH or postgres://…; nothing is changed in it.
        #[arg(long, value_name = "URL")]
        database: Option<String>,
        /// A journal written by `yimen export journal`.
        #[arg(long, conflicts_with = "database")]
        file: Option<PathBuf>,
        /// An inclusion receipt written by `yimen receipt` or taken from the portal.
        #[arg(long, conflicts_with_all = ["database", "file"])]
        receipt: Option<PathBuf>,
        /// Roots kept outside, as /trust/roots gives them; may be named several times.
        #[arg(long, value_name = "FILE")]
        roots: Vec<PathBuf>,
        /// The public keys to trust, as `yimen key public` or /trust/keys gives them.
        #[arg(long, value_name = "FILE")]
        keys: Option<PathBuf>,
    },
    /// Print the inclusion receipt of an application. Exit code 1 when no day has been closed since it was filed.
    Receipt {
        /// Number of the application or of one of its cases.
        number: String,
    },
    /// Write data to a file for others to check.
    Export {
        #[command(subcommand)]
        command: ExportCommand,
    },
    /// Write the batches of the exchange nobody has taken yet, each to FOLDER/BATCH.zip, and mark them taken.
    Exchange {
        /// Must be there.
        folder: PathBuf,
    },
    /// The key store: signing keys and secrets outside the database.
    Key {
        #[command(subcommand)]
        command: KeyCommand,
    },
    /// Electronic licences.
    Licence {
        #[command(subcommand)]
        command: LicenceCommand,
    },
    /// Staff accounts: list them, give one a new password, lock or unlock it.
    Account {
        #[command(subcommand)]
        command: AccountCommand,
    },
    /// Systems outside and their tokens for the REST interface.
    Token {
        #[command(subcommand)]
        command: TokenCommand,
    },
    /// Write everything, database and uploaded files, to one file. Servers go on working.
    Backup {
        /// Must not be there yet.
        file: PathBuf,
    },
    /// Put a backup into an empty database of either engine. Exit code 1 when the file or the database does not fit.
    Restore {
        file: PathBuf,
        /// Lose whatever is in the database. Stop the servers first.
        #[arg(long)]
        replace: bool,
        /// Accept that rows name uploaded files which the backup does not have.
        #[arg(long)]
        without_files: bool,
        /// Only read the file to its end and prove it whole.
        #[arg(long, conflicts_with = "replace")]
        check: bool,
    },
    /// Run the twins of outside systems (bank, courier, …) for demonstrations and trials; never for real cases.
    Twins {
        #[arg(long, default_value = "127.0.0.1:8090")]
        listen: std::net::SocketAddr,
        /// What both ends sign with; at least 16 characters. A new one is made and printed when absent.
        #[arg(long)]
        secret: Option<String>,
    },
    /// Print the configuration in force, with secrets hidden.
    Config,
    /// What one applicant must do for a theme.
    Plan {
        theme: String,
        #[arg(long)]
        catalog: PathBuf,
        /// An answer, ID=VALUE; several values are joined by commas.
        #[arg(long = "answer", value_name = "ID=VALUE")]
        answers: Vec<String>,
        /// Citizen id of a person in the database, whose records fill the form.
        #[arg(long, value_name = "CITIZEN_ID")]
        subject: Option<String>,
    },
    /// The questions of a theme: ids, texts, kinds and values.
    Questions {
        theme: String,
        #[arg(long)]
        catalog: PathBuf,
    },
    /// The working calendar.
    Calendar {
        #[command(subcommand)]
        command: CalendarCommand,
    },
    /// Codes: citizen-id, credit-code, region, licence-id, project-code.
    Code {
        #[command(subcommand)]
        command: CodeCommand,
    },
    /// Print the OpenAPI document of the REST interface.
    Openapi,
    /// Measure: plan, rules, check, compare, casework, lists, proof, portal, search.
    Bench {
        name: String,
        /// Clients at once.
        #[arg(long, default_value_t = 1)]
        clients: usize,
        /// Cases (casework), plans (plan) or edits (check) to run.
        #[arg(long)]
        count: Option<usize>,
        /// Catalogue folder.
        #[arg(long, default_value = "samples/chancheng")]
        catalog: PathBuf,
    },
}

/// What `check` shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Shown {
    Error,
    Warning,
}

impl From<Shown> for Severity {
    fn from(shown: Shown) -> Self {
        match shown {
            Shown::Error => Severity::Error,
            Shown::Warning => Severity::Warning,
        }
    }
}
