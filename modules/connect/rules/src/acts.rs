//! What can be done with webhooks, connectors and the exchange, and the policies that say who may.

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
/// See the batches of the exchange, and which cases are kept back and why; never what is in the rows.
pub const READ_EXCHANGE: Act = Act::new("connect.read-exchange");
/// 汇总上报: have everything that is new or changed put into a batch.
pub const MAKE_BATCH: Act = Act::new("connect.make-batch");
/// Take the file of a batch, with the people in it.
pub const TAKE_BATCH: Act = Act::new("connect.take-batch");

/// What this module adds to the policies.
pub const CONNECT: ModuleAccess = ModuleAccess {
    module: "connect",
    acts: &[
        READ_WEBHOOKS,
        KEEP_WEBHOOK,
        REPLAY,
        READ_CONNECTORS,
        KEEP_CONNECTOR,
        READ_EXCHANGE,
        MAKE_BATCH,
        TAKE_BATCH,
    ],
    policies: include_str!("../policies/connect.cedar"),
};
