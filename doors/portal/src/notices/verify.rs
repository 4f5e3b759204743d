//! `GET /notices/verify`: is this paper genuine? Anybody may ask; the answer names no more than the paper shows.

use std::sync::Arc;

use access_service::{DoorFault, Visit};
use askama::Template;
use axum::Extension;
use axum::extract::Query;
use axum::response::Response;
use casework_service::reads::{self, VerifiedNotice};
use chrono::{DateTime, TimeDelta, Utc};
use platform::Fault;
use platform::limits::Throttle;
use serde::Deserialize;
use themes_service::frame;

/// Codes that were never given, in each minute, for everybody together: the code holds 80 bits, so whoever errs more
/// often than people do is no person, and a genuine paper is never refused for it.
const WRONG: u32 = 120;
const WINDOW: TimeDelta = TimeDelta::minutes(1);
/// A code is sixteen letters; what is much longer is none.
const TYPED_MAX: usize = 64;

/// Counts wrong codes, in this process.
#[derive(Clone)]
pub struct Gate(Arc<Throttle>);

impl Gate {
    pub fn new() -> Self {
        Self(Arc::new(Throttle::new(WRONG, WINDOW)))
    }

    fn count(&self, now: DateTime<Utc>) -> Result<(), Fault> {
        self.0.count("wrong", now)
    }
}

/// What was typed, or came with the QR code.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    code: String,
}

#[derive(Template)]
#[template(path = "portal_verify.html")]
struct Page {
    shell: ui::Shell,
    typed: String,
    found: Option<VerifiedNotice>,
    /// Something was typed and no notice has that code.
    wrong: bool,
}

/// The page, with or without an answer.
pub async fn show(
    visit: Visit,
    Extension(gate): Extension<Gate>,
    Query(asked): Query<Asked>,
) -> Result<Response, DoorFault> {
    let typed: String = asked.code.trim().chars().take(TYPED_MAX).collect();
    let found = if typed.is_empty() { None } else { reads::verify_notice(&visit.world, &typed).await? };
    let wrong = found.is_none() && !typed.is_empty();
    if wrong {
        gate.count(visit.world.clock.now_utc())?;
    }
    let shell = frame::portal(&visit, "文书查验").crumb("/", "首页").crumb_here("文书查验");
    Ok(ui::page(Page { shell, typed, found, wrong }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guessing_is_slowed_down() {
        let gate = Gate::new();
        let now: DateTime<Utc> = "2026-11-22T01:00:00Z".parse().unwrap();
        for _ in 0..WRONG {
            assert_eq!(gate.count(now), Ok(()));
        }
        assert_eq!(gate.count(now), Err(Fault::TooMany));
        assert_eq!(gate.count(now + WINDOW), Ok(()));
    }
}
