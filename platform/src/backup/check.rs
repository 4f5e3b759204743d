//! Proving a backup whole before anything is done with it: every byte is accounted for.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufReader, Read};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use sm3::{Digest, Sm3};

use super::take::blob_part;
use super::{BackupFault, FORMAT, FORMAT_PART, Format, MANIFEST_PART, Manifest, Progress, SEAL_PART, Tell, file_fault};

/// The unit in which a tar archive is padded.
const BLOCK: u64 = 512;
/// Longest manifest read into memory: one of some millions of files.
const MANIFEST_BYTES_MAX: u64 = 1 << 30;

/// A backup that was read to its end and is what was written.
pub struct Whole {
    /// What it holds.
    pub manifest: Manifest,
    path: PathBuf,
    file: File,
    members: BTreeMap<String, Member>,
}

/// Where a part lies in the file, and its hash.
struct Member {
    at: u64,
    bytes: u64,
    sm3: String,
}

/// Reads the file to its end and compares every part with the manifest.
///
/// # Errors
/// [`BackupFault::Foreign`], [`BackupFault::Format`], [`BackupFault::Cut`], [`BackupFault::Damaged`] with the part's
/// name.
pub fn check(path: &Path, tell: Tell<'_>) -> Result<Whole, BackupFault> {
    let file = File::open(path).map_err(file_fault(path))?;
    let mut reading = Reading { path, file: &file, members: BTreeMap::new(), last: "its beginning".to_owned(), tell };
    let (manifest, seal) = reading.all()?;
    let (Some(text), Some(seal)) = (manifest, seal) else {
        return Err(BackupFault::Cut { after: reading.last });
    };
    if hex::encode(Sm3::digest(&text)).as_bytes() != seal.as_slice() {
        return Err(damaged(MANIFEST_PART, "it is not what was sealed"));
    }
    let manifest: Manifest =
        serde_json::from_slice(&text).map_err(|cause| damaged(MANIFEST_PART, &cause.to_string()))?;
    compare(&manifest, &reading.members)?;
    let members = reading.members;
    Ok(Whole { manifest, path: path.to_owned(), file, members })
}

impl Whole {
    /// The bytes of a part, proved once more, since the file may have been touched since.
    pub(super) fn part(&self, path: &str) -> Result<Vec<u8>, BackupFault> {
        let member = self.members.get(path).ok_or_else(|| damaged(path, "it is missing"))?;
        let mut bytes = vec![0; usize::try_from(member.bytes).map_err(crate::Fault::internal)?];
        self.file.read_exact_at(&mut bytes, member.at).map_err(file_fault(&self.path))?;
        if hex::encode(Sm3::digest(&bytes)) != member.sm3 {
            return Err(damaged(path, "its content is not what was written"));
        }
        Ok(bytes)
    }
}

/// What is found on the way through the archive.
struct Reading<'a> {
    path: &'a Path,
    file: &'a File,
    members: BTreeMap<String, Member>,
    /// The last part that is whole.
    last: String,
    tell: Tell<'a>,
}

type Bytes = Option<Vec<u8>>;

impl Reading<'_> {
    /// Reads all parts; gives manifest and seal.
    fn all(&mut self) -> Result<(Bytes, Bytes), BackupFault> {
        let mut archive = tar::Archive::new(BufReader::with_capacity(1 << 20, self.file));
        let (mut manifest, mut seal, mut end) = (None, None, 0);
        for entry in archive.entries().map_err(file_fault(self.path))? {
            let mut entry = entry.map_err(|cause| self.stopped(&cause))?;
            let path = entry.path().map_err(|cause| self.stopped(&cause))?.display().to_string();
            if self.members.is_empty() && path != FORMAT_PART {
                return Err(BackupFault::Foreign(self.path.to_owned()));
            }
            let (at, bytes) = (entry.raw_file_position(), entry.size());
            let keeps = [FORMAT_PART, MANIFEST_PART, SEAL_PART].contains(&path.as_str());
            if keeps && bytes > MANIFEST_BYTES_MAX {
                return Err(damaged(&path, "it is too long"));
            }
            let (sm3, text) = self.read(&mut entry, &path, bytes, keeps)?;
            match path.as_str() {
                FORMAT_PART => self.format(&text)?,
                MANIFEST_PART => manifest = Some(text),
                SEAL_PART => seal = Some(text),
                _ => {}
            }
            end = at + bytes.next_multiple_of(BLOCK);
            self.zeros(at + bytes, end, &path)?;
            (self.tell)(Progress { what: "check", done: end });
            if self.members.insert(path.clone(), Member { at, bytes, sm3 }).is_some() {
                return Err(damaged(&path, "it is there twice"));
            }
            self.last = path;
        }
        if self.members.is_empty() {
            return Err(BackupFault::Foreign(self.path.to_owned()));
        }
        let length = self.file.metadata().map_err(file_fault(self.path))?.len();
        // Two empty blocks end an archive.
        if length != end + 2 * BLOCK {
            return Err(BackupFault::Cut { after: self.last.clone() });
        }
        self.zeros(end, length, "end of the archive")?;
        Ok((manifest, seal))
    }

    /// The hash of a part, and its bytes if they are to be kept.
    fn read(
        &self,
        entry: &mut impl Read,
        path: &str,
        bytes: u64,
        keeps: bool,
    ) -> Result<(String, Vec<u8>), BackupFault> {
        let (mut sm3, mut text, mut seen, mut buffer) = (Sm3::new(), Vec::new(), 0, vec![0; 1 << 16]);
        loop {
            match entry.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => {
                    sm3.update(&buffer[..read]);
                    seen += read as u64;
                    if keeps {
                        text.extend_from_slice(&buffer[..read]);
                    }
                }
                Err(cause) => return Err(self.stopped(&cause)),
            }
        }
        if seen != bytes {
            return Err(BackupFault::Cut { after: format!("{seen} of {bytes} bytes of {path}") });
        }
        Ok((hex::encode(sm3.finalize()), text))
    }

    fn format(&self, text: &[u8]) -> Result<(), BackupFault> {
        let said: Format = serde_json::from_slice(text).map_err(|cause| damaged(FORMAT_PART, &cause.to_string()))?;
        if said.format > FORMAT {
            return Err(BackupFault::Format { found: said.format, program: said.program });
        }
        Ok(())
    }

    /// What fills a block up must be empty, or a flipped byte there would go unseen.
    fn zeros(&self, from: u64, to: u64, part: &str) -> Result<(), BackupFault> {
        let mut bytes = vec![0; usize::try_from(to - from).unwrap_or(0)];
        match self.file.read_exact_at(&mut bytes, from) {
            Ok(()) if bytes.iter().all(|byte| *byte == 0) => Ok(()),
            Ok(()) => Err(damaged(part, "there is something behind its end")),
            Err(_) => Err(BackupFault::Cut { after: part.to_owned() }),
        }
    }

    /// The archive cannot be read on: cut off, or a damaged header.
    fn stopped(&self, cause: &std::io::Error) -> BackupFault {
        if self.members.is_empty() {
            return BackupFault::Foreign(self.path.to_owned());
        }
        // A header of which only a part is there has no kind of its own.
        let half_header = cause.to_string().contains("failed to read entire block");
        if half_header || cause.kind() == std::io::ErrorKind::UnexpectedEof {
            return BackupFault::Cut { after: self.last.clone() };
        }
        damaged(&format!("after {}", self.last), &cause.to_string())
    }
}

/// Every part of the manifest is there as it was written, and nothing else is.
fn compare(manifest: &Manifest, members: &BTreeMap<String, Member>) -> Result<(), BackupFault> {
    let mut expected: BTreeSet<String> = [FORMAT_PART, MANIFEST_PART, SEAL_PART].map(str::to_owned).into();
    let rows = manifest.parts.iter().map(|part| (part.path.clone(), part.sm3.as_str()));
    let blobs = manifest.blobs.iter().filter(|blob| blob.id.len() == 64);
    let blobs = blobs.map(|blob| (blob_part(&blob.id), blob.sm3.as_deref().unwrap_or(&blob.id)));
    for (path, sm3) in rows.chain(blobs) {
        match members.get(&path) {
            None => return Err(damaged(&path, "it is missing")),
            Some(member) if member.sm3 != sm3 => {
                return Err(damaged(&path, "its content is not what was written"));
            }
            Some(_) => {}
        }
        expected.insert(path);
    }
    match members.keys().find(|path| !expected.contains(*path)) {
        Some(path) => Err(damaged(path, "the manifest does not name it")),
        None => Ok(()),
    }
}

pub(super) fn damaged(part: &str, how: &str) -> BackupFault {
    BackupFault::Damaged { part: part.to_owned(), how: how.to_owned() }
}
