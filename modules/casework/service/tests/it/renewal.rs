//! 延续、变更、注销 from the application on: the licence is found, silence renews it, what is struck off is over.

use std::collections::{BTreeMap, BTreeSet};

use access_service::Visit;
use casework::{Outcome, Status};
use casework_service::acts::{self, OpenApplication, SkipPreReview};
use casework_service::reads;
use casework_service::{Applicant, FormEntry, Origin};
use kernel::value::Value;
use records_service::sample::demo_people;
use testkit::moment;

use crate::ground::{Place, case, each_place, order, refused};
use crate::journey;

const RENEWAL: &str = "food-permit-renewal";

/// The owner of a snack bar whose permit runs out seventy days after the sample was made.
fn owner(place: &Place) -> (Visit, OpenApplication) {
    let person = demo_people().into_iter().find(|person| person.key == "shop-owner").unwrap();
    let visit = Visit::of(&place.world, access::Actor::resident(person.subject.to_string(), person.name));
    let mut renewal = order(&[RENEWAL]);
    renewal.applicant = Applicant {
        subject: person.subject,
        name: person.name.to_owned(),
        citizen_id: Some(person.citizen_id.to_string()),
        phone: None,
    };
    renewal.region = "440604012017".into();
    renewal.held = BTreeSet::from(["business-licence".to_owned()]);
    (renewal.papers, renewal.form) = (Vec::new(), BTreeMap::new());
    (visit, renewal)
}

/// With the shop, and the number of its permit as the register has it.
async fn named(place: &Place) -> (Visit, OpenApplication, String, chrono::NaiveDate) {
    let (visit, mut renewal) = owner(place);
    let purpose = records::Purpose::of(records::Why::OwnRecord);
    let subject = renewal.applicant.subject;
    let firms = records_service::reads::organisations_of(&visit, subject, &purpose).await.unwrap();
    renewal.organisation = firms.first().map(|firm| firm.subject);
    let held = records_service::reads::licences_of(&visit, subject, &purpose).await.unwrap();
    let permit = held.iter().find(|one| one.licence == *"food-permit").expect("the sample's permit");
    let entry = FormEntry { value: Value::from(permit.number.as_str()), origin: Origin::Typed };
    renewal.form.insert("food_permit_no".into(), entry);
    (visit, renewal, permit.number.clone(), permit.valid_to.unwrap())
}

#[tokio::test]
async fn what_nobody_decides_before_the_licence_runs_out_counts_as_renewed() {
    each_place(async |place| {
        let (visit, renewal, _, expires_on) = named(place).await;
        let opened = place.try_open(&visit, renewal).await.unwrap();
        let skip = SkipPreReview { application: opened.application };
        acts::skip_pre_review(&visit, None, skip).await.unwrap();
        let accept = acts::AcceptApplication { application: opened.application };
        acts::accept_application(&place.clerk(), None, accept).await.unwrap();
        place.clock.set(moment(&format!("{expires_on} 23:00")));
        place.settle().await;
        let status = async || reads::my_application(&visit, opened.application).await.unwrap().cases[0].status;
        assert_eq!(status().await, Status::InReview, "the last day is still the authority's");
        place.clock.set(moment(&format!("{} 00:01", expires_on.succ_opt().unwrap())));
        place.settle().await;
        assert_eq!(status().await, Status::Granted);
        let mine = reads::my_application(&visit, opened.application).await.unwrap();
        assert!(mine.journal.iter().any(|line| line.did.contains("视为准予延续")));
        assert_eq!(case(&opened, RENEWAL), mine.cases[0].id);
    })
    .await;
}

#[tokio::test]
async fn filed_too_late_it_is_taken_in_but_silence_does_not_renew_and_an_expired_licence_is_applied_for_anew() {
    each_place(async |place| {
        let (visit, renewal, _, expires_on) = named(place).await;
        place.clock.set(moment(&format!("{} 10:00", expires_on - chrono::Days::new(20))));
        let opened = place.try_open(&visit, renewal.clone()).await.unwrap();
        let skip = SkipPreReview { application: opened.application };
        acts::skip_pre_review(&visit, None, skip).await.unwrap();
        let accept = acts::AcceptApplication { application: opened.application };
        acts::accept_application(&place.clerk(), None, accept).await.unwrap();
        place.clock.set(moment(&format!("{} 10:00", expires_on.succ_opt().unwrap())));
        place.settle().await;
        let mine = reads::my_application(&visit, opened.application).await.unwrap();
        assert_eq!(mine.cases[0].status, Status::InReview);
        assert_eq!(refused(place.try_open(&visit, renewal).await), "casework.licence-expired");
    })
    .await;
}

const CANCEL: &str = "cancel-individual";

#[tokio::test]
async fn a_shop_that_was_struck_off_is_neither_changed_nor_struck_off_again() {
    each_place(async |place| {
        let (visit, renewal, ..) = named(place).await;
        let wish = |item: &str| OpenApplication { items: vec![item.to_owned()], ..renewal.clone() };
        let opened = place.try_open(&visit, wish(CANCEL)).await.unwrap();
        journey::accept(place, &opened).await;
        journey::work(place, &opened, CANCEL).await;
        journey::decide(place, &opened, CANCEL, Outcome::Grant).await.unwrap();
        journey::issue(place, &opened, CANCEL).await.unwrap();
        let mine = reads::my_application(&visit, opened.application).await.unwrap();
        assert!(
            mine.journal.iter().any(|line| line.did == "登记簿里的证照已按“个体工商户注销登记”注销"),
            "{:?}",
            mine.journal
        );
        let purpose = records::Purpose::of(records::Why::OwnRecord);
        let held = records_service::reads::licences_of(&visit, renewal.applicant.subject, &purpose).await.unwrap();
        let licence = held.iter().find(|one| one.licence == *"business-licence").unwrap();
        assert_eq!(licence.ended.unwrap().how, records::Ended::Cancelled);
        for item in [CANCEL, "change-individual"] {
            assert_eq!(refused(place.try_open(&visit, wish(item)).await), "casework.licence-ended", "{item}");
        }
    })
    .await;
}
