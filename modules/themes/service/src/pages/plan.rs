//! The plan (办事方案): what it takes, what to bring, when it is done, who decides.

use access::Resource;
use access_service::{DoorFault, Visit, Words};
use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::response::Response;
use themes::{Inclusion, Plan, Theme};
use ui::{Figure, MaterialRow, Progress, Shell, Timeline};
use uuid::Uuid;

use super::drafting::{Detour, Drafting, STEPS};
use super::questions::{pairs, unfinished};
use super::{plan_parts, summary};
use crate::{ThemeShelf, frame, known};

#[derive(Template)]
#[template(path = "themes_plan.html")]
struct PlanPage {
    shell: Shell,
    progress: Progress,
    for_whom: Option<String>,
    name: String,
    official: String,
    lead: String,
    /// 3 件事一起办，一张表填完，12月1日（周二）前全部办好。
    sentence: String,
    figures: Vec<Figure>,
    hand_in: Vec<MaterialRow>,
    exempt: Vec<MaterialRow>,
    undecided: Vec<(String, String)>,
    timeline: Timeline,
    included: Vec<Decider>,
    left_out: Vec<(String, String)>,
    results: Vec<String>,
    notes: Vec<String>,
    /// Questions still open.
    open: usize,
    exit: Option<(String, String)>,
    start: Start,
    answers_href: String,
    print_href: String,
    /// For paper: everything unfolded, no buttons.
    print: bool,
    unfinished: Option<(String, String)>,
}

struct Decider {
    name: String,
    authority: String,
    promise: String,
    because: String,
}

/// How it goes on from here.
enum Start {
    /// The resident begins a draft with these answers.
    Begin { action: String, key: String, answers: Vec<(String, String)> },
    /// A visitor signs in first.
    SignIn(String),
    /// A clerk begins with the person at the window.
    AtWindow,
    /// A draft goes on with the form.
    GoOn(String),
    /// Nothing to begin.
    Nowhere,
}

/// `GET /matters/{theme}/plan`: anybody, the answers in the address.
pub async fn explore(
    visit: Visit,
    Path(theme): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, DoorFault> {
    visit.allow(themes::acts::EXPLORE, &Resource::of("theme"))?;
    let shelf = ThemeShelf::current(&visit.world)?;
    let theme = shelf.theme(&theme)?;
    let words = visit.world.part::<Words>();
    let catalog = shelf.catalogue().catalog();
    let known = known::for_plan(&known::of_visitor(&visit, catalog, &theme.id).await?, catalog, &words);
    let given = pairs(query.as_deref());
    let own: Vec<(String, String)> = given.iter().filter(|(id, _)| theme.question(id).is_some()).cloned().collect();
    let (answers, _) = theme.read_sound(own.iter().map(|(id, text)| (id.as_str(), text.as_str())));
    let plan = themes::plan(theme, &answers, &known);
    let shell = frame::shell(&visit, format!("{}：您的办事方案", theme.name));
    let query = serde_urlencoded::to_string(&own).unwrap_or_default();
    let answers_href = format!("/matters/{}?{query}", theme.id);
    let shell = shell.crumb("/matters", "一件事").crumb(&answers_href, &theme.name).crumb_here("办事方案");
    let mut page = draw(&visit, &shelf, theme, &plan, shell, Progress::at(STEPS.map(|(name, _)| name), 1));
    page.start = match () {
        () if plan.out_of_scope.is_some() || (plan.is_complete() && plan.running.is_empty()) => Start::Nowhere,
        () if visit.actor.subject().is_some() => Start::Begin {
            action: format!("/matters/{}/drafts", theme.id),
            key: Uuid::new_v4().to_string(),
            answers: own,
        },
        () if visit.actor.is_staff() => Start::AtWindow,
        () => Start::SignIn(format!("/sign-in?{}", access_service::door::pair("back", &visit.path))),
    };
    page.print = given.iter().any(|(name, _)| name == "print");
    page.print_href = format!("/matters/{}/plan?{query}&print=1", theme.id);
    page.answers_href = answers_href;
    page.unfinished = unfinished(&visit, &theme.id).await?;
    Ok(ui::page(page))
}

/// `GET /drafts/{draft}/plan`
pub async fn show(visit: Visit, Path(id): Path<String>, RawQuery(query): RawQuery) -> Result<Response, Detour> {
    let drafting = Drafting::open(visit, &id).await?;
    let theme = drafting.shelf.theme(&drafting.draft.theme)?;
    let catalog = drafting.shelf.catalogue().catalog();
    let known = known::for_plan(drafting.known(), catalog, &drafting.words);
    let (answers, _) = crate::filing::still_sound(theme, &drafting.draft.answers);
    let plan = themes::plan(theme, &answers, &known);
    let shell = drafting.shell("办事方案");
    let mut page = draw(&drafting.visit, &drafting.shelf, theme, &plan, shell, drafting.progress(1));
    page.for_whom = drafting.for_whom();
    let stuck = plan.out_of_scope.is_some() || (plan.is_complete() && plan.running.is_empty());
    page.start = if stuck { Start::Nowhere } else { Start::GoOn(drafting.draft.href("form")) };
    page.answers_href = drafting.draft.href("questions");
    page.print = pairs(query.as_deref()).iter().any(|(name, _)| name == "print");
    page.print_href = format!("{}?print=1", drafting.draft.href("plan"));
    Ok(ui::page(page))
}

fn draw(
    visit: &Visit,
    shelf: &ThemeShelf,
    theme: &Theme,
    plan: &Plan<'_>,
    shell: Shell,
    progress: Progress,
) -> PlanPage {
    let today = visit.today();
    let (timeline, ready) = plan_parts::timeline(plan, &shelf.catalogue().calendar, today);
    let (hand_in, exempt, undecided) = plan_parts::materials(plan);
    let included = plan.included().map(|planned| Decider {
        name: planned.item.name.to_string(),
        authority: planned.item.authority_name.to_string(),
        promise: themes::words::limit(planned.item.promise),
        because: plan.why_item(planned),
    });
    let left_out = plan
        .items
        .iter()
        .filter(|planned| !planned.is_included() && !matches!(planned.inclusion, Inclusion::OutOfScope));
    let results = plan.included().filter_map(|planned| planned.item.result.clone());
    PlanPage {
        shell,
        progress,
        for_whom: None,
        name: theme.name.clone(),
        official: theme.official.clone(),
        lead: theme.lead_name.to_string(),
        sentence: plan_parts::sentence(plan, ready, today),
        figures: summary::figures(plan),
        hand_in,
        exempt,
        undecided,
        timeline,
        included: included.collect(),
        left_out: left_out.map(|planned| (planned.item.name.to_string(), plan.why_item(planned))).collect(),
        results: results.collect(),
        notes: plan.notes.iter().map(ToString::to_string).collect(),
        open: plan.open_questions().count(),
        exit: plan_parts::exit(plan),
        start: Start::Nowhere,
        answers_href: String::new(),
        print_href: String::new(),
        print: false,
        unfinished: None,
    }
}
