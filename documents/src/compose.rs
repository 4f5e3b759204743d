//! From a notice to a sheet: the words of its format with its facts filled in. A fact that is missing stops it; nothing
//! is ever printed with a hole.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use kernel::money::Money;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior, Value};
use serde_json::{Value as Json, json};

use crate::amount;
use crate::format::{Format, HeadWord, all_words, format_of, power_words};
use crate::marks;
use crate::notice::{Notice, Remedy};
use crate::sheet::{Block, Cell, Check, Column, Head, Seal, Sheet, Signature};

/// How it was issued: what the register of notices knows besides its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// 文号
    pub number: String,
    /// The code a stranger checks it by.
    pub code: String,
    /// Where the QR code leads, the code in it.
    pub url: String,
    pub voided: Option<Voided>,
}

/// It is void (作废).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voided {
    pub on: NaiveDate,
}

/// A document that cannot be made because something it must say is not there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Missing {
    /// A fact is blank or a list is empty.
    #[error("{form}: {fact} is missing")]
    Fact { form: &'static str, fact: String },
    /// The words ask for something the form does not have.
    #[error("{form}: {cause}")]
    Words { form: &'static str, cause: String },
}

/// Lays a notice out.
///
/// # Errors
/// [`Missing`]
pub fn compose(notice: &Notice, issue: &Issue) -> Result<Sheet, Missing> {
    let code = notice.form.code();
    // Only what is wrong and where: the long form of the fault quotes the facts, and those are people's.
    let words = |cause: minijinja::Error| Missing::Words { form: code, cause: cause.to_string() };
    let format = format_of(code)
        .ok_or_else(|| Missing::Words { form: code, cause: "there is no format of that name".to_owned() })?;
    let facts = facts_of(notice)?;
    let pen = Pen::new(facts);
    pen.write(format, notice, issue).map_err(words)
}

/// All facts by name, after looking for holes.
fn facts_of(notice: &Notice) -> Result<Json, Missing> {
    let code = notice.form.code();
    let unreadable = |cause: serde_json::Error| Missing::Words { form: code, cause: cause.to_string() };
    let mut facts = serde_json::to_value(&notice.form).map_err(unreadable)?;
    let head = serde_json::to_value(&notice.head).map_err(unreadable)?;
    for (name, value) in [("head", &head), ("form", &facts)] {
        if let Some(fact) = hole(name, value) {
            return Err(Missing::Fact { form: code, fact });
        }
    }
    if let Json::Object(facts) = &mut facts {
        let remedy = |remedy: &Remedy| json!({ "review": remedy.review, "court": remedy.court });
        facts.insert("head".to_owned(), head);
        facts.insert("remedy".to_owned(), notice.head.remedy.as_ref().map_or(Json::Null, remedy));
        facts.insert("power".to_owned(), serde_json::to_value(power_words(notice.head.power)).map_err(unreadable)?);
    }
    Ok(facts)
}

/// The path of the first blank text or empty list; `null` is what the form allows to be absent.
fn hole(path: &str, value: &Json) -> Option<String> {
    match value {
        Json::String(text) if text.trim().is_empty() => Some(path.to_owned()),
        Json::Array(list) if list.is_empty() => Some(path.to_owned()),
        Json::Array(list) => {
            list.iter().enumerate().find_map(|(place, one)| hole(&format!("{path}[{}]", place + 1), one))
        }
        Json::Object(fields) => fields.iter().find_map(|(name, one)| hole(&format!("{path}.{name}"), one)),
        _ => None,
    }
}

/// The words of all forms, read once: reading them anew for every notice cost more than filling them in.
static WORDS: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::new();
    // A name the form does not have, and a fact that is absent, are refused rather than printed as nothing.
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    environment.set_formatter(|out, state, value| {
        if value.is_none() {
            let what = "a fact that is absent was to be printed";
            return Err(minijinja::Error::new(minijinja::ErrorKind::UndefinedError, what));
        }
        minijinja::escape_formatter(out, state, value)
    });
    environment.add_filter("date", date);
    environment.add_filter("yuan", |fen: i64| Money(fen).to_string());
    environment.add_filter("capital", |fen: i64| amount::capital(Money(fen)));
    for words in all_words() {
        // Each goes by its own text. What cannot be read is missed when it is to be filled in, and told there.
        if let Err(fault) = environment.add_template(words, words) {
            debug_assert!(false, "documents/text/forms.toml: {fault}");
        }
    }
    environment
});

/// Fills words in.
struct Pen {
    facts: Json,
    scope: Value,
}

impl Pen {
    fn new(facts: Json) -> Self {
        let scope = Value::from(Serde(&facts));
        Self { facts, scope }
    }

    fn fill(&self, words: &str) -> Result<String, minijinja::Error> {
        Ok(WORDS.get_template(words)?.render(self.scope.clone())?.trim().to_owned())
    }

    fn write(&self, format: &Format, notice: &Notice, issue: &Issue) -> Result<Sheet, minijinja::Error> {
        let mut blocks = Vec::new();
        for words in &format.body {
            match words.as_str() {
                "@facts" => blocks.push(Block::Facts { rows: self.pairs(&format.facts, false)? }),
                "@table" => blocks.push(self.table(format)?),
                "@sign" => blocks.push(Block::Sign { rows: self.pairs(&format.sign, true)? }),
                words => match (self.fill(words)?, words.starts_with("注：")) {
                    (text, _) if text.is_empty() => {}
                    (text, true) => blocks.push(Block::Remark { text }),
                    (text, false) => blocks.push(Block::Paragraph { text }),
                },
            }
        }
        let void = issue.voided.as_ref().map(|voided| format!("本文书已于{}作废", in_words(voided.on)));
        Ok(Sheet {
            head: match format.head {
                HeadWord::Red => Head::Red,
                HeadWord::Plain => Head::Plain,
                HeadWord::None => Head::None,
            },
            authority: notice.head.authority.clone(),
            title: self.fill(&format.title)?,
            number: issue.number.clone(),
            to: format.to.as_ref().map(|to| self.fill(to)).transpose()?,
            blocks,
            signature: format.seal.as_ref().map(|seal| signature(notice, seal, void.is_none())),
            contact: contact(notice, format),
            check: Check { code: marks::grouped(&issue.code), url: issue.url.clone(), qr: marks::qr(&issue.url) },
            void,
        })
    }

    /// Labels with their values; a value that comes out empty leaves its line out, except where it is a place to sign.
    fn pairs(&self, words: &[(String, String)], keep: bool) -> Result<Vec<(String, String)>, minijinja::Error> {
        let mut rows = Vec::with_capacity(words.len());
        for (label, value) in words {
            let value = self.fill(value)?;
            if keep || !value.is_empty() {
                rows.push((label.clone(), value));
            }
        }
        Ok(rows)
    }

    fn table(&self, format: &Format) -> Result<Block, minijinja::Error> {
        let column = |words: &crate::format::ColumnWords| Column {
            head: words.head.clone(),
            width: words.width,
            align: if words.centre {
                "center"
            } else if words.right {
                "right"
            } else {
                "left"
            },
        };
        let listed = format.rows.as_ref().and_then(|name| self.facts.get(name)).and_then(Json::as_array);
        let mut rows = Vec::new();
        for (place, row) in listed.into_iter().flatten().enumerate() {
            let scope = minijinja::context! { n => place + 1, row => Value::from(Serde(row)) };
            let mut cells = Vec::with_capacity(format.cells.len());
            for words in &format.cells {
                let text = WORDS.get_template(words)?.render(scope.clone())?;
                cells.push(Cell(text.lines().map(|line| line.trim().to_owned()).collect()));
            }
            rows.push(cells);
        }
        Ok(Block::Table { columns: format.columns.iter().map(column).collect(), rows })
    }
}

fn signature(notice: &Notice, seal: &str, valid: bool) -> Signature {
    let special = Some(seal).filter(|seal| *seal != "grant");
    Signature {
        authority: notice.head.authority.clone(),
        date: in_words(notice.head.on),
        seal: if valid { Seal::Drawn { svg: marks::seal(&notice.head.authority, special) } } else { Seal::Place },
    }
}

/// What the foot says: the case where the text does not, who handled it, where to call.
fn contact(notice: &Notice, format: &Format) -> Vec<(String, String)> {
    let case = Some(notice.head.case_number.clone()).filter(|_| format.facts.is_empty());
    let rows = [("办件编号", case), ("经办人", notice.head.handler.clone()), ("联系电话", notice.head.phone.clone())];
    rows.into_iter().filter_map(|(label, value)| Some((label.to_owned(), value?))).collect()
}

/// 2026年3月2日, as GB/T 9704 writes it: no zeros before month and day.
pub(crate) fn in_words(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

fn date(day: &str) -> Result<String, minijinja::Error> {
    let wrong = |_| minijinja::Error::new(minijinja::ErrorKind::InvalidOperation, format!("{day} is no date"));
    Ok(in_words(day.parse().map_err(wrong)?))
}
