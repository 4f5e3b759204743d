//! One act, one file. What is done to accounts is on the record, in the one chain named `access`.

mod change_password;
mod give_up_delivery;
mod keep_account;
mod make_system;
mod make_token;
mod retry_delivery;
mod revoke_token;
mod sign_in;
mod sign_out;

pub use change_password::{ChangePassword, change_password, must_change_password};
pub use give_up_delivery::{REASON_CHARS_MAX, give_up_delivery};
pub use keep_account::{lock_account, reset_password, unlock_account};
pub use make_system::{MakeSystem, make_system};
pub use make_token::{DAYS_MAX, MadeToken, MakeToken, OVERLAP_HOURS_MAX, make_token, rotate_token};
pub use retry_delivery::retry_delivery;
pub use revoke_token::revoke_token;
pub use sign_in::{sign_in_resident, sign_in_staff};
pub use sign_out::sign_out;

/// The chain of the journal that belongs to no application: accounts and who may use them.
pub(crate) fn chain() -> uuid::Uuid {
    platform::journal::named_chain("access")
}
