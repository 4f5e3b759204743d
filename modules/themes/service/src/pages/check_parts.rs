//! Parts of the last page: the form read back, the papers, the commitments, what happens next.

use casework::Terms;
use themes::Standing;
use ui::MaterialRow;

use super::drafting::Drafting;
use super::{fields, plan_parts};
use crate::acts::chosen_way;
use crate::filing::{Entry, Filing, HANDOVER_GROUP, Origin};

/// One entry read back.
pub(super) struct Line {
    pub label: String,
    pub value: String,
    pub source: String,
}

/// What one item's authority asks to commit to.
pub(super) struct Commitment {
    pub item: String,
    pub authority: String,
    pub clauses: Vec<String>,
}

/// The whole form but the hand-over, section by section.
pub(super) fn lines(filing: &Filing<'_>) -> Vec<(&'static str, Vec<Line>)> {
    let sections = filing.sections.iter().filter(|section| section.group != HANDOVER_GROUP);
    let of = |section: &crate::filing::Section<'_>| (section.title, section.entries.iter().filter_map(line).collect());
    let sections: Vec<(&'static str, Vec<Line>)> = sections.map(of).collect();
    sections.into_iter().filter(|(_, lines)| !lines.is_empty()).collect()
}

fn line(entry: &Entry<'_>) -> Option<Line> {
    let source = match (entry.origin, &entry.record) {
        (Origin::Record, Some(record)) => format!("来自{}", record.source),
        (Origin::Answered(_), _) => "您的回答".to_owned(),
        (Origin::Derived, _) => "系统推算".to_owned(),
        (Origin::Carried, _) => "办好后自动带入".to_owned(),
        (Origin::Typed, Some(record)) => format!("您改过，{}登记的不同", record.source),
        _ => "您填写".to_owned(),
    };
    let Some(value) = &entry.value else {
        let (value, source) = match entry.origin {
            Origin::Carried => ("—", source),
            // What need not be filled in and was not is no line to read.
            _ if entry.texts.is_empty() && entry.fault().is_none() => return None,
            _ => ("（还没有填好）", String::new()),
        };
        return Some(Line { label: entry.field.label().to_owned(), value: value.to_owned(), source });
    };
    let value = fields::masked(entry.element(), value).unwrap_or_else(|| entry.in_words());
    Some(Line { label: entry.field.label().to_owned(), value, source })
}

/// The papers as they will be handed in.
pub(super) fn papers(filing: &Filing<'_>) -> Vec<MaterialRow> {
    let rows = filing.slots.iter().filter(|slot| !matches!(slot.material.standing, Standing::Undecided { .. }));
    rows.map(|slot| {
        let mut row = plan_parts::row(&filing.plan, &slot.material);
        row.help = None;
        let names: Vec<&str> = slot.files.iter().map(|file| file.name.as_str()).collect();
        if !names.is_empty() {
            row.standing = ui::Standing::Given(names.join("、"));
        } else if slot.on_paper {
            row.standing = ui::Standing::Given("已当面收到纸质材料".into());
        }
        row.form = String::new();
        row
    })
    .collect()
}

/// The commitments the applicant makes by submitting: of every item with a paper that is committed to instead of handed
/// in, and of items that offer the choice by an answer.
pub(super) fn commitments(drafting: &Drafting, filing: &Filing<'_>) -> Vec<Commitment> {
    let catalog = drafting.shelf.catalogue().catalog();
    let answers = filing.effective_answers();
    let committed = |item: usize| {
        let by_paper = filing.slots.iter().any(|slot| {
            matches!(slot.material.standing, Standing::Later { .. }) && slot.material.asked_by.contains(item)
        });
        let rule = catalog.items.get(&filing.theme.items[item].id).and_then(|item| item.commitment.as_ref());
        let by_answer = rule.and_then(|rule| rule.choice.as_ref()).and_then(|choice| filing.question_about(choice));
        by_paper || by_answer.and_then(|question| answers.get(&question.id)?.as_bool()) == Some(true)
    };
    let items = filing.plan.included().filter(|planned| committed(planned.number));
    let of = |planned: &themes::PlannedItem<'_>| {
        let rule = catalog.items.get(&planned.item.id)?.commitment.as_ref().filter(|rule| rule.allowed)?;
        Some(Commitment {
            item: planned.item.plain.to_string(),
            authority: planned.item.authority_name.to_string(),
            clauses: rule.clauses.clone(),
        })
    };
    items.filter_map(of).collect()
}

/// What happens after submission, step by step, each with its day.
pub(super) fn next_steps(drafting: &Drafting, filing: &Filing<'_>) -> Vec<String> {
    let (today, calendar) = (drafting.visit.today(), &drafting.shelf.catalogue().calendar);
    let mut steps = vec!["马上给您一张收件回执，上面有申办编号，凭它随时能查进度。".to_owned()];
    let notice = Terms::on(today).and_then(|terms| calendar.add(today, terms.notice.value, terms.notice.unit).ok());
    if let Some(day) = notice {
        let day = ui::say::before(day, today);
        steps.push(format!(
            "最迟{day}告诉您是否受理。材料不齐的，一次说清还缺什么；到期没有通知的，收到申请那天就算受理。"
        ));
    }
    let offices = offices(filing);
    let together = match offices.len() {
        0 | 1 => format!("受理后由{}审核", offices.concat()),
        count => format!("受理后由{}等 {count} 个部门同时审核", offices[0]),
    };
    steps.push(match plan_parts::ready_on(&filing.plan, calendar, today) {
        Some(_) if filing.plan.figures.days.after == 0 => format!("{together}，当场办结。"),
        Some(day) => format!("{together}，如果今天受理，{}全部办好。", ui::say::before(day, today)),
        None => format!("{together}，{} 个工作日内全部办好。", filing.plan.figures.days.after),
    });
    steps.push("提交后内容就不能改了；要改的，在作出决定以前可以撤回，改好再交。".to_owned());
    steps
}

fn offices(filing: &Filing<'_>) -> Vec<String> {
    let mut offices: Vec<String> = Vec::new();
    for planned in filing.plan.included() {
        if !offices.iter().any(|office| **office == *planned.item.authority_name) {
            offices.push(planned.item.authority_name.to_string());
        }
    }
    offices
}

/// What stands in an empty box of the hand-over: the person's own name, and for mail where they can be reached. Only a
/// proposal; it counts when the page is sent.
pub(super) fn suggested(drafting: &Drafting, filing: &Filing<'_>, entry: &Entry<'_>) -> String {
    if *entry.element().code != *"delivery" {
        return String::new();
    }
    let text = |element: &str| filing.known.fact(element).and_then(|fact| fact.value.as_text()).unwrap_or_default();
    let name = drafting.draft.subject_name.as_str();
    match chosen_way(&drafting.draft, filing).as_str() {
        "mail" => [name, text("mobile"), text("live_addr")].join(" ").trim().to_owned(),
        _ => name.to_owned(),
    }
}
