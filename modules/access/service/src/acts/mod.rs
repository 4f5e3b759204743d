//! One act, one file.

mod give_up_delivery;
mod retry_delivery;
mod sign_in;
mod sign_out;

pub use give_up_delivery::{REASON_CHARS_MAX, give_up_delivery};
pub use retry_delivery::retry_delivery;
pub use sign_in::{sign_in_resident, sign_in_staff};
pub use sign_out::sign_out;
