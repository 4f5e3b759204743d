//! From questions and entries to the fields of a page.

use access_service::{Words, door};
use catalog::Catalog;
use catalog::model::{Element, ElementKind};
use chrono::NaiveDate;
use kernel::codes::{CitizenId, RegionLevel};
use kernel::mask::mask_phone;
use kernel::value::Value;
use platform::FieldFault;
use themes::{AnswerFault, FaultKind, Question, QuestionKind, Theme};
use ui::{Field, FieldKind, Opt};

use crate::filing::{Entry, Origin};

/// A text field longer than this is a box of several lines.
const ONE_LINE: f64 = 200.0;

/// The field of a question with what has been given for it.
pub(super) fn of_question(question: &Question, given: Vec<String>) -> Field {
    let options = || {
        let option = |option: &themes::QuestionOption| Opt {
            hint: option.hint.clone(),
            ..Opt::new(&option.value, &option.label)
        };
        question.options.iter().map(option).collect::<Vec<_>>()
    };
    let kind = match question.kind {
        QuestionKind::Bool if question.options.is_empty() => FieldKind::Bool,
        QuestionKind::Bool | QuestionKind::Single => FieldKind::Choice(options()),
        QuestionKind::Multi => FieldKind::Multi(options()),
        QuestionKind::Number => FieldKind::Number { unit: question.unit.clone() },
        QuestionKind::Text => FieldKind::Text { max: question.max.map(|max| max as u32) },
    };
    let mut field = Field::new(&question.id, &question.text, kind).values(given);
    field.help = question.help.clone();
    field
}

/// What is wrong with an answer, as a field's fault.
pub(super) fn answer_fault(theme: &Theme, fault: &AnswerFault) -> FieldFault {
    let question = theme.question(&fault.question);
    let label = question.map_or(fault.text.as_str(), |question| theme.name_of(&question.element));
    let unit = question.and_then(|question| question.unit.as_deref()).unwrap_or_default();
    let named = |code| FieldFault::new(&fault.question, code).fact("label", label).fact("unit", unit);
    match &fault.kind {
        FaultKind::NotYesOrNo => named("choose"),
        FaultKind::UnknownQuestion { .. } | FaultKind::NotAnOption { .. } => named("not-an-option"),
        FaultKind::NotANumber => named("not-a-number"),
        FaultKind::NotText => named("characters"),
        FaultKind::BelowMinimum { min } => named("too-small").fact("min", min),
        FaultKind::AboveMaximum { max } => named("too-large").fact("max", max),
        FaultKind::TooLong { max } => named("answer-too-long").fact("max", max),
    }
}

/// A value as it stands in the boxes of a form.
pub(super) fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::List(chosen) => chosen.iter().map(ToString::to_string).collect(),
        one => vec![one.to_string()],
    }
}

/// The field of an entry that may be typed into. `wrong` says whether faults are shown already: nobody is told that an
/// untouched form is empty.
pub(super) fn of_entry(entry: &Entry<'_>, theme: &Theme, page: &Look<'_>, wrong: bool) -> Field {
    let element = entry.element();
    let mut field = Field::new(element.code.as_str(), entry.field.label(), kind(element, page.catalog));
    field.values = entry.texts.clone();
    field.required = entry.field.required;
    field.help = element.help.clone();
    field.sample = element.sample.clone();
    field.bounds = bounds(element);
    if let (Origin::Record, Some(record)) = (entry.origin, &entry.record) {
        field = field.from_source(&record.source, ui::say::ago(record.as_of, page.today));
        let masked = entry.value.as_ref().and_then(|value| masked(element, value));
        let dated = (element.kind == ElementKind::Date).then(|| entry.in_words());
        field.shown = masked.or(dated);
    } else if let Some(record) = &entry.record {
        // Somebody has typed something else: the officer will see both, and so does the applicant.
        let registered = crate::filing::in_words(element, &record.value);
        let registered = masked(element, &record.value).unwrap_or(registered);
        field.help = Some(format!("{}登记的是“{registered}”，您改过这一项，部门会核对。", record.source));
    }
    if wrong && let Some(fault) = entry.fault() {
        field = field.error(door::field_fault(&fault, page.words));
    }
    if entry.field.asked_by.len() > 1 {
        field.asked_by = offices(entry, theme);
    }
    field
}

/// What fields are drawn with.
pub(super) struct Look<'a> {
    pub catalog: &'a Catalog,
    pub words: &'a Words,
    pub today: NaiveDate,
}

fn offices(entry: &Entry<'_>, theme: &Theme) -> Vec<String> {
    let mut offices: Vec<String> = Vec::new();
    for item in entry.field.asked_by.iter() {
        let office = theme.items[item].authority_name.to_string();
        if !offices.contains(&office) {
            offices.push(office);
        }
    }
    if offices.len() > 1 { offices } else { Vec::new() }
}

fn kind(element: &Element, catalog: &Catalog) -> FieldKind {
    let options = || element.options.iter().map(|choice| Opt::new(&choice.value, &choice.label)).collect();
    match element.kind {
        ElementKind::Text if element.max.is_some_and(|max| max > ONE_LINE) => {
            FieldKind::Long { max: element.max.map(|max| max as u32) }
        }
        ElementKind::Text => FieldKind::Text { max: element.max.map(|max| max as u32) },
        ElementKind::Number => FieldKind::Number { unit: element.unit.clone() },
        ElementKind::Bool => FieldKind::Bool,
        ElementKind::Date => FieldKind::Date,
        ElementKind::Choice => FieldKind::Choice(options()),
        ElementKind::Multi => FieldKind::Multi(options()),
        ElementKind::CitizenId => FieldKind::CitizenId,
        ElementKind::CreditCode => FieldKind::CreditCode,
        ElementKind::Phone => FieldKind::Phone,
        ElementKind::Email => FieldKind::Email,
        ElementKind::Address => FieldKind::Address,
        ElementKind::Region => FieldKind::Region(communities(catalog)),
    }
}

/// The communities of the district under their streets.
fn communities(catalog: &Catalog) -> Vec<Opt> {
    let of_district = |code: &str| code.starts_with(&*catalog.district.region);
    let regions = catalog.regions.values();
    let villages = regions.filter(|region| region.level == RegionLevel::Village && of_district(&region.code));
    let option = |region: &catalog::model::Region| {
        let street = region.parent.as_ref().and_then(|parent| catalog.regions.get(parent));
        Opt { group: street.map(|street| street.name.clone()), ..Opt::new(region.code.as_str(), &region.name) }
    };
    villages.map(option).collect()
}

fn bounds(element: &Element) -> (Option<String>, Option<String>) {
    match element.kind {
        ElementKind::Number => (element.min.map(|min| min.to_string()), element.max.map(|max| max.to_string())),
        _ => (None, None),
    }
}

/// The value as a folded line shows it, where the whole is nobody's business over the shoulder.
pub(super) fn masked(element: &Element, value: &Value) -> Option<String> {
    let text = value.as_text()?;
    match element.kind {
        ElementKind::CitizenId => CitizenId::parse(text).ok().map(|id| id.masked()),
        ElementKind::Phone => Some(mask_phone(text)),
        _ => None,
    }
}
