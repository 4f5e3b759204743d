//! A file that is being read.

use std::io;

use futures::stream::{self, Stream};
use kernel::id::BlobId;
use tokio::fs::File;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncSeekExt};

use super::envelope::{self, FileKey, HEAD, PIECE, SEALED_PIECE};
use super::{FILES, missing, unavailable};
use crate::fault::Fault;
use crate::sealed::Sealer;

/// A file that was found and can be read. What does not open breaks off: no byte of a changed piece is given.
pub struct Opened {
    id: BlobId,
    file: File,
    /// Nothing for a file from before files were sealed.
    key: Option<FileKey>,
    len: u64,
    number: u32,
    /// The bytes of the next piece, read ahead: whether a piece is the last one shows in whether another follows.
    next: Vec<u8>,
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Opened").field("id", &self.id).field("len", &self.len).finish_non_exhaustive()
    }
}

impl Opened {
    pub(super) async fn open(path: &std::path::Path, id: &BlobId, sealer: &Sealer) -> Result<Self, Fault> {
        let mut file = File::open(path).await.map_err(missing)?;
        let on_disk = file.metadata().await.map_err(unavailable)?.len();
        let head = fill(&mut file, HEAD).await.map_err(unavailable)?;
        if !envelope::is_sealed(&head) {
            file.rewind().await.map_err(unavailable)?;
            return Ok(Self { id: id.clone(), file, key: None, len: on_disk, number: 0, next: Vec::new() });
        }
        let key = FileKey::read(sealer, id, &head)?;
        let next = fill(&mut file, SEALED_PIECE).await.map_err(unavailable)?;
        let len = envelope::plain_len(on_disk);
        Ok(Self { id: id.clone(), file, key: Some(key), len, number: 0, next })
    }

    /// The length of its content in bytes.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Whether it has no content.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Its content, piece by piece.
    pub fn pieces(self) -> impl Stream<Item = io::Result<Vec<u8>>> + Send {
        stream::try_unfold(Some(self), async |opened| match opened {
            Some(mut opened) => {
                let piece = opened.piece().await?;
                Ok(piece.map(|(piece, is_last)| (piece, (!is_last).then_some(opened))))
            }
            None => Ok(None),
        })
    }

    /// All of it.
    ///
    /// # Errors
    /// [`Fault::Unavailable`] of [`FILES`] when it breaks off.
    pub async fn whole(mut self) -> Result<Vec<u8>, Fault> {
        let mut content = Vec::with_capacity(usize::try_from(self.len).unwrap_or_default());
        loop {
            let piece = self.piece().await.map_err(|cause| {
                tracing::error!(%cause, file = %self.id, "an uploaded file breaks off");
                Fault::unavailable(FILES)
            })?;
            let Some((piece, is_last)) = piece else { return Ok(content) };
            content.extend_from_slice(&piece);
            if is_last {
                return Ok(content);
            }
        }
    }

    /// The next piece, and whether it was the last one.
    async fn piece(&mut self) -> io::Result<Option<(Vec<u8>, bool)>> {
        let Some(key) = &self.key else {
            let piece = fill(&mut self.file, PIECE).await?;
            return Ok((!piece.is_empty()).then_some((piece, false)));
        };
        let after = fill(&mut self.file, SEALED_PIECE).await?;
        let is_last = after.is_empty();
        let sealed = std::mem::replace(&mut self.next, after);
        let plain = key.open(self.number, is_last, &sealed);
        let plain = plain.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "a piece does not open"))?;
        self.number += 1;
        Ok(Some((plain, is_last)))
    }
}

/// So many bytes, or as many as there are.
async fn fill(from: &mut (impl AsyncRead + Unpin), many: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(many);
    from.take(many as u64).read_to_end(&mut bytes).await?;
    Ok(bytes)
}
