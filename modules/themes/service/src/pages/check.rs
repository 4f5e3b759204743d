//! The last look: everything on one page, where the results go, the declaration, what happens next; then submission.

use access_service::{Posted, Visit};
use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use kernel::value::Value;
use platform::{Fault, FieldFault};
use ui::{ErrorSummary, Field, MaterialRow, Opt, Progress, Shell};
use uuid::Uuid;

use super::check_parts::{Commitment, Line, commitments, lines, next_steps, papers, suggested};
use super::drafting::{Detour, Drafting, Marks, receipt, seen, value};
use super::fields::{self, Look};
use super::form::{Fixed, fixed};
use crate::acts::{SaveForm, SubmitDraft, WAY_KEY, chosen_way, save_form, submit_draft, way_question, way_word};
use crate::filing::{Filing, HANDOVER_GROUP, Page, keep_typed};

#[derive(Template)]
#[template(path = "themes_check.html")]
struct CheckPage {
    shell: Shell,
    progress: Progress,
    for_whom: Option<String>,
    errors: ErrorSummary,
    /// What other pages still lack, each with where it is mended.
    lacking: Vec<(String, String)>,
    name: String,
    sections: Vec<(&'static str, Vec<Line>)>,
    form_href: String,
    papers_href: String,
    questions_href: String,
    papers: Vec<MaterialRow>,
    commitments: Vec<Commitment>,
    way: Field,
    fields: Vec<Field>,
    fixed: Vec<Fixed>,
    declaration: Field,
    next: Vec<String>,
    save: String,
    submit: String,
    marks: Marks,
    key: String,
    saved: String,
}

/// `GET /drafts/{draft}/check`
pub async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Detour> {
    let drafting = Drafting::open(visit, &id).await?;
    Ok(draw(&drafting, StatusCode::OK, None)?)
}

/// `POST /drafts/{draft}/check`: keeps what stands on this page.
pub async fn save(
    Path(id): Path<String>,
    headers: HeaderMap,
    posted: Posted<Vec<(String, String)>>,
) -> Result<Response, Detour> {
    let Posted { visit, form, .. } = posted;
    let mut drafting = Drafting::open(visit, &id).await?;
    if !keep(&mut drafting, &form).await? {
        return Ok(draw(&drafting, StatusCode::CONFLICT, Some(&form))?);
    }
    if headers.contains_key("x-autosave") {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    Ok(Redirect::to(&drafting.draft.href("check")).into_response())
}

/// `POST /drafts/{draft}/submit`: 交给政府审核.
pub async fn submit(Path(id): Path<String>, posted: Posted<Vec<(String, String)>>) -> Result<Response, Detour> {
    let Posted { visit, key, form } = posted;
    let mut drafting = Drafting::open(visit, &id).await?;
    if !keep(&mut drafting, &form).await? {
        return Ok(draw(&drafting, StatusCode::CONFLICT, Some(&form))?);
    }
    let declared = value(&form, "_declare") == "yes";
    let order = SubmitDraft { draft: drafting.draft.id, declared };
    match submit_draft(&drafting.visit, Some(&key), order).await {
        Ok(application) => Ok(Redirect::to(&receipt(&drafting.visit, application)).into_response()),
        Err(Fault::Invalid(_)) => Ok(draw(&drafting, StatusCode::UNPROCESSABLE_ENTITY, Some(&form))?),
        Err(fault) => Err(fault.into()),
    }
}

/// Keeps the entries of this page and the chosen way. Whether it could: another page may have saved meanwhile.
async fn keep(drafting: &mut Drafting, form: &[(String, String)]) -> Result<bool, Detour> {
    let (sheet, answers) = {
        let filing = drafting.filing()?;
        let mut sheet = drafting.draft.form.clone();
        keep_typed(&filing, Page::Check, &mut sheet, form);
        let mut answers = drafting.draft.answers.clone();
        let way = value(form, WAY_KEY);
        if filing.theme.handover.iter().any(|offered| way_word(*offered) == way) {
            let question = way_question(&filing);
            match question.filter(|question| question.check(&Value::from(way)).is_ok()) {
                Some(question) => answers.give(&question.id, way),
                None => sheet.keep(WAY_KEY, vec![way.to_owned()]),
            }
        }
        (sheet, answers)
    };
    let order =
        SaveForm { draft: drafting.draft.id, seen: seen(form), form: sheet.clone(), answers: Some(answers.clone()) };
    match save_form(&drafting.visit, &order).await {
        Ok(version) => {
            (drafting.draft.version, drafting.draft.form, drafting.draft.answers) = (version, sheet, answers);
            Ok(true)
        }
        Err(Fault::Conflict) => {
            // The page is drawn again with what the other one saved, and with what was typed on this one.
            let newest = super::drafting::find(&drafting.visit, &drafting.draft.id.to_string()).await?;
            if let Some(application) = newest.application {
                return Err(Detour::Go(receipt(&drafting.visit, application)));
            }
            drafting.draft = newest;
            let mut form_now = drafting.draft.form.clone();
            keep_typed(&drafting.filing()?, Page::Check, &mut form_now, form);
            drafting.draft.form = form_now;
            Ok(false)
        }
        Err(fault) => Err(fault.into()),
    }
}

fn draw(drafting: &Drafting, status: StatusCode, posted: Option<&[(String, String)]>) -> Result<Response, Fault> {
    let filing = drafting.filing()?;
    let review = status == StatusCode::UNPROCESSABLE_ENTITY;
    let fields = fields(drafting, &filing, review);
    let way = way(drafting, &filing);
    let declared = posted.is_some_and(|form| value(form, "_declare") == "yes");
    let declaration = declaration(drafting, declared, review && !declared);
    let errors = ErrorSummary::of(fields.iter().chain([&declaration]));
    let mut shell = drafting.shell("核对提交").faulty(!errors.is_empty());
    if status == StatusCode::CONFLICT {
        shell = shell
            .flash(ui::FlashKind::Warn, "内容刚刚在另一个页面改过，还没有提交。请核对下面的最新内容，再提交一次。");
    }
    let handover = filing.sections.iter().filter(|section| section.group == HANDOVER_GROUP);
    let closed = handover.flat_map(|section| &section.entries).filter(|entry| !entry.is_open());
    // The way itself is chosen above; said twice it would only confuse.
    let own = way_question(&filing).map(|question| question.element.clone());
    let closed = closed.filter(|entry| own.as_ref() != Some(&entry.element().code));
    let page = CheckPage {
        shell,
        progress: drafting.progress(4),
        for_whom: drafting.for_whom(),
        errors,
        lacking: lacking(drafting, &filing),
        name: filing.theme.name.clone(),
        sections: lines(&filing),
        form_href: drafting.draft.href("form"),
        papers_href: drafting.draft.href("papers"),
        questions_href: drafting.draft.href("questions"),
        papers: papers(&filing),
        commitments: commitments(drafting, &filing),
        way,
        fixed: closed.map(fixed).collect(),
        fields,
        declaration,
        next: next_steps(drafting, &filing),
        save: drafting.draft.href("check"),
        submit: drafting.draft.href("submit"),
        marks: drafting.marks(),
        key: Uuid::new_v4().to_string(),
        saved: drafting.saved_at(),
    };
    Ok(ui::page_with(status, page))
}

/// What is missing on other pages: the sentence, and where it is mended.
fn lacking(drafting: &Drafting, filing: &Filing<'_>) -> Vec<(String, String)> {
    let elsewhere = filing.missing().into_iter().filter(|missing| missing.page != Page::Check);
    let link = |missing: crate::filing::Missing| {
        let place = match missing.page {
            Page::Form => format!("form?review=1#f-{}", missing.fault.field),
            Page::Papers => format!("papers#{}", crate::filing::anchor(&missing.fault.field)),
            Page::Questions | Page::Check => missing.page.stem().to_owned(),
        };
        (drafting.said(&missing.fault), drafting.draft.href(&place))
    };
    elsewhere.map(link).collect()
}

fn fields(drafting: &Drafting, filing: &Filing<'_>, review: bool) -> Vec<Field> {
    let look =
        Look { catalog: drafting.shelf.catalogue().catalog(), words: &drafting.words, today: drafting.visit.today() };
    let open = filing.entries_on(Page::Check).filter(|entry| entry.is_open());
    open.map(|entry| {
        let mut field = fields::of_entry(entry, filing.theme, &look, review);
        if entry.texts.is_empty() && !review {
            field = field.value(suggested(drafting, filing, entry));
        }
        field
    })
    .collect()
}

fn way(drafting: &Drafting, filing: &Filing<'_>) -> Field {
    let option = |way: &themes::Handover| match way {
        themes::Handover::Electronic => Opt::new("electronic", "只要电子证照").hint("办好后在“我的证照”里查看、下载"),
        themes::Handover::Window => Opt::new("window", "到窗口领取").hint("凭取件码到任一政务服务中心统一出件窗口领取"),
        themes::Handover::Mail => Opt::new("mail", "邮政快递寄送").hint("寄到您填写的地址，不收邮费"),
    };
    let options = filing.theme.handover.iter().map(option).collect();
    Field::choice(WAY_KEY, "办好以后怎么拿结果", options).value(chosen_way(&drafting.draft, filing))
}

fn declaration(drafting: &Drafting, declared: bool, wrong: bool) -> Field {
    let words = "我已核对以上内容，保证填写的信息和提交的材料真实、有效";
    let law = "申请人应当如实提交有关材料和反映真实情况，并对其申请材料实质内容的真实性负责（行政许可法第三十一条）";
    let label =
        if drafting.for_whom().is_some() { "申请人声明（请申请人本人确认）" } else { "您的声明" };
    let field = Field::multi("_declare", label, vec![Opt::new("yes", words).hint(law)]);
    let field = if declared { field.values(vec!["yes".into()]) } else { field };
    if wrong { field.error(drafting.said(&FieldFault::new("_declare", "declare"))) } else { field }
}
