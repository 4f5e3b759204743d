//! What the program says about itself while it runs: lines in the log, and figures ([`figures`]).
//!
//! Neither SQL nor form values nor addresses of pages are ever logged: they hold personal data. Should a number of a
//! person slip into a line all the same, [`mask`] takes it out before the line is written.

use serde::{Deserialize, Serialize};
use tracing_subscriber::EnvFilter;

pub mod figures;
pub mod mask;
pub mod request;

pub use request::RequestId;

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
/// # Errors
/// When `filter` is not in the notation of tracing (`info,platform=debug`).
pub fn start(filter: &str, form: LogForm) -> Result<(), FilterFault> {
    let told = |cause: &dyn std::fmt::Display| FilterFault { filter: filter.to_owned(), cause: cause.to_string() };
    let filter = EnvFilter::try_new(filter).map_err(|cause| told(&cause))?;
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(mask::Masked::stderr);
    // A test or an embedding program may have begun already; its choice stands.
    let begun = match form {
        LogForm::Lines => lines.with_ansi(false).try_init(),
        LogForm::Json => lines.json().flatten_event(true).with_current_span(true).with_span_list(false).try_init(),
    };
    if begun.is_ok() {
        std::panic::set_hook(Box::new(panicked));
    }
    Ok(())
}

/// A panic is told with its place and without its words: they may quote what somebody typed.
fn panicked(about: &std::panic::PanicHookInfo<'_>) {
    let place = about.location().map(ToString::to_string).unwrap_or_default();
    tracing::error!(place, "panicked");
}
