//! One act, one file.

mod sign_in;
mod sign_out;

pub use sign_in::{sign_in_resident, sign_in_staff};
pub use sign_out::sign_out;
