//! Webhooks over real sockets, on both engines: `ground` (a receiver with moods), then the tests; and connectors: `house`
//! (casework, the sample district, the twin of an authority's system), then the tests of the three ways.

mod ground;

mod deliveries;
mod subscriptions;

mod house;

mod connectors;
mod database;
mod exchange;
mod files;
