//! Two at once, and the same twice.

use access::Role;
use casework::{Outcome, Status};
use casework_service::acts::{self, AcceptApplication, DecideCase, IssueResult};
use platform::Fault;

use crate::ground::{case, each_place, key, refused};
use crate::journey::accept;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_officers_who_decide_at_once_exactly_one_wins() {
    each_place(async |place| {
        for _ in 0..5 {
            let opened = place.open(&["register-individual"]).await;
            accept(place, &opened).await;
            let id = case(&opened, "register-individual");
            let tasks: Vec<_> = (0..4)
                .map(|officer| {
                    let visit =
                        place.person(&format!("approver{officer}"), &[Role::Approver], "market-chancheng", None);
                    let (outcome, reason) =
                        if officer % 2 == 0 { (Outcome::Grant, "") } else { (Outcome::Refuse, "不符合条件") };
                    let order = DecideCase { case: id, outcome, reason: reason.into() };
                    tokio::spawn(async move { acts::decide_case(&visit, None, order).await })
                })
                .collect();
            let mut won = 0;
            for task in tasks {
                match task.await.unwrap() {
                    Ok(_) => won += 1,
                    Err(Fault::Refusal(refusal)) => {
                        assert!(refusal.code.starts_with("casework.already-"), "{refusal}");
                    }
                    Err(fault) => panic!("{fault}"),
                }
            }
            assert_eq!(won, 1);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixteen_open_at_once_and_no_number_is_given_twice_or_left_out() {
    each_place(async |place| {
        let tasks: Vec<_> = (0..16)
            .map(|_| {
                let visit = place.founder();
                tokio::spawn(async move {
                    let order = crate::ground::order(&["register-individual", "senior-card"]);
                    let (visit, order) = (&visit, &order);
                    visit.write(None, async |tx| acts::open_application(&tx, visit, order.clone()).await).await
                })
            })
            .collect();
        let mut numbers = Vec::new();
        for task in tasks {
            numbers.push(task.await.unwrap().unwrap().number);
        }
        numbers.sort();
        let serials: Vec<u32> = numbers.iter().map(|number| number[12..18].parse().unwrap()).collect();
        assert_eq!(serials, (1..=16).collect::<Vec<_>>());
    })
    .await;
}

#[tokio::test]
async fn a_repeated_request_is_done_once_and_answered_twice() {
    each_place(async |place| {
        let opened = place.open(&["register-individual", "senior-card"]).await;
        let clerk = place.clerk();
        let order = AcceptApplication { application: opened.application };
        let first = acts::accept_application(&clerk, Some(&key(&clerk, "k1")), order.clone()).await.unwrap();
        assert!(!first.repeated);
        let again = acts::accept_application(&clerk, Some(&key(&clerk, "k1")), order.clone()).await.unwrap();
        assert!(again.repeated);
        assert_eq!(again.cases, first.cases);
        let other = acts::accept_application(&clerk, Some(&key(&clerk, "k2")), order).await;
        assert_eq!(refused(other), "casework.already-accepted", "another wish is judged anew");

        let approver = place.officer(Role::Approver, "market-chancheng");
        let id = case(&opened, "register-individual");
        let decide = DecideCase { case: id, outcome: Outcome::Grant, reason: String::new() };
        acts::decide_case(&approver, Some(&key(&approver, "k1")), decide.clone()).await.unwrap();
        let exit = place.exit();
        acts::issue_result(&exit, Some(&key(&exit, "k1")), IssueResult { case: id }).await.unwrap();
        let again = acts::issue_result(&exit, Some(&key(&exit, "k1")), IssueResult { case: id }).await.unwrap();
        assert_eq!((again.repeated, again.status(id)), (true, Some(Status::Issued)));
        let again = acts::decide_case(&approver, Some(&key(&approver, "k1")), decide).await.unwrap();
        assert_eq!((again.repeated, again.status(id)), (true, Some(Status::Issued)), "the state of now");
    })
    .await;
}
