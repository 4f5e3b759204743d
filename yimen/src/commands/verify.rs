//! `yimen verify`: reads a whole journal, or one receipt, and names what was tampered with.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use platform::journal::{
    Against, DayTampering, ExportFault, Tampering, Verified, keys_of, verify_file, verify_through,
};
use platform::roots::{Receipt, RootsFile};
use platform::vault::{self, KeyRing, KeysFile, PublicKeyRecord};
use platform::{Database, roots::Root};
use serde::de::DeserializeOwned;

use crate::{Ending, start};

pub struct Order {
    pub database: Option<String>,
    pub file: Option<PathBuf>,
    pub receipt: Option<PathBuf>,
    pub roots: Vec<PathBuf>,
    pub keys: Option<PathBuf>,
    pub json: bool,
}

/// Verifies the configured database, another one, a file, or a receipt.
pub async fn run(order: Order) -> Result<Ending> {
    let (kept, kept_keys) = kept(&order.roots)?;
    let named = match &order.keys {
        Some(file) => Some(read::<KeysFile>(file)?.keys),
        None => (!kept_keys.is_empty()).then_some(kept_keys),
    };
    if let Some(file) = &order.receipt {
        return receipt(&read(file)?, named, &kept, order.json);
    }
    let verified = match &order.file {
        Some(file) => {
            let keys = named.map_or_else(|| Ok(keys_of(open(file)?)?), anyhow::Ok);
            match keys.map(|keys| verify_file(open(file)?, &against(keys, kept)).map_err(anyhow::Error::from)) {
                Ok(Ok(verified)) => verified,
                Ok(Err(fault)) | Err(fault) => return broken(fault, order.json),
            }
        }
        None => database(order.database, named, kept).await?,
    };
    tell(&verified, order.json)
}

fn against(keys: Vec<PublicKeyRecord>, kept: Vec<Root>) -> Against {
    let keys = KeyRing::of(keys);
    Against { keys: (!keys.is_empty()).then_some(keys), kept }
}

/// A database, with the keys of the configuration unless others are named.
async fn database(url: Option<String>, keys: Option<Vec<PublicKeyRecord>>, kept: Vec<Root>) -> Result<Verified> {
    let config = start::configuration()?;
    let url = url.unwrap_or_else(|| config.database_url.clone());
    start::there(&url)?;
    let keys = keys.map_or_else(|| vault::list(&config.key_folder()), Ok)?;
    let reader = Database::connect_to_read(&url).await?;
    let verified = verify_through(&reader, &against(keys, kept)).await?;
    reader.close().await?;
    Ok(verified)
}

fn tell(verified: &Verified, json: bool) -> Result<Ending> {
    if json {
        say!("{}", serde_json::to_string_pretty(verified)?);
    } else {
        for finding in &verified.findings {
            say!("{} row {}: {}", finding.chain, finding.seq, of_row(finding.kind));
        }
        for finding in &verified.days {
            say!("day {}: {}", finding.day, of_day(finding.kind));
        }
        let more = if verified.more { " or more" } else { "" };
        let findings = verified.findings.len() + verified.days.len();
        let Verified { chains, rows, roots, .. } = verified;
        say!("{chains} chains, {rows} rows, {roots} days closed, {findings} findings{more}");
    }
    Ok(if verified.is_whole() { Ending::Good } else { Ending::No })
}

fn of_row(kind: Tampering) -> String {
    match kind {
        Tampering::Changed => "changed".to_owned(),
        Tampering::Removed => "removed".to_owned(),
        Tampering::Reordered { from } => format!("reordered, recorded at {from}"),
        Tampering::Inserted => "inserted".to_owned(),
        Tampering::HeadMissing => "head missing".to_owned(),
        Tampering::Rewritten { day } => format!("not what was closed on {day}; written anew from here or before"),
        Tampering::Backdated { day } => format!("bears an earlier time, but was not there when {day} was closed"),
    }
}

fn of_day(kind: DayTampering) -> &'static str {
    match kind {
        DayTampering::Removed => "its root is gone",
        DayTampering::NotTheRecord => "what the chains ended with does not give its root",
        DayTampering::Forged => "its root is not signed by the key it names",
        DayTampering::Unchained => "its root does not follow from that of the day before",
        DayTampering::NotAsRecorded => "its root is not the one on the record",
        DayTampering::UnknownKey => "its key is not among the trusted keys",
        DayTampering::RevokedKey => "its key had been revoked",
        DayTampering::OpenDayMissing => "nothing tells which day is open after it",
        DayTampering::OtherThanKept => "the root kept outside is another one",
        DayTampering::KeptButNotHere => "a root was kept outside, and here is none",
        DayTampering::KeptForged => "the root kept outside is not signed by the key it names",
    }
}

/// A file that is not whole is an answer; one that cannot be read is not.
fn broken(fault: anyhow::Error, json: bool) -> Result<Ending> {
    if !matches!(fault.downcast_ref(), Some(ExportFault::Line { .. } | ExportFault::CutOff)) {
        return Err(fault);
    }
    if json {
        say!("{}", serde_json::json!({ "error": fault.to_string() }));
    } else {
        say!("{fault}");
    }
    Ok(Ending::No)
}

fn receipt(receipt: &Receipt, keys: Option<Vec<PublicKeyRecord>>, kept: &[Root], json: bool) -> Result<Ending> {
    let ring = keys.map(KeyRing::of);
    let told = receipt.check(ring.as_ref(), (!kept.is_empty()).then_some(kept));
    if json {
        say!("{}", serde_json::to_string_pretty(&told)?);
    } else {
        for fault in &told.faults {
            say!("{fault}");
        }
        if told.faults.is_empty() {
            say!("{}: {} rows were on the record when {} was closed", told.number, told.rows, told.day);
            if ring.is_none() {
                say!("signed by key {}; compare it with the published keys, or name them with --keys", told.key);
            }
        }
    }
    Ok(if told.faults.is_empty() { Ending::Good } else { Ending::No })
}

/// The roots kept outside, and the keys that were kept with them.
fn kept(files: &[PathBuf]) -> Result<(Vec<Root>, Vec<PublicKeyRecord>)> {
    let (mut roots, mut keys) = (Vec::new(), Vec::new());
    for file in files {
        let kept: RootsFile = read(file)?;
        roots.extend(kept.roots);
        keys.extend(kept.keys);
    }
    Ok((roots, keys))
}

fn open(file: &Path) -> Result<BufReader<File>> {
    Ok(BufReader::new(File::open(file).with_context(|| format!("reading {}", file.display()))?))
}

fn read<T: DeserializeOwned>(file: &Path) -> Result<T> {
    serde_json::from_reader(open(file)?).with_context(|| format!("reading {}", file.display()))
}
