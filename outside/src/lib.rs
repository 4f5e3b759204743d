//! Lines to systems outside: a bank, a courier, an SMS centre, an authority's own system.
//!
//! Somebody else's system is slow, down and wrong at times. So nothing here may be called inside a transaction: calls are
//! jobs, safe to repeat, and a failure is a [`LineFault`] that says which kind it is. Both sides sign: we sign what we
//! send ([`signature`]), and what comes in from outside counts only when [`Line::is_theirs`] says so.

mod line;
mod mail;
pub mod signature;

use std::collections::BTreeMap;
use std::time::Duration;

use platform::config::LineConfig;
use platform::{Fault, World};

pub use line::{Line, LineFault, client, client_to};
pub use mail::{Mail, MailLine};

/// All lines of this installation, by name. Installed in the world at the start.
#[derive(Debug, Default)]
pub struct Lines {
    calls: BTreeMap<String, Line>,
    mails: BTreeMap<String, MailLine>,
}

impl Lines {
    /// The lines of the configuration. Nothing is called.
    ///
    /// # Errors
    /// [`LineFault::Address`] for a line whose address is none.
    pub fn of(configured: &BTreeMap<String, LineConfig>) -> Result<Self, LineFault> {
        let client = client()?;
        let mut lines = Self::default();
        for (name, line) in configured {
            let patience = Duration::from_secs(line.timeout_s.max(1));
            if MailLine::is_one(&line.url) {
                lines.mails.insert(name.clone(), MailLine::new(name, &line.url, &line.secret, patience)?);
            } else {
                let open = Line::new(name, &line.url, &line.secret, patience, client.clone())?;
                lines.calls.insert(name.clone(), open);
            }
        }
        Ok(lines)
    }

    /// The line of this name.
    ///
    /// # Errors
    /// [`Fault::Unavailable`] `line.NAME` when none is configured.
    pub fn get(&self, name: &str) -> Result<&Line, Fault> {
        self.calls.get(name).ok_or_else(|| Fault::unavailable(format!("line.{name}")))
    }

    /// The line of this name to a mail server.
    ///
    /// # Errors
    /// [`Fault::Unavailable`] `line.NAME` when none is configured.
    pub fn mail(&self, name: &str) -> Result<&MailLine, Fault> {
        self.mails.get(name).ok_or_else(|| Fault::unavailable(format!("line.{name}")))
    }

    /// Whether a line of this name is configured.
    pub fn has(&self, name: &str) -> bool {
        self.calls.contains_key(name) || self.mails.contains_key(name)
    }
}

/// The lines of a world.
pub fn lines(world: &World) -> std::sync::Arc<Lines> {
    world.parts.get_or_install(Lines::default)
}
