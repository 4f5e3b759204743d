//! What the program says about itself while it runs.

use serde::{Deserialize, Serialize};
use tracing_subscriber::EnvFilter;

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogForm {
    /// For people.
    Lines,
    /// One JSON object a line, for collectors.
    Json,
}

/// The log filter cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("log filter {filter:?}: {cause}")]
pub struct FilterFault {
    filter: String,
    cause: String,
}

/// Begins logging to standard error; standard output belongs to the commands. Once a process; a second call changes
/// nothing.
///
/// Neither SQL nor form values are ever logged: they hold personal data.
///
/// # Errors
/// When `filter` is not in the notation of tracing (`info,platform=debug`).
pub fn start(filter: &str, form: LogForm) -> Result<(), FilterFault> {
    let told = |cause: &dyn std::fmt::Display| FilterFault { filter: filter.to_owned(), cause: cause.to_string() };
    let filter = EnvFilter::try_new(filter).map_err(|cause| told(&cause))?;
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A test or an embedding program may have begun already; its choice stands.
    let _ = match form {
        LogForm::Lines => lines.with_ansi(false).try_init(),
        LogForm::Json => lines.json().try_init(),
    };
    Ok(())
}
