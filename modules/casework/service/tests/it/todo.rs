//! Lists: complete, in order, page by page, and only what one may see.

use std::collections::BTreeSet;

use access::Role;
use casework::{Lamp, Outcome};
use casework_service::acts;
use casework_service::reads::{self, Desk, TodoFilter};
use platform::Fault;

use catalog::SourceFile;
use catalog_service::Shelf;

use crate::ground::{FILES, Place, SHOP, case, each_place, order, stranger};
use crate::journey::{accept, decide, work};

/// A hundred applications of three cases over ten days.
async fn fill(place: &Place) -> usize {
    for number in 0..100 {
        if number % 10 == 9 {
            place.clock.advance_days(1);
        }
        let mut order = order(&["register-individual", "food-permit-new", "senior-card"]);
        if number % 4 == 0 {
            order.region = "440604100".into();
        }
        let opened = place.try_open(&place.founder(), order).await.unwrap();
        if number % 2 == 0 {
            accept(place, &opened).await;
        }
    }
    100
}

#[tokio::test]
async fn three_hundred_cases_come_page_by_page_each_once_and_in_order() {
    each_place(async |place| {
        let all = fill(place).await;
        let overview = place.person("boss", &[Role::Supervisor], "data-chancheng", None);
        let mut filter = TodoFilter { rows: Some(37), ..TodoFilter::default() };
        let (mut seen, mut keys, mut cursor, mut pages) = (BTreeSet::new(), Vec::new(), None::<String>, 0);
        loop {
            let page = reads::todo(&overview, &filter, cursor.as_deref()).await.unwrap();
            assert_eq!(page.counts.total(), 3 * all as u64);
            for row in &page.rows {
                assert!(seen.insert(row.case.unwrap()), "a case came twice");
                keys.push((row.clock.due.is_none(), row.clock.due));
            }
            pages += 1;
            if page.next.is_none() {
                break;
            }
            cursor = page.next;
        }
        assert_eq!((seen.len(), pages), (300, 9));
        assert!(keys.is_sorted(), "by due day, those without one last");

        // New cases while somebody turns pages neither repeat nor hide what was there.
        filter.rows = Some(50);
        let first = reads::todo(&overview, &filter, None).await.unwrap();
        place.open(&["register-individual"]).await;
        let second = reads::todo(&overview, &filter, first.next.as_deref()).await.unwrap();
        let ids: BTreeSet<_> = first.rows.iter().chain(&second.rows).map(|row| row.case).collect();
        assert_eq!(ids.len(), 100);
    })
    .await;
}

#[tokio::test]
async fn each_sees_what_waits_for_them() {
    each_place(async |place| {
        let opened = place.open(&SHOP).await;
        let list = async |visit: &access_service::Visit| {
            let page = reads::todo(visit, &TodoFilter::default(), None).await.unwrap();
            page.rows.iter().map(|row| (row.title.clone(), row.task.clone())).collect::<Vec<_>>()
        };
        let text = |one: &str, other: &str| (one.to_owned(), other.to_owned());
        let market = |role| place.officer(role, "market-chancheng");
        assert_eq!(list(&place.clerk()).await, [text("开办餐饮店", "核对材料，决定是否受理")]);
        assert_eq!(list(&market(Role::Handler)).await, []);
        accept(place, &opened).await;
        assert_eq!(list(&place.clerk()).await, []);
        let seen = list(&market(Role::Handler)).await;
        assert_eq!(seen.len(), 1, "{seen:?}");
        assert!(seen[0].0.starts_with("食品经营许可") && seen[0].1 == "承办", "{seen:?}");
        assert_eq!(list(&market(Role::Approver)).await.len(), 1, "the registration is decided at once");
        work(place, &opened, "food-permit-new").await;
        assert_eq!(list(&market(Role::Approver)).await.len(), 2);
        assert_eq!(list(&place.officer(Role::Handler, "fire-chancheng")).await.len(), 1);

        decide(place, &opened, "register-individual", Outcome::Grant).await.unwrap();
        let exit = list(&place.exit()).await;
        assert_eq!(exit, [text("个体工商户设立登记", "制证出证")], "the hall's issuer serves every authority");
        assert_eq!(list(&place.officer(Role::Issuer, "fire-chancheng")).await, []);

        let page = reads::todo(&market(Role::Approver), &TodoFilter::default(), None).await.unwrap();
        assert_eq!(page.counts.stopped, 1, "the food permit waits for the licence to be made");
        let stopped = TodoFilter { lamp: Some(Lamp::Stopped), ..TodoFilter::default() };
        let page = reads::todo(&market(Role::Approver), &stopped, None).await.unwrap();
        assert_eq!(page.rows[0].case, Some(case(&opened, "food-permit-new")));
    })
    .await;
}

#[tokio::test]
async fn filters_and_lamps() {
    each_place(async |place| {
        let first = place.open(&["register-individual"]).await;
        place.clock.advance_days(4);
        let mut far = order(&["senior-card"]);
        far.region = "440604100".into();
        (far.theme, far.theme_name) = ("senior".into(), "办老年优待证".into());
        place.try_open(&place.founder(), far).await.unwrap();
        let list = async |filter: TodoFilter| reads::todo(&place.clerk(), &filter, None).await.unwrap();
        let none = TodoFilter::default;
        let page = list(none()).await;
        assert_eq!((page.counts.yellow, page.counts.green, page.rows.len()), (1, 1, 2));
        assert_eq!(page.items.len(), 2);
        assert_eq!(page.rows[0].clock.left_words, "还有1个工作日");
        assert_eq!(list(TodoFilter { lamp: Some(Lamp::Yellow), ..none() }).await.rows.len(), 1);
        assert_eq!(list(TodoFilter { item: Some("senior".into()), ..none() }).await.rows.len(), 1);
        assert_eq!(list(TodoFilter { step: Some("hand-over".into()), ..none() }).await.rows.len(), 0);
        let number = first.number[..18].to_owned();
        assert_eq!(list(TodoFilter { text: Some(number), ..none() }).await.rows.len(), 1);
        assert_eq!(list(TodoFilter { text: Some("何 志远".into()), ..none() }).await.rows.len(), 2, "a whole name");
        assert_eq!(list(TodoFilter { text: Some("志远".into()), ..none() }).await.rows.len(), 0, "names are sealed");
        assert_eq!(list(TodoFilter { text: Some("%".into()), ..none() }).await.rows.len(), 2, "no wildcards");
        assert_eq!(list(TodoFilter { mine: true, ..none() }).await.rows.len(), 0, "filed online");
        place.clock.advance_days(4);
        assert_eq!(list(none()).await.counts.red, 1, "no act is needed for a lamp to change");

        let town = place.person("town", &[Role::Clerk], "nanzhuang-town", Some("nanzhuang-hall"));
        let mut town = town;
        if let access::ActorKind::Staff { region, .. } = &mut town.actor.kind {
            *region = "440604100".into();
        }
        assert_eq!(reads::todo(&town, &none(), None).await.unwrap().rows.len(), 1, "a town's clerk sees the town's");
    })
    .await;
}

/// The predicate of the lists and the rule of the lamp are two texts of one law; they must say the same.
#[tokio::test]
async fn lamps_in_the_database_and_in_the_rules_agree_on_every_day() {
    each_place(async |place| {
        place.clock.set(testkit::moment("2026-12-21 09:30"));
        for number in 0..12 {
            place.clock.advance_days(u64::from(number % 4 == 3));
            let opened = place.open(&["register-individual", "food-permit-new", "senior-card"]).await;
            if number % 3 > 0 {
                accept(place, &opened).await;
            }
            if number % 3 > 1 {
                decide(place, &opened, "senior-card", Outcome::Grant).await.unwrap();
            }
        }
        let overview = place.person("boss", &[Role::Supervisor], "data-chancheng", None);
        let mut seen = BTreeSet::new();
        for _ in 0..25 {
            for visit in [&overview, &place.clerk(), &place.exit()] {
                let page = reads::todo(visit, &TodoFilter::default(), None).await.unwrap();
                let counts = page.counts;
                let counted = [counts.red, counts.yellow, counts.green, counts.stopped, counts.unknown];
                let lamps = [Lamp::Red, Lamp::Yellow, Lamp::Green, Lamp::Stopped, Lamp::Unknown];
                for (lamp, counted) in lamps.into_iter().zip(counted) {
                    let filter = TodoFilter { lamp: Some(lamp), ..TodoFilter::default() };
                    let rows = reads::todo(visit, &filter, None).await.unwrap().rows;
                    assert!(rows.iter().all(|row| row.clock.lamp == lamp), "{lamp} on {}", visit.today());
                    let shown = page.rows.iter().filter(|row| row.clock.lamp == lamp).count();
                    assert_eq!((rows.len() as u64, shown as u64), (counted, counted), "{lamp} on {}", visit.today());
                    seen.extend((counted > 0).then_some(lamp));
                }
            }
            place.clock.advance_days(1);
        }
        assert_eq!(seen.len(), 5, "every lamp was seen: {seen:?}");
    })
    .await;
}

#[tokio::test]
async fn a_new_calendar_tells_the_days_that_could_not_be_told() {
    each_place(async |place| {
        place.clock.set(testkit::moment("2026-12-28 09:30"));
        let opened = place.open(&["senior-card"]).await;
        let list = async || reads::todo(&place.clerk(), &TodoFilter::default(), None).await.unwrap().rows;
        let before = list().await;
        assert_eq!((before[0].clock.due, before[0].clock.lamp), (None, Lamp::Green));
        assert!(before[0].clock.due_words.starts_with("下一年度放假安排尚未公布"), "{:?}", before[0].clock);

        place.world.parts.install(shelf_with_2027());
        let system = access_service::Visit::system(&place.world);
        assert_eq!(acts::reindex(&place.clerk()).await, Err(Fault::NotAllowed));
        assert_eq!(acts::reindex(&system).await, Ok(1));
        assert_eq!(acts::reindex(&system).await, Ok(0), "asked again it changes nothing");
        let after = list().await;
        assert_eq!(after[0].clock.due_words, "2027年1月5日（周二）前");
        place.clock.advance_days(9);
        place.settle().await;
        let view = reads::application_view(&place.clerk(), opened.application).await.unwrap();
        assert_eq!(view.cases[0].status, casework::Status::InReview, "and the timer rings by it");
    })
    .await;
}

/// The sample with New Year's Day of 2027 in its calendar.
fn shelf_with_2027() -> Shelf {
    let mut files = FILES.clone();
    let calendar = files.iter_mut().find(|file| &*file.path == "calendar.csv").unwrap();
    *calendar = SourceFile::new("calendar.csv", format!("{}2027-01-01,holiday,元旦\n", calendar.text));
    Shelf::of(kernel::id::Uuid::nil(), files).unwrap()
}

#[tokio::test]
async fn who_sits_at_no_desk_has_no_list() {
    each_place(async |place| {
        let none = TodoFilter::default();
        assert_eq!(reads::todo(&stranger(place), &none, None).await, Err(Fault::NotAllowed));
        let admin = place.person("admin", &[Role::Admin], "data-chancheng", None);
        assert_eq!(reads::todo(&admin, &none, None).await, Err(Fault::NotAllowed));
        let window = TodoFilter { desk: Some(Desk::Window), ..none.clone() };
        let handler = place.officer(Role::Handler, "market-chancheng");
        assert_eq!(reads::todo(&handler, &window, None).await, Err(Fault::NotAllowed));
        assert!(matches!(reads::todo(&handler, &none, Some("x")).await, Err(Fault::Invalid(_))));
    })
    .await;
}
