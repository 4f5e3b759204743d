//! What can be done with webhooks and connectors, and the policies that say who may.

use access::{Act, ModuleAccess};

/// See subscriptions and what became of their deliveries.
pub const READ_WEBHOOKS: Act = Act::new("connect.read-webhooks");
/// Make, pause, resume, try out and end a subscription.
pub const KEEP_WEBHOOK: Act = Act::new("connect.keep-webhook");
/// Have what was sent before sent again, from a point on.
pub const REPLAY: Act = Act::new("connect.replay");
/// See how connectors stand, and what of theirs was not followed.
pub const READ_CONNECTORS: Act = Act::new("connect.read-connectors");
/// Have a conflict tried again or set aside, and a parcel sent again.
pub const KEEP_CONNECTOR: Act = Act::new("connect.keep-connector");

/// What this module adds to the policies.
pub const CONNECT: ModuleAccess = ModuleAccess {
    module: "connect",
    acts: &[READ_WEBHOOKS, KEEP_WEBHOOK, REPLAY, READ_CONNECTORS, KEEP_CONNECTOR],
    policies: include_str!("../policies/connect.cedar"),
};
