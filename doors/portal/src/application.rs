//! `GET /applications/{id}`: my matter. One sentence of state, the next thing anybody must do and who, all authorities
//! side by side, results, papers, the record.

mod bring;
mod commitment;
mod correct;
mod fees;
mod files;
mod hearing;
mod mend;
mod post;
mod proof;
mod receipt;
mod received;
mod supply;
mod track;
mod withdraw;

use access_service::{DoorFault, ResidentVisit, Visit, Words};
use askama::Template;
use axum::extract::{DefaultBodyLimit, Path, Query};
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use casework::application::NextActor;
use casework_service::reads::{self, FormSection, MyApplication, MyCase, NoteTone, NoteView, PaperView};
use casework_service::{PaperStatus, SendWhy};
use kernel::id::ApplicationId;
use platform::{Fault, World};
use serde::Deserialize;
use themes_service::frame;
use ui::{Flash, FlashKind, Journal, JournalEntry, MaterialRow, Standing, Track};

use crate::hidden;

/// Bytes of one answer to a correction with all its files; each file has its own limit, and what is longer than this
/// is not even read to the end.
const ANSWER_BYTES: usize = 64 << 20;

/// The pages of one application.
pub fn routes() -> Router<World> {
    let correct = get(correct::show).post(correct::answer).layer(DefaultBodyLimit::max(ANSWER_BYTES));
    let supply = get(supply::show).post(supply::answer).layer(DefaultBodyLimit::max(ANSWER_BYTES));
    let mend = get(mend::show).post(mend::answer).layer(DefaultBodyLimit::max(ANSWER_BYTES));
    Router::new()
        .route("/applications/{id}", get(show))
        .route("/applications/{id}/receipt", get(receipt::show))
        .route("/applications/{id}/proof", get(proof::show))
        .route("/applications/{id}/papers/{paper}", get(files::show))
        .route("/applications/{id}/mend", mend)
        .route("/applications/{id}/receive", axum::routing::post(mend::receive))
        .route("/applications/{id}/correct", correct)
        .route("/applications/{id}/supply", supply)
        .route("/applications/{id}/send", get(post::show).post(post::send))
        .route("/applications/{id}/hearing", get(hearing::show).post(hearing::answer))
        .route("/applications/{id}/commitment", get(commitment::show).post(commitment::withdraw))
        .route("/applications/{id}/fees/{order}", get(fees::show))
        .route("/applications/{id}/fees/{order}/asked", axum::routing::post(fees::asked))
        .route("/applications/{id}/withdraw", get(withdraw::show).post(withdraw::withdraw))
        .layer(Extension(files::Seal::new()))
}

/// What just happened, as a key of the words.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Said {
    said: String,
}

/// A result that is there.
struct ResultLine {
    name: String,
    number: String,
    /// Where it is looked at.
    href: Option<String>,
    on: String,
    delivered: bool,
}

/// A case that ended without what was asked for: why, and where to turn.
struct Failed {
    name: String,
    state: String,
    reason: String,
    remedy: Option<String>,
}

/// Whose turn it is, when it is not the applicant's.
struct Turn {
    who: String,
    phones: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "portal_application.html")]
struct Page {
    shell: ui::Shell,
    href: String,
    matter: MyApplication,
    /// What the pre-review advised to mend, and until when.
    to_mend: Vec<(String, String)>,
    mend_by: String,
    /// The key of the button that goes on to receipt as it is.
    receive_key: Option<String>,
    /// Lines of the open correction notice.
    to_correct: Vec<(String, String)>,
    correct_by: String,
    /// Papers that may still follow, by name, and until when.
    to_supply: Vec<String>,
    supply_by: String,
    /// What else befell a case: its name and the notes.
    notes: Vec<(String, Vec<NoteView>)>,
    may_take_back: bool,
    turn: Option<Turn>,
    track: Track,
    results: Vec<ResultLine>,
    notices: Vec<reads::NoticeLine>,
    failed: Vec<Failed>,
    delivery: Vec<(&'static str, String)>,
    papers: Vec<MaterialRow>,
    handed_in: usize,
    sections: Vec<FormSection>,
    field_count: usize,
    journal: Journal,
    offices: Vec<(String, String)>,
    parcels: Vec<courier_service::reads::ShipmentView>,
    /// Whether a parcel is on its way to the hall.
    is_coming: bool,
    /// Whether papers may be sent to the hall by post now.
    may_send: bool,
    /// Papers that were handed in as files and may be sent to be held against the sheets.
    originals: Vec<String>,
    today: chrono::NaiveDate,
    /// What has to be paid, and what was: page, what for, state.
    owed: Vec<fees::Owed>,
    fees_done: Vec<(String, String, &'static str)>,
}

/// My matter.
pub async fn show(
    ResidentVisit(visit): ResidentVisit,
    Path(id): Path<String>,
    Query(said): Query<Said>,
) -> Result<Response, DoorFault> {
    let matter = find(&visit, &id).await?;
    let notices = reads::notices_of_application(&visit, matter.id).await.map_err(hidden)?;
    let (fees_owed, fees_done) = fees::of(&visit, &matter).await?;
    let words = visit.world.part::<Words>();
    let mut shell = shell(&visit, &matter, None);
    shell.flash = flash(&words, &said.said);
    let open = matter.correction.as_ref().filter(|notice| !notice.answered && matter.may_answer);
    let owed = matter.owed.as_ref().filter(|_| matter.may_supply);
    let advice = matter.advice.as_ref().filter(|_| matter.may_skip);
    let parcels = courier_service::reads::shipments(&visit, matter.id).await?;
    let here = post::arrived_in(&parcels);
    let originals = matter.sendable.iter().filter(|one| one.why == SendWhy::Original);
    let page = Page {
        is_coming: post::is_coming(&parcels),
        may_send: post::may_send(&matter, &parcels),
        originals: originals.map(|one| one.name.clone()).collect(),
        to_mend: advice.map_or_else(Vec::new, |advice| {
            advice.lines.iter().map(|line| (line.name.clone(), line.reason.clone())).collect()
        }),
        mend_by: advice.map_or_else(String::new, |advice| advice.due_words.clone()),
        receive_key: mend::receive_key(&matter),
        parcels,
        today: visit.today(),
        owed: fees_owed,
        fees_done,
        to_correct: open.map_or_else(Vec::new, |notice| {
            let open = notice.lines.iter().filter(|line| !here.contains(&line.id));
            open.map(|line| (line.name.clone(), line.reason.clone())).collect()
        }),
        correct_by: open.map_or_else(String::new, |notice| notice.due_words.clone()),
        to_supply: owed.map_or_else(Vec::new, |owed| {
            let open = owed.lines.iter().filter(|line| !here.contains(&line.id));
            open.map(|line| line.name.clone()).collect()
        }),
        supply_by: owed.filter(|owed| owed.due.is_some()).map_or_else(String::new, |owed| owed.due_words.clone()),
        notes: notes(&matter),
        may_take_back: commitment::may(&matter),
        turn: turn(&matter),
        track: track::track(&matter, visit.today()),
        results: results(&matter, visit.today()),
        notices,
        failed: matter.cases.iter().filter_map(failed).collect(),
        delivery: delivery(&matter),
        handed_in: matter.papers.iter().filter(|paper| paper.status == PaperStatus::HandIn).count(),
        papers: matter.papers.iter().map(|paper| row(&matter, paper)).collect(),
        field_count: matter.sections.iter().map(|section| section.fields.len()).sum(),
        sections: matter.sections.clone(),
        journal: journal(&matter),
        offices: offices(matter.cases.iter()),
        href: href(&matter),
        shell,
        matter,
    };
    Ok(ui::page(page))
}

/// The applicant's own application; somebody else's does not exist.
async fn find(visit: &Visit, id: &str) -> Result<MyApplication, Fault> {
    let id: ApplicationId = id.parse().map_err(|_| Fault::NotFound)?;
    reads::my_application(visit, id).await.map_err(hidden)
}

fn href(matter: &MyApplication) -> String {
    format!("/applications/{}", matter.id)
}

/// The frame of a page of this application, `here` under its own title.
fn shell(visit: &Visit, matter: &MyApplication, here: Option<&str>) -> ui::Shell {
    let shell =
        frame::portal(visit, here.map_or_else(|| matter.title.clone(), |here| format!("{here}：{}", matter.title)));
    let shell = shell.crumb("/mine", "我的");
    match here {
        Some(here) => shell.crumb(href(matter), matter.title.clone()).crumb_here(here),
        None => shell.crumb_here(matter.title.clone()),
    }
}

fn flash(words: &Words, said: &str) -> Option<Flash> {
    let key = format!("portal.said.{said}");
    words.has(&key).then(|| Flash { kind: FlashKind::Good, text: words.get(&key).to_owned() })
}

/// Who acts now, with the phones of those who do; nothing while it is the applicant's turn or nobody's.
fn turn(matter: &MyApplication) -> Option<Turn> {
    if matches!(matter.next, NextActor::Applicant | NextActor::Nobody) {
        return None;
    }
    let theirs = matter.cases.iter().filter(|case| !matches!(case.next, NextActor::Applicant | NextActor::Nobody));
    // The window answers for the whole application; the offices have not got it yet, or no longer.
    let phones = if matter.next == NextActor::Window { Vec::new() } else { offices(theirs) };
    Some(Turn { who: matter.next_word.clone(), phones })
}

/// The cases that something else befell than the ordinary way.
fn notes(matter: &MyApplication) -> Vec<(String, Vec<NoteView>)> {
    let noted = matter.cases.iter().filter(|case| !case.notes.is_empty());
    noted.map(|case| (case.name.clone(), case.notes.clone())).collect()
}

/// Each office once, with its phone.
fn offices<'a>(cases: impl Iterator<Item = &'a MyCase>) -> Vec<(String, String)> {
    let mut offices: Vec<(String, String)> = Vec::new();
    for case in cases {
        let office = (case.authority.clone(), case.phone.clone());
        if !offices.contains(&office) {
            offices.push(office);
        }
    }
    offices
}

fn results(matter: &MyApplication, today: chrono::NaiveDate) -> Vec<ResultLine> {
    let line = |result: &reads::ResultView| ResultLine {
        name: result.name.clone(),
        number: result.number.clone(),
        href: result.licence.map(|licence| format!("/licences/{licence}")),
        on: ui::say::day_short(result.issued_on, today),
        delivered: result.delivered_on.is_some(),
    };
    matter.results.iter().map(line).collect()
}

fn failed(case: &MyCase) -> Option<Failed> {
    case.status.ended_without_licence().then(|| Failed {
        name: case.name.clone(),
        state: case.status_word.clone(),
        reason: case.reason.clone().unwrap_or_else(|| case.sentence.clone()),
        remedy: case.remedy.clone(),
    })
}

fn delivery(matter: &MyApplication) -> Vec<(&'static str, String)> {
    let told = &matter.delivery;
    let rows = [
        ("怎么领", told.method_word.clone()),
        ("收件人", told.recipient.clone()),
        ("电话", ui::say::mask_phone(&told.phone)),
        ("地址", told.address.clone()),
    ];
    rows.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

fn row(matter: &MyApplication, paper: &PaperView) -> MaterialRow {
    let standing = match (paper.status, &paper.file) {
        (PaperStatus::Exempt, _) => Standing::Exempt(paper.reason.clone()),
        (PaperStatus::Deferred, None) => Standing::Deferred(paper.reason.clone()),
        (_, Some(file)) => Standing::Given(format!("{}，{}", file.size_words, file.uploaded_words)),
        (PaperStatus::HandIn, None) => Standing::Given("交到大厅的纸质材料".to_owned()),
    };
    MaterialRow {
        holder: paper.holder.clone(),
        sample: paper.file.as_ref().map(|file| (file.name.clone(), format!("{}/papers/{}", href(matter), paper.id))),
        asked_by: paper.asked_by.clone(),
        ..MaterialRow::new(paper.name.clone(), standing)
    }
}

fn journal(matter: &MyApplication) -> Journal {
    let entry = |line: &reads::JournalLine| JournalEntry {
        at: line.at_words.clone(),
        iso: line.at.to_rfc3339(),
        who: line.who.clone(),
        did: line.did.clone(),
        detail: line.detail.clone(),
        official: line.official,
    };
    Journal { entries: matter.journal.iter().map(entry).collect() }
}

/// How a note is drawn.
fn tone(note: &NoteView) -> &'static str {
    match note.tone {
        NoteTone::Open => "warn",
        NoteTone::Done => "info",
        NoteTone::Grave => "bad",
    }
}
