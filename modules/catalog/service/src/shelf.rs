//! The shelf: the release in force, compiled and in memory, shared by everybody.

use std::sync::Arc;

use access_service::accounts::StaffAccount;
use catalog::model::StaffMember;
use catalog::{Catalog, Compiled, SourceFile};
use kernel::calendar::WorkCalendar;
use platform::World;
use platform::fault::Fault;
use uuid::Uuid;

use crate::store;

/// The catalogue in force. A world part: whoever holds one keeps the release it was made from until the request ends.
pub struct Shelf {
    pub release: Uuid,
    pub compiled: Compiled,
    pub calendar: WorkCalendar,
    /// The files it was compiled from; the themes module compiles its own part of them.
    pub files: Vec<SourceFile>,
}

impl Shelf {
    /// Compiles the newest release and installs it; `None` when nothing was published yet.
    pub async fn install(world: &World) -> Result<Option<Arc<Shelf>>, Fault> {
        let Some(newest) = store::release_newest(world.db.reader()).await? else { return Ok(None) };
        if let Some(held) = world.parts.get::<Shelf>().filter(|held| held.release == newest.id) {
            return Ok(Some(held));
        }
        let files = store::source_list(world.db.reader(), newest.id).await?;
        world.parts.install(Shelf::of(newest.id, files)?);
        Ok(world.parts.get())
    }

    /// The shelf of these files, published as `release`.
    pub fn of(release: Uuid, files: Vec<SourceFile>) -> Result<Shelf, Fault> {
        let (compiled, diagnostics) = catalog::compile(&files);
        let Some(compiled) = compiled else {
            return Err(Fault::internal(format!("release {release} no longer compiles: {diagnostics:?}")));
        };
        let Some(calendar) = compiled.calendar.clone() else {
            return Err(Fault::internal(format!("release {release} has no working calendar")));
        };
        Ok(Shelf { release, compiled, calendar, files })
    }

    /// What the release says.
    pub fn catalog(&self) -> &Catalog {
        &self.compiled.catalog
    }

    /// The accounts of the district's staff.
    pub fn accounts(&self) -> Vec<StaffAccount> {
        let of = |member: &StaffMember| StaffAccount {
            login: member.login.to_string(),
            name: member.name.clone(),
            roles: member.roles.clone(),
            region: member.region.to_string(),
            authority: member.authority.as_ref().map(ToString::to_string),
            hall: member.hall.as_ref().map(ToString::to_string),
        };
        self.catalog().staff.values().map(of).collect()
    }

    /// The short name of an authority, such as 区市场监管局; its id where it is gone from the catalogue.
    pub fn authority_short<'a>(&'a self, id: &'a str) -> &'a str {
        self.catalog().authorities.get(id).map_or(id, |authority| authority.short.as_str())
    }

    /// The name of a region, such as 祖庙街道.
    pub fn region_name<'a>(&'a self, code: &'a str) -> &'a str {
        self.catalog().regions.get(code).map_or(code, |region| region.name.as_str())
    }
}
