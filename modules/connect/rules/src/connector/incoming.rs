//! Their row as what is to be done to a case of ours.

use catalog::words;
use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::{Connector, Means, OpinionWord, StateRule};

/// A row of theirs: column to value.
pub type Row = Map<String, Value>;

/// Characters of their words that are kept.
const WORDS_MAX: usize = 2_000;
/// Characters of an officer's number there.
const OFFICER_CHARS_MAX: usize = 24;

/// What is done to the case, in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// 办理环节.
    Step { step: String, opinion: OpinionWord },
    /// The steps before the decision that are still open, by whoever handled the case there.
    StepsBefore,
    /// 准予.
    Grant,
    /// 不予.
    Refuse,
    /// 出证.
    Issue,
}

/// What a row says, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reported {
    /// Our 办件编号.
    pub case: String,
    /// Their word for the state.
    pub state: String,
    pub deeds: Vec<Deed>,
    /// Their officer: number and name.
    pub officer: (String, String),
    /// Who handled it there before.
    pub handler: Option<(String, String)>,
    pub words: String,
    pub on: Option<NaiveDate>,
    pub reference: Option<String>,
}

words! {
    /// What is wrong with a row.
    RowFault {
        NoColumn = "no-column" "缺少一列",
        UnknownState = "unknown-state" "没有见过的状态",
        BadDate = "bad-date" "日期读不懂",
        NoWords = "no-words" "没有说明理由",
        BadOfficer = "bad-officer" "工作人员编号不对",
        FutureDay = "future-day" "日期还没有到",
    }
}

/// A row that cannot be followed, and which of their columns is to blame.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{fault} in {column}")]
pub struct BadRow {
    pub fault: RowFault,
    pub column: String,
}

/// Their name of a row, if it has one.
pub fn id_of(connector: &Connector, row: &Row) -> Option<String> {
    text(row, &connector.pull.as_ref()?.columns.id)
}

/// The row in one text, the same for the same row: what is compared when a row comes twice.
pub fn digest_text(row: &Row) -> String {
    let mut columns: Vec<(&String, &Value)> = row.iter().collect();
    columns.sort_by_key(|(name, _)| name.as_str());
    let columns: Vec<(String, String)> =
        columns.into_iter().map(|(name, value)| (name.clone(), plain(value))).collect();
    serde_json::to_string(&columns).unwrap_or_default()
}

/// Understands a row, read on `today`.
///
/// # Errors
/// [`BadRow`] with the column that is missing, unknown or unreadable. Nothing is guessed.
pub fn report(connector: &Connector, row: &Row, today: NaiveDate) -> Result<Reported, BadRow> {
    let fault = |fault, column: &str| BadRow { fault, column: column.to_owned() };
    let Some(pull) = &connector.pull else { return Err(fault(RowFault::NoColumn, "")) };
    let columns = &pull.columns;
    let need = |column: &str| text(row, column).ok_or_else(|| fault(RowFault::NoColumn, column));
    let may = |column: &Option<String>| column.as_deref().and_then(|column| text(row, column));
    let (case, state) = (need(&columns.case)?, need(&columns.state)?);
    let rule = pull.states.iter().find(|rule| rule.is == state);
    let rule = rule.ok_or_else(|| fault(RowFault::UnknownState, &columns.state))?;
    let deeds = deeds(rule);
    let (mut officer, mut handler) = (Default::default(), None);
    if !deeds.is_empty() {
        officer = (number(need(&columns.officer)?, &columns.officer)?, need(&columns.officer_name)?);
    }
    if rule.steps
        && let (Some(id), Some(name)) = (&columns.handler, &columns.handler_name)
    {
        handler = Some((number(need(id)?, id)?, need(name)?));
    }
    let words: String = may(&columns.words).unwrap_or_default().chars().take(WORDS_MAX).collect();
    let says_no = rule.means == Means::Refuse || rule.opinion == Some(OpinionWord::Disagree);
    if says_no && words.is_empty() {
        return Err(fault(RowFault::NoWords, columns.words.as_deref().unwrap_or_default()));
    }
    let written = columns.on.as_deref().and_then(|column| Some((column, text(row, column)?)));
    let on = written.as_ref().and_then(|(_, text)| day(text, &connector.dates));
    // The day of what changes nothing here is theirs alone.
    if let Some((column, _)) = written.filter(|_| !deeds.is_empty()) {
        match on {
            None => return Err(fault(RowFault::BadDate, column)),
            Some(on) if on > today => return Err(fault(RowFault::FutureDay, column)),
            Some(_) => {}
        }
    }
    Ok(Reported { case, state, deeds, officer, handler, words, on, reference: may(&columns.reference) })
}

fn deeds(rule: &StateRule) -> Vec<Deed> {
    let before = rule.steps.then_some(Deed::StepsBefore);
    let own = match rule.means {
        Means::Nothing => None,
        Means::Step => Some(Deed::Step {
            step: rule.step.clone().unwrap_or_default(),
            opinion: rule.opinion.unwrap_or(OpinionWord::Agree),
        }),
        Means::Grant => Some(Deed::Grant),
        Means::Refuse => Some(Deed::Refuse),
        Means::Issue => Some(Deed::Issue),
    };
    before.into_iter().chain(own).collect()
}

/// The number of an officer goes into the record, so it is short and visible.
fn number(text: String, column: &str) -> Result<String, BadRow> {
    let right = text.len() <= OFFICER_CHARS_MAX && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'/');
    if right { Ok(text) } else { Err(BadRow { fault: RowFault::BadOfficer, column: column.to_owned() }) }
}

/// A day, also where a time follows it.
fn day(text: &str, form: &str) -> Option<NaiveDate> {
    NaiveDate::parse_and_remainder(text, form)
        .ok()
        .filter(|(_, rest)| !rest.starts_with(|c: char| c.is_ascii_digit()))
        .map(|(day, _)| day)
}

fn text(row: &Row, column: &str) -> Option<String> {
    let text = plain(row.get(column)?).trim().to_owned();
    (!text.is_empty()).then_some(text)
}

/// The value as a CSV file would have it: the three ways bring the same row.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
