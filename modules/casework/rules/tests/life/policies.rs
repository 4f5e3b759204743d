//! Who may do what: the roles against the acts, each as somebody at home and as a stranger.

use std::collections::BTreeSet;

use access::{Act, Actor, ActorKind, Policies, Resource, Role};
use casework::*;

fn policies() -> Policies {
    Policies::compile(&[CASEWORK]).expect("the policies fit the acts")
}

fn staff(role: Role, region: &str, authority: &str) -> Actor {
    let kind = ActorKind::Staff {
        roles: BTreeSet::from([role]),
        region: region.into(),
        authority: Some(authority.into()),
        hall: None,
    };
    Actor { id: role.name().into(), name: "李敏".into(), kind }
}

fn case() -> Resource {
    Resource::of("case").in_region("440604012").of_authority("health-chancheng").owned_by("p1")
}

#[test]
fn each_role_does_its_own_part() {
    const WINDOW: &[Act] = &[
        FILE_FOR,
        READ,
        LIST,
        PRE_REVIEW,
        MEND_PRE_REVIEW,
        ACCEPT,
        NOTIFY_CORRECTION,
        ANSWER_CORRECTION,
        REFUSE_ACCEPTANCE,
        CORRECT_ON_SPOT,
        COMPARE_ORIGINAL,
        SUPPLY,
        ANSWER_HEARING,
        WITHDRAW_COMMITMENT,
        DELIVER,
        WITHDRAW,
    ];
    const HANDLING: &[Act] = &[
        READ,
        LIST,
        PRE_REVIEW,
        ACCEPT,
        NOTIFY_CORRECTION,
        REFUSE_ACCEPTANCE,
        CORRECT_ON_SPOT,
        COMPARE_ORIGINAL,
        HAND_UP,
        RECEIVE_SUPERVISION,
        COMPLETE_STEP,
        RUN_SPECIAL,
        RUN_HEARING,
        CHECK_COMMITMENT,
    ];
    const REVIEWING: &[Act] =
        &[READ, LIST, HAND_UP, RECEIVE_SUPERVISION, COMPLETE_STEP, RUN_SPECIAL, RUN_HEARING, CHECK_COMMITMENT];
    const APPROVING: &[Act] = &[
        READ,
        LIST,
        HAND_UP,
        RECEIVE_SUPERVISION,
        COMPLETE_STEP,
        RUN_SPECIAL,
        RUN_HEARING,
        CHECK_COMMITMENT,
        DECIDE,
        EXTEND,
        EXTEND_JOINT,
        UNDO_LICENCE,
        VOID_NOTICE,
    ];
    let table: [(Role, &[Act]); 12] = [
        (Role::Clerk, WINDOW),
        (Role::Handler, HANDLING),
        (Role::Reviewer, REVIEWING),
        (Role::Approver, APPROVING),
        (Role::Issuer, &[READ, LIST, ISSUE, DELIVER]),
        (Role::Supervisor, &[READ, LIST]),
        (Role::HallManager, &[READ, LIST]),
        (Role::ItemAdmin, &[]),
        (Role::Standards, &[READ_EXPERIENCE]),
        (Role::Steward, &[REPORT]),
        (Role::Admin, &[]),
        (Role::FeeKeeper, &[]),
    ];
    let (policies, case) = (policies(), case());
    for (role, may) in table {
        let at_home = staff(role, "440604", "health-chancheng");
        for act in CASEWORK.acts {
            assert_eq!(policies.allow(&at_home, *act, &case), may.contains(act), "{role:?} {act}");
        }
        let stranger = staff(role, "440605", "market-chancheng");
        for act in CASEWORK.acts {
            assert!(!policies.allow(&stranger, *act, &case), "a stranger as {role:?} {act}");
        }
    }
}

#[test]
fn the_issuer_of_a_hall_serves_every_authority_of_the_region() {
    let (policies, case) = (policies(), case());
    let in_hall = |region: &str| {
        let mut actor = staff(Role::Issuer, region, "data-chancheng");
        if let ActorKind::Staff { hall, .. } = &mut actor.kind {
            *hall = Some("district-hall".into());
        }
        actor
    };
    for act in CASEWORK.acts {
        let may = [READ, LIST, ISSUE, DELIVER].contains(act);
        assert_eq!(policies.allow(&in_hall("440604"), *act, &case), may, "{act}");
        assert!(!policies.allow(&in_hall("440605"), *act, &case), "{act} in another district");
    }
}

#[test]
fn residents_act_on_their_own_applications_only() {
    let (policies, case) = (policies(), case());
    let own = [SUBMIT, READ, MEND_PRE_REVIEW, ANSWER_CORRECTION, SUPPLY, ANSWER_HEARING, WITHDRAW_COMMITMENT, WITHDRAW];
    for act in CASEWORK.acts {
        assert_eq!(policies.allow(&Actor::resident("p1", "张三"), *act, &case), own.contains(act), "{act}");
        assert!(!policies.allow(&Actor::resident("p2", "李四"), *act, &case), "{act}");
        assert!(!policies.allow(&Actor::visitor(), *act, &case), "{act}");
        assert!(policies.allow(&Actor::system(), *act, &case), "{act}");
    }
}

#[test]
fn only_staff_are_officers() {
    let officer = Officer::of(&staff(Role::Handler, "440604", "health-chancheng")).unwrap();
    assert!(officer.holds(Role::Handler) && !officer.holds(Role::Approver));
    assert_eq!(Officer::of(&Actor::resident("p1", "张三")), None);
    assert_eq!(Officer::of(&Actor::system()), None);
}
