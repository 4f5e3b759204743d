//! The general law's own periods, as dated rows with their source: `law/terms.toml`.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use kernel::limit::{Period, Unit};
use kernel::refusal::Clause;
use serde::Deserialize;

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../law/terms.toml")).expect("law/terms.toml is tested");
    file.term
});

/// The periods in force on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// From the filing online: answer the pre-review. No statute sets it; the guide publishes it.
    pub pre_review: Period,
    /// From receipt: accept, refuse to accept, or tell once what to correct (行政许可法 32.1.4).
    pub notice: Period,
    /// From the notice: the applicant's time to correct. No statute sets it; the guide publishes it.
    pub correction: Period,
    /// From acceptance by a lower authority: review and hand up (43).
    pub preliminary: Period,
    /// From the grant: issue and deliver (行政许可法 44).
    pub delivery: Period,
    /// The one extension of the decision (42.1).
    pub extension: Period,
    /// Several authorities together: all of it (42.2).
    pub joint: Period,
    /// Its extension, by the people's government (42.2).
    pub joint_extension: Period,
    /// From the offer: ask for a hearing (47.1).
    pub hearing_answer: Period,
    /// From the request: hold it (47.1).
    pub hearing_hold: Period,
    /// Announced so long before it is held (48.1.1).
    pub hearing_notice: Period,
    /// A renewal is applied for so long before the licence expires (50.1).
    pub renewal: Period,
    /// From the day the evidence of a commitment was in or due: check it. No statute sets it.
    pub commitment_check: Period,
}

impl Terms {
    /// The periods for a case received on `day`; `None` before the Licensing Law came into force (2004-07-01).
    pub fn on(day: NaiveDate) -> Option<Self> {
        Some(Self {
            pre_review: period("pre-review", day)?,
            notice: period("notice", day)?,
            correction: period("correction", day)?,
            preliminary: period("preliminary", day)?,
            delivery: period("delivery", day)?,
            extension: period("extension", day)?,
            joint: period("joint", day)?,
            joint_extension: period("joint-extension", day)?,
            hearing_answer: period("hearing-answer", day)?,
            hearing_hold: period("hearing-hold", day)?,
            hearing_notice: period("hearing-notice", day)?,
            renewal: period("renewal", day)?,
            commitment_check: period("commitment-check", day)?,
        })
    }

    /// What a notice quotes for the term of that name, such as `notice` or `delivery`, on that day.
    pub fn source(term: &str, day: NaiveDate) -> Option<Clause> {
        let row = row(term, day)?;
        Some(Clause { law: row.law.as_str().into(), article: row.article.as_str().into() })
    }

    /// The same with the correction period the item's guide publishes.
    pub fn with_correction(self, correction: Period) -> Self {
        Self { correction, ..self }
    }
}

fn period(name: &str, day: NaiveDate) -> Option<Period> {
    let row = row(name, day)?;
    Some(Period { value: row.value, unit: row.unit })
}

fn row(name: &str, day: NaiveDate) -> Option<&'static Row> {
    ROWS.iter().find(|row| row.name == name && row.in_force(day))
}

#[derive(Deserialize)]
struct File {
    term: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    value: u32,
    unit: Unit,
    from: toml::value::Datetime,
    until: Option<toml::value::Datetime>,
    law: String,
    article: String,
}

impl Row {
    fn in_force(&self, day: NaiveDate) -> bool {
        let key = |day: NaiveDate| (day.year(), day.month(), day.day());
        let bound = |date: &toml::value::Datetime| {
            date.date.map(|date| (i32::from(date.year), u32::from(date.month), u32::from(date.day)))
        };
        bound(&self.from).is_some_and(|from| from <= key(day))
            && self.until.as_ref().is_none_or(|until| bound(until).is_some_and(|until| key(day) <= until))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 13] = [
        "preliminary",
        "pre-review",
        "notice",
        "correction",
        "delivery",
        "extension",
        "joint",
        "joint-extension",
        "hearing-answer",
        "hearing-hold",
        "hearing-notice",
        "renewal",
        "commitment-check",
    ];

    #[test]
    fn each_day_since_2004_has_exactly_one_row_for_each_term_and_each_row_a_source() {
        let start = NaiveDate::from_ymd_opt(2004, 7, 1).unwrap();
        for day in start.iter_days().step_by(97).take(120) {
            for name in NAMES {
                let rows = ROWS.iter().filter(|row| row.name == name && row.in_force(day)).count();
                assert_eq!(rows, 1, "{name} on {day}");
            }
            assert!(Terms::on(day).is_some());
        }
        assert_eq!(Terms::on(start.pred_opt().unwrap()), None);
        assert!(ROWS.iter().all(|row| NAMES.contains(&row.name.as_str())), "a row nobody reads");
        assert!(ROWS.iter().all(|row| !row.law.is_empty() && !row.article.is_empty()));
        assert_eq!(Terms::source("delivery", start).unwrap().article, "第四十四条、第八十二条");
    }

    #[test]
    fn the_law_says_five_and_ten_working_days() {
        let terms = Terms::on(NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()).unwrap();
        assert_eq!(terms.notice, Period { value: 5, unit: Unit::Workday });
        assert_eq!(terms.delivery, Period { value: 10, unit: Unit::Workday });
        assert_eq!(terms.joint, Period { value: 45, unit: Unit::Workday });
        assert_eq!(terms.hearing_hold, Period { value: 20, unit: Unit::Workday });
        assert_eq!(terms.renewal, Period { value: 30, unit: Unit::Workday });
    }
}
