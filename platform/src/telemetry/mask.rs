//! The last guard of the log: runs of digits that are a person's number are struck out.
//!
//! Names cannot be told from other words, so nothing that may hold one is handed to the log in the first place; this
//! is for what an engine or a library quotes in an error.

use std::borrow::Cow;
use std::io::{self, Stderr, Write};

use kernel::codes::CitizenId;

/// What stands in place of a number.
const STRUCK: &str = "***";

/// The text with citizen ids (18 characters with the right check) and mobile numbers (11 digits from 1) struck out.
pub fn mask(text: &str) -> Cow<'_, str> {
    let mut masked = String::new();
    let mut kept = 0;
    for (from, run) in runs(text) {
        if is_personal(run) {
            masked.push_str(&text[kept..from]);
            masked.push_str(STRUCK);
            kept = from + run.len();
        }
    }
    if kept == 0 {
        return Cow::Borrowed(text);
    }
    masked.push_str(&text[kept..]);
    Cow::Owned(masked)
}

fn is_personal(run: &str) -> bool {
    match run.len() {
        18 => CitizenId::parse(&run.to_ascii_uppercase()).is_ok(),
        11 => run.starts_with('1') && run.bytes().all(|byte| byte.is_ascii_digit()),
        _ => false,
    }
}

/// Runs of ASCII letters and digits, with their places; a number inside a longer word is none.
fn runs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let outside = |letter: char| !letter.is_ascii_alphanumeric();
    let start = text.as_ptr() as usize;
    text.split(outside).filter(|run| !run.is_empty()).map(move |run| (run.as_ptr() as usize - start, run))
}

/// A writer that masks what passes through it; the log hands over a line at a time.
pub struct Masked<W>(W);

impl Masked<Stderr> {
    /// To standard error.
    pub fn stderr() -> Self {
        Self(io::stderr())
    }
}

impl<W: Write> Write for Masked<W> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        match mask(&String::from_utf8_lossy(line)) {
            Cow::Borrowed(_) => self.0.write_all(line)?,
            Cow::Owned(masked) => self.0.write_all(masked.as_bytes())?,
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_persons_are_struck_out_and_others_stay() {
        assert_eq!(mask("key (110101199003070038) is there"), "key (***) is there");
        assert_eq!(mask("电话13800138000。id=11010519491231002x"), "电话***。id=***");
        for stays in [
            "440604012013 at 1764355262001004",
            "110101199003070039 fails its check",
            "f13800138000e is a word",
            "0190a8f2-13800138000a-7",
            "",
        ] {
            assert_eq!(mask(stays), stays);
        }
    }

    #[test]
    fn a_masked_line_reports_all_it_was_given_as_written() {
        let mut kept = Vec::new();
        let line = "at 13800138000\n".as_bytes();
        assert_eq!(Masked(&mut kept).write(line).unwrap(), line.len());
        assert_eq!(kept, b"at ***\n");
    }
}
