//! One act, one file. Acts with a `Tx` run inside the act of another module, which has asked whether they are allowed.

mod end_licence;
mod identify;
mod load_people;
mod record_breach;
mod record_licence;
mod register_child;
mod register_organisation;

pub use end_licence::end_licence;
pub use identify::identify;
pub use load_people::load_people;
pub use record_breach::{Breach, record_breach, repair_breach};
pub use record_licence::{NewLicence, Recorded, record_licence};
