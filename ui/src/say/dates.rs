//! Civil dates in words. Every date names its weekday; the year appears only when it is not this year.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, TimeZone, Timelike, Utc};

/// 周五.
#[must_use]
pub fn weekday(day: NaiveDate) -> &'static str {
    ["周一", "周二", "周三", "周四", "周五", "周六", "周日"][day.weekday().num_days_from_monday() as usize]
}

/// 2026年10月9日（周五）: the full form, for notices and anything printed.
#[must_use]
pub fn day(day: NaiveDate) -> String {
    format!("{}年{}月{}日（{}）", day.year(), day.month(), day.day(), weekday(day))
}

/// 10月9日（周五）, or with the year when it differs from today's.
#[must_use]
pub fn day_short(date: NaiveDate, today: NaiveDate) -> String {
    if date.year() != today.year() {
        return day(date);
    }
    format!("{}月{}日（{}）", date.month(), date.day(), weekday(date))
}

/// 10月9日（周五）前: a due date. The due day itself still counts (《民法典》第二百零三条), so "前" means the end of it.
#[must_use]
pub fn before(due: NaiveDate, today: NaiveDate) -> String {
    format!("{}前", day_short(due, today))
}

/// How far a due date is in natural days: 今天到期, 明天到期, 还有3天, 超期2天.
#[must_use]
pub fn days_left(due: NaiveDate, today: NaiveDate) -> String {
    match (due - today).num_days() {
        0 => "今天到期".into(),
        1 => "明天到期".into(),
        n if n > 1 => format!("还有{n}天"),
        n => format!("超期{}天", -n),
    }
}

/// How long ago a day was: 今天, 昨天, 3天前, then the date.
#[must_use]
pub fn ago(date: NaiveDate, today: NaiveDate) -> String {
    match (today - date).num_days() {
        0 => "今天".into(),
        1 => "昨天".into(),
        n @ 2..=6 => format!("{n}天前"),
        _ => day_short(date, today),
    }
}

/// 11月24日—11月26日; a single day is said once.
#[must_use]
pub fn span(from: NaiveDate, to: NaiveDate) -> String {
    let plain = |d: NaiveDate| format!("{}月{}日", d.month(), d.day());
    if from == to { plain(from) } else { format!("{}—{}", plain(from), plain(to)) }
}

/// A moment in Chinese standard time (UTC+8): 今天 10:32, 昨天 09:05, 11月3日 16:20, 2025年12月31日 23:59.
#[must_use]
pub fn moment(at: DateTime<Utc>, today: NaiveDate) -> String {
    let at = china().from_utc_datetime(&at.naive_utc());
    let date = at.date_naive();
    let clock = format!("{:02}:{:02}", at.hour(), at.minute());
    match (today - date).num_days() {
        0 => format!("今天 {clock}"),
        1 => format!("昨天 {clock}"),
        _ if date.year() == today.year() => format!("{}月{}日 {clock}", date.month(), date.day()),
        _ => format!("{}年{}月{}日 {clock}", date.year(), date.month(), date.day()),
    }
}

/// UTC+8; China has kept one zone without summer time since 1992.
fn china() -> FixedOffset {
    FixedOffset::east_opt(8 * 3600).expect("eight hours are a valid offset")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(y: i32, m: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, day).expect("a date")
    }

    #[test]
    fn due_dates_carry_their_weekday() {
        let today = d(2026, 9, 28);
        assert_eq!(before(d(2026, 10, 9), today), "10月9日（周五）前");
        assert_eq!(before(d(2027, 1, 4), today), "2027年1月4日（周一）前");
        assert_eq!(day(d(2026, 2, 28)), "2026年2月28日（周六）");
    }

    #[test]
    fn nearness_is_said_in_days() {
        let today = d(2026, 11, 22);
        let said: Vec<_> = [-2, 0, 1, 5]
            .map(|n| days_left(today + chrono::Days::new(2) + chrono::TimeDelta::days(n - 2), today))
            .into();
        assert_eq!(said, ["超期2天", "今天到期", "明天到期", "还有5天"]);
        assert_eq!(ago(d(2026, 11, 21), today), "昨天");
        assert_eq!(ago(d(2026, 11, 17), today), "5天前");
        assert_eq!(ago(d(2026, 11, 2), today), "11月2日（周一）");
        assert_eq!(span(d(2026, 11, 24), d(2026, 12, 1)), "11月24日—12月1日");
        assert_eq!(span(today, today), "11月22日");
    }

    #[test]
    fn moments_are_told_in_chinese_time() {
        let at = Utc.with_ymd_and_hms(2026, 11, 21, 16, 32, 5).single().expect("a moment");
        assert_eq!(moment(at, d(2026, 11, 22)), "今天 00:32");
        assert_eq!(moment(at, d(2026, 11, 23)), "昨天 00:32");
        assert_eq!(moment(at, d(2026, 12, 1)), "11月22日 00:32");
        assert_eq!(moment(at, d(2027, 1, 1)), "2026年11月22日 00:32");
    }
}
