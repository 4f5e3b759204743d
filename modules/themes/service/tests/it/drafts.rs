//! Drafts: kept through faults, gone on with elsewhere, nobody else's; the tables on both engines.

use access::Actor;
use access_service::Visit;
use axum::http::StatusCode;
use kernel::id::{BlobId, DraftId};
use platform::blobs::{FileKind, Stored};
use platform::retention::Retention;
use platform::{Clock, Fault};
use themes::Answers;
use themes_service::acts::{
    AddPaper, SaveAnswers, SaveForm, Seen, StartDraft, SubmitDraft, add_paper, remove_paper, save_answers, save_form,
    start_draft, submit_draft,
};
use themes_service::{Sheet, reads};

use crate::browser::Browser;
use crate::house::{fill as furnish, house, open, person, shelves};
use crate::markup::{form, get, set};
use crate::way::begin;

#[tokio::test]
async fn faults_are_told_all_at_once_and_everything_typed_is_kept() {
    let (world, _folder) = house().await;
    let founder = person("salon-founder");
    let browser = Browser::resident(&world, &founder).await;
    let draft = begin(&world, &browser, "open-hair-salon").await;
    let path = format!("{draft}/form");
    let page = browser.get(&path).await.ok();
    assert!(!page.html.contains("class=\"error\""), "nobody is told that an untouched form is empty");
    page.says("来自公安人口库");
    let mut sheet = form(&page.html, &path);
    set(&mut sheet, "hyg_mgr_id", "110105194912310021");
    set(&mut sheet, "staff_n", "很多");
    set(&mut sheet, "site_addr", "禅城区锦华路85号");
    set(&mut sheet, "_go", "papers");
    let answer = browser.post(&path, &sheet).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in
        ["有错误：", "有一位数字不对", "要填数字", "value=\"很多\"", "value=\"110105194912310021\"", "处需要改一下"]
    {
        answer.says(words);
    }
    // On another device, after the page was closed.
    let elsewhere = Browser::resident(&world, &founder).await;
    let page = elsewhere.get(&path).await.ok();
    let kept = form(&page.html, &path);
    assert_eq!((get(&kept, "staff_n"), get(&kept, "site_addr")), ("很多", "禅城区锦华路85号"));
    page.says("要填数字");
    assert_eq!(elsewhere.get(&draft).await.leads(), path, "it goes on where something is missing");
}

#[tokio::test]
async fn what_is_as_the_register_says_is_not_copied_and_a_correction_is_marked() {
    let (world, _folder) = house().await;
    let founder = person("salon-founder");
    let browser = Browser::resident(&world, &founder).await;
    let draft = begin(&world, &browser, "open-hair-salon").await;
    let path = format!("{draft}/form");
    let mut sheet = form(&browser.get(&path).await.ok().html, &path);
    browser.post(&path, &sheet).await.leads();
    let visit = Visit::of(&world, Actor::resident(founder.subject.to_string(), founder.name));
    let id: DraftId = draft.trim_start_matches("/drafts/").parse().expect("an id");
    assert_eq!(reads::draft(&visit, id).await.expect("the draft").form.typed("op_name"), None);
    let page = browser.get(&path).await.ok();
    sheet = form(&page.html, &path);
    set(&mut sheet, "mobile", "13800138000");
    browser.post(&path, &sheet).await.leads();
    browser.get(&path).await.ok().says("您改过这一项，部门会核对");
}

#[tokio::test]
async fn somebody_elses_draft_does_not_exist() {
    let (world, _folder) = house().await;
    let owner = Browser::resident(&world, &person("salon-founder")).await;
    let draft = begin(&world, &owner, "open-hair-salon").await;
    let others = [Browser::resident(&world, &person("restaurant-founder")).await, Browser::clerk(&world).await];
    for other in &others {
        for page in ["", "/questions", "/plan", "/form", "/papers", "/check"] {
            assert_eq!(other.get(&format!("{draft}{page}")).await.status, StatusCode::NOT_FOUND, "{page}");
        }
        let token = vec![("_csrf".to_owned(), other.csrf.clone())];
        for page in ["questions", "form", "check", "submit"] {
            assert_eq!(other.post(&format!("{draft}/{page}"), &token).await.status, StatusCode::NOT_FOUND, "{page}");
        }
        let key = "site-proof.premises";
        assert_eq!(other.upload(&draft, key, "a.pdf", crate::way::PDF).await.status, StatusCode::NOT_FOUND);
    }
    let visitor = Browser::visitor(&world);
    assert!(visitor.get(&format!("{draft}/form")).await.leads().starts_with("/sign-in?back="));
}

#[tokio::test]
async fn a_forged_post_is_refused_and_an_expired_session_keeps_the_answers() {
    let (world, _folder) = house().await;
    let mut browser = Browser::resident(&world, &person("salon-founder")).await;
    let draft = begin(&world, &browser, "open-hair-salon").await;
    let path = format!("{draft}/form");
    let mut sheet = form(&browser.get(&path).await.ok().html, &path);
    set(&mut sheet, "site_addr", "禅城区锦华路85号");
    let mut forged = sheet.clone();
    set(&mut forged, "_csrf", "guessed");
    assert_eq!(browser.post(&path, &forged).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    browser.forget_session();
    let answer = browser.post(&path, &sheet).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    answer.says("/sign-in/resume");
    answer.says("%E9%94%A6%E5%8D%8E%E8%B7%AF85");
}

/// The acts on SQLite and PostgreSQL.
#[tokio::test(flavor = "multi_thread")]
async fn drafts_live_on_both_engines() {
    let folder = tempfile::tempdir().expect("a folder");
    let prepare = async |url: String| {
        let world = open(&url, folder.path()).await;
        furnish(&world).await;
        world.db.close().await;
    };
    testkit::each_engine_from("themes-service", prepare, async |url| {
        let world = open(&url, folder.path()).await;
        shelves(&world).await;
        let founder = person("salon-founder");
        let visit = Visit::of(&world, Actor::resident(founder.subject.to_string(), founder.name));
        let start = StartDraft {
            theme: "open-hair-salon".into(),
            subject: founder.subject,
            organisation: None,
            answers: Answers::from_iter([("site_area", 60.0), ("no_such_question", 1.0)]),
        };
        let key = platform::RequestKey::new(&visit.actor.id, "first").expect("a key");
        let id = start_draft(&visit, Some(&key), start.clone()).await.expect("a draft");
        let again = start_draft(&visit, Some(&key), start.clone()).await;
        assert!(matches!(again, Err(Fault::Repeated(first)) if first.subject == id.to_string()));
        saving(&visit, id).await;
        papers(&visit, id).await;
        let draft = reads::draft(&visit, id).await.expect("the draft");
        assert_eq!(draft.answers.len(), 1, "what the theme does not ask is left out");
        assert_eq!(reads::open_drafts(&visit, founder.subject).await.expect("a list").len(), 1);
        let early = submit_draft(&visit, None, SubmitDraft { draft: id, declared: true }).await;
        assert!(matches!(early, Err(Fault::Invalid(faults)) if faults.len() > 5), "much is missing");
        let undeclared = submit_draft(&visit, None, SubmitDraft { draft: id, declared: false }).await;
        assert!(matches!(undeclared, Err(Fault::Invalid(faults)) if faults[0].field == "_declare"));
        crowd(&visit, &start).await;
        world.db.close().await;
    })
    .await;
}

async fn saving(visit: &Visit, id: DraftId) {
    let mut form = Sheet::default();
    form.keep("site_addr", vec!["禅城区锦华路85号".into()]);
    let seen = |version, tab: &str| Seen { version, tab: tab.into() };
    let order = |seen| SaveForm { draft: id, seen, form: form.clone(), answers: None };
    assert_eq!(save_form(visit, &order(seen(1, "a"))).await, Ok(2));
    assert_eq!(save_form(visit, &order(seen(1, "a"))).await, Ok(3), "the page that saved last may save again");
    assert_eq!(save_form(visit, &order(seen(1, "b"))).await, Err(Fault::Conflict), "another page may not");
    let answers = SaveAnswers {
        draft: id,
        seen: seen(3, "b"),
        answers: Answers::from_iter([("site_area", 80.0)]),
        organisation: None,
    };
    assert_eq!(save_answers(visit, &answers).await, Ok(4));
    let draft = reads::draft(visit, id).await.expect("the draft");
    assert_eq!((draft.version, draft.form), (4, form));
}

async fn papers(visit: &Visit, id: DraftId) {
    let blob = |letter: &str| BlobId::parse(&letter.repeat(64)).expect("a hash");
    let order = |letter: &str| AddPaper {
        draft: id,
        slot: "site-proof.premises".into(),
        name: "租赁合同.pdf".into(),
        stored: Stored { id: blob(letter), kind: FileKind::Pdf, len: 1000 },
    };
    for letter in ["a", "a", "b"] {
        add_paper(visit, &order(letter)).await.expect("a paper");
    }
    let kept = reads::draft(visit, id).await.expect("the draft").papers;
    assert_eq!(kept.len(), 2, "the same file for the same paper counts once");
    assert_eq!(remove_paper(visit, id, kept[0].id).await, Ok(Some("site-proof.premises".into())));
    assert_eq!(remove_paper(visit, id, kept[0].id).await, Ok(None), "taking it back twice changes nothing");
    let most = visit.world.config.limits.application_bytes;
    let huge = AddPaper { stored: Stored { id: blob("c"), kind: FileKind::Pdf, len: most }, ..order("c") };
    assert!(matches!(add_paper(visit, &huge).await, Err(Fault::Refusal(no)) if no.code == "themes.files-too-large"));
}

async fn crowd(visit: &Visit, start: &StartDraft) {
    for _ in 1..visit.world.config.limits.drafts {
        start_draft(visit, None, start.clone()).await.expect("room for another");
    }
    let refused = start_draft(visit, None, start.clone()).await;
    assert!(matches!(refused, Err(Fault::Refusal(no)) if no.code == "themes.too-many-drafts"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_nobody_goes_on_with_is_gone_after_its_time_and_a_younger_one_is_not() {
    let (world, _folder) = house().await;
    world.parts.install(Retention(themes_service::retention().expect("law/retention.toml")));
    let Clock::Fixed(hand) = world.clock.clone() else { panic!("the clock stands") };
    let founder = person("salon-founder");
    let visit = Visit::of(&world, Actor::resident(founder.subject.to_string(), founder.name));
    let begin = async |theme: &str| {
        let answers = Answers::default();
        let start = StartDraft { theme: theme.into(), subject: founder.subject, organisation: None, answers };
        start_draft(&visit, None, start).await.expect("a draft")
    };
    begin("open-hair-salon").await;
    let night = async |days: i64| {
        hand.set(hand.now_utc() + chrono::TimeDelta::days(days));
        platform::retention::arrange(&world).await.expect("the job waits");
        hand.set(hand.now_utc() + chrono::TimeDelta::days(1));
        let jobs = platform::retention::jobs();
        platform::Dispatcher::new(world.clone(), vec![], jobs).run_until_empty().await.expect("the night's work");
        let open = reads::open_drafts(&visit, founder.subject).await.expect("drafts");
        open.into_iter().map(|draft| draft.theme).collect::<Vec<_>>()
    };
    assert_eq!(night(150).await, ["open-hair-salon"]);
    begin("open-restaurant").await;
    assert_eq!(night(40).await, ["open-restaurant"]);
    let chain = platform::journal::named_chain("retention");
    let rows = platform::journal::read(world.db.reader(), chain, 0).await.expect("the journal");
    let said: serde_json::Value = rows[0].facts().expect("JSON");
    assert_eq!((rows.len(), &said["rows"], &said["days"]), (1, &1.into(), &180.into()), "{said}");
}
