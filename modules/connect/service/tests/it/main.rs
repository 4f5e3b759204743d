//! Webhooks over real sockets, on both engines: `ground` (a receiver with moods), then the tests.

mod ground;

mod deliveries;
mod subscriptions;
