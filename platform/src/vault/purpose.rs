//! What a key is for, and which kind of key that needs.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What a key is for. A key made for one purpose does not open under another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Purpose {
    /// `journal-root`: signs the root of each day over all chains of the journal.
    JournalRoot,
    /// `seal/AUTHORITY`: signs the e-licences of an authority (电子印章).
    Seal(String),
    /// `seal-root`: issues the certificates of the authorities' seals.
    SealRoot,
    /// `personal-data`: seals columns with personal data.
    PersonalData,
    /// `journal-data`: seals what the journal says about persons. Its rows are never written again, so old versions stay.
    JournalData,
    /// `blind-index`: hashes values that are looked up without being readable.
    BlindIndex,
}

/// The kind of key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Algorithm {
    /// A pair to sign and to check with.
    #[serde(rename = "SM2")]
    Sm2,
    /// A key to seal with.
    #[serde(rename = "SM4")]
    Sm4,
    /// A key to hash with.
    #[serde(rename = "HMAC-SM3")]
    HmacSm3,
}

impl Algorithm {
    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sm2 => "SM2",
            Self::Sm4 => "SM4",
            Self::HmacSm3 => "HMAC-SM3",
        }
    }
}

/// No such purpose.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no purpose of a key; known: journal-root, seal-root, seal/AUTHORITY, personal-data, blind-index, journal-data"
)]
pub struct NoPurpose(String);

/// Letters of an authority's id at most.
const AUTHORITY_MAX: usize = 64;

impl Purpose {
    /// Which kind of key it needs.
    pub fn algorithm(&self) -> Algorithm {
        match self {
            Self::JournalRoot | Self::SealRoot | Self::Seal(_) => Algorithm::Sm2,
            Self::PersonalData | Self::JournalData => Algorithm::Sm4,
            Self::BlindIndex => Algorithm::HmacSm3,
        }
    }

    /// The beginning of its files' names.
    pub(super) fn file_stem(&self) -> String {
        self.to_string().replace('/', ".")
    }
}

impl fmt::Display for Purpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::JournalRoot => f.write_str("journal-root"),
            Self::SealRoot => f.write_str("seal-root"),
            Self::Seal(authority) => write!(f, "seal/{authority}"),
            Self::PersonalData => f.write_str("personal-data"),
            Self::JournalData => f.write_str("journal-data"),
            Self::BlindIndex => f.write_str("blind-index"),
        }
    }
}

impl FromStr for Purpose {
    type Err = NoPurpose;

    fn from_str(text: &str) -> Result<Self, NoPurpose> {
        match text {
            "journal-root" => Ok(Self::JournalRoot),
            "seal-root" => Ok(Self::SealRoot),
            "personal-data" => Ok(Self::PersonalData),
            "journal-data" => Ok(Self::JournalData),
            "blind-index" => Ok(Self::BlindIndex),
            _ => match text.strip_prefix("seal/") {
                Some(authority) if is_id(authority) => Ok(Self::Seal(authority.to_owned())),
                _ => Err(NoPurpose(text.to_owned())),
            },
        }
    }
}

/// An authority's id becomes part of a file's name, so it may not be a path.
fn is_id(text: &str) -> bool {
    let fits = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    !text.is_empty() && text.len() <= AUTHORITY_MAX && text.chars().all(fits)
}

impl From<Purpose> for String {
    fn from(purpose: Purpose) -> Self {
        purpose.to_string()
    }
}

impl TryFrom<String> for Purpose {
    type Error = NoPurpose;

    fn try_from(text: String) -> Result<Self, NoPurpose> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn purposes_are_written_and_read_and_no_other_name_is_taken() {
        let all =
            ["journal-root", "seal-root", "seal/market-chancheng", "personal-data", "blind-index", "journal-data"];
        for text in all {
            assert_eq!(text.parse::<Purpose>().unwrap().to_string(), text);
        }
        for text in ["", "seal", "seal/", "seal/../x", "seal/A", "journal-root ", "seal/a/b"] {
            assert!(text.parse::<Purpose>().is_err(), "{text:?}");
        }
        assert!("seal/".to_owned().parse::<Purpose>().unwrap_err().to_string().contains("journal-root"));
    }
}
