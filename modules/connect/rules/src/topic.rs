//! What can be subscribed to. The names are those of the journal's rows and of casework's events.

/// Every topic.
pub const TOPICS: [&str; 25] = [
    "casework.application-opened",
    "casework.application-ready",
    "casework.accepted",
    "casework.deemed-accepted",
    "casework.correction-noticed",
    "casework.correction-answered",
    "casework.correction-lapsed",
    "casework.acceptance-refused",
    "casework.accepted-tolerantly",
    "casework.gap-lapsed",
    "casework.supplied",
    "casework.special-begun",
    "casework.special-ended",
    "casework.hearing-offered",
    "casework.hearing-announced",
    "casework.hearing-held",
    "casework.extended",
    "casework.decided",
    "casework.prerequisite-failed",
    "casework.issued",
    "casework.delivered",
    "casework.deemed-renewed",
    "casework.revoked",
    "casework.cancelled",
    "casework.withdrawn",
];

/// What is sent to try a subscription out.
pub const PING: &str = "connect.ping";

/// Whether a name is one.
pub fn is_topic(name: &str) -> bool {
    TOPICS.contains(&name)
}
