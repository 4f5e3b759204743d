//! The nation's identifiers, read strictly and never corrected in silence.
//!
//! `parse` answers whether the text *is* such a code. What is merely odd (an area code of a county
//! abolished long ago, a check character many issuers get wrong) is a warning: the law makes the
//! number valid, and turning a citizen away for it would be our fault.
//! Faults carry a stable code and facts; the words for people are in the text files of the doors.

mod check;
mod citizen_id;
mod credit_code;
mod fault;
pub mod iso7064;
mod licence_mark;
mod project_code;
mod region_code;

pub use check::{CodeCheck, CodeKind, check};
pub use citizen_id::{CitizenId, Sex};
pub use credit_code::CreditCode;
pub use fault::CodeFault;
pub use licence_mark::LicenceMark;
pub use project_code::ProjectCode;
pub use region_code::{RegionCode, RegionLevel};

/// Undoes what keyboards do to a code: full-width letters and digits, spaces anywhere, lower case.
///
/// Doors call this on what a person typed before `parse`; data read from other systems is parsed as it is,
/// because there a lower-case letter is a defect to report.
///
/// ```
/// assert_eq!(kernel::codes::tidy(" 110105 19491231 ００２x "), "11010519491231002X");
/// ```
pub fn tidy(typed: &str) -> String {
    let half_width = |letter: char| match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter),
        '—' | '–' => '-',
        _ => letter,
    };
    typed
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .map(half_width)
        .map(|letter| letter.to_ascii_uppercase())
        .collect()
}

/// What all codes share: text in, text out, `parse` as the only way in.
macro_rules! text_code {
    ($name:ident) => {
        impl $name {
            /// The code as text, in its canonical form.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::codes::CodeFault;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::codes::CodeFault;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(code: $name) -> Self {
                code.0
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(deserializer)?;
                Self::parse(&text).map_err(serde::de::Error::custom)
            }
        }
    };
}
use text_code;
