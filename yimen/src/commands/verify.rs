//! `yimen verify`: reads the whole journal and names what was tampered with.

use anyhow::Result;
use platform::Clock;
use platform::journal::{Tampering, verify};

use crate::{Ending, start};

/// Verifies every chain of the configured database.
pub async fn run(json: bool) -> Result<Ending> {
    let config = start::configuration()?;
    start::there(&config.database_url)?;
    let world = platform::World::open(config, Clock::System).await?;
    let verified = verify(&world.db).await?;
    if json {
        say!("{}", serde_json::to_string_pretty(&verified)?);
    } else {
        for finding in &verified.findings {
            let what = match finding.kind {
                Tampering::Changed => "changed".to_owned(),
                Tampering::Removed => "removed".to_owned(),
                Tampering::Reordered { from } => format!("reordered, recorded at {from}"),
                Tampering::Inserted => "inserted".to_owned(),
                Tampering::HeadMissing => "head missing".to_owned(),
            };
            say!("{} row {}: {what}", finding.chain, finding.seq);
        }
        let more = if verified.more { " or more" } else { "" };
        say!("{} chains, {} rows, {} findings{more}", verified.chains, verified.rows, verified.findings.len());
    }
    Ok(if verified.is_whole() { Ending::Good } else { Ending::No })
}
