//! A licence as it is shown and kept: each showing has a code of its own, by which a stranger finds it in the register.

use chrono::{DateTime, Utc};
use kernel::id::{BlobId, LicenceId};
use rand::Rng;
use records::{CopyTerms, LicenceState};

kernel::typed_id! {
    /// One file of a licence: the original in one state, or one copy.
    pub CertificateId;
}

/// The original of a licence in one state, or a copy for a purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    pub id: CertificateId,
    pub licence: LicenceId,
    /// 查验码
    pub code: String,
    /// How the licence stood when it was made; in another state it is made anew.
    pub state: LicenceState,
    /// None of the original.
    pub copy: Option<CopyTerms>,
    pub made_at: DateTime<Utc>,
    pub made_by: String,
    /// The sealed file, once somebody has asked for it.
    pub blob: Option<BlobId>,
    /// Id of the key it is sealed with.
    pub key: Option<String>,
    pub sealed_at: Option<DateTime<Utc>>,
}

/// Letters of codes: 32 that are hard to mistake for each other.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Sixteen of them hold 80 bits: nobody guesses one.
const CODE_LENGTH: usize = 16;

/// A new code.
pub(crate) fn new_code() -> String {
    let mut bytes = [0_u8; CODE_LENGTH];
    rand::rng().fill_bytes(&mut bytes);
    bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte & 31)])).collect()
}

/// A code as somebody typed it from paper: capitals, without blanks and dashes, letters that are easily mistaken read as
/// the digits they look like.
pub(crate) fn typed_code(typed: &str) -> String {
    let letters = typed.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase());
    letters
        .map(|letter| match letter {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        assert_eq!(typed_code(" k7mp-x4qh 92td–3fwo "), "K7MPX4QH92TD3FW0");
        let code = new_code();
        assert_eq!((code.len(), typed_code(&code)), (CODE_LENGTH, code.clone()));
        assert_ne!(new_code(), code);
    }
}
