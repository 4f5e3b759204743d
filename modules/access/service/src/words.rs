//! Words for codes: what the rules say in codes, people read in sentences. Each module brings its `text/*.toml`.

use std::collections::BTreeMap;

use kernel::refusal::Refusal;

/// The words of all modules in one language. A world part; doors look codes up, rules never do.
#[derive(Debug, Clone, Default)]
pub struct Words {
    entries: BTreeMap<String, String>,
}

impl Words {
    /// Joins text files: nested tables become dotted keys. A file that is not TOML is a defect of the build.
    pub fn collect(files: &[&str]) -> Result<Words, toml::de::Error> {
        let mut words = Words::default();
        for file in files {
            words.take("", &toml::Value::Table(file.parse()?));
        }
        Ok(words)
    }

    fn take(&mut self, key: &str, value: &toml::Value) {
        match value {
            toml::Value::Table(table) => {
                for (name, inner) in table {
                    let key = if key.is_empty() { name.clone() } else { format!("{key}.{name}") };
                    self.take(&key, inner);
                }
            }
            toml::Value::String(text) => {
                self.entries.insert(key.to_owned(), text.clone());
            }
            other => {
                self.entries.insert(key.to_owned(), other.to_string());
            }
        }
    }

    /// Whether this key has words.
    pub fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// The words of a key; the key itself where somebody forgot them, so that a page never breaks over a word.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.entries.get(key).map_or(key, String::as_str)
    }

    /// The words with `{name}` replaced by facts.
    pub fn fill(&self, key: &str, facts: &BTreeMap<String, String>) -> String {
        let mut text = self.get(key).to_owned();
        for (name, value) in facts {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }

    /// The sentence of a refusal.
    pub fn refusal(&self, refusal: &Refusal) -> String {
        self.fill(&format!("refusal.{}", refusal.code), &refusal.facts)
    }

    /// What can be done instead.
    pub fn next(&self, refusal: &Refusal) -> String {
        self.fill(&format!("next.{}", refusal.next), &refusal.facts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_by_dotted_key_and_filled_with_facts() {
        let words =
            Words::collect(&["[refusal]\n\"access.locked\" = \"请在 {until} 后再试\"\n[next]\nwait = \"请稍候\""])
                .unwrap();
        let refusal = Refusal::new("access.locked", "wait").fact("until", "10:15");
        assert_eq!(words.refusal(&refusal), "请在 10:15 后再试");
        assert_eq!(words.next(&refusal), "请稍候");
        assert_eq!(words.get("refusal.unknown"), "refusal.unknown");
    }
}
