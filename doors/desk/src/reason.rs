//! A form with a reason in it. A page has several such forms, and each has a field of its own for it, so that what is wrong
//! can be said beside it.

use std::collections::BTreeMap;

use serde::Deserialize;

/// How the names of fields for reasons begin.
pub const REASON: &str = "reason-";

/// What such a form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Reasoned {
    #[serde(flatten)]
    fields: BTreeMap<String, String>,
}

impl Reasoned {
    /// The reason, under whatever name.
    pub fn reason(&self) -> &str {
        let reason = self.fields.iter().find(|(name, _)| name.starts_with(REASON));
        reason.map_or("", |(_, reason)| reason)
    }

    /// Another field; empty where it was not sent.
    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }
}
