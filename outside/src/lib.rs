//! Lines to systems outside: a bank, a courier, an SMS centre, an authority's own system.
//!
//! Somebody else's system is slow, down and wrong at times. So nothing here may be called inside a transaction: calls are
//! jobs, safe to repeat, and a failure is a [`LineFault`] that says which kind it is. Both sides sign: we sign what we
//! send ([`signature`]), and what comes in from outside counts only when [`Line::is_theirs`] says so.

mod line;
pub mod signature;

use std::collections::BTreeMap;
use std::time::Duration;

use platform::config::LineConfig;
use platform::{Fault, World};

pub use line::{Line, LineFault, client};

/// All lines of this installation, by name. Installed in the world at the start.
#[derive(Debug, Default)]
pub struct Lines(BTreeMap<String, Line>);

impl Lines {
    /// The lines of the configuration. Nothing is called.
    ///
    /// # Errors
    /// [`LineFault::Address`] for a line whose address is none.
    pub fn of(configured: &BTreeMap<String, LineConfig>) -> Result<Self, LineFault> {
        let client = client()?;
        let open = |(name, line): (&String, &LineConfig)| {
            let patience = Duration::from_secs(line.timeout_s.max(1));
            Ok((name.clone(), Line::new(name, &line.url, &line.secret, patience, client.clone())?))
        };
        configured.iter().map(open).collect::<Result<_, LineFault>>().map(Self)
    }

    /// The line of this name.
    ///
    /// # Errors
    /// [`Fault::Unavailable`] `line.NAME` when none is configured.
    pub fn get(&self, name: &str) -> Result<&Line, Fault> {
        self.0.get(name).ok_or_else(|| Fault::unavailable(format!("line.{name}")))
    }

    /// Whether a line of this name is configured.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }
}

/// The lines of a world.
pub fn lines(world: &World) -> std::sync::Arc<Lines> {
    world.parts.get_or_install(Lines::default)
}
