//! A limit on everything that can grow. Defaults here, other values in the configuration; never none.

use std::collections::HashMap;
use std::sync::Mutex;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::fault::Fault;

/// The limits an installation may set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Bytes of one uploaded file: 10 MB, as the national platform allows.
    pub upload_bytes: u64,
    /// Files of one application.
    pub application_files: u32,
    /// Bytes of all files of one application.
    pub application_bytes: u64,
    /// Bytes of one form without its files, or of one JSON body.
    pub form_bytes: u64,
    /// Drafts one resident may keep.
    pub drafts: u32,
    /// Rows on one page of a list.
    pub page_rows: u32,
    /// Seconds one request may take; a file of `upload_bytes` over a slow phone must fit.
    pub request_s: u64,
    /// Open sessions of one person; the oldest end first.
    pub sessions: u32,
    /// SMS, WeChat messages, mails to one person a day, each counted by itself; what is more waits for the morning.
    pub messages_person_day: u32,
    /// SMS, WeChat messages, mails of the whole installation a minute, each counted by itself.
    pub messages_minute: u32,
    /// Calls of one token a minute.
    pub token_calls_minute: u32,
    /// Webhooks of one installation.
    pub webhooks: u32,
    /// Seconds the receiver of a webhook may take.
    pub webhook_s: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            upload_bytes: 10 << 20,
            application_files: 60,
            application_bytes: 200 << 20,
            form_bytes: 1 << 20,
            drafts: 20,
            page_rows: 50,
            request_s: 120,
            sessions: 5,
            messages_person_day: 10,
            messages_minute: 300,
            token_calls_minute: 600,
            webhooks: 100,
            webhook_s: 10,
        }
    }
}

/// So many of something in so long a time, counted by key (an account, an address), in this process.
pub struct Throttle {
    most: u32,
    window: TimeDelta,
    seen: Mutex<HashMap<String, (DateTime<Utc>, u32)>>,
}

/// Keys remembered at most; when they are reached, those whose time is over are forgotten.
const KEYS_MAX: usize = 50_000;

impl Throttle {
    /// At most `most` in each `window`, which begins with the first.
    pub fn new(most: u32, window: TimeDelta) -> Self {
        Self { most, window, seen: Mutex::default() }
    }

    /// Counts one.
    ///
    /// # Errors
    /// [`Fault::TooMany`] when it is one too many, or when more keys than can be remembered are active.
    pub fn count(&self, key: &str, now: DateTime<Utc>) -> Result<(), Fault> {
        let mut seen = self.seen.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if seen.len() >= KEYS_MAX && !seen.contains_key(key) {
            seen.retain(|_, (since, _)| now - *since < self.window);
            if seen.len() >= KEYS_MAX {
                return Err(Fault::TooMany);
            }
        }
        let (since, count) = seen.entry(key.to_owned()).or_insert((now, 0));
        if now - *since >= self.window {
            (*since, *count) = (now, 0);
        }
        *count += 1;
        if *count > self.most { Err(Fault::TooMany) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sixth_in_a_minute_is_too_many_and_the_next_minute_is_new() {
        let throttle = Throttle::new(5, TimeDelta::minutes(1));
        let now: DateTime<Utc> = "2026-03-02T01:00:00Z".parse().unwrap();
        for _ in 0..5 {
            assert_eq!(throttle.count("a", now), Ok(()));
        }
        assert_eq!(throttle.count("a", now + TimeDelta::seconds(59)), Err(Fault::TooMany));
        assert_eq!(throttle.count("b", now), Ok(()), "another key has its own count");
        assert_eq!(throttle.count("a", now + TimeDelta::seconds(60)), Ok(()));
    }
}
