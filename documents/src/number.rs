//! 文号 (GB/T 9704-2012, 7.2.5): the authority's mark, the year in six-cornered brackets, the serial without zeros.

use std::fmt;

/// The number of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentNumber {
    /// 机关代字 with the word of the kind of document: 禅市监受.
    pub mark: String,
    pub year: i32,
    /// From 1, without gaps in its year.
    pub serial: u64,
}

impl fmt::Display for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\u{3014}{}\u{3015}{}号", self.mark, self.year, self.serial)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_have_six_corners_and_serials_no_zeros() {
        let number = DocumentNumber { mark: "禅市监受".into(), year: 2026, serial: 1 };
        assert_eq!(number.to_string(), "禅市监受〔2026〕1号");
        assert!(!number.to_string().contains(['[', '(', '第', '【']));
    }
}
