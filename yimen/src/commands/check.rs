//! `yimen check DIR`: the catalogue compiler.

use std::path::Path;

use anyhow::{Context, Result};

use super::catalogue;
use crate::Ending;

/// Checks a folder, or explains a code.
pub fn run(folder: Option<&Path>, explain: Option<&str>, json: bool) -> Result<Ending> {
    if let Some(code) = explain {
        let known = catalog::codes::explain(code).or_else(|| themes::codes::explain(code));
        let known = known.or_else(|| themes::wording::codes::explain(code));
        return Ok(match known.or_else(|| connect::connector::codes::explain(code)) {
            Some(text) => {
                say!("{text}");
                Ending::Good
            }
            None => {
                say!("{code}: no such diagnostic");
                Ending::No
            }
        });
    }
    let folder = folder.context("a folder is needed")?;
    let found = catalogue::open(folder)?;
    if json {
        say!("{}", serde_json::to_string_pretty(&found.diagnostics)?);
    } else if found.diagnostics.is_empty() {
        let items = found.compiled.as_ref().map_or(0, |compiled| compiled.catalog.items.len());
        say!(
            "{}: {items} 个事项、{} 个主题，没有发现问题",
            folder.display(),
            found.themes.as_ref().map_or(0, Vec::len)
        );
    } else {
        found.print();
    }
    Ok(if found.is_sound() { Ending::Good } else { Ending::No })
}
