//! Over a folder that both sides see: we write `out/KEY.json` or `.csv` in one stroke, they put files into `in`, and what was
//! kept of these goes to `done` or `wrong`. They know a file by its name: the same name is the same case.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use connect::Outcome;
use connect::connector::{Connector, Document, FileForm, Row};
use serde_json::{Value, json};
use tokio::fs;
use tokio::io::AsyncWriteExt;
use uuid::Uuid;

use super::{Batch, Trouble};

/// Files taken at once.
const FILES_MAX: usize = 50;
/// Bytes of a file at most.
const FILE_BYTES_MAX: u64 = 4 << 20;
/// Characters kept of a file that is rubbish.
const RUBBISH_CHARS_MAX: usize = 4_000;
/// A file that was touched just now may still be written.
const QUIET: Duration = Duration::from_secs(2);
/// One that cannot be read for so long is not half written but wrong.
const GIVEN_TIME: Duration = Duration::from_secs(60);

pub(in super::super) struct Files {
    folder: PathBuf,
    form: FileForm,
}

/// A file that has been read, and where it goes.
#[derive(Debug)]
pub(in super::super) struct Handled {
    path: PathBuf,
    to: &'static str,
}

/// What a file turned out to be.
enum Found {
    Rows(Vec<Row>),
    /// Perhaps it is still being written.
    Unfinished,
    Rubbish(String),
}

impl Files {
    pub(super) async fn open(folder: PathBuf, connector: &Connector) -> Result<Self, Trouble> {
        for name in ["out", "in", "done", "wrong"] {
            fs::create_dir_all(folder.join(name)).await.map_err(|fault| lost(&fault))?;
        }
        Ok(Self { folder, form: connector.form.unwrap_or(FileForm::Json) })
    }

    /// Written beside, flushed, and renamed: who looks finds all of it or nothing.
    pub(super) async fn put(&self, connector: &Connector, key: Uuid, document: &Document) -> Result<(), Trouble> {
        let text = match self.form {
            FileForm::Json => serde_json::to_string_pretty(&json!({ "key": key, "case": document })),
            FileForm::Csv => Ok(as_csv(connector, key, document).ok_or(Outcome::Refused)?),
        };
        let text = text.map_err(|_| Outcome::Refused)?;
        let out = self.folder.join("out");
        let (part, whole) = (out.join(format!(".{key}.part")), out.join(format!("{key}.{}", self.form.word())));
        let written = async {
            let mut file = fs::File::create(&part).await?;
            file.write_all(text.as_bytes()).await?;
            file.sync_all().await?;
            fs::rename(&part, &whole).await?;
            // The new name is only there for good once the folder is.
            fs::File::open(&out).await?.sync_all().await
        };
        written.await.map_err(|fault| lost(&fault))
    }

    pub(super) async fn fetch(&self) -> Result<Batch, Trouble> {
        let mut names = self.names().await.map_err(|fault| lost(&fault))?;
        let more = names.len() > FILES_MAX;
        names.truncate(FILES_MAX);
        let mut batch = Batch { more, ..Batch::default() };
        for path in names {
            match self.read(&path).await {
                Ok(Found::Rows(rows)) => {
                    batch.rows.extend(rows);
                    batch.handled.push(Handled { path, to: "done" });
                }
                Ok(Found::Rubbish(text)) => {
                    batch.rubbish.push(text);
                    batch.handled.push(Handled { path, to: "wrong" });
                }
                Ok(Found::Unfinished) => {}
                // Somebody took it away between two looks.
                Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => {}
                Err(fault) => return Err(lost(&fault)),
            }
        }
        // What has to wait would be found again at once.
        batch.more &= !batch.handled.is_empty();
        Ok(batch)
    }

    pub(super) async fn put_aside(&self, handled: Vec<Handled>) {
        for one in handled {
            let name = one.path.file_name().unwrap_or(OsStr::new("file"));
            let mut to = self.folder.join(one.to).join(name);
            if fs::try_exists(&to).await.unwrap_or(false) {
                let stamp = platform::Clock::System.now_utc().timestamp_micros();
                to = self.folder.join(one.to).join(format!("{stamp}-{}", name.to_string_lossy()));
            }
            if let Err(fault) = fs::rename(&one.path, &to).await {
                tracing::warn!(%fault, "a file that was read could not be put aside");
            }
        }
    }

    /// Their files by name; hidden ones and those that say they are unfinished are left alone.
    async fn names(&self) -> std::io::Result<Vec<PathBuf>> {
        let mut names = Vec::new();
        let mut entries = fs::read_dir(self.folder.join("in")).await?;
        while let Some(entry) = entries.next_entry().await? {
            let path = entry.path();
            let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
            let unfinished = matches!(path.extension().and_then(OsStr::to_str), Some("part" | "tmp"));
            if !hidden && !unfinished && entry.file_type().await?.is_file() {
                names.push(path);
            }
        }
        names.sort();
        Ok(names)
    }

    async fn read(&self, path: &Path) -> std::io::Result<Found> {
        let about = fs::metadata(path).await?;
        let age = about.modified()?.elapsed().unwrap_or_default();
        if age < QUIET {
            return Ok(Found::Unfinished);
        }
        if about.len() > FILE_BYTES_MAX {
            return Ok(Found::Rubbish(format!("{} bytes", about.len())));
        }
        let bytes = fs::read(path).await?;
        let young = age < GIVEN_TIME;
        let text = String::from_utf8(bytes);
        let rows = text.as_ref().ok().and_then(|text| match self.form {
            FileForm::Json => from_json(text),
            // A last line without an end may go on.
            FileForm::Csv if young && !text.ends_with('\n') => None,
            FileForm::Csv => from_csv(text),
        });
        Ok(match (rows, text) {
            (Some(rows), _) => Found::Rows(rows),
            (None, _) if young => Found::Unfinished,
            (None, Ok(text)) => Found::Rubbish(text.chars().take(RUBBISH_CHARS_MAX).collect()),
            (None, Err(fault)) => {
                let text = String::from_utf8_lossy(fault.as_bytes());
                Found::Rubbish(text.chars().take(RUBBISH_CHARS_MAX).collect())
            }
        })
    }
}

/// A list of rows, or one row.
fn from_json(text: &str) -> Option<Vec<Row>> {
    match serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()? {
        Value::Object(row) => Some(vec![row]),
        Value::Array(rows) => rows.into_iter().map(|row| row.as_object().cloned()).collect(),
        _ => None,
    }
}

/// The columns in the first line, a row in each of the others.
fn from_csv(text: &str) -> Option<Vec<Row>> {
    let mut reader =
        csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let heads = reader.headers().ok()?.clone();
    // One column is no table: some other text.
    if heads.len() < 2 {
        return None;
    }
    let row = |record: csv::StringRecord| {
        heads.iter().zip(record.iter()).map(|(head, cell)| (head.to_owned(), Value::from(cell))).collect()
    };
    reader.records().map(|record| record.ok().map(row)).collect()
}

/// The key first, then the columns in the order of the connector.
fn as_csv(connector: &Connector, key: Uuid, document: &Document) -> Option<String> {
    let fields = &connector.push.as_ref()?.fields;
    let cell = |value: Option<&Value>| match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    let mut writer = csv::Writer::from_writer(Vec::new());
    let heads = fields.iter().map(|field| field.to.clone());
    writer.write_record(std::iter::once("key".to_owned()).chain(heads)).ok()?;
    let cells = fields.iter().map(|field| cell(document.get(&field.to)));
    writer.write_record(std::iter::once(key.to_string()).chain(cells)).ok()?;
    String::from_utf8(writer.into_inner().ok()?).ok()
}

fn lost(fault: &std::io::Error) -> Trouble {
    tracing::warn!(%fault, "folder of a connector");
    Outcome::Down.into()
}
