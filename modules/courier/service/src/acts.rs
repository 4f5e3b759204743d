//! One act, one file.

mod count;
mod miss;
mod note_ordered;
mod send;
mod send_again;
mod send_in;
mod take_scans;

pub use count::{Counted, application_of, count};
pub use miss::miss;
pub use send::{NewShipment, send};
pub use send_again::send_again;
pub use send_in::{Coming, NewIncoming, send_in};
pub use take_scans::take_scans;

pub(crate) use note_ordered::note_ordered;
