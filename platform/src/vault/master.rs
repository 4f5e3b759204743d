//! The master key: it seals all others. From the environment, else from a file; the first start makes the file.

use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::KeyFault;
use super::gcm::SealKey;

/// The variable that holds the key as 32 hexadecimal digits. It is no key of the configuration, which may be printed.
pub const VARIABLE: &str = "YIMEN_MASTER_KEY";
/// The variable that holds the next one while the master key is being changed and lives in the environment.
pub const VARIABLE_NEXT: &str = "YIMEN_MASTER_KEY_NEXT";
/// The file's name when the configuration names none.
pub(super) const FILE: &str = "master.key";
/// Only the owner reads and writes.
pub(super) const MODE: u32 = 0o600;

/// The master key, and the file if it was made just now.
pub(super) struct Master {
    pub(super) key: SealKey,
    pub(super) made: Option<PathBuf>,
}

/// Where master keys may be read.
pub(super) struct Places {
    pub(super) file: PathBuf,
    /// The one of the opening came from the file.
    pub(super) in_file: bool,
    pub(super) next_digits: Option<String>,
}

impl Places {
    /// The file of the next one, while it takes the place of the old.
    pub(super) fn next_file(&self) -> PathBuf {
        let mut name = self.file.clone().into_os_string();
        name.push(".next");
        name.into()
    }

    /// Those that may open what the one of the opening does not. A wrong master key in the environment is told, whatever
    /// lies in the file.
    pub(super) fn read(&self) -> Vec<SealKey> {
        let files = if self.in_file { vec![self.file.clone(), self.next_file()] } else { Vec::new() };
        let in_files = files.into_iter().filter_map(|file| std::fs::read_to_string(file).ok());
        in_files.chain(self.next_digits.clone()).filter_map(|text| read(&text)).collect()
    }

    /// The next one: as the environment has it, else from its file, else made now.
    pub(super) fn next(&self) -> Result<SealKey, KeyFault> {
        if let Some(digits) = &self.next_digits {
            return read(digits).ok_or(KeyFault::MasterForm { place: VARIABLE_NEXT.to_owned() });
        }
        if !self.in_file {
            return Err(KeyFault::NextMissing);
        }
        Ok(Master::find(None, &self.next_file(), true)?.key)
    }
}

impl Master {
    /// The key in the environment, else in the file. Makes the file only where no sealed key waits for the old one.
    pub(super) fn find(variable: Option<&str>, file: &Path, may_make: bool) -> Result<Self, KeyFault> {
        if let Some(text) = variable {
            let key = read(text).ok_or(KeyFault::MasterForm { place: VARIABLE.to_owned() })?;
            return Ok(Self { key, made: None });
        }
        match std::fs::read_to_string(file) {
            Ok(text) => {
                warn_if_open(file);
                let key = read(&text).ok_or_else(|| KeyFault::MasterForm { place: file.display().to_string() })?;
                Ok(Self { key, made: None })
            }
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound && may_make => Self::make(file),
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => {
                Err(KeyFault::MasterMissing { file: file.to_owned() })
            }
            Err(cause) => Err(KeyFault::file(file, cause)),
        }
    }

    fn make(file: &Path) -> Result<Self, KeyFault> {
        let key = SealKey::generate()?;
        let text = format!("{}\n", hex::encode(key.to_bytes()));
        match write_new(file, text.as_bytes()) {
            Ok(()) => Ok(Self { key, made: Some(file.to_owned()) }),
            // Another process starting at the same time was first.
            Err(cause) if cause.kind() == std::io::ErrorKind::AlreadyExists => Self::find(None, file, false),
            Err(cause) => Err(KeyFault::file(file, cause)),
        }
    }
}

fn read(text: &str) -> Option<SealKey> {
    SealKey::from_bytes(&hex::decode(text.trim()).ok()?)
}

/// Writes a file that nobody else may read, whole or not at all, and only if none bears its name.
pub(super) fn write_new(file: &Path, content: &[u8]) -> std::io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let arriving = folder.join(format!(".arriving-{}", uuid::Uuid::new_v4().simple()));
    let written = fill(&arriving, content).and_then(|()| std::fs::hard_link(&arriving, file));
    let _ = std::fs::remove_file(&arriving);
    written?;
    std::fs::File::open(folder)?.sync_all()
}

/// Puts a file in the place of another, whole or not at all.
pub(super) fn replace(file: &Path, content: &[u8]) -> std::io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    let arriving = folder.join(format!(".arriving-{}", uuid::Uuid::new_v4().simple()));
    fill(&arriving, content)?;
    std::fs::rename(&arriving, file)?;
    std::fs::File::open(folder)?.sync_all()
}

fn fill(file: &Path, content: &[u8]) -> std::io::Result<()> {
    let mut open = std::fs::OpenOptions::new().write(true).create_new(true).mode(MODE).open(file)?;
    open.write_all(content)?;
    open.sync_all()
}

/// Says so when others may read a secret; a mounted secret may have its reasons, so it is used all the same.
fn warn_if_open(file: &Path) {
    if let Ok(found) = std::fs::metadata(file)
        && found.permissions().mode() & 0o077 != 0
    {
        tracing::warn!(file = %file.display(), "others may read the master key; make it mode 0600");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_start_makes_the_file_and_later_ones_read_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("keys").join(FILE);
        let first = Master::find(None, &file, true).unwrap();
        assert_eq!(first.made.as_deref(), Some(&*file));
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, MODE);
        let second = Master::find(None, &file, true).unwrap();
        assert!(second.made.is_none());
        assert_eq!(first.key.to_bytes(), second.key.to_bytes());
    }

    #[test]
    fn the_environment_goes_first_and_a_wrong_key_is_told_without_being_shown() {
        let file = Path::new("/nowhere/master.key");
        let master = Master::find(Some(&"0f".repeat(16)), file, false).unwrap();
        assert_eq!(master.key.to_bytes(), [0x0f; 16]);
        let fault = Master::find(Some("secret"), file, false).err().unwrap().to_string();
        assert!(fault.contains(VARIABLE) && !fault.contains("secret"), "{fault}");
    }

    #[test]
    fn where_keys_wait_for_it_no_new_one_is_made() {
        let folder = tempfile::tempdir().unwrap();
        let fault = Master::find(None, &folder.path().join(FILE), false).err().unwrap();
        assert!(matches!(fault, KeyFault::MasterMissing { .. }), "{fault}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
