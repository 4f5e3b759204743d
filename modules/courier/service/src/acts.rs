//! One act, one file.

mod note_ordered;
mod send;
mod send_again;
mod take_scans;

pub use send::{NewShipment, send};
pub use send_again::send_again;
pub use take_scans::take_scans;

pub(crate) use note_ordered::note_ordered;
