//! The second words of commands that have several: `yimen account lock`, `yimen key rotate`.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use kernel::codes::CodeKind;
use kernel::limit::Unit;
use platform::vault::{KeyId, Purpose};

#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// All accounts: who, which posts, whether they may sign in, whether the password was ever changed.
    List,
    /// Give an account a new password, read as one line from standard input. Its officer is led to change it at the next
    /// sign-in; all its sessions end. Exit code 1 when the password is too weak, 2 when there is no such account.
    Password {
        account: String,
        /// Make a password and print it instead of reading one.
        #[arg(long)]
        generate: bool,
    },
    /// Lock an account until it is unlocked; all its sessions end.
    Lock { account: String },
    /// Unlock an account that was locked, or that waits after wrong passwords.
    Unlock { account: String },
}

#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// All systems with their tokens: what for, until when, last used. Shows no token.
    List,
    /// Enter a system outside with the posts it may act as; prints its id. Exit code 1 when something is wrong.
    System {
        name: String,
        /// A post such as clerk or handler; may be named several times. Never admin.
        #[arg(long = "role", value_name = "POST", required = true)]
        roles: Vec<String>,
        /// Code of the region it is responsible for.
        #[arg(long)]
        region: String,
        #[arg(long)]
        authority: Option<String>,
        #[arg(long)]
        hall: Option<String>,
    },
    /// Make a token and print it, once. Exit code 1 when something is wrong.
    Make {
        /// Name or id of the system.
        system: String,
        /// What it is for, such as cases:read; may be named several times.
        #[arg(long = "scope", value_name = "SCOPE", required = true)]
        scopes: Vec<String>,
        /// A smaller region than the system's.
        #[arg(long)]
        region: Option<String>,
        #[arg(long, default_value_t = 180)]
        days: u32,
    },
    /// Make the token that follows another and print it; the old one stays good for a while.
    Rotate {
        /// The old token's number, as `yimen token list` shows it.
        token: uuid::Uuid,
        /// Hours both are good.
        #[arg(long, default_value_t = 24)]
        overlap: u32,
    },
    /// Revoke a token at once.
    Revoke { token: uuid::Uuid },
}

#[derive(Debug, Subcommand)]
pub enum CalendarCommand {
    /// The day N units after DATE; the day itself is not counted (民法典第二百零一条).
    Add {
        #[arg(required_unless_present = "batch")]
        date: Option<String>,
        #[arg(required_unless_present = "batch")]
        n: Option<u32>,
        /// What is counted. Natural days that end on a rest day end on the next working day (民法典第二百零三条).
        #[arg(long, value_enum, default_value_t = DayUnit::Workday)]
        unit: DayUnit,
        /// Read lines `DATE N` from standard input; print a date or `error: …` for each.
        #[arg(long)]
        batch: bool,
        /// Calendar file; the built-in one covers 2004 to 2026.
        #[arg(long)]
        file: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
pub enum ExportCommand {
    /// The whole journal with heads, roots and public keys, one JSON object a line.
    Journal {
        /// The file; must not exist yet. `-` is standard output.
        file: PathBuf,
    },
    /// What a catalogue folder offers, as one file for other places to compare with.
    Place {
        folder: PathBuf,
        /// The file; must not exist yet.
        file: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub enum KeyCommand {
    /// All keys: purpose, version, id, whether in force. Shows no secret.
    List {
        /// Of one purpose: journal-root, seal-root, seal/AUTHORITY, personal-data, blind-index, journal-data.
        #[arg(long, value_parser = purpose)]
        purpose: Option<Purpose>,
    },
    /// The public keys as JSON, for those who check signatures.
    Public,
    /// Make the first key of a purpose. Exit code 1 when one is in force.
    Make {
        /// journal-root, seal-root, seal/AUTHORITY, personal-data, blind-index or journal-data.
        #[arg(value_parser = purpose)]
        purpose: Purpose,
    },
    /// Make the next version; it is in force at once, the old one stays to check and to open what is old.
    Rotate {
        /// journal-root, seal-root, seal/AUTHORITY, personal-data, blind-index or journal-data.
        #[arg(value_parser = purpose)]
        purpose: Purpose,
    },
    /// Take the secret of a superseded key for personal data away for good. Exit code 1 while anything is sealed with it.
    Destroy {
        /// The key's id, as `yimen key list` shows it.
        #[arg(value_parser = key_id)]
        id: KeyId,
    },
    /// Seal all keys under a new master key and put it in the place of the old one. Servers go on working.
    Rewrap,
    /// Seal the rows that are in clear or under an older key now, instead of leaving it to a running server.
    Reseal {
        /// Only say how many rows of each table are left.
        #[arg(long)]
        check: bool,
    },
    /// Revoke a key; what it signed for that day or a later one does not count. Exit code 1 when it is revoked already.
    Revoke {
        /// The key's id, as `yimen key list` shows it.
        #[arg(value_parser = key_id)]
        id: KeyId,
        /// From which day; today when absent.
        #[arg(long)]
        day: Option<chrono::NaiveDate>,
        /// Why, for those who check signatures.
        #[arg(long)]
        reason: String,
    },
}

#[derive(Debug, Subcommand)]
pub enum LicenceCommand {
    /// Whether a licence's PDF is as it was sealed and still holds. Exit code 1 when it was changed, was sealed with a
    /// revoked key, is not ours, or no longer holds. Without --keys the configured database is asked.
    Verify {
        file: PathBuf,
        /// The public keys to trust, as `yimen key public` or /trust/keys gives them; needs no database.
        #[arg(long, value_name = "FILE")]
        keys: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
pub enum CodeCommand {
    /// Check one value. Exit code 1 when it is no such code; licence ids and project codes only warn.
    Check {
        /// citizen-id, credit-code, region, licence-id or project-code.
        #[arg(value_parser = code_kind)]
        kind: CodeKind,
        value: String,
    },
}

/// What `calendar add` counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DayUnit {
    Workday,
    Natural,
}

impl From<DayUnit> for Unit {
    fn from(unit: DayUnit) -> Self {
        match unit {
            DayUnit::Workday => Unit::Workday,
            DayUnit::Natural => Unit::NaturalDay,
        }
    }
}

fn code_kind(text: &str) -> Result<CodeKind, String> {
    let known = || CodeKind::ALL.map(CodeKind::as_str).join(", ");
    text.parse().map_err(|_| format!("no such kind of code; known: {}", known()))
}

fn purpose(text: &str) -> Result<Purpose, String> {
    text.parse().map_err(|fault: platform::vault::NoPurpose| fault.to_string())
}

fn key_id(text: &str) -> Result<KeyId, String> {
    text.parse().map_err(|fault: platform::vault::NoKeyId| fault.to_string())
}
