//! `yimen export journal FILE`: the whole journal for others to check.

use std::fs::OpenOptions;
use std::io::{BufWriter, ErrorKind, Write};
use std::path::Path;

use anyhow::{Context, Result};
use platform::journal::{self, ExportError};
use platform::vault::{self, KeysFile};
use platform::{Clock, Database};

use crate::{Ending, NobodyReads, start};

/// Writes the journal as it stands at one moment. What is on the record stays as it is, personal data included.
pub async fn journal(file: &Path, json: bool) -> Result<Ending> {
    let config = start::configuration()?;
    start::there(&config.database_url)?;
    let keys = KeysFile::of(vault::list(&config.key_folder())?).keys;
    let db = Database::open(&config.database_url).await?.with_clock(Clock::System);
    let is_stdout = file == Path::new("-");
    let to: Box<dyn Write> = if is_stdout {
        Box::new(std::io::stdout())
    } else {
        let open = OpenOptions::new().write(true).create_new(true).open(file);
        Box::new(open.with_context(|| format!("creating {}", file.display()))?)
    };
    let written = match journal::export(&db, &keys, &mut BufWriter::new(to)).await {
        Err(ExportError::File(cause)) if is_stdout && cause.kind() == ErrorKind::BrokenPipe => {
            return Err(NobodyReads.into());
        }
        written => written?,
    };
    db.close().await;
    if is_stdout {
        return Ok(Ending::Good);
    }
    if json {
        say!("{}", serde_json::to_string(&written)?);
    } else {
        say!("{} chains, {} rows, {} roots written to {}", written.chains, written.rows, written.roots, file.display());
    }
    Ok(Ending::Good)
}
