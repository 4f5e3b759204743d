//! A posted form as it came: names with their texts, kept to be shown again.

use serde::Deserialize;

/// Names and texts in the order of the page; a name may come more than once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Sheet(Vec<(String, String)>);

/// Fields every form carries; they are made anew whenever a page is shown.
const MACHINERY: [&str; 3] = ["_csrf", "_key", "_confirmed"];

impl Sheet {
    /// The first text of that name, without blanks around it; empty when there is none.
    pub fn one(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, text)| text.trim())
    }

    /// Whether the form had a field of that name.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }

    /// All texts of that name.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(key, _)| key == name).map(|(_, text)| text.as_str()).collect()
    }

    /// Everything the officer entered, to be carried in hidden fields.
    pub fn entered(&self) -> Vec<(String, String)> {
        self.0.iter().filter(|(name, _)| !MACHINERY.contains(&name.as_str())).cloned().collect()
    }
}

impl From<Vec<(String, String)>> for Sheet {
    fn from(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_entered_is_kept_and_the_machinery_is_not() {
        let pairs = [("_csrf", "t"), ("_seen", "in-review"), ("pick", "a"), ("pick", "b"), ("reason", " 缺页 ")];
        let sheet = Sheet::from(pairs.map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec());
        assert_eq!((sheet.one("reason"), sheet.one("gone")), ("缺页", ""));
        assert_eq!(sheet.all("pick"), ["a", "b"]);
        assert_eq!(
            sheet.entered().iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
            ["_seen", "pick", "pick", "reason"]
        );
    }
}
