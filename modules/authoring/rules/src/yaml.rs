//! A catalogue file as a value, and back. Only the top-level keys that change are written anew; every other line stays as
//! somebody wrote it, with its comments and its order.

mod entries;

pub use entries::{add, remove, set_in};

use catalog::diagnostic::{Report, SourceFile, has_errors};
use catalog::reader::{Node, Yaml, load};

/// A value of a file, without its places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Null,
    Scalar {
        text: String,
        /// Certainly a text: `"01"` is not `01`.
        quoted: bool,
    },
    List(Vec<Value>),
    Map(Vec<(String, Value)>),
}

impl Value {
    /// A text; quoted where it could be taken for something else.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        let quoted = looks_like_no_text(&text);
        Value::Scalar { text, quoted }
    }

    /// A number, a word of a vocabulary, yes or no.
    pub fn plain(text: impl Into<String>) -> Self {
        Value::Scalar { text: text.into(), quoted: false }
    }

    /// The characters of a scalar.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Scalar { text, .. } => Some(text),
            Value::Null | Value::List(_) | Value::Map(_) => None,
        }
    }

    /// The entries of a list; nothing where it is none.
    pub fn entries(&self) -> &[Value] {
        match self {
            Value::List(entries) => entries,
            Value::Null | Value::Scalar { .. } | Value::Map(_) => &[],
        }
    }

    /// The value of a key, where this is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Value::Map(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            Value::Null | Value::Scalar { .. } | Value::List(_) => None,
        }
    }

    /// The value at the end of a path with dots: `basis.law`.
    pub fn at(&self, path: &str) -> Option<&Value> {
        path.split('.').try_fold(self, |value, key| value.get(key)).filter(|value| **value != Value::Null)
    }

    /// Puts a value at the end of a path, or takes away what is there; maps that come to hold nothing go too.
    pub fn put(&mut self, path: &str, value: Option<Value>) {
        let (key, rest) = path.split_once('.').map_or((path, None), |(key, rest)| (key, Some(rest)));
        if !matches!(self, Value::Map(_)) {
            if value.is_none() {
                return;
            }
            *self = Value::Map(Vec::new());
        }
        let Value::Map(entries) = self else { return };
        let place = entries.iter().position(|(name, _)| name == key);
        let next = match (rest, value) {
            (None, value) => value,
            (Some(rest), value) => {
                let mut inner = place.map_or(Value::Null, |place| entries[place].1.clone());
                inner.put(rest, value);
                Some(inner).filter(|inner| *inner != Value::Null && *inner != Value::Map(Vec::new()))
            }
        };
        match (place, next) {
            (Some(place), Some(next)) => entries[place].1 = next,
            (Some(place), None) => drop(entries.remove(place)),
            (None, Some(next)) => entries.push((key.to_owned(), next)),
            (None, None) => {}
        }
    }
}

/// Reads a file; `None` where its YAML is broken, which the check says better.
pub fn read(text: &str) -> Option<Value> {
    let files = [SourceFile::new("items/one.yaml", text)];
    let mut report = Report::new(&files);
    let node = load(0, &mut report)?;
    (!has_errors(&report.finish())).then(|| value(&node))
}

fn value(node: &Node) -> Value {
    match &node.yaml {
        Yaml::Null => Value::Null,
        Yaml::Scalar { text, quoted } => Value::Scalar { text: text.to_string(), quoted: *quoted },
        Yaml::List(entries) => Value::List(entries.iter().map(value).collect()),
        Yaml::Map(entries) => {
            Value::Map(entries.iter().map(|(key, node)| (key.name.to_string(), value(node))).collect())
        }
    }
}

/// The text with another value under a top-level key; without the key where the value is nothing. The rest stays, letter by
/// letter.
pub fn set(text: &str, key: &str, value: &Value) -> String {
    let mut parts = parts(text, top_key);
    let written = if *value == Value::Null { String::new() } else { section(key, value) };
    match parts.iter_mut().find(|part| part.key.as_deref() == Some(key)) {
        Some(part) => part.body = written,
        None if written.is_empty() => {}
        None => {
            if let Some(last) = parts.last_mut().filter(|last| !last.body.is_empty() && !last.body.ends_with('\n')) {
                last.body.push('\n');
            }
            parts.push(Part { key: Some(key.to_owned()), lead: String::new(), body: written });
        }
    }
    parts.into_iter().map(|part| part.lead + &part.body).collect()
}

/// One top-level key, or one entry of a file that is a list, with what belongs to it.
struct Part {
    key: Option<String>,
    /// Blank lines and comments above it.
    lead: String,
    body: String,
}

/// The text in parts, each from a line that begins one; `begins` gives the name of what begins there.
fn parts(text: &str, begins: impl Fn(&str) -> Option<String>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    // Comments and blank lines belong to what follows them.
    let mut lead = String::new();
    for line in text.split_inclusive('\n') {
        let is_blank = line.trim().is_empty() || line.starts_with('#');
        match (begins(line), parts.last_mut()) {
            (Some(key), _) => {
                parts.push(Part { key: Some(key), lead: std::mem::take(&mut lead), body: line.to_owned() });
            }
            (None, _) if is_blank => lead.push_str(line),
            (None, Some(part)) => {
                part.body.push_str(&std::mem::take(&mut lead));
                part.body.push_str(line);
            }
            (None, None) => lead.push_str(line),
        }
    }
    if !lead.is_empty() {
        parts.push(Part { key: None, lead, body: String::new() });
    }
    parts
}

fn top_key(line: &str) -> Option<String> {
    let (key, rest) = line.split_once(':')?;
    let sound = key.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-'));
    let begins = key.starts_with(|letter: char| letter.is_ascii_alphabetic());
    let ends = rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r']);
    (sound && begins && ends).then(|| key.to_owned())
}

/// A key with its value as the house writes it: rows of a list one to a line.
fn section(key: &str, value: &Value) -> String {
    match value {
        Value::List(entries) if entries.iter().any(|entry| matches!(entry, Value::Map(_))) => {
            let rows = entries.iter().map(|entry| format!("  - {}\n", flow(entry)));
            format!("{key}:\n{}", rows.collect::<String>())
        }
        value => format!("{key}: {}\n", flow(value)),
    }
}

/// A value on one line.
pub fn flow(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Scalar { text, quoted } if *quoted || !is_plain(text) => in_quotes(text),
        Value::Scalar { text, .. } => text.clone(),
        Value::List(entries) => format!("[{}]", entries.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Value::Map(entries) => {
            let pairs = entries.iter().map(|(key, value)| format!("{key}: {}", flow(value)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
        }
    }
}

/// A new file of these keys.
pub fn file(entries: &[(String, Value)]) -> String {
    entries.iter().filter(|(_, value)| *value != Value::Null).map(|(key, value)| section(key, value)).collect()
}

/// Whether it may stand without quotes, also between brackets.
fn is_plain(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let begins_badly = "-?:,[]{}#&*!|>'\"%@`".contains(first) && !is_number(text);
    let within = text.chars().any(|letter| ",[]{}\"'\\#:".contains(letter) || letter.is_control());
    // A colon inside a text such as 0757:1 is no key, but nobody should have to know when.
    !begins_badly && !within && text.trim() == text
}

fn in_quotes(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => {}
            '\t' => out.push_str("\\t"),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}

/// Whether a text, written plainly, would be taken for a number, a yes or no, or nothing.
fn looks_like_no_text(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "true" | "false") || is_number(text)
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.starts_with(|letter: char| letter.is_ascii_digit())
        && digits.chars().all(|letter| letter.is_ascii_digit() || letter == '.')
}
