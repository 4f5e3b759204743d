//! The whole way of every theme: plan, draft, form with faults, papers, submission, application.

use catalog::model::{Element, ElementKind};
use catalog_service::Shelf;
use kernel::id::ApplicationId;
use platform::World;
use themes_service::ThemeShelf;

use crate::browser::Browser;
use crate::house::{house, person};
use crate::markup::{form, get, set, shown_fields, uploads};

/// A small whole PDF.
pub const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

/// Something that fits the element.
pub fn sample_of(element: &Element) -> String {
    match element.kind {
        ElementKind::Number => element.min.unwrap_or(0.0).max(12.0).min(element.max.unwrap_or(12.0)).to_string(),
        ElementKind::Bool => "false".into(),
        ElementKind::Date => "2026-11-20".into(),
        ElementKind::Choice | ElementKind::Multi => element.options[0].value.clone(),
        ElementKind::CitizenId => "11010519491231002X".into(),
        ElementKind::CreditCode => "11440604MB2D00014G".into(),
        ElementKind::Phone => "13800138000".into(),
        ElementKind::Region => "440604012017".into(),
        ElementKind::Email => "someone@example.cn".into(),
        ElementKind::Address => "禅城区祖庙街道锦华路85号首层3号铺".into(),
        ElementKind::Text => element.sample.clone().unwrap_or_else(|| "禅城".into()),
    }
}

/// Answers what is open, so that the plan is complete.
fn answered(world: &World, theme: &str) -> String {
    let shelf = ThemeShelf::current(world).expect("themes");
    let theme = shelf.theme(theme).expect("the theme");
    let open = theme.questions.iter().filter(|question| question.default.is_none());
    let sample = |question: &themes::Question| match question.kind {
        // Born in a hospital to a married couple: the case the theme is for.
        themes::QuestionKind::Bool => {
            ["hospital_birth", "parents_married", "job_wish"].contains(&&*question.id).to_string()
        }
        themes::QuestionKind::Number => {
            question.min.unwrap_or(1.0).max(2.0).min(question.max.unwrap_or(60.0)).to_string()
        }
        themes::QuestionKind::Text => "禅城".to_owned(),
        _ => question.options[0].value.clone(),
    };
    let pairs: Vec<(String, String)> = open.map(|question| (question.id.clone(), sample(question))).collect();
    serde_urlencoded::to_string(pairs).expect("a query")
}

/// Begins a draft from the plan and gives its address.
pub async fn begin(world: &World, browser: &Browser, theme: &str) -> String {
    let plan = browser.get(&format!("/matters/{theme}/plan?{}", answered(world, theme))).await.ok();
    let action = format!("/matters/{theme}/drafts");
    let start = form(&plan.html, &action);
    let to = browser.post(&action, &start).await.leads();
    assert_eq!(browser.post(&action, &start).await.leads(), to, "a second click leads to the same draft");
    to.rsplit_once('/').expect("a page of the draft").0.to_owned()
}

/// Fills in what is empty and sends the form on.
pub async fn fill(world: &World, browser: &Browser, draft: &str) {
    let path = format!("{draft}/form");
    // What follows from a typed value may turn out to need typing itself, so two rounds are enough for every form.
    for round in 0..3 {
        let page = browser.get(&path).await.ok();
        let mut sheet = form(&page.html, &path);
        complete(world, &page.html, &mut sheet);
        set(&mut sheet, "_go", "papers");
        let answer = browser.post(&path, &sheet).await;
        if answer.status == axum::http::StatusCode::SEE_OTHER {
            return;
        }
        assert!(round < 2, "{}", answer.html);
    }
}

fn complete(world: &World, html: &str, sheet: &mut Vec<(String, String)>) {
    let shelf = world.part::<Shelf>();
    for name in shown_fields(html) {
        let Some(element) = shelf.catalog().elements.get(name.as_str()) else { continue };
        if get(sheet, &name).is_empty() {
            set(sheet, &name, &sample_of(element));
        }
    }
}

/// Hands in a file for everything.
pub async fn hand_in(browser: &Browser, draft: &str) {
    let page = browser.get(&format!("{draft}/papers")).await.ok();
    for key in uploads(&page.html) {
        let to = browser.upload(draft, &key, "材料.pdf", PDF).await.leads();
        assert!(to.contains("/papers#m-"), "{to}");
    }
}

/// Declares and submits; gives the application and the form that was sent.
pub async fn submit(world: &World, browser: &Browser, draft: &str) -> (ApplicationId, Vec<(String, String)>) {
    let page = browser.get(&format!("{draft}/check")).await.ok();
    let mut last = form(&page.html, &format!("{draft}/submit"));
    complete(world, &page.html, &mut last);
    set(&mut last, "_declare", "yes");
    let to = browser.post(&format!("{draft}/submit"), &last).await.leads();
    let application = to.rsplit_once("/applications/").unwrap_or_else(|| panic!("{to}")).1;
    (application.parse().expect("an application"), last)
}

#[tokio::test]
async fn every_theme_can_be_filled_in_and_submitted_by_somebody() {
    let (world, _folder) = house().await;
    let people = [
        ("open-hair-salon", "salon-founder"),
        ("open-restaurant", "restaurant-founder"),
        ("start-company", "tenant"),
        ("newborn", "new-mother"),
        ("birth-registration", "expecting-wife"),
        ("unemployment-benefit", "job-seeker"),
    ];
    for (theme, who) in people {
        let person = person(who);
        let browser = Browser::resident(&world, &person).await;
        let draft = begin(&world, &browser, theme).await;
        fill(&world, &browser, &draft).await;
        hand_in(&browser, &draft).await;
        let (application, _) = submit(&world, &browser, &draft).await;
        let visit = access_service::Visit::of(&world, access::Actor::resident(person.subject.to_string(), person.name));
        let seen = casework_service::reads::my_application(&visit, application).await.expect("the application");
        assert!(!seen.cases.is_empty(), "{theme}");
        let house = access_service::Visit::system(&world);
        let whole = casework_service::reads::application_view(&house, application).await.expect("the application");
        // A shop belongs to where its address says it lies; a matter without premises to where the person lives.
        let has_premises = ["open-hair-salon", "open-restaurant", "start-company"].contains(&theme);
        assert_eq!(whole.region_name == "祖庙街道", has_premises, "{theme}: {}", whole.region_name);
    }
    let journal = platform::journal::verify(&world.db).await.expect("a journal");
    assert!(journal.findings.is_empty(), "{:?}", journal.findings);
}

#[tokio::test]
async fn the_second_submission_shows_the_first_receipt() {
    let (world, _folder) = house().await;
    let browser = Browser::resident(&world, &person("salon-founder")).await;
    let draft = begin(&world, &browser, "open-hair-salon").await;
    fill(&world, &browser, &draft).await;
    hand_in(&browser, &draft).await;
    let (application, mut sent) = submit(&world, &browser, &draft).await;
    let receipt = format!("/applications/{application}");
    let submit = format!("{draft}/submit");
    assert_eq!(browser.post(&submit, &sent).await.leads(), receipt, "the same key");
    set(&mut sent, "_key", "another-key");
    assert_eq!(browser.post(&submit, &sent).await.leads(), receipt, "another key");
    for page in ["questions", "plan", "form", "papers", "check"] {
        assert_eq!(browser.get(&format!("{draft}/{page}")).await.leads(), receipt, "{page}");
    }
}

#[tokio::test]
async fn an_outsider_types_everything_and_the_birthday_follows_the_number() {
    let (world, _folder) = house().await;
    let browser = Browser::resident(&world, &person("outsider")).await;
    let draft = begin(&world, &browser, "open-hair-salon").await;
    let page = browser.get(&format!("{draft}/form")).await.ok();
    page.says("来自实名认证信息");
    fill(&world, &browser, &draft).await;
    let check = browser.get(&format!("{draft}/check")).await.ok();
    check.says("430104********");
    check.says("还差");
}
