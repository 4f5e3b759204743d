//! 延长联合办理期限: by the government's approver, once, told to the applicant in writing.

use access::Role;
use casework_service::acts::{self, ExtendJoint};
use casework_service::reads;
use platform::Fault;

use crate::ground::{SHOP, each_place, refused};
use crate::journey::accept;

#[tokio::test]
async fn the_government_extends_the_common_limit_and_tells_the_applicant_why() {
    each_place(async |place| {
        let opened = place.open(&SHOP).await;
        accept(place, &opened).await;
        let government = place.officer(Role::Approver, "government-chancheng");
        let order =
            ExtendJoint {
                application: opened.application, days: 15, reason: "涉及公共安全，须组织专家会审".into()
            };
        let market = place.officer(Role::Approver, "market-chancheng");
        assert!(matches!(acts::extend_joint(&market, None, order.clone()).await, Err(Fault::NotAllowed)));
        let before = reads::application_view(&government, opened.application).await.unwrap();
        assert!(before.may_extend_joint && before.joint_words.contains("5月8日"), "{}", before.joint_words);
        acts::extend_joint(&government, None, order.clone()).await.unwrap();
        let after = reads::application_view(&place.clerk(), opened.application).await.unwrap();
        assert!(
            after.joint_words.contains("5月28日") && after.joint_words.contains("专家会审"),
            "{}",
            after.joint_words
        );
        assert!(after.journal.iter().any(|line| line.official && line.did.contains("联合办理期限延长15个工作日")));
        let told = reads::notices_of_application(&place.founder(), opened.application).await.unwrap();
        let notice = told.iter().find(|one| one.title.contains("延长办理期限")).expect("a notice to the applicant");
        assert!(notice.number.starts_with("禅府"), "{}", notice.number);
        assert_eq!(refused(acts::extend_joint(&government, None, order).await), "casework.joint-extended");
    })
    .await;
}
