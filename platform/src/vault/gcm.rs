//! SM4-GCM (GB/T 32907, RFC 8998): what is sealed can be read only with the key, and not be changed without being told.

use aes_gcm::aead::array::Array;
use aes_gcm::aead::consts::U12;
use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{AesGcm, KeyInit};
use rand::TryRng;
use rand::rngs::SysRng;

use super::KeyFault;

/// The library's GCM works over any cipher of sixteen bytes; its name tells of the first it was made for.
type Sm4Gcm = AesGcm<sm4::Sm4, U12>;

/// Bytes of a key.
pub const KEY_BYTES: usize = 16;
/// Bytes of the number used once.
pub const NONCE_BYTES: usize = 12;

/// A key to seal with. Its number used once is random, so one key seals at most 2³² times (NIST SP 800-38D).
#[derive(Clone)]
pub struct SealKey([u8; KEY_BYTES]);

impl SealKey {
    /// A new key from the machine's own source of randomness.
    pub fn generate() -> Result<Self, KeyFault> {
        let mut bytes = [0; KEY_BYTES];
        SysRng.try_fill_bytes(&mut bytes).map_err(|_| KeyFault::NoRandomness)?;
        Ok(Self(bytes))
    }

    /// The key of these bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The bytes of the key.
    pub fn to_bytes(&self) -> [u8; KEY_BYTES] {
        self.0
    }

    /// Seals; `with` is not hidden, but what was sealed with something else does not open. Gives number and sealed bytes,
    /// the tag at their end.
    pub fn seal(&self, plain: &[u8], with: &[u8]) -> Result<([u8; NONCE_BYTES], Vec<u8>), KeyFault> {
        let mut nonce = [0; NONCE_BYTES];
        SysRng.try_fill_bytes(&mut nonce).map_err(|_| KeyFault::NoRandomness)?;
        let sealed = self.seal_at(&nonce, plain, with).ok_or(KeyFault::TooLong)?;
        Ok((nonce, sealed))
    }

    fn seal_at(&self, nonce: &[u8; NONCE_BYTES], plain: &[u8], with: &[u8]) -> Option<Vec<u8>> {
        self.cipher().encrypt(&Array(*nonce), Payload { msg: plain, aad: with }).ok()
    }

    /// Opens what was sealed with this key and with the same `with`; nothing otherwise.
    pub fn open(&self, nonce: &[u8], sealed: &[u8], with: &[u8]) -> Option<Vec<u8>> {
        let nonce: [u8; NONCE_BYTES] = nonce.try_into().ok()?;
        self.cipher().decrypt(&Array(nonce), Payload { msg: sealed, aad: with }).ok()
    }

    fn cipher(&self) -> Sm4Gcm {
        Sm4Gcm::new(&Array(self.0))
    }
}

/// A key made ready once, for whoever seals many things with it.
pub struct Cipher(Sm4Gcm);

impl Cipher {
    /// The key of these bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        SealKey::from_bytes(bytes).map(|key| Self(key.cipher()))
    }

    /// As [`SealKey::seal`].
    pub fn seal(&self, plain: &[u8], with: &[u8]) -> Result<([u8; NONCE_BYTES], Vec<u8>), KeyFault> {
        let mut nonce = [0; NONCE_BYTES];
        SysRng.try_fill_bytes(&mut nonce).map_err(|_| KeyFault::NoRandomness)?;
        let sealed = self.0.encrypt(&Array(nonce), Payload { msg: plain, aad: with }).map_err(|_| KeyFault::TooLong)?;
        Ok((nonce, sealed))
    }

    /// As [`Cipher::seal`], with a number the caller never uses twice under this key.
    pub fn seal_at(&self, nonce: &[u8; NONCE_BYTES], plain: &[u8], with: &[u8]) -> Result<Vec<u8>, KeyFault> {
        self.0.encrypt(&Array(*nonce), Payload { msg: plain, aad: with }).map_err(|_| KeyFault::TooLong)
    }

    /// As [`SealKey::open`].
    pub fn open(&self, nonce: &[u8; NONCE_BYTES], sealed: &[u8], with: &[u8]) -> Option<Vec<u8>> {
        self.0.decrypt(&Array(*nonce), Payload { msg: sealed, aad: with }).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8998 appendix A.1.
    #[test]
    fn the_example_of_rfc_8998_comes_out() {
        let bytes = |text: &str| hex::decode(text).unwrap();
        let key = SealKey::from_bytes(&bytes("0123456789abcdeffedcba9876543210")).unwrap();
        let nonce: [u8; NONCE_BYTES] = bytes("00001234567800000000abcd").try_into().unwrap();
        let with = bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2");
        let plain = bytes(
            "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd\
             eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa",
        );
        let sealed = key.seal_at(&nonce, &plain, &with).unwrap();
        let expected = "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735\
                        d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d\
                        83de3541e4c2b58177e065a9bf7b62ec";
        assert_eq!(hex::encode(&sealed), expected);
        assert_eq!(key.open(&nonce, &sealed, &with).unwrap(), plain);
    }

    #[test]
    fn what_was_changed_does_not_open() {
        let key = SealKey::generate().unwrap();
        let (nonce, sealed) = key.seal(b"secret", b"with").unwrap();
        assert_eq!(key.open(&nonce, &sealed, b"with").unwrap(), b"secret");
        assert!(key.open(&nonce, &sealed, b"without").is_none());
        assert!(SealKey::generate().unwrap().open(&nonce, &sealed, b"with").is_none());
        for at in 0..sealed.len() {
            let mut other = sealed.clone();
            other[at] ^= 1;
            assert!(key.open(&nonce, &other, b"with").is_none(), "byte {at}");
        }
        assert_ne!(key.seal(b"secret", b"with").unwrap().0, nonce, "a number is used once");
    }
}
