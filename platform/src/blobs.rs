//! Uploaded files (附件): kept under the hash of their content, so the same file is kept once and cannot change unseen.
//!
//! A file is written beside its place, flushed, and moved there; a power cut leaves the whole file or none.

use std::io;
use std::path::{Path, PathBuf};

use futures::{Stream, StreamExt};
use kernel::id::BlobId;
use sm3::{Digest, Sm3};
use tokio::fs::{self, File};
use tokio::io::AsyncWriteExt;

use crate::fault::{Fault, FieldFault};

mod kind;

pub use kind::FileKind;

/// [`Fault::Unavailable`] of a data folder that cannot be written or read.
pub const FILES: &str = "files";

/// The store. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Blobs {
    folder: PathBuf,
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

/// A file that has been arriving for so long is not arriving any more.
const LEFT_BEHIND: std::time::Duration = std::time::Duration::from_secs(3600);

impl Blobs {
    /// Opens the store in this folder, making it if need be and clearing what an interrupted upload left.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn open(folder: impl Into<PathBuf>) -> io::Result<Self> {
        let folder = folder.into();
        let arriving = folder.join("arriving");
        std::fs::create_dir_all(&arriving)?;
        sweep(&arriving)?;
        Ok(Self { folder })
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
        let arriving = Arriving::begin(&self.folder).await.map_err(unavailable)?;
        let path = arriving.path.clone();
        let stored = self.receive(arriving, content, expected).await;
        if stored.is_err() {
            // What did not become a stored file is of no use; if it cannot be removed, the next start does it.
            let _ = fs::remove_file(path).await;
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
            arriving.take(piece.as_ref()).await.map_err(unavailable)?;
        }
        let kind = kind::judge(&arriving.first, &arriving.last, expected.name)
            .map_err(|wrong| Fault::Invalid(vec![wrong.at(expected.field)]))?;
        let len = arriving.len;
        let id = arriving.settle(&self.folder).await.map_err(unavailable)?;
        Ok(Stored { id, kind, len })
    }

    /// Opens a file for reading.
    ///
    /// # Errors
    /// [`Fault::NotFound`]; [`Fault::Unavailable`] when the disk fails.
    pub async fn get(&self, id: &BlobId) -> Result<File, Fault> {
        File::open(self.path(id)).await.map_err(missing)
    }

    /// The length of a file in bytes.
    ///
    /// # Errors
    /// As [`Blobs::get`].
    pub async fn len(&self, id: &BlobId) -> Result<u64, Fault> {
        Ok(fs::metadata(self.path(id)).await.map_err(missing)?.len())
    }

    /// Every file kept, by its address, for a backup.
    pub(crate) fn all(&self) -> io::Result<Vec<(String, PathBuf)>> {
        let mut found = Vec::new();
        for folder in std::fs::read_dir(&self.folder)? {
            let folder = folder?;
            let first = folder.file_name().to_string_lossy().into_owned();
            if first.len() != 2 || !folder.file_type()?.is_dir() {
                continue;
            }
            for file in std::fs::read_dir(folder.path())? {
                let file = file?;
                let id = format!("{first}{}", file.file_name().to_string_lossy());
                if BlobId::parse(&id).is_ok() {
                    found.push((id, file.path()));
                }
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
        let arriving = self.folder.join("arriving").join(format!("{:032x}", rand::random::<u128>()));
        let mut file = std::fs::File::create_new(&arriving)?;
        io::Write::write_all(&mut file, content)?;
        file.sync_all()?;
        let parent = target.parent().unwrap_or(&self.folder);
        std::fs::create_dir_all(parent)?;
        std::fs::rename(&arriving, &target)?;
        std::fs::File::open(parent)?.sync_all()
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

/// A file on its way.
struct Arriving {
    path: PathBuf,
    file: File,
    sm3: Sm3,
    len: u64,
    /// Its first bytes, which tell what it is, and its last, which tell whether it is whole.
    first: Vec<u8>,
    last: Vec<u8>,
}

/// Removes what a crash left behind. A file is moved away the moment it is whole, and no upload takes an hour; younger
/// ones may be on their way to another process that shares the folder.
fn sweep(arriving: &Path) -> io::Result<()> {
    for entry in std::fs::read_dir(arriving)? {
        let entry = entry?;
        let age = entry.metadata().and_then(|about| about.modified()).ok().and_then(|at| at.elapsed().ok());
        if age.is_some_and(|age| age > LEFT_BEHIND) {
            // Another process may be sweeping too.
            let _ = std::fs::remove_file(entry.path());
        }
    }
    Ok(())
}

impl Arriving {
    async fn begin(folder: &Path) -> io::Result<Self> {
        let path = folder.join("arriving").join(format!("{:032x}", rand::random::<u128>()));
        let file = File::create_new(&path).await?;
        Ok(Self { path, file, sm3: Sm3::new(), len: 0, first: Vec::new(), last: Vec::new() })
    }

    async fn take(&mut self, piece: &[u8]) -> io::Result<()> {
        self.sm3.update(piece);
        self.len += piece.len() as u64;
        let missing = kind::FIRST_BYTES.saturating_sub(self.first.len());
        self.first.extend_from_slice(&piece[..missing.min(piece.len())]);
        self.last.extend_from_slice(&piece[piece.len().saturating_sub(kind::LAST_BYTES)..]);
        self.last.drain(..self.last.len().saturating_sub(kind::LAST_BYTES));
        self.file.write_all(piece).await
    }

    /// Flushes the file and moves it to its place, unless the same content is there already.
    async fn settle(mut self, folder: &Path) -> io::Result<BlobId> {
        let hash = hex::encode(self.sm3.finalize());
        let id = BlobId::parse(&hash).map_err(io::Error::other)?;
        let target = place(folder, &id);
        if fs::try_exists(&target).await? {
            fs::remove_file(&self.path).await?;
            return Ok(id);
        }
        self.file.flush().await?;
        self.file.sync_all().await?;
        drop(self.file);
        let parent = target.parent().unwrap_or(folder);
        if !fs::try_exists(parent).await? {
            fs::create_dir_all(parent).await?;
            File::open(folder).await?.sync_all().await?;
        }
        fs::rename(&self.path, &target).await?;
        // The name is on the disk only when the folder is.
        File::open(parent).await?.sync_all().await?;
        Ok(id)
    }
}

fn unavailable(cause: io::Error) -> Fault {
    tracing::error!(%cause, "data folder");
    Fault::unavailable(FILES)
}

fn missing(cause: io::Error) -> Fault {
    if cause.kind() == io::ErrorKind::NotFound { Fault::NotFound } else { unavailable(cause) }
}
