//! The questions: open to everybody with the answers in the address, and the same of a draft.

use access::Resource;
use access_service::{DoorFault, Posted, Visit, Words, door};
use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use kernel::value::Value;
use platform::Fault;
use themes::{AnswerFault, Answers, Asking, Plan, Question, QuestionKind, Theme};
use ui::{ErrorSummary, Field, Opt, Progress, Shell, Tally};

use super::drafting::{Detour, Drafting, Marks, STEPS, seen, value};
use super::{fields, plan_parts, summary};
use crate::acts::{SaveAnswers, save_answers};
use crate::{ThemeShelf, frame, known, reads};

#[derive(Template)]
#[template(path = "themes_questions.html")]
struct Questions {
    shell: Shell,
    progress: Progress,
    errors: ErrorSummary,
    name: String,
    official: String,
    lead: String,
    summary: String,
    for_whom: Option<String>,
    /// Where the answers go; the plan of an exploration has an address of its own.
    action: String,
    /// Of a draft: what the page knew. None while exploring.
    marks: Option<Marks>,
    asked: Vec<Asked>,
    /// Answers to questions that are not shown now; shown again, they are still there.
    carried: Vec<(String, String)>,
    /// Not asked, because the records know.
    known: Vec<(String, String, String)>,
    firm: Option<Field>,
    /// Another page has saved meanwhile.
    conflict: Option<&'static str>,
    tally: Tally,
    exit: Option<(String, String)>,
    /// A draft of the same matter to go on with.
    unfinished: Option<(String, String)>,
}

struct Asked {
    id: String,
    field: Field,
    /// A multiple choice says "none of them" by a blank of its own.
    multiple: bool,
}

/// Questions of a theme with the answers given so far.
struct Inquiry<'t> {
    theme: &'t Theme,
    given: &'t [(String, String)],
    answers: Answers,
    faults: Vec<AnswerFault>,
    known: &'t records::Known,
    plan: Plan<'t>,
    words: &'t Words,
}

impl<'t> Inquiry<'t> {
    fn of(
        theme: &'t Theme,
        given: &'t [(String, String)],
        known: &'t records::Known,
        shelf: &ThemeShelf,
        words: &'t Words,
    ) -> Self {
        let own = given.iter().filter(|(id, _)| theme.question(id).is_some());
        let (answers, faults) = theme.read_sound(own.map(|(id, text)| (id.as_str(), text.as_str())));
        let plain = known::for_plan(known, shelf.catalogue().catalog(), words);
        let plan = themes::plan(theme, &answers, &plain);
        Self { theme, given, answers, faults, known, plan, words }
    }

    fn asked(&self, unanswered_is_wrong: bool) -> Vec<Asked> {
        let shown = self.plan.shown_questions();
        shown.map(|(question, asking)| self.one(question, asking, unanswered_is_wrong)).collect()
    }

    fn one(&self, question: &Question, asking: Asking, unanswered_is_wrong: bool) -> Asked {
        let fault = self.faults.iter().find(|fault| fault.question == question.id);
        let texts = match fault {
            Some(_) => self.given.iter().filter(|(id, _)| *id == question.id).map(|(_, text)| text.clone()).collect(),
            None => self.value(question).map(|value| fields::texts(&value)).unwrap_or_default(),
        };
        let mut field = fields::of_question(question, texts);
        if let Some(fault) = fault {
            field = field.error(door::field_fault(&fields::answer_fault(self.theme, fault), self.words));
        } else if unanswered_is_wrong && asking == Asking::Open {
            let fault = platform::FieldFault::new(&question.id, "unanswered").fact("label", &question.text);
            field = field.error(door::field_fault(&fault, self.words));
        }
        Asked { id: question.id.clone(), field, multiple: question.kind == QuestionKind::Multi }
    }

    /// What stands in the box: the answer, what the records say, the default.
    fn value(&self, question: &Question) -> Option<Value> {
        let known = || self.known.fact(&question.element).map(|fact| fact.value.clone());
        self.answers.get(&question.id).cloned().or_else(known).or_else(|| question.default.clone())
    }

    fn carried(&self) -> Vec<(String, String)> {
        let hidden = |id: &str| !self.plan.shown_questions().any(|(question, _)| question.id == id);
        let answers = self.answers.iter().filter(|(id, _)| hidden(id));
        answers.flat_map(|(id, value)| pairs_of(id, value)).collect()
    }

    /// Questions the records answer: the question, the answer, the register.
    fn known(&self) -> Vec<(String, String, String)> {
        let questions = self.theme.questions.iter().zip(&self.plan.asking);
        let known = questions.filter(|(_, asking)| **asking == Asking::Known).filter_map(|(question, _)| {
            let fact = self.known.fact(&question.element)?;
            let source = self.words.get(fact.source.text_key()).to_owned();
            Some((self.theme.name_of(&question.element).to_owned(), question.label_of(&fact.value), source))
        });
        known.collect()
    }

    fn page(self, shell: Shell, progress: Progress, action: String, unanswered_is_wrong: bool) -> Questions {
        let asked = self.asked(unanswered_is_wrong);
        let errors = ErrorSummary::of(asked.iter().map(|asked| &asked.field));
        Questions {
            shell: shell.faulty(!errors.is_empty()),
            progress,
            errors,
            name: self.theme.name.clone(),
            official: self.theme.official.clone(),
            lead: self.theme.lead_name.to_string(),
            summary: self.theme.summary.clone(),
            for_whom: None,
            action,
            marks: None,
            carried: self.carried(),
            known: self.known(),
            firm: None,
            conflict: None,
            tally: summary::tally(&self.plan),
            exit: plan_parts::exit(&self.plan),
            unfinished: None,
            asked,
        }
    }
}

/// An answer as it stands in an address; nothing chosen is said by a blank.
pub(super) fn pairs_of(id: &str, value: &Value) -> Vec<(String, String)> {
    let texts = fields::texts(value);
    if texts.is_empty() {
        return vec![(id.to_owned(), String::new())];
    }
    texts.into_iter().map(|text| (id.to_owned(), text)).collect()
}

/// The pairs of an address; one that cannot be read has none.
pub(super) fn pairs(query: Option<&str>) -> Vec<(String, String)> {
    serde_urlencoded::from_str(query.unwrap_or_default()).unwrap_or_default()
}

/// `GET /matters/{theme}`: anybody, the answers in the address.
pub async fn explore(
    visit: Visit,
    Path(theme): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, DoorFault> {
    visit.allow(themes::acts::EXPLORE, &Resource::of("theme"))?;
    let shelf = ThemeShelf::current(&visit.world)?;
    let theme = shelf.theme(&theme)?;
    let words = visit.world.part::<Words>();
    let known = known::of_visitor(&visit, shelf.catalogue().catalog(), &theme.id).await?;
    let given = pairs(query.as_deref());
    let inquiry = Inquiry::of(theme, &given, &known, &shelf, &words);
    let shell = frame::shell(&visit, &theme.name).crumb("/matters", "一件事").crumb_here(&theme.name);
    let progress = Progress::at(STEPS.map(|(name, _)| name), 0);
    let mut page = inquiry.page(shell, progress, format!("/matters/{}", theme.id), false);
    page.unfinished = unfinished(&visit, &theme.id).await?;
    Ok(ui::page(page))
}

/// The resident's own unfinished draft of that matter: where it goes on, when it was saved.
pub(super) async fn unfinished(visit: &Visit, theme: &str) -> Result<Option<(String, String)>, Fault> {
    let Some(subject) = visit.actor.subject().and_then(|subject| subject.parse().ok()) else { return Ok(None) };
    let drafts = reads::open_drafts(visit, subject).await?;
    let line = drafts.into_iter().find(|draft| draft.theme == theme);
    Ok(line.map(|line| (line.href, ui::say::moment(line.saved_at, visit.today()))))
}

/// `GET /drafts/{draft}/questions`
pub async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Detour> {
    let drafting = Drafting::open(visit, &id).await?;
    let given: Vec<(String, String)> =
        drafting.draft.answers.iter().flat_map(|(id, value)| pairs_of(id, value)).collect();
    Ok(draw(&drafting, &given, StatusCode::OK)?)
}

/// `POST /drafts/{draft}/questions`: keeps the sound answers; `_go` leads on to the plan.
pub async fn save(
    Path(id): Path<String>,
    headers: HeaderMap,
    posted: Posted<Vec<(String, String)>>,
) -> Result<Response, Detour> {
    let Posted { visit, form, .. } = posted;
    let mut drafting = Drafting::open(visit, &id).await?;
    let (answers, faulty, open) = {
        let theme = drafting.shelf.theme(&drafting.draft.theme)?;
        let inquiry = Inquiry::of(theme, &form, drafting.known(), &drafting.shelf, &drafting.words);
        let open = inquiry.plan.open_questions().next().is_some();
        (inquiry.answers, !inquiry.faults.is_empty(), open)
    };
    let order = SaveAnswers {
        draft: drafting.draft.id,
        seen: seen(&form),
        answers,
        organisation: value(&form, "_organisation").parse().ok(),
    };
    match save_answers(&drafting.visit, &order).await {
        Ok(version) => drafting.draft.version = version,
        Err(Fault::Conflict) => {
            return Ok(draw(&drafting, &form, StatusCode::CONFLICT)?);
        }
        Err(fault) => return Err(fault.into()),
    }
    let going_on = !value(&form, "_go").is_empty();
    if faulty || (going_on && open) {
        return Ok(draw(&drafting, &form, StatusCode::UNPROCESSABLE_ENTITY)?);
    }
    // The script puts the answer into the page that has asked; led to the page anew, it would be another page, and what
    // is on its way from this one would seem to come from elsewhere.
    if !going_on && headers.contains_key("hx-request") {
        return Ok(draw(&drafting, &form, StatusCode::OK)?);
    }
    let next = if going_on { "plan" } else { "questions" };
    Ok(Redirect::to(&drafting.draft.href(next)).into_response())
}

fn draw(drafting: &Drafting, given: &[(String, String)], status: StatusCode) -> Result<Response, Fault> {
    let theme = drafting.shelf.theme(&drafting.draft.theme)?;
    let inquiry = Inquiry::of(theme, given, drafting.known(), &drafting.shelf, &drafting.words);
    let shell = drafting.shell("答问题");
    let complain = status == StatusCode::UNPROCESSABLE_ENTITY;
    let mut page = inquiry.page(shell, drafting.progress(0), drafting.draft.href("questions"), complain);
    page.for_whom = drafting.for_whom();
    page.marks = Some(drafting.marks_of(value(given, "_tab")));
    page.firm = firm(drafting);
    // Said inside the part that the script puts in place, so that nobody overwrites without having read it.
    page.conflict = (status == StatusCode::CONFLICT).then_some("下面是您在这一页的回答，再保存一次就以这一页为准。");
    Ok(ui::page_with(status, page))
}

/// Which of several firms the matter is for.
fn firm(drafting: &Drafting) -> Option<Field> {
    let firms = &drafting.known().organisations;
    if firms.len() < 2 {
        return None;
    }
    let options = firms.iter().map(|firm| Opt::new(firm.subject.to_string(), &firm.name)).collect();
    let chosen = drafting.draft.organisation.map(|subject| subject.to_string()).unwrap_or_default();
    let field = Field::choice("_organisation", "为哪一家单位办", options).value(chosen).optional();
    Some(field.help("您名下有几家单位。新开的店不选。"))
}
