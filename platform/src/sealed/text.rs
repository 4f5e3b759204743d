//! How a sealed value is written: `sm4.KEY.NONCE‖CIPHER‖TAG`, the last part in base64 without padding.

use base64ct::{Base64UrlUnpadded, Encoding};

use crate::vault::KeyId;
use crate::vault::gcm::NONCE_BYTES;

/// Begins every sealed value.
const SCHEME: &str = "sm4.";
/// Bytes of the tag.
const TAG_BYTES: usize = 16;

/// A sealed value taken apart.
pub(super) struct Parts {
    pub(super) key: KeyId,
    pub(super) nonce: [u8; NONCE_BYTES],
    pub(super) sealed: Vec<u8>,
}

/// Puts it together.
pub(super) fn write(key: KeyId, nonce: &[u8; NONCE_BYTES], sealed: &[u8]) -> String {
    let mut bytes = Vec::with_capacity(NONCE_BYTES + sealed.len());
    bytes.extend_from_slice(nonce);
    bytes.extend_from_slice(sealed);
    format!("{SCHEME}{key}.{}", Base64UrlUnpadded::encode_string(&bytes))
}

/// Takes it apart; nothing when the text is not a sealed value.
pub(super) fn read(text: &str) -> Option<Parts> {
    let (key, rest) = text.strip_prefix(SCHEME)?.split_once('.')?;
    let key = key.parse().ok()?;
    let bytes = Base64UrlUnpadded::decode_vec(rest).ok()?;
    let (nonce, sealed) = bytes.split_at_checked(NONCE_BYTES)?;
    let nonce = nonce.try_into().ok()?;
    (sealed.len() >= TAG_BYTES).then(|| Parts { key, nonce, sealed: sealed.to_vec() })
}

/// Whether a text is a sealed value.
pub fn is_sealed(text: &str) -> bool {
    read(text).is_some()
}

/// The key a value was sealed with; nothing when it is in clear.
pub fn key_of(text: &str) -> Option<KeyId> {
    read(text).map(|parts| parts.key)
}

/// The beginning of everything sealed with this key, for `LIKE`.
pub(super) fn beginning(key: KeyId) -> String {
    format!("{SCHEME}{key}.")
}
