//! `yimen code check KIND VALUE`.

use anyhow::Result;
use kernel::codes::{self, CodeKind};

use crate::Ending;

/// Checks one value and says why it is wrong, in codes; licence marks and project codes only warn.
pub fn check(kind: CodeKind, value: &str, json: bool) -> Result<Ending> {
    let today = platform::Clock::System.today();
    let checked = codes::check(kind, value, today);
    if json {
        say!("{}", serde_json::to_string(&checked)?);
    } else {
        say!("{}", if checked.valid { "valid" } else { "invalid" });
        if let Some(fault) = &checked.fault {
            say!("  {}", fault.code);
        }
        for warning in &checked.warnings {
            say!("  warning: {}", warning.code);
        }
        for (name, fact) in &checked.facts {
            say!("  {name}: {fact}");
        }
    }
    Ok(if checked.valid { Ending::Good } else { Ending::No })
}
