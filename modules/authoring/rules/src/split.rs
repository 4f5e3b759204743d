//! 拆分: one item becomes several, each of one situation, until nothing is left to split (最小颗粒化). The old one is cancelled and
//! keeps its code for ever; cases under it go on with the version they pinned.

use std::collections::{BTreeMap, BTreeSet};

use catalog::diagnostic::SourceFile;
use chrono::NaiveDate;
use kernel::refusal::Refusal;

use crate::candidate::{item_files, text_of};
use crate::subject::{Record, is_id};
use crate::yaml::{self, Value};

/// Most leaves of one split.
pub const LEAVES_MAX: usize = 6;

/// One of the new items.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Leaf {
    pub id: String,
    pub name: String,
    /// The situation in words: 适用情形.
    pub situation: String,
    /// The same as an expression.
    pub when: String,
    /// Ids of the rows of materials, codes of the elements it keeps.
    pub materials: BTreeSet<String>,
    pub fields: BTreeSet<String>,
}

/// What a split writes: path and text.
pub type Written = Vec<(String, String)>;

/// Splits the item; `files` are those of the candidate, `taken` are the codes that any item has or had.
///
/// # Errors
/// `authoring.split-few` with fewer than two leaves, `authoring.split-incomplete` where a leaf lacks id, name or situation,
/// `authoring.split-id-taken`, `authoring.no-serial-left`, `authoring.not-a-form` for an item that has no file of its own.
pub fn split(
    files: &[SourceFile],
    item: &str,
    leaves: &[Leaf],
    taken: &BTreeSet<String>,
    today: NaiveDate,
) -> Result<Written, Refusal> {
    let by_id = item_files(files);
    let not_a_form = || Refusal::new("authoring.not-a-form", "edit-text");
    let path = by_id.get(item).ok_or_else(not_a_form)?;
    let text = text_of(files, path).unwrap_or_default();
    let value = yaml::read(text).ok_or_else(not_a_form)?;
    if !(2..=LEAVES_MAX).contains(&leaves.len()) {
        return Err(Refusal::new("authoring.split-few", "add-leaf").fact("max", LEAVES_MAX));
    }
    let mut ids: BTreeSet<&str> = by_id.keys().map(String::as_str).collect();
    for leaf in leaves {
        let said = [&leaf.id, &leaf.name, &leaf.situation, &leaf.when];
        if said.iter().any(|text| text.trim().is_empty()) || !is_id(&leaf.id) {
            return Err(Refusal::new("authoring.split-incomplete", "fill-leaf"));
        }
        if !ids.insert(&leaf.id) {
            return Err(Refusal::new("authoring.split-id-taken", "fill-leaf").fact("id", &leaf.id));
        }
    }
    let code = value.at("code").and_then(Value::as_text).unwrap_or_default();
    let codes = next_codes(code, leaves.len(), taken)?;
    let mut written: Written = Vec::new();
    for (leaf, code) in leaves.iter().zip(codes) {
        written.push((format!("items/{}.yaml", leaf.id), leaf_text(text, &value, leaf, &code, today)));
    }
    written.push((path.clone(), yaml::set(text, "status", &Value::plain("cancelled"))));
    for file in files {
        if let Some(text) = in_theme(file, item, leaves) {
            written.push((file.path.clone(), text));
        }
    }
    Ok(written)
}

/// The next free serials behind the same 31 characters: a code that was given once is never given again.
pub fn next_codes(code: &str, count: usize, taken: &BTreeSet<String>) -> Result<Vec<String>, Refusal> {
    let stem = code.get(..31).unwrap_or(code);
    let used = taken.iter().filter_map(|taken| taken.strip_prefix(stem)?.parse::<u32>().ok());
    let last = used.chain(code.get(31..).and_then(|serial| serial.parse().ok())).max().unwrap_or(0);
    let codes: Vec<String> = (1..=count as u32).map(|more| format!("{stem}{:02}", last + more)).collect();
    let fits = last + count as u32 <= 99;
    if fits { Ok(codes) } else { Err(Refusal::new("authoring.no-serial-left", "new-basic-code").fact("code", stem)) }
}

fn leaf_text(text: &str, item: &Value, leaf: &Leaf, code: &str, today: NaiveDate) -> String {
    let mut conditions = item.get("conditions").map(|rows| rows.entries().to_vec()).unwrap_or_default();
    let mut situation = vec![
        ("id".to_owned(), Value::text(free_id(&conditions))),
        ("text".to_owned(), Value::text(leaf.situation.trim())),
        ("when".to_owned(), Value::text(leaf.when.trim())),
    ];
    // The situation rests on what the item rests on.
    let basis = item.get("basis").and_then(|rows| rows.entries().first());
    if let Some(basis) = basis {
        let cited = ["law", "article"].iter().filter_map(|key| Some(((*key).to_owned(), basis.get(key)?.clone())));
        situation.push(("basis".to_owned(), Value::Map(cited.collect())));
    }
    conditions.insert(0, Value::Map(situation));
    let kept = |key: &str, name: &str, wanted: &BTreeSet<String>| {
        let rows = item.get(key).map(Value::entries).unwrap_or_default();
        let chosen = |row: &&Value| row.at(name).and_then(Value::as_text).is_some_and(|id| wanted.contains(id));
        Value::List(rows.iter().filter(chosen).cloned().collect())
    };
    let plain = item.get("plain").map(|_| Value::text(leaf.name.trim()));
    let mut keys = begun(&leaf.id, leaf.name.trim(), code, today).to_vec();
    keys.extend([
        ("conditions", Value::List(conditions)),
        ("materials", kept("materials", "id", &leaf.materials)),
        ("fields", kept("fields", "element", &leaf.fields)),
    ]);
    keys.extend(plain.map(|plain| ("plain", plain)));
    keys.iter().fold(text.to_owned(), |text, (key, value)| yaml::set(&text, key, value))
}

/// What every new item begins with: its own id, code and name, and its first version.
fn begun(id: &str, name: &str, code: &str, today: NaiveDate) -> [(&'static str, Value); 6] {
    [
        ("id", Value::plain(id)),
        ("code", Value::Scalar { text: code.to_owned(), quoted: true }),
        ("name", Value::text(name)),
        ("version", Value::plain("1")),
        ("effective", Value::plain(today.to_string())),
        ("status", Value::plain("active")),
    ]
}

/// A new item that says what another one says (照现有事项新增), under an id, a name and a code of its own: path and text.
///
/// # Errors
/// `authoring.no-serial-left`.
pub fn copied(
    (item, text): (&Record, &str),
    (id, name): (&str, &str),
    taken: &BTreeSet<String>,
    today: NaiveDate,
) -> Result<(String, String), Refusal> {
    let codes = next_codes(item.one("code"), 1, taken)?;
    let keys = begun(id, name, &codes[0], today);
    let text = keys.iter().fold(text.to_owned(), |text, (key, value)| yaml::set(&text, key, value));
    let text = if item.one("plain").is_empty() { text } else { yaml::set(&text, "plain", &Value::text(name)) };
    Ok((format!("items/{id}.yaml"), text))
}

/// An id that no condition has.
fn free_id(conditions: &[Value]) -> String {
    let taken: BTreeSet<&str> = conditions.iter().filter_map(|row| row.at("id")?.as_text()).collect();
    let mut number = 0;
    loop {
        let id = if number == 0 { "situation".to_owned() } else { format!("situation{number}") };
        if !taken.contains(id.as_str()) {
            return id;
        }
        number += 1;
    }
}

/// A theme that names the item, with the leaves in its place, each when the item was and its own situation holds.
fn in_theme(file: &SourceFile, item: &str, leaves: &[Leaf]) -> Option<String> {
    if !(file.path.starts_with("themes/") && file.path.ends_with("/theme.yaml")) {
        return None;
    }
    let theme = yaml::read(&file.text)?;
    let rows = theme.get("items")?.entries();
    let is_it = |row: &Value| row.at("item").and_then(Value::as_text) == Some(item);
    if !rows.iter().any(is_it) {
        return None;
    }
    let mut after = Vec::new();
    for row in rows {
        if !is_it(row) {
            after.push(row.clone());
            continue;
        }
        for leaf in leaves {
            let mut row = row.clone();
            let when = row.at("when").and_then(Value::as_text).map(str::to_owned);
            row.put("item", Some(Value::plain(leaf.id.clone())));
            row.put("when", Some(Value::text(both(when.as_deref(), leaf.when.trim()))));
            after.push(row);
        }
    }
    Some(yaml::set(&file.text, "items", &Value::List(after)))
}

fn both(one: Option<&str>, other: &str) -> String {
    let around = |cel: &str| if cel.contains("||") || cel.contains('?') { format!("({cel})") } else { cel.to_owned() };
    one.map_or_else(|| other.to_owned(), |one| format!("{} && {}", around(one), around(other)))
}

/// Themes that name the item: path by id, as far as they can be read.
pub fn themes_naming(files: &[SourceFile], item: &str) -> BTreeMap<String, String> {
    let of = |file: &SourceFile| {
        let folder = file.path.strip_prefix("themes/")?.strip_suffix("/theme.yaml")?;
        let theme = yaml::read(&file.text)?;
        let rows = theme.get("items")?.entries();
        let named = rows.iter().any(|row| row.at("item").and_then(Value::as_text) == Some(item));
        named.then(|| (folder.to_owned(), file.path.clone()))
    };
    files.iter().filter_map(of).collect()
}
