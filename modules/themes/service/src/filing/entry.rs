//! Entries of the one form: value, source and fault of each.

use access_service::Words;
use catalog::ids::{AuthorityId, ElementCode};
use catalog::model::Element;
use chrono::{Datelike, NaiveDate};
use kernel::value::Value;
use platform::FieldFault;
use records::derive::{How, follow};
use themes::{EntryFault, Filled, FormField, FormSection, read_entry};

use crate::draft::Sheet;

/// A section of the form.
pub struct Section<'t> {
    /// Group of the elements, such as `place`.
    pub group: &'t str,
    pub title: &'static str,
    pub entries: Vec<Entry<'t>>,
}

/// One entry of the form.
pub struct Entry<'t> {
    pub field: FormField<'t>,
    /// What stands in the box: as typed, or as known.
    pub texts: Vec<String>,
    pub value: Option<Value>,
    pub origin: Origin,
    /// What the records say, also where somebody has typed something else.
    pub record: Option<Record>,
    wrong: Option<EntryFault>,
}

/// Where the value of an entry comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// From the records, untouched.
    Record,
    /// It is the answer to the question of this number.
    Answered(usize),
    /// It follows from another entry.
    Derived,
    /// It will come from the decision of an earlier item.
    Carried,
    /// Typed, or to be typed.
    Typed,
}

/// What the records say about an element.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// 公安人口库.
    pub source: String,
    pub authority: AuthorityId,
    pub as_of: NaiveDate,
    pub value: Value,
    derived_from: Option<ElementCode>,
}

impl Record {
    /// The value as it stands in the box.
    pub fn texts(&self) -> Vec<String> {
        texts(&self.value)
    }
}

impl Entry<'_> {
    /// The element.
    pub fn element(&self) -> &Element {
        &self.field.field.element
    }

    /// Whether somebody may type into it.
    pub fn is_open(&self) -> bool {
        matches!(self.origin, Origin::Typed | Origin::Record)
    }

    /// What is wrong with it, named by its label.
    pub fn fault(&self) -> Option<FieldFault> {
        let wrong = self.wrong.as_ref()?;
        let fault = FieldFault::new(self.element().code.as_str(), wrong.code.clone()).fact("label", self.field.label());
        Some(wrong.facts.iter().fold(fault, |fault, (name, value)| fault.fact(name, value)))
    }

    /// The value in words: an option's label, a number with its unit.
    pub fn in_words(&self) -> String {
        self.value.as_ref().map_or_else(String::new, |value| in_words(self.element(), value))
    }
}

/// A value of an element in words.
pub(crate) fn in_words(element: &Element, value: &Value) -> String {
    match value {
        Value::Bool(yes) => if *yes { "是" } else { "否" }.to_owned(),
        Value::Number(number) => {
            format!("{} {}", ui::say::decimal(*number), element.unit.as_deref().unwrap_or_default())
                .trim_end()
                .to_owned()
        }
        // A day of birth or of a contract needs no weekday.
        Value::Date(day) => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        Value::List(chosen) if chosen.is_empty() => "都没有".to_owned(),
        Value::List(chosen) => {
            chosen.iter().map(|one| element.label_of(&one.to_string()).to_owned()).collect::<Vec<_>>().join("、")
        }
        Value::Text(text) => element.label_of(text).to_owned(),
    }
}

/// A value as it stands in the boxes of a form.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::List(chosen) => chosen.iter().map(ToString::to_string).collect(),
        one => vec![one.to_string()],
    }
}

/// Works out all entries: first those that stand by themselves, then those that follow from others.
pub(super) fn work_out<'t>(
    form: Vec<FormSection<'t>>,
    sheet: &Sheet,
    known: &records::Known,
    words: &Words,
    today: NaiveDate,
) -> Vec<Section<'t>> {
    let desk = Desk { sheet, known, words, today };
    let mut sections: Vec<Section<'t>> = form
        .into_iter()
        .map(|section| Section {
            group: section.group,
            title: section.title(),
            entries: section.fields.into_iter().map(|field| desk.entry(field)).collect(),
        })
        .collect();
    let sources: Vec<(String, Option<Value>, bool)> = sections
        .iter()
        .flat_map(|section| &section.entries)
        .map(|entry| (entry.element().code.to_string(), entry.value.clone(), entry.origin == Origin::Typed))
        .collect();
    for entry in sections.iter_mut().flat_map(|section| &mut section.entries) {
        desk.follow_up(entry, &sources);
    }
    sections
}

/// What entries are worked out from.
struct Desk<'a> {
    sheet: &'a Sheet,
    known: &'a records::Known,
    words: &'a Words,
    today: NaiveDate,
}

impl Desk<'_> {
    fn entry<'t>(&self, field: FormField<'t>) -> Entry<'t> {
        let record = self.record(&field.field.element);
        let typed = self.sheet.typed(&field.field.element.code).map(<[String]>::to_vec);
        let mut entry = Entry { texts: Vec::new(), value: None, origin: Origin::Typed, record, wrong: None, field };
        match entry.field.filled.clone() {
            Filled::Answered { question } => {
                entry.origin = Origin::Answered(question);
                entry.value = entry.field.value.clone();
                if entry.value.is_none() && entry.field.required {
                    entry.wrong = Some(EntryFault { code: "unanswered".into(), facts: Default::default() });
                }
            }
            Filled::Derived => {
                entry.origin = Origin::Derived;
                entry.value = entry.field.value.clone();
            }
            Filled::Prefilled { .. } => match (&entry.record, typed) {
                (Some(record), None) => {
                    entry.origin = Origin::Record;
                    entry.texts = record.texts();
                    entry.value = Some(record.value.clone());
                }
                (_, typed) => self.read(&mut entry, typed.unwrap_or_default()),
            },
            Filled::ToType => self.read(&mut entry, typed.unwrap_or_default()),
        }
        entry
    }

    fn read(&self, entry: &mut Entry<'_>, typed: Vec<String>) {
        match read_entry(entry.element(), &typed, entry.field.required, self.today) {
            Ok(value) => (entry.value, entry.wrong) = (value, None),
            Err(fault) => (entry.value, entry.wrong) = (None, Some(fault)),
        }
        (entry.texts, entry.origin) = (typed, Origin::Typed);
    }

    fn record(&self, element: &Element) -> Option<Record> {
        let fact = self.known.fact(&element.code)?;
        Some(Record {
            source: self.words.get(fact.source.text_key()).to_owned(),
            authority: fact.source.authority.clone(),
            as_of: fact.source.as_of,
            value: fact.value.clone().with_kind(element.kind.value_kind()).ok()?,
            derived_from: fact.derived_from.clone(),
        })
    }

    /// An entry that follows from another: worked out where that can be done, brought by an earlier item where one brings
    /// it, and typed where neither will happen.
    fn follow_up(&self, entry: &mut Entry<'_>, sources: &[(String, Option<Value>, bool)]) {
        let Some(rule) = entry.element().derived.clone() else { return };
        let source = sources.iter().find(|(code, ..)| *code == *rule.from);
        let corrected = source.is_some_and(|(_, _, typed)| *typed)
            && entry.origin == Origin::Record
            && entry.record.as_ref().is_some_and(|record| record.derived_from.as_ref() == Some(&rule.from));
        if entry.origin != Origin::Derived && !corrected {
            return;
        }
        let how = rule.how;
        let worked_out = source.and_then(|(_, value, _)| follow(how, value.as_ref()?));
        let pending = source.is_some_and(|(_, value, _)| value.is_none());
        match worked_out.or_else(|| entry.value.take().filter(|_| !corrected)) {
            Some(value) => {
                (entry.origin, entry.texts, entry.value) = (Origin::Derived, texts(&value), Some(value));
            }
            None if how == How::Registration => entry.origin = Origin::Carried,
            // The fault of what it follows from is enough.
            None if pending => entry.origin = Origin::Derived,
            None => {
                let typed = self.sheet.typed(&entry.element().code).map(<[String]>::to_vec).unwrap_or_default();
                self.read(entry, typed);
            }
        }
    }
}
