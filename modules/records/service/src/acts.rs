//! One act, one file. Acts with a `Tx` run inside the act of another module, which has asked whether they are allowed.

mod answer_objection;
mod copy_licence;
mod demo_sign_in;
mod end_licence;
mod identify;
mod load_people;
mod note_look;
mod object_to_look;
mod record_breach;
mod record_licence;
mod register_child;
mod register_organisation;
mod show_licence;
mod strike_off;
mod use_licences;

pub use answer_objection::{AnswerObjection, answer_objection};
pub use copy_licence::{CopyLicence, copy_licence};
pub use demo_sign_in::{demo_sign_in, demo_sign_in_by_number};
pub use end_licence::end_licence;
pub use identify::identify;
pub use load_people::load_people;
pub use note_look::note_look;
pub use object_to_look::{ObjectToLook, object_to_look};
pub use record_breach::{Breach, record_breach, repair_breach};
pub use record_licence::{NewLicence, Recorded, record_licence};
pub(crate) use show_licence::licence_of;
pub use show_licence::{ShownLicence, sealed_file, show_copy, show_licence, show_marked};
pub use strike_off::{StrikeOff, strike_off};
pub use use_licences::{LicenceUse, NewUse, use_licences};
