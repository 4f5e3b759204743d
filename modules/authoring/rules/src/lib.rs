//! Authoring (事项编修): how the catalogue is changed by people who do not write YAML.
//!
//! Reads in this order: [`life`] (a revision from its draft to its publication: `decide`, `apply`, printed as
//! `chart/revision.txt`), [`request`] (a change request of a window or an authority), [`consultation`] (what the public says),
//! [`yaml`] (a file as a value, and back, leaving alone what is not touched), [`subject`] (what has a
//! form, and where it stands), [`form`] (a record as a form), [`choice`] (conditions made of choices), [`candidate`] (the files
//! as they would be), [`known`] (what forms may name), [`split`] (one item into several), [`changes`] (what would change).
//!
//! Pure: files come in as texts, the day and the facts are handed in.

pub mod acts;
pub mod candidate;
pub mod changes;
pub mod choice;
pub mod consultation;
pub mod form;
pub mod known;
pub mod life;
pub mod request;
pub mod split;
pub mod subject;
pub mod yaml;

pub use known::Known;
pub use life::{Event, Ground, Order, Revision, State, apply, decide};
pub use subject::Subject;
