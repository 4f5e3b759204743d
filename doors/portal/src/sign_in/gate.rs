//! What stands before the sign-in: not too many tries, and only from our own pages.

use std::sync::Arc;

use axum::http::HeaderMap;
use chrono::{DateTime, TimeDelta, Utc};
use kernel::refusal::Refusal;
use platform::Fault;
use platform::limits::Throttle;

/// Tries with one number, in each quarter of an hour.
const TRIES: u32 = 5;
const WINDOW: TimeDelta = TimeDelta::minutes(15);

/// Counts the tries of each number, in this process.
#[derive(Clone)]
pub struct Gate(Arc<Throttle>);

impl Gate {
    pub fn new() -> Self {
        Self(Arc::new(Throttle::new(TRIES, WINDOW)))
    }

    /// Counts a try with this number. Counting by address would lock out a whole hall behind one line; the number is
    /// what a guesser of names has to keep.
    ///
    /// # Errors
    /// [`Fault::TooMany`].
    pub fn count(&self, number: &str, now: DateTime<Utc>) -> Result<(), Fault> {
        self.0.count(number, now)
    }
}

/// Refuses posts another site made the browser send. There is no session yet whose token could tell, and being signed
/// in unawares as somebody else is a harm too. Browsers too old to say where a post comes from are let through.
pub fn own_page(headers: &HeaderMap) -> Result<(), Fault> {
    let site = headers.get("sec-fetch-site").and_then(|value| value.to_str().ok());
    match site {
        None | Some("same-origin" | "none") => Ok(()),
        Some(_) => Err(Refusal::new("access.forged-post", "go-back").into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sixth_try_with_a_number_waits() {
        let gate = Gate::new();
        let now: DateTime<Utc> = "2026-11-22T01:00:00Z".parse().unwrap();
        for _ in 0..TRIES {
            assert_eq!(gate.count("440603199003180012", now), Ok(()));
        }
        assert_eq!(gate.count("440603199003180012", now), Err(Fault::TooMany));
        assert_eq!(gate.count("440603199605200025", now), Ok(()));
        assert_eq!(gate.count("440603199003180012", now + WINDOW), Ok(()));
    }

    #[test]
    fn posts_of_other_sites_are_refused() {
        let from =
            |site: &'static str| HeaderMap::from_iter([("sec-fetch-site".parse().unwrap(), site.parse().unwrap())]);
        assert!(own_page(&HeaderMap::new()).is_ok());
        assert!(own_page(&from("same-origin")).is_ok());
        assert!(own_page(&from("cross-site")).is_err());
        assert!(own_page(&from("same-site")).is_err());
    }
}
