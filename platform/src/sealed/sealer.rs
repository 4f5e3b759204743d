//! What seals and opens: the keys in force, kept ready, looked for again when the folder of the keys has changed.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use super::mark::Marker;
use super::text::{self, Parts};
use crate::clock::Clock;
use crate::config::Config;
use crate::fault::Fault;
use crate::vault::gcm::Cipher;
use crate::vault::{KeyId, Purpose, Vault};

/// A change of the folder younger than this may hide another one, because the file system counts time in steps.
const STEP: Duration = Duration::from_millis(50);

/// Seals and opens what the database keeps about persons. Cheap to clone; clones share the keys.
///
/// The key store is opened at the first use, so whoever never touches personal data needs no keys.
#[derive(Clone, Default)]
pub struct Sealer(Option<Arc<Inner>>);

struct Inner {
    place: Place,
    clock: Clock,
    vault: OnceLock<Vault>,
    /// Ready ciphers by key; a key's id cannot become another key's.
    ring: RwLock<HashMap<KeyId, Arc<Cipher>>>,
    in_force: Mutex<Option<Arc<InForce>>>,
    /// Values sealed, opened and marked since it was made.
    worked: [AtomicU64; 3],
}

/// How many values were sealed, opened and marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Worked {
    pub sealed: u64,
    pub opened: u64,
    pub marked: u64,
}

enum Place {
    Configured(Box<Config>),
    Folder(PathBuf),
}

/// The keys that count, as the folder had them.
struct InForce {
    folder: SystemTime,
    settled: bool,
    seal: KeyId,
    cipher: Arc<Cipher>,
    record: (KeyId, Arc<Cipher>),
    /// The newest first; older ones still find what they marked.
    markers: Vec<Marker>,
}

impl Sealer {
    /// With the key store of this configuration; keys it has to make bear this clock's time.
    pub fn of(config: &Config, clock: Clock) -> Self {
        Self::at(Place::Configured(Box::new(config.clone())), clock)
    }

    /// With the key store of this folder, its master key inside: for tests and tools.
    pub fn in_folder(folder: impl Into<PathBuf>) -> Self {
        Self::at(Place::Folder(folder.into()), Clock::System)
    }

    fn at(place: Place, clock: Clock) -> Self {
        let inner = Inner {
            place,
            clock,
            vault: OnceLock::new(),
            ring: RwLock::default(),
            in_force: Mutex::default(),
            worked: Default::default(),
        };
        Self(Some(Arc::new(inner)))
    }

    /// Whether it has a key store to go to.
    pub fn is_there(&self) -> bool {
        self.0.is_some()
    }

    /// How much it has done since it was made.
    pub fn worked(&self) -> Worked {
        let count = |at: usize| self.0.as_ref().map_or(0, |inner| inner.worked[at].load(Ordering::Relaxed));
        Worked { sealed: count(0), opened: count(1), marked: count(2) }
    }

    /// Seals a value for one place, `table.column/row`.
    ///
    /// # Errors
    /// [`Fault::Internal`] when the key store is not there or does not open.
    pub fn seal(&self, place: &str, plain: &str) -> Result<String, Fault> {
        let keys = self.inner()?.at_work(0).in_force()?;
        let (nonce, sealed) = keys.cipher.seal(plain.as_bytes(), place.as_bytes())?;
        Ok(text::write(keys.seal, &nonce, &sealed))
    }

    /// Opens what was sealed for this place. What is still in clear, from before columns were sealed, comes back as it is.
    ///
    /// # Errors
    /// [`Fault::Internal`] when its key is not there, or when it was changed or put into another place.
    pub fn open(&self, place: &str, text: String) -> Result<String, Fault> {
        let Some(Parts { key, nonce, sealed }) = text::read(&text) else { return Ok(text) };
        let plain = self.inner()?.at_work(1).cipher(key)?.open(&nonce, &sealed, place.as_bytes());
        let plain = plain.and_then(|plain| String::from_utf8(plain).ok());
        plain.ok_or_else(|| Fault::internal(format_args!("{place} does not open: it was changed, or moved here")))
    }

    /// As [`Sealer::seal`], for what goes into the journal, under the key that stays as long as the journal.
    pub fn seal_for_record(&self, place: &str, plain: &str) -> Result<String, Fault> {
        let keys = self.inner()?.at_work(0).in_force()?;
        let (nonce, sealed) = keys.record.1.seal(plain.as_bytes(), place.as_bytes())?;
        Ok(text::write(keys.record.0, &nonce, &sealed))
    }

    /// The mark of a tidied value in a column, `table.column`, under the key in force.
    pub fn mark(&self, column: &str, value: &str) -> Result<String, Fault> {
        let keys = self.inner()?.at_work(2).in_force()?;
        let marker = keys.markers.first().ok_or_else(|| Fault::internal("there is no key for blind indexes"))?;
        Ok(marker.mark(column, value))
    }

    /// All marks a value may have in a column: while marks are made anew, some rows still have the old one.
    pub fn marks(&self, column: &str, value: &str) -> Result<Vec<String>, Fault> {
        let keys = self.inner()?.in_force()?;
        Ok(keys.markers.iter().map(|marker| marker.mark(column, value)).collect())
    }

    /// The key that seals now, and the one that marks.
    pub fn in_force(&self) -> Result<(KeyId, KeyId), Fault> {
        let keys = self.inner()?.in_force()?;
        let marker = keys.markers.first().ok_or_else(|| Fault::internal("there is no key for blind indexes"))?;
        Ok((keys.seal, marker.id))
    }

    fn inner(&self) -> Result<&Inner, Fault> {
        self.0.as_deref().ok_or_else(|| Fault::internal("the database was opened without a key store"))
    }
}

impl Inner {
    fn vault(&self) -> Result<&Vault, Fault> {
        if let Some(vault) = self.vault.get() {
            return Ok(vault);
        }
        let vault = match &self.place {
            Place::Configured(config) => Vault::open(config)?,
            Place::Folder(folder) => Vault::open_at(folder, None, None)?,
        };
        Ok(self.vault.get_or_init(|| vault))
    }

    fn at_work(&self, what: usize) -> &Self {
        self.worked[what].fetch_add(1, Ordering::Relaxed);
        self
    }

    /// The keys that count now. Asking the folder for its time costs a microsecond; reading it, only after a change.
    fn in_force(&self) -> Result<Arc<InForce>, Fault> {
        let vault = self.vault()?;
        let folder = vault.changed_at()?;
        let mut known = self.lock();
        if let Some(keys) = known.as_ref().filter(|keys| keys.settled && keys.folder == folder) {
            return Ok(keys.clone());
        }
        let now = self.clock.now_utc();
        let seal = vault.secret(&Purpose::PersonalData, now)?;
        let record = vault.secret(&Purpose::JournalData, now)?;
        let newest = vault.secret(&Purpose::BlindIndex, now)?;
        let mut markers: Vec<Marker> = Marker::new(newest.id, &newest.bytes).into_iter().collect();
        for version in (1..newest.version).rev() {
            let older = vault.secret_version(&Purpose::BlindIndex, version)?;
            markers.extend(older.and_then(|older| Marker::new(older.id, &older.bytes)));
        }
        let cipher = self.keep(seal.id, &seal.bytes)?;
        let record = (record.id, self.keep(record.id, &record.bytes)?);
        // The folder may have been changed by the questions themselves.
        let folder = vault.changed_at()?;
        let settled = SystemTime::now().duration_since(folder).is_ok_and(|age| age > STEP);
        let keys = Arc::new(InForce { folder, settled, seal: seal.id, cipher, record, markers });
        *known = Some(keys.clone());
        Ok(keys)
    }

    fn cipher(&self, key: KeyId) -> Result<Arc<Cipher>, Fault> {
        let ring = self.ring.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(cipher) = ring.get(&key) {
            return Ok(cipher.clone());
        }
        drop(ring);
        let secret = self.vault()?.secret_of_id(key)?;
        let secret = secret.ok_or_else(|| Fault::internal(format_args!("key {key} is not in the key store")))?;
        self.keep(key, &secret.bytes)
    }

    fn keep(&self, key: KeyId, bytes: &[u8]) -> Result<Arc<Cipher>, Fault> {
        let mut ring = self.ring.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(cipher) = ring.get(&key) {
            return Ok(cipher.clone());
        }
        let cipher =
            Cipher::from_bytes(bytes).ok_or_else(|| Fault::internal(format_args!("key {key} seals nothing")))?;
        let cipher = Arc::new(cipher);
        ring.insert(key, cipher.clone());
        Ok(cipher)
    }

    fn lock(&self) -> MutexGuard<'_, Option<Arc<InForce>>> {
        self.in_force.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Sealer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealer")
    }
}
