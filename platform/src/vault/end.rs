//! The end of keys: a secret taken away for good, and another master key over all of them.

use chrono::{DateTime, TimeDelta, Utc};

use super::{KeyFault, KeyFile, KeyId, PublicKeyRecord, Purpose, Vault, files, master, public};

/// A key that has a successor younger than this may still be used by what is under way.
const SETTLED: TimeDelta = TimeDelta::minutes(5);

/// What a change of the master key did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewrapped {
    /// Keys sealed under the new one.
    pub keys: usize,
    /// Whether the new one lies in the file now; otherwise the environment must be changed.
    pub in_file: bool,
}

impl Vault {
    /// Takes the secret of a superseded key away. Whoever calls has made sure that nothing is sealed with it any more
    /// ([`crate::sealed::uses`]); its name and times stay.
    ///
    /// # Errors
    /// [`KeyFault::Unknown`], [`KeyFault::DestroyedBefore`], [`KeyFault::InForce`], [`KeyFault::TooSoon`], [`KeyFault::Stays`].
    pub fn destroy(&self, id: KeyId, now: DateTime<Utc>) -> Result<PublicKeyRecord, KeyFault> {
        let mut file = self.may_be_destroyed(id, now)?;
        file.destroy(now);
        self.put(&file)?;
        Ok(public::record(&file))
    }

    /// The key, if it is one that may go.
    ///
    /// # Errors
    /// As [`Vault::destroy`].
    pub fn check_destroyable(&self, id: KeyId, now: DateTime<Utc>) -> Result<(), KeyFault> {
        self.may_be_destroyed(id, now).map(|_| ())
    }

    fn may_be_destroyed(&self, id: KeyId, now: DateTime<Utc>) -> Result<KeyFile, KeyFault> {
        let keys = files(&self.folder)?;
        let file = keys.values().find(|file| file.id == id).ok_or(KeyFault::Unknown(id))?.clone();
        if file.destroyed.is_some() {
            return Err(KeyFault::DestroyedBefore(id));
        }
        if !matches!(file.purpose, Purpose::PersonalData | Purpose::BlindIndex) {
            return Err(KeyFault::Stays(id));
        }
        let next = keys
            .values()
            .filter(|next| next.purpose == file.purpose && next.version > file.version)
            .min_by_key(|next| next.version);
        match next {
            None => Err(KeyFault::InForce(id)),
            Some(next) if now - next.made < SETTLED => Err(KeyFault::TooSoon(id)),
            Some(_) => Ok(file),
        }
    }

    /// Seals all keys under the next master key and puts it in the place of the old one. Broken off, it goes on where it
    /// stopped when it is called again; servers that run read both meanwhile.
    ///
    /// # Errors
    /// [`KeyFault::NextMissing`]; [`KeyFault::Sealed`] for a key that neither opens.
    pub fn rewrap(&self) -> Result<Rewrapped, KeyFault> {
        let next = self.places.next()?;
        let mut keys = 0;
        for mut file in files(&self.folder)?.into_values().filter(|file| file.destroyed.is_none()) {
            keys += 1;
            if file.open(&next).is_some() {
                continue;
            }
            file.reseal(&self.master, &next)?.ok_or_else(|| self.broken(&file))?;
            self.put(&file)?;
        }
        let in_file = self.places.in_file && self.places.next_digits.is_none();
        if in_file {
            let (from, to) = (self.places.next_file(), &self.places.file);
            std::fs::rename(&from, to).map_err(|cause| KeyFault::file(to, cause))?;
        }
        Ok(Rewrapped { keys, in_file })
    }

    fn put(&self, file: &KeyFile) -> Result<(), KeyFault> {
        let path = self.path(&file.purpose, file.version);
        master::replace(&path, &file.text()).map_err(|cause| KeyFault::file(&path, cause))
    }
}
