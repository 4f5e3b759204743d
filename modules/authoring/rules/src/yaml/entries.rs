//! A file that is a list of records: one of them is written anew, added or taken away, and the others stay letter by letter.

use super::{Value, file, parts, read, set, top_key};

/// The text with another value under a key of the entry at that place; without the key where the value is nothing.
pub fn set_in(text: &str, at: usize, key: &str, value: &Value) -> String {
    let mut parts = parts(text, begins);
    if let Some(part) = parts.iter_mut().filter(|part| part.key.is_some()).nth(at) {
        part.body = indented(&set(&outdented(&part.body), key, value));
    }
    parts.into_iter().map(|part| part.lead + &part.body).collect()
}

/// The text with one more entry at its end.
pub fn add(text: &str, entries: &[(String, Value)]) -> String {
    let mut text = text.to_owned();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text + &indented(&file(entries))
}

/// The text without the entry at that place. Comments above it stay: they may be the heading of what follows.
pub fn remove(text: &str, at: usize) -> String {
    let mut parts = parts(text, begins);
    let places: Vec<usize> = (0..parts.len()).filter(|place| parts[*place].key.is_some()).collect();
    let Some(&place) = places.get(at) else { return text.to_owned() };
    let gone = parts.remove(place);
    if gone.lead.contains('#') {
        match parts.get_mut(place) {
            Some(next) => next.lead = gone.lead.trim_end_matches('\n').to_owned() + "\n" + next.lead.trim_start(),
            None => parts.push(super::Part { key: None, lead: gone.lead, body: String::new() }),
        }
    }
    parts.into_iter().map(|part| part.lead + &part.body).collect()
}

/// An entry begins with a dash at the start of its line.
fn begins(line: &str) -> Option<String> {
    let rest = line.strip_prefix('-')?;
    (rest.trim().is_empty() || rest.starts_with(' ')).then(String::new)
}

/// An entry as a file of its own; one that is not written key by key is written anew.
fn outdented(body: &str) -> String {
    let dash = 1 + body.bytes().skip(1).take_while(|byte| *byte == b' ').count();
    let line = |(number, line): (usize, &str)| {
        let blanks = line.bytes().take_while(|byte| *byte == b' ').count();
        line[if number == 0 { dash } else { blanks.min(dash) }..].to_owned()
    };
    let text: String = body.split_inclusive('\n').enumerate().map(line).collect();
    if text.lines().next().and_then(top_key).is_some() {
        return text;
    }
    match read(body) {
        Some(Value::List(entries)) => match entries.first() {
            Some(Value::Map(keys)) => file(keys),
            _ => text,
        },
        _ => text,
    }
}

fn indented(text: &str) -> String {
    let line = |(number, line): (usize, &str)| match number {
        0 => format!("- {line}"),
        _ if line.trim().is_empty() => line.to_owned(),
        _ => format!("  {line}"),
    };
    text.split_inclusive('\n').enumerate().map(line).collect()
}
