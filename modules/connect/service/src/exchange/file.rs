//! The file of a batch: one zip with a CSV for each table that has rows, and one of what was kept back when it was closed. The
//! same batch makes the same file, whenever it is written.

use std::io::{Seek, Write};

use connect::exchange::{Head, Table};
use platform::clock::china_time;
use platform::{Fault, World};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::store::exchange_batch::Model;
use crate::store::exchange_defect::{self, defects_at};
use crate::store::exchange_row::{self, row_page};

/// Rows read at once.
const PAGE: u64 = 500;
/// Tells spreadsheets that it is UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();
/// What was kept back.
const DEFECTS: &str = "defects.csv";

/// Writes it.
pub(crate) async fn write<W: Write + Seek + Send>(world: &World, batch: &Model, to: W) -> Result<W, Fault> {
    let mut zip = ZipWriter::new(to);
    let reader = world.db.reader();
    for table in Table::ALL.iter().copied() {
        let mut after = None;
        loop {
            let page = row_page(reader, batch.id, table.word(), after, PAGE).await?;
            let Some(last) = page.last() else { break };
            if after.is_none() {
                let columns = table.columns().iter().map(|column| column.name);
                let heads: Vec<&str> = table.heads().iter().map(|head| head.name()).chain(columns).collect();
                begin(&mut zip, &format!("{table}.csv"), &heads)?;
            }
            after = Some(last.id);
            zip.write_all(&lines(page.iter().map(|row| cells(batch, table, row)))?).map_err(Fault::internal)?;
        }
    }
    kept_back(world, batch, &mut zip).await?;
    zip.finish().map_err(Fault::internal)
}

async fn kept_back<W: Write + Seek + Send>(world: &World, batch: &Model, zip: &mut ZipWriter<W>) -> Result<(), Fault> {
    let Some(closed) = batch.closed_at else { return Ok(()) };
    begin(zip, DEFECTS, &["project_no", "table", "column", "why"])?;
    let mut after = None;
    loop {
        let page = defects_at(world.db.reader(), closed, after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(()) };
        after = Some(last.id);
        let cells = |row: &exchange_defect::Model| {
            Ok([&row.project_no, &row.table_name, &row.column_name, &row.why].map(String::clone).to_vec())
        };
        zip.write_all(&lines(page.iter().map(cells))?).map_err(Fault::internal)?;
    }
}

/// Begins a file within the zip: its mark and the names of its columns.
fn begin<W: Write + Seek>(zip: &mut ZipWriter<W>, name: &str, heads: &[&str]) -> Result<(), Fault> {
    zip.start_file(name, SimpleFileOptions::default()).map_err(Fault::internal)?;
    zip.write_all(MARK).map_err(Fault::internal)?;
    let heads = heads.iter().map(|head| (*head).to_owned()).collect();
    zip.write_all(&lines([Ok(heads)].into_iter())?).map_err(Fault::internal)
}

/// A row as it stands in the file: about the handing over, then what it says.
fn cells(batch: &Model, table: Table, row: &exchange_row::Model) -> Result<Vec<String>, Fault> {
    let head = |head: &Head| match head {
        Head::RowGuid => row.guid.to_string(),
        Head::Batch => batch.number.clone().unwrap_or_default(),
        Head::Operation => row.operation.clone(),
        Head::Time => {
            batch.closed_at.map(|at| china_time(at).format("%Y-%m-%d %H:%M:%S").to_string()).unwrap_or_default()
        }
    };
    let own: Vec<String> = serde_json::from_str(&row.cells)?;
    Ok(table.heads().iter().map(head).chain(own).collect())
}

fn lines(rows: impl Iterator<Item = Result<Vec<String>, Fault>>) -> Result<Vec<u8>, Fault> {
    let mut lines = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        lines.write_record(row?).map_err(Fault::internal)?;
    }
    lines.into_inner().map_err(Fault::internal)
}
