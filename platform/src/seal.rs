//! The seal of an authority on a file (电子印章): an SM2 signature inside the PDF that finds every changed byte.
//!
//! The file carries a signature dictionary whose `/ByteRange` covers all of it but the signature itself; the signature is a
//! SignedData after GM/T 0010 with the certificate of the authority's key, which the root of this installation's seals has
//! issued. There is one way to write such a file, and [`check`] refuses every other, so that nothing can be hidden where the
//! signature does not reach. Read [`Sealer`], then [`check`]; `certificate`, `signed_data` and `pdf` are the three layers.

use chrono::{DateTime, Utc};

use crate::fault::Fault;
use crate::vault::sm2::SignKey;
use crate::vault::{self, KeyId, Purpose};
use crate::world::World;

mod certificate;
mod check;
mod pdf;
mod signed_data;

pub use check::{Checked, SealedFile, check};

/// Why a file could not be sealed: a defect of ours, or of the press.
#[derive(Debug, thiserror::Error)]
pub enum SealFault {
    /// A structure could not be written or read.
    #[error("the signature could not be built: {0}")]
    Structure(String),
    /// The file is no PDF that can be added to.
    #[error("the file cannot be sealed: {0}")]
    File(String),
}

impl SealFault {
    fn structure(cause: impl std::fmt::Display) -> Self {
        Self::Structure(cause.to_string())
    }

    fn file(cause: impl std::fmt::Display) -> Self {
        Self::File(cause.to_string())
    }
}

impl From<SealFault> for Fault {
    fn from(fault: SealFault) -> Self {
        Fault::internal(fault)
    }
}

/// The key of an authority's seal with its certificate.
pub struct Sealer {
    /// The id of the key.
    pub key: KeyId,
    authority: String,
    name: String,
    sign: SignKey,
    certificate: Vec<u8>,
}

impl Sealer {
    /// The seal of this authority, made now where it has none; `name` is what the certificate calls it.
    ///
    /// Reads and may write files of the key store: call it outside of transactions.
    ///
    /// # Errors
    /// [`Fault::Internal`] when the key store is not there or does not open.
    pub async fn of(world: &World, authority: &str, name: &str) -> Result<Self, Fault> {
        let purpose = Purpose::Seal(authority.to_owned());
        let root = vault::signer(world, &Purpose::SealRoot).await?;
        let own = vault::signer(world, &purpose).await?;
        let made = vault::list(&world.config.key_folder()).map_err(Fault::from)?;
        let made = made.into_iter().find(|one| one.id == own.id).map_or_else(|| world.clock.now_utc(), |one| one.made);
        Ok(Self::made_of(&root.key, own.key, (authority, name), made)?)
    }

    fn made_of(
        root: &SignKey,
        own: SignKey,
        (authority, name): (&str, &str),
        made: DateTime<Utc>,
    ) -> Result<Self, SealFault> {
        let certificate = certificate::issue(root, &own.public(), (authority, name), made)?;
        Ok(Self {
            key: own.public().id(),
            authority: authority.to_owned(),
            name: name.to_owned(),
            sign: own,
            certificate,
        })
    }

    /// Whose it is.
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// Seals a PDF with a statement, which stands in the file and under the signature.
    ///
    /// # Errors
    /// [`SealFault`].
    pub fn seal(&self, file: &[u8], statement: &str, at: DateTime<Utc>) -> Result<Vec<u8>, SealFault> {
        let place = pdf::prepare(file, &pdf::Words { authority: &self.name, statement, at })?;
        let digest = place.digest();
        let signed = signed_data::sign(&self.certificate, &digest, at, |message| self.sign.sign(message))?;
        place.fill(&signed)
    }
}

#[cfg(test)]
mod tests;
