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
mod scope;

pub use act::{Act, ModuleAccess};
pub use actor::{Actor, ActorKind, Role};
pub use policies::{Policies, PolicyFault};
pub use resource::Resource;
pub use scope::Scope;

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

    /// See which systems outside there are, and their tokens; never the tokens themselves.
    pub const READ_SYSTEMS: Act = Act::new("access.read-systems");
    /// Enter a system outside with its posts.
    pub const MAKE_SYSTEM: Act = Act::new("access.make-system");
    /// Make a token for a system, or the one that follows it.
    pub const MAKE_TOKEN: Act = Act::new("access.make-token");
    /// Revoke a token at once.
    pub const REVOKE_TOKEN: Act = Act::new("access.revoke-token");

    /// See which events and jobs wait, failed, or were given up; never what is in them.
    pub const READ_WORK: Act = Act::new("access.read-work");
    /// Have an event or a job that failed delivered again at once.
    pub const RETRY_DELIVERY: Act = Act::new("access.retry-delivery");
    /// Give an event or a job up for good, with a reason.
    pub const GIVE_UP_DELIVERY: Act = Act::new("access.give-up-delivery");

    /// What the access module itself adds to the policies.
    pub const ACCESS: ModuleAccess = ModuleAccess {
        module: "access",
        acts: &[
            READ_ACCOUNTS,
            CHANGE_PASSWORD,
            RESET_PASSWORD,
            LOCK_ACCOUNT,
            UNLOCK_ACCOUNT,
            READ_SYSTEMS,
            MAKE_SYSTEM,
            MAKE_TOKEN,
            REVOKE_TOKEN,
            READ_WORK,
            RETRY_DELIVERY,
            GIVE_UP_DELIVERY,
        ],
        policies: include_str!("../policies/access.cedar"),
    };
}
