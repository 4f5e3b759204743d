//! The frame of the desk's pages.

use access_service::{DoorFault, Visit};
use platform::Fault;
use ui::Shell;

use crate::sign_in;

/// A page of the desk.
pub fn desk(visit: &Visit, title: impl Into<String>) -> Shell {
    themes_service::frame::desk(visit, title)
}

/// A page with nothing around it: signing in.
pub fn plain(visit: &Visit, title: impl Into<String>) -> Shell {
    let site = themes_service::frame::site(&visit.world);
    Shell::plain(title).site(&site).look(visit.look).csrf(visit.csrf()).at(visit.path.as_str())
}

/// Leads those who are not staff to the sign-in page, and then to `page`. For posts, which no extractor guards.
pub fn staff_only(visit: &Visit, page: &str) -> Result<(), DoorFault> {
    if visit.actor.is_staff() { Ok(()) } else { Err(DoorFault::SignIn { to: sign_in::address(page) }) }
}

/// The id in an address. One that is none names nothing.
pub fn id<T: std::str::FromStr>(text: &str) -> Result<T, Fault> {
    text.parse().map_err(|_| Fault::NotFound)
}

/// A fresh request key for a form.
pub fn key() -> String {
    uuid::Uuid::new_v4().to_string()
}
