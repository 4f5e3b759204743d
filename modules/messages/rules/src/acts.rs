//! What can be done with messages, and the policies that say who may.

use access::{Act, ModuleAccess};

/// Tell a person something, or hear a provider's report: the platform's own doing. It stands in no list of acts that somebody
/// might be given, so that no policy can permit it.
pub const TELL: Act = Act::new("messages.tell");
/// Read one's own messages.
pub const READ_OWN: Act = Act::new("messages.read-own");
/// Mark one's own messages as read.
pub const MARK_READ: Act = Act::new("messages.mark-read");
/// Choose how one is told: ways, kinds, address.
pub const SET_WISHES: Act = Act::new("messages.set-wishes");
/// See what became of what was sent, without its words.
pub const READ_SENDINGS: Act = Act::new("messages.read-sendings");
/// Have something that was given up sent again.
pub const SEND_AGAIN: Act = Act::new("messages.send-again");

/// What this module adds to the policies.
pub const MESSAGES: ModuleAccess = ModuleAccess {
    module: "messages",
    acts: &[READ_OWN, MARK_READ, SET_WISHES, READ_SENDINGS, SEND_AGAIN],
    policies: include_str!("../policies/messages.cedar"),
};
