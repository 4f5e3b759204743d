//! The key store: keys outside the database, each in a file of its own, sealed with SM4-GCM under a master key.
//!
//! A purpose has versions; the newest is in force unless it is revoked, and the others stay to check and to open what is
//! old. The folder is read at every question, so a key made or revoked by a command counts at once in a running server.
//! Start with [`Vault::open`] and [`signer`]; [`sm2`] and [`gcm`] are the ciphers, [`PublicKeyRecord`] is what outsiders get.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;
use sm3::{Digest, Sm3};

use crate::config::Config;
use crate::fault::Fault;
use crate::journal::{JournalEntry, named_chain};
use crate::world::World;

mod end;
mod file;
pub mod gcm;
mod id;
mod master;
mod public;
mod purpose;
pub mod sm2;

pub use end::Rewrapped;
pub use file::Revoked;
pub use id::{KeyId, NoKeyId};
pub use master::{VARIABLE as MASTER_KEY_VARIABLE, VARIABLE_NEXT as NEXT_MASTER_KEY_VARIABLE};
pub use public::{KeyRing, KeysFile, PublicKeyRecord, Standing};
pub use purpose::{Algorithm, NoPurpose, Purpose};

use file::KeyFile;
use gcm::SealKey;
use master::Master;
use sm2::SignKey;

/// Tries to make the next version while others do the same.
const RACES_MAX: u32 = 16;

/// Why a key could not be had.
#[derive(Debug, thiserror::Error)]
pub enum KeyFault {
    /// There are keys but not what opens them.
    #[error(
        "there are keys but no master key {}; put the backed-up one there, or its digits into {}",
        file.display(),
        master::VARIABLE
    )]
    MasterMissing {
        /// Where it was looked for.
        file: PathBuf,
    },
    /// The master key is no key.
    #[error("the master key in {place} must be 32 hexadecimal digits")]
    MasterForm {
        /// The variable or the file.
        place: String,
    },
    /// The master key is another one, or the file was changed.
    #[error("{} does not open: it was sealed under another master key, or was changed", file.display())]
    Sealed {
        /// The key's file.
        file: PathBuf,
    },
    /// A key's file is not what it should be.
    #[error("{} is no key: {cause}", file.display())]
    Form {
        /// The file.
        file: PathBuf,
        /// Why.
        cause: String,
    },
    /// A file cannot be read or written.
    #[error("{}: {cause}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// There is no key with this id.
    #[error("there is no key {0}")]
    Unknown(KeyId),
    /// It has been revoked before; a revocation is not changed.
    #[error("key {0} has been revoked already")]
    RevokedBefore(KeyId),
    /// The purpose has a key in force; a further one is made by rotation.
    #[error("{0} has a key in force; rotate it to get the next version")]
    MadeBefore(Purpose),
    /// The key seals or signs what is made now.
    #[error("key {0} is in force; rotate its purpose first")]
    InForce(KeyId),
    /// Its successor is so young that something under way may still be sealed with it.
    #[error("the key after {0} is younger than five minutes; what is under way may still use the old one")]
    TooSoon(KeyId),
    /// What it is for cannot be done again without it.
    #[error("key {0} stays: what it signed or sealed in the journal must be read as long as the journal is kept")]
    Stays(KeyId),
    /// Its secret is gone.
    #[error("key {0} has been destroyed already")]
    DestroyedBefore(KeyId),
    /// The master key is in the environment, so the next one must be too.
    #[error("the master key is in {}; put the next one into {}", master::VARIABLE, master::VARIABLE_NEXT)]
    NextMissing,
    /// The machine gives no random bytes.
    #[error("the machine gives no random numbers")]
    NoRandomness,
    /// More than SM4-GCM seals at once.
    #[error("too long to be sealed")]
    TooLong,
}

impl KeyFault {
    pub(crate) fn file(file: &Path, cause: std::io::Error) -> Self {
        Self::File { file: file.to_owned(), cause }
    }
}

impl From<KeyFault> for Fault {
    fn from(fault: KeyFault) -> Self {
        Fault::internal(format!("key store: {fault}"))
    }
}

/// The open key store.
pub struct Vault {
    folder: PathBuf,
    master: SealKey,
    made_master: Option<PathBuf>,
    /// Where the master key is read from when it is no longer the one of the opening.
    places: master::Places,
}

/// A key in force, ready to sign.
pub struct Signer {
    /// Its id.
    pub id: KeyId,
    /// Its version.
    pub version: u32,
    /// It.
    pub key: SignKey,
    /// It was made by this question.
    pub made: bool,
}

/// A secret to seal or hash with.
pub struct Secret {
    /// Its id.
    pub id: KeyId,
    /// Its version; what is sealed says which it was sealed with.
    pub version: u32,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// It was made by this question.
    pub made: bool,
}

impl Vault {
    /// Opens the folder of the configuration; makes folder and master key at the first start.
    ///
    /// # Errors
    /// [`KeyFault`], in words for the person who starts the server; a master key that does not fit is told here.
    pub fn open(config: &Config) -> Result<Self, KeyFault> {
        let (now, next) = (std::env::var(master::VARIABLE).ok(), std::env::var(master::VARIABLE_NEXT).ok());
        Self::open_with(&config.key_folder(), config.master_key_file.as_deref(), now.as_deref(), next)
    }

    /// As [`Vault::open`], with everything named: the folder, the file of the master key, its digits.
    pub fn open_at(folder: &Path, file: Option<&Path>, digits: Option<&str>) -> Result<Self, KeyFault> {
        Self::open_with(folder, file, digits, None)
    }

    fn open_with(
        folder: &Path,
        file: Option<&Path>,
        digits: Option<&str>,
        next_digits: Option<String>,
    ) -> Result<Self, KeyFault> {
        make_folder(folder).map_err(|cause| KeyFault::file(folder, cause))?;
        let keys = files(folder)?;
        let file = file.map_or_else(|| folder.join(master::FILE), Path::to_owned);
        let Master { key, made } = Master::find(digits, &file, keys.is_empty())?;
        let places = master::Places { file, in_file: digits.is_none(), next_digits };
        let vault = Self { folder: folder.to_owned(), master: key, made_master: made, places };
        keys.values().find(|one| one.destroyed.is_none()).map(|one| vault.secret_of(one)).transpose()?;
        Ok(vault)
    }

    /// The file of the master key, if it was made by this opening: somebody must be told to keep a copy.
    pub fn made_master(&self) -> Option<&Path> {
        self.made_master.as_deref()
    }

    /// What everybody may know about all keys, by purpose and version.
    pub fn list(&self) -> Result<Vec<PublicKeyRecord>, KeyFault> {
        list(&self.folder)
    }

    /// The key in force, made now if there is none.
    pub fn signer(&self, purpose: &Purpose, now: DateTime<Utc>) -> Result<Signer, KeyFault> {
        let (file, made) = self.in_force_or_made(purpose, now)?;
        let key = SignKey::from_bytes(&self.secret_of(&file)?).ok_or_else(|| self.broken(&file))?;
        Ok(Signer { id: file.id, version: file.version, key, made })
    }

    /// The secret in force, made now if there is none.
    pub fn secret(&self, purpose: &Purpose, now: DateTime<Utc>) -> Result<Secret, KeyFault> {
        let (file, made) = self.in_force_or_made(purpose, now)?;
        Ok(Secret { made, ..self.as_secret(&file)? })
    }

    /// The secret of a version, also of one that is no longer in force: what was sealed with it must still open.
    pub fn secret_version(&self, purpose: &Purpose, version: u32) -> Result<Option<Secret>, KeyFault> {
        let keys = files(&self.folder)?;
        let known = keys.get(&(purpose.clone(), version)).filter(|file| file.destroyed.is_none());
        known.map(|file| self.as_secret(file)).transpose()
    }

    /// The secret of this id, of whatever version; nothing when there is no such key, or it was destroyed.
    pub fn secret_of_id(&self, id: KeyId) -> Result<Option<Secret>, KeyFault> {
        let found = files(&self.folder)?.into_values().find(|file| file.id == id && file.destroyed.is_none());
        found.map(|file| self.as_secret(&file)).transpose()
    }

    /// When a key was last made, changed or taken away.
    pub fn changed_at(&self) -> Result<SystemTime, KeyFault> {
        let changed = std::fs::metadata(&self.folder).and_then(|folder| folder.modified());
        changed.map_err(|cause| KeyFault::file(&self.folder, cause))
    }

    /// Makes the first version.
    ///
    /// # Errors
    /// [`KeyFault::MadeBefore`] when a key is in force.
    pub fn make(&self, purpose: &Purpose, now: DateTime<Utc>) -> Result<PublicKeyRecord, KeyFault> {
        match self.in_force_or_made(purpose, now)? {
            (file, true) => Ok(public::record(&file)),
            (_, false) => Err(KeyFault::MadeBefore(purpose.clone())),
        }
    }

    /// Makes the next version, which is in force from now on.
    pub fn rotate(&self, purpose: &Purpose, now: DateTime<Utc>) -> Result<PublicKeyRecord, KeyFault> {
        for _ in 0..RACES_MAX {
            let last = files(&self.folder)?.keys().filter(|(of, _)| of == purpose).map(|(_, version)| *version).max();
            if let Some(file) = self.make_version(purpose, last.unwrap_or(0) + 1, now)? {
                return Ok(public::record(&file));
            }
        }
        Err(KeyFault::MadeBefore(purpose.clone()))
    }

    /// Revokes a key from a day on. If it was in force, an older version is not put in its place: the next use makes a new one.
    ///
    /// # Errors
    /// [`KeyFault::Unknown`], [`KeyFault::RevokedBefore`].
    pub fn revoke(&self, id: KeyId, day: NaiveDate, reason: &str) -> Result<PublicKeyRecord, KeyFault> {
        let found = files(&self.folder)?.into_values().find(|file| file.id == id);
        let mut file = found.ok_or(KeyFault::Unknown(id))?;
        if file.revoked.is_some() {
            return Err(KeyFault::RevokedBefore(id));
        }
        file.revoked = Some(Revoked { day, reason: reason.to_owned() });
        let path = self.path(&file.purpose, file.version);
        master::replace(&path, &file.text()).map_err(|cause| KeyFault::file(&path, cause))?;
        Ok(public::record(&file))
    }

    /// The newest version, unless it is revoked: an older one was left behind for a reason.
    fn in_force_or_made(&self, purpose: &Purpose, now: DateTime<Utc>) -> Result<(KeyFile, bool), KeyFault> {
        for _ in 0..RACES_MAX {
            let newest = files(&self.folder)?.into_values().rfind(|file| file.purpose == *purpose);
            let next = newest.as_ref().map_or(1, |file| file.version + 1);
            if let Some(file) = newest.filter(|file| file.revoked.is_none()) {
                return Ok((file, false));
            }
            if let Some(file) = self.make_version(purpose, next, now)? {
                return Ok((file, true));
            }
        }
        Err(KeyFault::MadeBefore(purpose.clone()))
    }

    /// Makes this version; nothing when another process was first.
    fn make_version(&self, purpose: &Purpose, version: u32, now: DateTime<Utc>) -> Result<Option<KeyFile>, KeyFault> {
        let (id, secret, point) = match purpose.algorithm() {
            Algorithm::Sm2 => {
                let key = SignKey::generate()?;
                (key.public().id(), key.to_bytes(), key.public().point())
            }
            Algorithm::Sm4 => symmetric(SealKey::generate()?.to_bytes().to_vec()),
            Algorithm::HmacSm3 => {
                let halves = [SealKey::generate()?.to_bytes(), SealKey::generate()?.to_bytes()];
                symmetric(halves.concat())
            }
        };
        let file = KeyFile::seal(&self.master, (purpose.clone(), version, id), now, &secret, point)?;
        let path = self.path(purpose, version);
        match master::write_new(&path, &file.text()) {
            Ok(()) => Ok(Some(file)),
            Err(cause) if cause.kind() == std::io::ErrorKind::AlreadyExists => Ok(None),
            Err(cause) => Err(KeyFault::file(&path, cause)),
        }
    }

    fn as_secret(&self, file: &KeyFile) -> Result<Secret, KeyFault> {
        Ok(Secret { id: file.id, version: file.version, bytes: self.secret_of(file)?, made: false })
    }

    fn secret_of(&self, file: &KeyFile) -> Result<Vec<u8>, KeyFault> {
        // Another process may be changing the master key at this moment, or have changed it.
        let opened = file.open(&self.master);
        let opened = opened.or_else(|| self.places.read().iter().find_map(|other| file.open(other)));
        opened.ok_or_else(|| self.broken(file))
    }

    fn broken(&self, file: &KeyFile) -> KeyFault {
        KeyFault::Sealed { file: self.path(&file.purpose, file.version) }
    }

    fn path(&self, purpose: &Purpose, version: u32) -> PathBuf {
        self.folder.join(format!("{}.{version}.json", purpose.file_stem()))
    }
}

/// A secret with the name that follows from it, which tells nothing about it.
fn symmetric(secret: Vec<u8>) -> (KeyId, Vec<u8>, Vec<u8>) {
    let id = KeyId::of(&Sm3::new().chain_update("yimen secret key 1\n").chain_update(&secret).finalize());
    (id, secret, Vec::new())
}

/// What everybody may know about the keys of a folder; needs no master key.
pub fn list(folder: &Path) -> Result<Vec<PublicKeyRecord>, KeyFault> {
    Ok(files(folder)?.values().map(public::record).collect())
}

/// All keys of the folder. A folder that is not there has none.
fn files(folder: &Path) -> Result<BTreeMap<(Purpose, u32), KeyFile>, KeyFault> {
    let mut keys = BTreeMap::new();
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(keys),
        Err(cause) => return Err(KeyFault::file(folder, cause)),
    };
    for entry in entries {
        let path = entry.map_err(|cause| KeyFault::file(folder, cause))?.path();
        let hidden = path.file_name().is_none_or(|name| name.as_encoded_bytes().starts_with(b"."));
        if !hidden && path.extension().is_some_and(|ending| ending == "json") {
            let key = KeyFile::read(&path)?;
            keys.insert((key.purpose.clone(), key.version), key);
        }
    }
    Ok(keys)
}

fn make_folder(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    if let Some(parent) = folder.parent() {
        std::fs::create_dir_all(parent)?;
    }
    match std::fs::DirBuilder::new().mode(0o700).create(folder) {
        Err(cause) if cause.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        made => made,
    }
}

/// The key to sign with for this purpose, made and put on the record if there is none.
///
/// # Errors
/// [`Fault::Internal`] when the key store is not there or does not open.
pub async fn signer(world: &World, purpose: &Purpose) -> Result<Signer, Fault> {
    let vault = world.parts.get::<Vault>().ok_or_else(|| Fault::internal("no key store was installed"))?;
    let signer = vault.signer(purpose, world.clock.now_utc())?;
    if signer.made {
        tracing::info!(%purpose, version = signer.version, id = %signer.id, "key made");
        let facts = json!({ "purpose": purpose, "version": signer.version });
        record(world, "system", "platform.key-made", signer.id, &facts).await?;
    }
    Ok(signer)
}

/// The secret in force for this purpose, made and put on the record if there is none: asked at a start, so that no act
/// has to make it.
///
/// # Errors
/// As [`signer`].
pub async fn secret(world: &World, purpose: &Purpose) -> Result<KeyId, Fault> {
    let vault = world.parts.get::<Vault>().ok_or_else(|| Fault::internal("no key store was installed"))?;
    let secret = vault.secret(purpose, world.clock.now_utc())?;
    if secret.made {
        tracing::info!(%purpose, version = secret.version, id = %secret.id, "key made");
        let facts = json!({ "purpose": purpose, "version": secret.version });
        record(world, "system", "platform.key-made", secret.id, &facts).await?;
    }
    Ok(secret.id)
}

/// Puts what was done to a key on the record.
pub async fn record(
    world: &World,
    actor: &str,
    act: &'static str,
    id: KeyId,
    facts: &serde_json::Value,
) -> Result<(), Fault> {
    let entry = JournalEntry::new(named_chain("keys"), actor, act, id).holding(facts);
    world
        .db
        .write(None, async |tx| {
            tx.record(entry.clone());
            Ok(())
        })
        .await
}

#[cfg(test)]
mod tests;
