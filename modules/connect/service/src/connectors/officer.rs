//! In whose name an authority's own system acts: of the officer it names, in the post the deed asks for, by the power of its
//! authority. There is no account to sign in with and no password to lose; the record names system, number and person.

use std::collections::BTreeSet;

use access::{Actor, ActorKind, Role};
use access_service::Visit;
use catalog_service::Shelf;
use connect::connector::Connector;
use platform::{Fault, World};

/// Characters of a name that go into the record, of the system's and of a person's: together they fit its columns.
const NAME_CHARS_MAX: usize = 30;

/// The posts in which a case may be looked at.
const LOOK: [Role; 3] = [Role::Handler, Role::Reviewer, Role::Approver];

/// The system itself, to look at the cases of its authority.
pub(super) fn itself(world: &World, connector: &Connector) -> Result<Visit, Fault> {
    let posts = connector.posts.iter().copied().filter(|post| LOOK.contains(post));
    visit(world, connector, (connector.id.clone(), short(&connector.name)), posts.collect())
}

/// One of its officers, by number and name, in one post. A post the connector does not have is not given.
pub(super) fn officer(
    world: &World,
    connector: &Connector,
    (number, name): &(String, String),
    post: Role,
) -> Result<Visit, Fault> {
    let posts = connector.posts.iter().copied().filter(|own| *own == post);
    let id = format!("{}/{number}", connector.id);
    let name = format!("{}（{}）", short(name), short(&connector.name));
    visit(world, connector, (id, name), posts.collect())
}

fn short(name: &str) -> String {
    name.chars().take(NAME_CHARS_MAX).collect()
}

fn visit(
    world: &World,
    connector: &Connector,
    (id, name): (String, String),
    roles: BTreeSet<Role>,
) -> Result<Visit, Fault> {
    let shelf = world.parts.get::<Shelf>().ok_or_else(|| Fault::unavailable("catalogue"))?;
    let authority = shelf.catalog().authorities.get(connector.authority.as_str());
    let region = authority.map(|authority| authority.region.to_string()).unwrap_or_default();
    let kind = ActorKind::Staff { roles, region, authority: Some(connector.authority.to_string()), hall: None };
    Ok(Visit::of(world, Actor { id: format!("connector/{id}"), name, kind }))
}
