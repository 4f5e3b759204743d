//! What is wrong with a code: a stable name and the facts, never a sentence.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

/// A fault or a warning about a code, such as `citizen-id.check` or `credit-code.length`.
///
/// The facts never hold the whole number: faults end up in logs. Nor do they hold the check character
/// that would have been right for a citizen id or credit code, because a person who mistyped one digit
/// in the middle would "mend" the last one and become somebody else.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize, serde::Deserialize)]
pub struct CodeFault {
    /// Stable name, `kind.fault`; the key of the sentence in the text files.
    pub code: Cow<'static, str>,
    /// What the sentence fills in: lengths, positions (counted from 1), the character found.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<Cow<'static, str>, String>,
}

impl CodeFault {
    /// A fault without facts yet.
    pub fn new(code: &'static str) -> Self {
        Self { code: Cow::Borrowed(code), facts: BTreeMap::new() }
    }

    /// Adds one fact.
    pub fn fact(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.facts.insert(Cow::Borrowed(name), value.to_string());
        self
    }
}

impl fmt::Display for CodeFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.code)?;
        for (name, value) in &self.facts {
            write!(f, " {name}={value}")?;
        }
        Ok(())
    }
}

/// Refuses text of the wrong length, in characters.
pub(super) fn expect_length(text: &str, expected: usize, code: &'static str) -> Result<(), CodeFault> {
    let length = text.chars().count();
    if length == expected {
        return Ok(());
    }
    Err(CodeFault::new(code).fact("length", length).fact("expected", expected))
}

/// Refuses the first character that `allowed` does not accept, telling its position counted from 1.
pub(super) fn expect_characters(
    text: &str,
    code: &'static str,
    allowed: impl Fn(usize, char) -> bool,
) -> Result<(), CodeFault> {
    match text.chars().enumerate().find(|(index, letter)| !allowed(*index, *letter)) {
        None => Ok(()),
        Some((index, letter)) => Err(CodeFault::new(code).fact("position", index + 1).fact("found", letter)),
    }
}
