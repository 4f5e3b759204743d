//! The correction notice (一次性告知补正) as a form, and its answer over the counter. The advice of a pre-review (预审意见)
//! is written on the same form.

use std::collections::BTreeMap;

use access_service::{Visit, Words};
use casework::OrderKind;
use casework_service::PaperId;
use casework_service::acts::{AnswerCorrection, AnsweredPaper, CorrectionLine, CorrectionTarget};
use casework_service::reads::{ApplicationView, CorrectionLineView, FormSection, OrderView, PaperView};
use catalog_service::Shelf;
use kernel::value::{Value, ValueKind};
use platform::fault::FieldFault;

use crate::form::Sheet;
use crate::frame;
use crate::order::{Kept, then};

const ANSWER: &str = casework::OrderKind::AnswerCorrection.code();

/// The correction notice as a form; on the application's page for the window, on the case's for its authority.
pub struct Notice {
    pub title: String,
    pub button: String,
    pub action: String,
    pub key: String,
    /// The state it was drawn from.
    pub seen: String,
    pub open: bool,
    pub then: String,
    pub papers: Vec<NoticeRow>,
    pub fields: Vec<NoticeRow>,
}

/// The papers and fields a notice may name.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    pub papers: &'a [PaperView],
    pub sections: &'a [FormSection],
}

impl Notice {
    /// The form, with what was entered.
    pub fn of(scope: Scope<'_>, order: &OrderView, action: String, seen: String, kept: &Kept, words: &Words) -> Self {
        let code = order.kind.code();
        Self {
            title: words.get(&format!("desk.write.{code}")).to_owned(),
            button: words.get(&format!("desk.write.{code}-button")).to_owned(),
            action,
            key: frame::key(),
            seen,
            open: kept.order == code,
            then: then(order, words),
            papers: papers(scope, (code, kept)),
            fields: fields(scope, (code, kept)),
        }
    }
}

/// The form to be written now: advice while the application is before receipt, else the correction notice.
pub fn written(orders: &[OrderView]) -> Option<&OrderView> {
    let may = |kind: OrderKind| orders.iter().find(|order| order.kind == kind && order.may);
    may(OrderKind::AdvisePreReview).or_else(|| may(OrderKind::NotifyCorrection))
}

/// One thing that may have to be mended: a paper or a field.
pub struct NoticeRow {
    /// `paper-<id>` or `field-<element>`; names the boxes of the row.
    pub target: String,
    pub name: String,
    /// Whose paper it is, or what the field says now.
    pub about: String,
    /// What the guide asks of it.
    pub standard: String,
    pub picked: bool,
    pub reason: String,
    pub mend: String,
    pub wrong: Option<String>,
}

/// One thing asked for that is still owed.
pub struct AnswerRow {
    pub name: String,
    pub mend: String,
    /// The paper to tick off, or the field to fill in.
    pub paper: Option<PaperId>,
    pub element: Option<String>,
    pub value: String,
}

/// The papers a notice may name: those that should have come in.
fn papers(scope: Scope<'_>, kept: (&str, &Kept)) -> Vec<NoticeRow> {
    let standard = |paper: &PaperView| {
        let texts: Vec<&str> =
            paper.standards.iter().map(|one| one.text.as_str()).filter(|text| !text.is_empty()).collect();
        texts.join("；")
    };
    let of = |paper: &PaperView| {
        let about = if paper.holder.is_empty() { paper.status_word.clone() } else { paper.holder.clone() };
        row(format!("paper-{}", paper.id), paper.name.clone(), about, standard(paper), kept)
    };
    scope.papers.iter().map(of).collect()
}

/// The fields of the one form.
fn fields(scope: Scope<'_>, kept: (&str, &Kept)) -> Vec<NoticeRow> {
    let all = scope.sections.iter().flat_map(|section| &section.fields);
    all.map(|field| {
        row(format!("field-{}", field.element), field.label.clone(), field.value.clone(), String::new(), kept)
    })
    .collect()
}

fn row(target: String, name: String, about: String, standard: String, (order, kept): (&str, &Kept)) -> NoticeRow {
    let picked = kept.ticked(order, "pick").contains(&target);
    let text = |what: &str| kept.text(order, &format!("{what}.{target}")).unwrap_or_default().to_owned();
    let (reason, mend) = (text("reason"), text("mend"));
    let wrong = ["reason", "mend"].iter().find_map(|what| kept.error(&format!("{what}.{target}"))).map(str::to_owned);
    NoticeRow { target, name, about, standard, picked, reason, mend, wrong }
}

/// The lines of the notice. Every one says what is wrong and how to mend it, because there is no second notice.
pub fn notice(scope: Scope<'_>, form: &Sheet) -> Result<Vec<CorrectionLine>, Vec<FieldFault>> {
    let none = Kept::default();
    let rows: Vec<NoticeRow> = papers(scope, ("", &none)).into_iter().chain(fields(scope, ("", &none))).collect();
    let picked = form.all("pick");
    let mut faults = Vec::new();
    let mut lines = Vec::new();
    for row in rows.iter().filter(|row| picked.contains(&row.target.as_str())) {
        let text = |what: &str| form.one(&format!("{what}.{}", row.target)).to_owned();
        for (what, label) in [("reason", "问题"), ("mend", "改法")] {
            if text(what).is_empty() {
                let label = format!("“{}”的{label}", row.name);
                faults.push(FieldFault::new(format!("{what}.{}", row.target), "required").fact("label", label));
            }
        }
        let Some(target) = target(&row.target) else { continue };
        let basis = (!row.standard.is_empty()).then(|| format!("受理标准：{}", row.standard));
        lines.push(CorrectionLine { target, reason: text("reason"), mend: text("mend"), basis });
    }
    if lines.is_empty() {
        faults.push(FieldFault::new("pick", "tick").fact("label", "要补正的材料或表单项"));
    }
    if faults.is_empty() { Ok(lines) } else { Err(faults) }
}

fn target(text: &str) -> Option<CorrectionTarget> {
    match text.split_once('-')? {
        ("paper", id) => id.parse().ok().map(CorrectionTarget::Paper),
        ("field", element) => Some(CorrectionTarget::Field(element.to_owned())),
        _ => None,
    }
}

/// The names, reasons and remedies of the lines, as the letter lists them.
pub fn letter_lines(scope: Scope<'_>, lines: &[CorrectionLine]) -> Vec<(String, String, String)> {
    let name = |target: &CorrectionTarget| match target {
        CorrectionTarget::Paper(id) => {
            scope.papers.iter().find(|paper| paper.id == *id).map(|paper| paper.name.clone())
        }
        CorrectionTarget::Field(element) => {
            let mut all = scope.sections.iter().flat_map(|section| &section.fields);
            all.find(|field| field.element == *element).map(|field| field.label.clone())
        }
    };
    lines.iter().map(|line| (name(&line.target).unwrap_or_default(), line.reason.clone(), line.mend.clone())).collect()
}

/// What is still owed.
pub fn owed(view: &ApplicationView, kept: &Kept) -> Vec<AnswerRow> {
    let open = view.correction.iter().filter(|correction| !correction.answered);
    let of = |line: &CorrectionLineView| AnswerRow {
        name: line.name.clone(),
        mend: line.mend.clone(),
        paper: line.paper,
        element: line.element.clone(),
        value: line
            .element
            .as_ref()
            .and_then(|element| kept.text(ANSWER, &format!("value.{element}")))
            .unwrap_or_default()
            .to_owned(),
    };
    open.flat_map(|correction| &correction.lines).map(of).collect()
}

/// What came in over the counter: papers ticked off, fields said anew.
pub fn answer(visit: &Visit, view: &ApplicationView, form: &Sheet) -> Result<AnswerCorrection, Vec<FieldFault>> {
    let ticked: Vec<PaperId> = form.all("got").into_iter().filter_map(|text| text.parse().ok()).collect();
    let mut fields = BTreeMap::new();
    let mut faults = Vec::new();
    for row in owed(view, &Kept::default()) {
        let Some(element) = row.element else { continue };
        let name = format!("value.{element}");
        match entered(visit, &element, form.one(&name)) {
            Ok(value) => {
                fields.insert(element, value);
            }
            Err(code) => faults.push(FieldFault::new(name, code).fact("label", row.name)),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let papers = ticked.into_iter().map(|paper| AnsweredPaper { paper, file: None }).collect();
    Ok(AnswerCorrection { application: view.id, papers, fields })
}

/// A value said over the counter for this element, or the code of what is wrong with it.
pub fn entered(visit: &Visit, element: &str, text: &str) -> Result<Value, &'static str> {
    if text.is_empty() {
        return Err("required");
    }
    Value::parse(text, kind(visit, element)).map_err(|_| "unreadable")
}

fn kind(visit: &Visit, element: &str) -> ValueKind {
    let shelf = visit.world.part::<Shelf>();
    shelf.catalog().elements.get(element).map_or(ValueKind::Text, |element| element.kind.value_kind())
}
