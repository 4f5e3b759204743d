//! Files under the key in force: those that were kept before files were sealed, and those whose head an older key made.
//! Only the head of a sealed file is made anew; its content stays as it lies.

use std::io;

use kernel::id::BlobId;
use sm3::{Digest, Sm3};

use super::envelope::{self, FileKey, HEAD, PIECE};
use super::{Blobs, arriving, unavailable};
use crate::fault::Fault;
use crate::vault::KeyId;

/// Names the key under which all files lie, so that a server that starts need not look at each of them.
const MARKER: &str = "sealed-under";

/// How many files there are, and how many lie in clear or under an older key.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct FilesLeft {
    pub(crate) files: u64,
    pub(crate) left: u64,
}

impl Blobs {
    /// Whether it is known that all files lie under this key.
    pub(crate) fn all_under(&self, key: KeyId) -> bool {
        std::fs::read_to_string(self.folder.join(MARKER)).is_ok_and(|said| said.trim() == key.to_string())
    }

    /// What is not known any more.
    pub(super) fn forget(&self) -> io::Result<()> {
        match std::fs::remove_file(self.folder.join(MARKER)) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(cause),
            _ => Ok(()),
        }
    }

    /// Looks at every file.
    pub(crate) fn files_left(&self, key: KeyId) -> Result<FilesLeft, Fault> {
        let mut found = FilesLeft::default();
        for (_, path) in self.all().map_err(unavailable)? {
            let Some(head) = head(&path)? else { continue };
            found.files += 1;
            found.left += u64::from(envelope::key_of_head(&head) != Some(key));
        }
        if found.left == 0 {
            arriving::replace(&self.folder, &self.folder.join(MARKER), key.to_string().as_bytes())
                .map_err(unavailable)?;
        }
        Ok(found)
    }

    /// How many files lie under this key.
    pub(crate) fn files_under(&self, key: KeyId) -> Result<u64, Fault> {
        let mut found = 0;
        for (_, path) in self.all().map_err(unavailable)? {
            found += u64::from(head(&path)?.is_some_and(|head| envelope::key_of_head(&head) == Some(key)));
        }
        Ok(found)
    }

    /// Seals so many files after this address anew; gives how many it were and the address to go on after, nothing at the end.
    pub(crate) fn reseal(&self, key: KeyId, after: &str, most: usize) -> Result<(u64, Option<String>), Fault> {
        let (mut done, mut looked) = (0, 0);
        // Folder by folder, so that a run reads the names it needs and not those of all files.
        for first in self.folders().map_err(unavailable)? {
            if first.as_str() < after.get(..2).unwrap_or_default() {
                continue;
            }
            for (id, path) in self.files_in(&first).map_err(unavailable)? {
                if id.as_str() <= after {
                    continue;
                }
                done += u64::from(self.reseal_one(key, &id, &path)?);
                looked += 1;
                if looked == most {
                    return Ok((done, Some(id)));
                }
            }
        }
        Ok((done, None))
    }

    /// Seals a file anew, unless it lies under this key or is not what its address says.
    fn reseal_one(&self, key: KeyId, id: &str, path: &std::path::Path) -> Result<bool, Fault> {
        if head(path)?.is_none_or(|head| envelope::key_of_head(&head) == Some(key)) {
            return Ok(false);
        }
        let id = BlobId::parse(id).map_err(Fault::internal)?;
        let old = std::fs::read(path).map_err(unavailable)?;
        let Some(new) = self.anew(&id, &old)? else { return Ok(false) };
        arriving::replace(&self.folder, path, &new).map_err(unavailable)?;
        Ok(true)
    }

    /// A file as it is to lie; nothing for one that is not what its address says, which no sealing should make look well.
    fn anew(&self, id: &BlobId, old: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        if let Some(body) = old.get(HEAD..).filter(|_| envelope::is_sealed(old)) {
            let key = FileKey::read(&self.sealer, id, &old[..HEAD])?;
            return Ok(Some([&key.head(&self.sealer, id)?, body].concat()));
        }
        if hex::encode(Sm3::digest(old)) != id.as_str() {
            tracing::error!(%id, "an uploaded file is not what was kept");
            return Ok(None);
        }
        let key = FileKey::generate()?;
        let mut new = key.head(&self.sealer, id)?;
        let mut pieces = old.chunks(PIECE).peekable();
        for number in 0.. {
            let Some(piece) = pieces.next() else { break };
            new.extend(key.seal(number, pieces.peek().is_none(), piece)?);
        }
        Ok(Some(new))
    }

    /// Whether what lies under an address is what was kept there. A file whose key is not at hand cannot be judged and passes.
    pub(crate) fn is_whole(&self, id: &BlobId, on_disk: &[u8]) -> bool {
        if !envelope::is_sealed(on_disk) {
            return hex::encode(Sm3::digest(on_disk)) == id.as_str();
        }
        let (Some(head), Some(body)) = (on_disk.get(..HEAD), on_disk.get(HEAD..)) else { return false };
        let Ok(key) = FileKey::read(&self.sealer, id, head) else {
            tracing::warn!(%id, "the key of an uploaded file is not at hand");
            return true;
        };
        let mut pieces = body.chunks(envelope::SEALED_PIECE).peekable();
        let mut sm3 = Sm3::new();
        for number in 0.. {
            let Some(piece) = pieces.next() else { break };
            let Some(plain) = key.open(number, pieces.peek().is_none(), piece) else { return false };
            sm3.update(&plain);
        }
        hex::encode(sm3.finalize()) == id.as_str()
    }
}

/// The beginning of a file, as long as a head; nothing when it is gone.
fn head(path: &std::path::Path) -> Result<Option<Vec<u8>>, Fault> {
    let mut head = Vec::with_capacity(HEAD);
    let read = std::fs::File::open(path)
        .and_then(|file| io::Read::read_to_end(&mut io::Read::take(file, HEAD as u64), &mut head));
    match read {
        Ok(_) => Ok(Some(head)),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(unavailable(cause)),
    }
}
