//! How a file lies on the disk: a head of fixed length, then the content in pieces, each sealed by itself, so that a file
//! of any length is written and read with the memory of one piece.
//!
//! ```text
//! yimen file 1 sm4.KEY.…    the file's own key, sealed under the key for personal data, filled up with blanks
//! piece ‖ tag               64 KiB and 16 bytes each; the last one shorter, and never missing
//! ```
//!
//! A piece's number used once is its place in the file and whether it is the last one, so pieces cannot be dropped, repeated
//! or put into another order unseen (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015). The file's own
//! key is bound to the file's address, so no file can be put into another one's place. Another key for personal data changes
//! the head only.

use kernel::id::BlobId;

use crate::fault::Fault;
use crate::sealed::{Sealer, key_of};
use crate::vault::KeyId;
use crate::vault::gcm::{Cipher, KEY_BYTES, NONCE_BYTES, SealKey};

/// Bytes of the head.
pub(super) const HEAD: usize = 256;
/// Bytes of content in a piece, and of a piece as it lies on the disk.
pub(super) const PIECE: usize = 64 * 1024;
pub(super) const SEALED_PIECE: usize = PIECE + TAG;
const TAG: usize = 16;
/// Begins every sealed file. No kind of file that may be handed in begins like this.
const MARK: &str = "yimen file 1 ";

/// A file's own key, which seals its pieces.
pub(super) struct FileKey {
    key: [u8; KEY_BYTES],
    cipher: Cipher,
}

impl FileKey {
    /// A new one.
    pub(super) fn generate() -> Result<Self, Fault> {
        Self::of(&SealKey::generate()?.to_bytes()).ok_or_else(|| Fault::internal("a new key is no key"))
    }

    fn of(bytes: &[u8]) -> Option<Self> {
        Some(Self { key: bytes.try_into().ok()?, cipher: Cipher::from_bytes(bytes)? })
    }

    /// The head of a file of this address.
    pub(super) fn head(&self, sealer: &Sealer, id: &BlobId) -> Result<Vec<u8>, Fault> {
        write(&sealer.seal(&place(id), &hex::encode(self.key))?)
    }

    /// The key in the head of a file of this address.
    pub(super) fn read(sealer: &Sealer, id: &BlobId, head: &[u8]) -> Result<Self, Fault> {
        let opened = sealer.open(&place(id), sealed_key(head).ok_or_else(|| broken(id))?.to_owned())?;
        let key = hex::decode(opened).ok().and_then(|key| Self::of(&key));
        key.ok_or_else(|| broken(id))
    }

    pub(super) fn seal(&self, number: u32, is_last: bool, plain: &[u8]) -> Result<Vec<u8>, Fault> {
        Ok(self.cipher.seal_at(&nonce(number, is_last), plain, &[])?)
    }

    /// Nothing when it is not the piece that was written there.
    pub(super) fn open(&self, number: u32, is_last: bool, sealed: &[u8]) -> Option<Vec<u8>> {
        self.cipher.open(&nonce(number, is_last), sealed, &[])
    }
}

/// Whether a file that begins like this is sealed; one that was kept before files were is not.
pub(super) fn is_sealed(head: &[u8]) -> bool {
    head.starts_with(MARK.as_bytes())
}

/// The key for personal data under which a head was made.
pub(super) fn key_of_head(head: &[u8]) -> Option<KeyId> {
    key_of(sealed_key(head)?)
}

/// The length of the content of a file of which so many bytes lie on the disk.
pub(super) fn plain_len(on_disk: u64) -> u64 {
    let body = on_disk.saturating_sub(HEAD as u64);
    body.saturating_sub(body.div_ceil(SEALED_PIECE as u64) * TAG as u64)
}

/// What is said of a file whose key does not open.
fn broken(id: &BlobId) -> Fault {
    Fault::internal(format_args!("file {id} does not open: it was changed, or moved there"))
}

fn place(id: &BlobId) -> String {
    format!("blobs/{id}")
}

fn write(sealed_key: &str) -> Result<Vec<u8>, Fault> {
    let mut head = [MARK, sealed_key].concat().into_bytes();
    if head.len() >= HEAD {
        return Err(Fault::internal("the head of a file is too long"));
    }
    head.resize(HEAD - 1, b' ');
    head.push(b'\n');
    Ok(head)
}

fn sealed_key(head: &[u8]) -> Option<&str> {
    std::str::from_utf8(head).ok()?.strip_prefix(MARK).map(str::trim_end)
}

/// Its first seven bytes are nothing: a key seals one file.
fn nonce(number: u32, is_last: bool) -> [u8; NONCE_BYTES] {
    let mut nonce = [0; NONCE_BYTES];
    nonce[7..11].copy_from_slice(&number.to_be_bytes());
    nonce[11] = u8::from(is_last);
    nonce
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_of_the_content_follows_from_that_on_the_disk() {
        for plain in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 7] {
            let pieces = plain.div_ceil(PIECE).max(1);
            assert_eq!(plain_len((HEAD + plain + pieces * TAG) as u64), plain as u64, "{plain}");
        }
    }

    #[test]
    fn a_piece_opens_in_its_place_only() {
        let key = FileKey::generate().unwrap();
        let sealed = key.seal(3, false, b"piece").unwrap();
        assert_eq!(key.open(3, false, &sealed).unwrap(), b"piece");
        assert!(key.open(4, false, &sealed).is_none());
        assert!(key.open(3, true, &sealed).is_none());
    }
}
