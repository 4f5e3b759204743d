//! 收件: what is opened, how it is numbered, and what is not taken.

use casework::Status;
use casework_service::reads;
use casework_service::{Channel, PaperStatus};
use kernel::codes::iso7064;
use platform::Fault;

use crate::ground::{SHOP, each_place, order, paper, refused, stranger};

#[tokio::test]
async fn one_application_a_case_for_each_item_and_numbers_without_gaps() {
    each_place(async |place| {
        let first = place.open(&SHOP).await;
        let second = place.open(&["register-individual"]).await;
        assert_eq!(&first.number[..18], "440604260302000001");
        assert_eq!(&second.number[..18], "440604260302000002");
        assert_eq!(iso7064::mod_11_10(&first.number[..18]), first.number.chars().last());
        assert_eq!(first.cases.iter().map(|case| case.item.as_str()).collect::<Vec<_>>(), SHOP);
        assert_eq!(first.cases[0].project_no, "11440604MB2C90012D4440731001001202603020001");
        assert_eq!(second.cases[0].project_no, "11440604MB2C90012D4440731001001202603020002");

        let seen = reads::application_view(&place.clerk(), first.application).await.unwrap();
        assert!(seen.cases.iter().all(|case| case.status == Status::Received && case.receivable));
        assert_eq!(seen.cases[1].awaits, ["营业执照"]);
        assert_eq!(seen.applicant.citizen_id.len(), 18);
        assert!(seen.applicant.citizen_id.contains("****"), "{}", seen.applicant.citizen_id);
    })
    .await;
}

#[tokio::test]
async fn an_opening_that_fails_gives_its_number_back() {
    each_place(async |place| {
        let visit = place.founder();
        let outcome: Result<(), Fault> = visit
            .write(None, async |tx| {
                casework_service::acts::open_application(&tx, &visit, order(&SHOP)).await?;
                Err(Fault::Conflict)
            })
            .await;
        assert_eq!(outcome, Err(Fault::Conflict));
        assert_eq!(&place.open(&SHOP).await.number[..18], "440604260302000001");
    })
    .await;
}

#[tokio::test]
async fn nothing_outside_the_list_and_nothing_without_its_licence() {
    each_place(async |place| {
        let founder = place.founder();
        let opened = place.try_open(&founder, order(&["castle-permit"])).await;
        let Err(Fault::Refusal(refusal)) = opened else { panic!("opened") };
        assert_eq!(refusal.code, "casework.item-not-open");
        assert_eq!(refusal.clause.unwrap().law, "优化营商环境条例");
        assert_eq!(refused(place.try_open(&founder, order(&[])).await), "casework.no-items");

        let Err(Fault::Refusal(refusal)) = place.try_open(&founder, order(&["food-permit-new"])).await else {
            panic!("opened")
        };
        assert_eq!(
            (refusal.code.as_ref(), refusal.facts["licence"].as_str()),
            ("casework.licence-missing", "营业执照")
        );
        let mut held = order(&["food-permit-new"]);
        held.held.insert("business-licence".into());
        assert!(place.try_open(&founder, held).await.is_ok(), "it is on record");
        let mut proved = order(&["food-permit-new"]);
        let licence = paper("business-licence", "营业执照", Some("执照.pdf"), &[("food-permit-new", "F1")]);
        assert_eq!(licence.status, PaperStatus::HandIn);
        proved.papers.push(licence);
        assert!(place.try_open(&founder, proved).await.is_ok(), "its paper is handed in");
    })
    .await;
}

#[tokio::test]
async fn the_applicant_the_agent_and_the_clerk_may_file_and_nobody_else() {
    each_place(async |place| {
        assert_eq!(place.try_open(&stranger(place), order(&SHOP)).await, Err(Fault::NotAllowed));
        let mut at_window = order(&SHOP);
        at_window.channel = Channel::Window;
        at_window.hall = Some("district-hall".into());
        let opened = place.try_open(&place.clerk(), at_window).await.unwrap();
        let seen = reads::application_view(&place.clerk(), opened.application).await.unwrap();
        assert_eq!(seen.opened_by.as_deref(), Some("clerk1甲"));
        assert!(seen.journal[0].did.starts_with("在窗口为"), "{:?}", seen.journal[0]);
        assert!(seen.hall_name.is_some());
        let handler = place.officer(access::Role::Handler, "market-chancheng");
        assert_eq!(place.try_open(&handler, order(&SHOP)).await, Err(Fault::NotAllowed));
    })
    .await;
}
