//! A file on its way: sealed as it arrives, moved to its place when it is whole.

use std::io;
use std::path::{Path, PathBuf};

use kernel::id::BlobId;
use sm3::{Digest, Sm3};
use tokio::fs::{self, File};
use tokio::io::{AsyncSeekExt, AsyncWriteExt};

use super::envelope::{FileKey, HEAD, PIECE};
use super::{kind, place, unavailable};
use crate::fault::Fault;
use crate::sealed::Sealer;

/// A file that has been arriving for so long is not arriving any more.
const LEFT_BEHIND: std::time::Duration = std::time::Duration::from_secs(3600);

pub(super) struct Arriving {
    pub(super) path: PathBuf,
    /// Bytes of content so far.
    pub(super) len: u64,
    /// Its first bytes, which tell what it is, and its last, which tell whether it is whole.
    pub(super) first: Vec<u8>,
    pub(super) last: Vec<u8>,
    file: File,
    sm3: Sm3,
    key: FileKey,
    /// What has come and makes no piece yet. A full piece waits too: it may be the last one.
    waiting: Vec<u8>,
    pieces: u32,
}

impl Arriving {
    pub(super) async fn begin(folder: &Path) -> Result<Self, Fault> {
        let path = path(folder);
        let mut file = File::create_new(&path).await.map_err(unavailable)?;
        // The head names the file's address, which is known at the end.
        file.write_all(&[b' '; HEAD]).await.map_err(unavailable)?;
        Ok(Self {
            path,
            len: 0,
            first: Vec::new(),
            last: Vec::new(),
            file,
            sm3: Sm3::new(),
            key: FileKey::generate()?,
            waiting: Vec::new(),
            pieces: 0,
        })
    }

    pub(super) async fn take(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        self.sm3.update(bytes);
        self.len += bytes.len() as u64;
        let missing = kind::FIRST_BYTES.saturating_sub(self.first.len());
        self.first.extend_from_slice(&bytes[..missing.min(bytes.len())]);
        self.last.extend_from_slice(&bytes[bytes.len().saturating_sub(kind::LAST_BYTES)..]);
        self.last.drain(..self.last.len().saturating_sub(kind::LAST_BYTES));
        self.waiting.extend_from_slice(bytes);
        while self.waiting.len() > PIECE {
            let rest = self.waiting.split_off(PIECE);
            let piece = std::mem::replace(&mut self.waiting, rest);
            self.write(&piece, false).await?;
        }
        Ok(())
    }

    async fn write(&mut self, piece: &[u8], is_last: bool) -> Result<(), Fault> {
        let sealed = self.key.seal(self.pieces, is_last, piece)?;
        self.pieces += 1;
        self.file.write_all(&sealed).await.map_err(unavailable)
    }

    /// Writes what is left and the head, flushes the file, and moves it to its place, unless the same content is there.
    pub(super) async fn settle(mut self, folder: &Path, sealer: &Sealer) -> Result<BlobId, Fault> {
        let id = BlobId::parse(&hex::encode(self.sm3.finalize_reset())).map_err(Fault::internal)?;
        let target = place(folder, &id);
        if fs::try_exists(&target).await.map_err(unavailable)? {
            fs::remove_file(&self.path).await.map_err(unavailable)?;
            return Ok(id);
        }
        let piece = std::mem::take(&mut self.waiting);
        self.write(&piece, true).await?;
        let head = self.key.head(sealer, &id)?;
        self.move_to(folder, &target, &head).await.map_err(unavailable)?;
        Ok(id)
    }

    async fn move_to(mut self, folder: &Path, target: &Path, head: &[u8]) -> io::Result<()> {
        self.file.rewind().await?;
        self.file.write_all(head).await?;
        self.file.flush().await?;
        self.file.sync_all().await?;
        drop(self.file);
        let parent = target.parent().unwrap_or(folder);
        if !fs::try_exists(parent).await? {
            fs::create_dir_all(parent).await?;
            File::open(folder).await?.sync_all().await?;
        }
        fs::rename(&self.path, target).await?;
        // The name is on the disk only when the folder is.
        File::open(parent).await?.sync_all().await
    }
}

/// Writes a whole file beside its place and moves it there; over one that is there.
pub(super) fn replace(folder: &Path, target: &Path, content: &[u8]) -> io::Result<()> {
    let arriving = path(folder);
    let mut file = std::fs::File::create_new(&arriving)?;
    io::Write::write_all(&mut file, content)?;
    file.sync_all()?;
    let parent = target.parent().unwrap_or(folder);
    std::fs::create_dir_all(parent)?;
    std::fs::rename(&arriving, target)?;
    std::fs::File::open(parent)?.sync_all()
}

/// Removes what a crash left behind. A file is moved away the moment it is whole, and no upload takes an hour; younger
/// ones may be on their way to another process that shares the folder.
pub(super) fn sweep(arriving: &Path) -> io::Result<()> {
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

fn path(folder: &Path) -> PathBuf {
    folder.join("arriving").join(format!("{:032x}", rand::random::<u128>()))
}
