//! The sample's posts are filled: somebody can do every step of every item, or its cases would wait for ever.

use std::collections::BTreeSet;

use access::Role;
use catalog::model::{Item, ResultKind};
use catalog::{Catalog, SourceFile};

use crate::district::sample;

fn catalog() -> Catalog {
    let files: Vec<SourceFile> = catalog_service::folder::read(&sample()).expect("the sample is readable");
    catalog::compile(&files).0.expect("the sample compiles").catalog
}

/// The posts an item needs in its authority.
fn posts(item: &Item) -> BTreeSet<Role> {
    let mut posts: BTreeSet<Role> = item.steps.iter().map(|step| step.role).collect();
    if item.result.kind != ResultKind::None {
        posts.insert(Role::Issuer);
    }
    posts
}

#[test]
fn somebody_can_do_every_step_of_every_item() {
    let catalog = catalog();
    let mut vacant = BTreeSet::new();
    for item in catalog.items.values() {
        for role in posts(item) {
            let held = catalog
                .staff
                .values()
                .any(|one| one.roles.contains(&role) && one.authority.as_ref() == Some(&item.authority));
            if !held {
                vacant.insert(format!("{}: nobody is {} (needed by {})", item.authority, role.name(), item.id));
            }
        }
    }
    let vacant: Vec<String> = vacant.into_iter().collect();
    assert!(vacant.is_empty(), "posts that nobody holds:\n  {}", vacant.join("\n  "));
}

/// 受审分离: nobody holds the window's post together with one that decides.
#[test]
fn nobody_may_accept_and_decide() {
    for member in catalog().staff.values() {
        let decides = member.roles.contains(&Role::Approver) || member.roles.contains(&Role::Reviewer);
        assert!(!(member.roles.contains(&Role::Clerk) && decides), "{} accepts and decides", member.login);
    }
}
