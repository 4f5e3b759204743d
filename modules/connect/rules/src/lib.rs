//! Webhooks (事件推送): what is told to systems outside, where may be called, how often is tried; and connectors (对接适配器):
//! how cases go to an authority's own system and what it reports means here; and exchange (数据上报): cases as rows for the
//! national platform. Pure.
//!
//! Reads in this order: `topic` (what is told), `payload` (how much of it), `address` (where may be called), `schedule`
//! (when is tried again, and when no longer), [`connector`], [`exchange`], [`check`] (everything a district's folder is checked for), `acts`.

pub mod acts;
pub mod check;
pub mod connector;
pub mod exchange;

mod address;
mod payload;
mod schedule;
mod topic;

pub use address::is_public;
pub use payload::told;
pub use schedule::{Outcome, PAUSED_AFTER, State, TRIES_MAX, pause, state};
pub use topic::{PING, TOPICS, is_topic};
