//! A condition from choices (条件由选项组成): facts, comparisons and values, with the expression they come to always in view. One of
//! another shape is edited as a text.

use access_service::{DoorFault, Posted, StaffVisit, Visit, Words};
use askama::Template;
use authoring::Known;
use authoring::choice::{Choice, Choices, Join, Literal, Op};
use authoring::form::{self, Kind};
use authoring_service::acts::{edit_when, stamp};
use authoring_service::reads::revisions as reads;
use authoring_service::saying;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use catalog::condition::Condition;
use catalog::model::{Element, ElementKind};
use platform::{Fault, FieldFault};
use ui::{ErrorSummary, Field, FieldKind, Opt, Shell};
use uuid::Uuid;

use super::section::{Here, base};
use super::{REVISIONS, REVISIONS_NAME, cells, trouble};
use crate::done;
use crate::form::Sheet;
use crate::frame;

/// Lines of choices on the page, at most; those that are blank are none.
const LINES_MAX: usize = 8;
const BLANK: usize = 2;

/// One line: fact, comparison, values.
struct Line {
    number: usize,
    fact: Field,
    op: Field,
    values: Field,
}

#[derive(Template)]
#[template(path = "desk_when.html")]
struct Page {
    shell: Shell,
    errors: ErrorSummary,
    trouble: Option<(String, String)>,
    back: String,
    home: String,
    name: String,
    /// The expression as it stands.
    cel: String,
    said: String,
    /// Nothing where it is of another shape.
    join: Option<Field>,
    lines: Vec<Line>,
    text: Field,
    /// What the section was when the page was made.
    base: String,
    is_drafting: bool,
    key: String,
}

/// A row of a section of a record.
struct Place {
    here: Here,
    row: usize,
}

/// The parts of its address.
type Parts = (String, String, String, String, String);

impl Place {
    fn of((id, subject, record, section, row): Parts) -> Result<Self, Fault> {
        let here = Here::of(&id, &subject, &record, &section)?;
        if here.section.rows.is_none() {
            return Err(Fault::NotFound);
        }
        Ok(Self { here, row: frame::id(&row)? })
    }

    fn revision(&self) -> Uuid {
        self.here.place.revision
    }
}

/// `GET …/{section}/{row}/when`
pub async fn show(StaffVisit(visit): StaffVisit, Path(path): Path<Parts>) -> Result<Response, DoorFault> {
    let place = Place::of(path)?;
    Ok(ui::page(page(&visit, &place, None).await?))
}

/// `POST …/{section}/{row}/when`
pub async fn save(Path(path): Path<Parts>, posted: Posted<Sheet>) -> Result<Response, DoorFault> {
    let Posted { visit, key, form: sheet } = posted;
    frame::staff_only(&visit, REVISIONS)?;
    let place = Place::of(path)?;
    if sheet.one("do") == "look" {
        return Ok(ui::page(page(&visit, &place, Some((&sheet, None))).await?));
    }
    let known = reads::known(&visit, place.revision()).await?;
    let cel = if sheet.has("text") { Ok(sheet.one("text").to_owned()) } else { put_together(&sheet, &known) };
    let outcome = match cel {
        Ok(cel) => {
            edit_when(&visit, Some(&key), place.revision(), (place.here.part(base(&sheet)), place.row), &cel).await
        }
        Err(fault) => Err(fault),
    };
    match done::settled(outcome, |_| place.here.home(), "revision-edited") {
        Ok(answer) => Ok(answer),
        Err(fault @ (Fault::Invalid(_) | Fault::Refusal(_))) => {
            let page = page(&visit, &place, Some((&sheet, Some(&fault)))).await?;
            Ok(ui::page_with(StatusCode::UNPROCESSABLE_ENTITY, page))
        }
        Err(fault) => Err(fault.into()),
    }
}

/// The expression that the choices come to; empty where none was made.
fn put_together(sheet: &Sheet, known: &Known) -> Result<String, Fault> {
    let (mut choices, mut faults) = (Vec::new(), Vec::new());
    for number in 0..LINES_MAX {
        let [fact, op, values] = ["fact", "op", "values"].map(|name| sheet.one(&format!("{name}-{number}")));
        if fact.is_empty() && op.is_empty() && values.is_empty() {
            continue;
        }
        match choice(fact, op, values, known) {
            Some(choice) => choices.push(choice),
            None => faults.push(FieldFault::new(format!("fact-{number}"), "choice-incomplete").fact("row", number + 1)),
        }
    }
    if !faults.is_empty() {
        return Err(Fault::Invalid(faults));
    }
    let join = Join::parse(sheet.one("join")).unwrap_or(Join::All);
    Ok(Choices::new(join, choices).to_cel())
}

fn choice(fact: &str, op: &str, values: &str, known: &Known) -> Option<Choice> {
    let element = known.elements.get(fact)?;
    let op = Op::parse(op)?;
    let is_number = element.kind == ElementKind::Number;
    let said = values.split(['、', ',', '，']).map(str::trim).filter(|text| !text.is_empty());
    // People write what they read: the label of an option stands for its value.
    let value = |text: &str| {
        let option = element.options.iter().find(|option| option.label == text);
        Literal::typed(option.map_or(text, |option| option.value.as_str()), is_number)
    };
    let values: Vec<Literal> =
        if op.takes().1 == 0 { Vec::new() } else { said.map(value).collect::<Option<Vec<_>>>()? };
    let choice = Choice { fact: fact.to_owned(), op, values };
    Choices::new(Join::All, vec![choice.clone()]).is_whole().then_some(choice)
}

async fn page(visit: &Visit, place: &Place, sent: Option<(&Sheet, Option<&Fault>)>) -> Result<Page, Fault> {
    let (here, section) = (&place.here, place.here.section);
    let view = reads::one(visit, place.revision()).await?;
    let record = reads::record(visit, place.revision(), here.place.subject, &here.place.id).await?;
    let rows = form::rows(section, &record.value);
    let row = rows.get(place.row).ok_or(Fault::NotFound)?;
    let column = section.columns.iter().find(|column| column.kind == Kind::Condition).ok_or(Fault::NotFound)?;
    let words = visit.world.part::<Words>();
    let known = reads::known(visit, place.revision()).await?;
    let stands = row.one(column.path).to_owned();
    // What was sent counts before what stands; choices that are incomplete still show as they were typed.
    let cel = match sent {
        Some((sheet, _)) if sheet.has("text") => sheet.one("text").to_owned(),
        Some((sheet, _)) => put_together(sheet, &known).unwrap_or_else(|_| stands.clone()),
        None => stands.clone(),
    };
    let choices = if cel.is_empty() { Some(Choices::new(Join::All, Vec::new())) } else { Choices::of_cel(&cel) };
    let fault = sent.and_then(|(_, fault)| fault);
    let typed = sent.map(|(sheet, _)| sheet).filter(|sheet| !sheet.has("text"));
    let lines = match (&choices, typed) {
        (None, None) => Vec::new(),
        (choices, typed) => lines(choices.as_ref(), typed, fault, (&known, &words)),
    };
    let shape = choices.is_some() || typed.is_some();
    let back = here.home();
    let name = row.name(section);
    let problem = faulty(&cel, &known);
    let text = Field::new("text", "表达式", FieldKind::Long { max: None }).optional().value(
        sent.filter(|(sheet, _)| sheet.has("text")).map_or(cel.clone(), |(sheet, _)| sheet.one("text").to_owned()),
    );
    let text = problem.into_iter().fold(text, Field::error);
    Ok(Page {
        shell: frame::desk(visit, "条件")
            .crumb(REVISIONS, REVISIONS_NAME)
            .crumb(here.place.revision(), view.line.title.clone())
            .crumb(here.place.home(), record.name().to_owned())
            .crumb(back.clone(), words.get(&format!("form-section.{}", section.code)).to_owned())
            .crumb_here("条件"),
        errors: ErrorSummary::of(lines.iter().map(|line| &line.fact)),
        trouble: fault.and_then(|fault| trouble(fault, &words)),
        home: format!("{back}/{}/when", place.row),
        back,
        name,
        said: choices.as_ref().map_or_else(String::new, |choices| saying::choices(choices, &words, &known)),
        cel,
        join: shape.then(|| {
            let join = typed.map_or_else(
                || choices.as_ref().map_or(Join::All, |choices| choices.join).code().to_owned(),
                |sheet| sheet.one("join").to_owned(),
            );
            let options = Join::ALL.iter().map(|join| Opt::new(join.code(), words.get(join.text_key())));
            Field::choice("join", "各行之间", options.collect()).value(join)
        }),
        base: stamp(&rows),
        lines,
        text,
        is_drafting: view.line.state == authoring::State::Drafting,
        key: frame::key(),
    })
}

/// What is wrong with an expression, in a sentence.
fn faulty(cel: &str, known: &Known) -> Option<String> {
    if cel.is_empty() {
        return None;
    }
    let problems = Condition::compile(cel, &known.dictionary()).err()?;
    problems.first().map(|problem| problem.what.clone())
}

fn lines(
    choices: Option<&Choices>,
    typed: Option<&Sheet>,
    fault: Option<&Fault>,
    (known, words): (&Known, &Words),
) -> Vec<Line> {
    let elements = cells::elements(known);
    let ops: Vec<Opt> = Op::ALL.iter().map(|op| Opt::new(op.code(), words.get(op.text_key()))).collect();
    let made = choices.map(|choices| choices.choices.as_slice()).unwrap_or_default();
    let is_typed = |number: &usize| {
        let said = |name: &str| typed.is_some_and(|sheet| !sheet.one(&format!("{name}-{number}")).is_empty());
        said("fact") || said("op") || said("values")
    };
    let last = (0..LINES_MAX).rfind(is_typed).map_or(0, |last| last + 1);
    let count = (last.max(made.len()) + BLANK).min(LINES_MAX);
    let line = |number: usize| {
        let [fact, op, values] = match typed {
            Some(sheet) => ["fact", "op", "values"].map(|name| sheet.one(&format!("{name}-{number}")).to_owned()),
            None => made.get(number).map_or_else(Default::default, |choice| {
                let values: Vec<&str> = choice.values.iter().map(Literal::as_str).collect();
                [choice.fact.clone(), choice.op.code().to_owned(), values.join("，")]
            }),
        };
        let element = known.elements.get(&fact);
        let field = Field::choice(format!("fact-{number}"), "事实", elements.clone()).optional().value(fact);
        let mut typed = Field::text(format!("values-{number}"), "值").optional().value(values);
        if let Some(help) = element.and_then(choosable) {
            typed = typed.help(help);
        }
        Line {
            number: number + 1,
            fact: super::told(field, fault, words),
            op: Field::choice(format!("op-{number}"), "比较", ops.clone()).optional().value(op),
            values: typed,
        }
    };
    (0..count).map(line).collect()
}

/// What may be written for an element, where it is one of several.
fn choosable(element: &Element) -> Option<String> {
    let labels: Vec<&str> = element.options.iter().map(|option| option.label.as_str()).collect();
    (!labels.is_empty()).then(|| format!("可以写：{}；几个值之间用顿号", labels.join("、")))
}
