//! What time it is, and what day. Nobody else asks the machine, so a test can stand on any day of the year.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::SystemTime;

use chrono::{DateTime, Days, FixedOffset, NaiveDate, TimeDelta, Utc};

/// Seconds that China Standard Time is ahead of UTC. No summer time since 1991.
const CHINA_AHEAD_S: i32 = 8 * 3600;

/// The clock of the world: the machine's, or one that stands still until a test moves it.
///
/// All moments have microseconds and no more, because that is what PostgreSQL keeps; a moment read back equals the one written.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that stands still; clones share it.
    Fixed(FixedClock),
}

/// A clock that is set by hand.
#[derive(Debug, Clone)]
pub struct FixedClock(Arc<AtomicI64>);

impl Clock {
    /// A clock standing at this moment.
    pub fn fixed(at: DateTime<Utc>) -> Self {
        Self::Fixed(FixedClock(Arc::new(AtomicI64::new(at.timestamp_micros()))))
    }

    /// A clock standing at 09:00 in China on this day, when the halls open.
    pub fn on(day: NaiveDate) -> Self {
        Self::fixed(at_nine(day))
    }

    /// This moment.
    pub fn now_utc(&self) -> DateTime<Utc> {
        match self {
            Self::System => whole_micros(DateTime::<Utc>::from(SystemTime::now())),
            Self::Fixed(clock) => clock.now_utc(),
        }
    }

    /// The civil day in China (Asia/Shanghai), which is the day the law counts.
    pub fn today(&self) -> NaiveDate {
        china_day(self.now_utc())
    }
}

impl FixedClock {
    /// The moment it stands at.
    pub fn now_utc(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0.load(Ordering::SeqCst)).unwrap_or(DateTime::UNIX_EPOCH)
    }

    /// Sets it, forward or back.
    pub fn set(&self, at: DateTime<Utc>) {
        self.0.store(at.timestamp_micros(), Ordering::SeqCst);
    }

    /// Moves it on.
    pub fn advance(&self, by: TimeDelta) {
        self.0.fetch_add(by.num_microseconds().unwrap_or(0), Ordering::SeqCst);
    }

    /// Moves it on by whole days, keeping the time of day.
    pub fn advance_days(&self, days: u64) {
        self.set(self.now_utc() + Days::new(days));
    }
}

/// The civil day in China at a moment.
pub fn china_day(at: DateTime<Utc>) -> NaiveDate {
    china_time(at).date_naive()
}

/// A moment as the wall clocks in China show it.
pub fn china_time(at: DateTime<Utc>) -> DateTime<FixedOffset> {
    let china = FixedOffset::east_opt(CHINA_AHEAD_S).expect("eight hours are a valid offset");
    at.with_timezone(&china)
}

/// The first moment of a civil day in China.
pub fn start_of(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(chrono::NaiveTime::MIN).and_utc() - TimeDelta::seconds(CHINA_AHEAD_S.into())
}

fn at_nine(day: NaiveDate) -> DateTime<Utc> {
    start_of(day) + TimeDelta::hours(9)
}

fn whole_micros(at: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(at.timestamp_micros()).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_changes_at_midnight_in_china_not_in_greenwich() {
        let late: DateTime<Utc> = "2026-03-01T15:59:59Z".parse().unwrap();
        let clock = Clock::fixed(late);
        assert_eq!(clock.today().to_string(), "2026-03-01");
        let Clock::Fixed(hand) = &clock else { unreachable!() };
        hand.advance(TimeDelta::seconds(1));
        assert_eq!(clock.today().to_string(), "2026-03-02");
        assert_eq!(start_of(clock.today()), clock.now_utc());
    }

    #[test]
    fn the_machine_clock_has_no_nanoseconds() {
        assert_eq!(Clock::System.now_utc().timestamp_subsec_nanos() % 1000, 0);
    }
}
