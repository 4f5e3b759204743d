//! How the rules say no: a stable code, the clause of law, the facts, and what can be done next.
//!
//! No sentences here. The doors look the code up in their text files, once plainly for residents and once briefly
//! for staff; a decision letter needs the same facts in its own words.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::calendar::BeyondCalendar;

/// The article that a refusal rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clause {
    /// The law's full title: `中华人民共和国行政许可法`.
    pub law: Cow<'static, str>,
    /// The article as the law counts it: `第三十二条第一款第四项`.
    pub article: Cow<'static, str>,
}

/// A lawful no.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub struct Refusal {
    /// Stable name, `module.reason`: the key of the sentence in the text files.
    pub code: Cow<'static, str>,
    /// What it rests on, where a law says so; house rules have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<Clause>,
    /// What the sentence fills in.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, String>,
    /// Code of the step open to the person now, such as `wait`, `correct`, `ask-reviewer`. Never empty:
    /// a no without a way on is not allowed.
    pub next: Cow<'static, str>,
}

impl Refusal {
    /// A refusal and the step that is open instead.
    pub fn new(code: &'static str, next: &'static str) -> Self {
        Self { code: code.into(), clause: None, facts: BTreeMap::new(), next: next.into() }
    }

    /// Names the article it rests on.
    pub fn under(mut self, law: impl Into<Cow<'static, str>>, article: impl Into<Cow<'static, str>>) -> Self {
        self.clause = Some(Clause { law: law.into(), article: article.into() });
        self
    }

    /// Adds one fact.
    pub fn fact(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.facts.insert(name.to_owned(), value.to_string());
        self
    }
}

/// For logs: code and facts.
impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.code)?;
        for (name, value) in &self.facts {
            write!(f, " {name}={value}")?;
        }
        Ok(())
    }
}

/// No deadline can be told beyond the known notices, and a wrong one would be a broken promise.
impl From<BeyondCalendar> for Refusal {
    fn from(beyond: BeyondCalendar) -> Self {
        Self::new("calendar.beyond", "load-calendar")
            .fact("from", beyond.from)
            .fact("first", beyond.first)
            .fact("last", beyond.last)
    }
}
