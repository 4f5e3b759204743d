//! Limits and visits: what is promised against what the law allows.

use kernel::limit::{Limit, Start, Unit};

use super::at;
use crate::codes;
use crate::diagnostic::Report;
use crate::folder::Entry;
use crate::model::{ApplyVia, Handling, Item, Medium};

pub(super) fn check(entry: &Entry<Item>, report: &mut Report<'_>) {
    promise(entry, report);
    start(entry, report);
    instant(entry, report);
    steps(entry, report);
    visits(entry, report);
    papers_from_afar(entry, report);
}

fn promise(entry: &Entry<Item>, report: &mut Report<'_>) {
    let (promise, statutory) = (entry.value.promise, entry.value.statutory);
    let span = entry.place(at!["promise", "value"]);
    let law = entry.place(at!["statutory", "value"]);
    if promise.unit == statutory.unit {
        if promise.value > statutory.value && promise.unit != Unit::AtOnce {
            let what = format!("承诺 {}，长于法定 {}", words(promise), words(statutory));
            report.at(&codes::PROMISE_ABOVE_STATUTORY, span, what).also(law, "法定时限在这里");
        }
        return;
    }
    // Whatever the unit, doing it at once is shortest of all.
    if statutory.unit == Unit::AtOnce {
        let what = format!("法定当场办结，却承诺 {}", words(promise));
        report.at(&codes::PROMISE_ABOVE_STATUTORY, span, what).also(law, "法定时限在这里");
    } else if workdays(promise) > workdays(statutory) {
        let what = format!(
            "承诺 {} 折合约 {:.1} 个工作日，法定 {} 折合约 {:.1} 个工作日",
            words(promise),
            workdays(promise),
            words(statutory),
            workdays(statutory)
        );
        report.at(&codes::LIMITS_HARD_TO_COMPARE, span, what).also(law, "法定时限在这里");
    }
}

/// A limit for deciding cannot wait for the decision; what is due after it may.
fn start(entry: &Entry<Item>, report: &mut Report<'_>) {
    let item = &entry.value;
    let mut refuse = |limit: Limit, place, whose: &str| {
        if limit.start == Start::Decision {
            report.at(&codes::LIMIT_FROM_ITS_END, place, format!("{whose}从作出决定起算"));
        }
    };
    refuse(item.statutory, entry.place(at!["statutory", "start"]), "法定办结时限");
    refuse(item.promise, entry.place(at!["promise", "start"]), "承诺办结时限");
    for (number, step) in item.steps.iter().enumerate() {
        if let Some(limit) = step.limit {
            refuse(limit, entry.place(at!["steps", number, "limit", "start"]), &format!("环节“{}”的时限", step.name));
        }
    }
}

/// About how many working days: five of seven days are, a working day has eight hours. Only for comparing limits
/// written in different units; deadlines are counted by the working calendar.
fn workdays(limit: Limit) -> f64 {
    let value = f64::from(limit.value);
    match limit.unit {
        Unit::AtOnce => 0.0,
        Unit::Hour => value / 8.0,
        Unit::Workday => value,
        Unit::NaturalDay => value * 5.0 / 7.0,
        Unit::Month => value * 30.0 * 5.0 / 7.0,
        Unit::Year => value * 365.0 * 5.0 / 7.0,
    }
}

fn words(limit: Limit) -> String {
    let unit = match limit.unit {
        Unit::AtOnce => return "即办".into(),
        Unit::Hour => "小时",
        Unit::Workday => "个工作日",
        Unit::NaturalDay => "日",
        Unit::Month => "个月",
        Unit::Year => "年",
    };
    format!("{} {unit}", limit.value)
}

fn instant(entry: &Entry<Item>, report: &mut Report<'_>) {
    let at_once = entry.value.promise.unit == Unit::AtOnce;
    let instant = entry.value.handling == Handling::Instant;
    if at_once == instant {
        return;
    }
    let what = if instant {
        format!("是即办件，承诺时限却是 {}", words(entry.value.promise))
    } else {
        "承诺时限是即办，却登记为承诺件".to_owned()
    };
    let finding = report.at(&codes::INSTANT_MISMATCH, entry.place(at!["handling"]), what);
    finding.also(entry.place(at!["promise", "unit"]), "承诺时限在这里");
}

/// The steps follow each other, so what is promised must be enough for all of them.
fn steps(entry: &Entry<Item>, report: &mut Report<'_>) {
    let item = &entry.value;
    let sum: f64 = item.steps.iter().filter_map(|step| step.limit).map(workdays).sum();
    let promised = workdays(item.promise);
    // A promise that does not agree with the kind of handling is told there.
    if item.promise.unit != Unit::AtOnce && sum > promised + 1e-9 {
        let what = format!("各环节加起来约 {sum:.1} 个工作日，承诺 {}", words(item.promise));
        let finding = report.at(&codes::STEPS_ABOVE_PROMISE, entry.place(at!["steps"]), what);
        finding.also(entry.place(at!["promise", "value"]), "承诺时限在这里");
    }
}

/// A paper that must be paper, of an applicant who need not come: it has to travel.
fn papers_from_afar(entry: &Entry<Item>, report: &mut Report<'_>) {
    let item = &entry.value;
    if item.visits.count > 0 || item.apply_via.contains(&ApplyVia::Mail) {
        return;
    }
    let rows = item.materials.iter().enumerate();
    for (row, _) in rows.filter(|(_, paper)| paper.media == Medium::Paper && paper.waive.is_empty()) {
        let span = entry.place(at!["materials", row, "media"]);
        report.at(&codes::PAPER_WITHOUT_VISIT, span, "不用到现场，这份材料却只收纸质的，又不能邮寄");
    }
}

fn visits(entry: &Entry<Item>, report: &mut Report<'_>) {
    let item = &entry.value;
    let reason = item.visits.reason.as_deref().unwrap_or("无");
    if item.visits.count > 0 && reason == "无" {
        let span = entry.place(at!["visits", "count"]);
        let what = format!("要到现场 {} 次，没有写明原因", item.visits.count);
        report.at(&codes::VISITS_WITHOUT_REASON, span, what);
    }
    if item.visits.count == 0 && reason != "无" {
        report.at(
            &codes::VISITS_WITHOUT_REASON,
            entry.place(at!["visits", "reason"]),
            "不用到现场，却写了到现场的原因",
        );
    }
    let from_afar = [ApplyVia::Online, ApplyVia::Mobile, ApplyVia::Mail];
    if item.visits.count == 0 && !from_afar.iter().any(|way| item.apply_via.contains(way)) {
        let span = entry.place(at!["apply_via"]);
        report.at(&codes::NO_WAY_WITHOUT_VISIT, span, "到现场次数为 0，却没有不到现场的办理形式");
    }
}

#[cfg(test)]
mod tests {
    use kernel::limit::{Limit, Start, Unit};

    use super::workdays;

    #[test]
    fn seven_days_are_five_working_days() {
        let limit = |value, unit| Limit { value, unit, start: Start::Acceptance };
        assert_eq!(workdays(limit(7, Unit::NaturalDay)), 5.0);
        assert_eq!(workdays(limit(16, Unit::Hour)), 2.0);
        assert!(workdays(limit(1, Unit::Month)) > workdays(limit(20, Unit::Workday)));
        assert!(workdays(limit(15, Unit::Workday)) > workdays(limit(20, Unit::NaturalDay)));
    }
}
