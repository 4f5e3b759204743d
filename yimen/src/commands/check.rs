//! `yimen check DIR`: the catalogue compiler.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result};
use catalog::diagnostic::{Severity, has_errors};
use catalog::{Diagnostic, SourceFile};
use connect::check::{Check, codes, explain};

use super::catalogue;
use crate::{Ending, WrongArguments};

pub struct Order {
    pub folder: Option<PathBuf>,
    pub explain: Option<String>,
    /// Law beside the folder's own.
    pub laws: Option<PathBuf>,
    /// Only those as grave as this.
    pub severity: Option<Severity>,
    /// Only these codes.
    pub codes: Vec<String>,
    /// Warnings nobody accepted count as errors do.
    pub strict: bool,
    pub json: bool,
}

/// Checks a folder, or explains a code.
pub fn run(order: Order) -> Result<Ending> {
    if let Some(code) = &order.explain {
        return explained(code);
    }
    let folder = order.folder.as_ref().context("a folder is needed")?;
    let wanted = wanted(&order.codes)?;
    let files = catalogue::files(folder)?;
    let laws = match &order.laws {
        Some(path) => catalog_service::folder::read_laws(path).context("reading the laws")?,
        None => Default::default(),
    };
    let check = Check::new(files, Arc::new(laws));
    let all = check.diagnostics();
    let shown: Vec<Diagnostic> = all
        .iter()
        .filter(|one| order.severity.is_none_or(|least| one.severity <= least))
        .filter(|one| wanted.is_empty() || wanted.contains(&one.code))
        .cloned()
        .collect();
    if order.json {
        say!("{}", serde_json::to_string_pretty(&shown)?);
    } else if all.is_empty() {
        let (items, themes) = check.counts();
        say!("{}: {items} 个事项、{themes} 个主题，没有发现问题", folder.display());
    } else {
        let files: Vec<SourceFile> = check.files().cloned().collect();
        catalogue::print(&shown, &files);
    }
    // What is shown is a matter of taste; whether the folder is sound is not.
    let open = all.iter().any(|one| one.accepted.is_none());
    Ok(if has_errors(&all) || (order.strict && open) { Ending::No } else { Ending::Good })
}

fn explained(code: &str) -> Result<Ending> {
    Ok(match explain(code) {
        Some(text) => {
            say!("{text}");
            Ending::Good
        }
        None => {
            say!("{code}: no such diagnostic");
            Ending::No
        }
    })
}

/// The codes asked for, as they are written.
fn wanted(given: &[String]) -> Result<Vec<&'static str>> {
    let known = codes();
    let find = |code: &String| {
        let found = known.iter().find(|known| known.id.eq_ignore_ascii_case(code.trim()));
        found.map(|found| found.id).ok_or_else(|| WrongArguments(format!("{code}: no such diagnostic")).into())
    };
    given.iter().map(find).collect()
}
