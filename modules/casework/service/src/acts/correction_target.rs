//! What a correction asks to mend: a paper of the application, or a field of its form.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::PaperId;

/// A paper or a field.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CorrectionTarget {
    Paper(PaperId),
    /// By element code.
    Field(String),
}

impl CorrectionTarget {
    /// Reads what [`Display`](fmt::Display) writes: `paper:…` or `field:…`, the id of a line of the notice.
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once(':')? {
            ("paper", id) => id.parse().ok().map(Self::Paper),
            ("field", element) => Some(Self::Field(element.to_owned())),
            _ => None,
        }
    }
}

impl fmt::Display for CorrectionTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Paper(id) => write!(f, "paper:{id}"),
            Self::Field(element) => write!(f, "field:{element}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_comes_back_from_its_text() {
        let paper = CorrectionTarget::Paper("01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap());
        for target in [paper, CorrectionTarget::Field("op_name".into())] {
            assert_eq!(CorrectionTarget::parse(&target.to_string()), Some(target));
        }
        assert_eq!(CorrectionTarget::parse("paper:7"), None);
        assert_eq!(CorrectionTarget::parse("op_name"), None);
    }
}
