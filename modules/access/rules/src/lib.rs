//! Who may do what: roles, acts, policies. Reads in this order: `act` (what can be done), `actor` (who asks),
//! `resource` (about what), `policies` (the answer); `password` (what one must be).
//!
//! Every module declares its acts and carries its policies as a Cedar file; this crate only joins and asks them.
//! It knows no account and no database.

mod act;
mod actor;
pub mod password;
mod policies;
mod resource;

pub use act::{Act, ModuleAccess};
pub use actor::{Actor, ActorKind, Role};
pub use policies::{Policies, PolicyFault};
pub use resource::Resource;

/// Acts on accounts themselves, and the policies about them.
pub mod acts {
    use super::{Act, ModuleAccess};

    /// Read the list of staff accounts and when each was last used.
    pub const READ_ACCOUNTS: Act = Act::new("access.read-accounts");
    /// Change one's own password.
    pub const CHANGE_PASSWORD: Act = Act::new("access.change-password");
    /// Give somebody else's account a new password.
    pub const RESET_PASSWORD: Act = Act::new("access.reset-password");
    /// Lock an account until it is unlocked.
    pub const LOCK_ACCOUNT: Act = Act::new("access.lock-account");
    /// Unlock an account that was locked, by hand or after failed sign-ins.
    pub const UNLOCK_ACCOUNT: Act = Act::new("access.unlock-account");

    /// What the access module itself adds to the policies.
    pub const ACCESS: ModuleAccess = ModuleAccess {
        module: "access",
        acts: &[READ_ACCOUNTS, CHANGE_PASSWORD, RESET_PASSWORD, LOCK_ACCOUNT, UNLOCK_ACCOUNT],
        policies: include_str!("../policies/access.cedar"),
    };
}
