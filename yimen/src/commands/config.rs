//! `yimen config`: the configuration in force, as file and environment make it.

use anyhow::Result;

use crate::{Ending, start};

/// Prints it as TOML, or as JSON. What it prints can be read back, except that secrets are hidden.
pub fn run(json: bool) -> Result<Ending> {
    let shown = start::configuration()?.without_secrets();
    if json {
        say!("{}", serde_json::to_string_pretty(&shown)?);
    } else {
        say!("{}", toml::to_string(&shown)?.trim_end());
    }
    Ok(Ending::Good)
}
