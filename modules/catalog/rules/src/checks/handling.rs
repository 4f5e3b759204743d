//! Steps, result, commitments and the other things that must agree within one item.

use access::Role;

use super::at;
use crate::codes;
use crate::diagnostic::Report;
use crate::folder::Entry;
use crate::model::{ApplyVia, Audience, Handling, Item, ItemKind, ResultKind, TOPICS};

pub(super) fn check(entry: &Entry<Item>, report: &mut Report<'_>) {
    steps(entry, report);
    result(entry, report);
    people(entry, report);
    let item = &entry.value;
    if let Some(commitment) = &item.commitment
        && commitment.allowed
        && commitment.clauses.is_empty()
    {
        report.at(&codes::COMMITMENT_INCOMPLETE, entry.place(at!["commitment"]), "实行告知承诺，却没有承诺内容");
    }
    pre_review(entry, report);
    preliminary(entry, report);
    if !TOPICS.iter().any(|(code, _)| *code == item.topic) {
        report.at(&codes::UNKNOWN_TOPIC, entry.place(at!["topic"]), format!("没有主题“{}”", item.topic));
    }
    audience(entry, report);
}

/// Topics only natural persons have matters of, and topics only organisations have.
const OF_PERSONS: [&str; 3] = ["01", "06", "11"];
const OF_ORGANISATIONS: [&str; 1] = ["18"];

/// Whom it is for and what it is about must agree (服务对象与主题分类一致).
fn audience(entry: &Entry<Item>, report: &mut Report<'_>) {
    let item = &entry.value;
    let (persons, others) = (item.audience.contains(&Audience::Person), item.audience.len());
    let wrong = match (persons, others) {
        (_, 0) => return,
        (false, _) if OF_PERSONS.contains(&item.topic.as_str()) => "只有法人和组织能办，主题却是自然人的",
        (true, 1) if OF_ORGANISATIONS.contains(&item.topic.as_str()) => "只有自然人能办，主题却是法人的",
        _ => return,
    };
    let name = TOPICS.iter().find(|(code, _)| *code == item.topic).map_or("", |(_, name)| name);
    let finding = report.at(&codes::AUDIENCE_AND_TOPIC, entry.place(at!["topic"]), format!("{wrong}“{name}”"));
    finding.also(entry.place(at!["audience"]), "服务对象在这里");
}

/// Working days a pre-review may take at most: the day after it, the applicant mends, and on the fifth the law's own term
/// (行政许可法 32.1.4), which runs from the filing, ends.
const PRE_REVIEW_MAX: u32 = 3;

fn pre_review(entry: &Entry<Item>, report: &mut Report<'_>) {
    let item = &entry.value;
    let Some(rule) = item.pre_review.as_ref().filter(|rule| rule.offered) else { return };
    if let Some(days) = rule.days.filter(|days| !(1..=PRE_REVIEW_MAX).contains(days)) {
        let what = format!("网上预审要 {days} 个工作日");
        report.at(&codes::PRE_REVIEW_LIMIT, entry.place(at!["pre_review", "days"]), what);
    }
    if !item.apply_via.iter().any(|via| matches!(via, ApplyVia::Online | ApplyVia::Mobile)) {
        report.at(&codes::PRE_REVIEW_OFFLINE, entry.place(at!["pre_review"]), "不能网上申请，却提供网上预审");
    }
}

/// The statute gives the lower authority twenty working days, and it reviews for somebody else.
fn preliminary(entry: &Entry<Item>, report: &mut Report<'_>) {
    let item = &entry.value;
    let Some(rule) = &item.preliminary else { return };
    if let Some(days) = rule.days.filter(|days| !(1..=20).contains(days)) {
        let what = format!("初审要 {days} 个工作日");
        report.at(&codes::PRELIMINARY_LIMIT, entry.place(at!["preliminary", "days"]), what);
    }
    if let Some(row) = rule.authorities.iter().position(|authority| *authority == item.authority) {
        let span = entry.place(at!["preliminary", "authorities", row]);
        report.at(&codes::PRELIMINARY_OF_ITSELF, span, format!("“{}”自己审自己", item.authority));
    }
}

fn steps(entry: &Entry<Item>, report: &mut Report<'_>) {
    let item = &entry.value;
    for (row, step) in item.steps.iter().enumerate() {
        if !matches!(step.role, Role::Handler | Role::Reviewer | Role::Approver | Role::Issuer) {
            let span = entry.place(at!["steps", row, "role"]);
            report.at(&codes::STEP_ROLE, span, format!("“{}”不能承担“{}”环节", step.role.name(), step.name));
        }
    }
    if !item.steps.iter().any(|step| step.role == Role::Approver) {
        report.at(&codes::NO_DECIDING_STEP, entry.place(at!["steps"]), "没有批准的环节");
    } else if item.handling == Handling::Promise && item.steps.len() == 1 {
        report.at(&codes::NO_STEPS_BEFORE_DECISION, entry.place(at!["steps"]), "承诺件只有批准一个环节");
    } else if let Some((row, last)) = item.steps.iter().enumerate().next_back()
        && last.role != Role::Approver
    {
        let span = entry.place(at!["steps", row, "role"]);
        report.at(&codes::LAST_STEP_NOT_DECIDING, span, format!("最后一个环节是“{}”，不是批准", last.name));
    } else if item.handling == Handling::Instant && item.steps.len() > 1 {
        let names: Vec<&str> = item.steps.iter().map(|step| step.name.as_str()).collect();
        let what = format!("是即办件，却要经过{}", names.join("、"));
        report.at(&codes::INSTANT_WITH_REVIEW, entry.place(at!["steps"]), what);
    }
}

fn result(entry: &Entry<Item>, report: &mut Report<'_>) {
    let item = &entry.value;
    let is_licence = item.result.kind == ResultKind::Licence;
    match (&item.provides, item.result.kind) {
        (None, ResultKind::Licence) => {
            let span = entry.place(at!["result", "kind"]);
            report.at(&codes::RESULT_MISMATCH, span, "结果是证照，却没有写明产生哪种证照");
        }
        (Some(licence), ResultKind::None) => {
            let what = format!("没有结果，却产生证照“{licence}”");
            report.at(&codes::RESULT_MISMATCH, entry.place(at!["provides"]), what);
        }
        // Some official replies and receipts travel as licences do, so this is left to somebody's judgement.
        (Some(licence), kind @ (ResultKind::Document | ResultKind::Other)) => {
            let what = format!("产生证照“{licence}”，结果类型却是“{}”", kind.label());
            report.at(&codes::RESULT_BESIDE_LICENCE, entry.place(at!["provides"]), what);
        }
        _ => {}
    }
    let Some(name) = &item.result.name else { return };
    let like_licence = name.ends_with('证') || name.ends_with("证书") || name.ends_with("执照");
    let like_document = name.ends_with("批复") || name.ends_with("决定书") || name.ends_with("批文");
    let nothing = item.result.kind == ResultKind::None;
    if (like_licence && (item.result.kind == ResultKind::Document || nothing))
        || (like_document && (is_licence || nothing))
    {
        let what = format!("“{name}”登记为{}", item.result.kind.label());
        report.at(&codes::RESULT_NAME, entry.place(at!["result", "name"]), what);
    }
}

fn people(entry: &Entry<Item>, report: &mut Report<'_>) {
    let item = &entry.value;
    if item.audience.is_empty() {
        report.at(&codes::NO_AUDIENCE, entry.place(at!["audience"]), "没有服务对象");
    }
    if item.kind == ItemKind::Licence && item.faqs.is_empty() {
        report.at(&codes::NO_FAQ, entry.place(at!["id"]), format!("“{}”没有常见问题", item.name));
    }
    if item.kind == ItemKind::Licence && item.remedy.is_none() {
        report.at(&codes::NO_REMEDY, entry.place(at!["id"]), format!("“{}”没有写明救济途径", item.name));
    }
    if let Some(contact) = &item.contact
        && contact.consult == contact.complain
    {
        let span = entry.place(at!["contact", "complain"]);
        report.at(&codes::SAME_TELEPHONE, span, format!("咨询和投诉都是 {}", contact.consult));
    }
    for (key, number) in
        item.contact.iter().flat_map(|contact| [("consult", &contact.consult), ("complain", &contact.complain)])
    {
        if !can_be_dialled(number) {
            let span = entry.place(at!["contact", key]);
            report.at(&codes::NO_AREA_CODE, span, format!("“{number}”没有区号，从外地打不通"));
        }
    }
}

/// Whether a telephone number can be dialled from anywhere: with its area code, a mobile, or 400 and 800 lines.
fn can_be_dialled(number: &str) -> bool {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let mobile = digits.len() == 11 && digits.starts_with('1');
    mobile || digits.starts_with('0') || digits.starts_with("400") || digits.starts_with("800")
}
