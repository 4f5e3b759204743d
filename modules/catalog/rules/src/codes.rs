//! The table of all diagnostic codes. A code never changes its meaning; a rule that is dropped leaves its number unused.
//!
//! E00 reading · E01 references · E02 conditions · E03 items and what surrounds them · E04 law and codes · E06
//! delegations. The crate `themes` keeps its own table from E0500 on. `W` marks a warning.

mod conditions;
mod delegations;
mod items;
mod law;
mod reading;
mod references;

use crate::diagnostic::Severity;

pub use conditions::*;
pub use delegations::*;
pub use items::*;
pub use law::*;
pub use reading::*;
pub use references::*;

/// One code.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// Such as `E0101`.
    pub id: &'static str,
    pub severity: Severity,
    /// What kind of fault it is, in a few words.
    pub title: &'static str,
    /// Why it matters, with the law or standard behind it.
    pub why: &'static str,
    /// How to mend it, in general.
    pub mend: &'static str,
}

impl Code {
    /// An error.
    pub const fn error(id: &'static str, title: &'static str, why: &'static str, mend: &'static str) -> Self {
        Self { id, severity: Severity::Error, title, why, mend }
    }

    /// A warning.
    pub const fn warning(id: &'static str, title: &'static str, why: &'static str, mend: &'static str) -> Self {
        Self { id, severity: Severity::Warning, title, why, mend }
    }

    /// The code in full, for `check --explain`.
    pub fn explain(&self) -> String {
        let severity = match self.severity {
            Severity::Error => "错误",
            Severity::Warning => "提醒",
        };
        format!("{}（{severity}）{}\n\n为什么：{}\n怎么改：{}\n", self.id, self.title, self.why, self.mend)
    }
}

/// Declares constants and the list of them, so that no code is left out of the table.
#[macro_export]
macro_rules! code_table {
    ($list:ident: $($name:ident = $make:ident($id:literal, $title:literal, $why:literal, $mend:literal);)*) => {
        $(#[doc = $title] pub const $name: $crate::codes::Code = $crate::codes::Code::$make($id, $title, $why, $mend);)*
        pub(super) const $list: &[&$crate::codes::Code] = &[$(&$name),*];
    };
}
use crate::code_table;

/// All codes of this crate, by number.
pub fn all() -> impl Iterator<Item = &'static Code> {
    let lists = [READING, REFERENCES, CONDITIONS, ITEMS, LAW, DELEGATIONS];
    lists.into_iter().flatten().copied()
}

/// The code of that id, in full; None when there is none.
pub fn explain(id: &str) -> Option<String> {
    explain_among(all(), id)
}

/// The code of that id among these, in full: for the crates that have codes of their own.
pub fn explain_among(mut codes: impl Iterator<Item = &'static Code>, id: &str) -> Option<String> {
    codes.find(|code| code.id.eq_ignore_ascii_case(id.trim())).map(Code::explain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_there_once_in_order_and_says_everything() {
        let codes: Vec<_> = all().collect();
        let numbers: Vec<_> = codes.iter().map(|code| &code.id[1..]).collect();
        let mut sorted = numbers.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(numbers, sorted);
        for code in codes {
            let letter = if code.severity == Severity::Error { "E" } else { "W" };
            assert!(code.id.starts_with(letter) && code.id.len() == 5, "{}", code.id);
            assert!(!code.title.is_empty() && !code.why.is_empty() && !code.mend.is_empty(), "{}", code.id);
        }
    }

    #[test]
    fn a_code_is_explained_however_it_is_typed() {
        assert!(explain(" e0101 ").is_some_and(|text| text.contains("实施机关")));
        assert_eq!(explain("E9999"), None);
    }
}
