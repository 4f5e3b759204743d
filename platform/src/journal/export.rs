//! The journal as a file: one JSON object a line, so that anybody can check it with tools of his own.
//!
//! In this order: `journal`, every `root` from the oldest, every public `key`, then chain by chain in the order of ids
//! `chain`, its `leaf` lines by day, its `row` lines by place; at the end `end`, which tells a file that was cut off.

use std::io::{BufRead, Read, Write};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::chains::{ChainStart, Chains};
use super::{Head, JournalRow, verify};
use crate::db::Database;
use crate::fault::Fault;
use crate::roots::Root;
use crate::roots::tree::Leaf;
use crate::vault::PublicKeyRecord;

/// Names the layout.
const FORMAT: &str = "yimen journal 1";
/// Bytes of a line at most: the longest payload with every letter escaped, and some room.
const LINE_MAX: u64 = 16 << 20;

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
enum Line {
    Journal(Header),
    Root(Root),
    Key(PublicKeyRecord),
    Chain(HeadLine),
    Leaf(LeafLine),
    Row(Box<RowLine>),
    End(Written),
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Header {
    format: String,
    made: DateTime<Utc>,
    /// The day that is open.
    open: Option<NaiveDate>,
}

/// A chain and its head; a chain whose head is missing has neither place nor hash.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct HeadLine {
    id: Uuid,
    seq: Option<i64>,
    hash: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct LeafLine {
    day: NaiveDate,
    seq: i64,
    #[serde(with = "crate::hexed::hash")]
    hash: [u8; 32],
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct RowLine {
    seq: i64,
    at: DateTime<Utc>,
    actor: String,
    act: String,
    subject: String,
    payload: String,
    request_key: Option<String>,
    #[serde(with = "crate::hexed::hash")]
    prev: [u8; 32],
    #[serde(with = "crate::hexed::hash")]
    hash: [u8; 32],
}

/// What an exported file holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Chains.
    pub chains: u64,
    /// Rows.
    pub rows: u64,
    /// Roots.
    pub roots: u64,
}

/// The file is no whole export.
#[derive(Debug, thiserror::Error)]
pub enum ExportFault {
    /// It cannot be read.
    #[error("the file cannot be read: {0}")]
    Io(#[from] std::io::Error),
    /// A line is not what it should be.
    #[error("line {line}: {cause}")]
    Line {
        /// From 1.
        line: u64,
        /// Why.
        cause: String,
    },
    /// Its last line is missing.
    #[error("the file was cut off: its last line is missing")]
    CutOff,
}

/// What reading gives, in order.
pub(super) enum Part<'a> {
    Days { roots: Vec<Root>, open: Option<NaiveDate> },
    Chain(&'a ChainStart),
    Row(&'a JournalRow),
}

/// Writes the whole journal as it stands at one moment.
///
/// # Errors
/// [`Fault`] of the database, or what writing says.
pub async fn export(db: &Database, keys: &[PublicKeyRecord], to: &mut impl Write) -> Result<Written, ExportError> {
    let snapshot = db.snapshot().await?;
    let (roots, open) = verify::closed_days(&snapshot).await?;
    let mut written = Written { roots: roots.len() as u64, ..Written::default() };
    let with_leaves = open.is_some() || !roots.is_empty();
    write(to, &Line::Journal(Header { format: FORMAT.to_owned(), made: db.clock().now_utc(), open }))?;
    roots.into_iter().try_for_each(|root| write(to, &Line::Root(root)))?;
    keys.iter().try_for_each(|key| write(to, &Line::Key(key.clone())))?;
    let mut chains = Chains::new(&snapshot, with_leaves);
    while let Some(start) = chains.next().await? {
        written.chains += 1;
        let hash = start.head.map(|head| hex::encode(head.hash));
        write(to, &Line::Chain(HeadLine { id: start.chain, seq: start.head.map(|head| head.seq), hash }))?;
        for (day, leaf) in &start.leaves {
            write(to, &Line::Leaf(LeafLine { day: *day, seq: leaf.seq, hash: leaf.hash }))?;
        }
        while let Some(row) = chains.row(start.chain).await? {
            written.rows += 1;
            write(to, &Line::Row(Box::new(row.into())))?;
        }
    }
    write(to, &Line::End(written))?;
    to.flush()?;
    snapshot.commit().await.map_err(Fault::from)?;
    Ok(written)
}

/// The export could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The database.
    #[error(transparent)]
    Database(#[from] Fault),
    /// The file.
    #[error("cannot write: {0}")]
    File(#[from] std::io::Error),
}

fn write(to: &mut impl Write, line: &Line) -> std::io::Result<()> {
    serde_json::to_writer(&mut *to, line)?;
    to.write_all(b"\n")
}

impl From<JournalRow> for RowLine {
    fn from(row: JournalRow) -> Self {
        let JournalRow { chain: _, seq, at, actor, act, subject, payload, request_key, prev, hash } = row;
        Self { seq, at, actor, act, subject, payload, request_key, prev, hash }
    }
}

impl RowLine {
    fn of(self, chain: Uuid) -> JournalRow {
        let Self { seq, at, actor, act, subject, payload, request_key, prev, hash } = self;
        JournalRow { chain, seq, at, actor, act, subject, payload, request_key, prev, hash }
    }
}

/// The public keys a file carries.
///
/// # Errors
/// [`ExportFault`].
pub fn keys_of(file: impl BufRead) -> Result<Vec<PublicKeyRecord>, ExportFault> {
    let mut lines = Lines { file, number: 0 };
    let mut keys = Vec::new();
    while let Some(line) = lines.next()? {
        match line {
            Line::Key(key) => keys.push(key),
            Line::Chain(_) | Line::End(_) => break,
            _ => {}
        }
    }
    Ok(keys)
}

/// Reads a file and gives its parts in order.
pub(super) fn read(file: impl BufRead, mut give: impl FnMut(Part<'_>)) -> Result<(), ExportFault> {
    let mut lines = Lines { file, number: 0 };
    let open = match lines.next()? {
        Some(Line::Journal(header)) if header.format == FORMAT => header.open,
        Some(_) => return Err(lines.fault(format!("the first line must be that of a {FORMAT}"))),
        None => return Err(ExportFault::CutOff),
    };
    let mut roots = Vec::new();
    let mut line = lines.next()?;
    while let Some(Line::Root(_) | Line::Key(_)) = line {
        if let Some(Line::Root(root)) = line {
            roots.push(root);
        }
        line = lines.next()?;
    }
    let mut read = Written { roots: roots.len() as u64, ..Written::default() };
    give(Part::Days { roots, open });
    let mut last = None;
    loop {
        line = match line {
            Some(Line::Chain(head)) if last.is_none_or(|last| last < head.id) => {
                last = Some(head.id);
                read.chains += 1;
                chain(&mut lines, head, &mut read, &mut give)?
            }
            Some(Line::End(end)) if end == read => break,
            Some(Line::End(_)) => {
                return Err(lines.fault("other numbers of chains, rows or roots were read".to_owned()));
            }
            Some(_) => return Err(lines.fault("this line does not belong here".to_owned())),
            None => return Err(ExportFault::CutOff),
        };
    }
    match lines.next()? {
        Some(_) => Err(lines.fault("nothing may follow the end".to_owned())),
        None => Ok(()),
    }
}

/// Reads one chain; gives the line after it.
fn chain<R: BufRead>(
    lines: &mut Lines<R>,
    head: HeadLine,
    read: &mut Written,
    give: &mut impl FnMut(Part<'_>),
) -> Result<Option<Line>, ExportFault> {
    let id = head.id;
    let mut start = ChainStart { chain: id, head: lines.head(head)?, leaves: Vec::new() };
    let mut line = lines.next()?;
    while let Some(Line::Leaf(LeafLine { day, seq, hash })) = line {
        if start.leaves.last().is_some_and(|(last, _)| *last >= day) {
            return Err(lines.fault("the leaves of a chain stand by day".to_owned()));
        }
        start.leaves.push((day, Leaf { chain: id, seq, hash }));
        line = lines.next()?;
    }
    give(Part::Chain(&start));
    let mut last = i64::MIN;
    while let Some(Line::Row(row)) = line {
        let row = row.of(id);
        if row.seq <= last {
            return Err(lines.fault("the rows of a chain stand by place".to_owned()));
        }
        last = row.seq;
        read.rows += 1;
        give(Part::Row(&row));
        line = lines.next()?;
    }
    Ok(line)
}

/// The lines of a file with their numbers.
struct Lines<R> {
    file: R,
    number: u64,
}

impl<R: BufRead> Lines<R> {
    fn next(&mut self) -> Result<Option<Line>, ExportFault> {
        let mut text = Vec::new();
        self.number += 1;
        (&mut self.file).take(LINE_MAX).read_until(b'\n', &mut text)?;
        if text.is_empty() {
            return Ok(None);
        }
        if text.pop() != Some(b'\n') {
            return Err(self.fault("it is cut off or too long".to_owned()));
        }
        serde_json::from_slice(&text).map(Some).map_err(|cause| self.fault(cause.to_string()))
    }

    fn head(&self, line: HeadLine) -> Result<Option<Head>, ExportFault> {
        let (Some(seq), Some(text)) = (line.seq, line.hash) else { return Ok(None) };
        let mut hash = [0; 32];
        hex::decode_to_slice(&text, &mut hash).map_err(|cause| self.fault(cause.to_string()))?;
        Ok(Some(Head { seq, hash }))
    }

    fn fault(&self, cause: String) -> ExportFault {
        ExportFault::Line { line: self.number, cause }
    }
}
