//! SM2 signatures (GB/T 32918.2, GM/T 0003.2) over SM3, with the user id that GM/T 0009 gives to those who agree on none.
//!
//! A signature travels as GM/T 0009 has it: DER of `SEQUENCE { r INTEGER, s INTEGER }`; a public key as the 65 bytes
//! `04 ‖ x ‖ y`. Any tool that knows SM2 can check them.

use rand::TryRng;
use rand::rngs::SysRng;
use sm2::dsa::signature::{Signer, Verifier};
use sm2::dsa::{Signature, SigningKey, VerifyingKey};
use sm2::pkcs8::{EncodePublicKey, LineEnding};
use sm3::{Digest, Sm3};

use super::{KeyFault, KeyId};

/// The user id that goes into every signature.
pub const USER_ID: &str = "1234567812345678";
/// Bytes of a public key.
pub const POINT_BYTES: usize = 65;

/// A key to sign with.
#[derive(Clone)]
pub struct SignKey(SigningKey);

impl SignKey {
    /// A new key from the machine's own source of randomness.
    pub fn generate() -> Result<Self, KeyFault> {
        loop {
            let mut bytes = [0; 32];
            SysRng.try_fill_bytes(&mut bytes).map_err(|_| KeyFault::NoRandomness)?;
            // One in 2³² tries is not a number below the order of the curve.
            if let Some(key) = Self::from_bytes(&bytes) {
                return Ok(key);
            }
        }
    }

    /// The key with this secret number.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        SigningKey::from_slice(USER_ID, bytes).ok().map(Self)
    }

    /// The secret number.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        self.0.to_bytes().to_vec()
    }

    /// What others check with.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().clone())
    }

    /// What others check with, as the library has it.
    pub(crate) fn verifying(&self) -> &VerifyingKey {
        self.0.verifying_key()
    }

    /// Signs; the same message has the same signature every time (RFC 6979).
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        let signature: Signature = self.0.sign(message);
        signature.to_der().as_bytes().to_vec()
    }
}

/// A key to check signatures with.
#[derive(Debug, Clone)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// The key at this point of the curve.
    pub fn from_point(point: &[u8]) -> Option<Self> {
        if point.len() != POINT_BYTES {
            return None;
        }
        VerifyingKey::from_sec1_bytes(USER_ID, point).ok().map(Self)
    }

    /// The key as the library has it.
    pub(crate) fn verifying(&self) -> &VerifyingKey {
        &self.0
    }

    /// `04 ‖ x ‖ y`.
    pub fn point(&self) -> Vec<u8> {
        self.0.to_sec1_bytes().to_vec()
    }

    /// Its name: it follows from the key, so nobody can give the name to another.
    pub fn id(&self) -> KeyId {
        KeyId::of(&Sm3::digest(self.point()))
    }

    /// Whether the signature is this key's over this message.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        // Only DER is read, so that a signature has one form.
        Signature::from_der(signature).is_ok_and(|signature| self.0.verify(message, &signature).is_ok())
    }

    /// As a PEM text, which OpenSSL and its like read.
    pub fn pem(&self) -> String {
        let key = sm2::PublicKey::from_affine(*self.0.as_affine());
        key.ok().and_then(|key| key.to_public_key_pem(LineEnding::LF).ok()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(hex: &str) -> Vec<u8> {
        hex::decode(hex).unwrap()
    }

    /// GB/T 32918.5-2017 annex A.2: the example of a signature on the recommended curve.
    #[test]
    fn the_standards_example_of_a_signature_is_accepted_and_only_it() {
        let key =
            SignKey::from_bytes(&bytes("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8")).unwrap();
        let point = "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020\
                     ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13";
        assert_eq!(hex::encode(key.public().point()), point);
        let numbers = "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3\
                       b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa";
        let signature = Signature::from_slice(&bytes(numbers)).unwrap().to_der().as_bytes().to_vec();
        let public = PublicKey::from_point(&bytes(point)).unwrap();
        assert!(public.verify(b"message digest", &signature));
        assert!(!public.verify(b"message digesT", &signature));
        for at in 0..signature.len() {
            let mut other = signature.clone();
            other[at] ^= 1;
            assert!(!public.verify(b"message digest", &other), "byte {at}");
        }
    }

    #[test]
    fn what_is_signed_is_accepted_by_that_key_and_by_no_other() {
        let (one, other) = (SignKey::generate().unwrap(), SignKey::generate().unwrap());
        let signature = one.sign(b"root");
        assert_eq!(signature, one.sign(b"root"));
        assert!(one.public().verify(b"root", &signature));
        assert!(!other.public().verify(b"root", &signature));
        assert_ne!(one.public().id(), other.public().id());
        assert_eq!(SignKey::from_bytes(&one.to_bytes()).unwrap().public().id(), one.public().id());
    }

    #[test]
    fn a_signature_has_one_form_only() {
        let key = SignKey::generate().unwrap();
        let signature = key.sign(b"root");
        assert_eq!((signature[0], usize::from(signature[1])), (0x30, signature.len() - 2));
        let accepted = |signature: &[u8]| key.public().verify(b"root", signature);
        assert!(!accepted(&[&signature[..], &[0]].concat()));
        assert!(!accepted(&signature[..signature.len() - 1]));
        let long_form = [&[0x30, 0x81], &signature[1..]].concat();
        assert!(!accepted(&long_form));
        assert!(!accepted(&[]));
    }
}
