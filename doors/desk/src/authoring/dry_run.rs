//! `/desk/revisions/{id}/dry-run`: what publishing would do, and publishing it.

use access::Role;
use access_service::{DoorFault, StaffVisit, Words};
use askama::Template;
use authoring::State;
use authoring::changes::{FileChange, ScenarioChange, ThemeChange};
use authoring_service::reads::dry_run::dry_run;
use authoring_service::reads::revisions as reads;
use authoring_service::saying::{self, SaidChange};
use axum::extract::Path;
use axum::response::Response;
use themes::plan::Figures;
use ui::Shell;
use uuid::Uuid;

use super::findings::Line;
use super::{REVISIONS, REVISIONS_NAME};
use crate::frame;

/// Findings shown that the release in force has as well.
const KNOWN_SHOWN: usize = 50;

/// A situation of a theme: name, then materials, fields, days before and after.
struct Scenario {
    name: String,
    materials: String,
    fields: String,
    days: String,
    differs: bool,
}

#[derive(Template)]
#[template(path = "desk_dry_run.html")]
struct Page {
    shell: Shell,
    home: String,
    title: String,
    new: Vec<(Line, String)>,
    known: Vec<(Line, String)>,
    known_more: usize,
    records: Vec<SaidChange>,
    files: Vec<(String, String, String)>,
    /// None while the check has errors.
    lists: Option<Vec<(String, String, String, String)>>,
    themes: Option<Vec<(String, Vec<Scenario>)>>,
    drafts: u64,
    digest: String,
    may_publish: bool,
    key: String,
}

/// The page.
pub async fn show(StaffVisit(visit): StaffVisit, Path(id): Path<String>) -> Result<Response, DoorFault> {
    let id: Uuid = frame::id(&id)?;
    let view = reads::one(&visit, id).await?;
    let run = dry_run(&visit, id).await?;
    let words = visit.world.part::<Words>();
    let line = |one: &authoring::candidate::Found| {
        let line = Line::of(&one.diagnostic);
        let href = super::files::address(id, &line.file);
        (line, href)
    };
    let known = run.found.iter().filter(|one| !one.is_new);
    let known_more = known.clone().count().saturating_sub(KNOWN_SHOWN);
    let list = |one: &authoring::changes::ListChange| {
        let list = words.get(one.list.text_key()).to_owned();
        (words.get(one.what.text_key()).to_owned(), list, one.name.clone(), one.unit.clone())
    };
    let is_office = visit.actor.has_role(Role::Standards);
    let page = Page {
        shell: frame::desk(&visit, "试算")
            .crumb(REVISIONS, REVISIONS_NAME)
            .crumb(format!("{REVISIONS}/{id}"), view.line.title.clone())
            .crumb_here("试算"),
        home: format!("{REVISIONS}/{id}"),
        title: view.line.title.clone(),
        new: run.found.iter().filter(|one| one.is_new).map(line).collect(),
        known: known.take(KNOWN_SHOWN).map(line).collect(),
        known_more,
        records: run.records.iter().map(|one| saying::change(one, &words, &run.known)).collect(),
        files: run.files.iter().map(|one| file(one, &words)).collect(),
        lists: run.lists.map(|lists| lists.iter().map(list).collect()),
        themes: run.themes.map(|themes| themes.iter().map(theme).collect()),
        drafts: run.drafts,
        digest: run.digest,
        may_publish: is_office && view.line.state == State::SignedTwice,
        key: frame::key(),
    };
    Ok(ui::page(page))
}

fn file(one: &FileChange, words: &Words) -> (String, String, String) {
    let what = words.get(one.what.text_key()).to_owned();
    (one.path.clone(), what, format!("增 {} 行，减 {} 行", one.added, one.removed))
}

fn theme(one: &ThemeChange) -> (String, Vec<Scenario>) {
    (one.name.clone(), one.scenarios.iter().map(scenario).collect())
}

fn scenario(one: &ScenarioChange) -> Scenario {
    let both = |figure: fn(&Figures) -> u32| {
        let say = |side: &Option<Figures>| side.as_ref().map_or_else(|| "—".to_owned(), |all| figure(all).to_string());
        let (old, new) = (say(&one.before), say(&one.after));
        if old == new { old } else { format!("{old} → {new}") }
    };
    Scenario {
        name: one.name.clone(),
        materials: both(|all| all.materials.after),
        fields: both(|all| all.fields.after),
        days: both(|all| all.days.after),
        differs: one.before != one.after,
    }
}
