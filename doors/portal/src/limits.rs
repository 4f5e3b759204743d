//! Limits, periods and amounts in words.

use catalog::model::Fee;
use kernel::limit::{Limit, Period, Start, Unit};
use themes::words;

/// The unit behind a large figure: 个工作日.
pub fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Workday => "个工作日",
        Unit::NaturalDay => "天",
        Unit::Hour => "小时",
        Unit::Month => "个月",
        Unit::Year => "年",
        Unit::AtOnce => "",
    }
}

/// How long and from when: 5个工作日，从受理之日起算.
pub fn whole(limit: Limit) -> String {
    let from = match limit.start {
        Start::Acceptance => "从受理之日起算",
        Start::Receipt => "从收到申请之日起算",
        Start::Decision => "从作出决定之日起算",
    };
    if limit.unit == Unit::AtOnce { words::limit(limit) } else { format!("{}，{from}", words::limit(limit)) }
}

/// How long something stays valid: 4年.
pub fn valid(period: Option<Period>) -> String {
    match period {
        Some(period) => format!("{}{}", period.value, unit(period.unit)),
        None => "长期有效".to_owned(),
    }
}

/// One fee: 180元, or how it is worked out.
pub fn fee(fee: &Fee) -> String {
    match (fee.amount_fen, &fee.standard) {
        (Some(fen), _) => ui::say::money(fen),
        (None, Some(standard)) => standard.clone(),
        (None, None) => "按规定标准收取".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_say_from_when_they_count() {
        assert_eq!(whole(Limit::workdays(5)), "5个工作日，从受理之日起算");
        assert_eq!(whole(Limit::AT_ONCE), "当场办结");
        let receipt = Limit { value: 30, unit: Unit::NaturalDay, start: Start::Receipt };
        assert_eq!(whole(receipt), "30日，从收到申请之日起算");
        assert_eq!(valid(Some(Period { value: 4, unit: Unit::Year })), "4年");
    }
}
