//! Who may do what with drafts.

use std::collections::BTreeSet;

use access::{Act, Actor, ActorKind, Policies, Resource, Role};
use themes::acts::{EDIT_DRAFT, EXPLORE, READ_DRAFT, START_DRAFT, SUBMIT_DRAFT, THEMES};

const DRAFT: [Act; 4] = [START_DRAFT, READ_DRAFT, EDIT_DRAFT, SUBMIT_DRAFT];

fn staff(id: &str, role: Role) -> Actor {
    let kind = ActorKind::Staff {
        roles: BTreeSet::from([role]),
        region: "440604".into(),
        authority: Some("data-chancheng".into()),
        hall: None,
    };
    Actor { id: id.into(), name: "陈蔼仪".into(), kind }
}

#[test]
fn a_draft_is_its_subjects_and_the_clerks_who_opened_it() {
    let policies = Policies::compile(&[THEMES]).expect("the policies fit the acts");
    let own = Resource::of("draft").owned_by("p1");
    let at_window = Resource::of("draft").owned_by("p1").opened_by("clerk1");
    let rows = [
        (Actor::resident("p1", "何志远"), true, true),
        (Actor::resident("p2", "王海涛"), false, false),
        (staff("clerk1", Role::Clerk), false, true),
        (staff("clerk2", Role::Clerk), false, false),
        (staff("clerk1", Role::Approver), false, false),
        (Actor::visitor(), false, false),
    ];
    for act in DRAFT {
        for (actor, may_own, may_at_window) in &rows {
            assert_eq!(policies.allow(actor, act, &own), *may_own, "{act} by {actor:?}");
            assert_eq!(policies.allow(actor, act, &at_window), *may_at_window, "{act} at the window by {actor:?}");
        }
    }
}

#[test]
fn everybody_may_explore() {
    let policies = Policies::compile(&[THEMES]).expect("the policies fit the acts");
    for actor in [Actor::visitor(), Actor::resident("p1", "何志远"), staff("a", Role::Approver)] {
        assert!(policies.allow(&actor, EXPLORE, &Resource::of("theme")));
    }
}
