//! `yimen openapi`: the OpenAPI document, as `/api/v1/openapi.json` gives it.

use anyhow::Result;

use crate::Ending;

/// Prints the document; it is JSON with or without `--json`.
pub fn run() -> Result<Ending> {
    say!("{}", api::openapi().to_pretty_json()?);
    Ok(Ending::Good)
}
