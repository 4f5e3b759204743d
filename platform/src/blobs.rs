//! Uploaded files (附件): kept under the hash of their content, so the same file is kept once and cannot change unseen, and
//! sealed ([`envelope`]), since most of what people hand in is about persons.
//!
//! A file is written beside its place, flushed, and moved there; a power cut leaves the whole file or none.

use std::io;
use std::path::{Path, PathBuf};

use futures::{Stream, StreamExt};
use kernel::id::BlobId;

use crate::fault::{Fault, FieldFault};
use crate::sealed::Sealer;

mod arriving;
mod envelope;
mod kind;
mod opened;
mod reseal;

use arriving::Arriving;
pub use kind::FileKind;
pub use opened::Opened;

/// [`Fault::Unavailable`] of a data folder that cannot be written or read.
pub const FILES: &str = "files";

/// The store. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Blobs {
    folder: PathBuf,
    sealer: Sealer,
}

/// A file that has been kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Its address.
    pub id: BlobId,
    /// What it is, by its content.
    pub kind: FileKind,
    /// Its length in bytes.
    pub len: u64,
}

/// What is expected of an upload.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The form field, for the fault.
    pub field: &'a str,
    /// The file name the browser sent; its ending must fit the content.
    pub name: Option<&'a str>,
    /// Most bytes.
    pub limit: u64,
}

impl Blobs {
    /// Opens the store in this folder, making it if need be and clearing what an interrupted upload left.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn open(folder: impl Into<PathBuf>, sealer: Sealer) -> io::Result<Self> {
        let folder = folder.into();
        let arriving = folder.join("arriving");
        std::fs::create_dir_all(&arriving)?;
        arriving::sweep(&arriving)?;
        Ok(Self { folder, sealer })
    }

    /// Keeps a file as it arrives.
    ///
    /// # Errors
    /// [`Fault::Invalid`] of `expected.field`: `file-empty`; `file-too-large` (facts `limit` in bytes), told as soon as it
    /// is known; `file-kind` when it is neither PDF, JPEG nor PNG; `file-kind-differs` (facts `is`, `says`) when its name
    /// says otherwise; `file-broken` when it breaks off; `upload-interrupted` when the connection does.
    /// [`Fault::Unavailable`] of [`FILES`] when the disk is full.
    pub async fn put<S, B, E>(&self, content: S, expected: Expected<'_>) -> Result<Stored, Fault>
    where
        S: Stream<Item = Result<B, E>>,
        B: AsRef<[u8]>,
        E: std::fmt::Display,
    {
        let arriving = Arriving::begin(&self.folder).await?;
        let path = arriving.path.clone();
        let stored = self.receive(arriving, content, expected).await;
        if stored.is_err() {
            // What did not become a stored file is of no use; if it cannot be removed, the next start does it.
            let _ = tokio::fs::remove_file(path).await;
        }
        stored
    }

    async fn receive<S, B, E>(
        &self,
        mut arriving: Arriving,
        content: S,
        expected: Expected<'_>,
    ) -> Result<Stored, Fault>
    where
        S: Stream<Item = Result<B, E>>,
        B: AsRef<[u8]>,
        E: std::fmt::Display,
    {
        let fault = |code| FieldFault::new(expected.field, code);
        futures::pin_mut!(content);
        while let Some(piece) = content.next().await {
            let piece = piece.map_err(|cause| {
                tracing::debug!(%cause, "upload interrupted");
                Fault::Invalid(vec![fault("upload-interrupted")])
            })?;
            if arriving.len + piece.as_ref().len() as u64 > expected.limit {
                return Err(Fault::Invalid(vec![fault("file-too-large").fact("limit", expected.limit)]));
            }
            arriving.take(piece.as_ref()).await?;
        }
        let kind = kind::judge(&arriving.first, &arriving.last, expected.name)
            .map_err(|wrong| Fault::Invalid(vec![wrong.at(expected.field)]))?;
        let len = arriving.len;
        let id = arriving.settle(&self.folder, &self.sealer).await?;
        Ok(Stored { id, kind, len })
    }

    /// Opens a file for reading.
    ///
    /// # Errors
    /// [`Fault::NotFound`]; [`Fault::Unavailable`] when the disk fails; [`Fault::Internal`] when its key is not there, or when
    /// it was changed or put into another place.
    pub async fn get(&self, id: &BlobId) -> Result<Opened, Fault> {
        Opened::open(&self.path(id), id, &self.sealer).await
    }

    /// Every file kept, by its address.
    pub(crate) fn all(&self) -> io::Result<Vec<(String, PathBuf)>> {
        let mut found = Vec::new();
        for first in self.folders()? {
            found.extend(self.files_in(&first)?);
        }
        Ok(found)
    }

    /// The beginnings of addresses, in their order.
    fn folders(&self) -> io::Result<Vec<String>> {
        let mut found = Vec::new();
        for folder in std::fs::read_dir(&self.folder)? {
            let folder = folder?;
            let first = folder.file_name().to_string_lossy().into_owned();
            if first.len() == 2 && folder.file_type()?.is_dir() {
                found.push(first);
            }
        }
        found.sort();
        Ok(found)
    }

    /// The files whose addresses begin like this, in their order.
    fn files_in(&self, first: &str) -> io::Result<Vec<(String, PathBuf)>> {
        let mut found = Vec::new();
        for file in std::fs::read_dir(self.folder.join(first))? {
            let file = file?;
            let id = format!("{first}{}", file.file_name().to_string_lossy());
            if BlobId::parse(&id).is_ok() {
                found.push((id, file.path()));
            }
        }
        found.sort();
        Ok(found)
    }

    /// Puts back a file of a backup under its address, unless it is there.
    pub(crate) fn put_back(&self, id: &BlobId, content: &[u8]) -> io::Result<()> {
        let target = self.path(id);
        if std::fs::metadata(&target).is_ok_and(|there| there.len() == content.len() as u64) {
            return Ok(());
        }
        // It may lie under an older key, or in clear.
        self.forget()?;
        arriving::replace(&self.folder, &target, content)
    }

    fn path(&self, id: &BlobId) -> PathBuf {
        place(&self.folder, id)
    }
}

/// Two letters make the folder, so that no folder holds a million files.
fn place(folder: &Path, id: &BlobId) -> PathBuf {
    let (first, rest) = id.as_str().split_at(2);
    folder.join(first).join(rest)
}

fn unavailable(cause: io::Error) -> Fault {
    tracing::error!(%cause, "data folder");
    Fault::unavailable(FILES)
}

fn missing(cause: io::Error) -> Fault {
    if cause.kind() == io::ErrorKind::NotFound { Fault::NotFound } else { unavailable(cause) }
}
