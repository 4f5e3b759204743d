//! The demonstration: who may be tried out, and the password they share.

use std::collections::BTreeMap;

use access::Role;
use access_service::accounts::FIRST_PASSWORD;
use access_service::{DemoMode, Words};
use catalog::model::{GovernmentLevel, StaffMember};
use catalog_service::Shelf;
use platform::World;
use records_service::sample::{DemoPerson as DemoResident, demo_people};

/// The accounts of the demonstration, one line for each hall and authority.
pub struct DemoTable {
    pub password: &'static str,
    pub lines: Vec<DemoLine>,
}

/// One hall or authority and who works there.
pub struct DemoLine {
    pub place: String,
    pub people: Vec<DemoPerson>,
}

/// Somebody to try out.
pub struct DemoPerson {
    pub login: String,
    pub name: String,
    pub post: String,
}

/// Somebody invented to stand at the window.
pub struct DemoApplicant {
    pub citizen_id: String,
    pub name: &'static str,
    pub story: &'static str,
}

/// Who may stand at the window of a demonstration; nobody on a real server.
pub fn applicants(world: &World) -> Vec<DemoApplicant> {
    let people = if DemoMode::is_on(world) { demo_people() } else { Vec::new() };
    let of = |person: DemoResident| DemoApplicant {
        citizen_id: person.citizen_id.to_string(),
        name: person.name,
        story: person.story,
    };
    people.into_iter().map(of).collect()
}

impl DemoTable {
    /// The table of a demonstration; none on a real server.
    pub fn of(world: &World) -> Option<Self> {
        if !DemoMode::is_on(world) {
            return None;
        }
        let shelf = world.parts.get::<Shelf>()?;
        let words = world.part::<Words>();
        let mut places: BTreeMap<(Rank, String), Vec<(Role, DemoPerson)>> = BTreeMap::new();
        for member in shelf.catalog().staff.values() {
            let first = member.roles.first().copied().unwrap_or(Role::Admin);
            places.entry(place(&shelf, member)).or_default().push((first, person(member, &words)));
        }
        let line = |((_, place), mut people): ((Rank, String), Vec<(Role, DemoPerson)>)| {
            people.sort_by_key(|(role, _)| *role);
            DemoLine { place, people: people.into_iter().map(|(_, person)| person).collect() }
        };
        Some(Self { password: FIRST_PASSWORD, lines: places.into_iter().map(line).collect() })
    }
}

/// Halls first, since every matter begins at one; the county's before the towns', then the city's.
type Rank = (bool, u8);

fn place(shelf: &Shelf, member: &StaffMember) -> (Rank, String) {
    let catalog = shelf.catalog();
    let rank = |level: GovernmentLevel| match level {
        GovernmentLevel::County => 0,
        GovernmentLevel::Town => 1,
        GovernmentLevel::Village => 2,
        _ => 3,
    };
    if let Some(hall) = member.hall.as_ref().and_then(|hall| catalog.halls.get(hall)) {
        return ((false, rank(hall.level)), hall.name.clone());
    }
    match member.authority.as_ref().and_then(|authority| catalog.authorities.get(authority)) {
        Some(authority) => ((true, rank(authority.level)), authority.short.clone()),
        None => ((true, u8::MAX), shelf.region_name(&member.region).to_owned()),
    }
}

fn person(member: &StaffMember, words: &Words) -> DemoPerson {
    let posts: Vec<&str> = member.roles.iter().map(|role| role.name()).collect();
    let post = posts.iter().map(|role| words.get(&format!("role.{role}")).to_owned()).collect::<Vec<_>>().join("、");
    DemoPerson { login: member.login.to_string(), name: member.name.clone(), post }
}
