//! Who may look at whom.

use std::collections::BTreeSet;

use access::{Actor, ActorKind, Policies, Role};
use kernel::codes::CitizenId;
use kernel::id::{ApplicationId, CaseId, SubjectId, Uuid};
use records::acts::{READ_LOOKUPS, READ_OWN, READ_PERSON};
use records::{Purpose, RECORDS, Resident, Why};

fn policies() -> Policies {
    Policies::compile(&[RECORDS]).unwrap()
}

fn staff(role: Role, region: &str) -> Actor {
    let kind = ActorKind::Staff { roles: BTreeSet::from([role]), region: region.into(), authority: None, hall: None };
    Actor { id: "u1".into(), name: "李敏".into(), kind }
}

fn resident() -> Resident {
    let subject = SubjectId::from_uuid(Uuid::from_u128(7));
    let day = "2026-11-22".parse().unwrap();
    let id = CitizenId::parse("440604198503152011").unwrap();
    Resident { region: Some("440604012017".into()), ..Resident::of_identity(subject, id, "何志远", day) }
}

fn with_case() -> Purpose {
    Purpose::case(ApplicationId::from_uuid(Uuid::from_u128(1)), CaseId::from_uuid(Uuid::from_u128(2)))
}

#[test]
fn an_officer_sees_a_person_only_with_a_matter_at_hand_and_within_the_region() {
    let policies = policies();
    let person = with_case().resource(&resident());
    let bare = Purpose::of(Why::Case).resource(&resident());
    for role in [Role::Clerk, Role::Handler, Role::Reviewer, Role::Approver, Role::Issuer] {
        assert!(policies.allow(&staff(role, "440604"), READ_PERSON, &person), "{role:?}");
        assert!(!policies.allow(&staff(role, "440605"), READ_PERSON, &person), "{role:?} of another county");
        assert!(!policies.allow(&staff(role, "440604"), READ_PERSON, &bare), "{role:?} without a matter");
    }
    for role in [Role::Admin, Role::Supervisor, Role::Steward, Role::HallManager, Role::Standards, Role::ItemAdmin] {
        assert!(!policies.allow(&staff(role, "440604"), READ_PERSON, &person), "{role:?}");
    }
}

#[test]
fn who_answers_for_the_data_sees_a_person_only_to_report_a_case_and_within_the_region() {
    let policies = policies();
    let reported =
        Purpose::reported(ApplicationId::from_uuid(Uuid::from_u128(1)), CaseId::from_uuid(Uuid::from_u128(2)));
    let bare = Purpose::of(Why::Report).resource(&resident());
    let person = reported.resource(&resident());
    assert!(policies.allow(&staff(Role::Steward, "440604"), READ_PERSON, &person));
    assert!(!policies.allow(&staff(Role::Steward, "440605"), READ_PERSON, &person), "of another county");
    assert!(!policies.allow(&staff(Role::Steward, "440604"), READ_PERSON, &bare), "without a case");
    for role in [Role::Clerk, Role::Handler, Role::Approver, Role::Admin] {
        assert!(!policies.allow(&staff(role, "440604"), READ_PERSON, &person), "{role:?}");
    }
}

#[test]
fn a_matter_elsewhere_brings_its_own_region() {
    let outsider = Resident { region: None, ..resident() };
    let here = with_case().in_region("440604").resource(&outsider);
    assert!(policies().allow(&staff(Role::Handler, "440604"), READ_PERSON, &here));
    assert!(!policies().allow(&staff(Role::Handler, "440604"), READ_PERSON, &with_case().resource(&outsider)));
}

#[test]
fn the_clerk_at_the_window_serves_people_from_anywhere_and_nobody_else_does() {
    let thing = Purpose::at_window("open-hair-salon").resource(&resident());
    assert!(policies().allow(&staff(Role::Clerk, "440605"), READ_PERSON, &thing));
    assert!(!policies().allow(&staff(Role::Handler, "440604"), READ_PERSON, &thing));
}

#[test]
fn people_see_themselves_and_who_looked_and_nobody_else() {
    let policies = policies();
    let thing = Purpose::of(Why::OwnRecord).resource(&resident());
    let own = Actor::resident(resident().subject.to_string(), "何志远");
    let other = Actor::resident("somebody", "张三");
    for act in [READ_OWN, READ_LOOKUPS] {
        assert!(policies.allow(&own, act, &thing));
        assert!(!policies.allow(&other, act, &thing) && !policies.allow(&Actor::visitor(), act, &thing));
    }
    assert!(!policies.allow(&own, READ_PERSON, &with_case().resource(&resident())));
    assert!(policies.allow(&staff(Role::Supervisor, "440604"), READ_LOOKUPS, &thing));
    assert!(!policies.allow(&staff(Role::Handler, "440604"), READ_LOOKUPS, &thing));
}
